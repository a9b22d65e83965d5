import { zodResolver } from '@hookform/resolvers/zod';
import { changePassword } from '@tt/api-client/auth-user';
import { z } from '@tt/api-client/schema';
import { Alert } from '@tt/ui/alert';
import { Button, ButtonLink } from '@tt/ui/button';
import { usePageMeta } from '@tt/ui/page-meta';
import { showToast } from '@tt/ui/toast-store';
import { useForm } from 'react-hook-form';
import { Navigate, useNavigate, useSearchParams } from 'react-router';
import { AuthCard } from '../auth-card';
import { FormProblems, useSubmit } from '../form-problems';
import { messages } from '../messages';
import { secondStepPath } from '../next-path';
import { PasswordField } from '../password-field';
import { session, usePendingSession, useSession } from '../session';
import { newPassword } from './schemas';

const Chosen = z.object({ password: newPassword });
const FORM = 'reset-password';

/** Behind the link of a recovery mail or an invitation: there is a session, and it lacks a password its owner knows. */
export function ResetPasswordPage() {
  const isInvited = useSearchParams()[0].get('reason') === 'invite';
  const title = isInvited ? messages.inviteTitle : messages.resetTitle;
  usePageMeta({ title, noindex: true });
  const { user } = useSession();
  // A reset must not get around the second step (ASVS 6.4.3); a session of before the mail does not replace it.
  if (usePendingSession()) return <Navigate to={secondStepPath('/reset-password')} replace />;
  return (
    <AuthCard title={title} lead={isInvited ? messages.inviteLead : messages.resetLead} footer={user ? <p>{user.email}</p> : null}>
      {user ? <NewPasswordForm email={user.email} /> : <LinkMissing />}
    </AuthCard>
  );
}

function LinkMissing() {
  return (
    <Alert
      tone="warning"
      title={messages.resetNeedsLink}
      actions={<ButtonLink to="/forgot-password" variant="secondary" size="sm">{messages.askForLink}</ButtonLink>}
    >
      {messages.resetNeedsLinkText}
    </Alert>
  );
}

function NewPasswordForm({ email }: { email: string }) {
  const navigate = useNavigate();
  const form = useForm({ resolver: zodResolver(Chosen), defaultValues: { password: '' }, shouldFocusError: false });
  const { errors, isSubmitting } = form.formState;
  const { failure, submit } = useSubmit(form, async ({ password }) => {
    session.updateUser(await changePassword({ password }));
    showToast(messages.resetDone);
    await navigate('/', { replace: true });
  });
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-5" aria-label={messages.resetTitle}>
      <FormProblems formId={FORM} form={form} failure={failure} failureTitle={messages.failed} />
      {/* Password managers keep the new password under this name. */}
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <PasswordField
        {...form.register('password')}
        id={`${FORM}-password`}
        label={messages.newPassword}
        hint={messages.newPasswordHint}
        autoComplete="new-password"
        error={errors.password?.message}
      />
      <Button type="submit" size="lg" busy={isSubmitting}>{messages.resetSave}</Button>
    </form>
  );
}
