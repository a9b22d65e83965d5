import type { Session } from '@tt/api-client/auth';
import { passkeySignInOptions, signInWithPasskey } from '@tt/api-client/passkeys';
import { useEffect, useRef, useState } from 'react';
import { session } from '../session';
import { useAuthSettings } from '../use-auth-settings';
import { canAutofillPasskeys, canUsePasskeys, getCredential, isDismissed, type GetOptions } from '../webauthn';

export async function passkeySession(options: GetOptions = {}): Promise<Session> {
  const offer = await passkeySignInOptions();
  const credential = await getCredential(offer.options, options);
  return signInWithPasskey(offer.challenge_id, credential);
}

export function useOffersPasskeys(): boolean {
  return (useAuthSettings()?.passkeys_enabled ?? false) && canUsePasskeys();
}

/** Passkeys two ways: a button, and the list that the browser shows below the address field. */
export function usePasskeySignIn(onDone?: () => void) {
  const isOffered = useOffersPasskeys();
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const autofill = useRef<AbortController | null>(null);
  const done = useRef(onDone);
  useEffect(() => { done.current = onDone; });

  const attempt = async (options: GetOptions) => {
    setFailure(null);
    try {
      session.begin(await passkeySession(options));
      done.current?.();
    } catch (error) {
      if (!isDismissed(error)) setFailure(error);
    }
  };

  useEffect(() => {
    if (!isOffered) return undefined;
    const controller = new AbortController();
    autofill.current = controller;
    void canAutofillPasskeys().then((can) => {
      if (can && !controller.signal.aborted) void attempt({ mediation: 'conditional', signal: controller.signal });
    });
    return () => { controller.abort(); };
  }, [isOffered]);

  const signInNow = async () => {
    // A browser runs one request at a time, and the list below the field is one.
    autofill.current?.abort();
    setBusy(true);
    await attempt({});
    setBusy(false);
  };
  return { isOffered, busy, failure, signInNow };
}
