import { isApiError } from '@tt/api-client/api-error';
import { describeError } from '@tt/api-client/error-messages';
import { useSession } from '@tt/auth/session';
import { Container } from '@tt/ui/layout';
import { LoadingPanel } from '@tt/ui/spinner';
import { EmptyState, ErrorState } from '@tt/ui/states';
import { Navigate } from 'react-router';
import { useOutline } from '../api/use-outline';
import { resumeLessonId } from '../lib/outline';
import { messages } from '../messages';

/** /learn/{course}: leads to the lesson where the learner left. */
export function ResumePage({ courseSlug }: { courseSlug: string }) {
  const userId = useSession().user?.id ?? null;
  const outline = useOutline(courseSlug, userId);
  if (isApiError(outline.error) && [401, 403, 404].includes(outline.error.status)) {
    return <Navigate to={`/courses/${courseSlug}`} replace />;
  }
  if (outline.data) {
    const lessonId = resumeLessonId(outline.data);
    if (lessonId) return <Navigate to={`/learn/${courseSlug}/lessons/${lessonId}`} replace />;
    return <Container width="text" className="py-16"><EmptyState heading="h1" title={messages.emptyCourse} /></Container>;
  }
  return (
    <Container width="text" className="py-16">
      {outline.error ? (
        <ErrorState heading="h1" title={messages.courseErrorTitle} message={describeError(outline.error)} onRetry={() => { void outline.refetch(); }} />
      ) : (
        <LoadingPanel label={messages.loadingCourse} />
      )}
    </Container>
  );
}
