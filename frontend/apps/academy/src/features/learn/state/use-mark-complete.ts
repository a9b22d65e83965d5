import type { Lesson } from '@tt/api-client/lessons';
import { showToast } from '@tt/ui/toast-store';
import { useEffect, useRef, useState } from 'react';
import { messages } from '../messages';
import { progressEvent } from '../lib/progress-event';
import { useProgress } from './progress-context';

interface MarkComplete {
  mark: () => void;
  /** Sent, and not yet answered. Offline this lasts until the connection is back. */
  pending: boolean;
}

export function useMarkComplete(lesson: Lesson): MarkComplete {
  const progress = useProgress();
  const sent = useRef<string | null>(null);
  const [pending, setPending] = useState(false);
  useEffect(
    () =>
      progress?.onReceipt((receipt) => {
        const id = sent.current;
        if (!id) return;
        const rejected = receipt.rejected.some((rejection) => rejection.event_id === id);
        if (!rejected && !receipt.accepted.includes(id) && !receipt.duplicates.includes(id)) return;
        sent.current = null;
        setPending(false);
        if (rejected) showToast(messages.markRefused, 'danger');
      }),
    [progress],
  );
  const mark = () => {
    if (!progress) return;
    const event = progressEvent('lesson.completed', { courseId: lesson.course.id, lessonId: lesson.id });
    sent.current = event.event_id;
    setPending(true);
    progress.track([event]);
  };
  return { mark, pending };
}
