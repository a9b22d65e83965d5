import type { Lesson } from '@tt/api-client/lessons';
import { useEffect, useRef } from 'react';
import { progressEvent } from '../lib/progress-event';
import { useProgress } from './progress-context';

/** One event per visit: it is also what "Continue" remembers. */
export function useLessonOpened(lesson: Lesson | undefined): void {
  const progress = useProgress();
  const opened = useRef<string | null>(null);
  const lessonId = lesson?.id;
  const courseId = lesson?.course.id;
  useEffect(() => {
    if (!progress || !lessonId || !courseId || opened.current === lessonId) return;
    opened.current = lessonId;
    progress.track([progressEvent('lesson.opened', { courseId, lessonId })]);
  }, [progress, lessonId, courseId]);
}
