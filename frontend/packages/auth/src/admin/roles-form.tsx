import { setUserRoles, type Role } from '@tt/api-client/roles';
import { Button } from '@tt/ui/button';
import { CheckboxField } from '@tt/ui/controls';
import { showToast } from '@tt/ui/toast-store';
import { useForm } from 'react-hook-form';
import { FormProblems, useSubmit } from '../form-problems';
import { failureOf, useIdentityCheck } from '../settings/identity-check';
import { messages } from '../settings/messages';
import { Loaded } from '../settings/parts';
import { users as text } from './messages';
import { useReloadAdmin, useRoles, useRolesOf } from './use-admin';

export function RolesForm({ userId }: { userId: string }) {
  const all = useRoles();
  const own = useRolesOf(userId);
  return (
    <Loaded query={all}>
      {({ items }) => (
        <Loaded query={own}>{({ roles }) => <Choose key={roles.join()} userId={userId} all={items} own={roles} />}</Loaded>
      )}
    </Loaded>
  );
}

interface ChooseProps {
  userId: string;
  all: Role[];
  own: string[];
}

function Choose({ userId, all, own }: ChooseProps) {
  const identity = useIdentityCheck();
  const reload = useReloadAdmin();
  const form = useForm({ defaultValues: { roles: own } });
  const { failure, submit } = useSubmit(form, async ({ roles }) => {
    await identity.run(() => setUserRoles(userId, roles));
    showToast(text.rolesSaved);
    await reload();
  });
  return (
    <>
      {identity.dialog}
      <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-3" aria-label={text.rolesTitle}>
        <FormProblems formId="roles" form={form} failure={failureOf(failure)} failureTitle={messages.failed} />
        {all.map(({ name, description }) => (
          <CheckboxField key={name} {...form.register('roles')} id={`roles-${name}`} value={name} label={name} hint={description} />
        ))}
        <Button type="submit" busy={form.formState.isSubmitting} className="mt-2 self-start">{text.saveRoles}</Button>
      </form>
    </>
  );
}
