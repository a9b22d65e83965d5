import { ApiError } from '@tt/api-client/api-error';
import { QueryClient } from '@tanstack/react-query';

const MAX_RETRIES = 2;
/** Progress changes arrive through receipts, so a lesson need not be asked for again on every visit. */
const FRESH_MS = 30_000;

/** Only failures that say nothing about the request are tried again: a 404 stays one. */
function shouldRetry(failures: number, error: Error): boolean {
  return failures < MAX_RETRIES && error instanceof ApiError && error.isTransient;
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // Offline must show as an error with a retry button, not as an endless skeleton.
      queries: { retry: shouldRetry, staleTime: FRESH_MS, networkMode: 'always' },
      mutations: { networkMode: 'always' },
    },
  });
}
