import { getProfile, updateProfile, type Profile, type ProfileChange } from '@tt/api-client/profile';
import { useSession } from '@tt/auth/session';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

/** By person: what one has seen never shows up for the next one on this device. */
function useProfileKey() {
  return ['profile', useSession().user?.id ?? null] as const;
}

export function useProfile() {
  return useQuery({ queryKey: useProfileKey(), queryFn: getProfile });
}

export interface ProfileEdit {
  change: ProfileChange;
  rowVersion: Profile['row_version'];
}

export function useUpdateProfile() {
  const queryClient = useQueryClient();
  const profileKey = useProfileKey();
  return useMutation({
    mutationFn: ({ change, rowVersion }: ProfileEdit) => updateProfile(change, rowVersion),
    onSuccess: (profile) => {
      queryClient.setQueryData(profileKey, profile);
    },
  });
}
