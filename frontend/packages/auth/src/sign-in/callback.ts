import { ApiError } from '@tt/api-client/api-error';
import { exchangeAuthCode, type Session } from '@tt/api-client/auth';
import { getUserOf } from '@tt/api-client/auth-user';
import { safeNextPath, secondStepPath } from '../next-path';
import { takeProof } from '../pkce';
import { session } from '../session';

/** What an address brings back from a mail or a provider. */
export type Arrival =
  | { kind: 'session'; type: string; accessToken: string; refreshToken: string; expiresIn: number }
  | { kind: 'code'; code: string }
  | { kind: 'error'; error: ApiError }
  | { kind: 'link'; query: string }
  | { kind: 'message' };

const FORBIDDEN = 403;

export function arrivalOf(search: string, hash: string): Arrival {
  const fragment = new URLSearchParams(hash.replace(/^#/, ''));
  const query = new URLSearchParams(search);
  const get = (name: string) => fragment.get(name) ?? query.get(name) ?? '';
  if (get('error') || get('error_code')) {
    const code = get('error_code') || get('error');
    return { kind: 'error', error: new ApiError({ kind: 'http', status: FORBIDDEN, code, message: get('error_description') || code }) };
  }
  const code = query.get('code');
  if (code) return { kind: 'code', code };
  if (query.get('token_hash')) return { kind: 'link', query: search };
  const [accessToken, refreshToken] = [fragment.get('access_token'), fragment.get('refresh_token')];
  if (accessToken && refreshToken) {
    return { kind: 'session', type: fragment.get('type') ?? '', accessToken, refreshToken, expiresIn: Number(fragment.get('expires_in') ?? 0) };
  }
  if (fragment.get('message')) return { kind: 'message' };
  return { kind: 'error', error: new ApiError({ kind: 'http', status: FORBIDDEN, code: 'otp_expired', message: 'incomplete' }) };
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

/** Takes the session up; answers the path to go to. */
export async function takeArrival(arrival: Extract<Arrival, { kind: 'session' | 'code' }>, next: string | null, home: string): Promise<string> {
  const path = destinationOf(arrival.kind === 'session' ? arrival.type : '', safeNextPath(next, home));
  return session.begin(await sessionOf(arrival)) === 'signed_in' ? path : secondStepPath(path);
}
