export type PlayerAction =
  | { kind: 'toggle' }
  | { kind: 'seek'; byMs: number }
  | { kind: 'rate'; direction: 1 | -1 }
  | { kind: 'captions' }
  | { kind: 'mute' }
  | { kind: 'fullscreen' };

interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** Work wherever the focus is, as long as nobody is typing. */
const ANYWHERE: Record<string, PlayerAction> = {
  k: { kind: 'toggle' },
  j: { kind: 'seek', byMs: -10_000 },
  l: { kind: 'seek', byMs: 10_000 },
  c: { kind: 'captions' },
  m: { kind: 'mute' },
  f: { kind: 'fullscreen' },
  '<': { kind: 'rate', direction: -1 },
  '>': { kind: 'rate', direction: 1 },
};

/** These keys belong to the page or to other controls unless the video itself has the focus. */
const ON_VIDEO: Record<string, PlayerAction> = {
  ' ': { kind: 'toggle' },
  ArrowLeft: { kind: 'seek', byMs: -5000 },
  ArrowRight: { kind: 'seek', byMs: 5000 },
};

export function shortcutAction(pressed: Pressed, onVideo: boolean): PlayerAction | null {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey) return null;
  const key = pressed.key.length === 1 ? pressed.key.toLowerCase() : pressed.key;
  return ANYWHERE[key] ?? (onVideo ? (ON_VIDEO[key] ?? null) : null);
}

/** A key pressed in a field is text, not a command. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !['range', 'checkbox', 'radio', 'button'].includes(target.type);
}

export const RATES = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2] as const;

export function nextRate(current: number, direction: 1 | -1): number {
  const index = RATES.findIndex((rate) => rate >= current);
  return RATES[Math.min(RATES.length - 1, Math.max(0, index + direction))] ?? 1;
}
