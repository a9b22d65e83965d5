import { beforeAll, describe, expect, it } from 'vitest';

import { addresses, call, signUp, type Answer, type Person } from '../support/http';
import { inSite } from '../support/database';
import { atOnce, codeOf, scenarios, tally } from '../support/scenario';

const post = (path: string, body?: unknown, token?: string): Promise<Answer> =>
  call('POST', `${addresses().SITE_URL}/auth/v1${path}`, { body, token });
const refresh = (token: string) => post('/token?grant_type=refresh_token', { refresh_token: token });
const signIn = (email: string, password: string) => post('/token?grant_type=password', { email, password });
const user = (token?: string, backend: 'SITE_URL' | 'ACADEMY_URL' = 'SITE_URL') =>
  call('GET', `${addresses()[backend]}/auth/v1/user`, { token });
const password = 'a long enough passphrase';
let next = 0;
const email = () => `auth-${Date.now()}-${next++}@example.com`;

describe('sign-up', () => {
  scenarios([
    ['an account', () => post('/signup', { email: email(), password, data: { display_name: 'Zoë 東' } }), 200],
    ['no body: a guest', () => post('/signup'), 200],
    ['not JSON', () => post('/signup', '{"email":'), 400, 'bad_json'],
    ['an array', () => post('/signup', '[]'), 400, 'bad_json'],
    ['no e-mail: a guest', () => post('/signup', { data: { cart: 1 } }), 200],
    ['no password', () => post('/signup', { email: email() }), 400, 'validation_failed'],
    ['a phone', () => post('/signup', { phone: '+15550001', password }), 400, 'phone_provider_disabled'],
    ['both', () => post('/signup', { email: email(), phone: '+15550001', password }), 400, 'validation_failed'],
    ['half of PKCE', () => post('/signup', { email: email(), password, code_challenge: 'x' }), 400, 'validation_failed'],
    ['a short password', () => post('/signup', { email: email(), password: 'short' }), 422, 'weak_password'],
    ['e-mail as a number', () => post('/signup', { email: 7, password }), 400],
    ...['no-at', 'a@b@c', 'a b@example.com', 'x@example.com\r\nBcc: y@example.com', '@example.com', 'a@', `${'x'.repeat(250)}@example.com`].map(
      (address): [string, () => Promise<Answer>, number, string] => [
        `the address ${JSON.stringify(address.slice(0, 40))}`,
        () => post('/signup', { email: address, password }),
        400,
        'validation_failed',
      ],
    ),
  ]);

  it('refuses an address that is taken, also in other letters', async () => {
    const address = email();
    expect((await post('/signup', { email: address, password })).status).toBe(200);
    const again = await post('/signup', { email: address.toUpperCase(), password: 'another passphrase' });
    expect(again.status).toBe(422);
    expect(codeOf(again)).toBe('user_already_exists');
  });

  it('makes one account of sixteen sign-ups at once', async () => {
    const address = email();
    const answers = await atOnce(16, () => post('/signup', { email: address, password }));
    const counts = tally(answers);
    // Passwords are hashed on few threads; on a busy machine some of a crowd are told to come again.
    expect([counts[200], (counts[422] ?? 0) + (counts[503] ?? 0)]).toEqual([1, 15]);
    expect((await inSite('SELECT 1 FROM auth.users WHERE email = $1', [address])).length).toBe(1);
    expect((await signIn(address, password)).status).toBe(200);
  });

  it('cannot make itself an administrator', async () => {
    const answer = await post('/signup', { email: email(), password, data: { roles: ['admin'] }, app_metadata: { roles: ['admin'] } });
    if (answer.status !== 200) return;
    expect(answer.body.user.app_metadata.roles ?? []).toEqual([]);
    const imports = await call('GET', `${addresses().ACADEMY_URL}/api/v1/admin/imports`, { token: answer.body.access_token });
    expect(imports.status).toBe(403);
  });
});

