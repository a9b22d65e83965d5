import type { Lesson } from '@tt/api-client/lessons';
import type { QuizRules } from '@tt/api-client/quiz-attempts';
import { Alert } from '@tt/ui/alert';
import { ButtonLink } from '@tt/ui/button';
import { formatDuration } from '@tt/ui/format';
import { useEffect, useRef, type ReactNode } from 'react';
import { useLocation } from 'react-router';
import { messages } from '../messages';
import { useProgress } from '../state/progress-context';
import { useLessonOpened } from '../state/use-lesson-opened';
import { LessonBlock } from './blocks/lesson-block';
import { CompletionPanel } from './completion-panel';
import { LessonPager } from './lesson-pager';

/** React Router's key of the location a visit starts with. */
const FIRST_LOCATION_KEY = 'default';

interface LessonViewProps {
  lesson: Lesson;
  enrolled: boolean;
  renderQuiz: (rules: QuizRules) => ReactNode;
}

export function LessonView({ lesson, enrolled, renderQuiz }: LessonViewProps) {
  const tracked = useProgress() !== null && enrolled;
  useLessonOpened(tracked ? lesson : undefined);
  const title = useFocusAfterNavigation(lesson.id);
  const meta = [lesson.module_title, lesson.est_seconds ? formatDuration(lesson.est_seconds) : null].filter(Boolean);
  return (
    <article className="space-y-8">
      <header>
        {meta.length > 0 && <p className="text-sm font-medium text-ink-subtle">{meta.join(' · ')}</p>}
        <h1 ref={title} tabIndex={-1} className="mt-1 text-title">{lesson.title}</h1>
      </header>
      {!enrolled && (
        <Alert actions={<ButtonLink to={`/courses/${lesson.course.slug}`} size="sm">{messages.toCourse}</ButtonLink>}>
          {messages.previewNote}
        </Alert>
      )}
      {lesson.blocks.map((block) => (
        <LessonBlock key={block.id} block={block} lesson={lesson} renderQuiz={renderQuiz} />
      ))}
      {tracked && <CompletionPanel key={lesson.id} lesson={lesson} />}
      <LessonPager lesson={lesson} />
    </article>
  );
}

/** After a navigation the focus goes to the new title; the first page of a visit leaves it where it is. */
function useFocusAfterNavigation(lessonId: string) {
  const title = useRef<HTMLHeadingElement>(null);
  const navigated = useLocation().key !== FIRST_LOCATION_KEY;
  useEffect(() => {
    if (!navigated) return;
    // After the shell, which moves the focus to <main> in the same commit.
    const timer = setTimeout(() => title.current?.focus({ preventScroll: true }));
    return () => { clearTimeout(timer); };
  }, [navigated, lessonId]);
  return title;
}
