import { describeError } from '@tt/api-client/error-messages';
import type { Attempt } from '@tt/api-client/quiz-attempts';
import { Alert } from '@tt/ui/alert';
import { Button, ButtonLink } from '@tt/ui/button';
import { useState } from 'react';
import { useAnswerSaver } from '../hooks/use-answer-saver';
import { useCountdown } from '../hooks/use-countdown';
import { useSubmit } from '../hooks/use-submit';
import { isAnswered, unansweredNumbers } from '../lib/answers';
import { ServerClock } from '../lib/countdown';
import { messages } from '../messages';
import { AttemptBar } from './attempt-bar';
import { QuestionField } from './questions/question-field';
import { SubmitDialog } from './submit-dialog';

interface AttemptFormProps {
  attempt: Attempt;
  title: string;
  /** Where to come back to after signing in again. */
  here: string;
  onResult: () => void;
}

export function AttemptForm({ attempt, title, here, onResult }: AttemptFormProps) {
  const [clock] = useState(() => syncedClock(attempt));
  const [saver, state] = useAnswerSaver(attempt, clock);
  const submit = useSubmit(attempt, saver, onResult);
  const [asking, setAsking] = useState(false);
  const hand = () => { submit.mutate(); };
  const countdown = useCountdown(attempt.deadline_at, clock, hand);
  const over = state.closed || countdown?.leftMs === 0;
  const total = attempt.items.length;
  const responseOf = (slot: number) => state.answers.get(slot) ?? null;
  const answered = attempt.items.filter((item) => isAnswered(responseOf(item.slot))).length;
  return (
    <form
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        setAsking(true);
      }}
    >
      <AttemptBar answered={answered} total={total} saver={state} countdown={countdown} />
      {state.signedOut && (
        <Alert
          tone="warning"
          className="mb-5"
          actions={<ButtonLink size="sm" to={`/sign-in?next=${encodeURIComponent(here)}`}>{messages.signInAgain}</ButtonLink>}
        >
          {messages.signedOut}
        </Alert>
      )}
      {over && (
        <Alert
          tone="warning"
          className="mb-5"
          title={state.closed ? messages.lateTitle : messages.timeUp}
          actions={submit.isPending ? undefined : <Button size="sm" onClick={hand}>{messages.seeResult}</Button>}
        >
          {submit.error ? describeError(submit.error) : messages.lateText}
        </Alert>
      )}
      <div className="space-y-6">
        {attempt.items.map((item, index) => (
          <QuestionField
            key={item.slot}
            item={item}
            number={index + 1}
            total={total}
            response={responseOf(item.slot)}
            onAnswer={(response) => { saver.answer(item.slot, response); }}
            disabled={over}
          />
        ))}
      </div>
      <Button type="submit" size="lg" className="mt-8" disabled={over} busy={submit.isPending}>{messages.submit}</Button>
      <SubmitDialog
        open={asking && !over}
        missing={unansweredNumbers(attempt.items, responseOf)}
        pending={submit.isPending}
        error={submit.error}
        onClose={() => { setAsking(false); }}
        onSubmit={hand}
      />
    </form>
  );
}

function syncedClock(attempt: Attempt): ServerClock {
  const clock = new ServerClock();
  if (attempt.server_time) clock.sync(attempt.server_time);
  return clock;
}
