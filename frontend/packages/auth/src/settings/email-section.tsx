import { zodResolver } from '@hookform/resolvers/zod';
import type { User } from '@tt/api-client/auth';
import { cancelEmailChange, changeEmail } from '@tt/api-client/auth-user';
import { describeError } from '@tt/api-client/error-messages';
import { z } from '@tt/api-client/schema';
import { Alert } from '@tt/ui/alert';
import { Button } from '@tt/ui/button';
import { useMutation } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { EmailField } from '../email-field';
import { FormProblems, useSubmit } from '../form-problems';
import { callbackUrl } from '../pkce';
import { session } from '../session';
import { email as emailRule } from '../sign-in/schemas';
import { failureOf, useIdentityCheck } from './identity-check';
import { messages, security } from './messages';
import { Section } from './parts';
import { useReloadAccount } from './use-account';

const Change = z.object({ email: emailRule });
const FORM = 'email';

export function EmailSection({ user }: { user: User }) {
  const identity = useIdentityCheck();
  const reload = useReloadAccount();
  const form = useForm({ resolver: zodResolver(Change), defaultValues: { email: '' }, shouldFocusError: false });
  const { errors, isSubmitting } = form.formState;
  const { failure, submit } = useSubmit(form, async ({ email }) => {
    session.updateUser(await identity.run(() => changeEmail(email, callbackUrl('/account/security'))));
    form.reset();
    await reload();
  });
  return (
    <Section title={security.emailTitle} text={<>{user.email}. {security.emailText}</>}>
      {identity.dialog}
      <form noValidate onSubmit={(event) => void submit(event)} className="flex max-w-md flex-col gap-5" aria-label={security.emailTitle}>
        {user.new_email && <Waiting email={user.new_email} />}
        <FormProblems formId={FORM} form={form} failure={failureOf(failure)} failureTitle={messages.failed} />
        <EmailField {...form.register('email')} id={`${FORM}-email`} label={security.newEmail} error={errors.email?.message} />
        <Button type="submit" busy={isSubmitting} className="self-start">{security.changeEmail}</Button>
      </form>
    </Section>
  );
}

function Waiting({ email }: { email: string }) {
  const reload = useReloadAccount();
  const cancel = useMutation({
    mutationFn: cancelEmailChange,
    onSuccess: async (user) => {
      session.updateUser(user);
      await reload();
    },
  });
  return (
    <Alert actions={<Button size="sm" variant="secondary" busy={cancel.isPending} onClick={() => { cancel.mutate(); }}>{security.emailCancel}</Button>}>
      {security.emailWaiting(email)}
      {cancel.error && <p className="mt-1 text-danger">{describeError(cancel.error)}</p>}
    </Alert>
  );
}
