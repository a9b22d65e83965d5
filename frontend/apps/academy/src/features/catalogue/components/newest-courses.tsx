import { describeError } from '@tt/api-client/error-messages';
import { EmptyState, ErrorState } from '@tt/ui/states';
import { useCatalogue } from '../api/use-catalogue';
import { readParams } from '../lib/catalogue-params';
import { messages } from '../messages';
import { CourseGrid, CourseGridSkeleton } from './course-grid';

/** How many fit a home page before it becomes the catalogue. */
const SHOWN = 6;
const newest = readParams(new URLSearchParams());

export function NewestCourses() {
  const { data, error, refetch } = useCatalogue(newest);
  const courses = data?.pages[0]?.items.slice(0, SHOWN);
  if (!courses) {
    if (!error) return <CourseGridSkeleton count={3} />;
    return <ErrorState title={messages.errorTitle} message={describeError(error)} onRetry={() => { void refetch(); }} />;
  }
  if (courses.length === 0) return <EmptyState title={messages.noneTitle}>{messages.noneText}</EmptyState>;
  return <CourseGrid courses={courses} />;
}
