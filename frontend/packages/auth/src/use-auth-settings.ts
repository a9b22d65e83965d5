import { getAuthSettings, type AuthSettings } from '@tt/api-client/auth-settings';
import { useQuery } from '@tanstack/react-query';

const FRESH_MS = 300_000;

/** What sign-in offers here; undefined until it is known, and then nothing optional is shown. */
export function useAuthSettings(): AuthSettings | undefined {
  return useQuery({ queryKey: ['auth-settings'], queryFn: getAuthSettings, staleTime: FRESH_MS }).data;
}
