import type { User } from '@tt/api-client/auth';
import { TextLink } from '@tt/ui/text-link';
import { useParams } from 'react-router';
import { may, useSession } from '../session';
import { Loaded, Section, SettingsPage } from '../settings/parts';
import { BanForm } from './ban-form';
import { DeletePerson } from './delete-person';
import { FactorsOfPerson } from './factors-of-person';
import { Impersonate } from './impersonate';
import { users as text } from './messages';
import { factsOf, nameOf } from './person';
import { PersonBadges } from './person-badges';
import { RolesForm } from './roles-form';
import { SessionsOfPerson } from './sessions-of-person';
import { useUserById } from './use-admin';

export function UserPage() {
  const { id = '' } = useParams();
  const user = useUserById(id);
  return (
    <>
      <TextLink to="/admin/users" className="mb-4 inline-flex min-h-9 items-center">{text.back}</TextLink>
      <Loaded query={user} isPage>{(loaded) => <Opened user={loaded} />}</Loaded>
    </>
  );
}

function Opened({ user }: { user: User }) {
  const me = useSession().user;
  const isMe = me?.id === user.id;
  const mayManage = may(me, 'users.manage');
  return (
    <SettingsPage title={nameOf(user)} lead={`${user.email} · ${factsOf(user)}`}>
      <div className="flex flex-wrap items-center gap-3 py-5 text-sm text-ink-muted">
        <PersonBadges user={user} />
        <span>{text.id}: <code className="font-mono [overflow-wrap:anywhere]">{user.id}</code></span>
      </div>
      {may(me, 'roles.manage') && <Section title={text.rolesTitle} text={text.rolesText}><RolesForm userId={user.id} /></Section>}
      <Section title={text.factorsTitle} text={text.factorsText}><FactorsOfPerson user={user} mayManage={mayManage} /></Section>
      <Section title={text.sessionsTitle} text={text.sessionsText}><SessionsOfPerson userId={user.id} mayManage={mayManage} /></Section>
      {!isMe && may(me, 'users.impersonate') && (
        <Section title={text.impersonateTitle} text={text.impersonateText}><Impersonate user={user} /></Section>
      )}
      {!isMe && mayManage && (
        <>
          <Section title={text.banTitle} text={text.banText}><BanForm user={user} /></Section>
          <Section title={text.deleteTitle} text={text.deleteText}><DeletePerson user={user} /></Section>
        </>
      )}
    </SettingsPage>
  );
}
