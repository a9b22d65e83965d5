import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-error';

const MAX_RETRIES = 2;

/** Only failures that say nothing about the request are tried again: a 404 stays one. */
function shouldRetry(failures: number, error: Error): boolean {
  return failures < MAX_RETRIES && error instanceof ApiError && error.isTransient;
}

/** `freshMs`: how long an answer is shown again without asking. */
export function createQueryClient(freshMs: number): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // Offline must show as an error with a retry button, not as an endless skeleton.
      queries: { retry: shouldRetry, staleTime: freshMs, networkMode: 'always' },
      mutations: { networkMode: 'always' },
    },
  });
}
