import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { renderPage } from '../testing/render';
import { fakeBackend } from '../testing/server';
import { sessionWith, signInAs } from '../testing/sessions';
import { RolesForm } from './roles-form';

let answers: number[] = [];
fakeBackend(
  http.get('*/auth/v1/settings', () => HttpResponse.json({ external: { email: true } })),
  http.get('*/api/v1/roles', () => HttpResponse.json({ items: [{ name: 'instructor', description: 'Teaches', permissions: [], is_builtin: true }], permissions: [] })),
  http.get('*/api/v1/users/u2/roles', () => HttpResponse.json({ user_id: 'u2', roles: [], permissions: [] })),
  http.put('*/api/v1/users/u2/roles', () => {
    answers.push(answers.length === 0 ? 400 : 200);
    return answers.length === 1
      ? HttpResponse.json({ code: 'reauthentication_needed', message: '' }, { status: 400 })
      : HttpResponse.json({ user_id: 'u2', roles: ['instructor'], permissions: [] });
  }),
  http.post('*/auth/v1/token', () => HttpResponse.json(sessionWith({ session_id: 'new' }))),
  http.post('*/auth/v1/logout', () => new HttpResponse(null, { status: 204 })),
);

let stop: () => void;
beforeEach(() => {
  answers = [];
  stop = signInAs();
});
afterEach(() => { stop(); });

it('is sent once for each time it may be, not once more by the question in front of it', async () => {
  renderPage(<RolesForm userId="u2" />);
  const user = userEvent.setup();
  await user.click(await screen.findByLabelText('instructor'));
  await user.click(screen.getByRole('button', { name: 'Save roles' }));
  const question = await screen.findByRole('dialog', { name: 'Is it you?' });
  await user.type(within(question).getByLabelText('Password'), 'a long passphrase');
  await user.click(within(question).getByRole('button', { name: 'Confirm' }));
  await waitFor(() => { expect(screen.queryByRole('dialog')).toBeNull(); });
  await waitFor(() => { expect(answers).toEqual([400, 200]); });
});
