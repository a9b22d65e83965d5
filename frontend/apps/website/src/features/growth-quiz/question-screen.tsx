import type { GrowthQuestion } from '@tt/api-client/growth-quiz';
import { Button } from '@tt/ui/button';
import { cx } from '@tt/ui/cx';
import { useEffect, useRef, useState } from 'react';
import { messages } from './messages';
import { useQuizKeys } from './use-quiz-keys';

interface QuestionScreenProps {
  question: GrowthQuestion;
  chosen: string[];
  isFirst: boolean;
  isLast: boolean;
  /** Gives the heading the focus: on every question but the one the page was opened with. */
  takeFocus: boolean;
  onChoose: (option: string) => void;
  onNext: () => void;
  onBack: () => void;
}

export function QuestionScreen(props: QuestionScreenProps) {
  const { question, chosen, isFirst, isLast, takeFocus, onChoose, onNext, onBack } = props;
  const [asked, setAsked] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const missing = asked && chosen.length === 0;
  const next = () => {
    if (chosen.length > 0) onNext();
    else setAsked(true);
  };
  useQuizKeys({ optionKeys: question.options.map(({ key }) => key), choose: onChoose, next, back: isFirst ? () => undefined : onBack });
  useEffect(() => {
    if (takeFocus) heading.current?.focus();
  }, [takeFocus]);

  const describedBy = `${question.key}-help${missing ? ` ${question.key}-missing` : ''}`;
  return (
    <form onSubmit={(event) => { event.preventDefault(); next(); }}>
      <fieldset aria-describedby={describedBy}>
        <legend className="w-full">
          <h1 ref={heading} tabIndex={-1} className="text-title">{question.title}</h1>
        </legend>
        <p id={`${question.key}-help`} className="mt-4 text-lead text-ink-muted">
          {question.help ?? (question.type === 'single' ? messages.chooseOne : messages.chooseSeveral)}
        </p>
        <div className="mt-8 grid gap-3">
          {question.options.map((option, index) => (
            <Choice
              key={option.key}
              question={question}
              value={option.key}
              label={option.label}
              digit={index + 1}
              checked={chosen.includes(option.key)}
              onChoose={onChoose}
            />
          ))}
        </div>
      </fieldset>
      <p role="alert" id={`${question.key}-missing`} className="mt-4 min-h-6 font-medium text-danger">
        {missing && messages.answerFirst}
      </p>
      <div className="mt-4 flex items-center gap-3">
        {!isFirst && <Button variant="ghost" size="lg" onClick={onBack}>{messages.back}</Button>}
        <Button type="submit" size="lg" className="ml-auto sm:ml-0">{isLast ? messages.finish : messages.next}</Button>
        <p className="ml-auto hidden text-sm text-ink-subtle lg:block">{messages.keyHint}</p>
      </div>
    </form>
  );
}

interface ChoiceProps {
  question: GrowthQuestion;
  value: string;
  label: string;
  digit: number;
  checked: boolean;
  onChoose: (option: string) => void;
}

function Choice({ question, value, label, digit, checked, onChoose }: ChoiceProps) {
  return (
    <label
      className={cx(
        'flex min-h-15 cursor-pointer items-center gap-4 rounded-2xl border-2 px-5 py-3 text-lg transition-colors',
        'has-focus-visible:outline-3 has-focus-visible:outline-offset-3 has-focus-visible:outline-accent',
        checked ? 'border-accent bg-accent-soft text-on-accent-soft' : 'border-line bg-surface hover:border-line-strong',
      )}
    >
      <input
        type={question.type === 'single' ? 'radio' : 'checkbox'}
        name={question.key}
        value={value}
        checked={checked}
        onChange={() => { onChoose(value); }}
        className="choice-control size-6 focus-visible:outline-none"
      />
      <span className="flex-1">{label}</span>
      <kbd aria-hidden="true" className="hidden rounded-md border border-line-strong px-2 font-sans text-sm text-ink-subtle sm:block">{digit}</kbd>
    </label>
  );
}
