import { beforeAll, describe, expect, it } from 'vitest';

import { addresses, call, signUp, type Person } from '../support/http';
import { inAcademy } from '../support/database';
import { enroll, eventId, progressEvent, report, sampleCourse, sampleSlug, type SampleCourse } from '../support/learner';
import { atOnce, scenarios, tally } from '../support/scenario';

describe('progress', () => {
  let learner: Person;
  let course: SampleCourse;
  let film: string;
  let article: string;

  beforeAll(async () => {
    course = await sampleCourse();
    film = course.lessons[0]!.id;
    article = course.lessons[1]!.id;
    learner = await signUp();
    await enroll(learner.token, course.id);
  });

  const opened = (lesson: string) => progressEvent('lesson.opened', course.id, lesson);
  const segment = (from_ms: number, to_ms: number, more = {}) =>
    progressEvent('video.segment', course.id, film, { data: { from_ms, to_ms, duration_ms: 53_335 }, ...more });
  const newLearner = async () => {
    const person = await signUp();
    await enroll(person.token, course.id);
    return person;
  };
  const lessonState = async (person: Person, lesson: string) =>
    (await call('GET', `${addresses().ACADEMY_URL}/api/v1/lessons/${lesson}`, { token: person.token })).body.progress;

  scenarios([
    ['without a token', () => call('POST', `${addresses().ACADEMY_URL}/api/v1/progress`, { body: { events: [opened(article)] } }), 401, 'unauthenticated'],
    ['an empty batch', () => report(learner.token, []), 400, 'validation_failed'],
    ['101 events', () => report(learner.token, Array.from({ length: 101 }, () => opened(article))), 400, 'validation_failed'],
    ['no uuid', () => report(learner.token, [{ ...opened(article), event_id: 'x' }]), 400, 'validation_failed'],
    ['no time', () => report(learner.token, [{ ...opened(article), occurred_at: 'yesterday' }]), 400, 'validation_failed'],
    ['an unknown member', () => report(learner.token, [{ ...opened(article), completed: true }]), 400, 'validation_failed'],
    ['not JSON', () => call('POST', `${addresses().ACADEMY_URL}/api/v1/progress`, { token: learner.token, body: '[' }), 400, 'malformed_json'],
    ['as a function', () => call('POST', `${addresses().ACADEMY_URL}/functions/v1/progress`, { token: learner.token, body: { events: [opened(article)] } }), 200],
  ]);

  it('gives each event of a batch its own fate', async () => {
    const person = await newLearner();
    const good = opened(article);
    const bad = [
      { ...opened(article), verb: 'course.completed' },
      { ...opened(article), verb: 'quiz.graded' },
      opened(crypto.randomUUID()),
      progressEvent('lesson.opened', crypto.randomUUID(), article),
      segment(5000, 1000),
      segment(-5, 1000),
      progressEvent('lesson.completed', course.id, film),
      progressEvent('video.segment', course.id, article, { data: { from_ms: 0, to_ms: 10 } }),
    ];
    const { status, body } = await report(person.token, [...bad, good, good]);
    expect(status).toBe(200);
    expect(body.accepted).toEqual([good.event_id]);
    expect(body.rejected.map((event: any) => event.event_id).sort()).toEqual(bad.map((event) => event.event_id).sort());
    expect(body.rejected.every((event: any) => /^[a-z_]+$/.test(event.reason))).toBe(true);
    expect(body.courses).toMatchObject([{ course_id: course.id, lessons_completed: 1 }]);
  });

  it('counts a repeated batch once, also sixteen at once', async () => {
    const person = await newLearner();
    const batch = [opened(article), segment(0, 10_000)];
    const answers = await atOnce(16, () => report(person.token, batch));
    expect(tally(answers)).toEqual({ 200: 16 });
    const accepted = answers.flatMap((answer) => answer.body.accepted);
    expect(accepted.sort()).toEqual(batch.map((event) => event.event_id).sort());
    expect(answers.flatMap((answer) => answer.body.duplicates).length).toBe(30);
    const stored = await inAcademy('SELECT 1 FROM academy.progress_events WHERE user_id = $1', [person.id]);
    expect(stored.length).toBe(2);
  });

  it('comes to the same in any order', async () => {
    const [one, other] = [await newLearner(), await newLearner()];
    const start = Date.now() - 60_000;
    const at = (second: number) => new Date(start + second * 1000).toISOString();
    const parts = [0, 1, 2, 3, 4].map((index) => ({ from: index * 8000, to: index * 8000 + 8000, at: at(index), seq: index + 1 }));
    const events = () =>
      parts.map(({ from, to, at, seq }) => segment(from, to, { occurred_at: at, client_seq: seq, event_id: eventId(start + seq) }));
    await report(one.token, events());
    for (const event of events().reverse()) await report(other.token, [event]);
    const [a, b] = [await lessonState(one, film), await lessonState(other, film)];
    expect(b).toEqual(a);
    expect(a).toMatchObject({ state: 'started', position_ms: 40_000 });
  });

  it('only ever grows', async () => {
    const person = await newLearner();
    const whole = await report(person.token, [segment(0, 53_335)]);
    expect(whole.body.lessons).toMatchObject([{ lesson_id: film, state: 'completed', completion_ppm: 1_000_000 }]);
    await report(person.token, [segment(0, 1000), progressEvent('video.position', course.id, film, { data: { position_ms: 1000 } })]);
    expect(await lessonState(person, film)).toMatchObject({ state: 'completed', completion_ppm: 1_000_000, position_ms: 1000 });
  });

  it('does not count a part twice, and needs 80 % of the film', async () => {
    const person = await newLearner();
    for (let i = 0; i < 5; ++i) await report(person.token, [segment(0, 20_000)]);
    expect((await lessonState(person, film)).state).toBe('started');
    await report(person.token, [segment(20_000, 43_000)]);
    expect((await lessonState(person, film)).state).toBe('completed');
  });

  it('is nobody else’s', async () => {
    const stranger = await signUp();
    const { status, body } = await report(stranger.token, [opened(article)]);
    expect(status).toBe(200);
    expect(body).toMatchObject({ accepted: [], rejected: [{ reason: 'not_enrolled' }] });
    const [one, other] = [await newLearner(), await newLearner()];
    const event = opened(article);
    await report(one.token, [event]);
    const again = await report(other.token, [event]); // the same id from somebody else is another event
    expect(again.body.accepted).toEqual([event.event_id]);
  });

  it('reproduces every row from the log', async () => {
    const person = await newLearner();
    await report(person.token, [...course.lessons.slice(1, 6).map((lesson) => opened(lesson.id)), segment(0, 12_345)]);
    const outline = () => call('GET', `${addresses().ACADEMY_URL}/api/v1/courses/${sampleSlug}/outline`, { token: person.token });
    const before = await outline();
    const rows = (table: string) => inAcademy(`SELECT * FROM academy.${table} WHERE user_id = $1 ORDER BY 1, 2`, [person.id]);
    const materialised = [await rows('lesson_progress'), await rows('course_progress')];
    const { rebuildProgress } = await import('../support/rebuild');
    expect(await rebuildProgress(['--user', person.id])).toMatchObject({ differences: 0, events: 6 });
    expect([await rows('lesson_progress'), await rows('course_progress')]).toEqual(materialised);
    // A row that is wrong is put right, and the command says so.
    await inAcademy('UPDATE academy.lesson_progress SET completion_ppm = 5 WHERE user_id = $1 AND lesson_id = $2', [person.id, article]);
    expect((await rebuildProgress(['--user', person.id])).differences).toBeGreaterThanOrEqual(1);
    expect([await rows('lesson_progress'), await rows('course_progress')]).toEqual(materialised);
    expect((await outline()).body).toEqual(before.body);
  });
});
