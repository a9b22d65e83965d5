import { useMutation, useQueryClient } from '@tanstack/react-query';
import { enroll } from '@tt/api-client/enrollments';

/** Enrolling twice is harmless, so a retry after a lost answer is too. */
export function useEnroll() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: enroll,
    retry: 1,
    onSuccess: async () => {
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: ['courses', 'detail'] }),
        queryClient.invalidateQueries({ queryKey: ['me', 'enrollments'] }),
      ]);
    },
  });
}
