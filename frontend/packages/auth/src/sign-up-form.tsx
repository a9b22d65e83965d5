import { zodResolver } from '@hookform/resolvers/zod';
import { resendConfirmation } from '@tt/api-client/auth-links';
import { z } from '@tt/api-client/schema';
import { Button } from '@tt/ui/button';
import { TextField } from '@tt/ui/controls';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { EmailField } from './email-field';
import { FormProblems, useSubmit } from './form-problems';
import { messages } from './messages';
import { PasswordField } from './password-field';
import { callbackUrl } from './pkce';
import { session } from './session';
import { MailedCode } from './sign-in/mailed-code';
import { ProviderChoice } from './sign-in/provider-buttons';
import { email as emailRule, newPassword } from './sign-in/schemas';

const SignUp = z.object({
  display_name: z.string().check(z.trim(), z.minLength(1, messages.nameMissing), z.maxLength(80, messages.nameLong)),
  email: emailRule,
  password: newPassword,
});
type SignUp = z.infer<typeof SignUp>;

const FORM = 'sign-up';

/** `next`: where the link in the mail leads in the end. */
export function SignUpForm({ next }: { next: string }) {
  const [waitingFor, setWaitingFor] = useState<string | null>(null);
  const form = useForm<SignUp>({
    resolver: zodResolver(SignUp),
    defaultValues: { display_name: '', email: '', password: '' },
    shouldFocusError: false,
  });
  const { errors, isSubmitting } = form.formState;

  const { failure, submit } = useSubmit(form, async (values) => {
    if (!(await session.signUp(values, callbackUrl(next)))) setWaitingFor(values.email);
  });

  if (waitingFor) {
    return (
      <MailedCode
        email={waitingFor}
        kind="signup"
        text={messages.checkInbox(waitingFor)}
        onResend={() => resendConfirmation(waitingFor, callbackUrl(next))}
        onOtherAddress={() => { setWaitingFor(null); }}
      />
    );
  }
  return (
    <>
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
        <EmailField {...form.register('email')} id={`${FORM}-email`} autoComplete="username" error={errors.email?.message} />
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
      <ProviderChoice next={next} />
    </>
  );
}
