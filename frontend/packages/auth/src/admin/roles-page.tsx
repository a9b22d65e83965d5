import { deleteRole, type Permission, type Role } from '@tt/api-client/roles';
import { Badge } from '@tt/ui/badge';
import { Button } from '@tt/ui/button';
import { Dialog } from '@tt/ui/dialog';
import { showToast } from '@tt/ui/toast-store';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ConfirmDialog } from '../settings/confirm-dialog';
import { Loaded, Row, Rows, Section, SettingsPage } from '../settings/parts';
import { useConfirm } from '../settings/use-confirm';
import { roles as text } from './messages';
import { RoleForm } from './role-form';
import { useReloadAdmin, useRoles } from './use-admin';

export function RolesPage() {
  const roles = useRoles();
  return (
    <SettingsPage title={text.title} lead={text.lead}>
      <Loaded query={roles}>
        {({ items, permissions }) => (
          <>
            <Section title={text.listTitle}><RoleList items={items} permissions={permissions} /></Section>
            <Section title={text.newTitle}><RoleForm permissions={permissions} /></Section>
          </>
        )}
      </Loaded>
    </SettingsPage>
  );
}

function describe({ description, permissions }: Role): string {
  const allowed = permissions.includes('*') ? text.everything : permissions.join(', ') || text.nothing;
  return [description, allowed].filter(Boolean).join(' · ');
}

function RoleList({ items, permissions }: { items: Role[]; permissions: Permission[] }) {
  const reload = useReloadAdmin();
  const [editing, setEditing] = useState<Role | null>(null);
  const close = () => { setEditing(null); };
  const remove = useMutation({
    mutationFn: ({ name }: Role) => deleteRole(name),
    onSuccess: () => {
      showToast(text.deleted);
      return reload();
    },
  });
  const { ask, item, dialog } = useConfirm(remove);
  return (
    <>
      <Rows label={text.listTitle}>
        {items.map((role) => (
          <Row
            key={role.name}
            title={role.name}
            badge={role.is_builtin && <Badge>{text.builtin}</Badge>}
            text={describe(role)}
            actions={
              !role.is_builtin && (
                <>
                  <Button size="sm" variant="secondary" aria-label={text.editLabel(role.name)} onClick={() => { setEditing(role); }}>{text.edit}</Button>
                  <Button size="sm" variant="danger" aria-label={text.deleteLabel(role.name)} onClick={() => { ask(role); }}>{text.delete}</Button>
                </>
              )
            }
          />
        ))}
      </Rows>
      {editing && (
        <Dialog open onClose={close} title={text.editTitle(editing.name)}>
          <RoleForm role={editing} permissions={permissions} onDone={close} />
        </Dialog>
      )}
      <ConfirmDialog {...dialog} title={text.deleteTitle(item?.name ?? '')} text={text.deleteText} action={text.delete} />
    </>
  );
}
