import type { InputHTMLAttributes, ReactNode, Ref, SelectHTMLAttributes, TextareaHTMLAttributes } from 'react';
import { useId } from 'react';
import { cx } from './cx';
import { Field, FieldError, type FieldFrameProps } from './field';

const control =
  'w-full rounded-control border border-line-strong bg-surface px-4 py-2.5 text-ink placeholder:text-ink-subtle ' +
  'transition-colors hover:border-accent aria-invalid:border-danger aria-invalid:border-2 disabled:opacity-60';

type InputProps = InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> };
type TextareaProps = TextareaHTMLAttributes<HTMLTextAreaElement> & { ref?: Ref<HTMLTextAreaElement> };
type SelectProps = SelectHTMLAttributes<HTMLSelectElement> & { ref?: Ref<HTMLSelectElement> };

export function Input({ className, ...rest }: InputProps) {
  return <input {...rest} className={cx(control, 'min-h-12', className)} />;
}

export function Textarea({ className, rows = 5, ...rest }: TextareaProps) {
  return <textarea {...rest} rows={rows} className={cx(control, className)} />;
}

export function Select({ className, ...rest }: SelectProps) {
  return (
    <div className="relative">
      <select {...rest} className={cx(control, 'min-h-12 appearance-none pr-11', className)} />
      <svg viewBox="0 0 20 20" aria-hidden="true" className="pointer-events-none absolute top-1/2 right-3.5 size-5 -translate-y-1/2 text-ink-muted" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round">
        <path d="m5 7.5 5 5 5-5" />
      </svg>
    </div>
  );
}

/* The native `required` is not passed on: the form's own messages replace the browser's bubbles. */
export function TextField({ label, hint, error, required, className, id, ...rest }: FieldFrameProps & InputProps) {
  return (
    <Field {...{ id, label, hint, error, required, className }}>{(attributes) => <Input {...rest} {...attributes} />}</Field>
  );
}

export function TextareaField({ label, hint, error, required, className, id, ...rest }: FieldFrameProps & TextareaProps) {
  return (
    <Field {...{ id, label, hint, error, required, className }}>{(attributes) => <Textarea {...rest} {...attributes} />}</Field>
  );
}

export function SelectField({ label, hint, error, required, className, id, ...rest }: FieldFrameProps & SelectProps) {
  return (
    <Field {...{ id, label, hint, error, required, className }}>{(attributes) => <Select {...rest} {...attributes} />}</Field>
  );
}

interface CheckboxFieldProps extends InputProps {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
}

export function CheckboxField({ label, hint, error, className, id, ...rest }: CheckboxFieldProps) {
  const generated = useId();
  const input = id ?? generated;
  const described = [hint && `${input}-hint`, error && `${input}-error`].filter(Boolean).join(' ');
  return (
    <div className={className}>
      <div className="flex items-start gap-3">
        <input
          {...rest}
          id={input}
          type="checkbox"
          className="choice-control mt-0.5 size-6"
          aria-invalid={error ? true : undefined}
          aria-describedby={described || undefined}
        />
        <label htmlFor={input}>{label}</label>
      </div>
      {hint && <p id={`${input}-hint`} className="ml-9 text-sm text-ink-muted">{hint}</p>}
      {error && <FieldError id={`${input}-error`}>{error}</FieldError>}
    </div>
  );
}
