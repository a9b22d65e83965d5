import type { CourseDetail } from '@tt/api-client/courses';

export type EnrolState = 'enrolled' | 'free' | 'paid' | 'closed';

/** What the main button of the course page can offer. */
export function enrolState(course: Pick<CourseDetail, 'enrollment_mode' | 'my_enrollment'>): EnrolState {
  const status = course.my_enrollment?.status;
  if (status === 'active') return 'enrolled';
  if (course.enrollment_mode === 'paid') return 'paid';
  return course.enrollment_mode === 'open' ? 'free' : 'closed';
}

