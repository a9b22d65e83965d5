import { cx } from './cx';

/** Holds the place of content on its way, so that nothing jumps. Announce loading once, around the whole group. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={cx('block animate-pulse rounded-lg bg-sunken', className)} />;
}
