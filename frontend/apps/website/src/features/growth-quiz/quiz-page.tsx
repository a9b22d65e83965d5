import { describeError } from '@tt/api-client/error-messages';
import type { GrowthQuiz } from '@tt/api-client/growth-quiz';
import { Alert } from '@tt/ui/alert';
import { Container } from '@tt/ui/layout';
import { usePageMeta } from '@tt/ui/page-meta';
import { Progress } from '@tt/ui/progress';
import { LoadingPanel } from '@tt/ui/spinner';
import { ErrorState } from '@tt/ui/states';
import { useState } from 'react';
import { useGrowthQuiz } from './api/use-growth-quiz';
import { FinishScreen } from './finish-screen';
import { IntroScreen } from './intro-screen';
import { messages } from './messages';
import { QuestionScreen } from './question-screen';
import { useQuizStore } from './quiz-store';
import { useAnswerSync } from './use-answer-sync';

export function QuizPage() {
  usePageMeta({ title: messages.title, description: messages.description });
  const { data: quiz, error, refetch } = useGrowthQuiz();
  return (
    <Container width="text" className="min-h-[70vh] pt-10 lg:pt-16">
      {quiz && <Quiz quiz={quiz} />}
      {!quiz && !error && <LoadingPanel label={messages.loading} />}
      {!quiz && error && <ErrorState heading="h1" title={messages.loadFailed} message={describeError(error)} onRetry={() => void refetch()} />}
    </Container>
  );
}

function Quiz({ quiz }: { quiz: GrowthQuiz }) {
  const { started, answers, start } = useQuizStore();
  // A reload in the middle goes straight on; coming back later from elsewhere offers both.
  const [open, setOpen] = useState(started && isReload());
  const begin = () => {
    start();
    setOpen(true);
  };
  if (!open) {
    return <IntroScreen quiz={quiz} canResume={started && Object.keys(answers).length > 0} onStart={begin} onResume={() => { setOpen(true); }} />;
  }
  return <RunningQuiz quiz={quiz} />;
}

function isReload(): boolean {
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return entry?.type === 'reload';
}

function RunningQuiz({ quiz }: { quiz: GrowthQuiz }) {
  const { index, answers, choose, confirm, goTo } = useQuizStore();
  const { stuck } = useAnswerSync();
  const [shownAt, setShownAt] = useState(() => performance.now());
  const total = quiz.questions.length;
  const question = quiz.questions[index];
  const [moved, setMoved] = useState(false);

  const move = (to: number) => {
    goTo(to);
    setMoved(true);
    setShownAt(performance.now());
    window.scrollTo({ top: 0 });
  };
  if (!question) return <FinishScreen onBack={() => { move(total - 1); }} />;
  const next = () => {
    confirm(question.key, Math.round(performance.now() - shownAt));
    move(index + 1);
  };
  return (
    <>
      <div className="mb-9">
        <p className="mb-2 text-sm font-semibold text-ink-muted">{messages.question(index + 1, total)}</p>
        <Progress label={messages.progress} value={index} max={total} valueText={messages.question(index + 1, total)} />
      </div>
      <QuestionScreen
        key={question.key}
        question={question}
        chosen={answers[question.key] ?? []}
        isFirst={index === 0}
        isLast={index === total - 1}
        takeFocus={moved}
        onChoose={(option) => { choose(question, option); }}
        onNext={next}
        onBack={() => { move(index - 1); }}
      />
      {stuck && <Alert tone="warning" className="mt-8">{messages.savedHere}</Alert>}
    </>
  );
}
