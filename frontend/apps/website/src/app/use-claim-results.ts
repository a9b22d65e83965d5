import { ApiError } from '@tt/api-client/api-error';
import { claimGrowthResult } from '@tt/api-client/growth-quiz';
import type { Person } from '@tt/auth/session';
import { showToast } from '@tt/ui/toast-store';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { forgetUnclaimed, readUnclaimed } from '../features/growth-quiz/unclaimed';
import { messages } from './messages';

/** Results taken before signing in become the account's, whichever way the person came to be signed in. */
export function useClaimResults(user: Person | null): void {
  const queryClient = useQueryClient();
  const userId = user?.id;
  useEffect(() => {
    if (!userId) return;
    void claimAll().then((claimed) => {
      if (claimed === 0) return;
      showToast(messages.resultSaved);
      void queryClient.invalidateQueries({ queryKey: ['growth-quiz'] });
    });
  }, [userId, queryClient]);
}

async function claimAll(): Promise<number> {
  let claimed = 0;
  for (const token of readUnclaimed()) {
    try {
      await claimGrowthResult(token);
      claimed += 1;
      forgetUnclaimed(token);
    } catch (error) {
      // Somebody else's or gone: asking again changes nothing. An outage: keep it for the next visit.
      if (error instanceof ApiError && !error.isTransient && error.status !== 401) forgetUnclaimed(token);
    }
  }
  return claimed;
}
