import type { Browser, Locator, Page } from 'playwright-core';

import { visit, type Viewport, type Visitor } from '../support/browser';
import { addresses, call } from '../support/http';
import { mailTo } from '../support/mail';
import { PASSPHRASE, signUpWithSession, type Session } from './people';

/** WebAuthn needs a name; the server answers to localhost, too. */
export const named = (url: string): string => url.replace('127.0.0.1', 'localhost');

export interface SignedUp {
  email: string;
  session: Session;
  visitor: Visitor;
  page: Page;
}

/** A new person, signed in, in a browser of their own. */
export async function newcomer(browser: Browser, name = 'Ada Lovelace', viewport: Viewport = 'desktop'): Promise<SignedUp> {
  const { email, session } = await signUpWithSession(name);
  const visitor = await visit(browser, { viewport, session });
  return { email, session, visitor, page: visitor.page };
}

/** Fills in and sends the sign-in form of the page that is open. */
export async function submitPassword(page: Page, email: string, password = PASSPHRASE): Promise<void> {
  const form = page.getByRole('form', { name: 'Sign in' });
  await form.getByLabel('E-mail address').fill(email);
  await form.getByLabel('Password', { exact: true }).fill(password);
  await form.getByRole('button', { name: 'Sign in' }).click();
}

export const codeIn = (text: string): string => /\b(\d{6})\b/.exec(text)![1]!;

export async function mailedCode(email: string, subject: RegExp): Promise<string> {
  return codeIn((await mailTo(email, subject)).text);
}

export async function mailedLink(email: string, subject: RegExp): Promise<string> {
  const { links } = await mailTo(email, subject);
  return links.find((link) => link.includes('/auth/v1/verify'))!;
}

export const toast = (page: Page, text: string | RegExp): Locator => page.getByRole('status').getByText(text);

export const section = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });

export async function sessionIn(page: Page): Promise<Session | null> {
  return page.evaluate(() => JSON.parse(localStorage.getItem('tt.session') ?? 'null') as never);
}

export function claimsOf(session: Session): Record<string, unknown> {
  return JSON.parse(Buffer.from(session.access_token.split('.')[1]!, 'base64url').toString()) as Record<string, unknown>;
}

/** Administrators are made with the service's own key; then a new token carries the role. */
export async function makeAdministrator(userId: string): Promise<void> {
  const { SITE_URL, SERVICE_ROLE_KEY } = addresses();
  const body = { app_metadata: { roles: ['admin'] } };
  const answer = await call('PUT', `${SITE_URL}/auth/v1/admin/users/${userId}`, { token: SERVICE_ROLE_KEY, body, headers: { apikey: SERVICE_ROLE_KEY } });
  if (answer.status !== 200) throw new Error(`administrator: ${answer.status} ${answer.text}`);
}
