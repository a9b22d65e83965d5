import { describeError } from '@tt/api-client/error-messages';
import type { MyEnrollment } from '@tt/api-client/enrollments';
import { ButtonLink } from '@tt/ui/button';
import { LoadingPanel } from '@tt/ui/spinner';
import { EmptyState, ErrorState } from '@tt/ui/states';
import { useMyEnrollments } from '../api/use-my-enrollments';
import { messages } from '../messages';
import { EnrolledCourse } from './enrolled-course';

export function MyLearning() {
  const { data, error, refetch } = useMyEnrollments();
  if (!data) {
    if (!error) return <LoadingPanel label={messages.loading} />;
    return <ErrorState title={messages.errorTitle} message={describeError(error)} onRetry={() => { void refetch(); }} />;
  }
  if (data.length === 0) {
    return <EmptyState title={messages.emptyTitle} actions={<ButtonLink to="/courses">{messages.browse}</ButtonLink>}>{messages.emptyText}</EmptyState>;
  }
  const done = data.filter((item) => item.progress.completed_at !== null);
  const running = data.filter((item) => item.progress.completed_at === null);
  return (
    <div className="space-y-12">
      <CourseGroup title={messages.running} items={running} />
      <CourseGroup title={messages.done} items={done} />
    </div>
  );
}

function CourseGroup({ title, items }: { title: string; items: readonly MyEnrollment[] }) {
  if (items.length === 0) return null;
  return (
    <section>
      <h2 className="mb-4 text-heading">{title}</h2>
      <ul className="space-y-5">
        {items.map((item) => <li key={item.enrollment.id}><EnrolledCourse item={item} /></li>)}
      </ul>
    </section>
  );
}
