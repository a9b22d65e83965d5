import type { CourseCard as Course } from '@tt/api-client/course-schemas';
import { Skeleton } from '@tt/ui/skeleton';
import { messages } from '../messages';
import { CourseCard } from './course-card';

const grid = 'grid gap-6 sm:grid-cols-2 xl:grid-cols-3';

export function CourseGrid({ courses, dimmed = false }: { courses: readonly Course[]; dimmed?: boolean }) {
  return (
    <ul className={`${grid} transition-opacity ${dimmed ? 'opacity-60' : ''}`} aria-busy={dimmed || undefined}>
      {courses.map((course) => (
        <li key={course.id}>
          <CourseCard course={course} />
        </li>
      ))}
    </ul>
  );
}

export function CourseGridSkeleton({ count = 6 }: { count?: number }) {
  return (
    <div role="status">
      <span className="sr-only">{messages.loading}</span>
      <div className={grid}>
        {Array.from({ length: count }, (_, index) => (
          <div key={index} className="overflow-hidden rounded-card border border-line bg-surface">
            <Skeleton className="aspect-video rounded-none" />
            <div className="space-y-3 p-5">
              <Skeleton className="h-6 w-3/4" />
              <Skeleton className="h-4 w-full" />
              <Skeleton className="h-4 w-1/2" />
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}
