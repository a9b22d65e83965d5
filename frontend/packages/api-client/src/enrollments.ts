import { request, requestWithStatus } from './http';
import { CourseCard, CourseProgress, Enrollment } from './course-schemas';
import { list, z } from './schema';

/** Enrolling twice returns the first enrollment; `created` tells which it was. */
export async function enroll(courseId: string): Promise<{ created: boolean; enrollment: Enrollment }> {
  const config = { method: 'POST', url: '/api/v1/enrollments', data: { course_id: courseId } };
  const { status, data } = await requestWithStatus(Enrollment, config);
  return { created: status === 201, enrollment: data };
}

const MyEnrollment = z.object({ enrollment: Enrollment, course: CourseCard, progress: CourseProgress });
export type MyEnrollment = z.infer<typeof MyEnrollment>;

export async function listMyEnrollments(): Promise<MyEnrollment[]> {
  return (await request(list(MyEnrollment), { url: '/api/v1/me/enrollments' })).items;
}
