import { messages } from '../../messages';

export type NoteKind = 'discussion' | 'poll' | 'survey' | 'assignment' | 'unsupported';

interface NoteBlockProps {
  kind: NoteKind;
  reason: string | null;
  sourceType: string | null;
}

/** Says honestly what is not shown and why; nothing of a course disappears silently. */
export function NoteBlock({ kind, reason, sourceType }: NoteBlockProps) {
  const fallback = kind === 'unsupported' ? messages.note.notSupported : messages.note.notBuilt;
  return (
    <section className="rounded-card border border-dashed border-line-strong bg-sunken/50 p-5">
      <h2 className="text-lg">{messages.note[kind]}</h2>
      <p className="mt-1 text-ink-muted">{reason ?? fallback}</p>
      {sourceType && <p className="mt-2 text-sm text-ink-subtle">{messages.note.source(sourceType)}</p>}
    </section>
  );
}
