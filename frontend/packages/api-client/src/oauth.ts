import { version } from './auth';
import { http, request, segment } from './http';
import { nullable, Time, z } from './schema';

/** Another program that signs people in with their account here. */
export const OauthClient = z.object({
  id: z.string(),
  name: nullable(z.string()),
  uri: nullable(z.string()),
  logo_uri: nullable(z.string()),
});
export type OauthClient = z.infer<typeof OauthClient>;

/** What a program asks for. */
export const Authorization = z.object({
  authorization_id: z.string(),
  redirect_uri: z.string(),
  client: OauthClient,
  user: z.object({ id: z.string(), email: z._default(z.string(), '') }),
  /** Words with spaces between. */
  scope: z._default(z.string(), ''),
});
export type Authorization = z.infer<typeof Authorization>;

/** Where the browser goes: there is nothing left to ask. */
const Decided = z.object({ redirect_url: z.string() });
export type Decided = z.infer<typeof Decided>;

const route = (id: string) => `/auth/v1/oauth/authorizations/${segment(id)}`;

/** From the first look on, the request is the person's who looked. */
export function getAuthorization(id: string): Promise<Authorization | Decided> {
  return request(z.union([Decided, Authorization]), { url: route(id), headers: version });
}

export type Decision = 'approve' | 'deny';

/** Answers where the browser goes with the decision. */
export async function decideAuthorization(id: string, action: Decision): Promise<string> {
  const decided = await request(Decided, { method: 'POST', url: `${route(id)}/consent`, headers: version, data: { action } });
  return decided.redirect_url;
}

/** Whoever looks next may answer it: another account of the same person. */
export async function releaseAuthorization(id: string): Promise<void> {
  await http.request({ method: 'POST', url: `${route(id)}/release`, headers: version, data: {} });
}

export const OauthGrant = z.object({ client: OauthClient, scopes: z.array(z.string()), granted_at: Time });
export type OauthGrant = z.infer<typeof OauthGrant>;

export function listGrants(): Promise<OauthGrant[]> {
  return request(z.array(OauthGrant), { url: '/auth/v1/user/oauth/grants', headers: version });
}

/** Ends the program's sessions, too. */
export async function revokeGrant(clientId: string): Promise<void> {
  await http.request({ method: 'DELETE', url: '/auth/v1/user/oauth/grants', headers: version, params: { client_id: clientId } });
}
