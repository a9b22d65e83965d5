import { cx } from '@tt/ui/cx';

const ICONS = {
  play: 'M7 4.5v11l9-5.5z',
  pause: 'M6.5 4.5v11M13.5 4.5v11',
  back: 'M4 4v4h4M4.6 8A6.4 6.4 0 1 1 3.8 12',
  forward: 'M16 4v4h-4M15.4 8a6.4 6.4 0 1 0 .8 4',
  sound: 'M3 8v4h3l4 3.5v-11L6 8zM13 7.5a3.5 3.5 0 0 1 0 5M15.2 5a7 7 0 0 1 0 10',
  muted: 'M3 8v4h3l4 3.5v-11L6 8zM13 8l4 4M17 8l-4 4',
  captions: 'M2.5 5.5h15v9h-15zM9 9.2a1.9 1.9 0 1 0 0 1.7M15 9.2a1.9 1.9 0 1 0 0 1.7',
  grow: 'M3.5 7.5v-4h4M12.5 3.5h4v4M16.5 12.5v4h-4M7.5 16.5h-4v-4',
  shrink: 'M7.5 3.5v4h-4M16.5 7.5h-4v-4M12.5 16.5v-4h4M3.5 12.5h4v4',
} as const;

interface ControlButtonProps {
  label: string;
  icon: keyof typeof ICONS;
  onClick: () => void;
  primary?: boolean;
  pressed?: boolean;
}

export function ControlButton({ label, icon, onClick, primary = false, pressed }: ControlButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      onClick={onClick}
      className={cx(
        'grid size-10 shrink-0 place-items-center rounded-full transition-colors sm:size-11',
        primary ? 'mr-1 bg-marker text-on-marker hover:brightness-105' : 'hover:bg-board-raised aria-pressed:bg-board-raised aria-pressed:text-marker',
      )}
    >
      <svg viewBox="0 0 20 20" aria-hidden="true" className="size-5.5" fill={icon === 'play' ? 'currentColor' : 'none'} stroke="currentColor" strokeWidth="1.9" strokeLinecap="round" strokeLinejoin="round">
        <path d={ICONS[icon]} />
      </svg>
    </button>
  );
}

interface ControlSelectProps {
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
}

/** A native list: works with keyboard, screen reader and on phones without any code of ours. */
export function ControlSelect({ label, value, options, onChange }: ControlSelectProps) {
  return (
    <label className="flex items-center">
      <span className="sr-only">{label}</span>
      <select
        title={label}
        value={value}
        onChange={(event) => { onChange(event.target.value); }}
        className="min-h-10 max-w-18 rounded-full bg-board px-1 font-semibold text-on-board hover:bg-board-raised sm:min-h-11 sm:max-w-36 sm:px-3"
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>{option.label}</option>
        ))}
      </select>
    </label>
  );
}
