import type { ProgressEvent, ProgressReceipt } from '@tt/api-client/progress';
import { createContext, useContext } from 'react';

/** What lessons and videos may do with progress. Null for visitors: a preview leaves no trace. */
export interface ProgressPort {
  userId: string;
  track: (events: readonly ProgressEvent[]) => void;
  /** For a page that is being hidden or closed. */
  trackBeforeHide: (events: readonly ProgressEvent[]) => void;
  onReceipt: (listener: (receipt: ProgressReceipt) => void) => () => void;
}

export const ProgressContext = createContext<ProgressPort | null>(null);

export function useProgress(): ProgressPort | null {
  return useContext(ProgressContext);
}
