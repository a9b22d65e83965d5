import { listApiKeys, revokeApiKey, rotateApiKey, type ApiKey, type ApiKeySecret } from '@tt/api-client/api-keys';
import { addErrorMessages } from '@tt/api-client/error-messages';
import { Button } from '@tt/ui/button';
import { formatDate } from '@tt/ui/format';
import { showToast } from '@tt/ui/toast-store';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ConfirmDialog } from '../settings/confirm-dialog';
import { useIdentityCheck } from '../settings/identity-check';
import { Loaded, Row, Rows, Section, SettingsPage } from '../settings/parts';
import { useAccountKey, useReloadAccount } from '../settings/use-account';
import { useConfirm } from '../settings/use-confirm';
import { apiKeyErrors, apiKeysText as text } from './messages';
import { NewApiKeyForm } from './new-api-key-form';
import { describeScopes } from './scopes';
import { SecretDialog } from './secret-dialog';

addErrorMessages(apiKeyErrors);

export function ApiKeysPage() {
  const keys = useQuery({ queryKey: useAccountKey('api-keys'), queryFn: listApiKeys });
  const [made, setMade] = useState<ApiKeySecret | null>(null);
  const reload = useReloadAccount();
  const close = () => {
    setMade(null);
    void reload();
  };
  return (
    <SettingsPage title={text.title} lead={text.lead}>
      <Section title={text.listTitle}>
        <Loaded query={keys}>{(items) => <Keys items={items} onSecret={setMade} />}</Loaded>
      </Section>
      <Section title={text.newTitle}><NewApiKeyForm onMade={setMade} /></Section>
      {made && <SecretDialog made={made} onClose={close} />}
    </SettingsPage>
  );
}

function factsOf(key: ApiKey): string {
  const facts = [
    describeScopes(key.scopes),
    text.made(formatDate(key.created_at)),
    key.last_used_at ? text.used(formatDate(key.last_used_at)) : text.neverUsed,
    key.expires_at && text.until(formatDate(key.expires_at)),
  ];
  return facts.filter(Boolean).join(' · ');
}

function Keys({ items, onSecret }: { items: ApiKey[]; onSecret: (made: ApiKeySecret) => void }) {
  const identity = useIdentityCheck();
  const reload = useReloadAccount();
  const rotate = useMutation({ mutationFn: ({ id }: ApiKey) => identity.run(() => rotateApiKey(id)), onSuccess: onSecret });
  const revoke = useMutation({
    mutationFn: ({ id }: ApiKey) => identity.run(() => revokeApiKey(id)),
    onSuccess: () => {
      showToast(text.revoked);
      return reload();
    },
  });
  const isHeld = identity.dialog !== null;
  const rotating = useConfirm(rotate, isHeld);
  const revoking = useConfirm(revoke, isHeld);
  if (items.length === 0) return <p className="text-ink-muted">{text.none}</p>;
  return (
    <>
      {identity.dialog}
      <Rows label={text.listTitle}>
        {items.map((key) => (
          <Row
            key={key.id}
            title={key.name}
            text={factsOf(key)}
            actions={
              <>
                <Button size="sm" variant="secondary" aria-label={text.rotateLabel(key.name)} onClick={() => { rotating.ask(key); }}>{text.rotate}</Button>
                <Button size="sm" variant="danger" aria-label={text.revokeLabel(key.name)} onClick={() => { revoking.ask(key); }}>{text.revoke}</Button>
              </>
            }
          />
        ))}
      </Rows>
      <ConfirmDialog {...rotating.dialog} title={text.rotateTitle(rotating.item?.name ?? '')} text={text.rotateText} action={text.rotate} />
      <ConfirmDialog {...revoking.dialog} title={text.revokeTitle(revoking.item?.name ?? '')} text={text.revokeText} action={text.revoke} />
    </>
  );
}
