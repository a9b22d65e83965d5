import type { Session } from '@tt/api-client/auth';
import { passkeySignInOptions, signInWithPasskey } from '@tt/api-client/passkeys';
import { canAutofillPasskeys, getCredential } from '../webauthn';

/** The server's challenges are good for 300 s. */
const RENEW_MS = 240_000;
/** When a browser or server says no by itself, it is not asked without end. */
const PAUSE_MS = 30_000;
/** When somebody's passkey was refused, they may want to try again. */
const PAUSE_AFTER_CHOICE_MS = 1000;

/** Resolves after a while, or at once when there is no more need. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

interface Chosen {
  challengeId: string;
  credential: unknown;
}

/** One challenge, offered for as long as it is good; null when nobody chose a passkey. */
async function offerOnce(signal: AbortSignal): Promise<Chosen | null> {
  const round = new AbortController();
  const end = () => { round.abort(); };
  signal.addEventListener('abort', end);
  try {
    const { challenge_id: challengeId, options } = await passkeySignInOptions();
    const timer = setTimeout(end, RENEW_MS);
    const credential = await getCredential(options, { mediation: 'conditional', signal: round.signal }).finally(() => { clearTimeout(timer); });
    return { challengeId, credential };
  } catch {
    // Nobody asked for this yet: not a word about it. When its time was over, the next one follows at once.
    if (!round.signal.aborted) await pause(PAUSE_MS, signal);
    return null;
  } finally {
    signal.removeEventListener('abort', end);
  }
}

/**
 * Passkeys in the list of the address field, until one has signed in or `signal` ends it. Only what became of a passkey
 * that somebody chose is told.
 */
export async function offerPasskeys(signal: AbortSignal, onSession: (session: Session) => void, onFailure: (error: unknown) => void): Promise<void> {
  if (!(await canAutofillPasskeys())) return;
  while (!signal.aborted) {
    const chosen = await offerOnce(signal);
    if (!chosen || signal.aborted) continue;
    try {
      const next = await signInWithPasskey(chosen.challengeId, chosen.credential);
      onFailure(null);
      onSession(next);
      return;
    } catch (error) {
      onFailure(error);
      await pause(PAUSE_AFTER_CHOICE_MS, signal);
    }
  }
}
