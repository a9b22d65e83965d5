import { clockText } from '../../lib/format-time';
import { playerMessages as messages } from '../../player-messages';

export function ResumeNotice({ resumedMs, onStartOver }: { resumedMs: number; onStartOver: () => void }) {
  if (resumedMs === 0) return null;
  return (
    <p className="mt-3 flex flex-wrap items-center gap-x-3 text-sm text-ink-muted">
      {messages.resumed(clockText(resumedMs))}
      <button type="button" onClick={onStartOver} className="link min-h-6">{messages.startOver}</button>
    </p>
  );
}
