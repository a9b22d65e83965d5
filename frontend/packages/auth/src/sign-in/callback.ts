import { ApiError, isApiError } from '@tt/api-client/api-error';
import { exchangeAuthCode, signOut, type Session } from '@tt/api-client/auth';
import { getUserOf } from '@tt/api-client/auth-user';
import { showToast } from '@tt/ui/toast-store';
import { safeNextPath, secondStepPath } from '../next-path';
import { takeProof } from '../pkce';
import { session } from '../session';
import { security } from '../settings/messages';

/** What an address brings back from a mail or a provider. */
export type Arrival =
  | { kind: 'session'; type: string; accessToken: string; refreshToken: string; expiresIn: number }
  | { kind: 'code'; code: string }
  | { kind: 'error'; error: ApiError }
  | { kind: 'link'; query: string }
  | { kind: 'message' };

const BAD_REQUEST = 400;

/** The page on which accounts elsewhere are connected. */
export const CONNECT_PATH = '/account/security';

/** What a provider's trip ends with, by the name that says it to a person. */
function failureOf(error: string, errorCode: string): string {
  // The person pressed "cancel" there; any other refusal is the provider's.
  if (errorCode === 'bad_oauth_callback' && error === 'access_denied') return error;
  if (errorCode === 'validation_failed') return 'oauth_provider_not_supported';
  return errorCode || error;
}

/** Mailed links fail with this one, whatever is wrong with them. */
export function isDeadLink(error: unknown): boolean {
  return isApiError(error, 'otp_expired');
}

export function arrivalOf(search: string, hash: string): Arrival {
  const fragment = new URLSearchParams(hash.replace(/^#/, ''));
  const query = new URLSearchParams(search);
  const get = (name: string) => fragment.get(name) ?? query.get(name) ?? '';
  if (get('error') || get('error_code')) {
    const code = failureOf(get('error'), get('error_code'));
    return { kind: 'error', error: new ApiError({ kind: 'http', status: BAD_REQUEST, code, message: get('error_description') || code }) };
  }
  const code = query.get('code');
  if (code) return { kind: 'code', code };
  if (query.get('token_hash')) return { kind: 'link', query: search };
  const [accessToken, refreshToken] = [fragment.get('access_token'), fragment.get('refresh_token')];
  if (accessToken && refreshToken) {
    return { kind: 'session', type: fragment.get('type') ?? '', accessToken, refreshToken, expiresIn: Number(fragment.get('expires_in') ?? 0) };
  }
  if (fragment.get('message')) return { kind: 'message' };
  return { kind: 'error', error: new ApiError({ kind: 'http', status: BAD_REQUEST, code: 'otp_expired', message: 'incomplete' }) };
}

async function sessionOf(arrival: Extract<Arrival, { kind: 'session' | 'code' }>): Promise<Session> {
  if (arrival.kind === 'code') return exchangeAuthCode(arrival.code, takeProof() ?? '');
  const user = await getUserOf(arrival.accessToken);
  return { access_token: arrival.accessToken, refresh_token: arrival.refreshToken, expires_in: arrival.expiresIn, user };
}

/** Where each kind of link leads, whatever page asked for it. */
export function destinationOf(type: string, next: string): string {
  if (type === 'recovery') return '/reset-password';
  if (type === 'invite') return '/reset-password?reason=invite';
  if (type === 'email_change') return '/account/security';
  return next;
}

/** Whoever connects an account elsewhere stays signed in as they are, with all that was proved before. */
function keepSession(issued: Session): void {
  session.updateUser(issued.user);
  void signOut(issued.access_token, 'local').catch(() => undefined);
}

/** Takes the session up; answers the path to go to. */
export async function takeArrival(arrival: Extract<Arrival, { kind: 'session' | 'code' }>, next: string | null, home: string): Promise<string> {
  const path = destinationOf(arrival.kind === 'session' ? arrival.type : '', safeNextPath(next, home));
  const issued = await sessionOf(arrival);
  if (arrival.kind === 'code' && issued.user.id === session.user()?.id) {
    keepSession(issued);
    if (path === CONNECT_PATH) showToast(security.connected);
    return path;
  }
  return session.begin(issued) === 'signed_in' ? path : secondStepPath(path);
}
