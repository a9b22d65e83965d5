import { expect } from 'vitest';

import { query } from './database';
import { call, createAccount, type Answer } from './http';
import type { Addresses } from './instance';
import {
  enroll, progressEvent, report, rightAnswers, sampleSlug, saveAnswer, startAttempt, submitAttempt, workThrough, type SampleCourse,
} from './learner';

interface Account {
  id: string;
  token: string;
}

/** What the server has acknowledged, as its clients remember it. An answer that never came is not in here. */
export class Ledger {
  readonly enrollments = new Map<string, { user: string; course: string; id: string }>();
  readonly answers = new Map<string, { attempt: string; slot: number; seq: number; response: unknown }>();
  readonly events = new Map<string, string>();
  readonly results = new Map<string, { attempt: string; score: number }>();
  readonly certificates = new Map<string, string>();
  private unanswered = 0;

  get size(): number {
    return this.enrollments.size + this.answers.size + this.events.size + this.results.size + this.certificates.size;
  }

  /** The answer, unless the connection broke: then nobody knows, and nothing is noted. */
  async attempt(ask: () => Promise<Answer>): Promise<Answer | undefined> {
    try {
      return await ask();
    } catch {
      this.unanswered += 1;
      return undefined;
    }
  }

  noteEnrollment({ status, body }: Answer): void {
    if (status !== 200 && status !== 201) return;
    const key = `${body.user_id} ${body.course_id}`;
    // Asking again after a kill must find the row that was acknowledged before.
    expect(this.enrollments.get(key)?.id ?? body.id).toBe(body.id);
    this.enrollments.set(key, { user: body.user_id, course: body.course_id, id: body.id });
  }

  /** Everything acknowledged is there, exactly once. */
  async check(at: Addresses): Promise<void> {
    const ids = (values: Iterable<string>) => [[...values]];
    const academy = (text: string, values: unknown[]) => query(at.ACADEMY_DATABASE_URL, text, values);

    const enrolled = await academy(
      'SELECT id, user_id, course_id FROM enrollments WHERE user_id = ANY($1)', ids([...this.enrollments.values()].map((e) => e.user)));
    const byPair = groupBy(enrolled, (row) => `${row.user_id} ${row.course_id}`);
    for (const [pair, { id }] of this.enrollments) expect(byPair.get(pair)?.map((row) => row.id)).toEqual([id]);

    const attempts = ids(new Set([...this.answers.values()].map((answer) => answer.attempt)));
    const saved = await academy('SELECT attempt_id, slot, client_seq, response FROM academy.quiz_responses WHERE attempt_id = ANY($1)', attempts);
    const bySeq = groupBy(saved, (row) => `${row.attempt_id} ${row.slot} ${row.client_seq}`);
    for (const [key, { response }] of this.answers) expect(bySeq.get(key)?.map((row) => row.response)).toEqual([response]);
    // The answer that counts is the newest one, at least as new as the newest acknowledged.
    const items = await academy('SELECT attempt_id, slot, response_seq, response FROM academy.quiz_attempt_items WHERE attempt_id = ANY($1)', attempts);
    for (const { attempt_id, slot, response_seq, response } of items) {
      const last = [...this.answers.values()].filter((a) => a.attempt === attempt_id && a.slot === slot).at(-1);
      if (!last) continue;
      expect(Number(response_seq)).toBeGreaterThanOrEqual(last.seq);
      if (Number(response_seq) === last.seq) expect(response).toEqual(last.response);
    }

    const events = await academy('SELECT event_id, user_id FROM academy.progress_events WHERE event_id = ANY($1)', ids(this.events.keys()));
    expect(events.length).toBe(this.events.size);

    const graded = await academy('SELECT id, score_points, status FROM quiz_attempts WHERE id = ANY($1)', ids([...this.results.values()].map((r) => r.attempt)));
    const byAttempt = groupBy(graded, (row) => row.id);
    for (const { attempt, score } of this.results.values()) {
      expect(byAttempt.get(attempt)?.map((row) => [row.status, Number(row.score_points)])).toEqual([['graded', score]]);
    }

    const issued = await academy('SELECT user_id, verification_code FROM certificates WHERE user_id = ANY($1)', ids(this.certificates.keys()));
    const byOwner = groupBy(issued, (row) => row.user_id);
    for (const [user, code] of this.certificates) expect(byOwner.get(user)?.map((row) => row.verification_code)).toEqual([code]);
  }
}

function groupBy(rows: Record<string, any>[], key: (row: Record<string, any>) => string): Map<string, Record<string, any>[]> {
  const groups = new Map<string, Record<string, any>[]>();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  return groups;
}

/** An account, signed in. */
export async function newAccount(at: Addresses): Promise<Account> {
  const body = { email: `fault-${crypto.randomUUID()}@example.com`, password: 'a long enough passphrase', data: { display_name: 'Fault' } };
  const answer = await createAccount(at.SITE_URL, body);
  return { id: answer.body.user.id, token: answer.body.access_token };
}

