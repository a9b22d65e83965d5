import { isApiError } from '@tt/api-client/api-error';
import { describeError } from '@tt/api-client/error-messages';
import type { GrowthResult } from '@tt/api-client/growth-quiz';
import { useSession } from '@tt/auth/session';
import { AcademyLink } from '@tt/auth/site-links';
import { Badge } from '@tt/ui/badge';
import { ButtonLink } from '@tt/ui/button';
import { Container, PageHeading } from '@tt/ui/layout';
import { usePageMeta } from '@tt/ui/page-meta';
import { LoadingPanel } from '@tt/ui/spinner';
import { EmptyState, ErrorState } from '@tt/ui/states';
import { TextLink } from '@tt/ui/text-link';
import { useParams } from 'react-router';
import { useGrowthResult } from './api/use-growth-quiz';
import { messages } from './messages';
import { ScoreBoard } from './score-board';

export function ResultPage() {
  usePageMeta({ title: messages.resultTitle, noindex: true });
  const { token = '' } = useParams();
  const { data, error, refetch } = useGrowthResult(token);
  return (
    <Container className="pt-12 lg:pt-16">
      {data && <Result result={data} />}
      {!data && !error && <LoadingPanel />}
      {!data && error && <ResultFailure error={error} onRetry={() => void refetch()} />}
    </Container>
  );
}

function ResultFailure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  if (!isApiError(error) || error.isTransient) {
    return <ErrorState heading="h1" title={messages.resultFailed} message={describeError(error)} onRetry={onRetry} />;
  }
  return (
    <EmptyState heading="h1" title={messages.resultMissingTitle} actions={<ButtonLink to="/quiz">{messages.takeQuiz}</ButtonLink>}>
      {messages.resultMissingText}
    </EmptyState>
  );
}

function Result({ result }: { result: GrowthResult }) {
  return (
    <>
      <PageHeading eyebrow={messages.resultTitle} title={result.profile.title} lead={result.profile.summary} />
      <div className="mt-12 grid gap-12 lg:grid-cols-2 lg:gap-16">
        <section>
          <h2 className="text-heading">{messages.scoresTitle}</h2>
          <div className="mt-5"><ScoreBoard scores={result.scores} /></div>
        </section>
        <section>
          <h2 className="text-heading">{messages.adviceTitle}</h2>
          <ol className="mt-5 space-y-5">
            {result.profile.advice.map((move, index) => (
              <li key={move} className="flex gap-4 text-lg">
                <span aria-hidden="true" className="grid size-9 shrink-0 place-items-center rounded-full border-[3px] border-accent font-display font-bold text-accent">{index + 1}</span>
                <span className="pt-0.5">{move}</span>
              </li>
            ))}
          </ol>
        </section>
      </div>
      {result.recommended_courses.length > 0 && <Recommendations courses={result.recommended_courses} />}
      <KeepResult claimed={result.claimed} token={result.token} />
    </>
  );
}

function Recommendations({ courses }: { courses: GrowthResult['recommended_courses'] }) {
  return (
    <section className="mt-16">
      <h2 className="text-title">{messages.coursesTitle}</h2>
      <ul className="mt-6 grid gap-6 md:grid-cols-2">
        {courses.map((course) => (
          <li key={course.slug} className="flex flex-col items-start rounded-card border border-line bg-surface p-8 only:md:col-span-2">
            <h3 className="text-heading">{course.title}</h3>
            {course.reason && <p className="mt-2 mb-6 max-w-2xl text-lg text-ink-muted">{course.reason}</p>}
            <AcademyLink to={`/courses/${course.slug}`} variant="primary" size="lg" className="mt-auto" aria-label={`${course.title}: ${messages.openCourse}`}>
              {messages.openCourse}
            </AcademyLink>
          </li>
        ))}
      </ul>
    </section>
  );
}

function KeepResult({ claimed, token }: { claimed: boolean; token: string }) {
  const { status } = useSession();
  const here = `?next=${encodeURIComponent(`/quiz/result/${token}`)}`;
  return (
    <section className="mt-12 rounded-card bg-sunken p-8">
      {status === 'signed_in' ? (
        claimed && <Badge tone="success">{messages.kept}</Badge>
      ) : (
        <div className="flex flex-wrap items-center justify-between gap-6">
          <div>
            <h2 className="text-heading">{messages.keepTitle}</h2>
            <p className="mt-1 text-ink-muted">{messages.keepText}</p>
          </div>
          <div className="flex flex-wrap gap-3">
            <ButtonLink to={`/sign-up${here}`}>{messages.createAccount}</ButtonLink>
            <ButtonLink to={`/sign-in${here}`} variant="secondary">{messages.signIn}</ButtonLink>
          </div>
        </div>
      )}
      <p className="mt-5 text-sm text-ink-subtle">{messages.shareHint} <TextLink to="/quiz">{messages.again}</TextLink></p>
    </section>
  );
}
