import { deleteRole, type Permission, type Role } from '@tt/api-client/roles';
import { Badge } from '@tt/ui/badge';
import { Button } from '@tt/ui/button';
import { Dialog } from '@tt/ui/dialog';
import { showToast } from '@tt/ui/toast-store';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ConfirmDialog } from '../settings/confirm-dialog';
import { Loaded, Row, Rows, Section, SettingsPage } from '../settings/parts';
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

type Open = { kind: 'edit' | 'delete'; role: Role } | null;

function RoleList({ items, permissions }: { items: Role[]; permissions: Permission[] }) {
  const reload = useReloadAdmin();
  const [open, setOpen] = useState<Open>(null);
  const close = () => { setOpen(null); };
  const remove = useMutation({
    mutationFn: deleteRole,
    onSuccess: async () => {
      close();
      showToast(text.deleted);
      await reload();
    },
  });
  const name = open?.role.name ?? '';
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
                  <Button size="sm" variant="secondary" aria-label={text.editLabel(role.name)} onClick={() => { setOpen({ kind: 'edit', role }); }}>{text.edit}</Button>
                  <Button size="sm" variant="danger" aria-label={text.deleteLabel(role.name)} onClick={() => { setOpen({ kind: 'delete', role }); }}>{text.delete}</Button>
                </>
              )
            }
          />
        ))}
      </Rows>
      {open?.kind === 'edit' && (
        <Dialog open onClose={close} title={text.editTitle(name)}>
          <RoleForm role={open.role} permissions={permissions} onDone={close} />
        </Dialog>
      )}
      <ConfirmDialog
        open={open?.kind === 'delete'}
        title={text.deleteTitle(name)}
        text={text.deleteText}
        action={text.delete}
        busy={remove.isPending}
        failure={remove.error}
        onConfirm={() => { remove.mutate(name); }}
        onClose={close}
      />
    </>
  );
}
