import { zodResolver } from '@hookform/resolvers/zod';
import { verifyCode, type CodeKind } from '@tt/api-client/auth-links';
import { describeError } from '@tt/api-client/error-messages';
import { z } from '@tt/api-client/schema';
import { Alert } from '@tt/ui/alert';
import { Button } from '@tt/ui/button';
import { showToast } from '@tt/ui/toast-store';
import { useMutation } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
import { useForm } from 'react-hook-form';
import { FormProblems, useSubmit } from '../form-problems';
import { messages } from '../messages';
import { session, type SignInOutcome } from '../session';
import { CodeField } from './code-field';
import { mailCode } from './schemas';
import { useCooldown } from './use-cooldown';

const Entered = z.object({ code: mailCode });

const FORM = 'mailed-code';
/** The server sends one mail of a kind a minute. */
const RESEND_S = 60;

interface MailedCodeProps {
  email: string;
  kind: CodeKind;
  /** What stands above: whether a mail was sent for sure. */
  text: string;
  onDone?: ((outcome: SignInOutcome) => void) | undefined;
  onResend: () => Promise<void>;
  onOtherAddress: () => void;
  otherAddress?: string;
}

/** After a mail: its code can be typed here, in the browser that asked for it, so no link has to be opened elsewhere. */
export function MailedCode({ email, kind, text, onDone, onResend, onOtherAddress, otherAddress = messages.otherAddress }: MailedCodeProps) {
  const form = useForm({ resolver: zodResolver(Entered), defaultValues: { code: '' }, shouldFocusError: false });
  const { errors, isSubmitting } = form.formState;
  const { setFocus } = form;
  useEffect(() => { setFocus('code'); }, [setFocus]);
  const { failure, submit } = useSubmit(form, async ({ code }) => {
    const outcome = session.begin(await verifyCode(kind, email, code));
    onDone?.(outcome);
  });
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-5" aria-label={messages.checkInboxTitle}>
      <Alert tone="success" title={messages.checkInboxTitle}>{text}</Alert>
      <FormProblems formId={FORM} form={form} failure={failure} failureTitle={messages.failed} />
      <CodeField {...form.register('code')} id={`${FORM}-code`} label={messages.code} hint={messages.codeHint} error={errors.code?.message} />
      <Button type="submit" size="lg" busy={isSubmitting}>{messages.goOnWithCode}</Button>
      <Resend onResend={onResend}>
        <Button variant="ghost" onClick={onOtherAddress}>{otherAddress}</Button>
      </Resend>
    </form>
  );
}

function Resend({ onResend, children }: { onResend: () => Promise<void>; children: ReactNode }) {
  const { left, start } = useCooldown(RESEND_S);
  const resend = useMutation({
    mutationFn: onResend,
    onSuccess: () => {
      start();
      showToast(messages.resent);
    },
  });
  return (
    <>
      {resend.error && <Alert tone="danger" title={messages.failed}>{describeError(resend.error)}</Alert>}
      <div className="flex flex-wrap gap-x-2">
        <Button variant="ghost" busy={resend.isPending} disabled={resend.isPending || left > 0} onClick={() => { resend.mutate(); }}>
          {left > 0 ? messages.resendIn(left) : messages.resend}
        </Button>
        {children}
      </div>
    </>
  );
}
