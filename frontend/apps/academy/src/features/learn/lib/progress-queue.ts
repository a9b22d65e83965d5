import { retryDelayMs } from '@tt/sync/retry';
import { MAX_EVENTS_PER_BATCH, type ProgressEvent, type ProgressReceipt } from '@tt/api-client/progress';
import type { EventStore } from './event-store';

export type SendOutcome =
  | { kind: 'stored'; reply: ProgressReceipt }
  /** Try later: offline, limited, or the server is away. */
  | { kind: 'retry'; retryAfterMs: number | null }
  /** The session ended: keep the events until the learner signs in again. */
  | { kind: 'signed_out' }
  /** The server will never take this batch. */
  | { kind: 'refused' };

export interface QueueOptions {
  store: EventStore;
  send: (events: readonly ProgressEvent[], keepalive: boolean) => Promise<SendOutcome>;
  onStored: (reply: ProgressReceipt) => void;
  setTimer?: (run: () => void, ms: number) => unknown;
  clearTimer?: (timer: unknown) => void;
  random?: () => number;
}

/**
 * Delivers progress events at least once. An event leaves the store only after the server named it
 * as accepted, duplicate or rejected; the server drops duplicates by `event_id`.
 */
export class ProgressQueue {
  private readonly options: Required<QueueOptions>;
  private flushing: Promise<void> | null = null;
  private again = false;
  private failures = 0;
  private timer: unknown = null;

  constructor(options: QueueOptions) {
    this.options = {
      setTimer: (run, ms) => setTimeout(run, ms),
      clearTimer: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
      random: Math.random,
      ...options,
    };
  }

  async add(events: readonly ProgressEvent[]): Promise<void> {
    if (events.length === 0) return;
    await this.options.store.add(events);
    await this.flush();
  }

  /**
   * For a page that is being hidden: the write to disk and the request start in the same tick,
   * because nothing after an `await` is sure to run. Arriving twice is harmless.
   */
  async addBeforeHide(events: readonly ProgressEvent[]): Promise<void> {
    if (events.length === 0) return;
    const written = this.options.store.add(events);
    const outcome = await this.options.send(events, true).catch(() => null);
    await written.catch(() => undefined);
    if (outcome?.kind === 'stored') await this.settle(outcome.reply);
  }

  /** Sends what waits. Calls while a flush runs are folded into one more round. */
  flush(): Promise<void> {
    this.cancelTimer();
    if (this.flushing) {
      this.again = true;
      return this.flushing;
    }
    this.flushing = this.drain().finally(() => {
      this.flushing = null;
      if (this.again) {
        this.again = false;
        void this.flush();
      }
    });
    return this.flushing;
  }

  /** No further tries by itself; the next `add` or `flush` goes on. */
  pause(): void {
    this.cancelTimer();
  }

  private async drain(): Promise<void> {
    for (;;) {
      const batch = await this.options.store.peek(MAX_EVENTS_PER_BATCH);
      if (batch.length === 0) return;
      const outcome = await this.options.send(batch, false);
      if (outcome.kind === 'stored') {
        this.failures = 0;
        const settled = await this.settle(outcome.reply);
        if (settled === 0) return this.retryLater(null);
        continue;
      }
      if (outcome.kind === 'refused') {
        await this.options.store.remove(batch.map((event) => event.event_id));
        continue;
      }
      if (outcome.kind === 'retry') this.retryLater(outcome.retryAfterMs);
      return;
    }
  }

  private async settle(reply: ProgressReceipt): Promise<number> {
    const done = [
      ...reply.accepted,
      ...reply.duplicates,
      ...reply.rejected.map((rejection) => rejection.event_id),
    ];
    await this.options.store.remove(done);
    this.options.onStored(reply);
    return done.length;
  }

  private retryLater(retryAfterMs: number | null): void {
    this.failures += 1;
    const delay = retryDelayMs(this.failures, retryAfterMs, this.options.random);
    this.timer = this.options.setTimer(() => void this.flush(), delay);
  }

  private cancelTimer(): void {
    if (this.timer !== null) this.options.clearTimer(this.timer);
    this.timer = null;
  }
}
