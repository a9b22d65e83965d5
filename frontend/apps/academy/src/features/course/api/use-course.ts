import { useQuery } from '@tanstack/react-query';
import { getCourse } from '@tt/api-client/courses';
import { courseKeys } from './keys';

export function useCourse(slug: string, userId: string | null) {
  return useQuery({ queryKey: courseKeys.detail(slug, userId), queryFn: () => getCourse(slug) });
}
