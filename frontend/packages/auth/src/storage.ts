import { z } from '@tt/api-client/schema';
import { Session } from '@tt/api-client/auth';

const KEY = 'tt.session';

/** As received, plus the moment of expiry on this device's clock: the server's clock may differ from ours. */
export const StoredSession = z.extend(Session, { expires_at_ms: z.number() });
export type StoredSession = z.infer<typeof StoredSession>;

export function withExpiry(session: Session, now = Date.now()): StoredSession {
  return { ...session, expires_at_ms: now + session.expires_in * 1000 };
}

export function readSession(): StoredSession | null {
  try {
    const text = localStorage.getItem(KEY);
    return text ? StoredSession.parse(JSON.parse(text)) : null;
  } catch {
    // Storage may be blocked or hold an older shape: both mean "not signed in".
    return null;
  }
}

export function writeSession(session: StoredSession | null): void {
  try {
    if (session) localStorage.setItem(KEY, JSON.stringify(session));
    else localStorage.removeItem(KEY);
  } catch {
    // Without storage the session lives as long as this page.
  }
}

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
