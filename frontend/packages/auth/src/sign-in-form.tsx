import { zodResolver } from '@hookform/resolvers/zod';
import { describeError } from '@tt/api-client/error-messages';
import { z } from '@tt/api-client/schema';
import { Alert } from '@tt/ui/alert';
import { Button } from '@tt/ui/button';
import { TextField } from '@tt/ui/controls';
import { ErrorSummary } from '@tt/ui/error-summary';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { problemsOf } from './form-problems';
import { messages } from './messages';
import { PasswordField } from './password-field';
import { session } from './session';

const SignIn = z.object({
  email: z.string().check(z.trim(), z.minLength(1, messages.emailMissing), z.email(messages.emailInvalid)),
  password: z.string().check(z.minLength(1, messages.passwordMissing)),
});
type SignIn = z.infer<typeof SignIn>;

const FORM = 'sign-in';

export function SignInForm({ onDone, email = '' }: { onDone?: () => void; email?: string }) {
  const [failure, setFailure] = useState<unknown>(null);
  const form = useForm<SignIn>({
    resolver: zodResolver(SignIn),
    defaultValues: { email, password: '' },
    shouldFocusError: false,
  });
  const { errors, isSubmitting, submitCount } = form.formState;

  const submit = form.handleSubmit(async (values) => {
    setFailure(null);
    try {
      await session.signIn(values);
      onDone?.();
    } catch (error) {
      setFailure(error);
    }
  });

  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-5" aria-label={messages.signIn}>
      <ErrorSummary problems={problemsOf(FORM, errors)} submitCount={submitCount} />
      {failure !== null && <Alert tone="danger" title={messages.failed}>{describeError(failure)}</Alert>}
      <TextField
        {...form.register('email')}
        id={`${FORM}-email`}
        label={messages.email}
        type="email"
        autoComplete="email"
        inputMode="email"
        required
        error={errors.email?.message}
      />
      <PasswordField
        {...form.register('password')}
        id={`${FORM}-password`}
        label={messages.password}
        autoComplete="current-password"
        error={errors.password?.message}
      />
      <Button type="submit" size="lg" busy={isSubmitting}>{messages.signIn}</Button>
    </form>
  );
}
