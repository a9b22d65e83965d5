import { zodResolver } from '@hookform/resolvers/zod';
import { signInWithPassword, signOut, type Session } from '@tt/api-client/auth';
import { mailSignIn } from '@tt/api-client/auth-links';
import { describeError } from '@tt/api-client/error-messages';
import { z } from '@tt/api-client/schema';
import { Alert } from '@tt/ui/alert';
import { Button } from '@tt/ui/button';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { FormProblems, useSubmit } from '../form-problems';
import { messages as common } from '../messages';
import { PasswordField } from '../password-field';
import { callbackUrl } from '../pkce';
import { session, type Person } from '../session';
import { MailedCode } from '../sign-in/mailed-code';
import { passkeySession, useOffersPasskeys } from '../sign-in/use-passkey-sign-in';
import { isDismissed } from '../webauthn';
import { messages } from './messages';

const Entered = z.object({ password: z.string().check(z.minLength(1, common.passwordMissing)) });
const FORM = 'identity';

class OtherAccount extends Error {}

interface ConfirmIdentityProps {
  user: Person;
  onDone: () => void;
}

/** Signing in again as the same person, and nobody else: what waits must not happen to another account. */
export function ConfirmIdentity({ user, onDone }: ConfirmIdentityProps) {
  const [byMail, setByMail] = useState(false);
  const offersPasskeys = useOffersPasskeys();
  const accept = (next: Session) => {
    if (next.user.id !== user.id) {
      void signOut(next.access_token, 'local').catch(() => undefined);
      throw new OtherAccount();
    }
    if (session.begin(next) === 'signed_in') onDone();
  };
  const passkey = useMutation({ mutationFn: async () => { accept(await passkeySession()); } });
  const send = () => mailSignIn(user.email, callbackUrl(window.location.pathname));
  const mail = useMutation({ mutationFn: send, onSuccess: () => { setByMail(true); } });
  const failure = [passkey.error, mail.error].find((error) => error && !isDismissed(error));
  if (byMail) {
    return (
      <MailedCode
        email={user.email}
        kind="email"
        text={common.checkInbox(user.email)}
        onDone={(outcome) => { if (outcome === 'signed_in') onDone(); }}
        onResend={send}
        onOtherAddress={() => { setByMail(false); }}
        otherAddress={common.withPassword}
      />
    );
  }
  return (
    <div className="flex flex-col gap-5">
      <p>{messages.identity.lead}</p>
      {failure && <Alert tone="danger" title={messages.failed}>{failure instanceof OtherAccount ? messages.identity.other : describeError(failure)}</Alert>}
      <PasswordForm email={user.email} accept={accept} />
      <div className="flex flex-wrap gap-3 border-t border-line pt-4">
        {offersPasskeys && (
          <Button variant="secondary" size="sm" busy={passkey.isPending} onClick={() => { passkey.mutate(); }}>{messages.identity.withPasskey}</Button>
        )}
        <Button variant="secondary" size="sm" busy={mail.isPending} onClick={() => { mail.mutate(); }}>{messages.identity.byMail}</Button>
      </div>
    </div>
  );
}

function PasswordForm({ email, accept }: { email: string; accept: (next: Session) => void }) {
  const form = useForm({ resolver: zodResolver(Entered), defaultValues: { password: '' }, shouldFocusError: false });
  const { errors, isSubmitting } = form.formState;
  const { setFocus } = form;
  useEffect(() => { setFocus('password'); }, [setFocus]);
  const { failure, submit } = useSubmit(form, async ({ password }) => { accept(await signInWithPassword({ email, password })); });
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4" aria-label={messages.identity.title}>
      <FormProblems formId={FORM} form={form} failure={failure} failureTitle={messages.failed} />
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <PasswordField
        {...form.register('password')}
        id={`${FORM}-password`}
        label={common.password}
        autoComplete="current-password"
        error={errors.password?.message}
      />
      <Button type="submit" busy={isSubmitting}>{messages.identity.confirm}</Button>
    </form>
  );
}
