import type { MyEnrollment } from '@tt/api-client/enrollments';
import { Badge } from '@tt/ui/badge';
import { ButtonLink } from '@tt/ui/button';
import { CoursePicture } from '@tt/ui/course-picture';
import { Progress } from '@tt/ui/progress';
import { Link } from 'react-router';
import { messages } from '../messages';

export function EnrolledCourse({ item }: { item: MyEnrollment }) {
  const { course, progress, enrollment } = item;
  const { lessons_completed: done, lessons_required: total } = progress;
  const facts = [messages.lessons(done, total), progress.grade_percent === null ? null : messages.grade(progress.grade_percent)];
  return (
    <article className="flex flex-col overflow-hidden rounded-card border border-line bg-surface sm:flex-row">
      <CoursePicture seed={course.slug} imageUrl={course.thumbnail_url} className="sm:aspect-auto! sm:w-60 sm:shrink-0" />
      <div className="flex min-w-0 flex-1 flex-col gap-4 p-5 sm:p-6">
        <div className="flex flex-wrap items-start justify-between gap-3">
          <h3 className="text-xl"><Link to={`/courses/${course.slug}`} className="hover:text-accent">{course.title}</Link></h3>
          {progress.completed_at && <Badge tone="success">{messages.completed}</Badge>}
          {enrollment.status !== 'active' && <Badge tone="warning">{messages.expired}</Badge>}
        </div>
        <div>
          <Progress label={messages.progressOf(course.title)} value={done} max={total} valueText={messages.lessons(done, total)} />
          <p className="mt-2 text-sm text-ink-muted">{facts.filter(Boolean).join(' · ')}</p>
        </div>
        <p className="mt-auto flex flex-wrap gap-3">
          {enrollment.status === 'active' && (
            <ButtonLink to={resumePath(item)} variant={progress.completed_at ? 'secondary' : 'primary'}>
              {actionText(item)}<span className="sr-only"> {course.title}</span>
            </ButtonLink>
          )}
          {progress.certificate && (
            <ButtonLink to={`/verify/${progress.certificate.verification_code}`} variant="marker">{messages.certificate}<span className="sr-only"> {course.title}</span></ButtonLink>
          )}
        </p>
      </div>
    </article>
  );
}

/** Straight to the last lesson when it is known: one request less. */
function resumePath({ course, progress }: MyEnrollment): string {
  return progress.last_lesson_id && !progress.completed_at
    ? `/learn/${course.slug}/lessons/${progress.last_lesson_id}`
    : `/learn/${course.slug}`;
}

function actionText({ progress }: MyEnrollment): string {
  if (progress.completed_at) return messages.again;
  return progress.last_lesson_id ? messages.continue : messages.start;
}
