import type { CourseDetail } from '@tt/api-client/courses';
import { formatDate, formatDuration } from '@tt/ui/format';
import { Container } from '@tt/ui/layout';
import { Link } from 'react-router';
import { messages } from '../messages';

/** The head of the course page: name and facts on the board. The way in stands beside it, in the page's grid. */
export function CourseHero({ course }: { course: CourseDetail }) {
  return (
    <div className="bg-board text-on-board">
      <Container className="py-10 lg:min-h-96 lg:py-16">
        <div className="lg:mr-98">
          <Link to="/courses" className="inline-flex min-h-8 items-center gap-2 font-medium text-on-board-muted hover:text-on-board">
            <span aria-hidden="true">←</span> {messages.breadcrumb}
          </Link>
          <h1 tabIndex={-1} className="mt-5 max-w-[18ch] text-title">{course.title}</h1>
          {course.subtitle && <p className="mt-5 max-w-prose text-lead text-on-board-muted">{course.subtitle}</p>}
          <ul className="mt-8 flex flex-wrap gap-2">
            {factsOf(course).map((fact) => (
              <li key={fact} className="rounded-full bg-board-raised px-3.5 py-1.5 text-sm font-medium">{fact}</li>
            ))}
          </ul>
        </div>
      </Container>
    </div>
  );
}

function factsOf(course: CourseDetail): string[] {
  const facts = [
    course.level && messages.level(course.level),
    course.duration_seconds && formatDuration(course.duration_seconds),
    messages.lessons(course.lesson_count),
    course.quiz_count > 0 && messages.quizzes(course.quiz_count),
    course.language && messages.language(course.language),
    course.pass_percent ? messages.certificate(course.pass_percent) : messages.certificateAny,
    course.updated_at && messages.updated(formatDate(course.updated_at)),
  ];
  return facts.filter((fact) => typeof fact === 'string' && fact !== '') as string[];
}
