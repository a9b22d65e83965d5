import { describeError } from '@tt/api-client/error-messages';
import { enrolSecurityKey, removeFactor } from '@tt/api-client/factors';
import { Alert } from '@tt/ui/alert';
import { Button } from '@tt/ui/button';
import { TextField } from '@tt/ui/controls';
import { Dialog } from '@tt/ui/dialog';
import { showToast } from '@tt/ui/toast-store';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { proveSecurityKey } from '../security-key';
import { session } from '../session';
import { isAlreadyRegistered, isDismissed } from '../webauthn';
import { failureOf, useIdentityCheck } from './identity-check';
import { messages, security } from './messages';

async function register(id: string): Promise<void> {
  try {
    session.begin(await proveSecurityKey(id));
  } catch (error) {
    // What was begun and not proved would only stand in the way of the next try.
    await removeFactor(id).catch(() => undefined);
    throw error;
  }
}

export function AddSecurityKey({ onClose }: { onClose: () => void }) {
  const identity = useIdentityCheck();
  const [name, setName] = useState('');
  const add = useMutation({
    mutationFn: async () => { await register(await identity.run(() => enrolSecurityKey(name.trim() || security.kinds.webauthn))); },
    onSuccess: () => {
      showToast(security.keyAdded);
      onClose();
    },
  });
  const failure = failureOf(add.error);
  if (identity.dialog) return identity.dialog;
  return (
    <Dialog open onClose={onClose} title={security.addKey}>
      {failure && !isDismissed(failure) ? (
        <Alert tone="danger" className="mb-4">{isAlreadyRegistered(failure) ? security.passkeyThere : describeError(failure)}</Alert>
      ) : null}
      <form
        className="flex flex-col gap-5 text-ink"
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate();
        }}
      >
        <TextField
          label={messages.name}
          hint={security.keyNameHint}
          value={name}
          maxLength={60}
          autoComplete="off"
          onChange={(event) => { setName(event.target.value); }}
        />
        <Button type="submit" busy={add.isPending}>{security.addKey}</Button>
      </form>
    </Dialog>
  );
}
