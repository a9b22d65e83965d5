import type { AttemptItem, QuizResponse } from '@tt/api-client/quiz-attempts';

export type Verdict = 'correct' | 'partly' | 'incorrect' | 'unanswered' | 'hidden';

/** What may be said about an answer: only what the server released. */
export function verdictOf(item: AttemptItem): Verdict {
  if (item.is_correct === null) return 'hidden';
  if (item.is_correct) return 'correct';
  if (!item.response) return 'unanswered';
  return (item.points_awarded ?? 0) > 0 ? 'partly' : 'incorrect';
}

/** The options an answer names; none for typed answers. */
export function chosenOptions(response: unknown): string[] {
  if (typeof response !== 'object' || response === null) return [];
  if ('option' in response && typeof response.option === 'string') return [response.option];
  if ('options' in response && Array.isArray(response.options)) return response.options.filter((id) => typeof id === 'string');
  return [];
}

/** A typed answer as text. */
export function typedText(response: QuizResponse | null): string | null {
  if (!response) return null;
  if ('value' in response) return response.value;
  return 'text' in response ? response.text : null;
}

/** The key in words, in the shapes the server releases it: a value, alternatives, or several numbers. */
export function keyText(correct: unknown): string | null {
  if (typeof correct === 'string' || typeof correct === 'number') return String(correct);
  if (Array.isArray(correct)) return joined(correct);
  if (typeof correct !== 'object' || correct === null) return null;
  const { value, text, accept, answers } = correct as Record<string, unknown>;
  if (value !== undefined) return keyText(value);
  if (text !== undefined) return keyText(text);
  return joined(Array.isArray(accept) ? accept : Array.isArray(answers) ? answers : []);
}

function joined(parts: readonly unknown[]): string | null {
  const texts = parts.map(keyText).filter((text) => text !== null);
  return texts.length > 0 ? texts.join(' / ') : null;
}
