import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { plugInAuthenticator } from '../support/authenticator';
import { openBrowser, screenshot, viewports, visit, type Viewport } from '../support/browser';
import { addresses } from '../support/http';
import { freshStep, totp } from '../support/totp';
import { claimsOf, mailedCode, mailedLink, named, newcomer, section, sessionIn, submitPassword, toast } from './account-kit';
import { newAddress, PASSPHRASE, signUpWithSession } from './people';

const SIGN_IN = /sign-in link/i;
const RECOVERY = /new password/i;

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const isSignedIn = (page: Page) => expect.poll(() => sessionIn(page)).not.toBeNull();

describe.each(Object.keys(viewports) as Viewport[])('on a %s, signing in', (viewport) => {
  it('by a mailed code, and by a mailed link', async () => {
    const { email } = await signUpWithSession();
    const visitor = await visit(browser, { viewport });
    const { page } = visitor;
    await page.goto(`${addresses().SITE_URL}/sign-in?next=%2Fblog`);
    await page.getByRole('main').getByLabel('E-mail address').fill(email);
    await page.getByRole('button', { name: 'Sign in by e-mail' }).click();
    await page.getByRole('button', { name: 'Send me the mail' }).click();
    await page.getByLabel('Code from the mail').fill('000000');
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await page.getByText(/This link or code does not work/).waitFor();
    await page.getByLabel('Code from the mail').fill(await mailedCode(email, SIGN_IN));
    await screenshot(page, `${viewport}-mailed-code`);
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await page.waitForURL(`${addresses().SITE_URL}/blog`);
    await isSignedIn(page);
    await visitor.close();
  });

  it('by a mailed link, whose session leaves no trace in the address', async () => {
    const { email } = await signUpWithSession();
    const visitor = await visit(browser, { viewport });
    const { page } = visitor;
    await page.goto(`${addresses().SITE_URL}/sign-in?next=%2Fservices`);
    await page.getByRole('button', { name: 'Sign in by e-mail' }).click();
    await page.getByRole('main').getByLabel('E-mail address').fill(email);
    await page.getByRole('button', { name: 'Send me the mail' }).click();
    await page.getByLabel('Code from the mail').waitFor();
    await page.goto(await mailedLink(email, SIGN_IN));
    await page.waitForURL(`${addresses().SITE_URL}/services`);
    await isSignedIn(page);
    expect(page.url()).not.toContain('token');
    expect(visitor.problems).toEqual([]);
    await visitor.close();
  });

  it('after a forgotten password: the link leads to a new one, which then works', async () => {
    const { email } = await signUpWithSession();
    const visitor = await visit(browser, { viewport });
    const { page } = visitor;
    await page.goto(`${addresses().SITE_URL}/sign-in`);
    await page.getByRole('link', { name: 'Forgot your password?' }).click();
    await page.getByRole('heading', { name: 'Forgot your password?' }).waitFor();
    await page.getByRole('main').getByLabel('E-mail address').fill(email);
    await page.getByRole('button', { name: 'Send me the mail' }).click();
    await page.getByText(`If there is an account for ${email}`).waitFor();
    await page.goto(await mailedLink(email, RECOVERY));
    await page.getByRole('heading', { name: 'Choose a new password' }).waitFor();
    await page.getByLabel('New password', { exact: true }).fill('trendtactics');
    await page.getByRole('button', { name: 'Save password' }).click();
    await page.getByText(/lists that attackers try first/).first().waitFor();
    await page.getByLabel('New password', { exact: true }).fill('quite another passphrase');
    await screenshot(page, `${viewport}-new-password`);
    await page.getByRole('button', { name: 'Save password' }).click();
    await toast(page, 'Your new password is set.').waitFor();
    await visitor.close();

    const elsewhere = await visit(browser, { viewport });
    await elsewhere.page.goto(`${addresses().SITE_URL}/sign-in?next=%2Fblog`);
    await submitPassword(elsewhere.page, email, PASSPHRASE);
    await elsewhere.page.getByText('The e-mail address or password is not right.').waitFor();
    await submitPassword(elsewhere.page, email, 'quite another passphrase');
    await elsewhere.page.waitForURL(`${addresses().SITE_URL}/blog`);
    await elsewhere.close();
  });
});

