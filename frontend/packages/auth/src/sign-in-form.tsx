import { zodResolver } from '@hookform/resolvers/zod';
import { z } from '@tt/api-client/schema';
import { Button } from '@tt/ui/button';
import { TextLink } from '@tt/ui/text-link';
import { useForm } from 'react-hook-form';
import { EmailField } from './email-field';
import { FormProblems, useSubmit } from './form-problems';
import { messages } from './messages';
import { PasswordField } from './password-field';
import { session } from './session';
import { email as emailRule } from './sign-in/schemas';

const SignIn = z.object({ email: emailRule, password: z.string().check(z.minLength(1, messages.passwordMissing)) });
type SignIn = z.infer<typeof SignIn>;

const FORM = 'sign-in';

interface SignInFormProps {
  email: string;
  /** Kept for the other ways of signing in, so that nobody types it twice. */
  onEmail: (email: string) => void;
  /** Browsers list passkeys below the field. */
  offersPasskeys: boolean;
}

export function SignInForm({ email, onEmail, offersPasskeys }: SignInFormProps) {
  const form = useForm<SignIn>({
    resolver: zodResolver(SignIn),
    defaultValues: { email, password: '' },
    shouldFocusError: false,
  });
  const { errors, isSubmitting } = form.formState;

  const { failure, submit } = useSubmit(form, async (values) => {
    await session.signIn(values);
  });

  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-5" aria-label={messages.signIn}>
      <FormProblems formId={FORM} form={form} failure={failure} failureTitle={messages.failed} />
      <EmailField
        {...form.register('email', { onChange: (event: { target: { value: string } }) => { onEmail(event.target.value); } })}
        id={`${FORM}-email`}
        autoComplete={offersPasskeys ? 'username webauthn' : 'username'}
        error={errors.email?.message}
      />
      <div className="flex flex-col gap-1.5">
        <PasswordField
          {...form.register('password')}
          id={`${FORM}-password`}
          label={messages.password}
          autoComplete="current-password"
          error={errors.password?.message}
        />
        <TextLink to="/forgot-password" className="inline-flex min-h-9 items-center self-end text-sm">{messages.forgot}</TextLink>
      </div>
      <Button type="submit" size="lg" busy={isSubmitting}>{messages.signIn}</Button>
    </form>
  );
}
