import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import { renderPage } from '../testing/render';
import { fakeBackend, problem } from '../testing/server';
import { signInAs } from '../testing/sessions';
import { InvitationPage } from './invitation-page';

const KEY = 'tt.invitation';
const preview = { organization_name: 'Analytical Engines', role: 'member', email_hint: 'a…@example.com', expires_at: '2026-11-29T00:00:00Z' };
const server = fakeBackend(
  http.post('*/api/v1/invitations/preview', () => HttpResponse.json(preview)),
  http.post('*/api/v1/invitations/accept', () => HttpResponse.json({ id: 'o1', name: 'Analytical Engines', role: 'member', member_count: 2, created_at: '2026-11-01T00:00:00Z' })),
);
beforeEach(() => { localStorage.clear(); });

const open = (hash = '') => renderPage(<InvitationPage />, { path: '/invitations', at: `/invitations${hash}` });

it('is there again in the tab that the confirmation mail opens', async () => {
  const first = open('#token=t1');
  expect(await screen.findByRole('link', { name: 'Sign in to join' })).toBeVisible();
  first.unmount();
  sessionStorage.clear(); // another tab
  const stop = signInAs();
  const { router } = open();
  await userEvent.click(await screen.findByRole('button', { name: 'Join' }));
  await waitFor(() => { expect(router.state.location.pathname).toBe('/account/organizations/o1'); });
  expect(localStorage.getItem(KEY)).toBeNull();
  stop();
});

it.each([
  [410, 'invitation_used', null],
  [410, 'invitation_expired', null],
  [404, 'invitation_not_found', null],
  [503, 'unavailable', 't1'],
])('after %d %s it is kept: %s', async (status, code, kept) => {
  server.use(http.post('*/api/v1/invitations/preview', () => problem(status, code)));
  open('#token=t1');
  expect(await screen.findByText('This invitation does not work')).toBeVisible();
  expect(localStorage.getItem(KEY)).toBe(kept);
});
