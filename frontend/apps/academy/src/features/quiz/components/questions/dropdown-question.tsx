import { Select } from '@tt/ui/controls';
import { useId } from 'react';
import { chosenOptions } from '../../lib/review';
import { messages } from '../../messages';
import type { QuestionProps } from './question-props';

export function DropdownQuestion({ item, response, onAnswer, disabled }: QuestionProps) {
  const id = useId();
  return (
    <div className="max-w-md">
      <label htmlFor={id} className="mb-1.5 block text-sm text-ink-muted">{messages.chooseLabel}</label>
      <Select
        id={id}
        value={chosenOptions(response)[0] ?? ''}
        disabled={disabled}
        onChange={(event) => { onAnswer({ option: event.target.value }); }}
      >
        {/* No way back to "nothing": the server takes answers, not their absence. */}
        <option value="" disabled>{messages.choose}</option>
        {item.options.map((option) => (
          <option key={option.id} value={option.id}>{plainText(option.html)}</option>
        ))}
      </Select>
    </div>
  );
}

/** A list of a browser shows text only. */
function plainText(html: string): string {
  return new DOMParser().parseFromString(html, 'text/html').body.textContent ?? '';
}
