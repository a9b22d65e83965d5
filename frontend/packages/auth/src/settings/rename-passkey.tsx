import { zodResolver } from '@hookform/resolvers/zod';
import { renamePasskey, type Passkey } from '@tt/api-client/passkeys';
import { z } from '@tt/api-client/schema';
import { Button } from '@tt/ui/button';
import { TextField } from '@tt/ui/controls';
import { useEffect } from 'react';
import { useForm } from 'react-hook-form';
import { FormProblems, useSubmit } from '../form-problems';
import { messages } from './messages';
import { nameRule } from './name-rule';
import { useReloadAccount } from './use-account';

const Named = z.object({ name: nameRule(120) });

/** A row of the list while its name is being changed. */
export function RenamePasskey({ passkey, onDone }: { passkey: Passkey; onDone: () => void }) {
  const formId = `passkey-${passkey.id}`;
  const reload = useReloadAccount();
  const form = useForm({ resolver: zodResolver(Named), defaultValues: { name: passkey.friendly_name ?? '' }, shouldFocusError: false });
  const { errors, isSubmitting } = form.formState;
  const { setFocus } = form;
  useEffect(() => { setFocus('name'); }, [setFocus]);
  const { failure, submit } = useSubmit(form, async ({ name }) => {
    await renamePasskey(passkey.id, name);
    await reload();
    onDone();
  });
  return (
    <li className="py-4">
      <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-3" aria-label={messages.rename}>
        <FormProblems formId={formId} form={form} failure={failure} failureTitle={messages.failed} />
        <TextField {...form.register('name')} id={`${formId}-name`} label={messages.name} autoComplete="off" required error={errors.name?.message} />
        <div className="flex gap-2">
          <Button type="submit" size="sm" busy={isSubmitting}>{messages.save}</Button>
          <Button size="sm" variant="ghost" onClick={onDone}>{messages.cancel}</Button>
        </div>
      </form>
    </li>
  );
}
