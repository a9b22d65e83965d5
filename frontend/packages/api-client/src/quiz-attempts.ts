import { request, segment } from './http';
import { nullable, z } from './schema';
import { decimal } from './wire';

export const QuizRules = z.object({
  id: z.string(),
  title: z.string(),
  mode: z.string(),
  question_count: z.number(),
  time_limit_seconds: nullable(z.number()),
  /** 0 means unlimited. */
  max_attempts: nullable(z.number()),
  attempts_used: z.number(),
  pass_percent: nullable(decimal),
  open_attempt_id: nullable(z.string()),
  best_score_percent: nullable(decimal),
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
  options: z._default(z.array(z.object({ id: z.string(), html: z.string() })), []),
  points: decimal,
  response: nullable(QuizResponse),
  response_seq: z.pipe(z.nullish(z.number()), z.transform((seq) => seq ?? 0)),
  hints: z.pipe(z.nullish(z.array(z.string())), z.transform((hints) => hints ?? [])),
  is_correct: nullable(z.boolean()),
  points_awarded: nullable(decimal),
  correct: nullable(z.unknown()),
  feedback_html: nullable(z.string()),
  explanation_html: nullable(z.string()),
});
export type AttemptItem = z.infer<typeof AttemptItem>;

/** An attempt; the score and the review of each item only when it is over and the policy allows. */
const Attempt = z.object({
  id: z.string(),
  quiz_id: z.string(),
  attempt_no: z.number(),
  status: z.string(),
  started_at: z.string(),
  deadline_at: nullable(z.string()),
  server_time: nullable(z.string()),
  items: z.array(AttemptItem),
  max_points: nullable(decimal),
  score_points: nullable(decimal),
  score_percent: nullable(decimal),
  passed: nullable(z.boolean()),
  submitted_at: nullable(z.string()),
});
export type Attempt = z.infer<typeof Attempt>;

const AttemptSummary = z.object({
  id: z.string(),
  attempt_no: z.number(),
  status: z.string(),
  score_points: nullable(decimal),
  max_points: nullable(decimal),
  score_percent: nullable(decimal),
  passed: nullable(z.boolean()),
  submitted_at: nullable(z.string()),
});
export type AttemptSummary = z.infer<typeof AttemptSummary>;

const AttemptList = z.object({ items: z.array(AttemptSummary), rules: QuizRules });
export type AttemptList = z.infer<typeof AttemptList>;

const SavedAnswer = z.object({
  slot: z.number(),
  client_seq: z.number(),
  saved_at: z.string(),
  server_time: nullable(z.string()),
});
export type SavedAnswer = z.infer<typeof SavedAnswer>;

/** Starts an attempt, or returns the open one. */
export function startAttempt(quizId: string): Promise<Attempt> {
  return request(Attempt, { method: 'POST', url: `/api/v1/quizzes/${segment(quizId)}/attempts`, data: {} });
}

/** The learner's attempts, and the rules as they apply now. */
export function listAttempts(quizId: string): Promise<AttemptList> {
  return request(AttemptList, { url: `/api/v1/quizzes/${segment(quizId)}/attempts` });
}

/** The questions while open, the result when over. */
export function getAttempt(id: string): Promise<Attempt> {
  return request(Attempt, { url: `/api/v1/attempts/${segment(id)}` });
}

/** The highest client_seq wins, so sending the same answer again is harmless. */
export function saveAnswer(
  attemptId: string,
  slot: number,
  response: QuizResponse,
  clientSeq: number,
): Promise<SavedAnswer> {
  return request(SavedAnswer, {
    method: 'PUT',
    url: `/api/v1/attempts/${segment(attemptId)}/answers/${String(slot)}`,
    data: { response, client_seq: clientSeq },
  });
}

/** A second submit returns the same result. */
export function submitAttempt(id: string): Promise<Attempt> {
  return request(Attempt, { method: 'POST', url: `/api/v1/attempts/${segment(id)}/submit`, data: {} });
}
