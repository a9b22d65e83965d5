import { getPreferences, updatePreferences, type PreferencesChange } from '@tt/api-client/preferences';
import { getProfile, updateProfile, type Profile, type ProfileChange } from '@tt/api-client/profile';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { session } from '../session';
import { useAccountKey } from './use-account';

type Version = Profile['row_version'];

/** Profile and preferences are one row with one version; what this page has saved itself is no conflict for its other forms. */
export interface OwnVersions {
  add: (made: Version) => void;
  /** The version that a form filled at `base` may replace: one save makes each version, so ours can be stepped over. */
  after: (base: Version) => Version;
}

export function useOwnVersions(): OwnVersions {
  const [made] = useState(() => new Set<number>());
  return {
    add: (version) => { made.add(Number(version)); },
    after: (base) => {
      let version = Number(base);
      while (made.has(version + 1)) version += 1;
      return version;
    },
  };
}

export function useProfile() {
  return useQuery({ queryKey: useAccountKey('profile'), queryFn: getProfile });
}

/** Shows what the server answered without asking it again. */
export function useKeepProfile(own: OwnVersions): (profile: Profile) => void {
  const queryClient = useQueryClient();
  const [key, preferencesKey] = [useAccountKey('profile'), useAccountKey('preferences')];
  return (profile) => {
    own.add(profile.row_version);
    queryClient.setQueryData(key, profile);
    void queryClient.invalidateQueries({ queryKey: preferencesKey });
    session.rename(profile.display_name);
  };
}

export interface ProfileEdit {
  change: ProfileChange;
  rowVersion: Version;
}

export function useUpdateProfile(own: OwnVersions) {
  return useMutation({
    mutationFn: ({ change, rowVersion }: ProfileEdit) => updateProfile(change, own.after(rowVersion)),
    onSuccess: useKeepProfile(own),
  });
}

export function usePreferences() {
  return useQuery({ queryKey: useAccountKey('preferences'), queryFn: getPreferences });
}

export interface PreferencesEdit {
  change: PreferencesChange;
  rowVersion: Version;
}

export function useUpdatePreferences(own: OwnVersions) {
  const queryClient = useQueryClient();
  const [key, profileKey] = [useAccountKey('preferences'), useAccountKey('profile')];
  return useMutation({
    mutationFn: ({ change, rowVersion }: PreferencesEdit) => updatePreferences(change, own.after(rowVersion)),
    onSuccess: (preferences) => {
      own.add(preferences.row_version);
      queryClient.setQueryData(key, preferences);
      // Language, time zone and consent are the profile's own, which has a new version now.
      return queryClient.invalidateQueries({ queryKey: profileKey });
    },
  });
}
