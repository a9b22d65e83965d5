import { request, segment } from './http';
import { CourseCard, CourseProgress, Enrollment, OutlineModule, SyllabusModule } from './course-schemas';
import { nullable, Time, z } from './schema';
import { decimal } from './wire';

const Facet = z.object({ value: z.string(), count: z.number() });
export type Facet = z.infer<typeof Facet>;

export const CatalogPage = z.object({
  items: z.array(CourseCard),
  next_cursor: nullable(z.string()),
  total: z.number(),
  facets: z.object({
    level: z._default(z.array(Facet), []),
    language: z._default(z.array(Facet), []),
    price: z._default(z.array(Facet), []),
  }),
});
export type CatalogPage = z.infer<typeof CatalogPage>;

export interface CatalogQuery {
  q?: string | undefined;
  level?: string | undefined;
  language?: string | undefined;
  price?: string | undefined;
  sort?: string | undefined;
  limit?: number;
  cursor?: string | undefined;
}

/** `academyUrl` is empty inside the academy; the website calls the academy from its own origin. */
export function listCourses(query: CatalogQuery = {}, academyUrl = ''): Promise<CatalogPage> {
  return request(CatalogPage, { url: `${academyUrl}/api/v1/courses`, params: query, anonymous: true });
}

export const CourseDetail = z.extend(CourseCard, {
  description_html: nullable(z.string()),
  outcomes: z._default(z.array(z.string()), []),
  pass_percent: nullable(decimal),
  updated_at: nullable(Time),
  syllabus: z.array(SyllabusModule),
  my_enrollment: nullable(Enrollment),
});
export type CourseDetail = z.infer<typeof CourseDetail>;

/** Sends the token when there is one: `my_enrollment` depends on it. */
export function getCourse(slug: string): Promise<CourseDetail> {
  return request(CourseDetail, { url: `/api/v1/courses/${segment(slug)}` });
}

export const CourseOutline = z.object({
  course: z.object({ id: z.string(), slug: z.string(), title: z.string() }),
  modules: z.array(OutlineModule),
  progress: CourseProgress,
  resume_lesson_id: nullable(z.string()),
});
export type CourseOutline = z.infer<typeof CourseOutline>;

export function getCourseOutline(slug: string): Promise<CourseOutline> {
  return request(CourseOutline, { url: `/api/v1/courses/${segment(slug)}/outline` });
}
