import { describeError } from '@tt/api-client/error-messages';
import { changeMember, organizationRoles, removeMember, type Member, type Organization, type OrganizationRole } from '@tt/api-client/organizations';
import { Alert } from '@tt/ui/alert';
import { Avatar } from '@tt/ui/avatar';
import { Badge } from '@tt/ui/badge';
import { Button } from '@tt/ui/button';
import { Select } from '@tt/ui/controls';
import { LoadingPanel } from '@tt/ui/spinner';
import { ErrorState } from '@tt/ui/states';
import { showToast } from '@tt/ui/toast-store';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useSession } from '../session';
import { ConfirmDialog } from '../settings/confirm-dialog';
import { messages, organizations as text } from '../settings/messages';
import { Row, Rows } from '../settings/parts';
import { useReloadAccount } from '../settings/use-account';
import { useMembers } from './use-organizations';

const nameOf = (member: Member) => member.display_name ?? member.email ?? member.user_id;

export function Members({ organization }: { organization: Organization }) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useMembers(organization.id);
  const reload = useReloadAccount();
  const [asking, setAsking] = useState<Member | null>(null);
  const change = useMutation({
    mutationFn: ({ member, role }: { member: Member; role: OrganizationRole }) => changeMember(organization.id, member.user_id, role),
    onSuccess: () => { showToast(text.roleChanged); },
    // Also after a refusal: the list shows again what holds.
    onSettled: () => reload(),
  });
  const remove = useMutation({
    mutationFn: (member: Member) => removeMember(organization.id, member.user_id),
    onSuccess: async () => {
      setAsking(null);
      showToast(text.memberRemoved);
      await reload();
    },
  });
  if (error) return <ErrorState title={messages.loadFailed} message={describeError(error)} onRetry={() => void refetch()} />;
  if (!data) return <LoadingPanel label={messages.loading} />;
  return (
    <>
      {change.error && <Alert tone="danger" title={messages.failed} className="mb-4">{describeError(change.error)}</Alert>}
      <Rows label={text.membersTitle}>
        {data.pages.flatMap(({ items }) => items).map((member) => (
          <MemberRow
            key={member.user_id}
            member={member}
            callerRole={organization.role}
            onRole={(role) => { change.mutate({ member, role }); }}
            onRemove={() => { setAsking(member); }}
          />
        ))}
      </Rows>
      {hasNextPage && (
        <Button variant="secondary" className="mt-4" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>{text.more}</Button>
      )}
      <ConfirmDialog
        open={asking !== null}
        title={text.removeMember(asking ? nameOf(asking) : '')}
        text={text.removeMemberText}
        action={messages.remove}
        busy={remove.isPending}
        failure={remove.error}
        onConfirm={() => { if (asking) remove.mutate(asking); }}
        onClose={() => { setAsking(null); }}
      />
    </>
  );
}

interface MemberRowProps {
  member: Member;
  callerRole: OrganizationRole;
  onRole: (role: OrganizationRole) => void;
  onRemove: () => void;
}

function MemberRow({ member, callerRole, onRole, onRemove }: MemberRowProps) {
  const isMe = useSession().user?.id === member.user_id;
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
            <Select aria-label={text.roleOf(name)} value={member.role} onChange={(event) => { onRole(event.target.value as OrganizationRole); }}>
              {choices.map((role) => <option key={role} value={role}>{text.roles[role]}</option>)}
            </Select>
            {!isMe && <Button size="sm" variant="danger" className="self-center" aria-label={text.removeMember(name)} onClick={onRemove}>{messages.remove}</Button>}
          </>
        ) : (
          <Badge>{text.roles[member.role]}</Badge>
        )
      }
    />
  );
}
