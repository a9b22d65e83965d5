import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CrossSiteLink, handoffUrl } from './cross-site-link';
import { HandoffPage } from './handoff-page';
import { RequirePermission } from './require-permission';
import { session, startSession } from './session';
import { withExpiry, writeSession } from './storage';
import { tokenWith } from './testing/sessions';

const user = { id: 'u1', email: 'ada@example.com', app_metadata: { roles: ['instructor'] }, user_metadata: {} };
const tokens = { access_token: tokenWith({ permissions: ['courses.manage'] }), refresh_token: 'refresh', expires_in: 900, user };
let exchanges = 0;
const server = setupServer(
  http.post('*/api/v1/session-handoff', () => HttpResponse.json({ code: 'c/1', expires_in: 60 }, { status: 201 })),
  http.post('*/api/v1/session-handoff/exchange', async ({ request }) => {
    exchanges += 1;
    const { code } = (await request.json()) as { code: string };
    return code === 'good' ? HttpResponse.json(tokens) : HttpResponse.json({ code: 'handoff_invalid' }, { status: 400 });
  }),
);

let stop: () => void;
beforeAll(() => { server.listen({ onUnhandledRequest: 'error' }); });
beforeEach(() => {
  exchanges = 0;
  stop = startSession();
});
afterEach(() => {
  stop();
  server.resetHandlers();
});
afterAll(() => { server.close(); });

function signIn() {
  writeSession(withExpiry(tokens));
  stop();
  stop = startSession();
}

function open(path: string) {
  const router = createMemoryRouter(
    [
      { path: '/session/handoff', element: <HandoffPage /> },
      { path: '/admin', element: <RequirePermission anyOf={['audit.read']}>the import page</RequirePermission> },
      { path: '/teach', element: <RequirePermission anyOf={['audit.read', 'courses.manage']}>the teaching page</RequirePermission> },
      { path: '*', element: <p>another page</p> },
    ],
    { initialEntries: [path] },
  );
  render(<RouterProvider router={router} />);
  return router;
}

describe('arriving from the other site', () => {
  it('starts the session and goes where the link led, using the code once', async () => {
    const router = open('/session/handoff#code=good&next=%2Fcourses%2Fa');
    await waitFor(() => { expect(router.state.location.pathname).toBe('/courses/a'); });
    expect(session.user()?.email).toBe('ada@example.com');
    expect(exchanges).toBe(1);
  });

  it('offers to sign in when the code is used up', async () => {
    open('/session/handoff#code=old&next=%2Fcourses%2Fa');
    expect(await screen.findByRole('link', { name: 'Sign in' })).toHaveAttribute('href', '/sign-in?next=%2Fcourses%2Fa');
    expect(screen.getByRole('link', { name: 'Continue without signing in' })).toHaveAttribute('href', '/courses/a');
  });

  it('never leads to a third site', async () => {
    const router = open('/session/handoff#code=good&next=https%3A%2F%2Fevil.example');
    await waitFor(() => { expect(router.state.location.pathname).toBe('/'); });
  });
});

describe('leaving for the other site', () => {
  it('is a plain link', async () => {
    render(<CrossSiteLink origin="https://academy.test" to="/courses">Courses</CrossSiteLink>);
    const link = screen.getByRole('link', { name: 'Courses' });
    expect(link).toHaveAttribute('href', 'https://academy.test/courses');
    link.addEventListener('click', (event) => {
      expect(event.defaultPrevented).toBe(false);
      event.preventDefault();
    });
    await userEvent.click(link);
  });

  it('takes a code along in the fragment, where no server logs it', async () => {
    signIn();
    expect(await handoffUrl('https://academy.test', '/courses?q=a b')).toBe(
      'https://academy.test/session/handoff#code=c%2F1&next=%2Fcourses%3Fq%3Da+b',
    );
  });

  it('goes without the session when there is no code to be had', async () => {
    signIn();
    server.use(http.post('*/api/v1/session-handoff', () => HttpResponse.error()));
    expect(await handoffUrl('https://academy.test', '/courses')).toBe('https://academy.test/courses');
  });
});

describe('guards', () => {
  it('send visitors to sign in and back', async () => {
    const router = open('/admin?x=1');
    await waitFor(() => { expect(router.state.location.pathname).toBe('/sign-in'); });
    expect(router.state.location.search).toBe('?next=%2Fadmin%3Fx%3D1');
  });

  it('show a page to who may see it', async () => {
    signIn();
    open('/teach');
    expect(await screen.findByText('the teaching page')).toBeVisible();
  });

  it('tell others that they may not', async () => {
    signIn();
    open('/admin');
    expect(await screen.findByText('This page is for another role')).toBeVisible();
    expect(screen.queryByText('the import page')).toBeNull();
  });
});
