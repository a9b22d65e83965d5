import { getProfile, updateProfile, type Profile, type ProfileChange } from '@tt/api-client/profile';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

const profileKey = ['profile'] as const;

export function useProfile() {
  return useQuery({ queryKey: profileKey, queryFn: getProfile });
}

export interface ProfileEdit {
  change: ProfileChange;
  rowVersion: Profile['row_version'];
}

export function useUpdateProfile() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ change, rowVersion }: ProfileEdit) => updateProfile(change, rowVersion),
    onSuccess: (profile) => {
      queryClient.setQueryData(profileKey, profile);
    },
  });
}
