import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { problemsOf } from '../support/axe';
import { openBrowser, screenshot, viewports, visit, type Viewport } from '../support/browser';
import { ForeignApp, type Wish } from '../support/foreign-app';
import { addresses, call } from '../support/http';
import { newcomer, section, submitPassword, toast } from './account-kit';
import { signUpWithSession } from './people';

// "Sign in with TrendTactics": a program of somebody else, a person, and the question between them.

/** Never asked for: whoever fetched it would tell a foreign server who is asked. */
const LOGO = 'https://logos.invalid/logo.png';

let browser: Browser;
const app = new ForeignApp();
beforeAll(async () => {
  browser = await openBrowser();
  await app.start({ logo_uri: LOGO });
});
afterAll(async () => {
  await browser.close();
  await app.stop();
});

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });

async function ask(page: Page, wish: Wish): Promise<void> {
  await page.goto(wish.url);
  await heading(page, 'Sign in to Weekly Reports').waitFor();
}

/** What the app got when the browser had come back to it. */
async function answerAfter(page: Page, button: 'Allow' | 'Cancel'): Promise<URLSearchParams> {
  await page.getByRole('button', { name: button }).click();
  await heading(page, 'Back in the app').waitFor();
  return app.takeAnswer();
}

describe.each(Object.keys(viewports) as Viewport[])('on a %s', (viewport) => {
  it('somebody who is not signed in signs in first, sees who asks for what, and says no', async () => {
    const { email } = await signUpWithSession();
    const visitor = await visit(browser, { viewport });
    const { page } = visitor;
    const wish = app.wish();
    await page.goto(wish.url);
    await page.waitForURL(/\/sign-in\?next=/);
    await submitPassword(page, email);
    await heading(page, 'Sign in to Weekly Reports').waitFor();
    await page.getByText('Sends you to a program on this device').waitFor();
    const gets = section(page, 'What Weekly Reports gets to know');
    expect(await gets.getByRole('listitem').allInnerTexts()).toEqual([
      'Your e-mail address',
      'Your name and your picture',
      'That it is you each time you come back: an id of your account',
    ]);
    await section(page, 'Your account').getByText(email).waitFor();
    expect(await page.title()).toContain('Sign in to Weekly Reports');
    expect(await page.locator('main img').count()).toBe(0);
    await screenshot(page, `${viewport}-consent-light`);
    expect(await problemsOf(page)).toEqual([]);
    await screenshot(page, `${viewport}-consent-dark`);
    const answer = await answerAfter(page, 'Cancel');
    expect(Object.fromEntries(answer)).toMatchObject({ error: 'access_denied', state: wish.state, iss: `${addresses().SITE_URL}/auth/v1` });
    await page.goBack();
    expect(page.url()).not.toContain('/oauth/consent');
    expect(visitor.problems).toEqual([]);
    await visitor.close();
  });

  it('allowing gives tokens; the app is listed, is not asked about again, and loses its access', async () => {
    const { email, page, visitor, session } = await newcomer(browser, 'Ada Lovelace', viewport);
    const wish = app.wish();
    await ask(page, wish);
    const answer = await answerAfter(page, 'Allow');
    expect(answer.get('state')).toBe(wish.state);
    const tokens = await app.exchange(answer.get('code')!, wish.verifier);
    expect(tokens.status).toBe(200);
    const about = await app.userInfo(tokens.body.access_token);
    expect(about.body).toMatchObject({ sub: session.user.id, email, name: 'Ada Lovelace' });
    // It opens nothing else.
    expect((await call('GET', `${addresses().SITE_URL}/auth/v1/user`, { token: tokens.body.access_token })).status).toBe(403);
    const renewed = await app.refresh(tokens.body.refresh_token);
    expect(renewed.status).toBe(200);

    const again = app.wish('openid email');
    await page.goto(again.url);
    await heading(page, 'Back in the app').waitFor();
    expect(app.takeAnswer().get('state')).toBe(again.state);

    await page.goto(`${addresses().SITE_URL}/account/security`);
    const apps = section(page, 'Apps with access');
    await apps.getByText(/Your e-mail address · Your name and your picture · since/).waitFor();
    await apps.scrollIntoViewIfNeeded();
    await screenshot(page, `${viewport}-apps-with-access`, false);
    expect(await problemsOf(page)).toEqual([]);
    await apps.scrollIntoViewIfNeeded();
    await screenshot(page, `${viewport}-apps-with-access-dark`, false);
    await apps.getByRole('button', { name: 'Remove access of Weekly Reports' }).click();
    const dialog = page.getByRole('dialog', { name: 'Remove the access of Weekly Reports?' });
    const remove = dialog.getByRole('button', { name: 'Remove access' });
    await remove.waitFor();
    await screenshot(page, `${viewport}-remove-access`, false);
    await remove.click();
    await toast(page, 'Weekly Reports has no access any more.').waitFor();
    await apps.getByText('No app has access to your account.').waitFor();
    expect((await app.refresh(renewed.body.refresh_token)).body).toMatchObject({ error: 'invalid_grant' });
    expect((await app.userInfo(renewed.body.access_token)).status).toBe(401);
    await ask(page, app.wish());
    expect(visitor.problems).toEqual([]);
    await visitor.close();
  });
});

