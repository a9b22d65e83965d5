import type { AttemptItem } from '@tt/api-client/quiz-attempts';
import { Badge, type Tone } from '@tt/ui/badge';
import { pointsText } from '../lib/numbers';
import { chosenOptions, keyText, typedText, verdictOf, type Verdict } from '../lib/review';
import { messages } from '../messages';

const VERDICTS: Record<Exclude<Verdict, 'hidden'>, { tone: Tone; text: string; mark: string }> = {
  correct: { tone: 'success', text: messages.correct, mark: '✓' },
  partly: { tone: 'warning', text: messages.partly, mark: '½' },
  incorrect: { tone: 'danger', text: messages.incorrect, mark: '✕' },
  unanswered: { tone: 'neutral', text: messages.unansweredItem, mark: '–' },
};

interface ReviewItemProps {
  item: AttemptItem;
  number: number;
  total: number;
}

/** A question after handing in: only what the review policy lets the server send. */
export function ReviewItem({ item, number, total }: ReviewItemProps) {
  const verdict = verdictOf(item);
  const shown = verdict === 'hidden' ? null : VERDICTS[verdict];
  return (
    <article className="rounded-card border border-line bg-surface p-5 sm:p-6">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h3 className="font-sans text-sm font-semibold text-ink-subtle">{messages.question(number, total)}</h3>
        <p className="flex items-center gap-3">
          {item.points_awarded !== null && (
            <span className="text-sm text-ink-subtle">{messages.scoreOf(pointsText(item.points_awarded), pointsText(item.points))}</span>
          )}
          {shown && <Badge tone={shown.tone}><span aria-hidden="true">{shown.mark}</span> {shown.text}</Badge>}
        </p>
      </div>
      <div className="prose mt-2 font-medium" dangerouslySetInnerHTML={{ __html: item.prompt_html }} />
      {item.options.length > 0 ? <ReviewedOptions item={item} /> : <TypedReview item={item} />}
      {item.feedback_html && <div className="prose mt-4" dangerouslySetInnerHTML={{ __html: item.feedback_html }} />}
      {item.explanation_html && (
        <section className="mt-4 border-l-4 border-marker pl-4">
          <h4 className="font-sans font-semibold">{messages.explanation}</h4>
          <div className="prose mt-1" dangerouslySetInnerHTML={{ __html: item.explanation_html }} />
        </section>
      )}
    </article>
  );
}

function ReviewedOptions({ item }: { item: AttemptItem }) {
  const chosen = chosenOptions(item.response);
  const right = chosenOptions(item.correct);
  return (
    <ul className="mt-4 space-y-2">
      {item.options.map((option) => {
        const isRight = right.includes(option.id);
        const isChosen = chosen.includes(option.id);
        return (
          <li
            key={option.id}
            className={`flex flex-wrap items-center justify-between gap-x-4 gap-y-1 rounded-control border px-4 py-2.5 ${isRight ? 'border-success bg-success-soft' : isChosen ? 'border-line-strong bg-sunken' : 'border-line'}`}
          >
            <span className="option-html" dangerouslySetInnerHTML={{ __html: option.html }} />
            <span className="flex gap-2 text-sm font-semibold">
              {isChosen && <span>{messages.yourAnswer}</span>}
              {isRight && <span className="text-success">{messages.rightAnswer}</span>}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function TypedReview({ item }: { item: AttemptItem }) {
  const key = keyText(item.correct);
  return (
    <dl className="mt-4 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
      <dt className="text-ink-muted">{messages.yourAnswer}</dt>
      <dd className="font-semibold break-words">{typedText(item.response) ?? messages.unansweredItem}</dd>
      {key !== null && (
        <>
          <dt className="text-ink-muted">{messages.rightAnswer}</dt>
          <dd className="font-semibold text-success">{key}</dd>
        </>
      )}
    </dl>
  );
}
