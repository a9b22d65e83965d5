import net from 'node:net';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { addresses, call, signUp, until } from '../support/http';
import { Instance, type Addresses } from '../support/instance';
import { atOnce, scenarios, tally } from '../support/scenario';

const get = (path: string, headers: Record<string, string> = {}) => call('GET', `${addresses().ACADEMY_URL}${path}`, { headers });
const ops = (path: string) => call('GET', addresses().METRICS_URL.replace('/metrics', path));

describe('health and metrics', () => {
  scenarios([
    ['/livez', () => ops('/livez'), 200],
    ['/readyz', () => ops('/readyz'), 200],
    ['/metrics', () => ops('/metrics'), 200],
    ['not on the public port', () => get('/metrics'), 404],
  ]);

  it('counts requests by route, never by address', async () => {
    await get('/api/v1/courses/some-course-of-nobody');
    const { text, headers } = await ops('/metrics');
    expect(headers.get('content-type')).toContain('text/plain');
    expect(text).toMatch(/http_server_request_duration_seconds_count\{edge="academy",method="GET",route="\/api\/v1\/courses\/\{slug\}",status="404"\} [1-9]/);
    expect(text).not.toContain('some-course-of-nobody');
    expect(text).toMatch(/^db_query_duration_seconds_count\{/m);
  });

  it('logs each request with its id and nothing personal', async () => {
    const person = await signUp('Log Reader');
    const answer = await call('GET', `${addresses().SITE_URL}/api/v1/profile`, { token: person.token });
    const id = answer.headers.get('x-request-id')!;
    const log = await until(async () => {
      const text = await readFile(path.join(inject('dataDir'), 'log/trendtactics.log'), 'utf8');
      return text.includes(id) && text;
    });
    const line = log.split('\n').find((entry) => entry.includes(id))!;
    expect(JSON.parse(line)).toMatchObject({ 'event.action': 'request_served', 'http.request.id': id, 'http.route': '/api/v1/profile', 'http.response.status_code': 200 });
    for (const secret of [person.email, person.token, person.refreshToken, person.password]) expect(log).not.toContain(secret);
  });
});

describe('request ids and errors', () => {
  it('gives each answer an id, and errors repeat it', async () => {
    const [one, other] = [await get('/api/v1/nope'), await get('/api/v1/nope')];
    expect(one.headers.get('x-request-id')).toMatch(/^[\w-]{8,}$/);
    expect(one.body.request_id).toBe(one.headers.get('x-request-id'));
    expect(other.body.request_id).not.toBe(one.body.request_id);
    const injected = await get('/api/v1/nope', { 'x-request-id': 'forged"}\\' });
    expect(injected.body.request_id).not.toContain('forged');
  });

  it.each([
    ['/api/v1/nope', 'application/problem+json', ['type', 'title', 'status', 'detail', 'code', 'request_id']],
    ['/auth/v1/nope', 'application/json', ['code', 'error_code', 'msg']],
    ['/rest/v1/nope', 'application/json', ['code', 'details', 'hint', 'message']],
    ['/functions/v1/nope', 'application/json', ['code', 'message', 'error', 'request_id']],
  ])('%s answers in the shape of its family', async (path, type, members) => {
    const answer = await get(path);
    expect([answer.status, Object.keys(answer.body)]).toEqual([404, members]);
    expect(answer.headers.get('content-type')).toContain(type);
  });

  it('speaks the newer wire of GoTrue to those who ask for it', async () => {
    const answer = await get('/auth/v1/user', { 'x-supabase-api-version': '2024-01-01' });
    expect(answer.body).toEqual({ code: 'no_authorization', message: expect.any(String) });
  });

  scenarios([
    ['a verb nobody serves', () => call('DELETE', `${addresses().ACADEMY_URL}/api/v1/courses`), 405, 'method_not_allowed'],
    ['a body that is no JSON type', () => call('POST', `${addresses().ACADEMY_URL}/api/v1/enrollments`, { body: 'x=1', headers: { 'content-type': 'text/plain' } }), 415],
    ['nested too deep', () => call('POST', `${addresses().ACADEMY_URL}/functions/v1/enroll`, { body: '['.repeat(100) + ']'.repeat(100) }), 400],
    ['a path that climbs', () => get('/media/..%2f..%2fetc/passwd'), 400, 'malformed_path'],
  ]);

  it('names the verbs a path has', async () => {
    const answer = await call('DELETE', `${addresses().ACADEMY_URL}/api/v1/courses`);
    expect(answer.headers.get('allow')).toMatch(/GET/);
  });

  it('answers preflights and lets other origins read', async () => {
    const headers = { origin: 'https://app.example', 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization,apikey,content-type' };
    for (const path of ['/functions/v1/enroll', '/rest/v1/courses', '/auth/v1/token', '/api/v1/progress']) {
      const preflight = await call('OPTIONS', `${addresses().ACADEMY_URL}${path}`, { headers });
      expect(preflight.status).toBe(204);
      expect(preflight.headers.get('access-control-allow-headers')).toContain('apikey');
      expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    }
  });

  it('sends the headers that keep browsers safe', async () => {
    const api = await get('/api/v1/courses');
    expect(api.headers.get('x-content-type-options')).toBe('nosniff');
    expect(api.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(api.headers.get('server')).toBeNull();
  });

  it('serves its documentation', async () => {
    const document = await get('/api/openapi.json');
    expect(document.body.openapi).toMatch(/^3\.1/);
    expect(Object.keys(document.body.paths)).toContain('/api/v1/courses/{slug}');
    expect((await get('/api/docs')).status).toBe(200);
  });
});

/** What a server answers to bytes that are no proper request. Empty: it closed the connection. */
function raw(bytes: string, url = addresses().ACADEMY_URL): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = net.connect(Number(port), hostname, () => socket.write(bytes, 'latin1'));
    let text = '';
    socket.setTimeout(3000, () => socket.destroy());
    socket.on('data', (data) => (text += data.toString('latin1')));
    socket.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ECONNRESET' ? resolve(text) : reject(error)));
    socket.on('close', () => resolve(text));
  });
}

