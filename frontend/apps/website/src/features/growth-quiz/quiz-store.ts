import type { GrowthAnswer, GrowthQuestion } from '@tt/api-client/growth-quiz';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';

export interface QuizState {
  started: boolean;
  /** The server's session; null until the first answer could be sent. */
  token: string | null;
  index: number;
  answers: Record<string, string[]>;
  /** Answers the server has not acknowledged yet, by question: only the newest of each matters. */
  unsent: Record<string, GrowthAnswer>;
  start: () => void;
  choose: (question: GrowthQuestion, option: string) => void;
  confirm: (question: string, ms: number) => void;
  goTo: (index: number) => void;
  haveToken: (token: string) => void;
  sent: (answer: GrowthAnswer) => void;
  reset: () => void;
}

const fresh = { started: false, token: null, index: 0, answers: {}, unsent: {} };

/** One answer for single choice; multiple choice switches the option on and off. */
function chosen(question: GrowthQuestion, current: string[], option: string): string[] {
  if (question.type === 'single') return [option];
  return current.includes(option) ? current.filter((other) => other !== option) : [...current, option];
}

function without(unsent: QuizState['unsent'], answer: GrowthAnswer): QuizState['unsent'] {
  // A newer answer to the same question may have been given while this one was under way.
  if (unsent[answer.question] !== answer) return unsent;
  return Object.fromEntries(Object.entries(unsent).filter(([question]) => question !== answer.question));
}

/** Lives in localStorage: a reload, a crash or a lost connection continues at the same question. */
export const useQuizStore = create<QuizState>()(
  persist(
    (set) => ({
      ...fresh,
      start: () => { set({ ...fresh, started: true }); },
      choose: (question, option) => {
        set(({ answers }) => ({
          answers: { ...answers, [question.key]: chosen(question, answers[question.key] ?? [], option) },
        }));
      },
      confirm: (question, ms) => {
        set(({ answers, unsent }) => ({
          unsent: { ...unsent, [question]: { question, options: answers[question] ?? [], ms } },
        }));
      },
      goTo: (index) => { set({ index }); },
      haveToken: (token) => { set({ token }); },
      sent: (answer) => { set(({ unsent }) => ({ unsent: without(unsent, answer) })); },
      reset: () => { set(fresh); },
    }),
    { name: 'tt.quiz' },
  ),
);
