import type { QuizRules } from '@tt/api-client/quiz-attempts';
import { useSession } from '@tt/auth/session';
import { useState } from 'react';
import { useAttempts } from '../api/use-quiz';
import { messages } from '../messages';
import { AttemptView } from './attempt-view';
import { QuizStart } from './quiz-start';

interface QuizBlockProps {
  rules: QuizRules;
  enrolled: boolean;
  /** The page of the quiz, to come back to after signing in. */
  here: string;
  /** A result changes progress, grade and perhaps the certificate. */
  onFinished: () => void;
}

type Shown = { attemptId: string; fresh: boolean } | 'start';

/** A quiz in its lesson: rules, then the attempt in place, then the result. */
export function QuizBlock({ rules: initialRules, enrolled, here, onFinished }: QuizBlockProps) {
  const { user } = useSession();
  const attempts = useAttempts(initialRules.id, enrolled ? (user?.id ?? null) : null);
  const rules = attempts.data?.rules ?? initialRules;
  // An attempt that is open goes on at once: its clock may be running.
  const [shown, setShown] = useState<Shown>(() =>
    initialRules.open_attempt_id ? { attemptId: initialRules.open_attempt_id, fresh: false } : 'start',
  );
  const finish = () => {
    void attempts.refetch();
    onFinished();
  };
  const title = rules.title || messages.untitled;
  if (user && enrolled && shown !== 'start') {
    return (
      <AttemptView
        key={shown.attemptId}
        attemptId={shown.attemptId}
        title={title}
        rules={rules}
        here={here}
        takeFocus={shown.fresh}
        onFinished={finish}
        onAttempt={(attemptId) => { setShown({ attemptId, fresh: true }); }}
        onBack={() => { setShown('start'); }}
      />
    );
  }
  return (
    <QuizStart
      title={title}
      rules={rules}
      attempts={attempts.data?.items ?? []}
      access={user ? (enrolled ? 'open' : 'not_enrolled') : 'signed_out'}
      here={here}
      onAttempt={(attemptId) => { setShown({ attemptId, fresh: true }); }}
    />
  );
}
