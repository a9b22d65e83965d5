import { getPreferences, updatePreferences, type Preferences, type PreferencesChange } from '@tt/api-client/preferences';
import { getProfile, updateProfile, type Profile, type ProfileChange } from '@tt/api-client/profile';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useAccountKey } from './use-account';

export function useProfile() {
  return useQuery({ queryKey: useAccountKey('profile'), queryFn: getProfile });
}

/** Shows what the server answered without asking it again. */
export function useKeepProfile(): (profile: Profile) => void {
  const queryClient = useQueryClient();
  const key = useAccountKey('profile');
  return (profile) => { queryClient.setQueryData(key, profile); };
}

export interface ProfileEdit {
  change: ProfileChange;
  rowVersion: Profile['row_version'];
}

export function useUpdateProfile() {
  return useMutation({
    mutationFn: ({ change, rowVersion }: ProfileEdit) => updateProfile(change, rowVersion),
    onSuccess: useKeepProfile(),
  });
}

export function usePreferences() {
  return useQuery({ queryKey: useAccountKey('preferences'), queryFn: getPreferences });
}

export interface PreferencesEdit {
  change: PreferencesChange;
  rowVersion: Preferences['row_version'];
}

export function useUpdatePreferences() {
  const queryClient = useQueryClient();
  const [key, profileKey] = [useAccountKey('preferences'), useAccountKey('profile')];
  return useMutation({
    mutationFn: ({ change, rowVersion }: PreferencesEdit) => updatePreferences(change, rowVersion),
    onSuccess: (preferences) => {
      queryClient.setQueryData(key, preferences);
      // Language, time zone and consent are the profile's own, which has a new version now.
      return queryClient.invalidateQueries({ queryKey: profileKey });
    },
  });
}
