/** What this browser last saw of a video; `dirty` until the server has acknowledged it. */
export interface LocalPosition {
  positionMs: number;
  dirty: boolean;
}

/** Within this distance of the end the next visit starts over: nobody wants to resume at the credits. */
const END_MARGIN_MS = 5000;
/** Resuming two seconds in would only confuse. */
const EARLIEST_RESUME_MS = 3000;

/**
 * Where to start. An unsent local position is newer than anything the server knows from here;
 * otherwise the server wins, because it also knows the learner's other devices.
 */
export function chooseResumeMs(
  serverMs: number | null | undefined,
  local: LocalPosition | null,
  durationMs: number | null | undefined,
): number {
  const positionMs = local?.dirty ? local.positionMs : (serverMs ?? local?.positionMs ?? 0);
  if (positionMs < EARLIEST_RESUME_MS) return 0;
  if (durationMs && positionMs > durationMs - END_MARGIN_MS) return 0;
  return positionMs;
}

/** Positions by user and block, in localStorage because it is written synchronously on page hide. */
export class PositionStore {
  constructor(
    private readonly userId: string,
    private readonly storage: Pick<Storage, 'getItem' | 'setItem'> = localStorage,
  ) {}

  read(blockId: string): LocalPosition | null {
    try {
      const value: unknown = JSON.parse(this.storage.getItem(this.key(blockId)) ?? 'null');
      return isLocalPosition(value) ? value : null;
    } catch {
      return null;
    }
  }

  write(blockId: string, position: LocalPosition): void {
    try {
      this.storage.setItem(this.key(blockId), JSON.stringify(position));
    } catch {
      // Storage full or blocked: the server still receives the position with the next flush.
    }
  }

  /** Called when the server has acknowledged a position; a later local one stays dirty. */
  acknowledge(blockId: string, positionMs: number): void {
    const current = this.read(blockId);
    if (current && current.positionMs === positionMs) {
      this.write(blockId, { positionMs, dirty: false });
    }
  }

  private key(blockId: string): string {
    return `tt.position.${this.userId}.${blockId}`;
  }
}

function isLocalPosition(value: unknown): value is LocalPosition {
  if (typeof value !== 'object' || value === null) return false;
  const candidate = value as Record<string, unknown>;
  return typeof candidate.positionMs === 'number' && typeof candidate.dirty === 'boolean';
}
