import { retryDelayMs } from '@tt/sync/retry';
import { useCallback, useEffect, useRef, useState } from 'react';
import { sendAnswers } from './answer-sync';
import { useQuizStore } from './quiz-store';

/** Sends answers in the background and retries with back-off; true while some are stuck on this device. */
export function useAnswerSync(): { stuck: boolean } {
  const [stuck, setStuck] = useState(false);
  const unsent = useQuizStore((state) => state.unsent);
  const failures = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const push = useCallback(function attempt() {
    clearTimeout(timer.current);
    if (Object.keys(useQuizStore.getState().unsent).length === 0) return;
    sendAnswers().then(
      () => {
        failures.current = 0;
        setStuck(false);
      },
      () => {
        failures.current += 1;
        setStuck(true);
        timer.current = setTimeout(attempt, retryDelayMs(failures.current));
      },
    );
  }, []);

  useEffect(push, [unsent, push]);
  useEffect(() => {
    window.addEventListener('online', push);
    return () => {
      window.removeEventListener('online', push);
      clearTimeout(timer.current);
    };
  }, [push]);
  return { stuck };
}
