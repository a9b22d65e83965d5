import { startSession } from '../session';
import { withExpiry, writeSession } from '../storage';

const encode = (value: object) => btoa(JSON.stringify(value)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** An access token as our pages read it; nobody here checks the signature. */
export function tokenWith(claims: object): string {
  return `${encode({ alg: 'ES256' })}.${encode(claims)}.signature`;
}

export const testUser = {
  id: 'u1',
  email: 'ada@example.com',
  app_metadata: { roles: [] as string[] },
  user_metadata: { display_name: 'Ada' },
};

export const totpFactor = { id: 'f1', factor_type: 'totp', friendly_name: 'My phone', status: 'verified', created_at: '2026-11-01T00:00:00Z' };

export function sessionWith(claims: object = {}, user: object = {}) {
  return {
    access_token: tokenWith({ aal: 'aal1', ...claims }),
    refresh_token: 'refresh',
    expires_in: 900,
    user: { ...testUser, ...user },
  };
}

/** Signs in as the sign-in page would; returns the end of the session's timers. */
export function signInAs(session = sessionWith()): () => void {
  writeSession(withExpiry(session));
  return startSession();
}
