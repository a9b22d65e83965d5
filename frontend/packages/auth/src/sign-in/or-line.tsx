import { messages } from '../messages';

/** Between the form and the other ways in. */
export function OrLine() {
  return (
    <div className="flex items-center gap-4 text-sm text-ink-subtle">
      <span className="h-px flex-1 bg-line" aria-hidden="true" />
      {messages.or}
      <span className="h-px flex-1 bg-line" aria-hidden="true" />
    </div>
  );
}
