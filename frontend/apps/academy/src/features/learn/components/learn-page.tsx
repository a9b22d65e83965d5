import { isApiError } from '@tt/api-client/api-error';
import { describeError } from '@tt/api-client/error-messages';
import type { QuizRules } from '@tt/api-client/quiz-attempts';
import { useSession } from '@tt/auth/session';
import { ButtonLink } from '@tt/ui/button';
import { Container } from '@tt/ui/layout';
import { usePageMeta } from '@tt/ui/page-meta';
import { LoadingPanel } from '@tt/ui/spinner';
import { EmptyState, ErrorState } from '@tt/ui/states';
import type { ReactNode } from 'react';
import { useLesson, usePrefetchLesson } from '../api/use-lesson';
import { useOutline } from '../api/use-outline';
import { messages } from '../messages';
import { ProgressProvider } from '../state/progress-provider';
import { LessonView } from './lesson-view';
import { OutlinePanel } from './outline/outline-panel';

interface LearnPageProps {
  courseSlug: string;
  lessonId: string;
  renderQuiz: (rules: QuizRules, enrolled: boolean) => ReactNode;
}

export function LearnPage({ courseSlug, lessonId, renderQuiz }: LearnPageProps) {
  const userId = useSession().user?.id ?? null;
  const outline = useOutline(courseSlug, userId);
  const enrolled = outline.data !== undefined || outline.isLoading;
  const lesson = useLesson(lessonId, userId);
  usePrefetchLesson(lesson.data?.next_lesson_id ?? null, outline.data ? userId : null);
  usePageMeta({ title: lesson.data?.title ?? messages.loadingLesson, noindex: true });
  return (
    <ProgressProvider userId={outline.data ? userId : null}>
      <Container className={outline.data ? 'pt-4 lg:grid lg:grid-cols-[19rem_minmax(0,1fr)] lg:gap-12 lg:pt-0' : ''}>
        {outline.data && <OutlinePanel outline={outline.data} lessonId={lessonId} />}
        <div className="min-w-0 max-w-3xl py-8">
          {lesson.data && (
            <LessonView
              lesson={lesson.data}
              enrolled={enrolled}
              renderQuiz={(rules) => renderQuiz(rules, enrolled)}
            />
          )}
          {!lesson.data && lesson.isPending && <LoadingPanel label={messages.loadingLesson} />}
          {lesson.error && <LessonProblem error={lesson.error} courseSlug={courseSlug} onRetry={() => { void lesson.refetch(); }} />}
        </div>
      </Container>
    </ProgressProvider>
  );
}

function LessonProblem({ error, courseSlug, onRetry }: { error: Error; courseSlug: string; onRetry: () => void }) {
  if (isApiError(error) && [401, 403].includes(error.status)) {
    return (
      <EmptyState heading="h1" title={messages.notEnrolledTitle} actions={<ButtonLink to={`/courses/${courseSlug}`}>{messages.toCourse}</ButtonLink>}>
        {messages.notEnrolledText}
      </EmptyState>
    );
  }
  return <ErrorState heading="h1" title={messages.lessonErrorTitle} message={describeError(error)} onRetry={onRetry} />;
}
