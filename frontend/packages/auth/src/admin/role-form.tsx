import { zodResolver } from '@hookform/resolvers/zod';
import { changeRole, createRole, type Permission, type Role } from '@tt/api-client/roles';
import { z } from '@tt/api-client/schema';
import { Button } from '@tt/ui/button';
import { CheckboxField, TextField } from '@tt/ui/controls';
import { showToast } from '@tt/ui/toast-store';
import { useForm } from 'react-hook-form';
import { FormProblems, useSubmit } from '../form-problems';
import { failureOf, useIdentityCheck } from '../settings/identity-check';
import { messages } from '../settings/messages';
import { roles as text } from './messages';
import { useReloadAdmin } from './use-admin';

const Edited = z.object({
  name: z.string().check(z.trim(), z.regex(/^[a-z][a-z0-9-]{1,39}$/, text.nameInvalid)),
  description: z.string().check(z.trim(), z.maxLength(200, messages.tooLong(200))),
  permissions: z.array(z.string()),
});
type Edited = z.infer<typeof Edited>;

interface RoleFormProps {
  permissions: Permission[];
  /** Without one, a new role is made. */
  role?: Role;
  onDone?: () => void;
}

export function RoleForm({ permissions, role, onDone }: RoleFormProps) {
  const formId = `role-${role?.name ?? 'new'}`;
  const identity = useIdentityCheck();
  const reload = useReloadAdmin();
  const form = useForm<Edited>({
    resolver: zodResolver(Edited),
    defaultValues: { name: role?.name ?? '', description: role?.description ?? '', permissions: role?.permissions ?? [] },
    shouldFocusError: false,
  });
  const { errors, isSubmitting } = form.formState;
  const { failure, submit } = useSubmit(form, async (values) => {
    await identity.run(() => (role ? changeRole(values) : createRole(values)));
    form.reset();
    showToast(role ? text.changed : text.created);
    await reload();
    onDone?.();
  });
  return (
    <>
      {identity.dialog}
      <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-5 text-ink" aria-label={role ? text.editTitle(role.name) : text.newTitle}>
        <FormProblems formId={formId} form={form} failure={failureOf(failure)} failureTitle={messages.failed} />
        {!role && (
          <TextField {...form.register('name')} id={`${formId}-name`} label={text.name} hint={text.nameHint} autoComplete="off" autoCapitalize="none" required error={errors.name?.message} />
        )}
        <TextField {...form.register('description')} id={`${formId}-description`} label={text.description} autoComplete="off" error={errors.description?.message} />
        <fieldset className="flex flex-col gap-3">
          <legend className="mb-3 font-semibold">{text.permissions}</legend>
          {permissions.map(({ name, description }) => (
            <CheckboxField key={name} {...form.register('permissions')} id={`${formId}-${name}`} value={name} label={name} hint={description} />
          ))}
        </fieldset>
        <Button type="submit" busy={isSubmitting} className="self-start">{role ? messages.save : text.create}</Button>
      </form>
    </>
  );
}
