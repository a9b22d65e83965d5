import { useMutation, useQueryClient } from '@tanstack/react-query';
import { submitAttempt, type Attempt } from '@tt/api-client/quiz-attempts';
import { quizKeys } from '../api/keys';
import type { AnswerSaver } from '../lib/answer-saver';
import { AnswerVault } from '../lib/answer-vault';

/** Saved answers count, so what waits goes first. Handing in twice returns the same result. */
export function useSubmit(attempt: Attempt, saver: AnswerSaver, onResult: () => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      await saver.flush();
      const { unsaved, closed, status } = saver.getState();
      if (unsaved > 0 && !closed && status === 'waiting') throw new UnsavedAnswers();
      return submitAttempt(attempt.id);
    },
    retry: 2,
    retryDelay: 1000,
    onSuccess: (result) => {
      new AnswerVault(attempt.id).clear();
      queryClient.setQueryData(quizKeys.attempt(attempt.id), result);
      onResult();
    },
  });
}

/** Answers are still only in this browser: handing in now would lose them. */
export class UnsavedAnswers extends Error {}
