import { z } from '@tt/api-client/schema';

/** Where this browser is in a video, and what the server knew when that was written. */
const LocalPosition = z.object({ positionMs: z.number(), serverMs: z.nullable(z.number()) });
export type LocalPosition = z.infer<typeof LocalPosition>;

/** Within this distance of the end the next visit starts over: nobody wants to resume at the credits. */
const END_MARGIN_MS = 5000;
/** Resuming two seconds in would only confuse. */
const EARLIEST_RESUME_MS = 3000;

/**
 * Where to start. If the server still says what it said when the local position was written, nobody
 * moved on elsewhere and the local one is newer; otherwise another device did, and the server wins.
 */
export function chooseResumeMs(
  serverMs: number | null,
  local: LocalPosition | null,
  durationMs: number | null,
): number {
  const positionMs = local && local.serverMs === serverMs ? local.positionMs : (serverMs ?? 0);
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
      const parsed = LocalPosition.safeParse(JSON.parse(this.storage.getItem(this.key(blockId)) ?? 'null'));
      return parsed.success ? parsed.data : null;
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

  private key(blockId: string): string {
    return `tt.position.${this.userId}.${blockId}`;
  }
}
