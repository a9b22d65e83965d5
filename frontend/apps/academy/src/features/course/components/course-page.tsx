import type { CourseDetail } from '@tt/api-client/courses';
import { Container } from '@tt/ui/layout';
import { CoursePicture } from '@tt/ui/course-picture';
import { formatDuration } from '@tt/ui/format';
import { messages } from '../messages';
import { CourseHero } from './course-hero';
import { EnrolPanel } from './enrol-panel';
import { Syllabus } from './syllabus';

export function CoursePage({ course }: { course: CourseDetail }) {
  const duration = course.duration_seconds ? formatDuration(course.duration_seconds) : null;
  return (
    <article lang={course.language ?? undefined}>
      <CourseHero course={course} />
      <Container className="pb-12 lg:grid lg:grid-cols-[1fr_22rem] lg:gap-10">
        <aside aria-label={messages.enrolment} className="-mt-4 lg:order-last lg:-mt-80">
          <div className="overflow-hidden rounded-card border border-line bg-surface shadow-float lg:sticky lg:top-24">
            <CoursePicture seed={course.slug} imageUrl={course.thumbnail_url} />
            <div className="p-6"><EnrolPanel course={course} /></div>
          </div>
        </aside>
        <div className="space-y-14 pt-12">
          {course.outcomes.length > 0 && <Outcomes outcomes={course.outcomes} />}
          {course.description_html && (
            <section aria-labelledby="about">
              <h2 id="about" className="text-heading">{messages.about}</h2>
              {/* Sanitised by the server when the course was imported. */}
              <div className="prose mt-4" dangerouslySetInnerHTML={{ __html: course.description_html }} />
            </section>
          )}
          <section aria-labelledby="syllabus">
            <div className="mb-4 flex flex-wrap items-baseline justify-between gap-x-4">
              <h2 id="syllabus" className="text-heading">{messages.syllabus}</h2>
              <p className="text-ink-muted">{messages.syllabusTotal(messages.lessons(course.lesson_count), duration)}</p>
            </div>
            <Syllabus modules={course.syllabus} courseSlug={course.slug} />
          </section>
        </div>
      </Container>
    </article>
  );
}

function Outcomes({ outcomes }: { outcomes: readonly string[] }) {
  return (
    <section aria-labelledby="outcomes">
      <h2 id="outcomes" className="text-heading">{messages.outcomes}</h2>
      <ul className="mt-5 grid gap-x-8 gap-y-4 sm:grid-cols-2">
        {outcomes.map((outcome) => (
          <li key={outcome} className="flex gap-3">
            <svg viewBox="0 0 20 20" aria-hidden="true" className="mt-1 size-5 shrink-0 text-accent" fill="none" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" strokeLinejoin="round">
              <path d="M2 14C4 7 8 5 17 5m-3.6-3.6L17 5l-3.6 3.6" />
            </svg>
            <span>{outcome}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
