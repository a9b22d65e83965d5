import { cx } from './cx';

/** A ring, a cross, and the arrow that goes round it and up. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={className} aria-hidden="true">
      <rect width="32" height="32" rx="9" className="fill-board" />
      <circle cx="9" cy="22.5" r="3.4" fill="none" strokeWidth="2.4" className="stroke-on-board" />
      <path d="m17.2 19.2 4.6 4.6m0-4.6-4.6 4.6" strokeWidth="2.4" strokeLinecap="round" className="stroke-on-board-muted" />
      <path d="M9 16.4C9 11 13 9.2 23 9.2m-4.2-4.4 4.4 4.4-4.4 4.4" fill="none" strokeWidth="2.8" strokeLinecap="round" strokeLinejoin="round" className="stroke-marker" />
    </svg>
  );
}

export function Logo({ suffix, className }: { suffix?: string | undefined; className?: string }) {
  return (
    <span className={cx('inline-flex items-center gap-2.5 font-display text-lg font-bold tracking-tight', className)}>
      <LogoMark className="size-8" />
      <span>
        TrendTactics
        {suffix && <span className="ml-1.5 font-sans font-medium text-ink-subtle">{suffix}</span>}
      </span>
    </span>
  );
}