describe('what the server refuses', () => {
  const host = () => new URL(addresses().ACADEMY_URL).host;
  const next = 'GET /livez-smuggled HTTP/1.1\r\nHost: x\r\n\r\n';
  const post = (headers: string, body: string) => `POST /functions/v1/enroll HTTP/1.1\r\nHost: ${host()}\r\n${headers}\r\n\r\n${body}`;

  it.each<[string, () => string]>([
    ['a bare line feed', () => `GET /api/v1/courses HTTP/1.1\nHost: ${host()}\n\n`],
    ['no Host', () => 'GET /api/v1/courses HTTP/1.1\r\n\r\n'],
    ['two Hosts', () => `GET /api/v1/courses HTTP/1.1\r\nHost: ${host()}\r\nHost: evil\r\n\r\n`],
    ['a Host with a path', () => 'GET /api/v1/courses HTTP/1.1\r\nHost: a/b\r\n\r\n'],
    ['a folded header', () => `GET /api/v1/courses HTTP/1.1\r\nHost: ${host()}\r\nX-A: 1\r\n folded\r\n\r\n`],
    ['a space before the colon', () => `GET /api/v1/courses HTTP/1.1\r\nHost: ${host()}\r\nX-A : 1\r\n\r\n`],
    ['a control byte', () => `GET /api/v1/courses HTTP/1.1\r\nHost: ${host()}\r\nX-A: a\x01b\r\n\r\n`],
    ['a zero byte in the path', () => `GET /api/\0v1 HTTP/1.1\r\nHost: ${host()}\r\n\r\n`],
    ['HTTP/3.0', () => `GET / HTTP/3.0\r\nHost: ${host()}\r\n\r\n`],
    ['a length and chunks', () => post('Content-Length: 3\r\nTransfer-Encoding: chunked', `0\r\n\r\n${next}`)],
    ['two lengths', () => post('Content-Length: 3\r\nContent-Length: 4', `abc${next}`)],
    ['a signed length', () => post('Content-Length: +3', `abc${next}`)],
    ['an encoding that only sounds chunked', () => post('Transfer-Encoding: xchunked', `0\r\n\r\n${next}`)],
    ['chunked twice', () => post('Transfer-Encoding: chunked, chunked', `0\r\n\r\n${next}`)],
    ['gzip, chunked', () => post('Transfer-Encoding: gzip, chunked', `0\r\n\r\n${next}`)],
    ['a chunk size that is none', () => post('Transfer-Encoding: chunked', `zz\r\nabc\r\n0\r\n\r\n${next}`)],
    ['a header of 17 KiB', () => `GET /api/v1/courses HTTP/1.1\r\nHost: ${host()}\r\nX-A: ${'x'.repeat(17 << 10)}\r\n\r\n`],
    ['101 headers', () => `GET /api/v1/courses HTTP/1.1\r\nHost: ${host()}\r\n${'X-A: 1\r\n'.repeat(101)}\r\n`],
  ])('%s', async (_name, bytes) => {
    const answer = await raw(bytes());
    expect(answer).toMatch(/^HTTP\/1\.1 (400|413|414|421|431|501|505) /);
    expect(answer.match(/^HTTP\/1\.1 /gm)).toHaveLength(1); // what follows is never taken for a second request
    expect(answer).toMatch(/connection: close/i);
  });

  it('a body beyond the limit, before it is sent', async () => {
    const answer = await raw(post(`Content-Type: application/json\r\nContent-Length: ${2 << 20}`, ''));
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain('"code":"body_too_large"');
  });

  it('a foreign Host', async () => {
    const answer = await raw('GET /api/v1/courses HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 (400|421) /);
  });

  it('and still serves the next caller', async () => {
    expect((await get('/api/v1/courses')).status).toBe(200);
  });
});

describe('rate limits', () => {
  let instance: Instance;
  let at: Addresses;

  beforeAll(async () => {
    const limits = { TT_LIMITS_API_PER_MINUTE: '10', TT_LIMITS_ANONYMOUS_PER_MINUTE: '40', TT_LIMITS_TELEMETRY_PER_MINUTE: '20', TT_LIMITS_SENSITIVE_PER_MINUTE: '6' };
    instance = new Instance({ name: 'api-limits', portBase: inject('portBase') + 30, asBuilt: true, env: limits });
    at = await instance.start();
  });
  afterAll(() => instance.stop());
  const account = async () =>
    (await call('POST', `${at.SITE_URL}/auth/v1/signup`, { body: { email: `limit-${Math.random()}@example.com`, password: 'a long enough passphrase' } })).body.access_token;

  it('answers 429 with when to come back, for each person alone, in the shape of the route', async () => {
    const [busy, calm] = [await account(), await account()];
    const mine = (token: string) => call('GET', `${at.ACADEMY_URL}/api/v1/me/enrollments`, { token });
    const answers = await atOnce(16, () => mine(busy));
    expect(tally(answers)).toEqual({ 200: 10, 429: 6 });
    const refused = await mine(busy);
    expect(refused.body).toMatchObject({ status: 429, code: 'rate_limit_exceeded' });
    const reset = Number(refused.headers.get('retry-after'));
    expect(reset).toBeGreaterThan(0);
    expect(reset).toBeLessThanOrEqual(66); // all ten in one window: it must end, and a tenth of the next pass
    expect(refused.headers.get('ratelimit-policy')).toBe('"minute";q=10;w=60');
    expect(refused.headers.get('ratelimit')).toBe(`"minute";r=0;t=${reset}`);
    expect(refused.headers.get('x-ratelimit-remaining')).toBe('0');
    expect((await mine(calm)).headers.get('x-ratelimit-remaining')).toBe('9');
    const rest = await call('GET', `${at.ACADEMY_URL}/rest/v1/courses`, { token: busy });
    expect([rest.status, Object.keys(rest.body)]).toEqual([429, ['code', 'details', 'hint', 'message']]);
    const telemetry = await call('POST', `${at.ACADEMY_URL}/api/v1/progress`, { token: busy, body: { events: [] } });
    expect(telemetry.status).not.toBe(429); // watching a film does not use up the quota of the rest
  });

  it('lets nobody try many passwords', async () => {
    const tries = await atOnce(16, () =>
      call('POST', `${at.SITE_URL}/auth/v1/token?grant_type=password`, { body: { email: 'a@example.com', password: 'guess' } }));
    const { 400: looked, 429: refused } = tally(tries); // of six a minute; the two sign-ups above count, too
    expect(looked! + refused!).toBe(16);
    expect(looked).toBeLessThanOrEqual(4);
    expect((await call('GET', `${at.SITE_URL}/api/v1/posts`)).status).toBe(200);
  });

  it('limits strangers together by where they come from, but not the server itself', async () => {
    const answers = await atOnce(60, () => call('GET', `${at.SITE_URL}/api/v1/posts`));
    expect(tally(answers)[429]).toBeGreaterThanOrEqual(20);
    const auth = await call('POST', `${at.SITE_URL}/auth/v1/token?grant_type=password`, { body: { email: 'a@example.com', password: 'x' } });
    expect([auth.status, auth.body.error_code]).toEqual([429, 'over_request_rate_limit']);
    const service = await atOnce(60, () => call('GET', `${at.SITE_URL}/rest/v1/blog_posts?limit=1`, { token: at.SERVICE_ROLE_KEY }));
    expect(tally(service)[429]).toBeUndefined();
    expect((await (await fetch(at.METRICS_URL)).text())).toMatch(/^gateway_ratelimit_refused_total\{policy="anonymous"\} [1-9]/m);
  });
});
