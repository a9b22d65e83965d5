import { uuidV7 } from '@tt/sync/uuid-v7';
import type { ProgressEvent } from '@tt/api-client/progress';
import type { Segment } from './watch-tracker';

export type Verb = ProgressEvent['verb'];

const DEVICE_KEY = 'tt.device_id';
const SEQ_KEY = 'tt.client_seq';

/** A random name for this browser. It only separates a learner's devices and is never sent elsewhere. */
export function deviceId(storage: Pick<Storage, 'getItem' | 'setItem'> = localStorage): string {
  const known = storage.getItem(DEVICE_KEY);
  if (known) return known;
  const created = uuidV7();
  storage.setItem(DEVICE_KEY, created);
  return created;
}

/** Counts the events of this browser, so that the server can order two with the same time. */
export function nextClientSeq(storage: Pick<Storage, 'getItem' | 'setItem'> = localStorage): number {
  const last = Number(storage.getItem(SEQ_KEY) ?? 0);
  const next = Number.isSafeInteger(last) && last >= 0 ? last + 1 : 1;
  storage.setItem(SEQ_KEY, String(next));
  return next;
}

export interface EventSubject {
  courseId: string;
  lessonId: string;
  blockId?: string;
}

export function progressEvent(
  verb: Verb,
  subject: EventSubject,
  data?: ProgressEvent['data'],
  now: Date = new Date(),
): ProgressEvent {
  return {
    event_id: uuidV7(now.getTime()),
    verb,
    course_id: subject.courseId,
    lesson_id: subject.lessonId,
    ...(subject.blockId ? { block_id: subject.blockId } : {}),
    ...(data ? { data } : {}),
    occurred_at: now.toISOString(),
    device_id: deviceId(),
    client_seq: nextClientSeq(),
  };
}

/** One event per stretch watched; the last one carries the playhead. */
export function segmentEvents(
  subject: EventSubject,
  segments: readonly Segment[],
  positionMs: number,
  durationMs: number | null,
): ProgressEvent[] {
  const duration = durationMs ? { duration_ms: Math.round(durationMs) } : {};
  return segments.map((segment, index) =>
    progressEvent('video.segment', subject, {
      from_ms: Math.round(segment.fromMs),
      to_ms: Math.round(segment.toMs),
      position_ms: Math.round(index === segments.length - 1 ? positionMs : segment.toMs),
      ...duration,
    }),
  );
}
