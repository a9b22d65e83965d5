import { describeError } from '@tt/api-client/error-messages';
import type { MyOrganizations, Organization } from '@tt/api-client/organizations';
import { Alert } from '@tt/ui/alert';
import { Badge } from '@tt/ui/badge';
import { Button } from '@tt/ui/button';
import { EmptyState } from '@tt/ui/states';
import { TextLink } from '@tt/ui/text-link';
import { showToast } from '@tt/ui/toast-store';
import { messages, organizations as text } from '../settings/messages';
import { Loaded, Row, Rows, Section, SettingsPage } from '../settings/parts';
import { CreateOrganization } from './create-organization';
import { useOrganizations, useSwitch } from './use-organizations';

export function OrganizationsPage() {
  const mine = useOrganizations();
  return (
    <SettingsPage title={text.title} lead={text.lead}>
      <Section title={text.listTitle}>
        <Loaded query={mine}>{(loaded) => <Mine {...loaded} />}</Loaded>
      </Section>
      <Section title={text.createTitle}><CreateOrganization /></Section>
    </SettingsPage>
  );
}

function Mine({ items, current }: MyOrganizations) {
  const change = useSwitch((id) => {
    const chosen = items.find((item) => item.id === id);
    showToast(chosen ? text.switched(chosen.name) : text.left);
  });
  if (items.length === 0) return <EmptyState title={text.none}>{text.noneText}</EmptyState>;
  return (
    <>
      {change.error && <Alert tone="danger" title={messages.failed} className="mb-4">{describeError(change.error)}</Alert>}
      <Rows label={text.listTitle}>
        {items.map((item) => (
          <OrganizationRow
            key={item.id}
            organization={item}
            isCurrent={item.id === current}
            busy={change.isPending && change.variables === (item.id === current ? null : item.id)}
            onSwitch={() => { change.mutate(item.id === current ? null : item.id); }}
          />
        ))}
      </Rows>
    </>
  );
}

interface OrganizationRowProps {
  organization: Organization;
  isCurrent: boolean;
  busy: boolean;
  onSwitch: () => void;
}

function OrganizationRow({ organization: { id, name, role, member_count: count }, isCurrent, busy, onSwitch }: OrganizationRowProps) {
  return (
    <Row
      title={<TextLink to={`/account/organizations/${id}`}>{name}</TextLink>}
      badge={isCurrent && <Badge tone="accent">{text.current}</Badge>}
      text={`${text.roles[role]} · ${text.members(count)}`}
      actions={<Button size="sm" variant="secondary" busy={busy} onClick={onSwitch}>{isCurrent ? text.leaveCurrent : text.switch}</Button>}
    />
  );
}
