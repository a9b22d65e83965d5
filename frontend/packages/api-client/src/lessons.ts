import { request, segment } from './http';
import { LessonState } from './course-schemas';
import { QuizRules } from './quiz-attempts';
import { nullable, z } from './schema';

const Caption = z.object({
  language: z.string(),
  label: nullable(z.string()),
  url: z.string(),
  kind: nullable(z.string()),
});

export const Video = z.object({
  sources: z._default(z.array(z.object({ url: z.string(), type: nullable(z.string()) })), []),
  youtube_id: nullable(z.string()),
  poster_url: nullable(z.string()),
  duration_ms: nullable(z.number()),
  captions: z._default(z.array(Caption), []),
});
export type Video = z.infer<typeof Video>;

const BlockFile = z.object({
  url: z.string(),
  name: z.string(),
  bytes: nullable(z.number()),
  content_type: nullable(z.string()),
});
export type BlockFile = z.infer<typeof BlockFile>;

export interface Block {
  id: string;
  kind: string;
  html: string | null;
  video: Video | null;
  file: BlockFile | null;
  quiz: QuizRules | null;
  embed: { url: string; title: string | null } | null;
  unsupported: { reason: string; source_type: string | null } | null;
  children: Block[];
}
export const Block: z.ZodMiniType<Block> = z.object({
  id: z.string(),
  kind: z.string(),
  html: nullable(z.string()),
  video: nullable(Video),
  file: nullable(BlockFile),
  quiz: nullable(QuizRules),
  embed: nullable(z.object({ url: z.string(), title: nullable(z.string()) })),
  unsupported: nullable(z.object({ reason: z.string(), source_type: nullable(z.string()) })),
  children: z.pipe(z.nullish(z.array(z.lazy(() => Block))), z.transform((value) => value ?? [])),
});

const LessonProgress = z.object({ state: LessonState, position_ms: nullable(z.number()), completion_ppm: z.number() });
export type LessonProgress = z.infer<typeof LessonProgress>;

export const Lesson = z.object({
  id: z.string(),
  slug: z.string(),
  title: z.string(),
  kind: z.string(),
  course: z.object({ id: z.string(), slug: z.string(), title: z.string() }),
  module_title: nullable(z.string()),
  est_seconds: nullable(z.number()),
  is_preview: z._default(z.boolean(), false),
  completion_rule: nullable(z.string()),
  blocks: z.array(Block),
  prev_lesson_id: nullable(z.string()),
  next_lesson_id: nullable(z.string()),
  progress: nullable(LessonProgress),
});
export type Lesson = z.infer<typeof Lesson>;

export function getLesson(id: string): Promise<Lesson> {
  return request(Lesson, { url: `/api/v1/lessons/${segment(id)}` });
}
