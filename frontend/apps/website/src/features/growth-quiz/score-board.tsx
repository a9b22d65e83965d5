import type { GrowthResult } from '@tt/api-client/growth-quiz';
import { messages } from './messages';

/** Each dimension as a lane: the ring stands where the score is. Numbers are text, the drawing is extra. */
export function ScoreBoard({ scores }: { scores: GrowthResult['scores'] }) {
  return (
    <ul className="board-grid rounded-[2rem] bg-board px-6 py-8 text-on-board sm:px-9">
      {scores.map(({ dimension, label, score, max }) => {
        const percent = max > 0 ? Math.round((score / max) * 100) : 0;
        return (
          <li key={dimension} className="py-3.5">
            <div className="flex items-baseline justify-between gap-4">
              <span className="font-semibold">{label}</span>
              <span className="text-on-board-muted">{messages.score(score, max)}</span>
            </div>
            <div aria-hidden="true" className="relative mt-3 h-4">
              <div className="absolute inset-x-0 top-1/2 border-t-[3px] border-dotted border-board-line" />
              <div className="absolute top-1/2 left-0 h-[5px] -translate-y-1/2 rounded-full bg-marker" style={{ width: `${String(percent)}%` }} />
              <div className="absolute top-1/2 size-5 -translate-x-1/2 -translate-y-1/2 rounded-full border-4 border-marker bg-board" style={{ left: `${String(Math.min(98, Math.max(2, percent)))}%` }} />
            </div>
          </li>
        );
      })}
    </ul>
  );
}
