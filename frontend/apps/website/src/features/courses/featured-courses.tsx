import type { CourseCard } from '@tt/api-client/course-schemas';
import { listCourses } from '@tt/api-client/courses';
import { AcademyLink, useSiteConfig } from '@tt/auth/site-links';
import { Badge } from '@tt/ui/badge';
import { Card } from '@tt/ui/card';
import { CoursePicture } from '@tt/ui/course-picture';
import { cx } from '@tt/ui/cx';
import { formatDuration, formatMoney, plural } from '@tt/ui/format';
import { Skeleton } from '@tt/ui/skeleton';
import { EmptyState } from '@tt/ui/states';
import { useQuery } from '@tanstack/react-query';
import { messages } from './messages';

const FEATURED = 3;

function useFeaturedCourses() {
  const academyUrl = useSiteConfig()?.academy_url;
  return useQuery({
    queryKey: ['featured-courses', academyUrl],
    queryFn: () => listCourses({ limit: FEATURED }, academyUrl),
    enabled: academyUrl !== undefined,
    // The academy may be down while the site is not: one more try, then say so.
    retry: 1,
  });
}

/** By number of courses: one lies wide, more stand side by side. */
const columns: Record<number, string> = { 1: '', 2: 'sm:grid-cols-2', [FEATURED]: 'sm:grid-cols-2 lg:grid-cols-3' };

/** Courses come from the academy's own server; without it the page says so and stays whole. */
export function FeaturedCourses() {
  const { data, isError, refetch } = useFeaturedCourses();
  if (isError) {
    return (
      <EmptyState
        title={messages.downTitle}
        actions={<button type="button" className="link" onClick={() => void refetch()}>{messages.retry}</button>}
      >
        {messages.downText}
      </EmptyState>
    );
  }
  if (!data) return <CourseSkeletons />;
  if (data.items.length === 0) return <EmptyState title={messages.emptyTitle}>{messages.emptyText}</EmptyState>;
  return (
    <>
      <ul className={cx('grid gap-6', columns[data.items.length] ?? columns[FEATURED])}>
        {data.items.slice(0, FEATURED).map((course) => (
          <li key={course.id}><FeaturedCourse course={course} wide={data.items.length === 1} /></li>
        ))}
      </ul>
      <p className="mt-8"><AcademyLink to="/courses" className="link">{messages.all}</AcademyLink></p>
    </>
  );
}

/** The academy names its pictures by path; seen from here they are on another origin. */
function inAcademy(path: string | null, academyUrl: string): string | null {
  return path?.startsWith('/') ? academyUrl + path : path;
}

function FeaturedCourse({ course, wide }: { course: CourseCard; wide: boolean }) {
  const academyUrl = useSiteConfig()?.academy_url ?? '';
  const price = course.price ? formatMoney(course.price.amount_minor, course.price.currency) : messages.free;
  return (
    <Card as="article" interactive flush className={cx('flex h-full flex-col', wide && 'md:flex-row')}>
      <CoursePicture seed={course.slug} imageUrl={inAcademy(course.thumbnail_url, academyUrl)} {...(wide ? { className: 'md:w-1/2' } : {})} />
      <div className={cx('flex flex-1 flex-col p-6', wide && 'md:p-10')}>
        <h3 className={wide ? 'text-heading' : 'text-xl'}>
          <AcademyLink to={`/courses/${course.slug}`} className="after:absolute after:inset-0 hover:text-accent">
            {course.title}
          </AcademyLink>
        </h3>
        {course.subtitle && <p className="mt-2 line-clamp-3 text-ink-muted">{course.subtitle}</p>}
        <p className="mt-auto flex flex-wrap items-center gap-2 pt-5 text-sm text-ink-subtle">
          <Badge tone="accent">{price}</Badge>
          <span>{plural(course.lesson_count, ...messages.lessons)}</span>
          {course.duration_seconds !== null && (
            <>
              <span aria-hidden="true">·</span>
              <span>{formatDuration(course.duration_seconds)}</span>
            </>
          )}
        </p>
      </div>
    </Card>
  );
}

function CourseSkeletons() {
  return (
    <div role="status" aria-label={messages.loading} className="grid gap-6 sm:grid-cols-2 lg:grid-cols-3">
      {[1, 2, 3].map((key) => (
        <div key={key} className="rounded-card border border-line">
          <Skeleton className="aspect-[16/9] rounded-b-none" />
          <div className="space-y-3 p-6">
            <Skeleton className="h-6 w-4/5" />
            <Skeleton className="h-4" />
            <Skeleton className="h-4 w-3/5" />
          </div>
        </div>
      ))}
    </div>
  );
}
