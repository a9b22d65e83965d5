import { useId } from 'react';
import { toggleOption } from '../../lib/answers';
import { chosenOptions } from '../../lib/review';
import { messages } from '../../messages';
import type { QuestionProps } from './question-props';

/** Radio buttons for one answer, check boxes for several. */
export function ChoiceQuestion({ item, response, onAnswer, disabled }: QuestionProps) {
  const name = useId();
  const many = item.type === 'multiple_choice';
  const selected = chosenOptions(response);
  const choose = (id: string) => {
    onAnswer(many ? { options: toggleOption(item.options, selected, id) } : { option: id });
  };
  return (
    <div>
      <p className="mb-2 text-sm text-ink-muted">{many ? messages.pickMany : messages.pickOne}</p>
      <div className="space-y-2">
        {item.options.map((option) => (
          // The text of an answer is HTML from the server, which the rule cannot see.
          // eslint-disable-next-line jsx-a11y/label-has-associated-control
          <label
            key={option.id}
            className="flex cursor-pointer items-start gap-3 rounded-control border border-line-strong/70 px-4 py-3 transition-colors hover:border-accent has-checked:border-accent has-checked:bg-accent-soft has-checked:text-on-accent-soft has-disabled:cursor-default"
          >
            <input
              type={many ? 'checkbox' : 'radio'}
              name={name}
              value={option.id}
              checked={selected.includes(option.id)}
              disabled={disabled}
              onChange={() => { choose(option.id); }}
              className="mt-0.5 size-6 shrink-0 accent-accent-solid"
            />
            <span className="option-html min-w-0" dangerouslySetInnerHTML={{ __html: option.html }} />
          </label>
        ))}
      </div>
    </div>
  );
}
