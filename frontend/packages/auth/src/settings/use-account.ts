import { getUser } from '@tt/api-client/auth-user';
import { getRecoveryCodes, type RecoveryCodesState } from '@tt/api-client/factors';
import { isApiError } from '@tt/api-client/api-error';
import { listPasskeys } from '@tt/api-client/passkeys';
import { listSessions } from '@tt/api-client/sessions';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { session, useSession } from '../session';

/** By person: what one has seen never shows up for the next one on this device. */
export function useAccountKey(what: string): readonly unknown[] {
  return ['account', useSession().user?.id ?? null, what];
}

/** The account as the server has it now; the session's own copy may be a quarter of an hour old. */
export function useUser() {
  return useQuery({
    queryKey: useAccountKey('user'),
    queryFn: async () => {
      const user = await getUser();
      session.updateUser(user);
      return user;
    },
  });
}

export function usePasskeys() {
  return useQuery({ queryKey: useAccountKey('passkeys'), queryFn: listPasskeys });
}

const NONE: RecoveryCodesState = { total: 0, remaining: 0 };

export function useRecoveryCodes() {
  return useQuery({
    queryKey: useAccountKey('recovery-codes'),
    queryFn: async () => {
      try {
        return await getRecoveryCodes();
      } catch (error) {
        if (isApiError(error, 'mfa_factor_not_found')) return NONE;
        throw error;
      }
    },
  });
}

export function useSessions() {
  return useQuery({ queryKey: useAccountKey('sessions'), queryFn: listSessions });
}

/** After a change: what is shown of the account is asked for again. */
export function useReloadAccount(): () => Promise<void> {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: ['account'] });
}
