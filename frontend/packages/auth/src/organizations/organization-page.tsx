import { deleteOrganization, removeMember, renameOrganization, type Organization } from '@tt/api-client/organizations';
import { Button } from '@tt/ui/button';
import { TextLink } from '@tt/ui/text-link';
import { showToast } from '@tt/ui/toast-store';
import { useMutation } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import { session, useSession } from '../session';
import { ConfirmDialog } from '../settings/confirm-dialog';
import { organizations as text } from '../settings/messages';
import { Loaded, Section, SettingsPage } from '../settings/parts';
import { useReloadAccount } from '../settings/use-account';
import { useConfirm } from '../settings/use-confirm';
import { Invitations } from './invitations';
import { Members } from './members';
import { OrganizationName } from './organization-name';
import { useOrganization } from './use-organizations';

export function OrganizationPage() {
  const { id = '' } = useParams();
  const organization = useOrganization(id);
  return <Loaded query={organization} isPage>{(loaded) => <Opened organization={loaded} />}</Loaded>;
}

function Opened({ organization }: { organization: Organization }) {
  const { id, name, role, member_count: count } = organization;
  const reload = useReloadAccount();
  const mayManage = role !== 'member';
  const rename = async (next: string) => {
    await renameOrganization(id, next);
    showToast(text.renamed);
    await reload();
  };
  return (
    <>
      <TextLink to="/account/organizations" className="mb-4 inline-flex min-h-9 items-center">{text.back}</TextLink>
      <SettingsPage title={name} lead={`${text.roles[role]} · ${text.members(count)}`}>
        <Section title={text.membersTitle}><Members organization={organization} /></Section>
        {mayManage && <Section title={text.inviteTitle} text={text.inviteText}><Invitations organization={organization} /></Section>}
        {mayManage && (
          <Section title={text.settingsTitle}>
            <OrganizationName key={name} formId="organization" action={text.rename} initial={name} onSave={rename} />
          </Section>
        )}
        <Section title={text.leave}>
          <Leave
            action={text.leave}
            question={text.leaveTitle(name)}
            consequence={text.leaveText}
            done={text.leftFor(name)}
            go={(user) => removeMember(id, user)}
          />
        </Section>
        {role === 'owner' && (
          <Section title={text.deleteTitle} text={text.deleteText}>
            <Leave
              action={text.deleteButton}
              question={text.deleteAsk(name)}
              consequence={text.deleteText}
              done={text.deleted}
              go={() => deleteOrganization(id)}
            />
          </Section>
        )}
      </SettingsPage>
    </>
  );
}

interface LeaveProps {
  action: string;
  question: string;
  consequence: string;
  done: string;
  go: (userId: string) => Promise<void>;
}

/** Both ways out end on the list, with a token that no longer names the organisation. */
function Leave({ action, question, consequence, done, go }: LeaveProps) {
  const userId = useSession().user?.id ?? '';
  const navigate = useNavigate();
  const reload = useReloadAccount();
  const leave = useMutation({
    mutationFn: () => go(userId),
    onSuccess: async () => {
      showToast(done);
      await session.renew();
      await navigate('/account/organizations');
      await reload();
    },
  });
  const { ask, dialog } = useConfirm(leave);
  return (
    <>
      <Button variant="danger" onClick={() => { ask(); }}>{action}</Button>
      <ConfirmDialog {...dialog} title={question} text={consequence} action={action} />
    </>
  );
}
