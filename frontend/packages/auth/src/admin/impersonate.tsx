import { zodResolver } from '@hookform/resolvers/zod';
import { impersonateUser } from '@tt/api-client/admin-users';
import type { User } from '@tt/api-client/auth';
import { z } from '@tt/api-client/schema';
import { Button } from '@tt/ui/button';
import { TextareaField } from '@tt/ui/controls';
import { Dialog } from '@tt/ui/dialog';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { FormProblems, useSubmit } from '../form-problems';
import { session } from '../session';
import { failureOf, useIdentityCheck } from '../settings/identity-check';
import { messages } from '../settings/messages';
import { users as text } from './messages';

const SHORTEST_REASON = 3;
const LONGEST_REASON = 500;
const Reasoned = z.object({
  reason: z.string().check(z.trim(), z.minLength(SHORTEST_REASON, text.reasonShort), z.maxLength(LONGEST_REASON, text.reasonLong)),
});
const FORM = 'impersonate';

export function Impersonate({ user }: { user: User }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button variant="secondary" onClick={() => { setIsOpen(true); }}>{text.impersonate}</Button>
      {isOpen && <ReasonDialog user={user} onClose={() => { setIsOpen(false); }} />}
    </>
  );
}

function ReasonDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const identity = useIdentityCheck();
  const form = useForm({ resolver: zodResolver(Reasoned), defaultValues: { reason: '' }, shouldFocusError: false });
  const { errors, isSubmitting } = form.formState;
  const { failure, submit } = useSubmit(form, async ({ reason }) => {
    session.impersonate(await identity.run(() => impersonateUser(user.id, reason)));
    // Nothing of the administrator's own may stay on the page.
    window.location.assign('/account');
  });
  if (identity.dialog) return identity.dialog;
  return (
    <Dialog open onClose={onClose} title={text.impersonateTitle}>
      <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-5 text-ink" aria-label={text.impersonateTitle}>
        <p className="text-ink-muted">{text.impersonateText}</p>
        <FormProblems formId={FORM} form={form} failure={failureOf(failure)} failureTitle={messages.failed} />
        <TextareaField {...form.register('reason')} id={`${FORM}-reason`} label={text.reason} hint={text.reasonHint} rows={3} required error={errors.reason?.message} />
        <div className="flex justify-end gap-3">
          <Button variant="secondary" onClick={onClose}>{messages.cancel}</Button>
          <Button type="submit" busy={isSubmitting}>{text.impersonateStart}</Button>
        </div>
      </form>
    </Dialog>
  );
}
