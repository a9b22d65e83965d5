import { useMyEnrollments } from '../api/use-my-enrollments';
import { messages } from '../messages';
import { EnrolledCourse } from './enrolled-course';

/** On the home page: the course that is being taken, or nothing at all. */
export function ContinueLearning() {
  const { data } = useMyEnrollments();
  const current = data?.find((item) => item.progress.completed_at === null && item.enrollment.status === 'active');
  if (!current) return null;
  return (
    <section className="pt-12">
      <h2 className="mb-5 text-heading">{messages.continueTitle}</h2>
      <EnrolledCourse item={current} />
    </section>
  );
}
