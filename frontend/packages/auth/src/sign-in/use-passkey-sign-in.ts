import type { Session } from '@tt/api-client/auth';
import { passkeySignInOptions, signInWithPasskey } from '@tt/api-client/passkeys';
import { useEffect, useState } from 'react';
import { session } from '../session';
import { useAuthSettings } from '../use-auth-settings';
import { canUsePasskeys, getCredential, isDismissed } from '../webauthn';
import { offerPasskeys } from './offer-passkeys';

export async function passkeySession(): Promise<Session> {
  const offer = await passkeySignInOptions();
  return signInWithPasskey(offer.challenge_id, await getCredential(offer.options));
}

export function useOffersPasskeys(): boolean {
  return (useAuthSettings()?.passkeys_enabled ?? false) && canUsePasskeys();
}

/** Passkeys two ways: a button, and the list that the browser shows below the address field. */
export function usePasskeySignIn() {
  const isOffered = useOffersPasskeys();
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    // A browser runs one request at a time: while the button's is open, the list below the field rests.
    if (!isOffered || busy) return undefined;
    const controller = new AbortController();
    void offerPasskeys(controller.signal, (next) => { session.begin(next); }, setFailure);
    return () => { controller.abort(); };
  }, [isOffered, busy]);

  const signInNow = async () => {
    setFailure(null);
    setBusy(true);
    try {
      session.begin(await passkeySession());
    } catch (error) {
      if (!isDismissed(error)) setFailure(error);
    }
    setBusy(false);
  };
  return { isOffered, busy, failure, signInNow };
}
