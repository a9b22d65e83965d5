import { useId, type ReactNode } from 'react';
import { cx } from './cx';
import { messages } from './messages';

export interface FieldFrameProps {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  required?: boolean | undefined;
  className?: string | undefined;
}

export interface ControlAttributes {
  id: string;
  'aria-invalid': true | undefined;
  'aria-describedby': string | undefined;
  'aria-required': true | undefined;
}

interface FieldProps extends FieldFrameProps {
  id?: string | undefined;
  children: (control: ControlAttributes) => ReactNode;
}

/** Label, hint and error around one control, tied together by ids. Optional fields say so, required ones do not shout. */
export function Field({ id, label, hint, error, required, className, children }: FieldProps) {
  const generated = useId();
  const control = id ?? generated;
  const described = [hint && `${control}-hint`, error && `${control}-error`].filter(Boolean).join(' ');
  return (
    <div className={cx('flex flex-col gap-1.5', className)}>
      <label htmlFor={control} className="font-semibold">
        {label}
        {!required && <span className="ml-1.5 text-sm font-normal text-ink-subtle">({messages.optional})</span>}
      </label>
      {hint && (
        <p id={`${control}-hint`} className="text-sm text-ink-muted">
          {hint}
        </p>
      )}
      {children({
        id: control,
        'aria-invalid': error ? true : undefined,
        'aria-describedby': described || undefined,
        'aria-required': required ? true : undefined,
      })}
      {error && <FieldError id={`${control}-error`}>{error}</FieldError>}
    </div>
  );
}

export function FieldError({ id, children }: { id: string; children: ReactNode }) {
  return (
    <p id={id} className="flex items-start gap-1.5 text-sm font-medium text-danger">
      <svg viewBox="0 0 16 16" className="mt-0.5 size-4 shrink-0" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round">
        <circle cx="8" cy="8" r="6.6" />
        <path d="M8 4.8v3.8M8 11.2v.01" />
      </svg>
      <span>{children}</span>
    </p>
  );
}
