import { getPost, listPosts, listTags } from '@tt/api-client/posts';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { postKeys } from './keys';

const PAGE_SIZE = 10;
const LATEST = 3;

export function usePosts(tag: string | undefined) {
  return useInfiniteQuery({
    queryKey: postKeys.list(tag),
    queryFn: ({ pageParam }) => listPosts({ tag, limit: PAGE_SIZE, cursor: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

export function useLatestPosts() {
  return useQuery({ queryKey: postKeys.latest, queryFn: () => listPosts({ limit: LATEST }) });
}

export function usePost(slug: string) {
  return useQuery({ queryKey: postKeys.detail(slug), queryFn: () => getPost(slug) });
}

export function useTags() {
  return useQuery({ queryKey: postKeys.tags, queryFn: listTags });
}
