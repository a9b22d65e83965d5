import { describeError } from '@tt/api-client/error-messages';
import { changeMember, organizationRoles, removeMember, type Member, type Organization, type OrganizationRole } from '@tt/api-client/organizations';
import { Alert } from '@tt/ui/alert';
import { Avatar } from '@tt/ui/avatar';
import { Badge } from '@tt/ui/badge';
import { Button } from '@tt/ui/button';
import { Select } from '@tt/ui/controls';
import { showToast } from '@tt/ui/toast-store';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useSession } from '../session';
import { ConfirmDialog } from '../settings/confirm-dialog';
import { messages, organizations as text } from '../settings/messages';
import { LoadedPages, Row, Rows } from '../settings/parts';
import { useReloadAccount } from '../settings/use-account';
import { useConfirm } from '../settings/use-confirm';
import { useMembers } from './use-organizations';

const nameOf = (member: Member) => member.display_name ?? member.email ?? member.user_id;

interface RoleChange {
  member: Member;
  role: OrganizationRole;
}

export function Members({ organization }: { organization: Organization }) {
  const members = useMembers(organization.id);
  const me = useSession().user?.id;
  const reload = useReloadAccount();
  const change = useMutation({
    mutationFn: ({ member, role }: RoleChange) => changeMember(organization.id, member.user_id, role),
    onSuccess: () => { showToast(text.roleChanged); },
    // Also after a refusal: the list shows again what holds.
    onSettled: () => reload(),
  });
  const remove = useMutation({
    mutationFn: (member: Member) => removeMember(organization.id, member.user_id),
    onSuccess: () => {
      showToast(text.memberRemoved);
      return reload();
    },
  });
  const changing = useConfirm(change);
  const removing = useConfirm(remove);
  const changeRole = (next: RoleChange) => {
    // Neither can be taken back by whoever did it.
    if (next.role === 'owner' || next.member.user_id === me) changing.ask(next);
    else change.mutate(next);
  };
  const isOwn = changing.item?.member.user_id === me;
  return (
    <>
      {change.error && !changing.dialog.open && <Alert tone="danger" title={messages.failed} className="mb-4">{describeError(change.error)}</Alert>}
      <LoadedPages query={members} more={text.more}>
        {(items) => (
          <Rows label={text.membersTitle}>
            {items.map((member) => (
              <MemberRow
                key={member.user_id}
                member={member}
                isMe={member.user_id === me}
                callerRole={organization.role}
                onRole={(role) => { changeRole({ member, role }); }}
                onRemove={() => { removing.ask(member); }}
              />
            ))}
          </Rows>
        )}
      </LoadedPages>
      <ConfirmDialog
        {...changing.dialog}
        title={isOwn ? text.changeOwnRole : text.makeOwner(changing.item ? nameOf(changing.item.member) : '')}
        text={isOwn ? text.changeOwnRoleText : text.makeOwnerText}
        action={text.changeRole}
      />
      <ConfirmDialog
        {...removing.dialog}
        title={text.removeMember(removing.item ? nameOf(removing.item) : '')}
        text={text.removeMemberText}
        action={messages.remove}
      />
    </>
  );
}

interface MemberRowProps {
  member: Member;
  isMe: boolean;
  callerRole: OrganizationRole;
  onRole: (role: OrganizationRole) => void;
  onRemove: () => void;
}

function MemberRow({ member, isMe, callerRole, onRole, onRemove }: MemberRowProps) {
  const name = nameOf(member);
  // Administrators neither make nor touch owners.
  const mayChange = callerRole === 'owner' || (callerRole === 'admin' && member.role !== 'owner');
  const choices = organizationRoles.filter((role) => callerRole === 'owner' || role !== 'owner');
  return (
    <Row
      title={<span className="flex items-center gap-3"><Avatar name={name} url={member.avatar_url} size="sm" />{name}</span>}
      badge={isMe && <Badge tone="accent">{text.you}</Badge>}
      text={name !== member.email && member.email}
      actions={
        mayChange ? (
          <>
            <RoleChoice name={name} role={member.role} choices={choices} onRole={onRole} />
            {!isMe && <Button size="sm" variant="danger" className="self-center" aria-label={text.removeMember(name)} onClick={onRemove}>{messages.remove}</Button>}
          </>
        ) : (
          <Badge>{text.roles[member.role]}</Badge>
        )
      }
    />
  );
}

interface RoleChoiceProps {
  name: string;
  role: OrganizationRole;
  choices: OrganizationRole[];
  onRole: (role: OrganizationRole) => void;
}

/** Chosen first and changed by a button: an arrow key must not make somebody owner on its way. */
function RoleChoice({ name, role, choices, onRole }: RoleChoiceProps) {
  const [choice, setChoice] = useState({ from: role, to: role });
  // Chosen from a role that is no longer the member's: counts for nothing.
  const chosen = choice.from === role ? choice.to : role;
  return (
    <form
      className="flex flex-wrap items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen !== role) onRole(chosen);
      }}
    >
      <Select aria-label={text.roleOf(name)} value={chosen} onChange={(event) => { setChoice({ from: role, to: event.target.value as OrganizationRole }); }}>
        {choices.map((one) => <option key={one} value={one}>{text.roles[one]}</option>)}
      </Select>
      <Button type="submit" size="sm" variant="secondary" aria-disabled={chosen === role} aria-label={text.changeRoleOf(name)}>{text.changeRole}</Button>
    </form>
  );
}
