import { useEffect, useRef } from 'react';

/** When what stood in place of something else is gone, the focus goes to `target` instead of being lost with it. */
export function useReturnFocus(isAway: boolean, target: () => HTMLElement | null | undefined): void {
  const wasAway = useRef(isAway);
  const find = useRef(target);
  useEffect(() => { find.current = target; });
  useEffect(() => {
    if (wasAway.current && !isAway) find.current()?.focus();
    wasAway.current = isAway;
  }, [isAway]);
}
