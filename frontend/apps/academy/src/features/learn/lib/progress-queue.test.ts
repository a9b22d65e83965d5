import { describe, expect, it, vi } from 'vitest';
import type { ProgressEvent, ProgressReceipt } from '@tt/api-client/progress';
import { MemoryEventStore } from './event-store';
import { ProgressQueue, type SendOutcome } from './progress-queue';

function event(id: string): ProgressEvent {
  return {
    event_id: id,
    verb: 'lesson.opened',
    course_id: 'c1',
    lesson_id: 'l1',
    occurred_at: '2026-01-01T00:00:00Z',
  };
}

function stored(accepted: string[], rejected: string[] = []): SendOutcome {
  const reply: ProgressReceipt = {
    accepted,
    duplicates: [],
    rejected: rejected.map((event_id) => ({ event_id, reason: 'lesson_not_found' })),
    lessons: [],
    courses: [],
  };
  return { kind: 'stored', reply };
}

function setup(answers: SendOutcome[]) {
  const store = new MemoryEventStore();
  const sent: string[][] = [];
  const timers: { run: () => void; ms: number }[] = [];
  const onStored = vi.fn();
  const queue = new ProgressQueue({
    store,
    onStored,
    random: () => 1,
    setTimer: (run, ms) => timers.push({ run, ms }),
    clearTimer: () => undefined,
    send: async (events) => {
      const ids = events.map((each) => each.event_id);
      sent.push(ids);
      return answers.shift() ?? stored(ids);
    },
  });
  return { store, sent, timers, onStored, queue };
}

describe('ProgressQueue', () => {
  it('sends, reports and forgets what the server acknowledged', async () => {
    const { store, sent, onStored, queue } = setup([]);
    await queue.add([event('a'), event('b')]);
    expect(sent).toEqual([['a', 'b']]);
    expect(onStored).toHaveBeenCalledOnce();
    expect(await store.peek(10)).toEqual([]);
  });

  it('keeps events while offline and sends them later with growing pauses', async () => {
    const { store, sent, timers, queue } = setup([
      { kind: 'retry', retryAfterMs: null },
      { kind: 'retry', retryAfterMs: null },
    ]);
    await queue.add([event('a')]);
    expect(await store.peek(10)).toHaveLength(1);
    await queue.flush();
    expect(timers.map((timer) => timer.ms)).toEqual([1000, 2000]);
    timers[1]?.run();
    await vi.waitFor(async () => expect(await store.peek(10)).toEqual([]));
    expect(sent).toEqual([['a'], ['a'], ['a']]);
  });

  it('waits at least as long as Retry-After says', async () => {
    const { timers, queue } = setup([{ kind: 'retry', retryAfterMs: 20_000 }]);
    await queue.add([event('a')]);
    expect(timers[0]?.ms).toBe(20_000);
  });

  it('keeps events of an ended session without hammering the server', async () => {
    const { store, timers, queue } = setup([{ kind: 'signed_out' }]);
    await queue.add([event('a')]);
    expect(await store.peek(10)).toHaveLength(1);
    expect(timers).toEqual([]);
  });

  it('drops a refused batch instead of blocking everything behind it', async () => {
    const { store, sent, queue } = setup([{ kind: 'refused' }]);
    await queue.add([event('a')]);
    await queue.add([event('b')]);
    expect(sent).toEqual([['a'], ['b']]);
    expect(await store.peek(10)).toEqual([]);
  });

  it('drops events that the server rejected one by one', async () => {
    const { store, queue } = setup([stored(['a'], ['b'])]);
    await queue.add([event('a'), event('b')]);
    expect(await store.peek(10)).toEqual([]);
  });

  it('splits into batches of one hundred', async () => {
    const { sent, queue } = setup([]);
    await queue.add(Array.from({ length: 250 }, (_, index) => event(`e${index}`)));
    expect(sent.map((ids) => ids.length)).toEqual([100, 100, 50]);
  });

  it('does not spin when a reply acknowledges nothing', async () => {
    const { sent, timers, queue } = setup([stored([])]);
    await queue.add([event('a')]);
    expect(sent).toHaveLength(1);
    expect(timers).toHaveLength(1);
  });

  it('before hiding, stores and sends in the same tick', async () => {
    const { store, sent, queue } = setup([]);
    const hidden = queue.addBeforeHide([event('a')]);
    expect(sent).toEqual([['a']]);
    await hidden;
    expect(await store.peek(10)).toEqual([]);
  });

  it('keeps the event when the request on hiding failed', async () => {
    const { store, queue } = setup([{ kind: 'retry', retryAfterMs: null }]);
    await queue.addBeforeHide([event('a')]);
    expect(await store.peek(10)).toHaveLength(1);
  });
});
