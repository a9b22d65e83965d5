import { z } from 'zod';
import { http } from './http';
import { decimal, maybe } from './wire';

export const QuizRules = z.object({
  id: z.string(),
  title: z.string(),
  mode: z.string(),
  question_count: z.number(),
  time_limit_seconds: maybe(z.number()),
  /** 0 means unlimited. */
  max_attempts: maybe(z.number()),
  attempts_used: z.number(),
  pass_percent: maybe(decimal),
  open_attempt_id: maybe(z.string()),
  best_score_percent: maybe(decimal),
});
export type QuizRules = z.infer<typeof QuizRules>;

/** An answer in the shape of its question type. */
export const QuizResponse = z.union([
  z.object({ option: z.string() }),
  z.object({ options: z.array(z.string()) }),
  z.object({ value: z.string() }),
  z.object({ text: z.string() }),
]);
export type QuizResponse = z.infer<typeof QuizResponse>;

const AttemptItem = z.object({
  slot: z.number(),
  type: z.string(),
  prompt_html: z.string(),
  options: z.array(z.object({ id: z.string(), html: z.string() })).default([]),
  points: decimal,
  response: maybe(QuizResponse),
  response_seq: z.number().nullish().transform((seq) => seq ?? 0),
  hints: z.array(z.string()).nullish().transform((hints) => hints ?? []),
  is_correct: maybe(z.boolean()),
  points_awarded: maybe(decimal),
  correct: maybe(z.unknown()),
  feedback_html: maybe(z.string()),
  explanation_html: maybe(z.string()),
});
export type AttemptItem = z.infer<typeof AttemptItem>;

/** An attempt; the score and the review of each item only when it is over and the policy allows. */
const Attempt = z.object({
  id: z.string(),
  quiz_id: z.string(),
  attempt_no: z.number(),
  status: z.string(),
  started_at: z.string(),
  deadline_at: maybe(z.string()),
  server_time: maybe(z.string()),
  items: z.array(AttemptItem),
  max_points: maybe(decimal),
  score_points: maybe(decimal),
  score_percent: maybe(decimal),
  passed: maybe(z.boolean()),
  submitted_at: maybe(z.string()),
});
export type Attempt = z.infer<typeof Attempt>;

const AttemptSummary = z.object({
  id: z.string(),
  attempt_no: z.number(),
  status: z.string(),
  score_points: maybe(decimal),
  max_points: maybe(decimal),
  score_percent: maybe(decimal),
  passed: maybe(z.boolean()),
  submitted_at: maybe(z.string()),
});
export type AttemptSummary = z.infer<typeof AttemptSummary>;

const AttemptList = z.object({ items: z.array(AttemptSummary), rules: QuizRules });
export type AttemptList = z.infer<typeof AttemptList>;

const SavedAnswer = z.object({
  slot: z.number(),
  client_seq: z.number(),
  saved_at: z.string(),
  server_time: maybe(z.string()),
});
export type SavedAnswer = z.infer<typeof SavedAnswer>;

/** POST /api/v1/quizzes/{id}/attempts: starts an attempt, or returns the open one. */
export async function startAttempt(quizId: string): Promise<Attempt> {
  const { data } = await http.post(`/api/v1/quizzes/${encodeURIComponent(quizId)}/attempts`, {});
  return Attempt.parse(data);
}

/** GET /api/v1/quizzes/{id}/attempts: the learner's attempts and the rules as they apply now. */
export async function listAttempts(quizId: string): Promise<AttemptList> {
  const { data } = await http.get(`/api/v1/quizzes/${encodeURIComponent(quizId)}/attempts`);
  return AttemptList.parse(data);
}

/** GET /api/v1/attempts/{id}: the questions while open, the result when over. */
export async function getAttempt(id: string): Promise<Attempt> {
  const { data } = await http.get(`/api/v1/attempts/${encodeURIComponent(id)}`);
  return Attempt.parse(data);
}

/** PUT /api/v1/attempts/{id}/answers/{slot}: the highest client_seq wins; repeating is harmless. */
export async function saveAnswer(
  attemptId: string,
  slot: number,
  response: QuizResponse,
  clientSeq: number,
): Promise<SavedAnswer> {
  const { data } = await http.put(`/api/v1/attempts/${encodeURIComponent(attemptId)}/answers/${slot}`, {
    response,
    client_seq: clientSeq,
  });
  return SavedAnswer.parse(data);
}

/** POST /api/v1/attempts/{id}/submit: a second submit returns the same result. */
export async function submitAttempt(id: string): Promise<Attempt> {
  const { data } = await http.post(`/api/v1/attempts/${encodeURIComponent(id)}/submit`, {});
  return Attempt.parse(data);
}
