import { useEffect, useRef } from 'react';

interface QuizKeys {
  optionKeys: string[];
  choose: (option: string) => void;
  next: () => void;
  back: () => void;
}

/** Numbers choose, Enter goes on, Backspace goes back; keys that mean something to the focused control are left to it. */
export function useQuizKeys(keys: QuizKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (handle(event, latest.current)) event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => { document.removeEventListener('keydown', onKey); };
  }, []);
}

function isElsewhere(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  // Only the quiz's own choices and the bare page give their keys to the quiz.
  const choice = target instanceof HTMLInputElement && ['radio', 'checkbox'].includes(target.type);
  return !choice && target.closest('a, button, input, textarea, select, [role="menuitem"]') !== null;
}

function handle(event: KeyboardEvent, keys: QuizKeys): boolean {
  if (isElsewhere(event.target)) return false;
  if (event.key === 'Enter') keys.next();
  else if (event.key === 'Backspace') keys.back();
  else {
    const option = /^[1-9]$/.test(event.key) ? keys.optionKeys[Number(event.key) - 1] : undefined;
    if (option === undefined) return false;
    keys.choose(option);
  }
  return true;
}
