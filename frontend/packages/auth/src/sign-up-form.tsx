import { zodResolver } from '@hookform/resolvers/zod';
import { z } from '@tt/api-client/schema';
import { Alert } from '@tt/ui/alert';
import { Button } from '@tt/ui/button';
import { TextField } from '@tt/ui/controls';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { EmailField } from './email-field';
import { FormProblems, useSubmit } from './form-problems';
import { messages } from './messages';
import { PasswordField } from './password-field';
import { session } from './session';

/** The server's own limits (auth-service). */
const MIN_PASSWORD = 8;
const MAX_PASSWORD = 1024;

const SignUp = z.object({
  display_name: z.string().check(z.trim(), z.minLength(1, messages.nameMissing), z.maxLength(80, messages.nameLong)),
  email: z.string().check(z.trim(), z.minLength(1, messages.emailMissing), z.email(messages.emailInvalid)),
  password: z.string().check(z.minLength(MIN_PASSWORD, messages.passwordShort(MIN_PASSWORD)), z.maxLength(MAX_PASSWORD, messages.passwordLong(MAX_PASSWORD))),
});
type SignUp = z.infer<typeof SignUp>;

const FORM = 'sign-up';

/** `onDone` runs when there is a session; where addresses are confirmed first, the form says so instead. */
export function SignUpForm({ onDone, email = '' }: { onDone?: () => void; email?: string }) {
  const [waitingFor, setWaitingFor] = useState<string | null>(null);
  const form = useForm<SignUp>({
    resolver: zodResolver(SignUp),
    defaultValues: { display_name: '', email, password: '' },
    shouldFocusError: false,
  });
  const { errors, isSubmitting } = form.formState;

  const { failure, submit } = useSubmit(form, async (values) => {
    if (await session.signUp(values)) onDone?.();
    else setWaitingFor(values.email);
  });

  if (waitingFor) return <Alert tone="success" title={messages.checkInboxTitle}>{messages.checkInbox(waitingFor)}</Alert>;
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-5" aria-label={messages.signUp}>
      <FormProblems formId={FORM} form={form} failure={failure} failureTitle={messages.failed} />
      <TextField
        {...form.register('display_name')}
        id={`${FORM}-display_name`}
        label={messages.displayName}
        hint={messages.displayNameHint}
        autoComplete="name"
        required
        error={errors.display_name?.message}
      />
      <EmailField {...form.register('email')} id={`${FORM}-email`} error={errors.email?.message} />
      <PasswordField
        {...form.register('password')}
        id={`${FORM}-password`}
        label={messages.password}
        hint={messages.newPasswordHint}
        autoComplete="new-password"
        error={errors.password?.message}
      />
      <Button type="submit" size="lg" busy={isSubmitting}>{messages.signUp}</Button>
    </form>
  );
}
