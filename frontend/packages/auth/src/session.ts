import { isApiError } from '@tt/api-client/api-error';
import * as auth from '@tt/api-client/auth';
import { connectSession } from '@tt/api-client/http';
import { create } from 'zustand';
import { claimsOf } from './claims';
import {
  onOtherTabChange,
  readOwnSession,
  readPendingSession,
  readSession,
  withExpiry,
  writeOwnSession,
  writePendingSession,
  writeSession,
  type StoredSession,
} from './storage';

/** Refresh this long before expiry, so that no request leaves with a token about to die. */
const REFRESH_AHEAD_MS = 90_000;
/** After a failed refresh (server away) wait this long before the next try. */
const RETRY_MS = 15_000;
const LOCK_NAME = 'tt.session.refresh';

interface SessionState {
  session: StoredSession | null;
  /** The right password, but not yet the second step. */
  pending: StoredSession | null;
}

const store = create<SessionState>()(() => ({ session: readSession(), pending: readPendingSession() }));

export interface Person {
  id: string;
  email: string;
  name: string;
  roles: string[];
  permissions: string[];
}

export function personOf(session: StoredSession | null): Person | null {
  if (!session) return null;
  const { id, email, app_metadata: app, user_metadata: meta } = session.user;
  // The token's roles are what counts: some are withheld until the second step.
  const claims = claimsOf(session.access_token);
  const roles = claims.app_metadata?.roles ?? app?.roles ?? [];
  return { id, email, name: meta?.display_name ?? meta?.name ?? email, roles, permissions: claims.permissions ?? [] };
}

