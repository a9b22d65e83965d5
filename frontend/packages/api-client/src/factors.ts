import { asBearer, Session, version } from './auth';
import { http, request, segment } from './http';
import { nullable, z } from './schema';

/** Without a token it is this browser's session that asks. */
const as = (token?: string) => (token ? asBearer(token) : { headers: version });

const TotpEnrolment = z.object({
  id: z.string(),
  totp: z.object({ qr_code: z.string(), secret: z.string(), uri: z.string() }),
});
export type TotpEnrolment = z.infer<typeof TotpEnrolment>;

export function enrolTotp(name: string): Promise<TotpEnrolment> {
  const data = { factor_type: 'totp', friendly_name: name };
  return request(TotpEnrolment, { method: 'POST', url: '/auth/v1/factors', headers: version, data });
}

export async function enrolSecurityKey(name: string): Promise<string> {
  const data = { factor_type: 'webauthn', friendly_name: name };
  const answer = await request(z.object({ id: z.string() }), { method: 'POST', url: '/auth/v1/factors', headers: version, data });
  return answer.id;
}

export async function removeFactor(id: string): Promise<void> {
  await http.request({ method: 'DELETE', url: `/auth/v1/factors/${segment(id)}`, headers: version });
}

const Challenge = z.object({
  id: z.string(),
  webauthn: z.optional(
    z.object({ type: z.string(), credential_options: z.object({ publicKey: z.record(z.string(), z.unknown()) }) }),
  ),
});
export type Challenge = z.infer<typeof Challenge>;

function challenge(factorId: string, data: object, token?: string): Promise<Challenge> {
  return request(Challenge, { method: 'POST', url: `/auth/v1/factors/${segment(factorId)}/challenge`, data, ...as(token) });
}

function verify(factorId: string, data: object, token?: string): Promise<Session> {
  return request(Session, { method: 'POST', url: `/auth/v1/factors/${segment(factorId)}/verify`, data, ...as(token) });
}

/** The code of an authenticator app; answers the session that has passed the second step. */
export async function verifyTotp(factorId: string, code: string, token?: string): Promise<Session> {
  const { id } = await challenge(factorId, {}, token);
  return verify(factorId, { challenge_id: id, code }, token);
}

export interface WebAuthnPlace {
  rpId: string;
  rpOrigins: string[];
}

export function challengeSecurityKey(factorId: string, place: WebAuthnPlace, token?: string): Promise<Challenge> {
  return challenge(factorId, { webauthn: place }, token);
}

export interface SecurityKeyAnswer {
  challengeId: string;
  type: 'create' | 'request';
  credential: unknown;
}

export function verifySecurityKey(factorId: string, { challengeId, type, credential }: SecurityKeyAnswer, place: WebAuthnPlace, token?: string): Promise<Session> {
  const webauthn = { ...place, type, credential_response: credential };
  return verify(factorId, { challenge_id: challengeId, webauthn }, token);
}

const RecoveryCodes = '/auth/v1/factors/recovery-codes';

const RecoveryCodesState = z.object({ total: z.number(), remaining: z.number() });
export type RecoveryCodesState = z.infer<typeof RecoveryCodesState>;

export function getRecoveryCodes(): Promise<RecoveryCodesState> {
  return request(RecoveryCodesState, { url: RecoveryCodes, headers: version });
}

const NewCodes = z.object({ id: nullable(z.string()), codes: z.array(z.string()) });

/** The codes are shown this once; the server keeps only their hashes. */
export async function makeRecoveryCodes(replace: boolean): Promise<string[]> {
  const url = replace ? `${RecoveryCodes}/regenerate` : RecoveryCodes;
  return (await request(NewCodes, { method: 'POST', url, headers: version, data: {} })).codes;
}

export async function removeRecoveryCodes(): Promise<void> {
  await http.request({ method: 'DELETE', url: RecoveryCodes, headers: version });
}

export function verifyRecoveryCode(code: string, token?: string): Promise<Session> {
  return request(Session, { method: 'POST', url: `${RecoveryCodes}/verify`, data: { code }, ...as(token) });
}
