import { messages } from './messages';

export function Spinner() {
  return (
    <svg viewBox="0 0 20 20" className="size-4 animate-spin" aria-hidden="true" fill="none">
      <circle cx="10" cy="10" r="7.5" stroke="currentColor" strokeOpacity="0.25" strokeWidth="3" />
      <path d="M10 2.5a7.5 7.5 0 0 1 7.5 7.5" stroke="currentColor" strokeWidth="3" strokeLinecap="round" />
    </svg>
  );
}

/** For a whole page or panel that is on its way. */
export function LoadingPanel({ label = messages.loading }: { label?: string }) {
  return (
    <div role="status" className="flex min-h-60 items-center justify-center gap-3 text-ink-muted">
      <Spinner />
      <span>{label}</span>
    </div>
  );
}
