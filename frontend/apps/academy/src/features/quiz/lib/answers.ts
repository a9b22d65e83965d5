import type { AttemptItem, QuizResponse } from '@tt/api-client/quiz-attempts';

export const QUESTION_TYPES = [
  'single_choice',
  'multiple_choice',
  'true_false',
  'dropdown',
  'numeric',
  'short_text',
] as const;

/** Whether the learner has said anything; an emptied field counts as unanswered. */
export function isAnswered(response: QuizResponse | null | undefined): boolean {
  if (!response) return false;
  if ('option' in response) return response.option !== '';
  if ('options' in response) return response.options.length > 0;
  if ('value' in response) return response.value.trim() !== '';
  return response.text.trim() !== '';
}

export function sameResponse(a: QuizResponse | null, b: QuizResponse | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Numbers (1-based) of the questions without an answer, in order. */
export function unansweredNumbers(
  items: readonly AttemptItem[],
  responseOf: (slot: number) => QuizResponse | null,
): number[] {
  return items.flatMap((item, index) => (isAnswered(responseOf(item.slot)) ? [] : [index + 1]));
}

/** Keeps the options in the order of the paper, so that ticking in another order is the same answer. */
export function toggleOption(
  options: readonly { id: string }[],
  selected: readonly string[],
  id: string,
): string[] {
  const next = new Set(selected);
  if (!next.delete(id)) next.add(id);
  return options.flatMap((option) => (next.has(option.id) ? [option.id] : []));
}

const NUMBER = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?\s*%?$/;
const GROUPED = /^[+-]?\d{1,3}([ \u00a0\u202f'.,]\d{3})+([.,]\d+)?\s*%?$/;

/** A hint while typing only: the server reads the number, and reads more spellings than this. */
export function looksNumeric(text: string): boolean {
  const trimmed = text.trim();
  return trimmed === '' || NUMBER.test(trimmed) || GROUPED.test(trimmed);
}
