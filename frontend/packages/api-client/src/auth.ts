import { http, request } from './http';
import { nullable, z } from './schema';

const AppMetadata = z.looseObject({ roles: z._default(z.array(z.string()), []) });
const UserMetadata = z.looseObject({ display_name: z.optional(z.string()), name: z.optional(z.string()) });

export const User = z.object({
  id: z.string(),
  email: z._default(z.string(), ''),
  app_metadata: nullable(AppMetadata),
  user_metadata: nullable(UserMetadata),
});
export type User = z.infer<typeof User>;

export const Session = z.object({
  access_token: z.string().check(z.minLength(1)),
  refresh_token: z.string().check(z.minLength(1)),
  expires_in: z.number().check(z.positive()),
  user: User,
});
export type Session = z.infer<typeof Session>;

/** Sign-up answers a session, or a bare user when the address must be confirmed first. */
const SignUpAnswer = z.union([Session, User]);

export interface Credentials {
  email: string;
  password: string;
}

export interface NewAccount extends Credentials {
  display_name: string;
}

const post = { method: 'POST', anonymous: true, headers: { 'X-Supabase-Api-Version': '2024-01-01' } };

export async function signUp(account: NewAccount): Promise<Session | null> {
  const { display_name, ...credentials } = account;
  const answer = await request(SignUpAnswer, {
    ...post,
    url: '/auth/v1/signup',
    data: { ...credentials, data: { display_name } },
  });
  return 'access_token' in answer ? answer : null;
}

export function signInWithPassword(credentials: Credentials): Promise<Session> {
  return request(Session, { ...post, url: '/auth/v1/token', params: { grant_type: 'password' }, data: credentials });
}

export function refreshSession(refreshToken: string): Promise<Session> {
  const params = { grant_type: 'refresh_token' };
  return request(Session, { ...post, url: '/auth/v1/token', params, data: { refresh_token: refreshToken } });
}

/** `global` ends the person's sessions on every device, `local` only this one. */
export async function signOut(accessToken: string, scope: 'local' | 'global'): Promise<void> {
  const headers = { Authorization: `Bearer ${accessToken}` };
  await http.request({ ...post, url: '/auth/v1/logout', params: { scope }, headers });
}

const Handoff = z.object({ code: z.string(), expires_in: z.number() });
export type Handoff = z.infer<typeof Handoff>;

/** A single-use code with which the other site can start a session for the same person. */
export function createHandoff(): Promise<Handoff> {
  return request(Handoff, { method: 'POST', url: '/api/v1/session-handoff' });
}

export function exchangeHandoff(code: string): Promise<Session> {
  return request(Session, { ...post, url: '/api/v1/session-handoff/exchange', data: { code } });
}

const AdminClaim = z.object({ roles: z.array(z.string()) });

/** Turns the one-time administrator link into the role; refresh the session afterwards to carry it. */
export function claimAdmin(token: string): Promise<{ roles: string[] }> {
  return request(AdminClaim, { method: 'POST', url: '/api/v1/admin/claim', data: { token } });
}
