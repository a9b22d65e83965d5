import type { QuizResponse } from '@tt/api-client/quiz-attempts';
import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { attempt, attemptResult, ids, lesson, outline, quizRules } from '../../testing/fixtures';
import { renderApp, server, signIn } from '../../testing/render-app';

beforeAll(() => { server.listen({ onUnhandledRequest: 'bypass' }); });
afterEach(() => { server.resetHandlers(); });
afterAll(() => { server.close(); });

const path = `/learn/growth/lessons/${ids.lesson}`;
interface Saved { slot: number; response: QuizResponse; client_seq: number }

function serve({ rules = {}, open = {}, saved = [] as Saved[] } = {}) {
  const current = { ...attempt, ...open };
  const quiz = { ...quizRules, ...rules };
  server.use(
    http.get('*/api/v1/courses/growth/outline', () => HttpResponse.json(outline)),
    http.get('*/api/v1/lessons/:id', () => HttpResponse.json({ ...lesson, completion_rule: 'quiz_pass', blocks: [{ id: 'b', kind: 'quiz', quiz }] })),
    http.post('*/api/v1/progress', () => HttpResponse.json({})),
    http.get(`*/api/v1/quizzes/${ids.quiz}/attempts`, () => HttpResponse.json({ items: [], rules: quiz })),
    http.post(`*/api/v1/quizzes/${ids.quiz}/attempts`, () => HttpResponse.json(current, { status: 201 })),
    http.get(`*/api/v1/attempts/${ids.attempt}`, () => HttpResponse.json(current)),
    http.put(`*/api/v1/attempts/${ids.attempt}/answers/:slot`, async ({ request, params }) => {
      const body = (await request.json()) as Omit<Saved, 'slot'>;
      saved.push({ slot: Number(params.slot), ...body });
      return HttpResponse.json({ slot: Number(params.slot), client_seq: body.client_seq, saved_at: '2026-11-01T00:01:00Z', server_time: '2026-11-01T00:01:00Z' });
    }),
    http.post(`*/api/v1/attempts/${ids.attempt}/submit`, () => HttpResponse.json(attemptResult)),
  );
}

async function start() {
  const app = renderApp(path);
  await app.user.click(await screen.findByRole('button', { name: 'Start the quiz' }));
  await screen.findByRole('group', { name: /Which one\?/ });
  return app;
}

describe('quiz', () => {
  it('states the rules before it starts', async () => {
    signIn();
    serve();
    renderApp(path);
    const quiz = await screen.findByRole('region', { name: 'Final quiz' });
    for (const rule of ['3 questions', '10 min from the moment you start', '2 attempts left of 2', 'Passed with 60 % or more']) {
      expect(within(quiz).getByText(rule)).toBeInTheDocument();
    }
  });

  it('saves each answer as it is given and says so', async () => {
    signIn();
    const saved: Saved[] = [];
    serve({ saved });
    const { user } = await start();
    await user.click(screen.getByRole('radio', { name: 'Green' }));
    expect(await screen.findByText('All answers saved')).toBeInTheDocument();
    await user.click(screen.getByRole('checkbox', { name: 'Three' }));
    await user.click(screen.getByRole('checkbox', { name: 'One' }));
    await user.type(screen.getByRole('textbox', { name: /number/ }), '3,5');
    await user.tab();
    await waitFor(() => { expect(saved.at(-1)).toEqual({ slot: 3, response: { value: '3,5' }, client_seq: 1 }); });
    expect(saved[0]).toEqual({ slot: 1, response: { option: 'b' }, client_seq: 1 });
    expect(saved.filter(({ slot }) => slot === 2).at(-1)?.response).toEqual({ options: ['a', 'c'] });
    expect(screen.getByText('3 of 3 answered')).toBeInTheDocument();
  });

  it('never loses an answer: offline, then a reload, then sent', async () => {
    signIn();
    serve();
    const first = await start();
    server.use(http.put('*/api/v1/attempts/*/answers/*', () => HttpResponse.error()));
    await first.user.click(screen.getByRole('radio', { name: 'Red' }));
    expect((await screen.findAllByText(/Not saved on the server yet/)).length).toBeGreaterThan(0);
    first.unmount();

    const saved: Saved[] = [];
    server.resetHandlers();
    serve({ saved, rules: { open_attempt_id: ids.attempt } });
    renderApp(path);
    expect(await screen.findByRole('radio', { name: 'Red' })).toBeChecked();
    await waitFor(() => { expect(saved).toEqual([{ slot: 1, response: { option: 'a' }, client_seq: 1 }]); });
  });

  it('asks before handing in with gaps, then shows the result and takes the focus there', async () => {
    signIn();
    serve();
    const { user } = await start();
    await user.click(screen.getByRole('radio', { name: 'Green' }));
    await user.click(screen.getByRole('button', { name: 'Hand in' }));
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('Questions 2 and 3 have no answer yet.');
    await user.click(within(dialog).getByRole('button', { name: 'Hand in' }));
    const heading = await screen.findByRole('heading', { name: 'Passed' });
    await waitFor(() => { expect(heading).toHaveFocus(); });
    expect(screen.getByText('66.7 %')).toBeInTheDocument();
    expect(screen.getByText('Because green.')).toBeInTheDocument();
    expect(screen.getAllByText('Correct')).toHaveLength(2);
  });

  it('hands in by itself when the time is up', async () => {
    signIn();
    serve({ open: { server_time: '2026-11-01T00:09:59.300Z', deadline_at: '2026-11-01T00:10:00Z' } });
    await start();
    expect(screen.getByRole('timer')).toHaveTextContent(/0:0[01]/);
    expect(await screen.findByRole('heading', { name: 'Passed' })).toBeInTheDocument();
  });

  it('says when the attempt was closed elsewhere', async () => {
    signIn();
    serve();
    const { user } = await start();
    server.use(http.put('*/api/v1/attempts/*/answers/*', () => HttpResponse.json({ status: 409, code: 'attempt_closed' }, { status: 409 })));
    await user.click(screen.getByRole('radio', { name: 'Red' }));
    expect(await screen.findByText('This attempt is over')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'See the result' }));
    expect(await screen.findByRole('heading', { name: 'Passed' })).toBeInTheDocument();
  });

  it('offers no further attempt when all are used', async () => {
    signIn();
    serve({ rules: { attempts_used: 2 } });
    renderApp(path);
    expect(await screen.findByText('You have used all your attempts.')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /Start|Try again/ })).not.toBeInTheDocument();
  });
});
