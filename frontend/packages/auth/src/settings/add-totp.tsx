import { zodResolver } from '@hookform/resolvers/zod';
import { describeError } from '@tt/api-client/error-messages';
import { enrolTotp, removeFactor, verifyTotp, type TotpEnrolment } from '@tt/api-client/factors';
import { z } from '@tt/api-client/schema';
import { Alert } from '@tt/ui/alert';
import { Button } from '@tt/ui/button';
import { TextField } from '@tt/ui/controls';
import { Dialog } from '@tt/ui/dialog';
import { showToast } from '@tt/ui/toast-store';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { FormProblems, useSubmit } from '../form-problems';
import { session } from '../session';
import { CodeField } from '../sign-in/code-field';
import { totpCode } from '../sign-in/schemas';
import { CopyButton } from './copy-button';
import { failureOf, useIdentityCheck } from './identity-check';
import { messages, security } from './messages';

const Entered = z.object({ code: totpCode });
const FORM = 'totp-enrol';

/** First a name, then the secret as picture and text, then a code that proves the app has it. */
export function AddTotp({ onClose }: { onClose: () => void }) {
  const identity = useIdentityCheck();
  const [name, setName] = useState('');
  const enrol = useMutation({ mutationFn: () => identity.run(() => enrolTotp(name.trim() || security.kinds.totp)) });
  const cancel = () => {
    // What was begun and not proved would only stand in the way of the next try.
    if (enrol.data) void removeFactor(enrol.data.id).catch(() => undefined);
    onClose();
  };
  const failure = failureOf(enrol.error);
  if (identity.dialog) return identity.dialog;
  return (
    <Dialog open onClose={cancel} title={security.totpTitle}>
      {failure ? <Alert tone="danger" className="mb-4">{describeError(failure)}</Alert> : null}
      {enrol.data ? (
        <ProveTotp enrolment={enrol.data} onDone={onClose} />
      ) : (
        <form
          className="flex flex-col gap-5 text-ink"
          onSubmit={(event) => {
            event.preventDefault();
            enrol.mutate();
          }}
        >
          <TextField
            label={messages.name}
            hint={security.appNameHint}
            value={name}
            maxLength={60}
            autoComplete="off"
            onChange={(event) => { setName(event.target.value); }}
          />
          <Button type="submit" busy={enrol.isPending}>{security.addTotp}</Button>
        </form>
      )}
    </Dialog>
  );
}

function ProveTotp({ enrolment, onDone }: { enrolment: TotpEnrolment; onDone: () => void }) {
  const form = useForm({ resolver: zodResolver(Entered), defaultValues: { code: '' }, shouldFocusError: false });
  const { errors, isSubmitting } = form.formState;
  const { failure, submit } = useSubmit(form, async ({ code }) => {
    session.begin(await verifyTotp(enrolment.id, code));
    showToast(security.totpDone);
    onDone();
  });
  const { qr_code: picture, secret } = enrolment.totp;
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-5 text-ink" aria-label={security.totpTitle}>
      <p className="text-ink-muted">{security.totpScan}</p>
      <img src={pictureUrl(picture)} alt={security.totpQr} width="200" height="200" className="mx-auto rounded-control bg-white p-2" />
      <div className="flex flex-wrap items-center justify-between gap-3 rounded-control bg-sunken px-4 py-3">
        <p className="min-w-0 text-sm">
          <span className="block text-ink-muted">{security.totpSecret}</span>
          <code className="font-mono text-base [overflow-wrap:anywhere]">{grouped(secret)}</code>
        </p>
        <CopyButton text={secret} />
      </div>
      <FormProblems formId={FORM} form={form} failure={failure} failureTitle={messages.failed} />
      <CodeField {...form.register('code')} id={`${FORM}-code`} label={security.totpCode} error={errors.code?.message} />
      <Button type="submit" busy={isSubmitting}>{security.totpFinish}</Button>
    </form>
  );
}

/** The server sends bare SVG; shown as a picture, so that nothing in it can run. */
function pictureUrl(svg: string): string {
  return svg.startsWith('data:') ? svg : `data:image/svg+xml;utf-8,${encodeURIComponent(svg)}`;
}

/** In fours, as people read and type it. */
function grouped(secret: string): string {
  return secret.replaceAll(/(.{4})(?=.)/g, '$1 ');
}
