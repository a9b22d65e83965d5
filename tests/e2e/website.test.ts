import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openBrowser, screenshot, visit } from '../support/browser';
import { addresses, call, until } from '../support/http';
import { newAddress, PASSPHRASE, signUpWithSession } from './people';

/** The first link to this path in the mails to somebody. */
const linkMailedTo = (email: string, path: string): Promise<string> =>
  until(async () => {
    const { body } = await call<{ items: object[] }>('GET', `${addresses().MAIL_URL}/api/v1/messages`);
    const mine = body.items.map((mail) => JSON.stringify(mail)).filter((mail) => mail.includes(email));
    return mine.map((mail) => new RegExp(`${addresses().SITE_URL}${path}[^\\s"<\\\\]+`).exec(mail)?.[0]).find(Boolean);
  });

describe('the website', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  it('subscribes to the newsletter by double opt-in and lets go with one button', async () => {
    const visitor = await visit(browser, { viewport: 'phone' });
    const { page } = visitor;
    const email = newAddress('reader');
    await page.goto(`${addresses().SITE_URL}/newsletter`);
    await page.getByRole('button', { name: 'Enter my address' }).click();
    await page.keyboard.type(email);
    await page.getByRole('button', { name: 'Subscribe' }).click();
    await page.getByText('Almost there: check your inbox').waitFor();

    await page.goto(await linkMailedTo(email, '/newsletter/confirm'));
    await page.getByRole('button', { name: 'Yes, subscribe me' }).click();
    await page.getByRole('heading', { name: 'You are in' }).waitFor();
    await screenshot(page, 'newsletter-confirmed');

    await page.goto(await linkMailedTo(email, '/u/'));
    await page.getByRole('button', { name: 'Unsubscribe' }).click();
    await page.getByRole('heading', { name: 'You are unsubscribed' }).waitFor();
    expect(visitor.problems).toEqual([]);
    await visitor.close();
  });

  it('tells that a profile was changed elsewhere, and loads that version', async () => {
    const { session } = await signUpWithSession('Grace Hopper');
    const visitor = await visit(browser, { viewport: 'desktop', session });
    const { page } = visitor;
    await page.goto(`${addresses().SITE_URL}/account`);
    const form = page.getByRole('form', { name: 'Profile' });
    await expect.poll(() => form.getByLabel('Name', { exact: true }).inputValue()).toBe('Grace Hopper');

    const elsewhere = { token: session.access_token, body: { headline: 'Changed on the phone' } };
    expect((await call('PATCH', `${addresses().SITE_URL}/api/v1/profile`, elsewhere)).status).toBe(200);
    await form.getByLabel('About you').fill('Compilers.');
    await form.getByRole('button', { name: 'Save changes' }).click();
    await form.getByText('Your profile was changed somewhere else').waitFor();
    await screenshot(page, 'profile-conflict');

    await form.getByRole('button', { name: 'Load the latest version' }).click();
    await expect.poll(() => form.getByLabel('Headline').inputValue()).toBe('Changed on the phone');
    await form.getByLabel('About you').fill('Compilers.');
    await form.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Your profile is saved.').waitFor();
    await visitor.close();
  });

  it('signs out by the menu, refuses a wrong password, and signs in again', async () => {
    const { email, session } = await signUpWithSession('Grace Hopper');
    const visitor = await visit(browser, { viewport: 'desktop', session });
    const { page } = visitor;
    await page.goto(`${addresses().SITE_URL}/about`);
    await page.getByRole('button', { name: 'Account: Grace Hopper' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByText('You are signed out.').waitFor();
    await page.getByRole('banner').getByRole('link', { name: 'Sign in' }).click();
    const form = page.getByRole('form', { name: 'Sign in' });
    await form.getByLabel('E-mail address').fill(email);
    await form.getByLabel('Password', { exact: true }).fill('not the passphrase');
    await form.getByRole('button', { name: 'Sign in' }).click();
    await form.getByText('That did not work').waitFor();
    await form.getByLabel('Password', { exact: true }).fill(PASSPHRASE);
    await form.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${addresses().SITE_URL}/about`);
    await page.getByRole('button', { name: 'Account: Grace Hopper' }).waitFor();
    await visitor.close();
  });

  it('stays whole while the academy does not answer', async () => {
    const visitor = await visit(browser, { viewport: 'phone' });
    const { page } = visitor;
    await page.route(`${addresses().ACADEMY_URL}/**`, (route) => route.abort('connectionrefused'));
    await page.goto(addresses().SITE_URL);
    await page.getByRole('heading', { name: 'The academy is not answering right now' }).waitFor();
    expect(await page.getByRole('heading', { name: 'Notes from the touchline' }).count()).toBe(1);
    await page.unroute(`${addresses().ACADEMY_URL}/**`);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('link', { name: 'All courses in the academy' }).waitFor();
    await visitor.close();
  });
});
