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

/** One thing kept in the browser. */
interface Slot<T> {
  read(): T | null;
  write(value: T | null): void;
}

function textSlot(storage: () => Storage, key: string): Slot<string> {
  return {
    read() {
      try {
        return storage().getItem(key);
      } catch {
        return null; // blocked: nothing there
      }
    },
    write(text) {
      try {
        if (text === null) storage().removeItem(key);
        else storage().setItem(key, text);
      } catch {
        // Without storage it lives as long as this page.
      }
    },
  };
}

function slot(storage: () => Storage, key: string): Slot<StoredSession> {
  const text = textSlot(storage, key);
  return {
    read() {
      try {
        return StoredSession.parse(JSON.parse(text.read() ?? ''));
      } catch {
        return null; // nothing, or an older shape
      }
    },
    write(session) { text.write(session && JSON.stringify(session)); },
  };
}

const signedIn = slot(() => localStorage, KEY);
const own = slot(() => localStorage, OWN_KEY);
const pending = slot(() => sessionStorage, PENDING_KEY);

export const { read: readSession, write: writeSession } = signedIn;
export const { read: readOwnSession, write: writeOwnSession } = own;
export const { read: readPendingSession, write: writePendingSession } = pending;

/** An invitation on its way through signing up: the link of the confirmation mail opens in another tab. */
export const invitationSlot = textSlot(() => localStorage, 'tt.invitation');

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
