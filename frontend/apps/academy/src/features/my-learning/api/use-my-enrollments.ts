import { useQuery } from '@tanstack/react-query';
import { listMyEnrollments } from '@tt/api-client/enrollments';

export function useMyEnrollments() {
  return useQuery({ queryKey: ['me', 'enrollments'], queryFn: listMyEnrollments });
}
