import type { BlockFile } from '@tt/api-client/lessons';
import { buttonClass } from '@tt/ui/button';
import { formatBytes } from '@tt/ui/format';
import { messages } from '../../messages';

export function FileBlock({ file }: { file: BlockFile }) {
  const meta = messages.fileMeta(typeName(file), file.bytes === null ? '' : formatBytes(file.bytes));
  return (
    <div className="flex flex-wrap items-center gap-4 rounded-card border border-line bg-surface p-4">
      <span aria-hidden="true" className="grid size-12 shrink-0 place-items-center rounded-control bg-accent-soft text-on-accent-soft">
        <svg viewBox="0 0 20 20" className="size-6" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round">
          <path d="M10 3v9m-3.5-3.5L10 12l3.5-3.5M4 16.5h12" />
        </svg>
      </span>
      <p className="min-w-0 flex-1 basis-40">
        <span className="block font-semibold break-words">{file.name}</span>
        {meta && <span className="block text-sm text-ink-subtle">{meta}</span>}
      </p>
      <a href={file.url} download={file.name} className={buttonClass({ variant: 'secondary', size: 'sm' })}>
        {messages.download}
        <span className="sr-only"> {file.name}</span>
      </a>
    </div>
  );
}

/** "CSV" from the name, or from the media type when the name has no ending. */
function typeName(file: BlockFile): string {
  const ending = /\.([a-z0-9]{1,5})$/i.exec(file.name)?.[1];
  return (ending ?? file.content_type?.split('/')[1] ?? '').toUpperCase();
}
