import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { cataloguePage, courseCard } from '../../testing/fixtures';
import { renderApp, server } from '../../testing/render-app';

beforeAll(() => { server.listen({ onUnhandledRequest: 'bypass' }); });
afterEach(() => { server.resetHandlers(); });
afterAll(() => { server.close(); });

function serve(seen: URLSearchParams[] = []) {
  server.use(
    http.get('*/api/v1/courses', ({ request }) => {
      const params = new URL(request.url).searchParams;
      seen.push(params);
      return HttpResponse.json(cataloguePage(params.get('q') === 'nothing' ? [] : [courseCard]));
    }),
  );
}

describe('catalogue', () => {
  it('shows courses, and filters through the address', async () => {
    const seen: URLSearchParams[] = [];
    serve(seen);
    const { user, router } = renderApp('/courses');
    expect(await screen.findByRole('link', { name: 'Growth Foundations' })).toHaveAttribute('href', '/courses/growth');
    expect(screen.getByText('1 course')).toBeInTheDocument();
    const filters = screen.getByRole('complementary', { name: 'Filters', hidden: true });
    await user.click(within(filters).getByLabelText(/Beginner/));
    expect(router.state.location.search).toBe('?level=beginner');
    expect(seen.at(-1)?.get('level')).toBe('beginner');
  });

  it('searches, and helps out of an empty result', async () => {
    serve();
    const { user, router } = renderApp('/courses');
    await user.type(await screen.findByRole('searchbox', { name: 'Search courses' }), 'nothing{Enter}');
    expect(await screen.findByText('No course fits this yet')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(await screen.findByRole('link', { name: 'Growth Foundations' })).toBeInTheDocument();
    expect(router.state.location.search).toBe('');
  });

  it('takes its state from the address', async () => {
    const seen: URLSearchParams[] = [];
    serve(seen);
    renderApp('/courses?q=growth&sort=title');
    await screen.findByRole('link', { name: 'Growth Foundations' });
    expect(seen[0]?.get('q')).toBe('growth');
    expect(screen.getByRole('searchbox')).toHaveValue('growth');
    expect(screen.getByRole('combobox', { name: 'Sort by' })).toHaveValue('title');
  });

  it('says that the server is away and tries again on request', async () => {
    let away = true;
    server.use(
      http.get('*/api/v1/courses', () =>
        away ? HttpResponse.json({ status: 503, code: 'unavailable' }, { status: 503 }) : HttpResponse.json(cataloguePage([courseCard])),
      ),
    );
    const { user } = renderApp('/courses');
    const problem = await screen.findByRole('alert');
    expect(problem).toHaveTextContent('could not be loaded');
    away = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('link', { name: 'Growth Foundations' })).toBeInTheDocument();
  }, 15_000);
});
