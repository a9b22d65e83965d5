import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { session } from '../session';
import { renderPage } from '../testing/render';
import { fakeBackend } from '../testing/server';
import { sessionWith, signInAs, testUser, totpFactor } from '../testing/sessions';
import { SecurityPage } from './security-page';

const codes = Array.from({ length: 10 }, (_, index) => `abcdefgh2345678${String(index)}`);
const refusal = (status: number, code: string, extra: object = {}) => HttpResponse.json({ code, message: code, ...extra }, { status });
let isFresh = true;
let signIns = 0;
let ended: (string | null)[] = [];

const server = fakeBackend(
  http.get('*/auth/v1/settings', () => HttpResponse.json({ external: { email: true }, passkeys_enabled: false, mfa: { totp: true, webauthn: true, recovery_codes: true } })),
  http.get('*/auth/v1/user', () => HttpResponse.json({ ...testUser, factors: [totpFactor] })),
  http.get('*/auth/v1/factors/recovery-codes', () => refusal(404, 'mfa_factor_not_found')),
  http.post('*/auth/v1/factors/recovery-codes', () =>
    isFresh ? HttpResponse.json({ id: 'r', type: 'recovery_code', total: 10, codes }) : refusal(400, 'reauthentication_needed'),
  ),
  http.post('*/auth/v1/token', () => {
    isFresh = true;
    signIns += 1;
    return HttpResponse.json(sessionWith({ aal: 'aal2', session_id: 'new' }));
  }),
  http.post('*/auth/v1/logout', ({ request }) => {
    ended.push(request.headers.get('Authorization'));
    return new HttpResponse(null, { status: 204 });
  }),
);

let stop: () => void;
const former = sessionWith({ aal: 'aal2', session_id: 'former' });
beforeEach(() => {
  isFresh = true;
  signIns = 0;
  ended = [];
  stop = signInAs(former);
});
afterEach(() => { stop(); });

describe('recovery codes', () => {
  it('are shown once, and a stray key does not lose them', async () => {
    renderPage(<SecurityPage />);
    const user = userEvent.setup();
    await user.click(await screen.findByRole('button', { name: 'Make recovery codes' }));
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getAllByRole('listitem').map((item) => item.textContent)).toContain('abcd-efgh-2345-6780');
    await user.keyboard('{Escape}');
    expect(screen.getByRole('dialog')).toBeVisible();
    await user.click(within(dialog).getByRole('button', { name: 'I have kept them' }));
    await waitFor(() => { expect(screen.queryByRole('dialog')).toBeNull(); });
  });

  it('ask who it is when the sign-in is old, then go on, and end the old session', async () => {
    isFresh = false;
    renderPage(<SecurityPage />);
    const user = userEvent.setup();
    await user.click(await screen.findByRole('button', { name: 'Make recovery codes' }));
    const question = await screen.findByRole('dialog', { name: 'Is it you?' });
    await user.type(within(question).getByLabelText('Password'), 'a long passphrase');
    await user.click(within(question).getByRole('button', { name: 'Confirm' }));
    expect(await screen.findByRole('dialog', { name: 'Your recovery codes' })).toBeVisible();
    expect(signIns).toBe(1);
    expect(ended).toEqual([`Bearer ${former.access_token}`]);
  });

  it('are not made for another person who answers the question', async () => {
    isFresh = false;
    server.use(http.post('*/auth/v1/token', () => HttpResponse.json(sessionWith({}, { id: 'somebody-else' }))));
    renderPage(<SecurityPage />);
    const user = userEvent.setup();
    await user.click(await screen.findByRole('button', { name: 'Make recovery codes' }));
    const question = await screen.findByRole('dialog', { name: 'Is it you?' });
    await user.type(within(question).getByLabelText('Password'), 'another passphrase');
    await user.click(within(question).getByRole('button', { name: 'Confirm' }));
    expect(await within(question).findByText(/That did not work/)).toBeVisible();
    expect(session.user()?.id).toBe('u1');
  });

  it('closing the question is no failure', async () => {
    isFresh = false;
    renderPage(<SecurityPage />);
    const user = userEvent.setup();
    await user.click(await screen.findByRole('button', { name: 'Make recovery codes' }));
    await screen.findByRole('dialog', { name: 'Is it you?' });
    await user.keyboard('{Escape}');
    await waitFor(() => { expect(screen.queryByRole('dialog')).toBeNull(); });
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('the password', () => {
  it('says at the field why it is refused', async () => {
    server.use(http.put('*/auth/v1/user', () => refusal(422, 'weak_password', { weak_password: { reasons: ['pwned'] } })));
    renderPage(<SecurityPage />);
    const user = userEvent.setup();
    await user.type(await screen.findByLabelText('New password'), 'password1234');
    await user.click(screen.getByRole('button', { name: 'Change password' }));
    expect(await screen.findAllByText(/lists that attackers try first/)).not.toHaveLength(0);
    expect(screen.getByLabelText('New password')).toHaveAttribute('aria-invalid', 'true');
  });
});
