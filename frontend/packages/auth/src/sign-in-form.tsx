import { zodResolver } from '@hookform/resolvers/zod';
import { z } from '@tt/api-client/schema';
import { Button } from '@tt/ui/button';
import { useForm } from 'react-hook-form';
import { EmailField } from './email-field';
import { FormProblems, useSubmit } from './form-problems';
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
  const form = useForm<SignIn>({
    resolver: zodResolver(SignIn),
    defaultValues: { email, password: '' },
    shouldFocusError: false,
  });
  const { errors, isSubmitting } = form.formState;

  const { failure, submit } = useSubmit(form, async (values) => {
    await session.signIn(values);
    onDone?.();
  });

  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-5" aria-label={messages.signIn}>
      <FormProblems formId={FORM} form={form} failure={failure} failureTitle={messages.failed} />
      <EmailField {...form.register('email')} id={`${FORM}-email`} error={errors.email?.message} />
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