describe('links', () => {
  it('that a machine follows are not used up: a person presses the button', async () => {
    const { email } = await signUpWithSession();
    const visitor = await visit(browser, { viewport: 'phone' });
    const { page } = visitor;
    await page.goto(`${addresses().SITE_URL}/forgot-password`);
    await page.getByRole('main').getByLabel('E-mail address').fill(email);
    await page.getByRole('button', { name: 'Send me the mail' }).click();
    await page.getByLabel('Code from the mail').waitFor();
    const link = new URL(await mailedLink(email, RECOVERY));
    const confirm = new URLSearchParams({ token_hash: link.searchParams.get('token')!, type: 'recovery' });
    await page.goto(`${addresses().SITE_URL}/session/confirm?${confirm.toString()}`);
    await page.getByRole('heading', { name: 'Choose a new password' }).waitFor();
    expect(await sessionIn(page)).toBeNull();
    await screenshot(page, 'confirm-link');
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await page.waitForURL(/\/reset-password$/);
    await isSignedIn(page);
    await visitor.close();
  });

  it('that are dead say so, wherever they lead', async () => {
    const visitor = await visit(browser, { viewport: 'phone' });
    const { page } = visitor;
    await page.goto(`${addresses().SITE_URL}/auth/v1/verify?token=nothing&type=magiclink`);
    await page.getByRole('heading', { name: 'This link did not work' }).waitFor();
    await page.getByText(/ask for a new one/).waitFor();
    await visitor.close();
  });
});

