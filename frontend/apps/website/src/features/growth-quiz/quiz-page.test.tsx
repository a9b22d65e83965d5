import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { renderPage } from '@tt/auth/testing/render';
import { fakeBackend } from '@tt/auth/testing/server';
import { QuizPage } from './quiz-page';
import { useQuizStore } from './quiz-store';
import { readUnclaimed } from './unclaimed';

const options = (...labels: string[]) => labels.map((label, index) => ({ key: `o${String(index)}`, label }));
const quiz = {
  slug: 'growth',
  title: 'Which move is next?',
  intro: 'Two questions.',
  questions: [
    { key: 'stage', title: 'Where are you today?', help: null, type: 'single', options: options('An idea', 'First customers') },
    { key: 'channels', title: 'Where do customers come from?', help: null, type: 'multiple', options: options('Search', 'Friends', 'Ads') },
  ],
};
const result = {
  token: 'quiz-token',
  profile: { key: 'scout', title: 'The scout', summary: 'You look around.', advice: [] },
  scores: [],
  recommended_courses: [],
  completed_at: '2026-11-22T05:00:00Z',
  claimed: false,
};

let saved: Record<string, string[]> = {};
let completions = 0;
const saveAnswer = http.put<{ key: string }, { options: string[] }>(
  '*/api/v1/quiz-sessions/quiz-token/answers/:key',
  async ({ params, request }) => {
    saved[params.key] = (await request.json()).options;
    return HttpResponse.json({ answered: Object.keys(saved).length, total: 2 });
  },
);
const server = fakeBackend(
  http.get('*/api/v1/quizzes/growth', () => HttpResponse.json(quiz)),
  http.post('*/api/v1/quizzes/growth/sessions', () => HttpResponse.json({ token: 'quiz-token' }, { status: 201 })),
  saveAnswer,
  http.post('*/api/v1/quiz-sessions/quiz-token/complete', () => {
    completions += 1;
    return HttpResponse.json(result);
  }),
);

beforeEach(() => {
  saved = {};
  completions = 0;
  useQuizStore.getState().reset();
});

async function start() {
  const view = renderPage(<QuizPage />, { path: '/quiz' });
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Start the quiz' }));
  return { ...view, user };
}

describe('the growth quiz', () => {
  it('leads through all questions to the result and keeps it for a later account', async () => {
    const { user, router } = await start();
    await user.click(screen.getByRole('radio', { name: 'First customers' }));
    await user.click(screen.getByRole('button', { name: 'Next' }));
    expect(await screen.findByRole('heading', { name: 'Where do customers come from?' })).toHaveFocus();
    await user.click(screen.getByRole('checkbox', { name: 'Search' }));
    await user.click(screen.getByRole('checkbox', { name: 'Ads' }));
    await user.click(screen.getByRole('button', { name: 'See my result' }));

    await waitFor(() => { expect(router.state.location.pathname).toBe('/quiz/result/quiz-token'); });
    expect(saved).toEqual({ stage: ['o1'], channels: ['o0', 'o2'] });
    expect(readUnclaimed()).toEqual(['quiz-token']);
  });

  it('is answered with digits, Enter and Backspace', async () => {
    const { user } = await start();
    await user.keyboard('{Enter}');
    expect(screen.getByText('Choose an answer to go on')).toBeVisible();
    await user.keyboard('2');
    expect(screen.getByRole('radio', { name: 'First customers' })).toBeChecked();
    await user.keyboard('{Enter}');
    expect(await screen.findByRole('checkbox', { name: 'Search' })).toBeVisible();
    await user.keyboard('{Backspace}');
    expect(await screen.findByRole('radio', { name: 'First customers' })).toBeChecked();
  });

  it('keeps answers while the server is away and sends them when the line is back', async () => {
    const { user, router } = await start();
    server.use(http.put('*/answers/:key', () => HttpResponse.error()));
    await user.keyboard('1{Enter}');
    expect(await screen.findByText(/your answers are kept on this device/)).toBeVisible();
    await user.keyboard('1{Enter}');
    expect(await screen.findByText(/We have no connection to work out your result/)).toBeVisible();
    expect(completions).toBe(0);

    server.resetHandlers();
    window.dispatchEvent(new Event('online'));
    await waitFor(() => { expect(router.state.location.pathname).toBe('/quiz/result/quiz-token'); });
    expect(saved).toEqual({ stage: ['o0'], channels: ['o0'] });
  });

  it('puts everything into a new session when the server has forgotten the old one', async () => {
    const { user, router } = await start();
    useQuizStore.setState({ token: 'forgotten' });
    server.use(http.put('*/api/v1/quiz-sessions/forgotten/answers/:key', () => HttpResponse.json({ code: 'session_not_found' }, { status: 404 })));
    await user.keyboard('1{Enter}');
    await screen.findByRole('checkbox', { name: 'Search' });
    await user.keyboard('3{Enter}');
    await waitFor(() => { expect(router.state.location.pathname).toBe('/quiz/result/quiz-token'); });
    expect(saved).toEqual({ stage: ['o0'], channels: ['o2'] });
  });

  it('offers to go on where somebody stopped', async () => {
    useQuizStore.setState({ started: true, token: 'quiz-token', index: 1, answers: { stage: ['o0'] } });
    renderPage(<QuizPage />, { path: '/quiz' });
    await userEvent.click(await screen.findByRole('button', { name: 'Go on where I stopped' }));
    expect(screen.getByRole('heading', { name: 'Where do customers come from?' })).toBeVisible();
  });

  it('says so when the quiz does not load, and tries again on request', async () => {
    server.use(http.get('*/api/v1/quizzes/growth', () => HttpResponse.json({ code: 'unavailable' }, { status: 503 }), { once: true }));
    renderPage(<QuizPage />, { path: '/quiz' });
    await userEvent.click(await screen.findByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('heading', { name: 'Which move is next?' })).toBeVisible();
  });
});
