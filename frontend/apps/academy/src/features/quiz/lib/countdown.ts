/** The clock of the server, estimated: a learner's wrong clock must not show wrong minutes. */
export class ServerClock {
  private offsetMs = 0;

  constructor(private readonly now: () => number = Date.now) {}

  /** The time in a reply was true when the server wrote it, at the latest now. */
  sync(serverTime: string): void {
    const parsed = Date.parse(serverTime);
    if (!Number.isNaN(parsed)) this.offsetMs = parsed - this.now();
  }

  get timeMs(): number {
    return this.now() + this.offsetMs;
  }
}

export function remainingMs(deadlineAt: string, clock: ServerClock): number {
  return Math.max(0, Date.parse(deadlineAt) - clock.timeMs);
}

/** When to speak up: often enough to plan, rarely enough not to disturb. */
const ANNOUNCE_AT_MS = [5 * 60_000, 60_000] as const;

/** The mark that was crossed since the last tick, or null. Coming in below a mark announces nothing late. */
export function crossedMark(previousMs: number, currentMs: number): number | null {
  for (const mark of [...ANNOUNCE_AT_MS].reverse()) {
    if (previousMs > mark && currentMs <= mark) return mark;
  }
  return null;
}
