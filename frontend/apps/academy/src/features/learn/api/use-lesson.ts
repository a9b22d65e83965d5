import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getLesson } from '@tt/api-client/lessons';
import { useEffect } from 'react';
import { learnKeys } from './keys';

export function useLesson(lessonId: string, userId: string | null) {
  return useQuery({ queryKey: learnKeys.lesson(lessonId, userId), queryFn: () => getLesson(lessonId) });
}

/** The next lesson is fetched while this one is read, so that "Next" answers at once. */
export function usePrefetchLesson(lessonId: string | null, userId: string | null): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    if (lessonId === null) return;
    void queryClient.prefetchQuery({
      queryKey: learnKeys.lesson(lessonId, userId),
      queryFn: () => getLesson(lessonId),
      staleTime: 60_000,
    });
  }, [queryClient, lessonId, userId]);
}
