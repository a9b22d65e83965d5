import { beforeAll, describe, expect, it } from 'vitest';

import { addresses, call, signUp, type Answer, type Person } from '../support/http';
import { inAcademy } from '../support/database';
import { enroll, quizOf, rightAnswers, sampleCourse, saveAnswer, startAttempt, submitAttempt, type SampleCourse } from '../support/learner';
import { atOnce, everythingIn, scenarios, tally } from '../support/scenario';

const academy = (method: string, path: string, token?: string, body?: unknown): Promise<Answer> =>
  call(method, `${addresses().ACADEMY_URL}${path}`, { token, body });

/** What may not be in an answer before review allows it, at any depth. */
const secrets = /\/(answer_key|key|is_correct|correct|points_awarded|feedback|feedback_html|explanation|explanation_html|score_points|score_percent)(\/|$)/;
const leaks = (answer: Answer) => everythingIn(answer.body).filter(({ path, value }) => secrets.test(path) && value !== null);

describe('quiz attempts', () => {
  let learner: Person;
  let stranger: Person;
  let course: SampleCourse;
  let quizId: string;

  beforeAll(async () => {
    [learner, stranger, course] = [await signUp(), await signUp(), await sampleCourse()];
    await enroll(learner.token, course.id);
    quizId = (await quizOf(course.lessons.find((lesson) => lesson.kind === 'quiz')!.id, learner.token)).id;
  });
  const newLearner = async () => {
    const person = await signUp();
    await enroll(person.token, course.id);
    return person;
  };
  const attemptOf = async (person: Person) => (await startAttempt(person.token, quizId)).body;
  const read = (id: string, token?: string) => academy('GET', `/api/v1/attempts/${id}`, token);
  const anOption = (attempt: any) => {
    const item = attempt.items.find((entry: any) => ['single_choice', 'true_false', 'dropdown'].includes(entry.type));
    return { slot: item.slot as number, response: { option: item.options[0].id }, other: { option: item.options[1].id } };
  };

  scenarios([
    ['start without a token', () => academy('POST', `/api/v1/quizzes/${quizId}/attempts`), 401, 'unauthenticated'],
    ['start without being enrolled', () => startAttempt(stranger.token, quizId), 403, 'not_enrolled'],
    ['list without being enrolled', () => academy('GET', `/api/v1/quizzes/${quizId}/attempts`, stranger.token), 403, 'not_enrolled'],
    ['start an unknown quiz', () => startAttempt(learner.token, crypto.randomUUID()), 404, 'quiz_not_found'],
    ['start no id', () => startAttempt(learner.token, 'nope'), 404, 'quiz_not_found'],
    ['an unknown attempt', () => read(crypto.randomUUID(), learner.token), 404, 'attempt_not_found'],
    ['an attempt without a token', () => read(crypto.randomUUID()), 401, 'unauthenticated'],
  ]);

  it('starts one of sixteen at once', async () => {
    const person = await newLearner();
    const answers = await atOnce(16, () => startAttempt(person.token, quizId));
    expect(tally(answers)).toEqual({ 200: 15, 201: 1 });
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    const paper = answers.map((answer) => JSON.stringify(answer.body.items));
    expect(new Set(paper).size).toBe(1);
    expect((await inAcademy('SELECT 1 FROM quiz_attempts WHERE user_id = $1', [person.id])).length).toBe(1);
  });

  it('keeps the answer with the highest number, whatever arrives when', async () => {
    const person = await newLearner();
    const attempt = await attemptOf(person);
    const { slot, response, other } = anOption(attempt);
    expect((await saveAnswer(person.token, attempt.id, slot, 5, response)).body).toMatchObject({ slot, client_seq: 5 });
    const stale = await saveAnswer(person.token, attempt.id, slot, 3, other);
    expect([stale.status, stale.body.client_seq]).toEqual([200, 5]);
    const again = await saveAnswer(person.token, attempt.id, slot, 5, response);
    expect([again.status, again.body.client_seq]).toEqual([200, 5]);
    const racing = await atOnce(16, (index) => saveAnswer(person.token, attempt.id, slot, 10 + index, index === 15 ? other : response));
    expect(tally(racing)).toEqual({ 200: 16 });
    const item = (await read(attempt.id, person.token)).body.items.find((entry: any) => entry.slot === slot);
    expect([item.response, item.response_seq]).toEqual([other, 25]);
    const taken = await saveAnswer(person.token, attempt.id, slot, 30, null);
    expect(taken.status).toBe(200);
    expect((await read(attempt.id, person.token)).body.items.find((entry: any) => entry.slot === slot).response).toBeNull();
  });

  describe('an answer', () => {
    let attempt: any;
    let slot: number;
    beforeAll(async () => {
      attempt = await attemptOf(learner);
      slot = anOption(attempt).slot;
    });
    const put = (response: unknown, at: number | string = slot, seq: unknown = 1, token = learner.token) =>
      academy('PUT', `/api/v1/attempts/${attempt.id}/answers/${at}`, token, { response, client_seq: seq });
    scenarios([
      ['an option that is none', () => put({ option: 'zzz' }), 422, 'invalid_response'],
      ['the shape of another type', () => put({ value: '3' }), 422, 'invalid_response'],
      ['an unknown member', () => put({ option: 'a', correct: true }), 422, 'invalid_response'],
      ['a text', () => put('a'), 422, 'invalid_response'],
      ['a slot that is none', () => put({ option: 'a' }, 99), 404, 'slot_not_found'],
      ['a slot in words', () => put({ option: 'a' }, 'first'), 404, 'slot_not_found'],
      ['number 0', () => put({ option: 'a' }, slot, 0), 400, 'validation_failed'],
      ['a number beyond 2^53', () => put({ option: 'a' }, slot, 2 ** 60), 400, 'validation_failed'],
      ['no number', () => put({ option: 'a' }, slot, null), 400, 'validation_failed'],
      ['not JSON', () => academy('PUT', `/api/v1/attempts/${attempt.id}/answers/${slot}`, learner.token, '{'), 400, 'malformed_json'],
      ['somebody else’s attempt: read', () => read(attempt.id, stranger.token), 404, 'attempt_not_found'],
      ['somebody else’s attempt: answer', () => put({ option: 'a' }, slot, 1, stranger.token), 404, 'attempt_not_found'],
      ['somebody else’s attempt: hand in', () => submitAttempt(stranger.token, attempt.id), 404, 'attempt_not_found'],
    ]);
  });

  it('says nothing of the key while it is open, nor before review allows it', async () => {
    const person = await newLearner();
    const start = await startAttempt(person.token, quizId);
    const right = await rightAnswers(start.body.id);
    let seq = 0;
    const open: Answer[] = [start];
    for (const [slot, response] of right) open.push(await saveAnswer(person.token, start.body.id, slot, ++seq, response));
    open.push(await read(start.body.id, person.token));
    open.push(await academy('GET', `/api/v1/quizzes/${quizId}/attempts`, person.token));
    for (const answer of open) expect(leaks(answer), answer.text).toEqual([]);
    const submitted = await submitAttempt(person.token, start.body.id);
    const rules = (await academy('GET', `/api/v1/quizzes/${quizId}/attempts`, person.token)).body.rules;
    const policy = (await inAcademy('SELECT review_policy FROM academy.quizzes WHERE id = $1', [quizId]))[0]!.review_policy;
    const isLast = rules.max_attempts > 0 && rules.attempts_used >= rules.max_attempts;
    const paths = leaks(submitted).map(({ path }) => path.split('/').at(-1));
    if (policy.key !== 'after_submit' && !isLast) expect(paths).not.toContain('correct');
    if (policy.explanation !== 'after_submit' && !isLast) expect(paths).not.toContain('explanation_html');
    expect(submitted.text).not.toContain('answer_key');
  });

  it('marks right and wrong answers, once', async () => {
    const [good, poor] = [await newLearner(), await newLearner()];
    const attempt = await attemptOf(good);
    let seq = 0;
    for (const [slot, response] of await rightAnswers(attempt.id)) await saveAnswer(good.token, attempt.id, slot, ++seq, response);
    const results = await atOnce(16, () => submitAttempt(good.token, attempt.id));
    expect(tally(results)).toEqual({ 200: 16 });
    const withoutClock = results.map(({ body: { server_time, ...rest } }) => JSON.stringify(rest));
    expect(new Set(withoutClock).size).toBe(1);
    expect(results[0]!.body).toMatchObject({ status: 'graded', passed: true, score_percent: 100, submit_reason: 'learner' });
    const late = await saveAnswer(good.token, attempt.id, 1, 1000, null);
    expect([late.status, late.body.code]).toEqual([409, 'attempt_closed']);

    const empty = await submitAttempt(poor.token, (await attemptOf(poor)).id);
    expect(empty.body).toMatchObject({ status: 'graded', passed: false, score_percent: 0, score_points: 0 });
  });

  it('hands a forgotten attempt in at its deadline', async () => {
    const person = await newLearner();
    const attempt = await attemptOf(person);
    await inAcademy(
      `UPDATE quiz_attempts SET deadline_at = now() - interval '1 minute', finalize_at = now() - interval '50 seconds' WHERE id = $1`,
      [attempt.id],
    );
    const { slot, response } = anOption(attempt);
    const late = await saveAnswer(person.token, attempt.id, slot, 1, response);
    expect([late.status, late.body.code]).toEqual([409, 'attempt_closed']);
    expect((await read(attempt.id, person.token)).body).toMatchObject({ status: 'graded', submit_reason: 'deadline' });
  });

  it('works as functions with supabase’s names', async () => {
    const person = await newLearner();
    const start = await academy('POST', '/functions/v1/quiz-start', person.token, { quizId });
    expect(start.status).toBe(201);
    const { slot, response } = anOption(start.body);
    const saved = await academy('POST', '/functions/v1/quiz-answer', person.token, { attemptId: start.body.id, slot, response, clientSeq: 1 });
    expect(saved.body).toMatchObject({ slot, client_seq: 1 });
    const done = await academy('POST', '/functions/v1/quiz-submit', person.token, { attemptId: start.body.id });
    expect([done.status, done.body.status]).toEqual([200, 'graded']);
  });

  it('gives no more attempts than the quiz allows', async () => {
    const { max_attempts: allowed } = (await inAcademy('SELECT max_attempts FROM academy.quizzes WHERE id = $1', [quizId]))[0]!;
    if (allowed === 0) return;
    const person = await newLearner();
    for (let i = 0; i < allowed; ++i) await submitAttempt(person.token, (await attemptOf(person)).id);
    const refused = await startAttempt(person.token, quizId);
    expect([refused.status, refused.body.code]).toEqual([409, 'attempts_exhausted']);
  });
});
