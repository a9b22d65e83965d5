import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import type { CourseOutline } from '@tt/api-client/courses';
import type { Lesson } from '@tt/api-client/lessons';
import type { ProgressEvent, ProgressReceipt } from '@tt/api-client/progress';
import { useEffect, useMemo, type ReactNode } from 'react';
import { learnKeys } from '../api/keys';
import { sendEvents } from '../api/send-events';
import { openEventStore } from '../lib/event-store';
import { applyReceipt, applyReceiptToLesson } from '../lib/outline';
import { ProgressQueue } from '../lib/progress-queue';
import { Receipts } from '../lib/receipts';
import { ProgressContext, type ProgressPort } from './progress-context';

interface Wiring extends ProgressPort {
  start: () => void;
  stop: () => void;
}

/** One queue for the signed-in learner; what the server stores ticks the outline in the query cache. */
export function ProgressProvider({ userId, children }: { userId: string | null; children: ReactNode }) {
  const queryClient = useQueryClient();
  const wiring = useMemo(() => (userId ? wire(userId, queryClient) : null), [userId, queryClient]);
  useEffect(() => {
    wiring?.start();
    return () => { wiring?.stop(); };
  }, [wiring]);
  return <ProgressContext value={wiring}>{children}</ProgressContext>;
}

function wire(userId: string, queryClient: QueryClient): Wiring {
  const receipts = new Receipts();
  const onStored = (receipt: ProgressReceipt) => {
    applyToCache(queryClient, receipt);
    receipts.publish(receipt);
  };
  const queue = openEventStore(userId).then((store) => new ProgressQueue({ store, send: sendEvents, onStored }));
  let opened: ProgressQueue | null = null;
  void queue.then((ready) => { opened = ready; });
  const flush = () => void queue.then((ready) => ready.flush());
  return {
    userId,
    track: (events: readonly ProgressEvent[]) => void queue.then((ready) => ready.add(events)),
    // No waiting here: the page may be gone in the next tick.
    trackBeforeHide: (events: readonly ProgressEvent[]) => void opened?.addBeforeHide(events),
    onReceipt: receipts.subscribe,
    start: () => {
      window.addEventListener('online', flush);
      flush();
    },
    stop: () => {
      window.removeEventListener('online', flush);
      void queue.then((ready) => { ready.pause(); });
    },
  };
}

function applyToCache(queryClient: QueryClient, receipt: ProgressReceipt): void {
  queryClient.setQueriesData<CourseOutline>({ queryKey: learnKeys.outlines }, (outline) =>
    outline ? applyReceipt(outline, receipt) : outline,
  );
  queryClient.setQueriesData<Lesson>({ queryKey: learnKeys.lessons }, (lesson) =>
    lesson ? applyReceiptToLesson(lesson, receipt) : lesson,
  );
  void queryClient.invalidateQueries({ queryKey: ['me'] });
}
