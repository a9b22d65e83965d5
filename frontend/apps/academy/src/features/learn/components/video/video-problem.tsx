import { Button } from '@tt/ui/button';
import { playerMessages as messages } from '../../player-messages';

export function VideoProblem({ onRetry }: { onRetry: () => void }) {
  return (
    <div role="alert" className="absolute inset-0 grid place-content-center gap-2 bg-board p-6 text-center">
      <p className="font-display text-xl font-bold">{messages.failedTitle}</p>
      <p className="max-w-prose text-on-board-muted">{messages.failedText}</p>
      <p className="mt-2"><Button variant="marker" size="sm" onClick={onRetry}>{messages.retry}</Button></p>
    </div>
  );
}
