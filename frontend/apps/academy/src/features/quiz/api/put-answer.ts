import { isApiError } from '@tt/api-client/api-error';
import { type QuizResponse, saveAnswer } from '@tt/api-client/quiz-attempts';
import type { SaveOutcome } from '../lib/answer-saver';

/** Turns the answer of the server into what the saver should do next. */
export async function putAnswer(attemptId: string, slot: number, response: QuizResponse, seq: number): Promise<SaveOutcome> {
  try {
    return { kind: 'saved', answer: await saveAnswer(attemptId, slot, response, seq) };
  } catch (error) {
    if (!isApiError(error)) return { kind: 'retry', retryAfterMs: null };
    if (error.status === 401) return { kind: 'signed_out' };
    if (error.code === 'attempt_closed' || error.status === 409 || error.status === 404) return { kind: 'closed' };
    if (error.isTransient || error.kind === 'contract') {
      return { kind: 'retry', retryAfterMs: error.retryAfterSeconds ? error.retryAfterSeconds * 1000 : null };
    }
    return { kind: 'refused' };
  }
}
