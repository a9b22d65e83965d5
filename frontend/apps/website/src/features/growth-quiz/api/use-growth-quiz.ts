import { getGrowthQuiz, getGrowthResult, listMyGrowthResults } from '@tt/api-client/growth-quiz';
import { useQuery } from '@tanstack/react-query';

export const QUIZ_SLUG = 'growth';

export const growthKeys = {
  quiz: ['growth-quiz', 'definition', QUIZ_SLUG] as const,
  result: (token: string) => ['growth-quiz', 'result', token] as const,
  mine: ['growth-quiz', 'mine'] as const,
};

export function useGrowthQuiz() {
  return useQuery({ queryKey: growthKeys.quiz, queryFn: () => getGrowthQuiz(QUIZ_SLUG), staleTime: Infinity });
}

export function useGrowthResult(token: string) {
  return useQuery({ queryKey: growthKeys.result(token), queryFn: () => getGrowthResult(token) });
}

export function useMyGrowthResults() {
  return useQuery({ queryKey: growthKeys.mine, queryFn: listMyGrowthResults });
}
