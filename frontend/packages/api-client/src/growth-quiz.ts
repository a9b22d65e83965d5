import { request, segment } from './http';
import { list, nullable, Time, z } from './schema';

export const GrowthQuestion = z.object({
  key: z.string(),
  title: z.string(),
  help: nullable(z.string()),
  type: z.enum(['single', 'multiple']),
  options: z.array(z.object({ key: z.string(), label: z.string() })),
});
export type GrowthQuestion = z.infer<typeof GrowthQuestion>;

export const GrowthQuiz = z.object({
  slug: z.string(),
  title: z.string(),
  intro: nullable(z.string()),
  questions: z.array(GrowthQuestion),
});
export type GrowthQuiz = z.infer<typeof GrowthQuiz>;

export const GrowthResult = z.object({
  token: z.string(),
  profile: z.object({ key: z.string(), title: z.string(), summary: z.string(), advice: z.array(z.string()) }),
  scores: z.array(z.object({ dimension: z.string(), label: z.string(), score: z.number(), max: z.number() })),
  recommended_courses: z.array(
    z.object({ slug: z.string(), title: z.string(), reason: nullable(z.string()), url: nullable(z.string()) }),
  ),
  completed_at: nullable(Time),
  claimed: z.boolean(),
});
export type GrowthResult = z.infer<typeof GrowthResult>;

export function getGrowthQuiz(slug: string): Promise<GrowthQuiz> {
  return request(GrowthQuiz, { url: `/api/v1/quizzes/${segment(slug)}`, anonymous: true });
}

export async function startGrowthSession(slug: string, utm?: Record<string, string>): Promise<string> {
  const url = `/api/v1/quizzes/${segment(slug)}/sessions`;
  const data = utm && Object.keys(utm).length > 0 ? { utm } : {};
  return (await request(z.object({ token: z.string() }), { method: 'POST', url, data, anonymous: true })).token;
}

export interface GrowthAnswer {
  question: string;
  options: string[];
  ms: number;
}

const AnswerReceipt = z.object({ answered: z.number(), total: z.number() });

/** Idempotent: the same answer may be sent again after a lost connection. */
export async function saveGrowthAnswer(token: string, answer: GrowthAnswer): Promise<void> {
  await request(AnswerReceipt, {
    method: 'PUT',
    url: `/api/v1/quiz-sessions/${segment(token)}/answers/${segment(answer.question)}`,
    data: { options: answer.options, ms: answer.ms },
    anonymous: true,
  });
}

export function completeGrowthSession(token: string, email?: string): Promise<GrowthResult> {
  const url = `/api/v1/quiz-sessions/${segment(token)}/complete`;
  return request(GrowthResult, { method: 'POST', url, data: email ? { email } : {}, anonymous: true });
}

export function getGrowthResult(token: string): Promise<GrowthResult> {
  return request(GrowthResult, { url: `/api/v1/quiz-results/${segment(token)}`, anonymous: true });
}

export async function claimGrowthResult(token: string): Promise<void> {
  await request(z.unknown(), { method: 'POST', url: `/api/v1/quiz-results/${segment(token)}/claim`, data: {} });
}

export async function listMyGrowthResults(): Promise<GrowthResult[]> {
  return (await request(list(GrowthResult), { url: '/api/v1/me/quiz-results' })).items;
}
