import { isApiError } from '@tt/api-client/api-error';
import * as auth from '@tt/api-client/auth';
import { connectSession } from '@tt/api-client/http';
import { create } from 'zustand';
import { onOtherTabChange, readSession, withExpiry, writeSession, type StoredSession } from './storage';

/** Refresh this long before expiry, so that no request leaves with a token about to die. */
const REFRESH_AHEAD_MS = 90_000;
/** After a failed refresh (server away) wait this long before the next try. */
const RETRY_MS = 15_000;
const LOCK_NAME = 'tt.session.refresh';

interface SessionState {
  session: StoredSession | null;
}

const store = create<SessionState>()(() => ({ session: readSession() }));

export interface Person {
  id: string;
  email: string;
  name: string;
  roles: string[];
}

export function personOf(session: StoredSession | null): Person | null {
  if (!session) return null;
  const { id, email, app_metadata: app, user_metadata: meta } = session.user;
  return { id, email, name: meta?.display_name ?? meta?.name ?? email, roles: app?.roles ?? [] };
}

export interface SessionView {
  status: 'signed_in' | 'signed_out';
  user: Person | null;
}

/** Who is signed in, for React. Outside React use `session`. */
export function useSession(): SessionView {
  const current = store((state) => state.session);
  return { status: current ? 'signed_in' : 'signed_out', user: personOf(current) };
}

let refreshTimer: ReturnType<typeof setTimeout> | undefined;

function adopt(next: StoredSession | null): void {
  store.setState({ session: next });
  clearTimeout(refreshTimer);
  if (next) refreshAfter(next.expires_at_ms - Date.now() - REFRESH_AHEAD_MS);
}

function save(next: StoredSession | null): void {
  writeSession(next);
  adopt(next);
}

function refreshAfter(delayMs: number): void {
  refreshTimer = setTimeout(() => void refreshIfDue(), Math.max(0, delayMs));
}

async function refreshIfDue(): Promise<void> {
  const current = store.getState().session;
  if (!current || current.expires_at_ms - Date.now() > REFRESH_AHEAD_MS) return;
  await refresh(current.access_token).catch(() => {
    refreshAfter(RETRY_MS);
  });
}

/** One refresh at a time over all tabs: refresh tokens rotate, and using one twice may end the session. */
function exclusively<T>(work: () => Promise<T>): Promise<T> {
  // The DOM types promise `locks`, but it is missing outside secure contexts.
  const locks = navigator.locks as LockManager | undefined;
  return locks ? (locks.request(LOCK_NAME, work) as Promise<T>) : work();
}

let refreshing: Promise<string | null> | null = null;

/** Single flight: callers whose request was refused together share one exchange. */
function refresh(rejectedToken: string): Promise<string | null> {
  refreshing ??= exclusively(() => exchange(rejectedToken)).finally(() => {
    refreshing = null;
  });
  return refreshing;
}

async function exchange(rejectedToken: string): Promise<string | null> {
  const stored = readSession() ?? store.getState().session;
  if (!stored) return null;
  if (stored.access_token !== rejectedToken) {
    // Another tab was faster.
    adopt(stored);
    return stored.access_token;
  }
  try {
    const next = withExpiry(await auth.refreshSession(stored.refresh_token));
    save(next);
    return next.access_token;
  } catch (error) {
    if (!endsSession(error)) throw error;
    save(null);
    return null;
  }
}

/** An outage never signs anybody out; only the server's clear "no" does. */
function endsSession(error: unknown): boolean {
  return isApiError(error) && error.kind === 'http' && error.status >= 400 && error.status < 500 && ![408, 409, 429].includes(error.status);
}

async function signIn(credentials: auth.Credentials): Promise<void> {
  save(withExpiry(await auth.signInWithPassword(credentials)));
}

/** False when the address must be confirmed by mail before there is a session. */
async function signUp(account: auth.NewAccount): Promise<boolean> {
  const created = await auth.signUp(account);
  if (created) save(withExpiry(created));
  return created !== null;
}

/** Signed out here whatever the server answers; it is told so that the refresh token dies, too. */
async function signOut(scope: 'local' | 'global' = 'local'): Promise<void> {
  const current = store.getState().session;
  if (!current) return;
  try {
    await auth.signOut(current.access_token, scope);
  } catch (error) {
    if (scope === 'global' && !endsSession(error)) throw error;
  }
  save(null);
}

/** Starts a session from a hand-off code of the other site. */
async function exchangeHandoff(code: string): Promise<void> {
  save(withExpiry(await auth.exchangeHandoff(code)));
}

/** New claims (a role was granted): a fresh token for the same session. */
async function renew(): Promise<void> {
  const token = store.getState().session?.access_token;
  if (token) await refresh(token);
}

export const session = {
  accessToken: () => store.getState().session?.access_token ?? null,
  user: () => personOf(store.getState().session),
  subscribe: (listener: (user: Person | null) => void) => store.subscribe((state) => { listener(personOf(state.session)); }),
  refresh,
  renew,
  signIn,
  signUp,
  signOut,
  exchangeHandoff,
};

/** Call once, before the first render: connects the API client and keeps tabs and clock in step. */
export function startSession(): () => void {
  connectSession({ accessToken: session.accessToken, refresh });
  adopt(readSession());
  const stopSync = onOtherTabChange(adopt);
  const onVisible = () => {
    if (document.visibilityState === 'visible') void refreshIfDue();
  };
  document.addEventListener('visibilitychange', onVisible);
  return () => {
    stopSync();
    document.removeEventListener('visibilitychange', onVisible);
    clearTimeout(refreshTimer);
    connectSession(null);
  };
}
