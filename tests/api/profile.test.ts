import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { addresses, call, signUp, until, type Call, type Person } from '../support/http';
import { inAcademy, query } from '../support/database';
import { Instance, type Addresses } from '../support/instance';
import { atOnce, scenarios, tally } from '../support/scenario';

const profile = (method: string, options: Call = {}, at: Addresses = addresses()) => call(method, `${at.SITE_URL}/api/v1/profile`, options);
const patch = (person: Person, body: unknown, version?: string) =>
  profile('PATCH', { token: person.token, body, ...(version ? { headers: { 'if-match': version } } : {}) });

describe('profile', () => {
  let person: Person;
  beforeAll(async () => {
    person = await signUp('Grace Hopper');
  });

  it('is there after sign-up and changes what is given', async () => {
    const before = await profile('GET', { token: person.token });
    expect(before.body).toMatchObject({ user_id: person.id, email: person.email, display_name: 'Grace Hopper', locale: 'en' });
    const changed = await patch(person, { headline: 'Rear admiral', locale: 'pt-BR' });
    expect(changed.body).toMatchObject({ headline: 'Rear admiral', locale: 'pt-BR', display_name: 'Grace Hopper', row_version: before.body.row_version + 1 });
    expect(changed.headers.get('etag')).toBe(`"${changed.body.row_version}"`);
  });

  it('refuses a lost update: one of sixteen wins', async () => {
    const version = (await profile('GET', { token: person.token })).headers.get('etag')!;
    const answers = await atOnce(16, (index) => patch(person, { bio: `version ${index}` }, version));
    expect(tally(answers)).toEqual({ 200: 1, 412: 15 });
    expect((await patch(person, { bio: 'late' }, version)).body.code).toBe('precondition_failed');
    const current = (await profile('GET', { token: person.token })).headers.get('etag')!;
    expect((await patch(person, { bio: 'fresh' }, current)).status).toBe(200);
  });

  scenarios([
    ['without a token', () => profile('GET'), 401, 'unauthenticated'],
    ['change without a token', () => profile('PATCH', { body: { bio: 'x' } }), 401, 'unauthenticated'],
    ['somebody else’s id', () => patch(person, { user_id: crypto.randomUUID() }), 400, 'validation_failed'],
    ['an e-mail address', () => patch(person, { email: 'other@example.com' }), 400, 'validation_failed'],
    ['an empty name', () => patch(person, { display_name: '' }), 400, 'validation_failed'],
    ['an endless name', () => patch(person, { display_name: 'x'.repeat(121) }), 400, 'validation_failed'],
    ['a language that is none', () => patch(person, { locale: '12345' }), 400, 'validation_failed'],
    ['a time zone that is none', () => patch(person, { timezone: 'Mars/Phobos' }), 422, 'unknown_time_zone'],
    ['consent in words', () => patch(person, { marketing_consent: 'yes' }), 400, 'validation_failed'],
    ['not JSON', () => patch(person, '{'), 400, 'malformed_json'],
  ]);

  it('reaches the academy by a signed webhook', async () => {
    const someone = await signUp('Before');
    await patch(someone, { display_name: 'After', locale: 'de' });
    await until(async () => {
      const rows = await inAcademy('SELECT display_name, locale FROM academy.learners WHERE user_id = $1', [someone.id]);
      return rows[0]?.display_name === 'After' && rows[0]?.locale === 'de';
    });
  });

  it('believes no webhook that is not signed', async () => {
    const body = { type: 'profile.updated', data: { user_id: person.id, display_name: 'Forged' } };
    const url = `${addresses().ACADEMY_URL}/internal/v1/events`;
    const stamp = String(Math.floor(Date.now() / 1000));
    const headers = { 'webhook-id': 'msg_1', 'webhook-timestamp': stamp, 'webhook-signature': 'v1,AAAA' };
    expect((await call('POST', url, { body })).status).toBeGreaterThanOrEqual(400);
    expect((await call('POST', url, { body, headers })).status).toBe(401);
    expect(await inAcademy(`SELECT 1 FROM academy.learners WHERE display_name = 'Forged'`)).toEqual([]);
  });
});

describe('a lost webhook', () => {
  let instance: Instance;
  let at: Addresses;

  beforeAll(async () => {
    const portBase = inject('portBase') + 20;
    instance = new Instance({ name: 'api-reconcile', portBase, asBuilt: true, env: { TT_INTEGRATION_RECONCILE_S: '2' } });
    at = await instance.start();
  });
  afterAll(() => instance.stop());

  it('is repaired by the comparison', async () => {
    const email = `lost-${Date.now()}@example.com`;
    const account = await call('POST', `${at.SITE_URL}/auth/v1/signup`, { body: { email, password: 'a long enough passphrase', data: { display_name: 'Found' } } });
    const token = account.body.access_token;
    const learner = async () =>
      (await query(at.ACADEMY_DATABASE_URL, 'SELECT display_name FROM academy.learners WHERE user_id = $1', [account.body.user.id]))[0]?.display_name;
    await until(async () => (await learner()) === 'Found');

    // Nobody is told any more: the endpoint is off, so no delivery is even written.
    await query(at.SITE_DATABASE_URL, `UPDATE integ.webhook_endpoints SET status = 'disabled' WHERE name = 'academy'`);
    await profile('PATCH', { token, body: { display_name: 'Changed unheard' } }, at);
    await until(async () => (await learner()) === 'Changed unheard', 15_000);
    const told = await query(
      at.SITE_DATABASE_URL,
      `SELECT 1 FROM integ.webhook_deliveries d JOIN integ.outbox o ON o.id = d.outbox_id
       WHERE o.topic = 'profile.updated' AND o.payload::text LIKE '%Changed unheard%' AND d.status = 'delivered'`,
    );
    expect(told).toEqual([]);
    const metrics = await (await fetch(at.METRICS_URL)).text();
    expect(metrics).toMatch(/^sync_learners_repaired_total [1-9]/m);
  });

  it('does not put an older state over a newer one', async () => {
    const { id } = (await query<{ id: string }>(at.SITE_DATABASE_URL, 'SELECT user_id AS id FROM profiles ORDER BY updated_at DESC LIMIT 1'))[0]!;
    await query(at.ACADEMY_DATABASE_URL, `UPDATE academy.learners SET display_name = 'Newer', version = version + 100 WHERE user_id = $1`, [id]);
    await new Promise((resolve) => setTimeout(resolve, 4500));
    const rows = await query(at.ACADEMY_DATABASE_URL, 'SELECT display_name FROM academy.learners WHERE user_id = $1', [id]);
    expect(rows).toEqual([{ display_name: 'Newer' }]);
  });
});
