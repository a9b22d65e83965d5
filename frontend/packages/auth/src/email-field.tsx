import { TextField } from '@tt/ui/controls';
import type { ComponentProps } from 'react';
import { messages } from './messages';

/** The address as the name of an account: filled in by browsers and password managers. */
export function EmailField({ autoComplete = 'email', ...props }: Omit<ComponentProps<typeof TextField>, 'label'>) {
  return <TextField {...props} label={messages.email} type="email" autoComplete={autoComplete} inputMode="email" autoCapitalize="none" spellCheck={false} required />;
}
