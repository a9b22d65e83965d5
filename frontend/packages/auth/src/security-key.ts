import type { Session } from '@tt/api-client/auth';
import { challengeSecurityKey, verifySecurityKey } from '@tt/api-client/factors';
import { createCredential, getCredential } from './webauthn';

/** The whole ceremony with one security key: registers it or signs with it, as the server's challenge asks. */
export async function proveSecurityKey(factorId: string, token?: string): Promise<Session> {
  const { hostname, origin } = window.location;
  const place = { rpId: hostname, rpOrigins: [origin] };
  const { id: challengeId, webauthn } = await challengeSecurityKey(factorId, place, token);
  const options = webauthn?.credential_options.publicKey ?? {};
  const type = webauthn?.type === 'create' ? 'create' : 'request';
  const credential = type === 'create' ? await createCredential(options) : await getCredential(options);
  return verifySecurityKey(factorId, { challengeId, type, credential }, place, token);
}
