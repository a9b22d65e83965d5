import type { CourseOutline } from '@tt/api-client/courses';
import type { OutlineLesson, OutlineModule } from '@tt/api-client/course-schemas';
import type { Lesson } from '@tt/api-client/lessons';
import type { ProgressReceipt } from '@tt/api-client/progress';

/** All lessons in reading order. */
export function allLessons(modules: readonly OutlineModule[]): OutlineLesson[] {
  return modules.flatMap((module) => [...module.lessons, ...allLessons(module.children)]);
}

export interface ModuleTally {
  done: number;
  total: number;
}

export function moduleTally(module: OutlineModule): ModuleTally {
  const lessons = allLessons([module]);
  return { done: lessons.filter((lesson) => lesson.state === 'completed').length, total: lessons.length };
}

export function containsLesson(module: OutlineModule, lessonId: string): boolean {
  return allLessons([module]).some((lesson) => lesson.id === lessonId);
}

/** Where "Continue" leads: the server's choice, else the first unfinished lesson, else the first. */
export function resumeLessonId(outline: CourseOutline): string | null {
  const lessons = allLessons(outline.modules);
  const known = lessons.some((lesson) => lesson.id === outline.resume_lesson_id);
  if (known) return outline.resume_lesson_id;
  return (lessons.find((lesson) => lesson.state !== 'completed') ?? lessons[0])?.id ?? null;
}

/** Ticks the outline from what the server stored, so that no reload and no extra request is needed. */
export function applyReceipt(outline: CourseOutline, receipt: ProgressReceipt): CourseOutline {
  const states = new Map(receipt.lessons.map((lesson) => [lesson.lesson_id, lesson.state]));
  const progress = receipt.courses.find((course) => course.course_id === outline.course.id);
  const tick = (module: OutlineModule): OutlineModule => ({
    ...module,
    lessons: module.lessons.map((lesson) => ({ ...lesson, state: states.get(lesson.id) ?? lesson.state })),
    children: module.children.map(tick),
  });
  return { ...outline, modules: outline.modules.map(tick), progress: progress ?? outline.progress };
}

export function applyReceiptToLesson(lesson: Lesson, receipt: ProgressReceipt): Lesson {
  const row = receipt.lessons.find((each) => each.lesson_id === lesson.id);
  if (!row) return lesson;
  return {
    ...lesson,
    progress: {
      state: row.state,
      completion_ppm: row.completion_ppm,
      position_ms: row.position_ms ?? lesson.progress?.position_ms ?? null,
    },
  };
}
