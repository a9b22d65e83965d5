import { useEffect, type RefObject } from 'react';
import { isTyping, shortcutAction, type PlayerAction } from '../../lib/shortcuts';

/** Single keys can be switched off (WCAG 2.1.4), and never take a key from a field or a dialog. */
export function usePlayerShortcuts(
  frame: RefObject<HTMLElement | null>,
  run: (action: PlayerAction) => void,
  enabled: boolean,
): void {
  useEffect(() => {
    if (!enabled) return;
    const press = (event: KeyboardEvent) => {
      const target = event.target as Element | null;
      if (event.defaultPrevented || isTyping(target) || target?.closest('[role="dialog"], [role="menu"], [role="listbox"]')) return;
      const onVideo = target instanceof HTMLVideoElement && (frame.current?.contains(target) ?? false);
      const action = shortcutAction(event, onVideo);
      if (!action) return;
      event.preventDefault();
      run(action);
    };
    document.addEventListener('keydown', press);
    return () => { document.removeEventListener('keydown', press); };
  }, [frame, run, enabled]);
}