/** Courses to enroll in, more than a test can use up. */
export async function createCourses(at: Addresses, count: number): Promise<string[]> {
  const rows = await query<{ id: string }>(
    at.ACADEMY_DATABASE_URL,
    `INSERT INTO courses (slug, title, status) SELECT 'fault-' || n, 'Fault ' || n, 'published' FROM generate_series(1, $1) n RETURNING id`,
    [count],
  );
  return rows.map((row) => row.id);
}

/** Clients that write without a pause until told to stop; what was acknowledged goes into the ledger. */
export class Writers {
  private isStopped = false;
  private running: Promise<void>[] = [];

  constructor(
    private readonly at: Addresses,
    private readonly ledger: Ledger,
  ) {}

  start(loops: ((go: () => boolean) => Promise<void>)[]): void {
    this.isStopped = false;
    this.running = loops.map((loop) => loop(() => !this.isStopped));
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await Promise.all(this.running);
  }

  /** Enrolls the account in one course after the other. */
  enrolls(account: Account, courses: string[], position: { next: number }) {
    return async (go: () => boolean) => {
      while (go() && position.next < courses.length) {
        const answer = await this.ledger.attempt(() => enroll(account.token, courses[position.next]!, this.at));
        if (!answer) return;
        this.ledger.noteEnrollment(answer);
        if (answer.status < 300) position.next += 1;
        else await pause();
      }
    };
  }

  /** Saves answers to one attempt, each under the next number. */
  answers(account: Account, paper: { id: string; items: any[] }, position: { seq: number }) {
    const choices = paper.items.filter((item) => ['single_choice', 'true_false', 'dropdown'].includes(item.type));
    return async (go: () => boolean) => {
      while (go()) {
        const seq = ++position.seq;
        const item = choices[seq % choices.length];
        const response = { option: item.options[seq % item.options.length].id };
        const answer = await this.ledger.attempt(() => saveAnswer(account.token, paper.id, item.slot, seq, response, this.at));
        if (!answer) return;
        if (answer.status === 200) this.ledger.answers.set(`${paper.id} ${item.slot} ${seq}`, { attempt: paper.id, slot: item.slot, seq, response });
        else await pause();
      }
    };
  }

  /** Reports what was watched, each event once or, when nobody knows, again. */
  events(account: Account, course: SampleCourse, position: { ms: number }) {
    const film = course.lessons.find((lesson) => lesson.kind === 'video')!.id;
    return async (go: () => boolean) => {
      while (go()) {
        const data = { from_ms: position.ms % 50_000, to_ms: (position.ms % 50_000) + 10, duration_ms: 53_335 };
        const event = progressEvent('video.segment', course.id, film, { data });
        const answer = await this.ledger.attempt(() => report(account.token, [event], this.at));
        if (!answer) return;
        position.ms += 10;
        if (answer.status === 200) this.ledger.events.set(event.event_id, account.id);
        else await pause();
      }
    };
  }

  /**
   * Hands in and asks for the certificate, for a few graduates of the queue, beginning after a while. Who did not get
   * an answer comes again the next time.
   */
  graduates(queue: Graduate[], afterMs: number) {
    return async (go: () => boolean) => {
      await new Promise((resolve) => setTimeout(resolve, afterMs));
      for (let done = 0; done < 4 && go() && queue.length > 0; ++done) {
        if (!(await this.graduate(queue[0]!))) return;
        queue.shift();
      }
    };
  }

  private async graduate({ account, attempt }: Graduate): Promise<boolean> {
    const result = await this.ledger.attempt(() => submitAttempt(account.token, attempt, this.at));
    if (result?.status !== 200) return false;
    const score = Number(result.body.score_points);
    expect(this.ledger.results.get(account.id)?.score ?? score).toBe(score);
    this.ledger.results.set(account.id, { attempt, score });
    const url = `${this.at.ACADEMY_URL}/api/v1/courses/${sampleSlug}/certificate`;
    const certificate = await this.ledger.attempt(() => call('POST', url, { token: account.token }));
    if (certificate?.status !== 200 && certificate?.status !== 201) return false;
    const code = certificate.body.verification_code;
    expect(this.ledger.certificates.get(account.id) ?? code).toBe(code);
    this.ledger.certificates.set(account.id, code);
    return true;
  }
}

/** Somebody who only has to hand in the last quiz, all answers being right and saved. */
export interface Graduate {
  account: Account;
  attempt: string;
}

export async function newGraduate(course: SampleCourse, at: Addresses): Promise<Graduate> {
  const account = await newAccount(at);
  await enroll(account.token, course.id, at);
  const paper = await openPaper(account, await workThrough(account.token, course, at), at);
  let seq = 0;
  for (const [slot, response] of await rightAnswers(paper.id, at)) await saveAnswer(account.token, paper.id, slot, ++seq, response, at);
  return { account, attempt: paper.id };
}

export async function openPaper(account: Account, quizId: string, at: Addresses): Promise<{ id: string; items: any[] }> {
  return (await startAttempt(account.token, quizId, at)).body;
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 20));
