import { TextField } from '@tt/ui/controls';
import type { ComponentProps } from 'react';

/** A short code: the number keys on a phone, offered from the mail or message it came in, free to paste. */
export function CodeField(props: ComponentProps<typeof TextField>) {
  return (
    <TextField
      {...props}
      type="text"
      inputMode="numeric"
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      required
      className="[&_input]:font-mono [&_input]:text-xl [&_input]:tracking-[0.3em]"
    />
  );
}
