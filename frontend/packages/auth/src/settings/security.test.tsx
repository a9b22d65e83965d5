import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { session } from '../session';
import { withExpiry, writePendingSession } from '../storage';
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

describe('the recovery codes there are', () => {
  let codes = 10;
  const removals: string[] = [];
  beforeEach(() => {
    codes = 10;
    removals.length = 0;
    server.use(
      http.get('*/auth/v1/factors/recovery-codes', () =>
        codes > 0 ? HttpResponse.json({ total: codes, remaining: 7 }) : refusal(404, 'mfa_factor_not_found'),
      ),
      http.delete('*/auth/v1/factors/recovery-codes', () => {
        removals.push('codes');
        codes = 0;
        return new HttpResponse(null, { status: 204 });
      }),
      http.delete('*/auth/v1/factors/:id', ({ params }) => {
        removals.push(String(params['id']));
        return codes > 0 ? refusal(422, 'mfa_recovery_codes_sole_factor') : new HttpResponse(null, { status: 204 });
      }),
    );
  });
  const factors = () => screen.findByRole('list', { name: 'Second step' });

  it('can be removed, so that the second step can be turned off', async () => {
    renderPage(<SecurityPage />);
    const user = userEvent.setup();
    await user.click(within(await factors()).getByRole('button', { name: 'Remove' }));
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Remove' }));
    expect(await within(screen.getByRole('dialog')).findByText(/Remove the codes first/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Cancel' }));

    await user.click(await screen.findByRole('button', { name: 'Remove the codes' }));
    const question = await screen.findByRole('dialog', { name: 'Remove your recovery codes?' });
    await user.click(within(question).getByRole('button', { name: 'Remove the codes' }));
    expect(await screen.findByText(/You have no recovery codes yet/)).toBeVisible();
    expect(screen.queryByRole('dialog')).toBeNull();

    await user.click(within(await factors()).getByRole('button', { name: 'Remove' }));
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Remove' }));
    await waitFor(() => { expect(screen.queryByRole('dialog')).toBeNull(); });
    expect(removals).toEqual(['f1', 'codes', 'f1']);
  });

  it('and what was refused for one factor is not said of another', async () => {
    const key = { id: 'f2', factor_type: 'webauthn', friendly_name: 'Blue key', status: 'verified', created_at: '2026-11-01T00:00:00Z' };
    server.use(http.get('*/auth/v1/user', () => HttpResponse.json({ ...testUser, factors: [totpFactor, key] })));
    renderPage(<SecurityPage />);
    const user = userEvent.setup();
    const [phone, blueKey] = within(await factors()).getAllByRole('button', { name: 'Remove' });
    await user.click(phone as HTMLElement);
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Remove' }));
    expect(await within(screen.getByRole('dialog')).findByRole('alert')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    await user.click(blueKey as HTMLElement);
    expect(within(await screen.findByRole('dialog', { name: 'Remove “Blue key”?' })).queryByRole('alert')).toBeNull();
  });
});

describe('the question who it is', () => {
  const ask = async () => {
    isFresh = false;
    renderPage(<SecurityPage />);
    const user = userEvent.setup();
    await user.click(await screen.findByRole('button', { name: 'Make recovery codes' }));
    return { user, question: await screen.findByRole('dialog', { name: 'Is it you?' }) };
  };

  it('starts in its first field', async () => {
    const { question } = await ask();
    await waitFor(() => { expect(within(question).getByLabelText('Password')).toHaveFocus(); });
  });

  it('is not answered by a second step that another account left behind', async () => {
    stop();
    writePendingSession(withExpiry(sessionWith({}, { id: 'somebody-else', factors: [totpFactor] })));
    stop = signInAs(former);
    const { question } = await ask();
    expect(within(question).queryByLabelText('Code of your authenticator app')).toBeNull();
    expect(within(question).getByLabelText('Password')).toBeVisible();
  });

  it('says when its mail could not be sent again', async () => {
    server.use(http.post('*/auth/v1/otp', () => HttpResponse.json({}), { once: true }));
    const { user, question } = await ask();
    vi.useFakeTimers({ toFake: ['Date'] });
    await user.click(within(question).getByRole('button', { name: 'Send me a code instead' }));
    expect(await within(question).findByLabelText('Code from the mail')).toBeVisible();
    server.use(http.post('*/auth/v1/otp', () => refusal(429, 'over_email_send_rate_limit')));
    vi.setSystemTime(Date.now() + 61_000);
    await user.click(await within(question).findByRole('button', { name: 'Send it again' }, { timeout: 3000 }));
    expect(await within(question).findByText(/We have just sent you a mail/)).toBeVisible();
    vi.useRealTimers();
  });
});

describe('a second step without a name', () => {
  it('is called what it is, so that an app and a key do not share one', async () => {
    let sent: unknown;
    server.use(
      http.post('*/auth/v1/factors', async ({ request }) => {
        sent = await request.json();
        return refusal(422, 'mfa_factor_name_conflict');
      }),
    );
    renderPage(<SecurityPage />);
    const user = userEvent.setup();
    await user.click(await screen.findByRole('button', { name: 'Add an authenticator app' }));
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Add an authenticator app' }));
    await waitFor(() => { expect(sent).toMatchObject({ factor_type: 'totp', friendly_name: 'Authenticator app' }); });
  });
});

describe('a passkey', () => {
  it('gives the focus back when its new name is saved or not', async () => {
    const passkey = { id: 'p1', friendly_name: 'My laptop', created_at: '2026-11-01T00:00:00Z', last_used_at: null };
    server.use(
      http.get('*/auth/v1/settings', () => HttpResponse.json({ external: { email: true }, passkeys_enabled: true, mfa: {} })),
      http.get('*/auth/v1/passkeys', () => HttpResponse.json([passkey])),
      http.patch('*/auth/v1/passkeys/p1', () => HttpResponse.json(passkey)),
    );
    renderPage(<SecurityPage />);
    const user = userEvent.setup();
    for (const way of ['Cancel', 'Save']) {
      await user.click(await screen.findByRole('button', { name: 'Rename' }));
      await user.click(screen.getByRole('button', { name: way }));
      await waitFor(() => { expect(screen.getByRole('button', { name: 'Rename' })).toHaveFocus(); });
    }
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
