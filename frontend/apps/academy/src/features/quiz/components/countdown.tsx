import { countdownText } from '../lib/numbers';
import { messages } from '../messages';

interface CountdownProps {
  leftMs: number;
  announcedMs: number | null;
}

const LAST_MINUTE_MS = 60_000;

/** Seconds are for the eyes; a screen reader hears 5 minutes and 1 minute, politely. */
export function Countdown({ leftMs, announcedMs }: CountdownProps) {
  const urgent = leftMs <= LAST_MINUTE_MS;
  return (
    <div>
      <p className={`rounded-full px-3 py-1 font-semibold tabular-nums ${urgent ? 'bg-warning-soft text-warning' : 'bg-sunken'}`}>
        <span className="sr-only">{messages.timeLeft}: </span>
        <span role="timer" aria-live="off">{countdownText(leftMs)}</span>
      </p>
      <p role="status" className="sr-only">{announcedMs ? messages.minutesLeft(announcedMs / 60_000) : ''}</p>
    </div>
  );
}
