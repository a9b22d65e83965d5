import { getGrowthQuiz, getGrowthResult, listMyGrowthResults } from '@tt/api-client/growth-quiz';
import { useSession } from '@tt/auth/session';
import { useQuery } from '@tanstack/react-query';

export const QUIZ_SLUG = 'growth';

export const growthKeys = {
  quiz: ['growth-quiz', 'definition', QUIZ_SLUG] as const,
  result: (token: string) => ['growth-quiz', 'result', token] as const,
  /** By person: what one has seen never shows up for the next one on this device. */
  mine: (userId: string | undefined) => ['growth-quiz', 'mine', userId ?? null] as const,
};

export function useGrowthQuiz() {
  return useQuery({ queryKey: growthKeys.quiz, queryFn: () => getGrowthQuiz(QUIZ_SLUG), staleTime: Infinity });
}

export function useGrowthResult(token: string) {
  return useQuery({ queryKey: growthKeys.result(token), queryFn: () => getGrowthResult(token) });
}

export function useMyGrowthResults() {
  const userId = useSession().user?.id;
  return useQuery({ queryKey: growthKeys.mine(userId), queryFn: listMyGrowthResults });
}
