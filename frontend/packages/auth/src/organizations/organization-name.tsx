import { zodResolver } from '@hookform/resolvers/zod';
import { z } from '@tt/api-client/schema';
import { Button } from '@tt/ui/button';
import { TextField } from '@tt/ui/controls';
import { useForm } from 'react-hook-form';
import { FormProblems, useSubmit } from '../form-problems';
import { messages, organizations as text } from '../settings/messages';
import { nameRule } from '../settings/name-rule';

const Named = z.object({ name: nameRule(120) });

interface OrganizationNameProps {
  formId: string;
  /** Also the name of the form. */
  action: string;
  initial?: string;
  onSave: (name: string) => Promise<void>;
}

/** The one thing an organisation is made with. */
export function OrganizationName({ formId, action, initial = '', onSave }: OrganizationNameProps) {
  const form = useForm({ resolver: zodResolver(Named), defaultValues: { name: initial }, shouldFocusError: false });
  const { errors, isSubmitting } = form.formState;
  const { failure, submit } = useSubmit(form, ({ name }) => onSave(name));
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="flex max-w-md flex-col gap-4" aria-label={action}>
      <FormProblems formId={formId} form={form} failure={failure} failureTitle={messages.failed} />
      <TextField {...form.register('name')} id={`${formId}-name`} label={text.nameLabel} autoComplete="organization" required error={errors.name?.message} />
      <Button type="submit" busy={isSubmitting} className="self-start">{action}</Button>
    </form>
  );
}
