import { http, request } from './http';
import { listOf, nullable, Time, z } from './schema';

const AppMetadata = z.looseObject({
  roles: z._default(z.array(z.string()), []),
  /** The account is erased then, unless its owner changes their mind. */
  deletion_at: z.optional(z.nullable(z.string())),
});
const UserMetadata = z.looseObject({ display_name: z.optional(z.string()), name: z.optional(z.string()) });

export const Factor = z.object({
  id: z.string(),
  factor_type: z.string(),
  friendly_name: nullable(z.string()),
  status: z.string(),
  created_at: nullable(Time),
});
export type Factor = z.infer<typeof Factor>;

export const Identity = z.object({
  identity_id: z.string(),
  provider: z.string(),
  email: nullable(z.string()),
  created_at: nullable(Time),
  last_sign_in_at: nullable(Time),
});
export type Identity = z.infer<typeof Identity>;

export const User = z.object({
  id: z.string(),
  email: z._default(z.string(), ''),
  new_email: nullable(z.string()),
  app_metadata: nullable(AppMetadata),
  user_metadata: nullable(UserMetadata),
  factors: listOf(Factor),
  identities: listOf(Identity),
  created_at: nullable(Time),
  last_sign_in_at: nullable(Time),
  email_confirmed_at: nullable(Time),
  banned_until: nullable(Time),
});
export type User = z.infer<typeof User>;

/** When an account is to be erased; null while nobody asked for it. */
export function deletionOf({ app_metadata: app }: User): string | null {
  return app?.deletion_at ?? null;
}

export const Session = z.object({
  access_token: z.string().check(z.minLength(1)),
  /** Empty while acting as somebody else: such a session ends with its token. */
  refresh_token: z._default(z.string(), ''),
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

/** GoTrue's newer error bodies. */
export const version = { 'X-Supabase-Api-Version': '2024-01-01' };
export const anonymousPost = { method: 'POST', anonymous: true, headers: version };

/** For a session that is not this browser's yet (it waits for its second step) or no longer. */
export function asBearer(token: string) {
  return { anonymous: true, headers: { ...version, Authorization: `Bearer ${token}` } };
}

export async function signUp(account: NewAccount, redirectTo: string): Promise<Session | null> {
  const { display_name, ...credentials } = account;
  const answer = await request(SignUpAnswer, {
    ...anonymousPost,
    url: '/auth/v1/signup',
    params: { redirect_to: redirectTo },
    data: { ...credentials, data: { display_name } },
  });
  return 'access_token' in answer ? answer : null;
}

function token(grant: string, data: Record<string, string>): Promise<Session> {
  return request(Session, { ...anonymousPost, url: '/auth/v1/token', params: { grant_type: grant }, data });
}

export const signInWithPassword = ({ email, password }: Credentials) => token('password', { email, password });

export const refreshSession = (refreshToken: string) => token('refresh_token', { refresh_token: refreshToken });

/** The end of a sign-in with a provider: the code is worth nothing without the verifier this browser kept. */
export const exchangeAuthCode = (code: string, verifier: string) => token('pkce', { auth_code: code, code_verifier: verifier });

export type SignOutScope = 'local' | 'global' | 'others';

/** `global` ends the person's sessions on every device, `local` only this one, `others` all but this one. */
export async function signOut(accessToken: string, scope: SignOutScope): Promise<void> {
  await http.request({ method: 'POST', url: '/auth/v1/logout', params: { scope }, ...asBearer(accessToken) });
}

const Handoff = z.object({ code: z.string(), expires_in: z.number() });
export type Handoff = z.infer<typeof Handoff>;

/** A single-use code with which the other site can start a session for the same person. */
export function createHandoff(): Promise<Handoff> {
  return request(Handoff, { method: 'POST', url: '/api/v1/session-handoff' });
}

export function exchangeHandoff(code: string): Promise<Session> {
  return request(Session, { ...anonymousPost, url: '/api/v1/session-handoff/exchange', data: { code } });
}

const AdminClaim = z.object({ roles: z.array(z.string()) });

/** Turns the one-time administrator link into the role; refresh the session afterwards to carry it. */
export function claimAdmin(token: string): Promise<{ roles: string[] }> {
  return request(AdminClaim, { method: 'POST', url: '/api/v1/admin/claim', data: { token } });
}
