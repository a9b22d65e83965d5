import type { CourseOutline } from '@tt/api-client/courses';
import { ButtonLink } from '@tt/ui/button';
import { Progress } from '@tt/ui/progress';
import { TextLink } from '@tt/ui/text-link';
import { useState } from 'react';
import { messages } from '../../messages';
import { OutlineNav } from './outline-nav';

interface OutlinePanelProps {
  outline: CourseOutline;
  lessonId: string;
}

/** Beside the lesson on wide screens; above it, closed, on narrow ones. */
export function OutlinePanel({ outline, lessonId }: OutlinePanelProps) {
  // The lesson under which it was opened: choosing another one closes it.
  const [openOn, setOpenOn] = useState<string | null>(null);
  const open = openOn === lessonId;
  const { lessons_completed: done, lessons_required: total } = outline.progress;
  return (
    <div className="lg:sticky lg:top-17 lg:max-h-[calc(100dvh-4.25rem)] lg:overflow-y-auto lg:py-8 lg:pr-4">
      <button
        type="button"
        aria-expanded={open}
        aria-controls="course-outline"
        onClick={() => { setOpenOn(open ? null : lessonId); }}
        className="flex min-h-12 w-full items-center justify-between gap-3 rounded-control border border-line-strong bg-surface px-4 text-left font-semibold lg:hidden"
      >
        {messages.outlineToggle(done, total)}
        <svg viewBox="0 0 20 20" aria-hidden="true" className={`size-5 shrink-0 ${open ? 'rotate-180' : ''}`} fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round"><path d="m5 8 5 5 5-5" /></svg>
      </button>
      <div id="course-outline" className={open ? 'mt-4' : 'hidden lg:block'}>
        <p><TextLink to={`/courses/${outline.course.slug}`} className="text-ink! no-underline! hover:underline!">
          <span className="font-display text-xl leading-tight font-bold">{outline.course.title}</span>
        </TextLink></p>
        <Progress className="mt-4" label={messages.progressLabel} value={done} max={total} valueText={messages.progressText(done, total)} />
        <p className="mt-2 mb-3 text-sm text-ink-muted">{messages.progressText(done, total)}</p>
        {outline.progress.certificate && (
          <div className="mb-4 rounded-card bg-board p-4 text-on-board">
            <p className="font-semibold">{messages.certificateReady}</p>
            <ButtonLink to={`/verify/${outline.progress.certificate.verification_code}`} variant="marker" size="sm" className="mt-3">{messages.seeCertificate}</ButtonLink>
          </div>
        )}
        <OutlineNav outline={outline} lessonId={lessonId} />
      </div>
    </div>
  );
}
