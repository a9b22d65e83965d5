import { useCallback, useEffect, useState } from 'react';

const SECOND_MS = 1000;

/** Counts down from `seconds` to zero, from the first render on and again after each `start`. */
export function useCooldown(seconds: number): { left: number; start: () => void } {
  const [end, setEnd] = useState(() => Date.now() + seconds * SECOND_MS);
  const [now, setNow] = useState(() => Date.now());
  const left = Math.max(0, Math.ceil((end - now) / SECOND_MS));
  const over = left === 0;
  useEffect(() => {
    if (over) return undefined;
    const timer = setInterval(() => { setNow(Date.now()); }, SECOND_MS);
    return () => { clearInterval(timer); };
  }, [over]);
  const start = useCallback(() => {
    setNow(Date.now());
    setEnd(Date.now() + seconds * SECOND_MS);
  }, [seconds]);
  return { left, start };
}
