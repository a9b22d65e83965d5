import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openBrowser, screenshot, visit } from '../support/browser';
import { addresses, call, until } from '../support/http';
import { mailTo } from '../support/mail';
import { plainPng } from '../support/png';
import { claimsOf, mailedLink, newcomer, section, sessionIn, submitPassword, toast } from './account-kit';
import { newAddress, PASSPHRASE, signUpWithSession } from './people';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const picture = plainPng(600);

describe.each(['SITE_URL', 'ACADEMY_URL'] as const)('the settings on %s', (site) => {
  const at = (path: string) => addresses()[site] + path;

  it('change the password; other devices are signed out', async () => {
    const { email, page, visitor } = await newcomer(browser);
    const { body: other } = await call('POST', at('/auth/v1/token?grant_type=password'), { body: { email, password: PASSPHRASE } });
    await page.goto(at('/account/security'));
    const form = page.getByRole('form', { name: 'Password' });
    await form.getByLabel('Current password').fill('not the passphrase');
    await form.getByLabel('New password').fill('a different passphrase');
    await form.getByRole('button', { name: 'Change password' }).click();
    await form.getByText('Your current password is not right.').first().waitFor();
    await form.getByLabel('Current password').fill(PASSPHRASE);
    await form.getByRole('button', { name: 'Change password' }).click();
    await toast(page, /Your password is changed/).waitFor();
    const refused = await call('POST', at('/auth/v1/token?grant_type=refresh_token'), { body: { refresh_token: other.refresh_token } });
    expect(refused.status).toBe(400);
    expect(visitor.problems).toEqual([]);
    await visitor.close();
  });

  it('show the devices and end one', async () => {
    const { email, page, visitor } = await newcomer(browser);
    const { body: other } = await call('POST', at('/auth/v1/token?grant_type=password'), {
      body: { email, password: PASSPHRASE },
      headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0' },
    });
    await page.goto(at('/account/sessions'));
    const devices = page.getByRole('list', { name: 'Devices' });
    await devices.getByText('This device').waitFor();
    await screenshot(page, `devices-${site}`);
    await devices.getByRole('button', { name: 'End the session on Firefox on Linux' }).click();
    await toast(page, 'The session is ended.').waitFor();
    await expect.poll(() => devices.getByRole('listitem').count()).toBe(1);
    await until(async () => (await call('GET', at('/auth/v1/user'), { token: other.access_token })).status === 403);
    await visitor.close();
  });

  it('take a picture, show it before it is sent, and remove it', async () => {
    const { page, visitor } = await newcomer(browser);
    await page.goto(at('/account'));
    const part = section(page, 'Picture');
    await part.getByLabel('Choose a picture').setInputFiles({ name: 'page.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg/>') });
    await part.getByText('Please choose a PNG, JPEG, WebP or GIF picture.').waitFor();
    await part.getByLabel('Choose a picture').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: picture });
    await part.getByRole('img', { name: 'How your new picture will look' }).waitFor();
    await part.getByRole('button', { name: 'Use this picture' }).click();
    await toast(page, 'Your picture is saved.').waitFor();
    const shown = part.getByRole('img', { name: 'Your picture' });
    await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(512);
    await part.getByRole('button', { name: 'Remove' }).click();
    await toast(page, 'Your picture is removed.').waitFor();
    expect(visitor.problems).toEqual([]);
    await visitor.close();
  });

  it('make an API key that works within its scopes, give it a new secret, and revoke it', async () => {
    const { page, visitor } = await newcomer(browser);
    await page.goto(at('/account/api-keys'));
    const form = page.getByRole('form', { name: 'A new key' });
    await form.getByRole('button', { name: 'Create key' }).click();
    await form.getByText('Please check 2 fields').waitFor();
    await form.getByLabel('Name').fill('Weekly report');
    await form.getByLabel('Profile: Read').check();
    await form.getByRole('button', { name: 'Create key' }).click();
    const secretOf = async () => {
      const dialog = page.getByRole('dialog', { name: 'Your new key' });
      const secret = await dialog.getByLabel('API key').innerText();
      await dialog.getByRole('button', { name: 'I have kept it' }).click();
      return secret;
    };
    const first = await secretOf();
    const status = async (token: string, method = 'GET') => (await call(method, at('/api/v1/profile'), { token, ...(method === 'PATCH' && { body: {} }) })).status;
    expect(await status(first)).toBe(200);
    expect(await status(first, 'PATCH')).toBe(403);
    await page.getByRole('button', { name: 'New secret for Weekly report' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'New secret' }).click();
    const second = await secretOf();
    expect(second).not.toBe(first);
    expect(await status(second)).toBe(200);
    expect(await status(first)).toBe(200);
    await page.getByRole('button', { name: 'Revoke Weekly report' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await toast(page, 'The key is revoked.').waitFor();
    await until(async () => (await status(second)) === 401);
    await visitor.close();
  });

  it('found an organisation, invite somebody, who joins and works in it', async () => {
    const owner = await newcomer(browser, 'Ada Lovelace');
    const guest = await newcomer(browser, 'Charles Babbage', 'phone');
    const { page } = owner;
    await page.goto(at('/account/organizations'));
    await page.getByText('You are in no organisation').waitFor();
    await page.getByLabel('Name of the organisation').fill('Analytical Engines');
    await page.getByRole('button', { name: 'Create organisation' }).click();
    await page.getByRole('heading', { level: 1, name: 'Analytical Engines' }).waitFor();
    const form = page.getByRole('form', { name: 'Invite' });
    await form.getByLabel('E-mail address').fill(guest.email);
    await form.getByRole('button', { name: 'Invite' }).click();
    await toast(page, `${guest.email} is invited.`).waitFor();
    await screenshot(page, `organisation-${site}`);

    const { links } = await mailTo(guest.email, /invit/i);
    const link = links.find((one) => one.includes('/invitations'))!;
    await guest.page.goto(link.replace(addresses().SITE_URL, addresses()[site]));
    await guest.page.getByRole('heading', { name: 'You are invited' }).waitFor();
    await guest.page.getByText('To join Analytical Engines as member.').waitFor();
    await guest.page.getByRole('button', { name: 'Join' }).click();
    await guest.page.getByRole('heading', { level: 1, name: 'Analytical Engines' }).waitFor();
    await guest.page.goto(at('/account/organizations'));
    await guest.page.getByRole('button', { name: 'Work in it' }).click();
    await toast(guest.page, 'You are working in Analytical Engines.').waitFor();
    expect(claimsOf((await sessionIn(guest.page))!)).toMatchObject({ org_role: 'member' });

    await page.reload();
    await page.getByLabel('Role of Charles Babbage', { exact: true }).selectOption('admin');
    await page.getByRole('button', { name: 'Change the role of Charles Babbage' }).click();
    await toast(page, 'The role is changed.').waitFor();
    expect([...owner.visitor.problems, ...guest.visitor.problems]).toEqual([]);
    await owner.visitor.close();
    await guest.visitor.close();
  });
});

