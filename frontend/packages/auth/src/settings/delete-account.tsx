import { zodResolver } from '@hookform/resolvers/zod';
import { deleteAccount } from '@tt/api-client/auth-user';
import { z } from '@tt/api-client/schema';
import { Alert } from '@tt/ui/alert';
import { Button } from '@tt/ui/button';
import { TextField } from '@tt/ui/controls';
import { Dialog } from '@tt/ui/dialog';
import { formatDate } from '@tt/ui/format';
import { showToast } from '@tt/ui/toast-store';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { FormProblems, useSubmit } from '../form-problems';
import { session } from '../session';
import { failureOf, useIdentityCheck } from './identity-check';
import { data as text, messages } from './messages';

const Typed = z.object({
  word: z.string().check(z.refine((typed) => typed.trim().toLowerCase() === text.deleteWord, text.deleteTypeMissing(text.deleteWord))),
});
const FORM = 'delete-account';

export function DeleteAccount({ email }: { email: string }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Alert tone="warning" className="mb-5">{text.deleteConsequences}</Alert>
      <Button variant="danger" onClick={() => { setIsOpen(true); }}>{text.deleteButton}</Button>
      {isOpen && <DeleteDialog email={email} onClose={() => { setIsOpen(false); }} />}
    </>
  );
}

/** Typed out, so that no stray click starts it; the server asks for the password when the sign-in is not fresh. */
function DeleteDialog({ email, onClose }: { email: string; onClose: () => void }) {
  const identity = useIdentityCheck();
  const form = useForm({ resolver: zodResolver(Typed), defaultValues: { word: '' }, shouldFocusError: false });
  const { errors, isSubmitting } = form.formState;
  const { failure, submit } = useSubmit(form, async () => {
    const at = await identity.run(deleteAccount);
    showToast(text.deletedText(formatDate(at)));
    await session.signOut();
  });
  if (identity.dialog) return identity.dialog;
  return (
    <Dialog open onClose={onClose} title={text.deleteDialogTitle}>
      <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-5 text-ink" aria-label={text.deleteDialogTitle}>
        <p className="text-ink-muted">{email}. {text.deleteText}</p>
        <FormProblems formId={FORM} form={form} failure={failureOf(failure)} failureTitle={messages.failed} />
        <TextField
          {...form.register('word')}
          id={`${FORM}-word`}
          label={text.deleteType(text.deleteWord)}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required
          error={errors.word?.message}
        />
        <div className="flex flex-wrap justify-end gap-3">
          <Button variant="secondary" onClick={onClose}>{messages.cancel}</Button>
          <Button type="submit" variant="danger" busy={isSubmitting}>{text.deleteConfirm}</Button>
        </div>
      </form>
    </Dialog>
  );
}
