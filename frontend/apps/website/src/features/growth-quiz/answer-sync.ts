import { isApiError } from '@tt/api-client/api-error';
import { completeGrowthSession, saveGrowthAnswer, startGrowthSession, type GrowthResult } from '@tt/api-client/growth-quiz';
import { QUIZ_SLUG } from './api/use-growth-quiz';
import { useQuizStore } from './quiz-store';

function utmFromAddress(): Record<string, string> {
  const entries = [...new URLSearchParams(window.location.search)].filter(([name]) => name.startsWith('utm_'));
  return Object.fromEntries(entries.map(([name, value]) => [name.slice('utm_'.length), value.slice(0, 100)]));
}

async function tokenOfSession(): Promise<string> {
  const { token, haveToken } = useQuizStore.getState();
  if (token) return token;
  const created = await startGrowthSession(QUIZ_SLUG, utmFromAddress());
  haveToken(created);
  return created;
}

async function sendAll(): Promise<void> {
  const token = await tokenOfSession();
  for (;;) {
    const [answer] = Object.values(useQuizStore.getState().unsent);
    if (!answer) return;
    await saveGrowthAnswer(token, answer);
    useQuizStore.getState().sent(answer);
  }
}

let sending: Promise<void> | null = null;

/** Sends what is waiting, in order, one sender at a time; throws at the first answer that did not get through. */
export function sendAnswers(): Promise<void> {
  sending ??= sendAll().finally(() => {
    sending = null;
  });
  return sending;
}

/** The server may have dropped an old session: everything is still here, so it goes into a new one. */
async function restartSession(): Promise<void> {
  const { answers } = useQuizStore.getState();
  const unsent = Object.entries(answers).map(([question, options]) => [question, { question, options, ms: 0 }] as const);
  useQuizStore.setState({ token: null, unsent: Object.fromEntries(unsent) });
  await sendAnswers();
}

export async function completeQuiz(): Promise<GrowthResult> {
  try {
    await sendAnswers();
  } catch (error) {
    if (!isApiError(error) || error.status !== 404) throw error;
    await restartSession();
  }
  return completeGrowthSession(await tokenOfSession());
}