describe('an invitation for somebody new', () => {
  it('is there after signing up, also in the tab that a mail opens', async () => {
    const site = addresses().SITE_URL;
    const email = newAddress('invited');
    const { session } = await signUpWithSession();
    const headers = { token: session.access_token };
    const made = await call('POST', `${site}/api/v1/organizations`, { ...headers, body: { name: 'Analytical Engines' } });
    await call('POST', `${site}/api/v1/organizations/${made.body.id}/invitations`, { ...headers, body: { email, role: 'member' } });
    const { links } = await mailTo(email, /invit/i);
    const visitor = await visit(browser, { viewport: 'phone' });
    const { page } = visitor;
    await page.goto(links.find((one) => one.includes('/invitations'))!);
    await page.getByRole('link', { name: 'Sign in to join' }).click();
    await page.getByRole('link', { name: 'Create an account' }).click();
    const form = page.getByRole('form', { name: 'Create account' });
    await form.getByLabel('Your name').fill('Charles Babbage');
    await form.getByLabel('E-mail address').fill(email);
    await form.getByLabel('Password', { exact: true }).fill(PASSPHRASE);
    await form.getByRole('button', { name: 'Create account' }).click();
    await page.getByText('To join Analytical Engines as member.').waitFor();

    const tab = await visitor.context.newPage();
    await tab.goto(`${site}/invitations`);
    await tab.getByRole('button', { name: 'Join' }).click();
    await tab.getByRole('heading', { level: 1, name: 'Analytical Engines' }).waitFor();
    expect(await tab.evaluate(() => localStorage.getItem('tt.invitation'))).toBeNull();
    expect(visitor.problems).toEqual([]);
    await visitor.close();
  });
});

