import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openBrowser, screenshot, visit, type Visitor } from '../support/browser';
import { addresses, call, until } from '../support/http';
import { makeAdministrator, section, toast } from './account-kit';
import { PASSPHRASE, signUpWithSession, type Session } from './people';

const at = (path: string) => addresses().SITE_URL + path;

describe('an administrator', () => {
  let browser: Browser;
  let visitor: Visitor;
  let person: { email: string; session: Session };

  beforeAll(async () => {
    browser = await openBrowser();
    person = await signUpWithSession('Katherine Johnson');
    const administrator = await signUpWithSession('Margaret Hamilton');
    await makeAdministrator(administrator.session.user.id);
    const { body: session } = await call<Session>('POST', at('/auth/v1/token?grant_type=password'), {
      body: { email: administrator.email, password: PASSPHRASE },
    });
    visitor = await visit(browser, { viewport: 'desktop', session });
  });
  afterAll(() => browser.close());

  const openPerson = async () => {
    const { page } = visitor;
    await page.goto(at('/admin/users'));
    await page.getByRole('searchbox').fill(person.email);
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByText('1 person').waitFor();
    await page.getByRole('link', { name: 'Katherine Johnson' }).click();
    await page.getByRole('heading', { level: 1, name: 'Katherine Johnson' }).waitFor();
    return page;
  };

  it('is told to set up a second step while there is time', async () => {
    await visitor.page.goto(at('/admin'));
    await visitor.page.getByText(/Your role needs a second step/).waitFor();
    await visitor.page.getByRole('heading', { level: 1, name: 'People' }).waitFor();
    await screenshot(visitor.page, 'admin-people');
  });

  it('finds somebody and gives them a role', async () => {
    const page = await openPerson();
    const roles = section(page, 'Roles');
    await roles.getByLabel('instructor').check();
    await roles.getByRole('button', { name: 'Save roles' }).click();
    await toast(page, 'The roles are saved.').waitFor();
    await screenshot(page, 'admin-person');
    const { body } = await call('POST', at('/auth/v1/token?grant_type=password'), { body: { email: person.email, password: PASSPHRASE } });
    expect(body.user.app_metadata.roles).toContain('instructor');
  });

  it('sees where they are signed in and signs them out everywhere', async () => {
    const { body: open } = await call('POST', at('/auth/v1/token?grant_type=password'), { body: { email: person.email, password: PASSPHRASE } });
    const page = await openPerson();
    const sessions = section(page, 'Signed in on');
    await sessions.getByRole('button', { name: /^End/ }).first().waitFor();
    await sessions.getByRole('button', { name: 'Sign out everywhere' }).click();
    await toast(page, 'Signed out everywhere.').waitFor();
    await sessions.getByText('Not signed in anywhere.').waitFor();
    expect((await call('GET', at('/auth/v1/user'), { token: open.access_token })).body.error_code).toBe('session_not_found');
  });

  it('suspends them, which ends what they have open, and lifts it', async () => {
    const { body: open } = await call('POST', at('/auth/v1/token?grant_type=password'), { body: { email: person.email, password: PASSPHRASE } });
    const page = await openPerson();
    const suspend = section(page, 'Suspend');
    await suspend.getByRole('button', { name: 'Suspend' }).click();
    await toast(page, 'The account is suspended.').waitFor();
    await until(async () => (await call('GET', at('/api/v1/profile'), { token: open.access_token })).status === 401);
    await suspend.getByRole('button', { name: 'Lift the suspension' }).click();
    await toast(page, 'The account is open again.').waitFor();
  });

  it('acts as them with a reason, sees the banner everywhere, and comes back', async () => {
    const page = await openPerson();
    await page.getByRole('button', { name: 'Act as this person…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Act as this person' });
    await dialog.getByRole('button', { name: 'Start' }).click();
    await dialog.getByText('Give a reason of at least 3 characters').first().waitFor();
    await dialog.getByLabel('Reason').fill('Ticket 4711');
    await dialog.getByRole('button', { name: 'Start' }).click();
    await page.getByText('You are looking at the platform as Katherine Johnson.', { exact: false }).waitFor();
    await screenshot(page, 'impersonation');
    await page.goto(at('/blog'));
    await page.getByText('You are looking at the platform as Katherine Johnson.', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Back to my account' }).click();
    await page.getByRole('heading', { level: 1, name: 'People' }).waitFor();
  });

  it('finds them by a new name, which they and everybody see at once', async () => {
    const { body: session } = await call('POST', at('/auth/v1/token?grant_type=password'), { body: { email: person.email, password: PASSPHRASE } });
    const other = await visit(browser, { viewport: 'desktop', session });
    await other.page.goto(at('/account'));
    await other.page.getByLabel('Name', { exact: true }).fill('Katherine Goble');
    await section(other.page, 'About you').getByRole('button', { name: 'Save changes' }).click();
    await toast(other.page, 'Your profile is saved.').waitFor();
    await other.page.getByRole('button', { name: 'Account: Katherine Goble' }).waitFor();
    await other.close();
    const { page } = visitor;
    await page.goto(at(`/admin/users?q=Goble`));
    await expect.poll(async () => {
      await page.reload();
      await page.getByText(/^\d+ (person|people)$/).waitFor();
      return page.getByRole('link', { name: 'Katherine Goble' }).count();
    }, { timeout: 10_000 }).toBeGreaterThan(0);
  });

  it('makes a role, changes it and deletes it', async () => {
    const { page } = visitor;
    await page.goto(at('/admin/roles'));
    const form = page.getByRole('form', { name: 'A new role' });
    const name = `auditor-${String(Date.now() % 100_000)}`;
    await form.getByLabel('Name', { exact: true }).fill(name);
    await form.getByLabel(/^Description/).fill('Reads the log');
    await form.getByRole('checkbox').first().check();
    await form.getByRole('button', { name: 'Create role' }).click();
    await toast(page, 'The role is there.').waitFor();
    await page.getByRole('button', { name: `Change ${name}` }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/^Description/).fill('Reads the log, and no more');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await toast(page, 'The role is changed.').waitFor();
    await page.getByText('Reads the log, and no more', { exact: false }).waitFor();
    await screenshot(page, 'admin-roles');
    await page.getByRole('button', { name: `Delete ${name}` }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await toast(page, 'The role is deleted.').waitFor();
  });

  it('searches the audit log, takes it along and proves it', async () => {
    const { page } = visitor;
    await page.goto(at('/admin/audit'));
    await page.getByLabel('Action').selectOption('impersonation_started');
    await page.getByRole('search', { name: 'Search' }).getByRole('button', { name: 'Search' }).click();
    await page.waitForURL(/action=impersonation_started/);
    const entries = page.getByRole('region', { name: 'Entries' });
    await entries.getByText('Impersonation started').first().waitFor();
    await entries.getByRole('link', { name: person.email }).first().waitFor();
    await screenshot(page, 'admin-audit');
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'As CSV' }).click();
    expect((await saved).suggestedFilename()).toBe('audit.csv');
    await page.getByRole('button', { name: 'Check the chain' }).click();
    await page.getByText(/^Intact:/).waitFor();
  });

  it('is the only one who sees these pages, and whom the server answers', async () => {
    const { body: session } = await call('POST', at('/auth/v1/token?grant_type=password'), { body: { email: person.email, password: PASSPHRASE } });
    const token = session.access_token;
    expect((await call('GET', at('/api/v1/profile'), { token })).status).toBe(200);
    for (const path of ['/auth/v1/admin/users', `/auth/v1/admin/users/${person.session.user.id}/sessions`, '/api/v1/audit', '/api/v1/roles']) {
      expect((await call('GET', at(path), { token })).status, path).toBe(403);
    }
    const other = await visit(browser, { viewport: 'phone', session });
    await other.page.goto(at('/admin/audit'));
    await other.page.getByRole('heading', { name: 'This page is for another role' }).waitFor();
    await other.close();
  });

  it('without an error of a script and without a request to anybody else', () => {
    expect(visitor.problems).toEqual([]);
  });
});