describe('sign-in', () => {
  let person: Person;
  beforeAll(async () => {
    person = await signUp();
  });

  scenarios([
    ['the right password', () => signIn(person.email, person.password), 200],
    ['other letters of the address', () => signIn(person.email.toUpperCase(), person.password), 200],
    ['a wrong password', () => signIn(person.email, 'not the passphrase'), 400, 'invalid_credentials'],
    ['an unknown address', () => signIn('nobody@example.com', person.password), 400, 'invalid_credentials'],
    ['an empty password', () => signIn(person.email, ''), 400, 'invalid_credentials'],
    ['an endless password', () => signIn(person.email, 'x'.repeat(100_000)), 400, 'invalid_credentials'],
    ['no address', () => post('/token?grant_type=password', { password }), 400, 'validation_failed'],
    ['credentials in the query', () => post('/token?grant_type=password&password=x', {}), 400, 'validation_failed'],
    ['an unknown grant', () => post('/token?grant_type=magic', {}), 400, 'invalid_credentials'],
    ['malformed', () => post('/token?grant_type=password', '{'), 400, 'bad_json'],
  ]);

  it('takes a password however the keyboard spells its letters', async () => {
    const address = email();
    expect((await post('/signup', { email: address, password: 'cafe\u0301 au lait' })).status).toBe(200);
    expect((await signIn(address, 'caf\u00e9 au lait')).status).toBe(200);
    expect(codeOf(await signIn(address, 'cafe au lait'))).toBe('invalid_credentials');
  });

  it('tells nobody whether an address is known', async () => {
    const known = await signIn(person.email, 'not the passphrase');
    const unknown = await signIn('nobody@example.com', 'not the passphrase');
    expect(known.text).toBe(unknown.text);
  });
});

describe('refresh', () => {
  it('rotates: each token gives the next', async () => {
    const person = await signUp();
    const second = await refresh(person.refreshToken);
    expect(second.status).toBe(200);
    expect(second.body.refresh_token).not.toBe(person.refreshToken);
    expect((await user(second.body.access_token)).body.id).toBe(person.id);
    expect((await refresh(second.body.refresh_token)).status).toBe(200);
  });

  it('survives ten tabs that refresh at once', async () => {
    const person = await signUp();
    const answers = await atOnce(10, () => refresh(person.refreshToken));
    expect(tally(answers)).toEqual({ 200: 10 });
    // One chain, not ten: all tabs hold the same next token, and it works.
    expect(new Set(answers.map((answer) => answer.body.refresh_token)).size).toBe(1);
    expect((await refresh(answers[9]!.body.refresh_token)).status).toBe(200);
  });

  it('ends the session when a token from long ago comes back', async () => {
    const person = await signUp();
    let token = person.refreshToken;
    for (let i = 0; i < 3; ++i) token = (await refresh(token)).body.refresh_token;
    // As if a minute had passed since: within the reuse interval a retry is forgiven.
    await inSite(`UPDATE auth.sessions SET refreshed_at = refreshed_at - interval '1 minute' WHERE user_id = $1`, [person.id]);
    const stolen = await refresh(person.refreshToken);
    expect(stolen.status).toBe(400);
    expect(codeOf(stolen)).toBe('refresh_token_already_used');
    expect((await refresh(token)).status).toBe(400);
  });

  scenarios([
    ['garbage', () => refresh('garbage'), 400, 'validation_failed'],
    ['empty', () => refresh(''), 400],
    ['missing', () => post('/token?grant_type=refresh_token', {}), 400],
    ['a number', () => post('/token?grant_type=refresh_token', { refresh_token: 1 }), 400],
  ]);
});

