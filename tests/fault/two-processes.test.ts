import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { call, until } from '../support/http';
import { query } from '../support/database';
import { Instance, type Addresses } from '../support/instance';
import { enroll, passQuiz, progressEvent, report, sampleCourse, sampleSlug, workThrough, type SampleCourse } from '../support/learner';
import { newAccount } from '../support/ledger';
import { openPage } from '../support/page';
import { Server } from '../support/server';

const portBase = Number(process.env.TT_TEST_PORT_BASE ?? 18_100) + 60;

// The two halves as two processes: either keeps serving while the other is down.
describe('site and academy as two processes', () => {
  const instance = new Instance({ name: 'fault-halves', portBase, postgres: 'volatile', withoutServer: true, env: { TT_INTEGRATION_RECONCILE_S: '2' } });
  const site = new Server(instance, 'site', portBase + 6);
  const academy = new Server(instance, 'academy', portBase + 7, ['--mail.inbox_port=0']);
  const password = 'a long enough passphrase';
  /** What the academy reads when it starts without the site. */
  const copyOfRevocations = path.join(instance.dataDir, 'revocations.academy.json');
  let at: Addresses;
  let course: SampleCourse;

  beforeAll(async () => {
    at = await instance.start();
    await site.start();
    await academy.start();
    course = await sampleCourse(at);
  });
  afterAll(async () => {
    await Promise.all([site.kill('SIGTERM'), academy.kill('SIGTERM')]);
    await instance.stop();
  });

  const ask = (half: 'SITE_URL' | 'ACADEMY_URL', method: string, path: string, token?: string, body?: unknown) => call(method, at[half] + path, { token, body });
  const learnerName = async (id: string) =>
    (await query(at.ACADEMY_DATABASE_URL, 'SELECT display_name FROM academy.learners WHERE user_id = $1', [id]))[0]?.display_name;

  const sessionOf = (token: string): string => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()).session_id;

  /** All that a signed-in learner does. */
  async function expectLearning(token: string): Promise<void> {
    expect((await ask('ACADEMY_URL', 'GET', '/api/v1/courses')).status).toBe(200);
    expect([200, 201]).toContain((await enroll(token, course.id, at)).status);
    expect((await ask('ACADEMY_URL', 'GET', `/api/v1/courses/${sampleSlug}/outline`, token)).status).toBe(200);
    expect((await ask('ACADEMY_URL', 'GET', `/api/v1/lessons/${course.lessons[1]!.id}`, token)).status).toBe(200);
    const reported = await report(token, [progressEvent('lesson.opened', course.id, course.lessons[1]!.id)], at);
    expect(reported.body.accepted).toHaveLength(1);
    expect((await ask('ACADEMY_URL', 'GET', '/rest/v1/enrollments', token)).body).toHaveLength(1);
    expect((await openPage(`${at.ACADEMY_URL}/`)).status).toBe(200);
  }

  it('work together', async () => {
    const account = await newAccount(at);
    await expectLearning(account.token);
    const user = await ask('ACADEMY_URL', 'GET', '/auth/v1/user', account.token); // forwarded to the site
    expect([user.status, user.body.id]).toEqual([200, account.id]);
    await until(async () => (await learnerName(account.id)) === 'Fault');
  });

  it('whoever signs out on the site is refused by the academy within five seconds', async () => {
    const account = await newAccount(at);
    await expectLearning(account.token);
    expect((await ask('SITE_URL', 'POST', '/auth/v1/logout', account.token)).status).toBe(204);
    const started = Date.now();
    await until(async () => (await ask('ACADEMY_URL', 'GET', '/api/v1/me/enrollments', account.token)).status === 401);
    expect(Date.now() - started).toBeLessThan(5000);
  });

  it('the academy keeps serving a signed-in learner while the site is gone', async () => {
    const [before, fresh] = [await newAccount(at), await newAccount(at)];
    await expectLearning(before.token);
    await site.kill();
    await expectLearning(before.token);
    await expectLearning(fresh.token); // a token the academy has not seen before
    const result = await passQuiz(before.token, await workThrough(before.token, course, at), at);
    expect(result.body.passed).toBe(true);
    const certificate = await ask('ACADEMY_URL', 'POST', `/api/v1/courses/${sampleSlug}/certificate`, before.token);
    expect([200, 201]).toContain(certificate.status);
    expect((await ask('ACADEMY_URL', 'GET', `/api/v1/certificates/${certificate.body.verification_code}`)).status).toBe(200);
    expect(await academy.isReady()).toBe(true);

    const started = Date.now();
    const signIn = await ask('ACADEMY_URL', 'POST', '/auth/v1/token?grant_type=password', undefined, { email: 'a@example.com', password });
    expect([502, 503, 504]).toContain(signIn.status);
    expect(signIn.headers.get('retry-after')).not.toBeNull();
    expect(Date.now() - started).toBeLessThan(5000);
  });

  it('also when the academy itself starts again without the site', async () => {
    const token = await signedInWhileBothRun();
    const ended = (await newAccount(at)).token;
    await ask('SITE_URL', 'POST', '/auth/v1/logout', ended);
    await until(async () => (await ask('ACADEMY_URL', 'GET', '/api/v1/me/enrollments', ended)).status === 401);
    await until(async () => existsSync(copyOfRevocations) && readFileSync(copyOfRevocations, 'utf8').includes(sessionOf(ended)));
    await site.kill();
    await academy.kill();
    await academy.start();
    await expectLearning(token);
    expect((await ask('ACADEMY_URL', 'GET', '/api/v1/me/enrollments', ended)).status).toBe(401);
    const forged = await ask('ACADEMY_URL', 'GET', '/api/v1/me/enrollments', `${token.slice(0, -6)}AAAAAA`);
    expect(forged.status).toBe(401);
  });

  async function signedInWhileBothRun(): Promise<string> {
    if (!(await site.isReady())) await site.start();
    return (await newAccount(at)).token;
  }

  it('the site comes back, and what was missed arrives', async () => {
    if (!(await site.isReady())) await site.start();
    const account = await newAccount(at);
    await academy.kill();

    // The site alone: reading, signing in, the quiz with its recommendation, the profile.
    expect((await ask('SITE_URL', 'GET', '/api/v1/posts')).body.items.length).toBeGreaterThanOrEqual(5);
    expect((await openPage(`${at.SITE_URL}/`)).status).toBe(200);
    expect((await ask('SITE_URL', 'GET', '/auth/v1/user', account.token)).status).toBe(200);
    expect(await site.isReady()).toBe(true);
    const changed = await ask('SITE_URL', 'PATCH', '/api/v1/profile', account.token, { display_name: 'While it was away' });
    expect(changed.status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 1500));

    await academy.start();
    await until(async () => (await learnerName(account.id)) === 'While it was away', 20_000);
    await expectLearning(account.token);
  });
});
