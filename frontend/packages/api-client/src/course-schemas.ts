import { nullable, Time, z } from './schema';
import { decimal } from './wire';

export const Price = z.object({ amount_minor: z.int(), currency: z.string() });
export type Price = z.infer<typeof Price>;

export const CourseCard = z.object({
  id: z.string(),
  slug: z.string(),
  title: z.string(),
  subtitle: nullable(z.string()),
  language: nullable(z.string()),
  level: nullable(z.string()),
  duration_seconds: nullable(z.number()),
  lesson_count: z.number(),
  quiz_count: z.number(),
  thumbnail_url: nullable(z.string()),
  price: nullable(Price),
  enrollment_mode: z.string(),
});
export type CourseCard = z.infer<typeof CourseCard>;

export const Certificate = z.object({ verification_code: z.string() });

export const CourseProgress = z.object({
  lessons_required: z.number(),
  lessons_completed: z.number(),
  completion_ppm: z.number(),
  grade_percent: nullable(decimal),
  passed: nullable(z.boolean()),
  completed_at: nullable(Time),
  last_lesson_id: nullable(z.string()),
  certificate: nullable(Certificate),
});
export type CourseProgress = z.infer<typeof CourseProgress>;

export const Enrollment = z.object({
  id: z.string(),
  course_id: nullable(z.string()),
  status: z.string(),
  enrolled_at: nullable(Time),
  completed_at: nullable(Time),
});
export type Enrollment = z.infer<typeof Enrollment>;

export const SyllabusLesson = z.object({
  id: z.string(),
  slug: z.string(),
  title: z.string(),
  kind: z.string(),
  est_seconds: nullable(z.number()),
  is_preview: z._default(z.boolean(), false),
  required: z.boolean(),
});
export type SyllabusLesson = z.infer<typeof SyllabusLesson>;

/** A state from a newer server reads as "not started" instead of breaking the page. */
export const LessonState = z.catch(z.enum(['not_started', 'started', 'completed']), 'not_started');
export type LessonState = z.infer<typeof LessonState>;

export const OutlineLesson = z.extend(SyllabusLesson, { state: LessonState });
export type OutlineLesson = z.infer<typeof OutlineLesson>;

/** Modules nest (chapter → section), so the tree is one recursive schema per kind of leaf. */
export interface SyllabusModule {
  id: string;
  title: string;
  children: SyllabusModule[];
  lessons: SyllabusLesson[];
}
export const SyllabusModule: z.ZodMiniType<SyllabusModule> = z.object({
  id: z.string(),
  title: z.string(),
  children: z._default(z.array(z.lazy(() => SyllabusModule)), []),
  lessons: z._default(z.array(SyllabusLesson), []),
});

export interface OutlineModule {
  id: string;
  title: string;
  children: OutlineModule[];
  lessons: OutlineLesson[];
}
export const OutlineModule: z.ZodMiniType<OutlineModule> = z.object({
  id: z.string(),
  title: z.string(),
  children: z._default(z.array(z.lazy(() => OutlineModule)), []),
  lessons: z._default(z.array(OutlineLesson), []),
});
