import { toBase64Url } from './webauthn';

const KEY = 'tt.pkce';

/** Proof that the browser which ends a sign-in with a provider is the one that began it (RFC 7636). */
export async function startProof(): Promise<string> {
  const verifier = toBase64Url(crypto.getRandomValues(new Uint8Array(48)).buffer);
  sessionStorage.setItem(KEY, verifier);
  return toBase64Url(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier)));
}

/** The verifier of the sign-in under way; forgotten as it is read. */
export function takeProof(): string | null {
  const verifier = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  return verifier;
}

/** Where a mailed link or a provider leads back to; the page there takes the session and goes on to `next`. */
export function callbackUrl(next: string): string {
  return `${window.location.origin}/session/callback?${new URLSearchParams({ next }).toString()}`;
}

export async function providerUrl(provider: string, next: string): Promise<string> {
  const parameters = new URLSearchParams({
    provider,
    redirect_to: callbackUrl(next),
    code_challenge: await startProof(),
    code_challenge_method: 's256',
  });
  return `/auth/v1/authorize?${parameters.toString()}`;
}
