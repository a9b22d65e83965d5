import { Field } from '@tt/ui/field';
import { Input } from '@tt/ui/controls';
import { useState, type ComponentProps } from 'react';
import { messages } from './messages';

interface PasswordFieldProps extends ComponentProps<typeof Input> {
  id: string;
  label: string;
  hint?: string;
  error?: string | undefined;
}

/** Pasting and password managers work; the text can be shown (WCAG 3.3.8). */
export function PasswordField({ id, label, hint, error, ...rest }: PasswordFieldProps) {
  const [shown, setShown] = useState(false);
  return (
    <Field id={id} label={label} hint={hint} error={error} required>
      {(attributes) => (
        <div className="relative">
          <Input {...rest} {...attributes} type={shown ? 'text' : 'password'} className="pr-14" />
          <button
            type="button"
            aria-pressed={shown}
            aria-label={shown ? messages.hidePassword : messages.showPassword}
            onClick={() => { setShown(!shown); }}
            className="absolute inset-y-1 right-1 grid w-11 place-items-center rounded-lg text-ink-muted hover:text-ink"
          >
            <svg viewBox="0 0 20 20" className="size-5" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.7" strokeLinecap="round">
              <path d="M2 10s3-5.2 8-5.2S18 10 18 10s-3 5.2-8 5.2S2 10 2 10Z" />
              <circle cx="10" cy="10" r="2.3" />
              {shown && <path d="m3.5 16.5 13-13" />}
            </svg>
          </button>
        </div>
      )}
    </Field>
  );
}
