import { describeError } from '@tt/api-client/error-messages';
import type { QuizRules } from '@tt/api-client/quiz-attempts';
import { Button } from '@tt/ui/button';
import { LoadingPanel } from '@tt/ui/spinner';
import { ErrorState } from '@tt/ui/states';
import { useEffect, useRef, useState } from 'react';
import { useAttempt } from '../api/use-quiz';
import { attemptsLeft } from '../lib/rules';
import { messages } from '../messages';
import { AttemptForm } from './attempt-form';
import { ResultView } from './result-view';
import { StartButton } from './start-button';

interface AttemptViewProps {
  attemptId: string;
  title: string;
  rules: QuizRules;
  here: string;
  takeFocus: boolean;
  onFinished: () => void;
  onAttempt: (attemptId: string) => void;
  onBack: () => void;
}

/** The attempt while it is open, its result when it is over. */
export function AttemptView({ attemptId, title, rules, here, takeFocus, onFinished, onAttempt, onBack }: AttemptViewProps) {
  const { data: attempt, error, refetch } = useAttempt(attemptId);
  const [justFinished, setJustFinished] = useState(false);
  const heading = useFocusOnce(takeFocus && attempt?.status === 'in_progress');
  if (!attempt) {
    if (!error) return <LoadingPanel label={messages.loadingAttempt} />;
    return <ErrorState title={messages.errorTitle} message={describeError(error)} onRetry={() => { void refetch(); }} />;
  }
  if (attempt.status === 'in_progress') {
    return (
      <section>
        <h2 ref={heading} tabIndex={-1} className="text-heading outline-none">{title}</h2>
        <AttemptForm
          attempt={attempt}
          title={title}
          here={here}
          onResult={() => {
            setJustFinished(true);
            onFinished();
          }}
        />
      </section>
    );
  }
  return (
    <ResultView
      attempt={attempt}
      takeFocus={justFinished || takeFocus}
      actions={
        <>
          {attemptsLeft(rules) !== 0 && <StartButton quizId={rules.id} label={messages.startAgain} variant="marker" onAttempt={onAttempt} />}
          <Button variant="ghost" className="text-on-board! hover:bg-board-raised!" onClick={onBack}>{messages.back}</Button>
        </>
      }
    />
  );
}

function useFocusOnce(wanted: boolean) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (wanted) heading.current?.focus();
  }, [wanted]);
  return heading;
}
