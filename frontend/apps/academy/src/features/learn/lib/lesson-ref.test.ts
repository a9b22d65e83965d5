import type { SyllabusModule } from '@tt/api-client/course-schemas';
import { describe, expect, it } from 'vitest';
import { findLessonBySlug, isLessonId } from './lesson-ref';

const lesson = (slug: string) => ({ id: `id-${slug}`, slug }) as SyllabusModule['lessons'][number];
const modules: SyllabusModule[] = [
  { id: 'm1', title: '', lessons: [lesson('a')], children: [{ id: 's1', title: '', lessons: [lesson('b')], children: [] }] },
];

describe('lesson references', () => {
  it('tells ids from slugs', () => {
    expect(isLessonId('0190a3b2-7c1d-7e2f-8a4b-5c6d7e8f9012')).toBe(true);
    expect(isLessonId('a-lesson')).toBe(false);
  });
  it('finds a lesson in any section', () => {
    expect(findLessonBySlug(modules, 'b')?.id).toBe('id-b');
    expect(findLessonBySlug(modules, 'c')).toBeNull();
  });
});