describe('user and logout', () => {
  let person: Person;
  beforeAll(async () => {
    person = await signUp('Mary Jackson');
  });

  scenarios([
    ['no token', () => user(), 401, 'no_authorization'],
    ['garbage', () => user('garbage'), 403, 'bad_jwt'],
    ['a token whose signature is changed', () => user(`${person.token.slice(0, -6)}AAAAAA`), 403, 'bad_jwt'],
    ['a token without a signature', () => user(unsigned(person.token)), 403, 'bad_jwt'],
    ['its own app_metadata', () => call('PUT', `${addresses().SITE_URL}/auth/v1/user`, { token: person.token, body: { app_metadata: { roles: ['admin'] } } }), 403, 'not_admin'],
    ['an unknown logout scope', () => post('/logout?scope=galaxy', undefined, person.token), 400, 'validation_failed'],
    ['logout without a token', () => post('/logout'), 401, 'no_authorization'],
  ]);

  it('shows the same person on both backends', async () => {
    const [site, academy] = await Promise.all([user(person.token), user(person.token, 'ACADEMY_URL')]);
    expect(site.status).toBe(200);
    expect(site.body.user_metadata.display_name).toBe('Mary Jackson');
    expect(academy.body).toEqual(site.body);
    expect(site.text).not.toMatch(/password_hash|argon2|refresh_key/);
  });

  it('signs out everywhere by default', async () => {
    const one = await signUp();
    const other = await signIn(one.email, one.password);
    expect((await post('/logout', undefined, one.token)).status).toBe(204);
    expect(codeOf(await user(other.body.access_token))).toBe('session_not_found');
    expect((await refresh(one.refreshToken)).status).toBe(400);
    expect((await refresh(other.body.refresh_token)).status).toBe(400);
  });

  it('signs out only here, or only elsewhere', async () => {
    const one = await signUp();
    const other = (await signIn(one.email, one.password)).body;
    expect((await post('/logout?scope=others', undefined, one.token)).status).toBe(204);
    expect((await user(one.token)).status).toBe(200);
    expect((await user(other.access_token)).status).toBe(403);
    expect((await post('/logout?scope=local', undefined, one.token)).status).toBe(204);
    expect((await user(one.token)).status).toBe(403);
  });

  it('publishes its keys, and only the public half', async () => {
    const jwks = await call('GET', `${addresses().SITE_URL}/auth/v1/.well-known/jwks.json`);
    expect(jwks.status).toBe(200);
    expect(jwks.body.keys.length).toBeGreaterThanOrEqual(1);
    for (const key of jwks.body.keys) {
      expect(key).toMatchObject({ kty: 'EC', crv: 'P-256', alg: 'ES256' });
      expect(key).not.toHaveProperty('d');
    }
    expect((await call('GET', `${addresses().SITE_URL}/auth/v1/settings`)).body).toMatchObject({ disable_signup: false, mailer_autoconfirm: true });
    expect((await call('GET', `${addresses().SITE_URL}/auth/v1/health`)).status).toBe(200);
  });
});

describe('the way to the other site', () => {
  const exchange = (code: string) => call('POST', `${addresses().ACADEMY_URL}/api/v1/session-handoff/exchange`, { body: { code } });

  it('carries a sign-in over by a code that works once', async () => {
    const person = await signUp();
    const handoff = await call('POST', `${addresses().SITE_URL}/api/v1/session-handoff`, { token: person.token });
    expect(handoff.status).toBe(201);
    expect(handoff.body.expires_in).toBe(60);
    const answers = await atOnce(16, () => exchange(handoff.body.code));
    expect(tally(answers)).toEqual({ 200: 1, 400: 15 });
    const session = answers.find((answer) => answer.status === 200)!.body;
    expect(session.user.id).toBe(person.id);
    expect(session.refresh_token).not.toBe(person.refreshToken);
  });

  scenarios([
    ['an unknown code', () => exchange('nothing'), 400, 'handoff_invalid'],
    ['no code', () => call('POST', `${addresses().ACADEMY_URL}/api/v1/session-handoff/exchange`, { body: {} }), 400, 'validation_failed'],
    ['not signed in', () => call('POST', `${addresses().SITE_URL}/api/v1/session-handoff`), 401, 'unauthenticated'],
  ]);
});

/** The same claims under "alg": "none". */
function unsigned(token: string): string {
  const header = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
  return `${header}.${token.split('.')[1]}.`;
}
