import type { OutlineLesson, OutlineModule } from '@tt/api-client/course-schemas';
import type { CourseOutline } from '@tt/api-client/courses';
import { formatDuration } from '@tt/ui/format';
import { useId, useState } from 'react';
import { Link } from 'react-router';
import { containsLesson, moduleTally } from '../../lib/outline';
import { messages } from '../../messages';
import { StateRing } from './state-ring';

interface OutlineNavProps {
  outline: CourseOutline;
  lessonId: string;
}

/** Chapters open and close, lessons are links; headings let a screen reader jump between chapters. */
export function OutlineNav({ outline, lessonId }: OutlineNavProps) {
  return (
    <nav aria-label={messages.outline}>
      {outline.modules.map((module) => (
        // The key reopens a chapter when the learner moves into it.
        <OutlineChapter
          key={`${module.id} ${String(containsLesson(module, lessonId))}`}
          module={module}
          lessonId={lessonId}
          courseSlug={outline.course.slug}
        />
      ))}
    </nav>
  );
}

interface ChapterProps {
  module: OutlineModule;
  lessonId: string;
  courseSlug: string;
}

function OutlineChapter({ module, lessonId, courseSlug }: ChapterProps) {
  const [open, setOpen] = useState(() => containsLesson(module, lessonId));
  const panel = useId();
  const { done, total } = moduleTally(module);
  return (
    <section className="border-b border-line last:border-b-0">
      <h2 className="font-sans">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={panel}
          onClick={() => { setOpen(!open); }}
          className="flex min-h-12 w-full items-center gap-3 py-3 text-left hover:text-accent"
        >
          <span className="min-w-0 flex-1">
            <span className="block leading-snug font-semibold">{module.title}</span>
            <span className="block text-sm font-normal text-ink-subtle">{messages.tally(done, total)}</span>
          </span>
          <svg viewBox="0 0 20 20" aria-hidden="true" className={`size-5 shrink-0 transition-transform ${open ? 'rotate-180' : ''}`} fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round">
            <path d="m5 8 5 5 5-5" />
          </svg>
        </button>
      </h2>
      <div id={panel} hidden={!open} className="pb-3">
        <LessonLinks lessons={module.lessons} lessonId={lessonId} courseSlug={courseSlug} />
        {module.children.map((section) => (
          <section key={section.id}>
            <h3 className="mt-2 mb-1 px-2 font-sans text-sm font-semibold text-ink-muted">{section.title}</h3>
            <LessonLinks lessons={section.lessons} lessonId={lessonId} courseSlug={courseSlug} />
          </section>
        ))}
      </div>
    </section>
  );
}

interface LessonLinksProps {
  lessons: readonly OutlineLesson[];
  lessonId: string;
  courseSlug: string;
}

function LessonLinks({ lessons, lessonId, courseSlug }: LessonLinksProps) {
  if (lessons.length === 0) return null;
  return (
    <ul>
      {lessons.map((lesson) => (
        <li key={lesson.id}>
          <Link
            to={`/learn/${courseSlug}/lessons/${lesson.id}`}
            aria-current={lesson.id === lessonId ? 'page' : undefined}
            className="flex min-h-10 gap-3 rounded-lg px-2 py-2 leading-snug hover:bg-sunken aria-[current]:bg-accent-soft aria-[current]:font-semibold aria-[current]:text-on-accent-soft"
          >
            <StateRing state={lesson.state} />
            <span className="min-w-0">
              {lesson.title}
              <span className="sr-only">, {messages.state[lesson.state]}</span>
              <LessonMeta lesson={lesson} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function LessonMeta({ lesson }: { lesson: OutlineLesson }) {
  const parts = [lesson.est_seconds ? formatDuration(lesson.est_seconds) : null, lesson.required ? null : messages.optional];
  const text = parts.filter(Boolean).join(' · ');
  return text ? <span className="block text-sm font-normal opacity-80">{text}</span> : null;
}
