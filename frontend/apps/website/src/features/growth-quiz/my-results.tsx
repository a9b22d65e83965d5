import { describeError } from '@tt/api-client/error-messages';
import type { GrowthResult } from '@tt/api-client/growth-quiz';
import { AcademyLink } from '@tt/auth/site-links';
import { ButtonLink } from '@tt/ui/button';
import { Disclosure } from '@tt/ui/disclosure';
import { formatDate } from '@tt/ui/format';
import { LoadingPanel } from '@tt/ui/spinner';
import { EmptyState, ErrorState } from '@tt/ui/states';
import { useMyGrowthResults } from './api/use-growth-quiz';
import { messages } from './messages';
import { ScoreBoard } from './score-board';

export function MyResults() {
  const { data, error, refetch } = useMyGrowthResults();
  if (!data) {
    if (!error) return <LoadingPanel />;
    return <ErrorState title={messages.mineFailed} message={describeError(error)} onRetry={() => void refetch()} />;
  }
  if (data.length === 0) {
    return <EmptyState title={messages.mineEmpty} actions={<ButtonLink to="/quiz" variant="secondary">{messages.takeQuiz}</ButtonLink>} />;
  }
  return (
    <div className="rounded-card border border-line bg-surface px-6 [&>:last-child]:border-b-0">
      {data.map((result, index) => <MyResult key={result.completed_at ?? index} result={result} newest={index === 0} />)}
    </div>
  );
}

/** The whole result stands here: its address is a secret that the account's list does not repeat. */
function MyResult({ result, newest }: { result: GrowthResult; newest: boolean }) {
  const date = result.completed_at && messages.takenOn(formatDate(result.completed_at));
  const title = (
    <>
      {result.profile.title} {date && <span className="ml-2 text-sm font-normal text-ink-subtle">{date}</span>}
    </>
  );
  return (
    <Disclosure title={title} defaultOpen={newest}>
      <p className="mb-5 text-lg">{result.profile.summary}</p>
      <ScoreBoard scores={result.scores} />
      {result.recommended_courses.map((course) => (
        <p key={course.slug} className="mt-5">
          <AcademyLink to={`/courses/${course.slug}`} className="link font-semibold">{course.title}</AcademyLink>
        </p>
      ))}
    </Disclosure>
  );
}
