import type { CSSProperties, KeyboardEvent } from 'react';
import { clockText, spokenTime } from '../../lib/format-time';
import { playerMessages as messages } from '../../player-messages';
import type { VideoState } from './use-video';

const STEP_MS = 5000;

interface SeekBarProps {
  state: VideoState;
  onSeek: (ms: number) => void;
}

export function SeekBar({ state, onSeek }: SeekBarProps) {
  const { positionMs, durationMs, bufferedMs } = state;
  const percentOf = (ms: number) => `${String(durationMs > 0 ? Math.min(100, (ms / durationMs) * 100) : 0)}%`;
  const keys = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? STEP_MS : event.key === 'ArrowLeft' ? -STEP_MS : 0;
    if (step === 0) return;
    event.preventDefault();
    onSeek(positionMs + step);
  };
  return (
    <div className="flex items-center gap-3 text-sm tabular-nums">
      <span aria-hidden="true" className="min-w-10">{clockText(positionMs)}</span>
      <input
        type="range"
        aria-label={messages.position}
        aria-valuetext={messages.positionText(spokenTime(positionMs), spokenTime(durationMs))}
        min={0}
        max={Math.max(1, Math.round(durationMs))}
        step={1}
        value={Math.round(positionMs)}
        onChange={(event) => { onSeek(Number(event.target.value)); }}
        onKeyDown={keys}
        className="seek"
        style={{ '--played': percentOf(positionMs), '--buffered': percentOf(bufferedMs) } as CSSProperties}
      />
      <span aria-hidden="true" className="min-w-10 text-right text-on-board-muted">{clockText(durationMs)}</span>
    </div>
  );
}
