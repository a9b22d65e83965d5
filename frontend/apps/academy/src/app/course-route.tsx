import { isApiError } from '@tt/api-client/api-error';
import { describeError } from '@tt/api-client/error-messages';
import { useSession } from '@tt/auth/session';
import { ButtonLink } from '@tt/ui/button';
import { Container } from '@tt/ui/layout';
import { usePageMeta } from '@tt/ui/page-meta';
import { EmptyState, ErrorState } from '@tt/ui/states';
import { useParams } from 'react-router';
import { useCourse } from '../features/course/api/use-course';
import { CoursePage } from '../features/course/components/course-page';
import { CourseSkeleton } from '../features/course/components/course-skeleton';
import { messages } from './messages';

export function CourseRoute() {
  const { slug = '' } = useParams();
  const userId = useSession().user?.id ?? null;
  const { data, error, refetch } = useCourse(slug, userId);
  usePageMeta({
    title: data?.title ?? messages.courseLoading,
    description: data?.subtitle ?? undefined,
    noindex: isApiError(error) && error.status === 404,
  });
  if (data) return <CoursePage key={data.id} course={data} />;
  if (!error) return <CourseSkeleton />;
  return (
    <Container width="text" className="py-16">
      {isApiError(error) && error.status === 404 ? (
        <EmptyState heading="h1" title={messages.courseMissingTitle} actions={<ButtonLink to="/courses">{messages.allCourses}</ButtonLink>}>
          {messages.courseMissingText}
        </EmptyState>
      ) : (
        <ErrorState heading="h1" title={messages.courseErrorTitle} message={describeError(error)} onRetry={() => { void refetch(); }} />
      )}
    </Container>
  );
}
