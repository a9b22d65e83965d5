import { request, segment } from './http';
import { list, nullable, z } from './schema';

export const CourseImport = z.object({
  id: z.string(),
  status: z.enum(['queued', 'running', 'done', 'failed']),
  stage: nullable(z.string()),
  percent: nullable(z.number()),
  report: z.unknown(),
  error: z.unknown(),
});
export type CourseImport = z.infer<typeof CourseImport>;

/** Large archives on slow lines: no time-out of our own, the server's deadlines decide. */
const UPLOAD_TIMEOUT_MS = 0;

export async function uploadCourse(file: File, onProgress?: (fraction: number) => void): Promise<string> {
  const answer = await request(z.object({ id: z.string() }), {
    method: 'POST',
    url: '/api/v1/admin/imports',
    data: file,
    timeout: UPLOAD_TIMEOUT_MS,
    headers: { 'Content-Type': 'application/gzip', 'X-Filename': encodeURIComponent(file.name) },
    onUploadProgress: (event) => onProgress?.(event.total ? event.loaded / event.total : 0),
  });
  return answer.id;
}

export function getImport(id: string): Promise<CourseImport> {
  return request(CourseImport, { url: `/api/v1/admin/imports/${segment(id)}` });
}

export async function listImports(): Promise<CourseImport[]> {
  return (await request(list(CourseImport), { url: '/api/v1/admin/imports' })).items;
}
