import { zodResolver } from '@hookform/resolvers/zod';
import { mailSignIn } from '@tt/api-client/auth-links';
import { z } from '@tt/api-client/schema';
import { Button } from '@tt/ui/button';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { EmailField } from '../email-field';
import { FormProblems, useSubmit } from '../form-problems';
import { messages } from '../messages';
import { callbackUrl } from '../pkce';
import { MailedCode } from './mailed-code';
import { email } from './schemas';

const Asked = z.object({ email });
const FORM = 'mail-sign-in';

interface SignInByMailProps {
  /** Where the link in the mail leads in the end. */
  next: string;
  initialEmail: string;
}

/** A link and a code instead of a password. */
export function SignInByMail({ next, initialEmail }: SignInByMailProps) {
  const [sentTo, setSentTo] = useState<string | null>(null);
  const form = useForm({ resolver: zodResolver(Asked), defaultValues: { email: initialEmail }, shouldFocusError: false });
  const { errors, isSubmitting } = form.formState;
  const send = (address: string) => mailSignIn(address, callbackUrl(next));
  const { failure, submit } = useSubmit(form, async (values) => {
    await send(values.email);
    setSentTo(values.email);
  });
  if (sentTo) {
    return (
      <MailedCode
        email={sentTo}
        kind="email"
        text={messages.mailMayBeSent(sentTo)}
        onResend={() => send(sentTo)}
        onOtherAddress={() => { setSentTo(null); }}
      />
    );
  }
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-5" aria-label={messages.byMailTitle}>
      <p className="text-ink-muted">{messages.byMailLead}</p>
      <FormProblems formId={FORM} form={form} failure={failure} failureTitle={messages.failed} />
      <EmailField {...form.register('email')} id={`${FORM}-email`} autoComplete="username" error={errors.email?.message} />
      <Button type="submit" size="lg" busy={isSubmitting}>{messages.sendMail}</Button>
    </form>
  );
}
