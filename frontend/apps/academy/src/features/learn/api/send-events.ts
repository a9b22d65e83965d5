import { isApiError } from '@tt/api-client/api-error';
import { type ProgressEvent, sendProgress } from '@tt/api-client/progress';
import type { SendOutcome } from '../lib/progress-queue';

/** Turns the answer of the server into what the queue should do next. */
export async function sendEvents(events: readonly ProgressEvent[], keepalive: boolean): Promise<SendOutcome> {
  try {
    return { kind: 'stored', reply: await sendProgress(events, keepalive) };
  } catch (error) {
    if (!isApiError(error)) return { kind: 'retry', retryAfterMs: null };
    if (error.status === 401) return { kind: 'signed_out' };
    // An answer we cannot read says nothing about the events: try again later rather than lose them.
    if (error.isTransient || error.kind === 'contract') {
      return { kind: 'retry', retryAfterMs: error.retryAfterSeconds ? error.retryAfterSeconds * 1000 : null };
    }
    return { kind: 'refused' };
  }
}
