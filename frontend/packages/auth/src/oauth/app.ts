import type { OauthClient } from '@tt/api-client/oauth';
import { consent as text, scopeWords } from './messages';

const NAME_LIMIT = 60;
const OWN_MACHINE = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Invisible characters could make a name read as another one, or turn the text around it. */
function readable(name: string): string {
  const clean = name.replace(/[\p{Cc}\p{Cf}]/gu, '').trim();
  return clean.length > NAME_LIMIT ? `${clean.slice(0, NAME_LIMIT)}…` : clean;
}

/** What the program calls itself; nobody has checked it. */
export function appName(client: OauthClient): string {
  return readable(client.name ?? '') || text.unnamed;
}

/** Where a redirect address leads, as people would say it. The host comes as ASCII, so that look-alikes show. */
export function placeOf(redirectUri: string): string {
  if (!URL.canParse(redirectUri)) return redirectUri;
  const { protocol, host, hostname } = new URL(redirectUri);
  if (OWN_MACHINE.has(hostname)) return text.thisDevice(host);
  if (protocol === 'https:' || protocol === 'http:') return host;
  return text.appOnDevice(protocol.slice(0, -1));
}

/** "openid" is in every answer and says nothing of its own. */
export function scopesIn(scope: string): string[] {
  return scope.split(' ').filter((word) => word && word !== 'openid');
}

export function describeScope(scope: string): string {
  return scopeWords[scope] ?? scope;
}
