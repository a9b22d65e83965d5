import type { Identity } from '@tt/api-client/auth';
import { providersOf } from '@tt/api-client/auth-settings';
import { linkIdentity, unlinkIdentity } from '@tt/api-client/auth-user';
import { describeError } from '@tt/api-client/error-messages';
import { Alert } from '@tt/ui/alert';
import { Button } from '@tt/ui/button';
import { formatDate } from '@tt/ui/format';
import { showToast } from '@tt/ui/toast-store';
import { useMutation } from '@tanstack/react-query';
import { providerName } from '../messages';
import { callbackUrl, startProof } from '../pkce';
import { CONNECT_PATH } from '../sign-in/callback';
import { useAuthSettings } from '../use-auth-settings';
import { ConfirmDialog } from './confirm-dialog';
import { failureOf, useIdentityCheck } from './identity-check';
import { messages, security } from './messages';
import { Row, Rows, Section } from './parts';
import { useReloadAccount } from './use-account';
import { useConfirm } from './use-confirm';

/** Nothing to see where no provider is configured and none is connected. */
export function IdentitiesSection({ identities }: { identities: Identity[] }) {
  const connected = identities.filter(({ provider }) => provider !== 'email');
  const settings = useAuthSettings();
  const offered = settings?.manual_linking_enabled ? providersOf(settings) : [];
  const available = offered.filter((name) => !connected.some(({ provider }) => provider === name));
  if (connected.length === 0 && available.length === 0) return null;
  return (
    <Section title={security.identitiesTitle} text={security.identitiesText}>
      {connected.length > 0 && <Connected identities={connected} />}
      <Connect providers={available} />
    </Section>
  );
}

function Connect({ providers }: { providers: string[] }) {
  const identity = useIdentityCheck();
  const connect = useMutation({
    mutationFn: async (provider: string) => {
      const challenge = await startProof();
      return identity.run(() => linkIdentity(provider, callbackUrl(CONNECT_PATH), challenge));
    },
    onSuccess: (url) => { window.location.assign(url); },
  });
  const failure = failureOf(connect.error);
  return (
    <>
      {identity.dialog}
      {failure ? <Alert tone="danger" title={messages.failed} className="mt-4">{describeError(failure)}</Alert> : null}
      <div className="mt-5 flex flex-wrap gap-3">
        {providers.map((provider) => (
          <Button key={provider} variant="secondary" busy={connect.isPending && connect.variables === provider} onClick={() => { connect.mutate(provider); }}>
            {security.connect(providerName(provider))}
          </Button>
        ))}
      </div>
    </>
  );
}

function Connected({ identities }: { identities: Identity[] }) {
  const identity = useIdentityCheck();
  const reload = useReloadAccount();
  const disconnect = useMutation({
    mutationFn: ({ identity_id: id }: Identity) => identity.run(() => unlinkIdentity(id)),
    onSuccess: () => {
      showToast(security.disconnected);
      return reload();
    },
  });
  const { ask, item: asked, dialog } = useConfirm(disconnect, identity.dialog !== null);
  return (
    <>
      {identity.dialog}
      <Rows label={security.identitiesTitle}>
        {identities.map((item) => (
          <Row
            key={item.identity_id}
            title={providerName(item.provider)}
            text={[item.email, item.created_at && security.addedOn(formatDate(item.created_at))].filter(Boolean).join(' · ')}
            actions={
              <Button size="sm" variant="danger" aria-label={security.disconnectLabel(providerName(item.provider))} onClick={() => { ask(item); }}>
                {security.disconnect}
              </Button>
            }
          />
        ))}
      </Rows>
      <ConfirmDialog
        {...dialog}
        title={security.disconnectTitle(asked ? providerName(asked.provider) : '')}
        text={security.disconnectText}
        action={security.disconnect}
      />
    </>
  );
}
