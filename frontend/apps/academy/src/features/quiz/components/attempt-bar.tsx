import { Progress } from '@tt/ui/progress';
import type { SaverState } from '../lib/answer-saver';
import { messages } from '../messages';
import { Countdown } from './countdown';
import { SaveStatus } from './save-status';

interface AttemptBarProps {
  answered: number;
  total: number;
  saver: SaverState;
  countdown: { leftMs: number; announcedMs: number | null } | null;
}

/** Stays in view while scrolling: how far, saved or not, how long. */
export function AttemptBar({ answered, total, saver, countdown }: AttemptBarProps) {
  const text = messages.answered(answered, total);
  return (
    <div className="sticky top-17 z-30 -mx-2 mb-6 rounded-b-card border-b border-line bg-canvas px-2 py-3">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1">
        <p className="font-semibold">{text}</p>
        {countdown && <Countdown {...countdown} />}
        <SaveStatus state={saver} />
      </div>
      <Progress className="mt-2" label={text} value={answered} max={total} />
    </div>
  );
}
