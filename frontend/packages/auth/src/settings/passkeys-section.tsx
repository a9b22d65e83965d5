import { describeError } from '@tt/api-client/error-messages';
import { passkeyRegistrationOptions, registerPasskey, removePasskey, type Passkey } from '@tt/api-client/passkeys';
import { Alert } from '@tt/ui/alert';
import { Button } from '@tt/ui/button';
import { formatDate } from '@tt/ui/format';
import { showToast } from '@tt/ui/toast-store';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useReturnFocus } from '../use-return-focus';
import { canUsePasskeys, createCredential, isAlreadyRegistered, isDismissed } from '../webauthn';
import { ConfirmDialog } from './confirm-dialog';
import { failureOf, useIdentityCheck } from './identity-check';
import { messages, security } from './messages';
import { Loaded, Row, Rows, Section } from './parts';
import { RenamePasskey } from './rename-passkey';
import { usePasskeys, useReloadAccount } from './use-account';
import { useConfirm } from './use-confirm';

export function PasskeysSection() {
  const passkeys = usePasskeys();
  const identity = useIdentityCheck();
  const reload = useReloadAccount();
  const add = useMutation({
    mutationFn: async () => {
      const offer = await identity.run(passkeyRegistrationOptions);
      await registerPasskey(offer.challenge_id, await createCredential(offer.options));
    },
    onSuccess: async () => {
      showToast(security.passkeyAdded);
      await reload();
    },
  });
  const failure = failureOf(add.error);
  return (
    <Section title={security.passkeysTitle} text={security.passkeysText}>
      {identity.dialog}
      {failure && !isDismissed(failure) ? (
        <Alert tone="danger" title={messages.failed} className="mb-4">
          {isAlreadyRegistered(failure) ? security.passkeyThere : describeError(failure)}
        </Alert>
      ) : null}
      <Loaded query={passkeys}>{(items) => <PasskeyList items={items} />}</Loaded>
      {canUsePasskeys() ? (
        <Button className="mt-5" busy={add.isPending} onClick={() => { add.mutate(); }}>{security.addPasskey}</Button>
      ) : (
        <p className="mt-4 text-sm text-ink-muted">{security.passkeyUnavailable}</p>
      )}
    </Section>
  );
}

const nameOf = (passkey: Passkey) => passkey.friendly_name ?? security.passkey;

function usedText({ created_at: created, last_used_at: used }: Passkey): string {
  const last = used ? security.usedOn(formatDate(used)) : security.neverUsed;
  return created ? `${security.addedOn(formatDate(created))}, ${last}` : last;
}

function PasskeyList({ items }: { items: Passkey[] }) {
  const identity = useIdentityCheck();
  const reload = useReloadAccount();
  const remove = useMutation({
    mutationFn: ({ id }: Passkey) => identity.run(() => removePasskey(id)),
    onSuccess: () => {
      showToast(security.passkeyRemoved);
      return reload();
    },
  });
  const { ask, item, dialog } = useConfirm(remove, identity.dialog !== null);
  if (items.length === 0) return <p className="text-ink-muted">{security.noPasskeys}</p>;
  return (
    <>
      {identity.dialog}
      <Rows label={security.passkeysTitle}>
        {items.map((passkey) => <PasskeyRow key={passkey.id} passkey={passkey} onRemove={() => { ask(passkey); }} />)}
      </Rows>
      <ConfirmDialog
        {...dialog}
        title={security.removePasskeyTitle(item ? nameOf(item) : '')}
        text={security.removePasskeyText}
        action={messages.remove}
      />
    </>
  );
}

function PasskeyRow({ passkey, onRemove }: { passkey: Passkey; onRemove: () => void }) {
  const [isRenaming, setIsRenaming] = useState(false);
  const renameButton = useRef<HTMLButtonElement>(null);
  useReturnFocus(isRenaming, () => renameButton.current);
  if (isRenaming) return <RenamePasskey passkey={passkey} onDone={() => { setIsRenaming(false); }} />;
  return (
    <Row
      title={nameOf(passkey)}
      text={usedText(passkey)}
      actions={
        <>
          <Button ref={renameButton} size="sm" variant="secondary" onClick={() => { setIsRenaming(true); }}>{messages.rename}</Button>
          <Button size="sm" variant="danger" onClick={onRemove}>{messages.remove}</Button>
        </>
      }
    />
  );
}
