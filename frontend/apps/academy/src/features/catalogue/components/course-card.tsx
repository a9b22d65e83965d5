import type { CourseCard as Course } from '@tt/api-client/course-schemas';
import { Badge } from '@tt/ui/badge';
import { Card } from '@tt/ui/card';
import { CoursePicture } from '@tt/ui/course-picture';
import { formatDuration, formatMoney } from '@tt/ui/format';
import { Link } from 'react-router';
import { messages } from '../messages';

export function CourseCard({ course }: { course: Course }) {
  const facts = [
    course.level && messages.level(course.level),
    course.duration_seconds && formatDuration(course.duration_seconds),
    messages.lessons(course.lesson_count),
    course.quiz_count > 0 && messages.quizzes(course.quiz_count),
  ].filter((fact) => typeof fact === 'string' && fact !== '') as string[];
  return (
    <Card as="article" interactive flush className="flex h-full flex-col">
      <CoursePicture seed={course.slug} imageUrl={course.thumbnail_url} />
      <div className="flex flex-1 flex-col p-5">
        <h3 className="text-xl leading-snug">
          <Link to={`/courses/${course.slug}`} className="after:absolute after:inset-0 after:rounded-card hover:text-accent">
            {course.title}
          </Link>
        </h3>
        {course.subtitle && <p className="mt-2 line-clamp-3 text-ink-muted">{course.subtitle}</p>}
        <div className="mt-auto flex items-end justify-between gap-3 pt-5">
          <ul className="flex flex-wrap gap-x-3 text-sm text-ink-subtle">{facts.map((fact) => <li key={fact}>{fact}</li>)}</ul>
          <PriceBadge course={course} />
        </div>
      </div>
    </Card>
  );
}

function PriceBadge({ course }: { course: Course }) {
  if (course.price) {
    return <Badge className="shrink-0">{formatMoney(course.price.amount_minor, course.price.currency)}</Badge>;
  }
  if (course.enrollment_mode !== 'open') return <Badge className="shrink-0">{messages.closed}</Badge>;
  return <Badge tone="marker" className="shrink-0">{messages.free}</Badge>;
}
