import type { Lesson } from '@tt/api-client/lessons';
import { Badge } from '@tt/ui/badge';
import { Button } from '@tt/ui/button';
import { canMarkComplete, completionRule } from '../lib/completion';
import { messages } from '../messages';
import { useMarkComplete } from '../state/use-mark-complete';

/** What completes this lesson, in words, and the button when that is the learner's own decision. */
export function CompletionPanel({ lesson }: { lesson: Lesson }) {
  const { mark, pending } = useMarkComplete(lesson);
  const rule = completionRule(lesson);
  const done = lesson.progress?.state === 'completed';
  return (
    <div className="flex min-h-20 flex-wrap content-center items-center justify-between gap-4 rounded-card bg-sunken px-5 py-4">
      <p role="status" className="text-ink-muted">
        {done ? <Badge tone="success" className="text-base!"><Tick /> {messages.completed}</Badge> : messages.rule[rule]}
      </p>
      {!done && canMarkComplete(rule) && (
        <Button variant="secondary" busy={pending} onClick={mark}>{messages.markComplete}</Button>
      )}
    </div>
  );
}

function Tick() {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" className="size-4" fill="none" stroke="currentColor" strokeWidth="2.2" strokeLinecap="round" strokeLinejoin="round">
      <path d="m3 8.5 3.2 3.2L13 4.8" />
    </svg>
  );
}
