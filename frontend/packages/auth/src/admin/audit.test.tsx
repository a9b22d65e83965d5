import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { renderPage } from '../testing/render';
import { fakeBackend, problem } from '../testing/server';
import { signInAs } from '../testing/sessions';
import { AuditPage } from './audit-page';

const ADMIN = '0193aaaa-bbbb-7ccc-8ddd-eeeeffff0001';
const PERSON = '0193aaaa-bbbb-7ccc-8ddd-eeeeffff0002';
const GONE = '0193aaaa-bbbb-7ccc-8ddd-eeeeffff0003';
const entry = (id: string, more: object = {}) => ({
  id, created_at: '2026-11-22T10:00:00Z', action: 'user_banned', outcome: 'success', actor_kind: 'user', actor_id: ADMIN, actor_name: 'Margaret Hamilton', details: {}, ...more,
});

let searches: string[] = [];
const server = fakeBackend(
  http.get('*/api/v1/audit', ({ request }) => {
    searches.push(new URL(request.url).search);
    return HttpResponse.json({ items: [entry('1', { subject_id: PERSON, subject_name: 'Ada Lovelace' }), entry('2', { action: 'login', subject_id: ADMIN }), entry('3', { subject_id: GONE })], next_before: '2' });
  }),
);

let stop: () => void;
beforeEach(() => {
  searches = [];
  stop = signInAs();
});
afterEach(() => { stop(); });

it('says to whom something was done', async () => {
  renderPage(<AuditPage />);
  const [banned, signedIn, forgotten] = await within(await screen.findByRole('region', { name: 'Entries' })).findAllByRole('listitem');
  expect(within(banned as HTMLElement).getByRole('link', { name: 'Ada Lovelace' })).toHaveAttribute('href', `/admin/users/${PERSON}`);
  expect(within(signedIn as HTMLElement).getAllByRole('link')).toHaveLength(1);
  expect(within(forgotten as HTMLElement).getByRole('link', { name: GONE })).toHaveAttribute('href', `/admin/users/${GONE}`);
});

it('keeps what is there when more does not come', async () => {
  renderPage(<AuditPage />);
  const more = await screen.findByRole('button', { name: 'Show older ones' });
  server.use(http.get('*/api/v1/audit', () => problem(503, 'unavailable')));
  await userEvent.click(more);
  expect(await screen.findByRole('alert')).toHaveTextContent(/did not arrive/);
  expect(screen.getByRole('link', { name: 'Ada Lovelace' })).toBeVisible();
  expect(screen.getByRole('button', { name: 'Show older ones' })).toBeEnabled();
});

it('looks again when the same search is sent once more', async () => {
  renderPage(<AuditPage />, { path: '/admin/audit', at: '/admin/audit?action=login&from=rubbish' });
  await screen.findByRole('link', { name: 'Ada Lovelace' });
  await userEvent.click(screen.getByRole('button', { name: 'Search' }));
  await waitFor(() => { expect(searches).toHaveLength(2); });
  await userEvent.click(screen.getByRole('button', { name: 'Search' }));
  await waitFor(() => { expect(searches).toHaveLength(3); });
  expect(searches.at(-1)).toBe('?action=login');
});
