import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { renderPage } from '../testing/render';
import { fakeBackend, problem } from '../testing/server';
import { signInAs } from '../testing/sessions';
import { Members } from './members';

const organization = { id: 'o1', name: 'Analytical Engines', role: 'owner', member_count: 2 } as never;
const member = (id: string, name: string, role: string) => ({
  user_id: id, display_name: name, email: `${id}@example.com`, avatar_url: null, role, joined_at: '2026-11-01T00:00:00Z',
});
let charles = 'member';
let changes: string[] = [];

const server = fakeBackend(
  http.get('*/api/v1/organizations/o1/members', ({ request }) =>
    new URL(request.url).searchParams.has('after')
      ? problem(503, 'unavailable')
      : HttpResponse.json({ items: [member('u1', 'Ada', 'owner'), member('u2', 'Charles', charles)], next: 'n' }),
  ),
  http.patch('*/api/v1/organizations/o1/members/:id', async ({ params, request }) => {
    const { role } = (await request.json()) as { role: string };
    changes.push(`${String(params['id'])} ${role}`);
    if (params['id'] === 'u2') charles = role;
    return HttpResponse.json(member(String(params['id']), 'Somebody', role));
  }),
);

let stop: () => void;
beforeEach(() => {
  charles = 'member';
  changes = [];
  stop = signInAs();
});
afterEach(() => { stop(); });

async function open() {
  renderPage(<Members organization={organization} />);
  await screen.findByLabelText('Role of Charles');
  return userEvent.setup();
}

it('get another role by the button, not on the way through the list', async () => {
  const user = await open();
  await user.selectOptions(screen.getByLabelText('Role of Charles'), 'admin');
  expect(changes).toEqual([]);
  const button = screen.getByRole('button', { name: 'Change the role of Charles' });
  await user.click(button);
  await waitFor(() => { expect(button).toHaveAttribute('aria-disabled', 'true'); });
  expect(button).toHaveFocus();
  expect(changes).toEqual(['u2 admin']);
  await user.click(button);
  expect(changes).toEqual(['u2 admin']);
});

it.each([
  ['Charles', 'owner', 'Make Charles an owner?', 'u2 owner'],
  ['Ada', 'member', 'Change your own role?', 'u1 member'],
])('%s becomes %s only when that is confirmed', async (name, role, title, change) => {
  const user = await open();
  await user.selectOptions(screen.getByLabelText(`Role of ${name}`), role);
  await user.click(screen.getByRole('button', { name: `Change the role of ${name}` }));
  const question = await screen.findByRole('dialog', { name: title });
  expect(changes).toEqual([]);
  await user.click(within(question).getByRole('button', { name: 'Change' }));
  await waitFor(() => { expect(screen.queryByRole('dialog')).toBeNull(); });
  expect(changes).toEqual([change]);
});

it('stay on the page when the others do not come', async () => {
  const user = await open();
  await user.click(screen.getByRole('button', { name: 'Show more' }));
  expect(await screen.findByRole('alert')).toHaveTextContent(/did not arrive/);
  expect(screen.getByText('Charles')).toBeVisible();
});

it('says why a role was refused', async () => {
  server.use(http.patch('*/api/v1/organizations/o1/members/:id', () => problem(409, 'last_owner')));
  const user = await open();
  await user.selectOptions(screen.getByLabelText('Role of Charles'), 'admin');
  await user.click(screen.getByRole('button', { name: 'Change the role of Charles' }));
  expect(await screen.findByRole('alert')).toHaveTextContent(/An organisation needs an owner/);
});
