import { Disclosure } from '@tt/ui/disclosure';
import type { ReactNode } from 'react';
import { pointsText } from '../../lib/numbers';
import { messages } from '../../messages';
import { ChoiceQuestion } from './choice-question';
import { DropdownQuestion } from './dropdown-question';
import type { QuestionProps } from './question-props';
import { TypedQuestion } from './typed-question';

interface QuestionFieldProps extends QuestionProps {
  number: number;
  total: number;
}

/** One question: a fieldset, so that every control inside is read with its question. */
export function QuestionField({ number, total, ...question }: QuestionFieldProps) {
  const { item } = question;
  return (
    <fieldset className="min-w-0 rounded-card border border-line bg-surface p-5 sm:p-7">
      <legend className="float-left w-full">
        <span className="flex justify-between gap-4 text-sm text-ink-subtle">
          <span className="font-semibold">{messages.question(number, total)}</span>
          <span>{messages.points(pointsText(item.points))}</span>
        </span>
        <span className="prose question-prompt mt-2 block font-medium" dangerouslySetInnerHTML={{ __html: item.prompt_html }} />
      </legend>
      <div className="clear-both pt-5">{controlOf(question)}</div>
      {item.hints.length > 0 && (
        <Disclosure title={messages.hints(item.hints.length)} className="mt-3 border-b-0">
          <ul className="space-y-2">
            {item.hints.map((hint) => <li key={hint} className="prose">{hint}</li>)}
          </ul>
        </Disclosure>
      )}
    </fieldset>
  );
}

function controlOf(question: QuestionProps): ReactNode {
  switch (question.item.type) {
    case 'single_choice':
    case 'true_false':
    case 'multiple_choice':
      return <ChoiceQuestion {...question} />;
    case 'dropdown':
      return <DropdownQuestion {...question} />;
    case 'numeric':
    case 'short_text':
      return <TypedQuestion {...question} />;
    default:
      return <p className="text-ink-muted">{messages.unsupported}</p>;
  }
}
