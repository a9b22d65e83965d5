import { request } from './http';
import { CourseProgress, LessonState } from './course-schemas';
import { nullable, z } from './schema';

export type ProgressVerb = 'lesson.opened' | 'lesson.completed' | 'video.segment' | 'video.position';

export interface ProgressEvent {
  event_id: string;
  verb: ProgressVerb;
  course_id: string;
  lesson_id: string;
  block_id?: string;
  data?: { from_ms?: number; to_ms?: number; position_ms?: number; duration_ms?: number };
  occurred_at: string;
  device_id?: string;
  client_seq?: number;
}

/** The server refuses larger batches. */
export const MAX_EVENTS_PER_BATCH = 100;

const ProgressReceipt = z.object({
  accepted: z._default(z.array(z.string()), []),
  duplicates: z._default(z.array(z.string()), []),
  rejected: z._default(z.array(z.object({ event_id: z.string(), reason: z.string() })), []),
  lessons: z.array(
    z.object({
      lesson_id: z.string(),
      state: LessonState,
      completion_ppm: z.number(),
      position_ms: nullable(z.number()),
    }),
  ),
  courses: z.array(z.extend(CourseProgress, { course_id: z.string() })),
});
export type ProgressReceipt = z.infer<typeof ProgressReceipt>;

/**
 * Events carry their own ids, so a batch may be sent again after a lost answer. `keepalive` lets the
 * request outlive a page that is being closed.
 */
export function sendProgress(events: readonly ProgressEvent[], keepalive = false): Promise<ProgressReceipt> {
  return request(ProgressReceipt, {
    method: 'POST',
    url: '/api/v1/progress',
    data: { events },
    // XHR dies with the page; only fetch can be kept alive.
    ...(keepalive ? { adapter: 'fetch' as const, fetchOptions: { keepalive } } : {}),
  });
}
