import { getUserById, listSessionsOf, searchUsers } from '@tt/api-client/admin-users';
import { searchAudit, type AuditSearch } from '@tt/api-client/audit';
import { getUserRoles, listRoles } from '@tt/api-client/roles';
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSession } from '../session';

function useAdminKey(...what: unknown[]): readonly unknown[] {
  return ['admin', useSession().user?.id ?? null, ...what];
}

export function useUserSearch(filter: string, page: number) {
  return useQuery({
    queryKey: useAdminKey('users', filter, page),
    queryFn: () => searchUsers({ filter, page }),
    placeholderData: keepPreviousData,
  });
}

export function useUserById(id: string) {
  return useQuery({ queryKey: useAdminKey('user', id), queryFn: () => getUserById(id) });
}

export function useSessionsOf(id: string) {
  return useQuery({ queryKey: useAdminKey('user-sessions', id), queryFn: () => listSessionsOf(id) });
}

export function useRoles() {
  return useQuery({ queryKey: useAdminKey('roles'), queryFn: listRoles });
}

export function useRolesOf(id: string) {
  return useQuery({ queryKey: useAdminKey('user-roles', id), queryFn: () => getUserRoles(id) });
}

export function useAudit(search: AuditSearch) {
  return useInfiniteQuery({
    queryKey: useAdminKey('audit', search),
    queryFn: ({ pageParam }) => searchAudit(search, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_before: before }) => before,
  });
}

export function useReloadAdmin(): () => Promise<void> {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: ['admin'] });
}
