import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { call, until, type Answer } from '../support/http';
import { Instance, type Addresses } from '../support/instance';
import { enroll, quizOf, sampleCourse, type SampleCourse } from '../support/learner';
import { createCourses, Ledger, newAccount, openPaper, Writers } from '../support/ledger';
import { killPostgres, startPostgres } from '../support/postgres';
import { Server } from '../support/server';

const portBase = Number(process.env.TT_TEST_PORT_BASE ?? 18_100) + 50;
const rounds = 4;

describe('kill -9 of PostgreSQL under load', () => {
  const instance = new Instance({ name: 'fault-postgres', portBase, postgres: 'durable', withoutServer: true });
  const server = new Server(instance);
  const ledger = new Ledger();
  let at: Addresses;
  let course: SampleCourse;

  beforeAll(async () => {
    at = await instance.start();
    await server.start();
    course = await sampleCourse(at);
  });
  afterAll(async () => {
    await server.kill();
    await instance.stop();
  });

  it('says 503 and when to come back within 2 s, recovers by itself, and loses nothing', async () => {
    const courses = await createCourses(at, 3000);
    const [answering, watching, ...enrolling] = (await Promise.all(Array.from({ length: 6 }, () => newAccount(at)))) as [any, any, ...any[]];
    for (const account of [answering, watching]) ledger.noteEnrollment(await enroll(account.token, course.id, at));
    const paper = await openPaper(answering, (await quizOf(course.lessons.at(-1)!.id, answering.token, at)).id, at);
    const writers = new Writers(at, ledger);
    const positions = { answers: { seq: 0 }, events: { ms: 0 }, enrollments: enrolling.map(() => ({ next: 0 })) };

    for (let round = 0; round < rounds; ++round) {
      const before = ledger.size;
      writers.start([
        writers.answers(answering, paper, positions.answers),
        writers.events(watching, course, positions.events),
        ...enrolling.map((account, index) => writers.enrolls(account, courses, positions.enrollments[index]!)),
      ]);
      await new Promise((resolve) => setTimeout(resolve, 400 + round * 150));
      await until(async () => ledger.size > before); // a slow machine's rounds last longer
      await killPostgres(at);
      await expectOutage(watching.token, courses[2999]!);
      await startPostgres(instance);
      await until(() => server.isReady(), 15_000);
      const back = await until(async () => {
        const answer = await enroll(watching.token, course.id, at);
        return answer.status === 200 && answer;
      }, 10_000);
      ledger.noteEnrollment(back);
      await new Promise((resolve) => setTimeout(resolve, 300)); // the same clients go on
      await writers.stop();
      expect(ledger.size).toBeGreaterThan(before);
    }
    console.info(`${rounds} crashes of PostgreSQL, ${ledger.size} acknowledged writes`);
    await ledger.check(at);
  }, 180_000);

  /** Each family of routes refuses in its own shape, soon, and with Retry-After; while the process itself lives. */
  async function expectOutage(token: string, courseId: string): Promise<void> {
    const requests: Record<string, () => Promise<Answer>> = {
      'enroll function': () => call('POST', `${at.ACADEMY_URL}/functions/v1/enroll`, { token, body: { courseId } }),
      enrollments: () => enroll(token, courseId, at),
      'my courses': () => call('GET', `${at.ACADEMY_URL}/api/v1/me/enrollments`, { token }),
      'data API': () => call('GET', `${at.ACADEMY_URL}/rest/v1/enrollments`, { token }),
      'data API of the site': () => call('GET', `${at.SITE_URL}/rest/v1/blog_posts?select=slug&limit=3`),
      user: () => call('GET', `${at.SITE_URL}/auth/v1/user`, { token }),
      profile: () => call('GET', `${at.SITE_URL}/api/v1/profile`, { token }),
    };
    for (let turn = 0; turn < 2; ++turn) {
      await Promise.all(
        Object.entries(requests).map(async ([name, ask]) => {
          const started = Date.now();
          const answer = await ask();
          const took = Date.now() - started;
          expect(answer.status, `${name}: ${answer.text}`).toBe(503);
          expect(Number(answer.headers.get('retry-after')), name).toBeGreaterThan(0);
          expect(took, name).toBeLessThan(2000);
        }),
      );
    }
    expect(await server.isReady()).toBe(false);
    expect((await fetch(at.METRICS_URL.replace('/metrics', '/livez'))).status).toBe(200);
  }
});