describe('the question', () => {
  it('can be answered with another account', async () => {
    const { email } = await signUpWithSession('Grace Hopper');
    const { page, visitor } = await newcomer(browser);
    const wish = app.wish();
    await ask(page, wish);
    await page.getByRole('button', { name: 'Use another account' }).click();
    await page.waitForURL(/\/sign-in\?next=/);
    await submitPassword(page, email);
    await section(page, 'Your account').getByText('Grace Hopper').waitFor();
    const { body } = await app.exchange((await answerAfter(page, 'Allow')).get('code')!, wish.verifier);
    expect((await app.userInfo(body.access_token)).body).toMatchObject({ email });
    expect(visitor.problems).toEqual([]);
    await visitor.close();
  });

  it('belongs to whom it was shown first, and others get a way out', async () => {
    const first = await newcomer(browser);
    await ask(first.page, app.wish());
    const { email } = await signUpWithSession();
    const second = await newcomer(browser, 'Charles Babbage', 'phone');
    await second.page.goto(first.page.url());
    await heading(second.page, 'This request cannot be answered any more').waitFor();
    await second.page.getByText(`You are signed in as ${second.email}.`).waitFor();
    expect(await problemsOf(second.page)).toEqual([]);
    await screenshot(second.page, 'consent-of-somebody-else');
    await second.page.getByRole('button', { name: 'Use another account' }).click();
    await submitPassword(second.page, email);
    await heading(second.page, 'This request cannot be answered any more').waitFor();
    await first.visitor.close();
    await second.visitor.close();
  });

  it('is answered once, also from two tabs', async () => {
    const { page, visitor } = await newcomer(browser);
    await ask(page, app.wish());
    const other = await visitor.context.newPage();
    await other.goto(page.url());
    await heading(other, 'Sign in to Weekly Reports').waitFor();
    await answerAfter(page, 'Allow');
    await other.getByRole('button', { name: 'Allow' }).click();
    await heading(other, 'This request has its answer').waitFor();
    expect(await other.evaluate(() => document.activeElement?.id)).toBe('content');
    expect(await problemsOf(other)).toEqual([]);
    await screenshot(other, 'consent-answered');
    await visitor.close();
  });

  it('is answered by keyboard alone', async () => {
    const { page, visitor } = await newcomer(browser);
    await ask(page, app.wish());
    const names: string[] = [];
    await page.locator('#content').focus();
    for (let presses = 0; presses < 3; presses++) {
      await page.keyboard.press('Tab');
      names.push(await page.evaluate(() => document.activeElement?.textContent?.trim() ?? ''));
    }
    expect(names).toEqual(['Use another account', 'Allow', 'Cancel']);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await heading(page, 'Back in the app').waitFor();
    expect(app.takeAnswer().get('code')).not.toBeNull();
    await visitor.close();
  });

  it('of an unknown app, or with an address that is not registered, is none', async () => {
    const visitor = await visit(browser, { viewport: 'phone' });
    const { page } = visitor;
    for (const [name, value] of [['client_id', '0193aaaa-bbbb-4ccc-8ddd-eeeeffff0001'], ['redirect_uri', 'https://evil.example/callback']] as const) {
      await page.goto(app.wish('openid', { [name]: value }).url);
      await heading(page, 'This app asks in a way we do not accept').waitFor();
    }
    expect(await problemsOf(page)).toEqual([]);
    await screenshot(page, 'consent-refused');
    // A program gets the answer of the protocol.
    expect((await call('GET', app.wish('openid', { client_id: 'nobody' }).url)).body).toMatchObject({ error_code: 'oauth_client_not_found' });
    expect(visitor.problems).toEqual([]);
    await visitor.close();
  });
});
