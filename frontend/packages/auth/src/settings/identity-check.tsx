import { isApiError } from '@tt/api-client/api-error';
import * as auth from '@tt/api-client/auth';
import { Dialog } from '@tt/ui/dialog';
import { useState } from 'react';
import { usePendingSession, useSession, session } from '../session';
import { SecondStep } from '../sign-in/second-step';
import { ConfirmIdentity } from './confirm-identity';
import { messages } from './messages';

/** What the server says when a sign-in is too old, or of too low a level, for what was asked. */
const WANTS_PROOF = ['reauthentication_needed', 'reauthentication_required', 'insufficient_aal', 'current_password_required'];

export class NotConfirmed extends Error {}

interface Waiting {
  resolve: () => void;
  reject: (reason: Error) => void;
}

const wantsProof = (error: unknown) => isApiError(error) && WANTS_PROOF.includes(error.code);

/**
 * Runs what the server may refuse until the person has proved again who they are: `run` asks in `dialog` when it does,
 * and then does it again.
 */
export function useIdentityCheck() {
  const [waiting, setWaiting] = useState<Waiting | null>(null);

  const run = async <T,>(action: () => Promise<T>): Promise<T> => {
    try {
      return await action();
    } catch (error) {
      if (!wantsProof(error)) throw error;
    }
    await new Promise<void>((resolve, reject) => { setWaiting({ resolve, reject }); });
    return action();
  };

  const settle = (confirmed: boolean) => {
    setWaiting(null);
    if (confirmed) waiting?.resolve();
    else waiting?.reject(new NotConfirmed());
  };
  return { run, dialog: waiting && <IdentityDialog onSettle={settle} /> };
}

/** Whether there is something to tell: closing the dialog is no failure. */
export function failureOf(error: unknown): unknown {
  return error instanceof NotConfirmed ? null : error;
}

/** Signing in again, second step included, without leaving the page. */
export function IdentityDialog({ onSettle }: { onSettle: (confirmed: boolean) => void }) {
  const pending = usePendingSession();
  const { user } = useSession();
  // The session that was too old: it goes when the new one is there.
  const [former] = useState(() => session.accessToken());
  const close = () => {
    session.cancelPending();
    onSettle(false);
  };
  const done = () => {
    if (former) void auth.signOut(former, 'local').catch(() => undefined);
    onSettle(true);
  };
  return (
    <Dialog open onClose={close} title={messages.identity.title}>
      {/* What waits from a sign-in with another account proves nothing here. */}
      {pending && pending.user.id === user?.id ? (
        <SecondStep pending={pending} onDone={done} />
      ) : (
        user && <ConfirmIdentity user={user} onDone={done} />
      )}
    </Dialog>
  );
}
