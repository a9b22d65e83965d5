import { z } from '@tt/api-client/schema';
import { Session } from '@tt/api-client/auth';

const KEY = 'tt.session';
/** An administrator's own session, while they look at the platform as somebody else. */
const OWN_KEY = 'tt.session.own';
/** Signed in but for the second step: only this tab goes on with it. */
const PENDING_KEY = 'tt.session.pending';

/** As received, plus the moment of expiry on this device's clock: the server's clock may differ from ours. */
export const StoredSession = z.extend(Session, { expires_at_ms: z.number() });
export type StoredSession = z.infer<typeof StoredSession>;

export function withExpiry(session: z.input<typeof Session>, now = Date.now()): StoredSession {
  return { ...Session.parse(session), expires_at_ms: now + session.expires_in * 1000 };
}

function slot(storage: () => Storage, key: string) {
  return {
    read(): StoredSession | null {
      try {
        const text = storage().getItem(key);
        return text ? StoredSession.parse(JSON.parse(text)) : null;
      } catch {
        // Storage may be blocked or hold an older shape: both mean "nothing there".
        return null;
      }
    },
    write(session: StoredSession | null): void {
      try {
        if (session) storage().setItem(key, JSON.stringify(session));
        else storage().removeItem(key);
      } catch {
        // Without storage the session lives as long as this page.
      }
    },
  };
}

const signedIn = slot(() => localStorage, KEY);
const own = slot(() => localStorage, OWN_KEY);
const pending = slot(() => sessionStorage, PENDING_KEY);

export const { read: readSession, write: writeSession } = signedIn;
export const { read: readOwnSession, write: writeOwnSession } = own;
export const { read: readPendingSession, write: writePendingSession } = pending;

/** Calls back when another tab signs in, refreshes or signs out. */
export function onOtherTabChange(callback: (session: StoredSession | null) => void): () => void {
  const listener = (event: StorageEvent) => {
    if (event.key === KEY || event.key === null) callback(readSession());
  };
  window.addEventListener('storage', listener);
  return () => {
    window.removeEventListener('storage', listener);
  };
}
