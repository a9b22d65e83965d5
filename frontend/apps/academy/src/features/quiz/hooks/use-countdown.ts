import { useEffect, useRef, useState } from 'react';
import { crossedMark, remainingMs, type ServerClock } from '../lib/countdown';

interface Countdown {
  leftMs: number;
  /** The mark just crossed, in ms, for one polite announcement. */
  announcedMs: number | null;
}

const TICK_MS = 500;

/** Ticks towards the deadline by the server's clock and calls `onOver` once. */
export function useCountdown(deadlineAt: string | null, clock: ServerClock, onOver: () => void): Countdown | null {
  const [countdown, setCountdown] = useState<Countdown | null>(() =>
    deadlineAt ? { leftMs: remainingMs(deadlineAt, clock), announcedMs: null } : null,
  );
  const over = useRef(onOver);
  useEffect(() => {
    over.current = onOver;
  });
  useEffect(() => {
    if (!deadlineAt) return;
    let previous = remainingMs(deadlineAt, clock);
    const timer = setInterval(() => {
      const leftMs = remainingMs(deadlineAt, clock);
      const mark = crossedMark(previous, leftMs);
      previous = leftMs;
      setCountdown((current) => ({ leftMs, announcedMs: mark ?? current?.announcedMs ?? null }));
      if (leftMs > 0) return;
      clearInterval(timer);
      over.current();
    }, TICK_MS);
    return () => { clearInterval(timer); };
  }, [deadlineAt, clock]);
  return countdown;
}
