import { QueryClientProvider } from '@tanstack/react-query';
import { createQueryClient } from '@tt/api-client/query-client';
import { startSession } from '@tt/auth/session';
import { configure, render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { vi } from 'vitest';
import { routes } from '../app/routes';
import { ids } from './fixtures';

/** Pages load lazily, and the machine that runs the tests may be busy. */
configure({ asyncUtilTimeout: 10_000 });
vi.setConfig({ testTimeout: 30_000 });

// jsdom has no layout, so there is nothing to scroll.
Element.prototype.scrollIntoView ??= () => undefined;

// jsdom's list of text tracks is no event target.
Object.defineProperty(HTMLMediaElement.prototype, 'textTracks', { get: () => new TextTracks() });
class TextTracks extends EventTarget {
  [Symbol.iterator]() {
    return [][Symbol.iterator]();
  }
}

export const server = setupServer(
  http.get('*/api/v1/site-config', () => HttpResponse.json({ site_url: 'http://site.test', academy_url: 'http://academy.test' })),
  http.get('*/api/v1/me/enrollments', () => HttpResponse.json({ items: [] })),
);

/** As the session store keeps it. */
export function signIn(roles: string[] = []): void {
  const session = {
    access_token: 'token',
    refresh_token: 'refresh',
    expires_in: 900,
    expires_at_ms: Date.now() + 900_000,
    user: { id: ids.user, email: 'ana@example.com', app_metadata: { roles }, user_metadata: { display_name: 'Ana' } },
  };
  localStorage.setItem('tt.session', JSON.stringify(session));
}

/** The whole application at an address, against the handlers of the test. */
export function renderApp(path: string) {
  startSession();
  const router = createMemoryRouter(routes, { initialEntries: [path] });
  const queryClient = createQueryClient(0);
  queryClient.setDefaultOptions({ queries: { retry: false } });
  const view = render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  return { user: userEvent.setup(), router, ...view };
}