/** Good for what to show: the server asks for the permission itself. */
export function may(person: Person | null, permission: string): boolean {
  return person !== null && ['*', permission].some((held) => person.permissions.includes(held));
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

/** The session that waits for its second step, if there is one. */
export function usePendingSession(): StoredSession | null {
  return store((state) => state.pending);
}

export interface SecondStepPolicy {
  required: string | null;
  /** Unix seconds. */
  enrolBy: number | null;
}

/** What the person's roles ask of their sign-in. */
export function useSecondStepPolicy(): SecondStepPolicy {
  const current = store((state) => state.session);
  const { mfa_required: required, mfa_enroll_by: enrolBy } = (current && claimsOf(current.access_token).app_metadata) ?? {};
  return { required: required ?? null, enrolBy: enrolBy ?? null };
}

/** When the account of the person who is signed in is to be erased. */
export function useDeletionDate(): string | null {
  const current = store((state) => state.session);
  return current && auth.deletionOf(current.user);
}

/** Whether somebody of ours looks at the platform as the person who is signed in. */
export function useIsImpersonated(): boolean {
  return store((state) => state.session !== null && claimsOf(state.session.access_token).act !== undefined);
}

let refreshTimer: ReturnType<typeof setTimeout> | undefined;

function adopt(next: StoredSession | null): void {
  store.setState({ session: next });
  clearTimeout(refreshTimer);
  if (next) refreshAfter(next.expires_at_ms - Date.now() - (next.refresh_token ? REFRESH_AHEAD_MS : 0));
}

function save(next: StoredSession | null): void {
  writeSession(next);
  adopt(next);
}

function setPending(next: StoredSession | null): void {
  writePendingSession(next);
  store.setState({ pending: next });
}

function refreshAfter(delayMs: number): void {
  refreshTimer = setTimeout(() => void refreshIfDue(), Math.max(0, delayMs));
}

async function refreshIfDue(): Promise<void> {
  const current = store.getState().session;
  if (!current || current.expires_at_ms - Date.now() > REFRESH_AHEAD_MS) return;
  if (!current.refresh_token && current.expires_at_ms > Date.now()) return;
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
  if (!stored.refresh_token) {
    end();
    return null;
  }
  try {
    const next = withExpiry(await auth.refreshSession(stored.refresh_token));
    save(next);
    return next.access_token;
  } catch (error) {
    if (!endsSession(error)) throw error;
    end();
    return null;
  }
}

/** An outage never signs anybody out; only the server's clear "no" does. */
function endsSession(error: unknown): boolean {
  return isApiError(error) && error.kind === 'http' && error.status >= 400 && error.status < 500 && ![408, 409, 429].includes(error.status);
}

/** Nobody is signed in any more; behind an impersonation that is over, the administrator is. */
function end(): void {
  const own = readOwnSession();
  writeOwnSession(null);
  save(own);
}

export type SignInOutcome = 'signed_in' | 'second_step';

const SECOND_STEPS = new Set(['totp', 'webauthn', 'phone']);

function needsSecondStep({ access_token: token, user }: auth.Session): boolean {
  if (claimsOf(token).aal !== 'aal1') return false;
  return user.factors.some((factor) => factor.status === 'verified' && SECOND_STEPS.has(factor.factor_type));
}

/** Whichever way a session came about: it counts once the person has passed all the steps their account asks for. */
function begin(next: auth.Session): SignInOutcome {
  const stored = withExpiry(next);
  if (needsSecondStep(next)) {
    setPending(stored);
    return 'second_step';
  }
  setPending(null);
  // Whoever signs in here now is not to become that administrator when they leave.
  void endOwn();
  save(stored);
  return 'signed_in';
}

async function signIn(credentials: auth.Credentials): Promise<SignInOutcome> {
  return begin(await auth.signInWithPassword(credentials));
}

/** False when the address must be confirmed by mail before there is a session. */
async function signUp(account: auth.NewAccount, redirectTo: string): Promise<boolean> {
  const created = await auth.signUp(account, redirectTo);
  if (created) begin(created);
  return created !== null;
}

/** Ends the session of the administrator behind an impersonation; its token may have expired by now. */
async function endOwn(): Promise<void> {
  const own = readOwnSession();
  if (!own) return;
  writeOwnSession(null);
  try {
    const { access_token: token } = own.expires_at_ms > Date.now() ? own : await auth.refreshSession(own.refresh_token);
    await auth.signOut(token, 'local');
  } catch {
    // Forgotten here all the same.
  }
}

async function tellSignOut(scope: auth.SignOutScope): Promise<void> {
  const current = store.getState().session;
  if (!current) return;
  try {
    await auth.signOut(current.access_token, scope);
  } catch (error) {
    if (scope !== 'local' && !endsSession(error)) throw error;
  }
}

/**
 * Signed out here whatever the server answers; it is told so that the refresh token dies, too. Of somebody who acts as
 * another person both sessions end.
 */
async function signOut(scope: auth.SignOutScope = 'local'): Promise<void> {
  await tellSignOut(scope);
  if (scope === 'others') return;
  save(null);
  await endOwn();
}

/** The administrator is themselves again. */
async function stopImpersonating(): Promise<void> {
  await tellSignOut('local');
  end();
}

/** Back to the start of signing in. */
function cancelPending(): void {
  const pending = store.getState().pending;
  setPending(null);
  if (pending) void auth.signOut(pending.access_token, 'local').catch(() => undefined);
}

/** Starts a session from a hand-off code of the other site. */
async function exchangeHandoff(code: string): Promise<SignInOutcome> {
  return begin(await auth.exchangeHandoff(code));
}

/** Looks at the platform as somebody else; `stopImpersonating` leads back, signing out does not. */
function impersonate(next: auth.Session): void {
  writeOwnSession(store.getState().session);
  save(withExpiry(next));
}

/** New claims (a role was granted): a fresh token for the same session. */
async function renew(): Promise<void> {
  const token = store.getState().session?.access_token;
  if (token) await refresh(token);
}

/** What changed in the account shows everywhere at once, not only after the next refresh. */
function updateUser(user: auth.User): void {
  const current = store.getState().session;
  if (current) save({ ...current, user });
}

/** The account hears of a new name of the profile a moment later; here it shows at once. */
function rename(name: string | null): void {
  const user = store.getState().session?.user;
  if (!user || !name || name === user.user_metadata?.display_name) return;
  updateUser({ ...user, user_metadata: { ...user.user_metadata, display_name: name } });
}

export const session = {
  accessToken: () => store.getState().session?.access_token ?? null,
  user: () => personOf(store.getState().session),
  subscribe: (listener: (user: Person | null) => void) => store.subscribe((state) => { listener(personOf(state.session)); }),
  refresh,
  renew,
  begin,
  signIn,
  signUp,
  signOut,
  cancelPending,
  exchangeHandoff,
  impersonate,
  stopImpersonating,
  updateUser,
  rename,
};

/** Another tab has refreshed, or somebody signed in or out there. */
function follow(next: StoredSession | null): void {
  // A second step that waits here belongs to a sign-in that this one has overtaken.
  if (next && next.user.id !== store.getState().session?.user.id) cancelPending();
  adopt(next);
}

/** Call once, before the first render: connects the API client and keeps tabs and clock in step. */
export function startSession(): () => void {
  connectSession({ accessToken: session.accessToken, refresh });
  adopt(readSession());
  store.setState({ pending: readPendingSession() });
  const stopSync = onOtherTabChange(follow);
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
