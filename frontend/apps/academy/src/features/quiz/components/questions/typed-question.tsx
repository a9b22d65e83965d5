import { Input } from '@tt/ui/controls';
import { useEffect, useId, useRef, useState } from 'react';
import { looksNumeric } from '../../lib/answers';
import { typedText } from '../../lib/review';
import { messages } from '../../messages';
import type { QuestionProps } from './question-props';

/** Typing is saved when it rests for this long, and at once on leaving the field. */
const REST_MS = 600;

/** The limit of the server for a typed answer. */
const MAX_LENGTH = 1000;

export function TypedQuestion({ item, response, onAnswer, disabled }: QuestionProps) {
  const numeric = item.type === 'numeric';
  const id = useId();
  const [text, setText] = useState(() => typedText(response) ?? '');
  const report = (value: string) => { onAnswer(numeric ? { value } : { text: value }); };
  const { later, now } = useRestedCall(report, REST_MS);
  const doubtful = numeric && !looksNumeric(text);
  return (
    <div className="max-w-md">
      <label htmlFor={id} className="mb-1.5 block text-sm text-ink-muted">{numeric ? messages.numberLabel : messages.textLabel}</label>
      <Input
        id={id}
        value={text}
        disabled={disabled}
        maxLength={MAX_LENGTH}
        inputMode={numeric ? 'decimal' : 'text'}
        autoComplete="off"
        aria-describedby={doubtful ? `${id}-hint` : undefined}
        onChange={(event) => {
          setText(event.target.value);
          later(event.target.value);
        }}
        onBlur={now}
      />
      {doubtful && <p id={`${id}-hint`} className="mt-1.5 text-sm text-warning">{messages.numberHint}</p>}
    </div>
  );
}

/** Calls with the newest value after a rest; `now` does not wait. Leaving the page does not lose the last word. */
function useRestedCall(call: (value: string) => void, restMs: number) {
  const latest = useRef(call);
  const waiting = useRef<{ value: string; timer: ReturnType<typeof setTimeout> } | null>(null);
  useEffect(() => {
    latest.current = call;
  });
  const [controls] = useState(() => {
    const now = () => {
      if (!waiting.current) return;
      const { value, timer } = waiting.current;
      clearTimeout(timer);
      waiting.current = null;
      latest.current(value);
    };
    const later = (value: string) => {
      if (waiting.current) clearTimeout(waiting.current.timer);
      waiting.current = { value, timer: setTimeout(now, restMs) };
    };
    return { now, later };
  });
  useEffect(() => {
    window.addEventListener('pagehide', controls.now);
    return () => {
      window.removeEventListener('pagehide', controls.now);
      controls.now();
    };
  }, [controls]);
  return controls;
}
