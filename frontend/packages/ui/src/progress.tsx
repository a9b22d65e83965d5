import { cx } from './cx';

interface ProgressProps {
  label: string;
  value: number;
  max: number;
  /** What the number means to a person: "3 of 8 lessons". */
  valueText?: string;
  className?: string;
}

export function Progress({ label, value, max, valueText, className }: ProgressProps) {
  const percent = max > 0 ? Math.min(100, Math.max(0, (value / max) * 100)) : 0;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={value}
      aria-valuetext={valueText}
      className={cx('h-2 overflow-hidden rounded-full bg-line', className)}
    >
      <div className="h-full rounded-full bg-accent transition-[width] duration-300 ease-out" style={{ width: `${String(percent)}%` }} />
    </div>
  );
}
