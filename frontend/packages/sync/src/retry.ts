/** First wait after a failure; doubles with each further one. */
const BASE_DELAY_MS = 1000;
/** Longest wait: a learner who comes back online should not wait much longer than this. */
const MAX_DELAY_MS = 60_000;

/** Full-jitter exponential back-off, never earlier than the server asked for with Retry-After. */
export function retryDelayMs(
  failures: number,
  retryAfterMs: number | null = null,
  random: () => number = Math.random,
): number {
  const ceiling = Math.min(MAX_DELAY_MS, BASE_DELAY_MS * 2 ** Math.max(0, failures - 1));
  const jittered = ceiling / 2 + (ceiling / 2) * random();
  return Math.max(jittered, retryAfterMs ?? 0);
}

/** Retry-After is either seconds or an HTTP date (RFC 9110 §10.2.3). */
export function parseRetryAfter(header: string | null | undefined, now: number = Date.now()): number | null {
  if (!header) return null;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

/** Worth another try: the network, a limit, or a server that may recover. */
export function isRetryable(status: number | null): boolean {
  return status === null || status === 0 || status === 408 || status === 429 || status >= 500;
}
