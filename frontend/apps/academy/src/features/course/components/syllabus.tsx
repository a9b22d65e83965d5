import type { SyllabusLesson, SyllabusModule } from '@tt/api-client/course-schemas';
import { Badge } from '@tt/ui/badge';
import { Disclosure } from '@tt/ui/disclosure';
import { formatDuration } from '@tt/ui/format';
import { Link } from 'react-router';
import { messages } from '../messages';

interface SyllabusProps {
  modules: readonly SyllabusModule[];
  courseSlug: string;
}

export function Syllabus({ modules, courseSlug }: SyllabusProps) {
  return (
    <div className="overflow-hidden rounded-card border border-line bg-surface px-5 sm:px-6 [&>:last-child]:border-b-0">
      {modules.map((module, index) => (
        <Disclosure key={module.id} defaultOpen={index === 0} title={<ModuleTitle module={module} number={index + 1} />}>
          <ModuleBody module={module} courseSlug={courseSlug} />
        </Disclosure>
      ))}
    </div>
  );
}

function ModuleTitle({ module, number }: { module: SyllabusModule; number: number }) {
  const lessons = lessonsOf(module);
  const seconds = lessons.reduce((sum, lesson) => sum + (lesson.est_seconds ?? 0), 0);
  return (
    <span className="flex items-baseline gap-4">
      <span aria-hidden="true" className="w-6 shrink-0 font-display text-xl text-ink-subtle tabular-nums">{number}</span>
      <span>
        <span className="block font-display text-lg leading-snug">{module.title}</span>
        <span className="mt-0.5 block text-sm font-normal text-ink-subtle">
          {messages.lessons(lessons.length)}
          {seconds > 0 && ` · ${formatDuration(seconds)}`}
        </span>
      </span>
    </span>
  );
}

function ModuleBody({ module, courseSlug }: { module: SyllabusModule; courseSlug: string }) {
  return (
    <div className="sm:pl-10">
      {module.lessons.length > 0 && <LessonList lessons={module.lessons} courseSlug={courseSlug} />}
      {module.children.map((section) => (
        <section key={section.id} className="mt-4 first:mt-0">
          <h4 className="mb-1 font-sans text-sm font-semibold text-ink">{section.title}</h4>
          <LessonList lessons={lessonsOf(section)} courseSlug={courseSlug} />
        </section>
      ))}
    </div>
  );
}

function LessonList({ lessons, courseSlug }: { lessons: readonly SyllabusLesson[]; courseSlug: string }) {
  return (
    <ul className="divide-y divide-line">
      {lessons.map((lesson) => (
        <li key={lesson.id} className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 py-2">
          <span className="min-w-0 flex-1 basis-48 text-ink">
            {lesson.is_preview ? (
              <Link to={`/learn/${courseSlug}/lessons/${lesson.id}`} className="link">{lesson.title}</Link>
            ) : (
              lesson.title
            )}
          </span>
          {lesson.is_preview && <Badge tone="accent">{messages.preview}</Badge>}
          <span className="text-sm text-ink-subtle">
            {messages.kind(lesson.kind)}
            {lesson.est_seconds ? ` · ${formatDuration(lesson.est_seconds)}` : ''}
            {!lesson.required && ` · ${messages.optional}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

function lessonsOf(module: SyllabusModule): SyllabusLesson[] {
  return [...module.lessons, ...module.children.flatMap(lessonsOf)];
}
