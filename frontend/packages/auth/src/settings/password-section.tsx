import { zodResolver } from '@hookform/resolvers/zod';
import { isApiError } from '@tt/api-client/api-error';
import { changePassword } from '@tt/api-client/auth-user';
import { describeError } from '@tt/api-client/error-messages';
import { z } from '@tt/api-client/schema';
import { Button } from '@tt/ui/button';
import { TextLink } from '@tt/ui/text-link';
import { showToast } from '@tt/ui/toast-store';
import { useForm } from 'react-hook-form';
import { FormProblems, useSubmit } from '../form-problems';
import { messages as common } from '../messages';
import { PasswordField } from '../password-field';
import { session } from '../session';
import { newPassword } from '../sign-in/schemas';
import { failureOf, useIdentityCheck } from './identity-check';
import { messages, security } from './messages';
import { Section } from './parts';

/** Accounts without a password (passkey, provider) leave the first field empty; the server decides. */
const Change = z.object({ current: z.string(), password: newPassword });
const FORM = 'password';

/** Refusals that belong to one of the fields, not to the form. */
const fieldOf: Record<string, 'current' | 'password'> = {
  current_password_invalid: 'current',
  current_password_required: 'current',
  weak_password: 'password',
  same_password: 'password',
};

export function PasswordSection({ email }: { email: string }) {
  const identity = useIdentityCheck();
  const form = useForm({ resolver: zodResolver(Change), defaultValues: { current: '', password: '' }, shouldFocusError: false });
  const { errors, isSubmitting } = form.formState;
  const { failure, submit } = useSubmit(form, async ({ current, password }) => {
    const change = current ? { password, current_password: current } : { password };
    try {
      session.updateUser(await identity.run(() => changePassword(change)));
    } catch (error) {
      const field = isApiError(error) ? fieldOf[error.code] : undefined;
      if (!field) throw error;
      form.setError(field, { type: 'server', message: describeError(error) });
      return;
    }
    form.reset();
    showToast(security.passwordChanged);
  });
  return (
    <Section title={security.passwordTitle} text={security.passwordText}>
      {identity.dialog}
      <form noValidate onSubmit={(event) => void submit(event)} className="flex max-w-md flex-col gap-5" aria-label={security.passwordTitle}>
        <FormProblems formId={FORM} form={form} failure={failureOf(failure)} failureTitle={messages.failed} />
        <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
        <PasswordField
          {...form.register('current')}
          id={`${FORM}-current`}
          label={security.currentPassword}
          autoComplete="current-password"
          error={errors.current?.message}
        />
        <PasswordField
          {...form.register('password')}
          id={`${FORM}-password`}
          label={common.newPassword}
          hint={common.newPasswordHint}
          autoComplete="new-password"
          error={errors.password?.message}
        />
        <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
          <Button type="submit" busy={isSubmitting}>{security.changePassword}</Button>
          <TextLink to="/forgot-password" className="inline-flex min-h-11 items-center">{security.forgotIt}</TextLink>
        </div>
      </form>
    </Section>
  );
}
