import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { courseDetail, ids, lesson, outline } from '../../testing/fixtures';
import { renderApp, server, signIn } from '../../testing/render-app';

beforeAll(() => { server.listen({ onUnhandledRequest: 'bypass' }); });
afterEach(() => { server.resetHandlers(); });
afterAll(() => { server.close(); });

function serve(change: object = {}, enrollments: string[] = []) {
  server.use(
    http.get('*/api/v1/courses/growth', () => HttpResponse.json({ ...courseDetail, ...change })),
    http.get('*/api/v1/courses/growth/outline', () => HttpResponse.json(outline)),
    http.get(`*/api/v1/lessons/${ids.lesson}`, () => HttpResponse.json(lesson)),
    http.post('*/api/v1/enrollments', async ({ request }) => {
      enrollments.push(((await request.json()) as { course_id: string }).course_id);
      return HttpResponse.json({ id: 'e1', course_id: ids.course, status: 'active', enrolled_at: '2026-11-01T00:00:00Z' }, { status: 201 });
    }),
  );
}

describe('course page', () => {
  it('sends a visitor to sign in and back to be enrolled', async () => {
    serve();
    renderApp('/courses/growth');
    const link = await screen.findByRole('link', { name: 'Sign in and enrol' });
    expect(link).toHaveAttribute('href', `/sign-in?next=${encodeURIComponent('/courses/growth?enrol=1')}`);
    expect(screen.getByText('Read a funnel')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Start here' })).toHaveAttribute('href', `/learn/growth/lessons/${ids.lesson}`);
  });

  it('enrols and opens the first lesson', async () => {
    signIn();
    const enrollments: string[] = [];
    serve({}, enrollments);
    const { user, router } = renderApp('/courses/growth');
    await user.click(await screen.findByRole('button', { name: 'Enrol for free' }));
    await waitFor(() => { expect(router.state.location.pathname).toBe(`/learn/growth/lessons/${ids.lesson}`); });
    expect(enrollments).toEqual([ids.course]);
  });

  it('continues the enrolment after signing in, once', async () => {
    signIn();
    const enrollments: string[] = [];
    serve({}, enrollments);
    const { router } = renderApp('/courses/growth?enrol=1');
    await waitFor(() => { expect(router.state.location.pathname).toContain('/learn/growth'); });
    expect(enrollments).toEqual([ids.course]);
  });

  it.each([
    [{ enrollment_mode: 'paid', price: { amount_minor: 4900, currency: 'EUR' } }, 'This course has a price'],
    [{ enrollment_mode: 'closed' }, 'Enrolment is closed'],
  ])('explains why there is no button: %j', async (change, text) => {
    signIn();
    serve(change);
    renderApp('/courses/growth');
    expect(await screen.findByText(text)).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /Enrol/ })).not.toBeInTheDocument();
  });

  it('shows a refusal of the server in words', async () => {
    signIn();
    serve();
    server.use(http.post('*/api/v1/enrollments', () => HttpResponse.json({ status: 409, code: 'course_not_open' }, { status: 409 })));
    const { user } = renderApp('/courses/growth');
    await user.click(await screen.findByRole('button', { name: 'Enrol for free' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('not open for enrolment');
  });

  it('says when there is no such course', async () => {
    server.use(http.get('*/api/v1/courses/nope', () => HttpResponse.json({ status: 404, code: 'course_not_found' }, { status: 404 })));
    renderApp('/courses/nope');
    expect(await screen.findByRole('heading', { level: 1, name: 'There is no such course' })).toBeInTheDocument();
  });
});
