import { retryDelayMs } from '@tt/sync/retry';
import type { AttemptItem, QuizResponse, SavedAnswer } from '@tt/api-client/quiz-attempts';
import type { AnswerVault, VaultEntry } from './answer-vault';

export type SaveOutcome =
  | { kind: 'saved'; answer: SavedAnswer }
  | { kind: 'retry'; retryAfterMs: number | null }
  | { kind: 'signed_out' }
  /** The attempt is over: nothing more will be taken. */
  | { kind: 'closed' }
  /** The server refuses this answer as it is (a bad shape); another answer may pass. */
  | { kind: 'refused' };

export type SaveStatus = 'idle' | 'saving' | 'saved' | 'waiting' | 'refused';

export interface SaverState {
  answers: ReadonlyMap<number, QuizResponse>;
  status: SaveStatus;
  unsaved: number;
  savedAt: string | null;
  closed: boolean;
  signedOut: boolean;
}

export interface SaverOptions {
  items: readonly AttemptItem[];
  vault: AnswerVault;
  put: (slot: number, response: QuizResponse, clientSeq: number) => Promise<SaveOutcome>;
  onServerTime?: (serverTime: string) => void;
  setTimer?: (run: () => void, ms: number) => unknown;
  clearTimer?: (timer: unknown) => void;
  random?: () => number;
}

/**
 * Saves every answer to the browser first and to the server right after. One request at a time, the
 * newest answer of a question only; what could not be sent waits and survives a reload.
 */
export class AnswerSaver {
  private readonly options: Required<SaverOptions>;
  private readonly entries = new Map<number, VaultEntry>();
  private readonly listeners = new Set<() => void>();
  private readonly refusedSlots = new Set<number>();
  private state: SaverState;
  private running: Promise<void> | null = null;
  private failures = 0;
  private timer: unknown = null;

  constructor(options: SaverOptions) {
    this.options = {
      onServerTime: () => undefined,
      setTimer: (run, ms) => setTimeout(run, ms),
      clearTimer: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
      random: Math.random,
      ...options,
    };
    this.restore();
    this.state = this.compute('idle', { savedAt: null, closed: false, signedOut: false });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getState = (): SaverState => this.state;

  answer(slot: number, response: QuizResponse): void {
    if (this.state.closed) return;
    const seq = (this.entries.get(slot)?.seq ?? 0) + 1;
    this.refusedSlots.delete(slot);
    this.keep(slot, { response, seq, saved: false });
    this.publish('saving');
    void this.flush();
  }

  /** Sends everything that waits; resolves when nothing waits or nothing more can be done now. */
  flush(): Promise<void> {
    this.cancelTimer();
    this.running ??= this.drain().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  /** No further tries by itself; what waits stays in the vault. */
  pause(): void {
    this.cancelTimer();
  }

  /** Local answers that never reached the server win over it; otherwise the server is the truth. */
  private restore(): void {
    const local = this.options.vault.read();
    for (const item of this.options.items) {
      const kept = local.get(item.slot);
      if (kept && !kept.saved && kept.seq > item.response_seq) {
        this.entries.set(item.slot, kept);
      } else if (item.response) {
        this.entries.set(item.slot, { response: item.response, seq: item.response_seq, saved: true });
      }
    }
  }

  private async drain(): Promise<void> {
    for (let next = this.nextUnsaved(); next && !this.state.closed; next = this.nextUnsaved()) {
      const [slot, entry] = next;
      this.publish('saving');
      const outcome = await this.options.put(slot, entry.response, entry.seq);
      if (!this.settle(slot, entry, outcome)) return;
    }
    if (this.state.closed) return;
    this.publish(this.refusedSlots.size > 0 ? 'refused' : this.state.savedAt ? 'saved' : 'idle');
  }

  /** False stops this round of sending. */
  private settle(slot: number, sent: VaultEntry, outcome: SaveOutcome): boolean {
    switch (outcome.kind) {
      case 'saved':
        this.failures = 0;
        this.acknowledge(slot, sent, outcome.answer);
        return true;
      case 'refused':
        this.refusedSlots.add(slot);
        return true;
      case 'closed':
        this.publish('idle', { closed: true });
        return false;
      case 'signed_out':
        this.publish('waiting', { signedOut: true });
        return false;
      case 'retry':
        this.retryLater(outcome.retryAfterMs);
        return false;
    }
  }

  private acknowledge(slot: number, sent: VaultEntry, answer: SavedAnswer): void {
    if (answer.server_time) this.options.onServerTime(answer.server_time);
    const current = this.entries.get(slot);
    if (!current) return;
    if (answer.client_seq > sent.seq) {
      // Another device answered meanwhile. The learner is working here, so this answer goes on top.
      this.keep(slot, { ...current, seq: answer.client_seq + 1, saved: false });
      return;
    }
    if (current.seq === sent.seq) this.keep(slot, { ...current, saved: true });
    this.publish('saving', { savedAt: answer.saved_at, signedOut: false });
  }

  private nextUnsaved(): [number, VaultEntry] | null {
    for (const [slot, entry] of this.entries) {
      if (!entry.saved && !this.refusedSlots.has(slot)) return [slot, entry];
    }
    return null;
  }

  private keep(slot: number, entry: VaultEntry): void {
    this.entries.set(slot, entry);
    this.options.vault.write(this.entries);
  }

  private retryLater(retryAfterMs: number | null): void {
    this.failures += 1;
    this.publish('waiting');
    this.cancelTimer();
    this.timer = this.options.setTimer(
      () => void this.flush(),
      retryDelayMs(this.failures, retryAfterMs, this.options.random),
    );
  }

  private cancelTimer(): void {
    if (this.timer !== null) this.options.clearTimer(this.timer);
    this.timer = null;
  }

  private publish(status: SaveStatus, change: Partial<SaverState> = {}): void {
    this.state = this.compute(status, { ...this.state, ...change });
    for (const listener of this.listeners) listener();
  }

  private compute(
    status: SaveStatus,
    rest: Pick<SaverState, 'savedAt' | 'closed' | 'signedOut'>,
  ): SaverState {
    const entries = [...this.entries];
    return {
      answers: new Map(entries.map(([slot, entry]) => [slot, entry.response])),
      status,
      unsaved: entries.filter(([, entry]) => !entry.saved).length,
      savedAt: rest.savedAt,
      closed: rest.closed,
      signedOut: rest.signedOut,
    };
  }
}
