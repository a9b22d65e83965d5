import { useQuery } from '@tanstack/react-query';
import { getCourseOutline } from '@tt/api-client/courses';
import { learnKeys } from './keys';

/** Only enrolled learners have an outline; `enabled` is off for a visitor looking at a preview lesson. */
export function useOutline(slug: string, userId: string | null) {
  return useQuery({
    queryKey: learnKeys.outline(slug, userId),
    queryFn: () => getCourseOutline(slug),
    enabled: userId !== null,
  });
}
