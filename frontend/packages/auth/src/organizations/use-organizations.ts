import { getOrganization, listInvitations, listMembers, listOrganizations, switchOrganization } from '@tt/api-client/organizations';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { session } from '../session';
import { useAccountKey } from '../settings/use-account';

export function useOrganizations() {
  return useQuery({ queryKey: useAccountKey('organizations'), queryFn: listOrganizations });
}

export function useOrganization(id: string) {
  return useQuery({ queryKey: [...useAccountKey('organization'), id], queryFn: () => getOrganization(id) });
}

export function useMembers(id: string) {
  return useInfiniteQuery({
    queryKey: [...useAccountKey('organization-members'), id],
    queryFn: ({ pageParam }) => listMembers(id, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
}

export function useInvitations(id: string) {
  return useQuery({ queryKey: [...useAccountKey('organization-invitations'), id], queryFn: () => listInvitations(id) });
}

/** The organisation travels inside the access token: without a new one nothing would change. */
export function useSwitch(onDone: (id: string | null) => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (id: string | null) => {
      await switchOrganization(id);
      await session.renew();
    },
    onSuccess: async (_, id) => {
      onDone(id);
      await queryClient.invalidateQueries();
    },
  });
}
