import { TextField } from '@tt/ui/controls';
import type { ComponentProps } from 'react';
import { messages } from './messages';

type TextFieldProps = ComponentProps<typeof TextField>;
type EmailFieldProps = Omit<TextFieldProps, 'label'> & Partial<Pick<TextFieldProps, 'label'>>;

/** The address as the name of an account: filled in by browsers and password managers. */
export function EmailField({ label = messages.email, autoComplete = 'email', ...props }: EmailFieldProps) {
  return <TextField {...props} label={label} type="email" autoComplete={autoComplete} inputMode="email" autoCapitalize="none" spellCheck={false} required />;
}
