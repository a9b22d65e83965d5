import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getAttempt, listAttempts, startAttempt } from '@tt/api-client/quiz-attempts';
import { quizKeys } from './keys';

export function useAttempts(quizId: string, userId: string | null) {
  return useQuery({
    queryKey: quizKeys.attempts(quizId, userId),
    queryFn: () => listAttempts(quizId),
    enabled: userId !== null,
    retry: 1,
  });
}

/** Never from the cache: the questions and saved answers must be those the server has now. */
export function useAttempt(attemptId: string) {
  return useQuery({
    queryKey: quizKeys.attempt(attemptId),
    queryFn: () => getAttempt(attemptId),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
}

/** Starting twice returns the attempt that is open. */
export function useStartAttempt(quizId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => startAttempt(quizId),
    retry: 1,
    onSuccess: (attempt) => {
      queryClient.setQueryData(quizKeys.attempt(attempt.id), attempt);
    },
  });
}