describe('the data of an account', () => {
  it('is put together and downloaded', async () => {
    const { page, visitor } = await newcomer(browser);
    await page.goto(`${addresses().SITE_URL}/account/data`);
    await page.getByRole('button', { name: 'Prepare my data' }).click();
    const ready = section(page, 'Download your data').getByRole('button', { name: 'Download' });
    await ready.waitFor({ timeout: 30_000 });
    await screenshot(page, 'export');
    const saved = page.waitForEvent('download');
    await ready.click();
    expect((await saved).suggestedFilename()).toMatch(/\.zip$/);
    await visitor.close();
  });

  it('is deleted only when that is typed out, and can be kept after all', async () => {
    const { email, page, visitor } = await newcomer(browser);
    const site = addresses().SITE_URL;
    await page.goto(`${site}/account/data`);
    await page.getByRole('button', { name: /^Delete my account/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete your account?' });
    await dialog.getByLabel(/^Type/).fill('yes');
    await dialog.getByRole('button', { name: 'Delete my account' }).click();
    await dialog.getByText('Please check one field').waitFor();
    await dialog.getByLabel(/^Type/).fill('delete my account');
    await dialog.getByRole('button', { name: 'Delete my account' }).click();
    await page.waitForURL(/\/sign-in/);
    const { links } = await mailTo(email, /deleted/);
    await page.goto(links.find((link) => link.includes('/account/restore'))!);
    await submitPassword(page, email);
    await page.getByRole('button', { name: 'Keep my account' }).click();
    await toast(page, /Your account stays/).waitFor();
    await visitor.close();
  });
});

it('a new address counts when both have agreed', async () => {
  const { email, page, visitor } = await newcomer(browser);
  const next = newAddress('moved');
  await page.goto(`${addresses().SITE_URL}/account/security`);
  const form = page.getByRole('form', { name: 'E-mail address' });
  await form.getByLabel('New e-mail address').fill(next);
  await form.getByRole('button', { name: 'Change address' }).click();
  await form.getByText(`Waiting for you to confirm ${next}`).waitFor();
  await page.goto(await mailedLink(email, /change of your e-mail/));
  await page.getByRole('heading', { name: 'One more step' }).waitFor();
  await page.goto(await mailedLink(next, /new e-mail address/));
  await page.waitForURL(/\/account\/security/);
  await page.getByText(next).first().waitFor();
  await visitor.close();
});

it('a session that is too old is asked who it is, and goes on where it was', async () => {
  const { email, session } = await signUpWithSession();
  const visitor = await visit(browser, { viewport: 'desktop', session });
  const { page } = visitor;
  // The server's clock cannot be turned here: its answer to an old sign-in is given for it, once.
  let asked = 0;
  await page.route('**/auth/v1/factors', async (route) => {
    asked += 1;
    if (asked > 1) return route.continue();
    return route.fulfill({ status: 400, json: { code: 'reauthentication_needed', message: '' } });
  });
  await page.goto(`${addresses().SITE_URL}/account/security`);
  await section(page, 'Second step').getByRole('button', { name: 'Add an authenticator app' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Add an authenticator app' }).click();
  const question = page.getByRole('dialog', { name: 'Is it you?' });
  await question.getByLabel('Password', { exact: true }).fill(PASSPHRASE);
  await question.getByRole('button', { name: 'Confirm' }).click();
  await page.getByRole('img', { name: /QR code/ }).waitFor();
  expect((await sessionIn(page))!.user.email).toBe(email);
  await visitor.close();
});
