/** A stretch of video that was really played, in milliseconds of media time. */
export interface Segment {
  fromMs: number;
  toMs: number;
}

/** Two stretches closer than this are one: a stall or a rate change is not a gap in watching. */
const JOIN_GAP_MS = 750;
/** Shorter stretches are the noise of scrubbing and are not worth an event. */
const SHORTEST_SEGMENT_MS = 500;
/** Between two samples the position may run ahead by this much before it counts as a jump. */
const JUMP_TOLERANCE_MS = 1500;

/** Sorted union of the stretches, so that watching a second twice counts once. */
export function mergeSegments(segments: readonly Segment[]): Segment[] {
  const sorted = [...segments].sort((a, b) => a.fromMs - b.fromMs);
  const merged: Segment[] = [];
  for (const segment of sorted) {
    const last = merged.at(-1);
    if (last && segment.fromMs <= last.toMs + JOIN_GAP_MS) {
      last.toMs = Math.max(last.toMs, segment.toMs);
    } else {
      merged.push({ ...segment });
    }
  }
  return merged;
}

/**
 * Remembers what was watched since the last flush. The player reports positions; nothing leaves
 * memory until `take` is called, so a 15 s heartbeat costs no request and no row.
 */
export class WatchTracker {
  private closed: Segment[] = [];
  private openFromMs: number | null = null;
  private lastMs = 0;
  private lastSeenAt = 0;

  constructor(private readonly now: () => number = () => performance.now()) {}

  get playing(): boolean {
    return this.openFromMs !== null;
  }

  play(positionMs: number): void {
    if (this.openFromMs !== null) {
      this.sample(positionMs, 1);
      return;
    }
    this.openFromMs = positionMs;
    this.remember(positionMs);
  }

  /** A position while playing; a jump (seek without an event) closes one stretch and opens another. */
  sample(positionMs: number, rate: number): void {
    if (this.openFromMs === null) return;
    const expectedMs = (this.now() - this.lastSeenAt) * Math.max(rate, 1) + JUMP_TOLERANCE_MS;
    const movedMs = positionMs - this.lastMs;
    if (movedMs < -JOIN_GAP_MS || movedMs > expectedMs) {
      this.closeAt(this.lastMs);
      this.openFromMs = positionMs;
    }
    this.remember(positionMs);
  }

  /** The learner seeks: what was played ends where the playhead was before the seek. */
  seek(toMs: number): void {
    if (this.openFromMs === null) return;
    this.closeAt(this.lastMs);
    this.openFromMs = toMs;
    this.remember(toMs);
  }

  pause(positionMs: number): void {
    if (this.openFromMs === null) return;
    this.sample(positionMs, 1);
    this.closeAt(this.lastMs);
    this.openFromMs = null;
  }

  /** Everything watched since the last call; a running stretch continues in the next flush. */
  take(): Segment[] {
    if (this.openFromMs !== null) {
      this.closeAt(this.lastMs);
      this.openFromMs = this.lastMs;
    }
    const segments = mergeSegments(this.closed).filter(
      (segment) => segment.toMs - segment.fromMs >= SHORTEST_SEGMENT_MS,
    );
    this.closed = [];
    return segments;
  }

  private closeAt(toMs: number): void {
    if (this.openFromMs !== null && toMs > this.openFromMs) {
      this.closed.push({ fromMs: this.openFromMs, toMs });
    }
  }

  private remember(positionMs: number): void {
    this.lastMs = positionMs;
    this.lastSeenAt = this.now();
  }
}
