import { ApiError } from '@tt/api-client/api-error';
import { describeError } from '@tt/api-client/error-messages';
import { claimGrowthResult, type GrowthResult } from '@tt/api-client/growth-quiz';
import { session } from '@tt/auth/session';
import { Button } from '@tt/ui/button';
import { LoadingPanel } from '@tt/ui/spinner';
import { ErrorState } from '@tt/ui/states';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import { completeQuiz } from './answer-sync';
import { growthKeys } from './api/use-growth-quiz';
import { messages } from './messages';
import { useQuizStore } from './quiz-store';
import { rememberUnclaimed } from './unclaimed';

/** Whoever is signed in keeps the result at once; should that fail, the next visit claims it. */
async function completeAndKeep(): Promise<GrowthResult> {
  const result = await completeQuiz();
  if (result.claimed || !session.accessToken()) return result;
  return claimGrowthResult(result.token).then(() => ({ ...result, claimed: true }), () => result);
}

/** Sends what is left, asks for the result and leads to it; without a connection it waits for one. */
export function FinishScreen({ onBack }: { onBack: () => void }) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const complete = useMutation({
    mutationFn: completeAndKeep,
    onSuccess: (result) => {
      queryClient.setQueryData(growthKeys.result(result.token), result);
      if (!result.claimed) rememberUnclaimed(result.token);
      void navigate(`/quiz/result/${result.token}`, { replace: true });
      useQuizStore.getState().reset();
    },
  });
  const { mutate } = complete;
  useEffect(() => {
    mutate();
    const again = () => { mutate(); };
    window.addEventListener('online', again);
    return () => { window.removeEventListener('online', again); };
  }, [mutate]);

  if (!complete.error) return <LoadingPanel label={messages.finishing} />;
  const offline = complete.error instanceof ApiError && complete.error.kind === 'network';
  return (
    <>
      <ErrorState
        title={messages.finishFailed}
        message={offline ? messages.waitingForNetwork : describeError(complete.error)}
        onRetry={() => { mutate(); }}
      />
      <p className="mt-6 text-center"><Button variant="ghost" onClick={onBack}>{messages.back}</Button></p>
    </>
  );
}
