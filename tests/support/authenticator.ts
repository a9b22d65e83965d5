import type { Page } from 'playwright-core';

export interface AuthenticatorOptions {
  /** A passkey that asks for finger, face or PIN; without, a plain security key. */
  isPasskey: boolean;
}

/** A security key of Chromium's own, plugged into one page. It says yes by itself. */
export async function plugInAuthenticator(page: Page, { isPasskey }: AuthenticatorOptions): Promise<() => Promise<number>> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: isPasskey ? 'internal' : 'usb',
      hasResidentKey: isPasskey,
      hasUserVerification: isPasskey,
      isUserVerified: isPasskey,
      automaticPresenceSimulation: true,
    },
  });
  return async () => (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length;
}
