import { request } from './http';
import { z } from './schema';

const flag = z._default(z.boolean(), false);

export const AuthSettings = z.object({
  external: z._default(z.record(z.string(), z.boolean()), {}),
  disable_signup: flag,
  mailer_autoconfirm: flag,
  passkeys_enabled: flag,
  manual_linking_enabled: flag,
  oauth_server_enabled: flag,
  mfa: z._default(z.object({ totp: flag, webauthn: flag, recovery_codes: flag }), { totp: false, webauthn: false, recovery_codes: false }),
});
export type AuthSettings = z.infer<typeof AuthSettings>;

export function getAuthSettings(): Promise<AuthSettings> {
  return request(AuthSettings, { url: '/auth/v1/settings', anonymous: true });
}

/** Not other people's accounts but ways of our own, or no person at all. */
const OWN = new Set(['email', 'phone', 'anonymous_users']);

/** Providers that are switched on, by their names on the wire. */
export function providersOf(settings: AuthSettings | undefined): string[] {
  return Object.entries(settings?.external ?? {})
    .filter(([name, enabled]) => enabled && !OWN.has(name))
    .map(([name]) => name)
    .sort();
}
