import type { Attempt } from '@tt/api-client/quiz-attempts';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { putAnswer } from '../api/put-answer';
import { AnswerSaver, type SaverState } from '../lib/answer-saver';
import { AnswerVault } from '../lib/answer-vault';
import type { ServerClock } from '../lib/countdown';

/** One saver for the life of the attempt on this page; it also tries again when the connection returns. */
export function useAnswerSaver(attempt: Attempt, clock: ServerClock): [AnswerSaver, SaverState] {
  const [saver] = useState(
    () =>
      new AnswerSaver({
        items: attempt.items,
        vault: new AnswerVault(attempt.id),
        put: (slot, response, seq) => putAnswer(attempt.id, slot, response, seq),
        onServerTime: (time) => { clock.sync(time); },
      }),
  );
  const state = useSyncExternalStore(saver.subscribe, saver.getState);
  useEffect(() => {
    const flush = () => void saver.flush();
    flush();
    window.addEventListener('online', flush);
    return () => {
      window.removeEventListener('online', flush);
      saver.pause();
    };
  }, [saver]);
  return [saver, state];
}
