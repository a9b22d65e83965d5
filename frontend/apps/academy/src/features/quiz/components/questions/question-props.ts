import type { AttemptItem, QuizResponse } from '@tt/api-client/quiz-attempts';

export interface QuestionProps {
  item: AttemptItem;
  response: QuizResponse | null;
  onAnswer: (response: QuizResponse) => void;
  disabled: boolean;
}
