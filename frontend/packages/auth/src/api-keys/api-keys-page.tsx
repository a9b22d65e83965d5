import { listApiKeys, revokeApiKey, rotateApiKey, type ApiKey, type ApiKeySecret } from '@tt/api-client/api-keys';
import { addErrorMessages } from '@tt/api-client/error-messages';
import { Button } from '@tt/ui/button';
import { formatDate } from '@tt/ui/format';
import { showToast } from '@tt/ui/toast-store';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ConfirmDialog } from '../settings/confirm-dialog';
import { failureOf, useIdentityCheck } from '../settings/identity-check';
import { Loaded, Row, Rows, Section, SettingsPage } from '../settings/parts';
import { useAccountKey, useReloadAccount } from '../settings/use-account';
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

type Question = { kind: 'rotate' | 'revoke'; key: ApiKey } | null;

function Keys({ items, onSecret }: { items: ApiKey[]; onSecret: (made: ApiKeySecret) => void }) {
  const identity = useIdentityCheck();
  const reload = useReloadAccount();
  const [question, setQuestion] = useState<Question>(null);
  const rotate = useMutation({
    mutationFn: (id: string) => identity.run(() => rotateApiKey(id)),
    onSuccess: (made) => {
      setQuestion(null);
      onSecret(made);
    },
  });
  const revoke = useMutation({
    mutationFn: (id: string) => identity.run(() => revokeApiKey(id)),
    onSuccess: async () => {
      setQuestion(null);
      showToast(text.revoked);
      await reload();
    },
  });
  const isRotating = question?.kind === 'rotate';
  const current = isRotating ? rotate : revoke;
  const name = question?.key.name ?? '';
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
                <Button size="sm" variant="secondary" aria-label={text.rotateLabel(key.name)} onClick={() => { setQuestion({ kind: 'rotate', key }); }}>{text.rotate}</Button>
                <Button size="sm" variant="danger" aria-label={text.revokeLabel(key.name)} onClick={() => { setQuestion({ kind: 'revoke', key }); }}>{text.revoke}</Button>
              </>
            }
          />
        ))}
      </Rows>
      <ConfirmDialog
        open={question !== null && !identity.dialog}
        title={isRotating ? text.rotateTitle(name) : text.revokeTitle(name)}
        text={isRotating ? text.rotateText : text.revokeText}
        action={isRotating ? text.rotate : text.revoke}
        busy={current.isPending}
        failure={failureOf(current.error)}
        onConfirm={() => { if (question) current.mutate(question.key.id); }}
        onClose={() => { setQuestion(null); }}
      />
    </>
  );
}
