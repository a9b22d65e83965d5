import type { Lesson } from '@tt/api-client/lessons';
import { ButtonLink } from '@tt/ui/button';
import { messages } from '../messages';

export function LessonPager({ lesson }: { lesson: Lesson }) {
  const to = (id: string) => `/learn/${lesson.course.slug}/lessons/${id}`;
  return (
    <nav aria-label={messages.lessonNavigation} className="flex flex-wrap justify-between gap-3">
      {lesson.prev_lesson_id ? (
        <ButtonLink to={to(lesson.prev_lesson_id)} variant="secondary"><span aria-hidden="true">←</span> {messages.previous}</ButtonLink>
      ) : (
        <span />
      )}
      {lesson.next_lesson_id ? (
        <ButtonLink to={to(lesson.next_lesson_id)}>{messages.next} <span aria-hidden="true">→</span></ButtonLink>
      ) : (
        <ButtonLink to={`/courses/${lesson.course.slug}`} variant="secondary">{messages.finish}</ButtonLink>
      )}
    </nav>
  );
}
