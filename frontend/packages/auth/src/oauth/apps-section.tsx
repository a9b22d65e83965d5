import { isApiError } from '@tt/api-client/api-error';
import { listGrants, revokeGrant, type OauthGrant } from '@tt/api-client/oauth';
import { Button } from '@tt/ui/button';
import { formatDate } from '@tt/ui/format';
import { showToast } from '@tt/ui/toast-store';
import { useMutation, useQuery } from '@tanstack/react-query';
import { ConfirmDialog } from '../settings/confirm-dialog';
import { Loaded, Row, Rows, Section } from '../settings/parts';
import { useAccountKey, useReloadAccount } from '../settings/use-account';
import { useConfirm } from '../settings/use-confirm';
import { appName, describeScope, scopesIn } from './app';
import { apps as text } from './messages';

/** Programs that sign the person in with their account here, and the way to end that. */
export function AppsSection() {
  const grants = useQuery({ queryKey: useAccountKey('apps'), queryFn: listGrants });
  return (
    <Section title={text.title} text={text.text}>
      <Loaded query={grants}>{(items) => (items.length > 0 ? <Apps items={items} /> : <p className="text-ink-muted">{text.none}</p>)}</Loaded>
    </Section>
  );
}

function factsOf({ scopes, granted_at: since }: OauthGrant): string {
  const opened = scopesIn(scopes.join(' ')).map(describeScope);
  return [...(opened.length > 0 ? opened : [text.idOnly]), text.since(formatDate(since))].join(' · ');
}

/** Gone is gone, also when another tab was faster. */
async function revoke(clientId: string): Promise<void> {
  try {
    await revokeGrant(clientId);
  } catch (error) {
    if (!isApiError(error, 'oauth_consent_not_found')) throw error;
  }
}

function Apps({ items }: { items: OauthGrant[] }) {
  const reload = useReloadAccount();
  const removal = useMutation({
    mutationFn: ({ client }: OauthGrant) => revoke(client.id),
    onSuccess: (_, { client }) => {
      showToast(text.revoked(appName(client)));
      return reload();
    },
  });
  const { ask, item: asked, dialog } = useConfirm(removal);
  return (
    <>
      <Rows label={text.title}>
        {items.map((item) => (
          <Row
            key={item.client.id}
            title={appName(item.client)}
            text={factsOf(item)}
            actions={<Button size="sm" variant="danger" aria-label={text.revokeLabel(appName(item.client))} onClick={() => { ask(item); }}>{text.revoke}</Button>}
          />
        ))}
      </Rows>
      <ConfirmDialog {...dialog} title={text.revokeTitle(asked ? appName(asked.client) : '')} text={text.revokeText} action={text.revoke} />
    </>
  );
}
