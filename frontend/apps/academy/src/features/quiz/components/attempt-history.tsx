import type { AttemptSummary } from '@tt/api-client/quiz-attempts';
import { formatDate } from '@tt/ui/format';
import { percentText } from '../lib/numbers';
import { messages } from '../messages';

interface AttemptHistoryProps {
  attempts: readonly AttemptSummary[];
  onOpen: (attemptId: string) => void;
}

export function AttemptHistory({ attempts, onOpen }: AttemptHistoryProps) {
  const over = attempts.filter((attempt) => attempt.submitted_at !== null);
  if (over.length === 0) return null;
  return (
    <section className="mt-6 border-t border-line pt-5">
      <h3 className="font-sans font-semibold">{messages.history}</h3>
      <ul className="mt-2 divide-y divide-line">
        {over.map((attempt) => (
          <li key={attempt.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5">
            <span className="font-semibold">{messages.attempt(attempt.attempt_no)}</span>
            <span className="text-ink-muted">{summaryText(attempt)}</span>
            <button type="button" className="link ml-auto min-h-8" onClick={() => { onOpen(attempt.id); }}>
              {messages.seeResult}<span className="sr-only"> {messages.attempt(attempt.attempt_no)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function summaryText(attempt: AttemptSummary): string {
  const parts = [
    attempt.score_percent === null ? null : percentText(attempt.score_percent),
    attempt.passed === null ? null : attempt.passed ? messages.passed : messages.notPassed,
    attempt.submitted_at && formatDate(attempt.submitted_at),
  ];
  return parts.filter(Boolean).join(' · ');
}
