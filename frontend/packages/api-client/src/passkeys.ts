import { anonymousPost, Session, version } from './auth';
import { http, request, segment } from './http';
import { nullable, Time, z } from './schema';

const Options = z.object({ challenge_id: z.string(), options: z.record(z.string(), z.unknown()) });
export type PasskeyOptions = z.infer<typeof Options>;

export const Passkey = z.object({
  id: z.string(),
  friendly_name: nullable(z.string()),
  created_at: nullable(Time),
  last_used_at: nullable(Time),
});
export type Passkey = z.infer<typeof Passkey>;

export function passkeySignInOptions(): Promise<PasskeyOptions> {
  return request(Options, { ...anonymousPost, url: '/auth/v1/passkeys/authentication/options', data: {} });
}

export function signInWithPasskey(challengeId: string, credential: unknown): Promise<Session> {
  const data = { challenge_id: challengeId, credential };
  return request(Session, { ...anonymousPost, url: '/auth/v1/passkeys/authentication/verify', data });
}

export function passkeyRegistrationOptions(): Promise<PasskeyOptions> {
  return request(Options, { method: 'POST', url: '/auth/v1/passkeys/registration/options', headers: version, data: {} });
}

export function registerPasskey(challengeId: string, credential: unknown): Promise<Passkey> {
  const data = { challenge_id: challengeId, credential };
  return request(Passkey, { method: 'POST', url: '/auth/v1/passkeys/registration/verify', headers: version, data });
}

export function listPasskeys(): Promise<Passkey[]> {
  return request(z.array(Passkey), { url: '/auth/v1/passkeys', headers: version });
}

export async function renamePasskey(id: string, name: string): Promise<void> {
  await http.request({ method: 'PATCH', url: `/auth/v1/passkeys/${segment(id)}`, headers: version, data: { friendly_name: name } });
}

export async function removePasskey(id: string): Promise<void> {
  await http.request({ method: 'DELETE', url: `/auth/v1/passkeys/${segment(id)}`, headers: version });
}
