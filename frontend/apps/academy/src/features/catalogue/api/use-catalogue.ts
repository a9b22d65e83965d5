import { useInfiniteQuery } from '@tanstack/react-query';
import { listCourses } from '@tt/api-client/courses';
import { type CatalogueState, toQuery } from '../lib/catalogue-params';

/** One page after another; the previous result stays visible while the next filter loads. */
export function useCatalogue(state: CatalogueState) {
  return useInfiniteQuery({
    queryKey: ['courses', 'list', state],
    queryFn: ({ pageParam }) => listCourses(toQuery(state, pageParam)),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: (previous) => previous,
  });
}
