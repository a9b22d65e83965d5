import type { GrowthQuiz } from '@tt/api-client/growth-quiz';
import { Button } from '@tt/ui/button';
import { PageHeading } from '@tt/ui/layout';
import { messages } from './messages';

interface IntroScreenProps {
  quiz: GrowthQuiz;
  canResume: boolean;
  onStart: () => void;
  onResume: () => void;
}

export function IntroScreen({ quiz, canResume, onStart, onResume }: IntroScreenProps) {
  return (
    <>
      <PageHeading eyebrow={messages.title} title={quiz.title} lead={quiz.intro} />
      <ul className="mt-7 flex flex-wrap gap-x-7 gap-y-2 text-ink-muted">
        {messages.facts(quiz.questions.length).map((fact) => (
          <li key={fact} className="flex items-center gap-2.5">
            <span aria-hidden="true" className="size-3 rounded-full border-[3px] border-accent" />
            {fact}
          </li>
        ))}
      </ul>
      <div className="mt-9 flex flex-wrap gap-3">
        {canResume && <Button size="lg" onClick={onResume}>{messages.resume}</Button>}
        <Button size="lg" variant={canResume ? 'secondary' : 'primary'} onClick={onStart}>
          {canResume ? messages.startOver : messages.start}
        </Button>
      </div>
    </>
  );
}
