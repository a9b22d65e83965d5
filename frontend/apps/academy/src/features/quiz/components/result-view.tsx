import type { Attempt } from '@tt/api-client/quiz-attempts';
import { useEffect, useRef, type ReactNode } from 'react';
import { percentText, pointsText } from '../lib/numbers';
import { messages } from '../messages';
import { ReviewItem } from './review-item';

interface ResultViewProps {
  attempt: Attempt;
  /** Focus goes to the result when it replaces the questions, not when a page opens with it. */
  takeFocus: boolean;
  actions: ReactNode;
}

export function ResultView({ attempt, takeFocus, actions }: ResultViewProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!takeFocus) return;
    heading.current?.focus();
    heading.current?.scrollIntoView({ block: 'center' });
  }, [takeFocus]);
  return (
    <section aria-labelledby={`result-${attempt.id}`}>
      <div className="rounded-card bg-board p-6 text-on-board sm:p-8">
        <p className="text-sm font-semibold text-on-board-muted">{messages.resultTitle} · {messages.attempt(attempt.attempt_no)}</p>
        <h2 id={`result-${attempt.id}`} ref={heading} tabIndex={-1} className="mt-2 text-title outline-none">{verdictText(attempt)}</h2>
        {attempt.score_percent !== null ? (
          <p className="mt-4 flex flex-wrap items-baseline gap-x-4">
            <span className="font-display text-4xl font-bold text-marker">{percentText(attempt.score_percent)}</span>
            {attempt.score_points !== null && attempt.max_points !== null && (
              <span className="text-on-board-muted">{messages.scoreOf(pointsText(attempt.score_points), pointsText(attempt.max_points))}</span>
            )}
          </p>
        ) : (
          <p className="mt-3 text-on-board-muted">{messages.resultHidden}</p>
        )}
        <div className="mt-6 flex flex-wrap gap-3">{actions}</div>
      </div>
      <ol className="mt-6 space-y-5">
        {attempt.items.map((item, index) => (
          <li key={item.slot}>
            <ReviewItem item={item} number={index + 1} total={attempt.items.length} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function verdictText(attempt: Attempt): string {
  if (attempt.passed === null) return messages.resultDone;
  return attempt.passed ? messages.resultPassed : messages.resultFailed;
}
