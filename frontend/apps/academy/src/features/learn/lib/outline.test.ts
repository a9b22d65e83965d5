import type { OutlineModule } from '@tt/api-client/course-schemas';
import type { CourseOutline } from '@tt/api-client/courses';
import type { ProgressReceipt } from '@tt/api-client/progress';
import { describe, expect, it } from 'vitest';
import { allLessons, applyReceipt, containsLesson, moduleTally, resumeLessonId } from './outline';

const lesson = (id: string, state: 'not_started' | 'started' | 'completed') => ({
  id,
  slug: id,
  title: id,
  kind: 'article',
  est_seconds: null,
  is_preview: false,
  required: true,
  state,
});

const progress = {
  lessons_required: 3,
  lessons_completed: 1,
  completion_ppm: 333_333,
  grade_percent: null,
  passed: false,
  completed_at: null,
  last_lesson_id: null,
  certificate: null,
};

const module: OutlineModule = {
  id: 'm1',
  title: 'One',
  lessons: [lesson('a', 'completed')],
  children: [{ id: 's1', title: 'Section', lessons: [lesson('b', 'started'), lesson('c', 'not_started')], children: [] }],
};

const outline: CourseOutline = {
  course: { id: 'c1', slug: 'c', title: 'C' },
  modules: [module],
  progress,
  resume_lesson_id: null,
};

describe('outline', () => {
  it('reads lessons in order, through sections', () => {
    expect(allLessons([module]).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(moduleTally(module)).toEqual({ done: 1, total: 3 });
    expect(containsLesson(module, 'c')).toBe(true);
    expect(containsLesson(module, 'z')).toBe(false);
  });

  it('resumes where the server says, else at the first unfinished lesson', () => {
    expect(resumeLessonId({ ...outline, resume_lesson_id: 'c' })).toBe('c');
    expect(resumeLessonId(outline)).toBe('b');
    expect(resumeLessonId({ ...outline, resume_lesson_id: 'removed' })).toBe('b');
    expect(resumeLessonId({ ...outline, modules: [] })).toBeNull();
  });

  it('ticks lessons and moves the bar from a receipt', () => {
    const receipt: ProgressReceipt = {
      accepted: ['e'],
      duplicates: [],
      rejected: [],
      lessons: [{ lesson_id: 'b', state: 'completed', completion_ppm: 1_000_000, position_ms: null }],
      courses: [{ ...progress, course_id: 'c1', lessons_completed: 2 }],
    };
    const ticked = applyReceipt(outline, receipt);
    expect(allLessons(ticked.modules).map(({ state }) => state)).toEqual(['completed', 'completed', 'not_started']);
    expect(ticked.progress.lessons_completed).toBe(2);
    expect(applyReceipt(outline, { ...receipt, lessons: [], courses: [] }).progress).toBe(progress);
  });
});
