import { query } from './database';
import { addresses, call, type Answer } from './http';
import type { Addresses } from './instance';

export const sampleSlug = 'growth-marketing-foundations';

export interface SampleCourse {
  id: string;
  lessons: { id: string; slug: string; kind: string; is_preview: boolean }[];
}

/** The sample course as its page shows it. */
export async function sampleCourse(at: Addresses = addresses()): Promise<SampleCourse> {
  const page = await call('GET', `${at.ACADEMY_URL}/api/v1/courses/${sampleSlug}`);
  return { id: page.body.id, lessons: page.body.syllabus.flatMap((module: any) => module.lessons) };
}

export function enroll(token: string, courseId: string, at: Addresses = addresses()): Promise<Answer> {
  return call('POST', `${at.ACADEMY_URL}/api/v1/enrollments`, { token, body: { course_id: courseId } });
}

/** A UUIDv7 of now, as the front end makes them for its events. */
export function eventId(now = Date.now()): string {
  const time = now.toString(16).padStart(12, '0');
  const random = crypto.randomUUID();
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(15)}`;
}

export interface ProgressEvent {
  event_id: string;
  verb: string;
  course_id: string;
  lesson_id: string;
  block_id?: string;
  occurred_at: string;
  data?: Record<string, number>;
  client_seq?: number;
}

export function progressEvent(verb: string, courseId: string, lessonId: string, more: Partial<ProgressEvent> = {}): ProgressEvent {
  return { event_id: eventId(), verb, course_id: courseId, lesson_id: lessonId, occurred_at: new Date().toISOString(), ...more };
}

export function report(token: string, events: unknown[], at: Addresses = addresses()): Promise<Answer> {
  return call('POST', `${at.ACADEMY_URL}/api/v1/progress`, { token, body: { events } });
}

export async function quizOf(lessonId: string, token: string, at: Addresses = addresses()): Promise<{ id: string; title: string }> {
  const lesson = await call('GET', `${at.ACADEMY_URL}/api/v1/lessons/${lessonId}`, { token });
  return lesson.body.blocks.find((block: any) => block.kind === 'quiz').quiz;
}

export function startAttempt(token: string, quizId: string, at: Addresses = addresses()): Promise<Answer> {
  return call('POST', `${at.ACADEMY_URL}/api/v1/quizzes/${quizId}/attempts`, { token });
}

export function saveAnswer(token: string, attemptId: string, slot: number, seq: number, response: unknown, at: Addresses = addresses()) {
  return call('PUT', `${at.ACADEMY_URL}/api/v1/attempts/${attemptId}/answers/${slot}`, { token, body: { response, client_seq: seq } });
}

export function submitAttempt(token: string, attemptId: string, at: Addresses = addresses()): Promise<Answer> {
  return call('POST', `${at.ACADEMY_URL}/api/v1/attempts/${attemptId}/submit`, { token });
}

/** What a person gives as the answer to a question: choosing, ticking or typing. */
export type Response = { option: string } | { options: string[] } | { value: string } | { text: string };

/** Fits the two free texts of the demo course that are judged by a pattern ("..bble" and "anything"). */
const MATCHES_PATTERNS = 'wobble';

/** The right response to each slot of an attempt, from the keys no client can read. */
export async function rightAnswers(attemptId: string, at: Addresses = addresses()): Promise<Map<number, Response>> {
  const rows = await query(
    at.ACADEMY_DATABASE_URL,
    `SELECT i.slot, q.type, k.answer_key FROM academy.quiz_attempt_items i
       JOIN academy.quiz_question_revisions q ON q.question_id = i.question_id AND q.revision = i.question_revision
       JOIN academy_private.quiz_question_keys k ON k.question_id = i.question_id AND k.revision = i.question_revision
     WHERE i.attempt_id = $1`,
    [attemptId],
  );
  return new Map(rows.map(({ slot, type, answer_key }) => [slot, responseFor(type, answer_key)]));
}

function responseFor(type: string, key: any): Response {
  if (type === 'multiple_choice') return { options: key.options };
  if (type === 'short_text') return { text: key.accept?.[0] ?? MATCHES_PATTERNS };
  if (type !== 'numeric') return { option: key.option };
  const { value, tolerance } = key.answers[0];
  return { value: value ?? tolerance.low };
}

/** Takes a quiz and answers everything right. */
export async function passQuiz(token: string, quizId: string, at: Addresses = addresses()): Promise<Answer> {
  const attempt = await startAttempt(token, quizId, at);
  let seq = 0;
  for (const [slot, response] of await rightAnswers(attempt.body.id, at)) {
    await saveAnswer(token, attempt.body.id, slot, ++seq, response, at);
  }
  return submitAttempt(token, attempt.body.id, at);
}

/** Does all the sample course asks for except its last quiz, whose id is returned. */
export async function workThrough(token: string, course: SampleCourse, at: Addresses = addresses()): Promise<string> {
  const film = course.lessons.find((lesson) => lesson.kind === 'video')!;
  const seen = { from_ms: 0, to_ms: 53_335, position_ms: 53_335, duration_ms: 53_335 };
  await report(
    token,
    [
      ...course.lessons.map((lesson) => progressEvent('lesson.opened', course.id, lesson.id)),
      progressEvent('video.segment', course.id, film.id, { data: seen }),
    ],
    at,
  );
  const last = course.lessons.find((lesson) => lesson.kind === 'quiz')!;
  return (await quizOf(last.id, token, at)).id;
}