describe('with an authenticator app', () => {
  it('is turned on, asked for, and given up with a recovery code', async () => {
    const { email, page, visitor } = await newcomer(browser);
    await page.goto(`${addresses().SITE_URL}/account/security`);
    await section(page, 'Second step').getByRole('button', { name: 'Add an authenticator app' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add an authenticator app' });
    await dialog.getByLabel(/^Name/).fill('My phone');
    await dialog.getByRole('button', { name: 'Add an authenticator app' }).click();
    await dialog.getByRole('img', { name: /QR code/ }).waitFor();
    expect(await dialog.getByRole('img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
    const secret = await dialog.locator('code').innerText();
    await screenshot(page, 'totp-enrolment', false);
    await freshStep();
    await dialog.getByLabel('Code your app shows now').fill('000000');
    await dialog.getByRole('button', { name: 'Turn on' }).click();
    await dialog.getByText(/This code is not right/).waitFor();
    // The one before: each works once, and the current one is for the next sign-in.
    await dialog.getByLabel('Code your app shows now').fill(totp(secret, -1));
    await dialog.getByRole('button', { name: 'Turn on' }).click();
    await toast(page, 'The second step is on.').waitFor();
    await section(page, 'Second step').getByText('My phone').waitFor();
    expect(claimsOf((await sessionIn(page))!)).toMatchObject({ aal: 'aal2' });

    await section(page, 'Recovery codes').getByRole('button', { name: 'Make recovery codes' }).click();
    const codesDialog = page.getByRole('dialog', { name: 'Your recovery codes' });
    await codesDialog.getByRole('listitem').first().waitFor();
    const codes = await codesDialog.getByRole('listitem').allInnerTexts();
    expect(codes).toHaveLength(10);
    const saved = page.waitForEvent('download');
    await codesDialog.getByRole('button', { name: 'Download' }).click();
    expect((await saved).suggestedFilename()).toBe('trendtactics-recovery-codes.txt');
    await codesDialog.getByRole('button', { name: 'I have kept them' }).click();
    await section(page, 'Recovery codes').getByText('10 of 10 codes left.').waitFor();
    expect(visitor.problems).toEqual([]);
    await visitor.close();

    const elsewhere = await visit(browser, { viewport: 'phone' });
    const other = elsewhere.page;
    await other.goto(`${addresses().ACADEMY_URL}/sign-in`);
    await submitPassword(other, email);
    await other.getByRole('heading', { name: 'One more step' }).waitFor();
    expect(await sessionIn(other)).toBeNull();
    await other.getByLabel('Code of your authenticator app').fill(totp(secret));
    await screenshot(other, 'second-step');
    await other.getByRole('button', { name: 'Continue', exact: true }).click();
    await other.waitForURL(`${addresses().ACADEMY_URL}/my-learning`);

    const lost = await visit(browser, { viewport: 'desktop' });
    await lost.page.goto(`${addresses().SITE_URL}/sign-in?next=%2Faccount%2Fsecurity`);
    await submitPassword(lost.page, email);
    await lost.page.getByRole('button', { name: 'Use a recovery code' }).click();
    await lost.page.getByLabel('One of your recovery codes').fill(codes[0]!.toUpperCase());
    await lost.page.getByRole('button', { name: 'Continue', exact: true }).click();
    await section(lost.page, 'Recovery codes').getByText('9 of 10 codes left.').waitFor();
    await screenshot(lost.page, 'recovery-codes');
    await lost.close();

    // Off again: the codes first, which the server wants gone before the last factor.
    await other.goto(`${addresses().ACADEMY_URL}/account/security`);
    const confirm = (name: string) => other.getByRole('dialog').getByRole('button', { name }).click();
    await section(other, 'Recovery codes').getByRole('button', { name: 'Remove the codes' }).click();
    await confirm('Remove the codes');
    await toast(other, 'The recovery codes are removed.').waitFor();
    await section(other, 'Second step').getByRole('button', { name: 'Remove' }).click();
    await confirm('Remove');
    await toast(other, 'The second step is removed.').waitFor();
    await section(other, 'Recovery codes').getByText('You can make them once a second step is on.').waitFor();
    await elsewhere.close();
  });
});

describe('with WebAuthn', () => {
  it('a passkey is made, renamed, signs in by the button and from the list of the field, and is removed', async () => {
    const email = newAddress('passkey');
    const visitor = await visit(browser, { viewport: 'desktop' });
    const { page } = visitor;
    const credentials = await plugInAuthenticator(page, { isPasskey: true });
    const site = named(addresses().SITE_URL);
    await page.goto(`${site}/sign-up?next=%2Faccount%2Fsecurity`);
    const form = page.getByRole('form', { name: 'Create account' });
    await form.getByLabel('Your name').fill('Ada Lovelace');
    await form.getByLabel('E-mail address').fill(email);
    await form.getByLabel('Password', { exact: true }).fill(PASSPHRASE);
    await form.getByRole('button', { name: 'Create account' }).click();

    const passkeys = section(page, 'Passkeys');
    await passkeys.getByText('No passkeys yet.').waitFor();
    await passkeys.getByRole('button', { name: 'Add a passkey' }).click();
    await toast(page, 'The passkey is added.').waitFor();
    expect(await credentials()).toBe(1);
    await passkeys.getByRole('button', { name: 'Rename' }).click();
    await passkeys.getByLabel('Name', { exact: true }).fill('My laptop');
    await passkeys.getByRole('button', { name: 'Save' }).click();
    await passkeys.getByText('My laptop').waitFor();
    await screenshot(page, 'security');

    await page.getByRole('button', { name: /^Account:/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await toast(page, 'You are signed out.').waitFor();
    await page.goto(`${site}/sign-in?next=%2Fblog`);
    // The authenticator says yes by itself: the list below the field signs in without a click.
    await page.waitForURL(`${site}/blog`);
    const signedIn = (await sessionIn(page))!;
    expect(claimsOf(signedIn)).toMatchObject({ aal: 'aal2', amr: [expect.objectContaining({ method: 'passkey' })] });

    await page.goto(`${site}/account/security`);
    await passkeys.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await toast(page, /The passkey is removed/).waitFor();
    await visitor.close();
  });

  it('a security key is the second step', async () => {
    const email = newAddress('key');
    const visitor = await visit(browser, { viewport: 'desktop' });
    const { page } = visitor;
    await plugInAuthenticator(page, { isPasskey: false });
    const site = named(addresses().SITE_URL);
    await page.goto(`${site}/sign-up?next=%2Faccount%2Fsecurity`);
    const form = page.getByRole('form', { name: 'Create account' });
    await form.getByLabel('Your name').fill('Grace Hopper');
    await form.getByLabel('E-mail address').fill(email);
    await form.getByLabel('Password', { exact: true }).fill(PASSPHRASE);
    await form.getByRole('button', { name: 'Create account' }).click();
    await section(page, 'Second step').getByRole('button', { name: 'Add a security key' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a security key' });
    await dialog.getByLabel(/^Name/).fill('Blue key');
    await dialog.getByRole('button', { name: 'Add a security key' }).click();
    await toast(page, 'The security key is added.').waitFor();
    await section(page, 'Second step').getByText('Blue key').waitFor();

    await page.getByRole('button', { name: /^Account:/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await toast(page, 'You are signed out.').waitFor();
    await page.goto(`${site}/sign-in?next=%2Fblog`);
    await submitPassword(page, email);
    await page.getByRole('button', { name: 'Use my security key' }).click();
    await page.waitForURL(`${site}/blog`);
    expect(claimsOf((await sessionIn(page))!)).toMatchObject({ aal: 'aal2' });
    await visitor.close();
  });
});
