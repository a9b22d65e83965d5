export const learnKeys = {
  outline: (slug: string, userId: string | null) => ['learn', 'outline', slug, userId] as const,
  outlines: ['learn', 'outline'] as const,
  lesson: (lessonId: string, userId: string | null) => ['learn', 'lesson', lessonId, userId] as const,
  lessons: ['learn', 'lesson'] as const,
};
