import { asBearer, User, version } from './auth';
import { http, request, segment } from './http';
import { z } from './schema';

export function getUser(): Promise<User> {
  return request(User, { url: '/auth/v1/user', headers: version });
}

/** Whose session is this? For tokens that arrived in an address. */
export function getUserOf(accessToken: string): Promise<User> {
  return request(User, { url: '/auth/v1/user', ...asBearer(accessToken) });
}

export interface PasswordChange {
  password: string;
  current_password?: string;
}

/** Ends every other session of the person. */
export function changePassword(change: PasswordChange): Promise<User> {
  return request(User, { method: 'PUT', url: '/auth/v1/user', headers: version, data: change });
}

export function changeEmail(email: string, redirectTo: string): Promise<User> {
  const params = { redirect_to: redirectTo };
  return request(User, { method: 'PUT', url: '/auth/v1/user', headers: version, params, data: { email } });
}

/** The new address that nobody has confirmed yet is forgotten. */
export function cancelEmailChange(): Promise<User> {
  return request(User, { method: 'DELETE', url: '/auth/v1/user/email-change', headers: version });
}

const LinkAddress = z.object({ url: z.string() });

/** Where the browser must go to connect an account of that provider. */
export async function linkIdentity(provider: string, redirectTo: string, challenge: string): Promise<string> {
  const params = {
    provider,
    redirect_to: redirectTo,
    code_challenge: challenge,
    code_challenge_method: 's256',
    skip_http_redirect: true,
  };
  return (await request(LinkAddress, { url: '/auth/v1/user/identities/authorize', headers: version, params })).url;
}

export async function unlinkIdentity(identityId: string): Promise<void> {
  await http.request({ method: 'DELETE', url: `/auth/v1/user/identities/${segment(identityId)}`, headers: version });
}

const Deletion = z.object({ deletion_at: z.string() });

/** Ends every session; the account is erased on the date in the answer. */
export async function deleteAccount(): Promise<string> {
  return (await request(Deletion, { method: 'DELETE', url: '/auth/v1/user', headers: version, data: {} })).deletion_at;
}

/** Keeps an account that was to be erased. */
export function restoreAccount(): Promise<User> {
  return request(User, { method: 'POST', url: '/auth/v1/user/restore', headers: version, data: {} });
}
