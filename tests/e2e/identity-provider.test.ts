import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { problemsOf } from '../support/axe';
import { openBrowser, screenshot, viewports, visit, type Viewport } from '../support/browser';
import { addresses, call } from '../support/http';
import { Instance, type Addresses } from '../support/instance';
import { OidcProvider } from '../support/oidc-provider';
import { section, sessionIn, submitPassword, toast } from './account-kit';
import { newAddress, PASSPHRASE } from './people';

/** As configured, and as people read it. */
const PROVIDER = 'acme';
const NAME = 'Acme';

let browser: Browser;
let site: Addresses;
const provider = new OidcProvider();
let instance: Instance;

beforeAll(async () => {
  browser = await openBrowser();
  await provider.start();
  instance = new Instance({
    name: 'e2e-provider',
    portBase: inject('portBase') + 20,
    asBuilt: true,
    env: { ...provider.settings(PROVIDER), TT_AUTH_LINKING_MANUAL: 'true' },
  });
  site = await instance.start();
});
afterAll(async () => {
  await browser.close();
  await instance.stop();
  await provider.stop();
});

const at = (path: string) => site.SITE_URL + path;
const continueWith = (page: Page) => page.getByRole('button', { name: `Continue with ${NAME}` });
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });

let subjects = 0;
function newPerson(who: string) {
  provider.person = { sub: `subject-${subjects++}`, email: newAddress(who), name: 'Grace Hopper' };
  return provider.person;
}

/** Presses the button of the page that is open, and the provider's. */
async function signInThere(page: Page, answer: 'Continue' | 'Cancel' = 'Continue'): Promise<void> {
  await page.getByRole('heading', { name: 'Provider' }).waitFor();
  await page.getByRole('link', { name: answer === 'Cancel' ? 'Cancel' : /^Continue as/ }).click();
}

async function signUpByPassword(page: Page): Promise<string> {
  const email = newAddress('password');
  await page.goto(at('/sign-up?next=%2Faccount%2Fsecurity'));
  const form = page.getByRole('form', { name: 'Create account' });
  await form.getByLabel('Your name').fill('Ada Lovelace');
  await form.getByLabel('E-mail address').fill(email);
  await form.getByLabel('Password', { exact: true }).fill(PASSPHRASE);
  await form.getByRole('button', { name: 'Create account' }).click();
  await page.waitForURL(at('/account/security'));
  return email;
}

async function signOut(page: Page): Promise<void> {
  await page.evaluate(() => { localStorage.removeItem('tt.session'); });
}

