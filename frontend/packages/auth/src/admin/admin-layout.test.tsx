import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { adminRoutes } from '../account-routes';
import { renderRoutes } from '../testing/render';
import { fakeBackend } from '../testing/server';
import { sessionWith, signInAs, testUser, totpFactor } from '../testing/sessions';

const device = { id: 's1', user_agent: '', ip: '192.0.2.0', created_at: '2026-11-22T10:00:00Z', refreshed_at: '2026-11-22T10:00:00Z', aal: 'aal1', current: false };
fakeBackend(
  http.get('*/auth/v1/admin/users', () => HttpResponse.json({ users: [], aud: 'authenticated', total: 0, next_page: null })),
  http.get('*/auth/v1/admin/users/u2', () => HttpResponse.json({ ...testUser, id: 'u2', email: 'bob@example.com', factors: [totpFactor] })),
  http.get('*/auth/v1/admin/users/u2/sessions', () => HttpResponse.json([device])),
  http.get('*/api/v1/audit', () => HttpResponse.json({ items: [], next_before: null })),
);

// jsdom has no layout to scroll.
beforeAll(() => { Element.prototype.scrollIntoView = () => undefined; });

let stop: () => void;
afterEach(() => { stop(); });

function openAs(permissions: string[], at: string) {
  stop = signInAs(sessionWith({ permissions }));
  return renderRoutes([adminRoutes({ links: [{ to: '/admin/import', label: 'Import' }] }), { path: '*', element: <p>elsewhere</p> }], at);
}
const links = async () => within(await screen.findByRole('navigation', { name: 'Administration' })).getAllByRole('link').map(({ textContent }) => textContent);

it('shows somebody of the support the people, and nothing to change', async () => {
  const { router } = openAs(['users.read', 'learners.read'], '/admin');
  expect(await links()).toEqual(['People']);
  await waitFor(() => { expect(router.state.location.pathname).toBe('/admin/users'); });
  await router.navigate('/admin/users/u2');
  expect(await screen.findByRole('region', { name: 'Second step' })).toBeVisible();
  expect(await screen.findByText('My phone', { exact: false })).toBeVisible();
  expect(screen.queryByRole('button')).toBeNull();
});

it('leads an auditor to the log', async () => {
  const { router } = openAs(['audit.read'], '/admin');
  await waitFor(() => { expect(router.state.location.pathname).toBe('/admin/audit'); });
  expect(await links()).toEqual(['Audit log']);
});

it('shows everything, also what is of the site, to whoever may do everything', async () => {
  openAs(['*'], '/admin');
  expect(await links()).toEqual(['People', 'Roles', 'Audit log', 'Import']);
});

it('is closed to all others', async () => {
  openAs(['courses.manage'], '/admin');
  expect(await screen.findByText('This page is for another role')).toBeVisible();
});
