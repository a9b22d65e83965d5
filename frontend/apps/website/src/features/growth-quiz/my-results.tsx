import { describeError } from '@tt/api-client/error-messages';
import { ButtonLink } from '@tt/ui/button';
import { formatDate } from '@tt/ui/format';
import { LoadingPanel } from '@tt/ui/spinner';
import { EmptyState, ErrorState } from '@tt/ui/states';
import { TextLink } from '@tt/ui/text-link';
import { useMyGrowthResults } from './api/use-growth-quiz';
import { messages } from './messages';

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
    <ul className="divide-y divide-line rounded-card border border-line bg-surface">
      {data.map((result) => (
        <li key={result.token} className="flex flex-wrap items-baseline justify-between gap-x-6 px-6 py-4">
          <TextLink to={`/quiz/result/${result.token}`} className="font-semibold">{result.profile.title}</TextLink>
          {result.completed_at && <span className="text-sm text-ink-subtle">{messages.takenOn(formatDate(result.completed_at))}</span>}
        </li>
      ))}
    </ul>
  );
}
