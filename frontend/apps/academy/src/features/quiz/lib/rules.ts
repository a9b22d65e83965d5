import type { QuizRules } from '@tt/api-client/quiz-attempts';

/** How many attempts may still be started; null means as many as one likes. */
export function attemptsLeft(rules: Pick<QuizRules, 'max_attempts' | 'attempts_used'>): number | null {
  if (!rules.max_attempts) return null;
  return Math.max(0, rules.max_attempts - rules.attempts_used);
}
