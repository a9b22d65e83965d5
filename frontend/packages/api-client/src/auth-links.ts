import { anonymousPost, Session } from './auth';
import { http, request } from './http';
import { z } from './schema';

/** Mails a link and a code that sign in. Never makes an account; the same answer for every address. */
export async function mailSignIn(email: string, redirectTo: string): Promise<void> {
  await http.request({ ...anonymousPost, url: '/auth/v1/otp', params: { redirect_to: redirectTo }, data: { email, create_user: false } });
}

/** Mails a link and a code to set a new password; the same answer for every address. */
export async function mailRecovery(email: string, redirectTo: string): Promise<void> {
  await http.request({ ...anonymousPost, url: '/auth/v1/recover', params: { redirect_to: redirectTo }, data: { email } });
}

/** Mails the confirmation of a sign-up again. */
export async function resendConfirmation(email: string, redirectTo: string): Promise<void> {
  await http.request({ ...anonymousPost, url: '/auth/v1/resend', params: { redirect_to: redirectTo }, data: { type: 'signup', email } });
}

export type CodeKind = 'signup' | 'email' | 'recovery';

/** The six digits of a mail. */
export function verifyCode(type: CodeKind, email: string, code: string): Promise<Session> {
  return request(Session, { ...anonymousPost, url: '/auth/v1/verify', data: { type, email, token: code } });
}

const LinkAnswer = z.union([Session, z.object({ msg: z.string() })]);

/**
 * The secret of a mailed link, from the page that asks before it uses it up. Null: the first of two addresses has agreed
 * to a change.
 */
export async function verifyLink(type: string, tokenHash: string): Promise<Session | null> {
  const data = { type, token_hash: tokenHash };
  const answer = await request(LinkAnswer, { ...anonymousPost, url: '/auth/v1/verify', data });
  return 'access_token' in answer ? answer : null;
}
