import { beforeEach, describe, expect, it } from 'vitest';
import { deviceId, nextClientSeq, progressEvent, segmentEvents } from './progress-event';

const subject = { courseId: 'c1', lessonId: 'l1', blockId: 'b1' };

describe('progress events', () => {
  beforeEach(() => localStorage.clear());

  it('keeps one device id', () => {
    expect(deviceId()).toBe(deviceId());
  });

  it('counts up, also after a reload and after rubbish in the storage', () => {
    expect(nextClientSeq()).toBe(1);
    expect(nextClientSeq()).toBe(2);
    localStorage.setItem('tt.client_seq', 'NaN');
    expect(nextClientSeq()).toBe(1);
  });

  it('stamps an event with its own id, time, device and number', () => {
    const event = progressEvent('lesson.opened', subject, undefined, new Date('2026-01-02T03:04:05Z'));
    expect(event).toMatchObject({
      verb: 'lesson.opened',
      course_id: 'c1',
      lesson_id: 'l1',
      block_id: 'b1',
      occurred_at: '2026-01-02T03:04:05.000Z',
      client_seq: 1,
    });
    expect(event).not.toHaveProperty('data');
    expect(event.event_id).toMatch(/-7/);
  });

  it('writes whole milliseconds and the playhead on the last segment', () => {
    const events = segmentEvents(
      subject,
      [
        { fromMs: 0.4, toMs: 5000.6 },
        { fromMs: 9000, toMs: 9900 },
      ],
      9900.2,
      60_000.7,
    );
    expect(events.map((event) => event.data)).toEqual([
      { from_ms: 0, to_ms: 5001, position_ms: 5001, duration_ms: 60_001 },
      { from_ms: 9000, to_ms: 9900, position_ms: 9900, duration_ms: 60_001 },
    ]);
    expect(events[1]?.client_seq).toBe((events[0]?.client_seq ?? 0) + 1);
  });
});
