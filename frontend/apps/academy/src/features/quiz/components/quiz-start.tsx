import type { AttemptSummary, QuizRules } from '@tt/api-client/quiz-attempts';
import { ButtonLink } from '@tt/ui/button';
import { Badge } from '@tt/ui/badge';
import { limitText, percentText } from '../lib/numbers';
import { attemptsLeft } from '../lib/rules';
import { messages } from '../messages';
import { AttemptHistory } from './attempt-history';
import { StartButton } from './start-button';

interface QuizStartProps {
  title: string;
  rules: QuizRules;
  attempts: readonly AttemptSummary[];
  access: 'open' | 'signed_out' | 'not_enrolled';
  here: string;
  onAttempt: (attemptId: string) => void;
}

export function QuizStart({ title, rules, attempts, access, here, onAttempt }: QuizStartProps) {
  const left = attemptsLeft(rules);
  const again = attempts.length > 0 ? messages.startAgain : messages.start;
  return (
    <section aria-label={title} className="rounded-card border border-line bg-surface p-6 sm:p-8">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <h2 className="text-heading">{title}</h2>
        <Badge tone="accent">{messages.mode[rules.mode] ?? messages.untitled}</Badge>
      </div>
      {rules.mode === 'graded' && <h3 className="mt-5 font-sans font-semibold">{messages.rules}</h3>}
      <ul className="mt-3 space-y-1.5 text-ink-muted">
        {ruleLines(rules).map((line) => (
          <li key={line} className="flex gap-3">
            <span aria-hidden="true" className="mt-[0.55em] size-2 shrink-0 rounded-full border-2 border-accent" />
            {line}
          </li>
        ))}
      </ul>
      {rules.best_score_percent !== null && <p className="mt-4 font-semibold">{messages.best(percentText(rules.best_score_percent))}</p>}
      <div className="mt-6 flex flex-wrap items-center gap-3">
        {access === 'signed_out' && <ButtonLink to={`/sign-in?next=${encodeURIComponent(here)}`}>{messages.signIn}</ButtonLink>}
        {access === 'not_enrolled' && <p className="text-ink-muted">{messages.enrolFirst}</p>}
        {access === 'open' && (left === 0 && !rules.open_attempt_id ? (
          <p className="font-semibold">{messages.noneLeft}</p>
        ) : (
          <StartButton quizId={rules.id} label={rules.open_attempt_id ? messages.resume : again} onAttempt={onAttempt} />
        ))}
      </div>
      <AttemptHistory attempts={attempts} onOpen={onAttempt} />
    </section>
  );
}

function ruleLines(rules: QuizRules): string[] {
  const left = attemptsLeft(rules);
  const limit = rules.time_limit_seconds;
  const graded = rules.mode === 'graded';
  const lines = [
    messages.questions(rules.question_count),
    limit ? messages.limit(limitText(limit)) : graded && messages.noLimit,
    limit && messages.limitHint,
    left === null ? messages.attemptsUnlimited : messages.attemptsLeft(left, rules.max_attempts ?? 0),
    graded && rules.pass_percent && messages.pass(rules.pass_percent),
    graded && messages.saved,
  ];
  return lines.filter((line) => typeof line === 'string');
}
