import type { SaverState } from '../lib/answer-saver';
import { messages } from '../messages';

const DOT = { idle: 'bg-line-strong', saving: 'bg-line-strong', saved: 'bg-success', waiting: 'bg-warning', refused: 'bg-danger' };

/** Always visible, and read out only when it changes to something a learner should know. */
export function SaveStatus({ state }: { state: SaverState }) {
  const text = messages.status[state.status];
  const worthSaying = state.status === 'waiting' || state.status === 'refused';
  return (
    <>
      <p className="flex min-h-6 basis-full items-center gap-2 text-sm text-ink-muted sm:basis-auto" data-status={state.status}>
        {text && <span aria-hidden="true" className={`size-2.5 shrink-0 rounded-full ${DOT[state.status]}`} />}
        {text}
      </p>
      <p role="status" className="sr-only">{worthSaying ? text : ''}</p>
    </>
  );
}