describe.each(Object.keys(viewports) as Viewport[])('on a %s', (viewport) => {
  it('signs a new person up, and knows them when they come back', async () => {
    const person = newPerson('newcomer');
    const visitor = await visit(browser, { viewport });
    const { page } = visitor;
    await page.goto(at('/sign-up?next=%2Fblog'));
    await continueWith(page).waitFor();
    await screenshot(page, `${viewport}-sign-up-provider`);
    expect(await problemsOf(page)).toEqual([]);
    await continueWith(page).click();
    await signInThere(page);
    await page.waitForURL(at('/blog'));
    const first = (await sessionIn(page))!;
    expect(first.user).toMatchObject({ email: person.email });
    expect(page.url()).not.toContain('code');

    await signOut(page);
    // Whatever address the provider tells now, it is the same person.
    provider.person = { ...person, email: newAddress('moved') };
    await page.goto(at('/sign-in?next=%2Fservices'));
    await screenshot(page, `${viewport}-sign-in-provider`);
    expect(await problemsOf(page)).toEqual([]);
    await continueWith(page).click();
    await signInThere(page);
    await page.waitForURL(at('/services'));
    expect((await sessionIn(page))!.user.id).toBe(first.user.id);
    expect(provider.refusals).toEqual([]);

    // The only way in stays.
    await page.goto(at('/account/security'));
    const connected = section(page, 'Connected accounts');
    await connected.getByRole('button', { name: `Disconnect ${NAME}` }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
    await page.getByText('This is your only way to sign in. Add another one before you remove it.').waitFor();
    await screenshot(page, `${viewport}-only-way-in`, false);
    expect(visitor.problems).toEqual([]);
    await visitor.close();
  });

  it('who cancels there is told so, and can go on', async () => {
    newPerson('undecided');
    const visitor = await visit(browser, { viewport });
    const { page } = visitor;
    await page.goto(at('/sign-in?next=%2Fblog'));
    await continueWith(page).click();
    await signInThere(page, 'Cancel');
    await heading(page, 'Signing in did not work').waitFor();
    await page.getByText('You did not finish signing in there. Nothing has changed; you can try again.').waitFor();
    expect(await problemsOf(page)).toEqual([]);
    await screenshot(page, `${viewport}-provider-cancelled`);
    await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
    await page.waitForURL(at('/sign-in?next=%2Fblog'));
    expect(await sessionIn(page)).toBeNull();
    expect(visitor.problems).toEqual([]);
    await visitor.close();
  });

  it('an account of the provider is connected, signs in, and is disconnected', async () => {
    const person = newPerson('connected');
    const visitor = await visit(browser, { viewport });
    const { page } = visitor;
    const email = await signUpByPassword(page);
    const before = (await sessionIn(page))!;
    const connected = section(page, 'Connected accounts');
    await connected.getByRole('button', { name: `Connect ${NAME}` }).click();
    await signInThere(page, 'Cancel');
    await heading(page, 'That did not work').waitFor();
    await page.getByRole('main').getByRole('link', { name: 'Back' }).click();
    await connected.getByRole('button', { name: `Connect ${NAME}` }).click();
    await signInThere(page);
    await toast(page, 'The account is connected.').waitFor();
    await connected.getByText(person.email).waitFor();
    await connected.scrollIntoViewIfNeeded();
    await screenshot(page, `${viewport}-connected`, false);
    expect(await problemsOf(page)).toEqual([]);
    // Still the device that signed in, not a second one.
    expect((await sessionIn(page))!.access_token).toBe(before.access_token);
    const devices = await call('GET', at('/auth/v1/sessions'), { token: before.access_token });
    expect(devices.body).toHaveLength(1);

    await signOut(page);
    await page.goto(at('/sign-in?next=%2Faccount%2Fsecurity'));
    await continueWith(page).click();
    await signInThere(page);
    await page.waitForURL(at('/account/security'));
    expect((await sessionIn(page))!.user).toMatchObject({ id: before.user.id, email });

    await connected.getByRole('button', { name: `Disconnect ${NAME}` }).click();
    await page.getByRole('dialog', { name: `Disconnect ${NAME}?` }).getByRole('button', { name: 'Disconnect' }).click();
    await toast(page, 'The account is disconnected.').waitFor();
    await connected.getByRole('button', { name: `Connect ${NAME}` }).waitFor();
    await signOut(page);
    await page.goto(at('/sign-in?next=%2Fblog'));
    await submitPassword(page, email);
    await page.waitForURL(at('/blog'));
    expect(visitor.problems).toEqual([]);
    await visitor.close();
  });
});

it('of two ways that are taken away at once, one stays', async () => {
  const visitor = await visit(browser, { viewport: 'desktop' });
  const { page } = visitor;
  newPerson('cautious');
  await signUpByPassword(page);
  await section(page, 'Connected accounts').getByRole('button', { name: `Connect ${NAME}` }).click();
  await signInThere(page);
  await toast(page, 'The account is connected.').waitFor();
  const { access_token: token } = (await sessionIn(page))!;
  const { body } = await call('GET', at('/auth/v1/user'), { token });
  const ids = (body.identities as { identity_id: string }[]).map((identity) => identity.identity_id);
  const answers = await Promise.all(ids.map((id) => call('DELETE', at(`/auth/v1/user/identities/${id}`), { token })));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
  await visitor.close();
});

it('an account that is somebody else’s cannot be connected', async () => {
  const visitor = await visit(browser, { viewport: 'desktop' });
  const { page } = visitor;
  newPerson('owner');
  await page.goto(at('/sign-up?next=%2Fblog'));
  await continueWith(page).click();
  await signInThere(page);
  await page.waitForURL(at('/blog'));
  await signOut(page);
  await signUpByPassword(page);
  await section(page, 'Connected accounts').getByRole('button', { name: `Connect ${NAME}` }).click();
  await signInThere(page);
  await heading(page, 'That did not work').waitFor();
  await page.getByText('This account is connected to another person here.').waitFor();
  await visitor.close();
});

it('a provider that is not set up is no page of JSON', async () => {
  const visitor = await visit(browser, { viewport: 'phone' });
  const { page } = visitor;
  const unknown = new URLSearchParams({ provider: 'google', redirect_to: at('/session/callback?next=%2Fblog') });
  await page.goto(`${at('/auth/v1/authorize')}?${unknown.toString()}`);
  await heading(page, 'Signing in did not work').waitFor();
  await page.getByText('This way of signing in is not offered here.').waitFor();
  await visitor.close();
});

it('without a provider there is no button', async () => {
  const visitor = await visit(browser, { viewport: 'phone' });
  const { page } = visitor;
  for (const path of ['/sign-in', '/sign-up']) {
    await page.goto(addresses().SITE_URL + path);
    await page.getByRole('main').getByLabel('E-mail address').waitFor();
    await visitor.settle();
    expect(await page.getByRole('button', { name: /^Continue with/ }).count()).toBe(0);
  }
  await visitor.close();
});
