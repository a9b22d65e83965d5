import { useQuery } from '@tanstack/react-query';
import { getCourse } from '@tt/api-client/courses';
import { describeError } from '@tt/api-client/error-messages';
import { ButtonLink } from '@tt/ui/button';
import { Container } from '@tt/ui/layout';
import { LoadingPanel } from '@tt/ui/spinner';
import { EmptyState, ErrorState } from '@tt/ui/states';
import { Navigate, useLocation } from 'react-router';
import { findLessonBySlug } from '../lib/lesson-ref';
import { messages } from '../messages';

interface LessonBySlugProps {
  courseSlug: string;
  lessonSlug: string;
}

/** Imported texts link to lessons by slug; the address then becomes the one with the id. */
export function LessonBySlug({ courseSlug, lessonSlug }: LessonBySlugProps) {
  const { hash } = useLocation();
  const course = useQuery({ queryKey: ['learn', 'syllabus', courseSlug], queryFn: () => getCourse(courseSlug) });
  const lesson = course.data && findLessonBySlug(course.data.syllabus, lessonSlug);
  if (lesson) return <Navigate to={`/learn/${courseSlug}/lessons/${lesson.id}${hash}`} replace />;
  return (
    <Container width="text" className="py-16">
      {course.isPending && <LoadingPanel label={messages.loadingLesson} />}
      {course.error && <ErrorState heading="h1" title={messages.lessonErrorTitle} message={describeError(course.error)} onRetry={() => { void course.refetch(); }} />}
      {course.data && (
        <EmptyState heading="h1" title={messages.lessonMissingTitle} actions={<ButtonLink to={`/courses/${courseSlug}`}>{messages.toCourse}</ButtonLink>}>
          {messages.lessonMissingText}
        </EmptyState>
      )}
    </Container>
  );
}
