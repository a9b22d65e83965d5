import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { call, until } from '../support/http';
import { query } from '../support/database';
import { Instance, type Addresses } from '../support/instance';
import { enroll, quizOf, sampleCourse, type SampleCourse } from '../support/learner';
import { createCourses, Ledger, newAccount, newGraduate, openPaper, Writers, type Graduate } from '../support/ledger';
import { Server } from '../support/server';

const rounds = 50;
const portBase = Number(process.env.TT_TEST_PORT_BASE ?? 18_100) + 40;

// kill -9 in the middle of everything, fifty times: what was acknowledged is there, exactly once.
describe('kill -9 of the server', () => {
  const instance = new Instance({ name: 'fault-server', portBase, postgres: 'durable', withoutServer: true });
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

  it(`${rounds} rounds during enrollments, answers, progress and certificates`, async () => {
    const courses = await createCourses(at, 3000);
    const accounts = await Promise.all(Array.from({ length: 6 }, () => newAccount(at)));
    const [answering, watching, ...enrolling] = accounts as [any, any, ...any[]];
    for (const account of [answering, watching]) ledger.noteEnrollment(await enroll(account.token, course.id, at));
    const paper = await openPaper(answering, (await quizOf(course.lessons.find((lesson) => lesson.kind === 'quiz')!.id, answering.token, at)).id, at);
    const graduates = [await newGraduates(60), await newGraduates(60)];

    const writers = new Writers(at, ledger);
    const positions = { answers: { seq: 0 }, events: { ms: 0 }, enrollments: enrolling.map(() => ({ next: 0 })) };
    let startMs = 0;
    for (let round = 0; round < rounds; ++round) {
      // Different moments of the work. A fresh process draws its first certificate slowly (it loads fonts), so the
      // longer rounds see certificates acknowledged and the shorter ones die while they are being made.
      const killAfterMs = 150 + ((round * 397) % 1350);
      writers.start([
        writers.answers(answering, paper, positions.answers),
        writers.events(watching, course, positions.events),
        ...enrolling.map((account, index) => writers.enrolls(account, courses, positions.enrollments[index]!)),
        ...graduates.map((queue, index) => writers.graduates(queue, (round * 37 + index * 80) % 160)),
      ]);
      await new Promise((resolve) => setTimeout(resolve, killAfterMs));
      // A slow machine's rounds last longer.
      await until(async () => ledger.enrollments.size > round + 1 && ledger.answers.size > round + 1 && ledger.certificates.size > (round + 1) / 2);
      await server.kill();
      await writers.stop();
      const started = Date.now();
      await server.start();
      startMs += Date.now() - started;
    }
    console.info(
      `${rounds} kills, ${ledger.size} acknowledged writes (${ledger.enrollments.size} enrollments, ${ledger.answers.size} answers, ` +
        `${ledger.events.size} events, ${ledger.results.size} results, ${ledger.certificates.size} certificates), restart ${Math.round(startMs / rounds)} ms`,
    );
    expect(ledger.enrollments.size).toBeGreaterThan(rounds);
    expect(ledger.answers.size).toBeGreaterThan(rounds);
    expect(ledger.certificates.size).toBeGreaterThan(rounds / 2);
  }, 240_000);

  async function newGraduates(count: number): Promise<Graduate[]> {
    const made: Graduate[] = [];
    while (made.length < count) made.push(...(await Promise.all(Array.from({ length: 5 }, () => newGraduate(course, at)))));
    return made;
  }

  it('lost nothing and did nothing twice', () => ledger.check(at), 60_000);

  it('certifies everyone who finished, once, also those nobody was told about', async () => {
    const finished = 'FROM academy.course_progress p WHERE p.completed_at IS NOT NULL AND p.course_id = $1';
    // A job whose worker was killed is due again when its lease of a minute has run out.
    const missing = `SELECT 1 ${finished} AND NOT EXISTS (SELECT 1 FROM certificates c WHERE c.user_id = p.user_id AND c.course_id = p.course_id)`;
    await until(async () => (await query(at.ACADEMY_DATABASE_URL, missing, [course.id])).length === 0, 90_000);
    const twice = 'SELECT user_id FROM certificates GROUP BY user_id, course_id HAVING count(*) > 1';
    expect(await query(at.ACADEMY_DATABASE_URL, twice)).toEqual([]);
    for (const [user, code] of [...ledger.certificates].slice(0, 10)) {
      const shown = await call('GET', `${at.ACADEMY_URL}/api/v1/certificates/${code}`);
      expect(shown.body.verification_code, user).toBe(code);
      expect((await fetch(`${at.ACADEMY_URL}${shown.body.pdf_url}`)).status).toBe(200);
    }
  }, 120_000);

  it('left no half of anything: each certificate has its entries, each finished attempt its event', async () => {
    const orphans = `SELECT 1 FROM certificates c WHERE NOT EXISTS (SELECT 1 FROM academy.certificate_lookup l WHERE l.certificate_id = c.id)
                     OR NOT EXISTS (SELECT 1 FROM academy.certificate_no_lookup n WHERE n.certificate_no = c.certificate_no)`;
    expect(await query(at.ACADEMY_DATABASE_URL, orphans)).toEqual([]);
    const events = `SELECT count(*) FILTER (WHERE verb = 'quiz.graded') AS graded,
                           (SELECT count(*) FROM quiz_attempts WHERE status = 'graded') AS attempts FROM academy.progress_events`;
    const [row] = await query(at.ACADEMY_DATABASE_URL, events);
    expect(row!.graded).toBe(row!.attempts);
  });

  it('reproduces all progress from the log', async () => {
    const output = await instance.tt('rebuild-progress', '--all');
    const found = JSON.parse(output.split('\n').find((line) => line.startsWith('{"courses"'))!);
    expect(found.differences).toBe(0);
    expect(found.events).toBeGreaterThanOrEqual(ledger.events.size);
  }, 60_000);

  it('drains on SIGTERM: what is under way is answered', async () => {
    const account = await newAccount(at);
    const asked = Array.from({ length: 8 }, () => call('GET', `${at.ACADEMY_URL}/api/v1/me/enrollments`, { token: account.token }));
    const ended = new Promise((resolve) => setTimeout(resolve, 5)).then(() => server.kill('SIGTERM'));
    const answers = await Promise.allSettled(asked);
    await ended;
    for (const answer of answers) if (answer.status === 'fulfilled') expect([200, 503]).toContain(answer.value.status);
    await server.start();
  });
});
