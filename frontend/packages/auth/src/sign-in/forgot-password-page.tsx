import { zodResolver } from '@hookform/resolvers/zod';
import { mailRecovery } from '@tt/api-client/auth-links';
import { z } from '@tt/api-client/schema';
import { Button } from '@tt/ui/button';
import { usePageMeta } from '@tt/ui/page-meta';
import { TextLink } from '@tt/ui/text-link';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useNavigate } from 'react-router';
import { AuthCard } from '../auth-card';
import { EmailField } from '../email-field';
import { FormProblems, useSubmit } from '../form-problems';
import { messages } from '../messages';
import { secondStepPath } from '../next-path';
import { callbackUrl } from '../pkce';
import { MailedCode } from './mailed-code';
import { email } from './schemas';

const Asked = z.object({ email });
const FORM = 'forgot-password';
const RESET = '/reset-password';

export function ForgotPasswordPage() {
  usePageMeta({ title: messages.forgotTitle, noindex: true });
  return (
    <AuthCard
      title={messages.forgotTitle}
      lead={messages.forgotLead}
      footer={<p>{messages.rememberAgain} <TextLink to="/sign-in">{messages.signInInstead}</TextLink></p>}
    >
      <ForgotPassword />
    </AuthCard>
  );
}

function ForgotPassword() {
  const navigate = useNavigate();
  const [sentTo, setSentTo] = useState<string | null>(null);
  const form = useForm({ resolver: zodResolver(Asked), defaultValues: { email: '' }, shouldFocusError: false });
  const { errors, isSubmitting } = form.formState;
  const send = (address: string) => mailRecovery(address, callbackUrl(RESET));
  const { failure, submit } = useSubmit(form, async (values) => {
    await send(values.email);
    setSentTo(values.email);
  });
  if (sentTo) {
    return (
      <MailedCode
        email={sentTo}
        kind="recovery"
        text={messages.mailMayBeSent(sentTo)}
        onDone={(outcome) => void navigate(outcome === 'signed_in' ? RESET : secondStepPath(RESET))}
        onResend={() => send(sentTo)}
        onOtherAddress={() => { setSentTo(null); }}
      />
    );
  }
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-5" aria-label={messages.forgotTitle}>
      <FormProblems formId={FORM} form={form} failure={failure} failureTitle={messages.failed} />
      <EmailField {...form.register('email')} id={`${FORM}-email`} autoComplete="username" error={errors.email?.message} />
      <Button type="submit" size="lg" busy={isSubmitting}>{messages.sendMail}</Button>
    </form>
  );
}
