import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { SupabaseClient } from '@supabase/supabase-js';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openBrowser, visit, type Visitor } from '../support/browser';
import { ForeignApp } from '../support/foreign-app';
import { addresses, call } from '../support/http';
import { freshStep, totp } from '../support/totp';
import { mailedCode, mailedLink } from './account-kit';
import { newAddress, PASSPHRASE } from './people';

/** The files that browsers load from a CDN, unmodified: the last one for Node 20, which the other tests use, and the current one. */
const packages = ['@supabase/supabase-js', 'supabase-js-current'];
const cases = packages.flatMap((name) => (['SITE_URL', 'ACADEMY_URL'] as const).map((site) => ({ name, site })));
const umd = (name: string) => readFileSync(createRequire(import.meta.url).resolve(`${name}/dist/umd/supabase.js`), 'utf8');

type Auth = SupabaseClient['auth'];

declare global {
  // In the page: the library, and the client that the steps share.
  var supabase: { createClient: (url: string, key: string, options: object) => SupabaseClient };
  var auth: Auth;
  var heard: string[];
}

describe.each(cases)('$name in a browser against $site', ({ name, site }) => {
  let browser: Browser;
  let visitor: Visitor;
  let page: Page;
  let secret = '';
  let factorId = '';
  let recoveryEmail = '';
  const email = newAddress('supabase');
  const moved = newAddress('supabase-pkce');

  const start = async (path = '/sign-in') => {
    await page.goto(addresses()[site] + path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.evaluate((key) => {
      globalThis.heard = [];
      const made = globalThis.supabase.createClient(location.origin, key, { auth: { flowType: 'pkce' } });
      globalThis.auth = made.auth;
      made.auth.onAuthStateChange((event) => { globalThis.heard.push(event); });
    }, addresses().ANON_KEY);
  };

  beforeAll(async () => {
    browser = await openBrowser();
    visitor = await visit(browser, { viewport: 'desktop' });
    page = visitor.page;
    await page.addInitScript({ content: `${umd(name)}\nglobalThis.supabase = supabase;` });
    await start();
  });
  afterAll(() => browser.close());

  it('signs up, reads the user and the claims, and changes its data', async () => {
    const seen = await page.evaluate(
      async ({ email, password }) => {
        const made = await auth.signUp({ email, password, options: { data: { display_name: 'Ada' } } });
        const user = await auth.getUser();
        const claims = await auth.getClaims();
        const updated = await auth.updateUser({ data: { city: 'London' } });
        return {
          failures: [made.error, user.error, claims.error, updated.error],
          email: user.data.user?.email,
          role: claims.data?.claims.role,
          data: updated.data.user?.user_metadata,
          heard,
        };
      },
      { email, password: PASSPHRASE },
    );
    expect(seen).toMatchObject({ failures: [null, null, null, null], email, role: 'authenticated', data: { display_name: 'Ada', city: 'London' } });
    expect(seen.heard).toEqual(expect.arrayContaining(['SIGNED_IN', 'USER_UPDATED']));
  });

  it('keeps the session over a reload and refreshes it', async () => {
    await start();
    const seen = await page.evaluate(async () => {
      const before = (await auth.getSession()).data.session;
      const { data, error } = await auth.refreshSession();
      return { had: before !== null, error, isNew: data.session?.refresh_token !== before?.refresh_token };
    });
    expect(seen).toEqual({ had: true, error: null, isNew: true });
  });

  it('enrols an authenticator app and reaches the second level', async () => {
    const enrolled = await page.evaluate(async () => auth.mfa.enroll({ factorType: 'totp', friendlyName: 'browser' }));
    expect(enrolled.error).toBeNull();
    const { id, totp: shown } = enrolled.data as { id: string; totp: { secret: string; qr_code: string } };
    [factorId, secret] = [id, shown.secret];
    expect(shown.qr_code).toMatch(/^data:image\/svg\+xml/);
    await freshStep();
    const seen = await page.evaluate(
      async ({ factorId, code }) => {
        const proved = await auth.mfa.challengeAndVerify({ factorId, code });
        const level = await auth.mfa.getAuthenticatorAssuranceLevel();
        const factors = await auth.mfa.listFactors();
        return { error: proved.error, level: level.data?.currentLevel, totp: factors.data?.totp.length };
      },
      { factorId, code: totp(secret, -1) }, // the current one is for the next sign-in: each works once
    );
    expect(seen).toEqual({ error: null, level: 'aal2', totp: 1 });
  });

  it('signs out, is refused with a wrong password, signs in, and is asked for the second step', async () => {
    const seen = await page.evaluate(
      async ({ email, password, factorId, code }) => {
        const out = await auth.signOut();
        const wrong = await auth.signInWithPassword({ email, password: 'not the passphrase' });
        const right = await auth.signInWithPassword({ email, password });
        const asked = await auth.mfa.getAuthenticatorAssuranceLevel();
        const proved = await auth.mfa.challengeAndVerify({ factorId, code });
        return { out: out.error, wrong: wrong.error?.code, right: right.error, asked: asked.data, proved: proved.error };
      },
      { email, password: PASSPHRASE, factorId, code: totp(secret) },
    );
    expect(seen).toMatchObject({ out: null, wrong: 'invalid_credentials', right: null, proved: null });
    expect(seen.asked).toMatchObject({ currentLevel: 'aal1', nextLevel: 'aal2' });
  });

  it('gives the factor up and ends every session', async () => {
    const seen = await page.evaluate(async (factorId) => {
      const gone = await auth.mfa.unenroll({ factorId });
      const token = (await auth.getSession()).data.session!.access_token;
      const out = await auth.signOut({ scope: 'global' });
      const after = await auth.getUser(token);
      return { gone: gone.error, out: out.error, after: after.error?.name };
    }, factorId);
    expect(seen.gone).toBeNull();
    expect(seen.out).toBeNull();
    expect(seen.after).toBe('AuthSessionMissingError');
  });

  it('signs in with a mailed code, which makes the account', async () => {
    const asked = await page.evaluate((email) => auth.signInWithOtp({ email }), moved);
    expect(asked.error).toBeNull();
    const token = await mailedCode(moved, /sign-in|confirm/i);
    const seen = await page.evaluate(async ({ email, token }) => auth.verifyOtp({ email, token, type: 'email' }), { email: moved, token });
    expect(seen.error).toBeNull();
    expect(seen.data.user?.email).toBe(moved);
  });

  it('follows the link of a recovery back with PKCE, and sets a new password', async () => {
    recoveryEmail = newAddress('supabase-recovery');
    const asked = await page.evaluate(
      async ({ email, password, back }) => {
        await auth.signUp({ email, password });
        await auth.signOut();
        return auth.resetPasswordForEmail(email, { redirectTo: location.origin + back });
      },
      { email: recoveryEmail, password: PASSPHRASE, back: '/sign-up' },
    );
    expect(asked.error).toBeNull();
    await page.goto(await mailedLink(recoveryEmail, /new password/i));
    await page.waitForURL(/\/sign-up\?code=/);
    const code = new URL(page.url()).searchParams.get('code');
    await start(`/sign-up?code=${String(code)}`);
    await expect.poll(() => page.evaluate(async () => (await auth.getSession()).data.session?.user.email)).toBe(recoveryEmail);
    const changed = await page.evaluate(() => auth.updateUser({ password: 'one more long passphrase' }));
    expect(changed.error).toBeNull();
  });

  it('answers another program for its person, lists it and takes that back', async () => {
    const app = new ForeignApp();
    await app.start();
    const idOf = async (url: string) => new URL((await call('GET', url)).headers.get('location')!).searchParams.get('authorization_id')!;
    const wish = app.wish('openid email');
    const seen = await page.evaluate(
      async ({ approved, denied, clientId }) => {
        const details = await auth.oauth.getAuthorizationDetails(approved);
        const approval = await auth.oauth.approveAuthorization(approved, { skipBrowserRedirect: true });
        const grants = await auth.oauth.listGrants();
        const revoked = await auth.oauth.revokeGrant({ clientId });
        await auth.oauth.getAuthorizationDetails(denied);
        const denial = await auth.oauth.denyAuthorization(denied, { skipBrowserRedirect: true });
        const after = await auth.oauth.listGrants();
        return {
          failures: [details.error, approval.error, grants.error, revoked.error, denial.error],
          details: details.data,
          address: approval.data?.redirect_url,
          scopes: grants.data?.map((grant) => grant.scopes),
          refusal: denial.data?.redirect_url,
          left: after.data?.length,
        };
      },
      { approved: await idOf(wish.url), denied: await idOf(app.wish().url), clientId: app.clientId },
    );
    expect(seen).toMatchObject({ failures: [null, null, null, null, null], scopes: [['openid', 'email']], left: 0 });
    expect(seen.details).toMatchObject({ client: { name: 'Weekly Reports' }, scope: 'openid email', user: { email: recoveryEmail } });
    expect(new URL(seen.refusal!).searchParams.get('error')).toBe('access_denied');
    // Taken back before the code was used: it is worth nothing.
    expect((await app.exchange(new URL(seen.address!).searchParams.get('code')!, wish.verifier)).body).toMatchObject({ error: 'invalid_grant' });
    await app.stop();
  });

  it('signs in as a guest, who becomes a person', async () => {
    const address = newAddress('supabase-guest');
    const seen = await page.evaluate(async (email) => {
      await auth.signOut();
      const guest = await auth.signInAnonymously();
      const person = await auth.updateUser({ email });
      return { guest: guest.data.user?.is_anonymous, errors: [guest.error, person.error], same: guest.data.user?.id === person.data.user?.id };
    }, address);
    expect(seen).toEqual({ guest: true, errors: [null, null], same: true });
  });

  it('without an error of a script', () => {
    expect(visitor.problems).toEqual([]);
  });
});
