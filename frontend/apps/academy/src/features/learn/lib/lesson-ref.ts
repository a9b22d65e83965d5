import type { SyllabusLesson, SyllabusModule } from '@tt/api-client/course-schemas';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isLessonId(ref: string): boolean {
  return UUID.test(ref);
}

export function findLessonBySlug(modules: readonly SyllabusModule[], slug: string): SyllabusLesson | null {
  for (const module of modules) {
    const found = module.lessons.find((lesson) => lesson.slug === slug) ?? findLessonBySlug(module.children, slug);
    if (found) return found;
  }
  return null;
}
