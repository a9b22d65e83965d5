import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SignInPage } from '../account-pages';
import { session, startSession } from '../session';
import { withExpiry, writePendingSession } from '../storage';
import { renderRoutes } from '../testing/render';
import { fakeBackend } from '../testing/server';
import { sessionWith, signInAs, totpFactor } from '../testing/sessions';
import { ResetPasswordPage } from './reset-password-page';

const settings = { external: { email: true }, disable_signup: false, mailer_autoconfirm: true, passkeys_enabled: true };
const atFirstStep = sessionWith({ aal: 'aal1' }, { factors: [totpFactor] });
const atSecondStep = sessionWith({ aal: 'aal2' }, { factors: [totpFactor] });
const refusal = (status: number, code: string) => HttpResponse.json({ code, message: code }, { status });

let calls: { path: string; bearer: string | null; body: unknown }[] = [];
const note = async (request: Request) => {
  calls.push({ path: new URL(request.url).pathname, bearer: request.headers.get('Authorization'), body: await request.clone().json().catch(() => null) });
};

const server = fakeBackend(
  http.get('*/auth/v1/settings', () => HttpResponse.json(settings)),
  http.post('*/auth/v1/token', () => HttpResponse.json(atFirstStep)),
  http.post('*/auth/v1/factors/f1/challenge', () => HttpResponse.json({ id: 'c1', type: 'totp', expires_at: 0 })),
  http.post('*/auth/v1/factors/f1/verify', async ({ request }) => {
    await note(request);
    const { code } = (await request.json()) as { code: string };
    return code === '123456' ? HttpResponse.json(atSecondStep) : refusal(422, 'mfa_verification_failed');
  }),
  http.post('*/auth/v1/factors/recovery-codes/verify', async ({ request }) => {
    await note(request);
    return HttpResponse.json(atSecondStep);
  }),
  http.post('*/auth/v1/otp', async ({ request }) => {
    await note(request);
    return HttpResponse.json({});
  }),
  http.post('*/auth/v1/verify', async ({ request }) => {
    await note(request);
    return HttpResponse.json(sessionWith());
  }),
  http.post('*/auth/v1/logout', () => new HttpResponse(null, { status: 204 })),
);

let stop: () => void;
beforeEach(() => {
  calls = [];
  stop = startSession();
});
afterEach(() => { stop(); });

function open(at = '/sign-in?next=%2Fcourses') {
  const { router } = renderRoutes([{ path: '/sign-in', element: <SignInPage home="/home" /> }, { path: '*', element: <p>another page</p> }], at);
  return { user: userEvent.setup(), router };
}

async function passFirstStep(at?: string) {
  const opened = open(at);
  await opened.user.type(screen.getByLabelText('E-mail address'), 'ada@example.com');
  await opened.user.type(screen.getByLabelText('Password'), 'a long passphrase');
  await opened.user.click(screen.getByRole('button', { name: 'Sign in' }));
  return opened;
}

describe('the fields', () => {
  it('are of the kinds that password managers and browsers fill in (S026)', async () => {
    open();
    expect(screen.getByLabelText('E-mail address')).toHaveAttribute('autocomplete', 'username');
    const password = screen.getByLabelText('Password');
    expect(password).toHaveAttribute('type', 'password');
    expect(password).toHaveAttribute('autocomplete', 'current-password');
    const user = userEvent.setup();
    await user.click(password);
    await user.paste('pasted passphrase');
    expect(password).toHaveValue('pasted passphrase');
  });

  it('offers no passkeys where the browser has none', async () => {
    server.use(http.get('*/auth/v1/settings', () => HttpResponse.json({ ...settings, external: { email: true, github: true } })));
    open();
    // Now the settings are here, which offer passkeys.
    await screen.findByRole('button', { name: 'Continue with GitHub' });
    expect(screen.queryByRole('button', { name: 'Sign in with a passkey' })).toBeNull();
  });
});

describe('the second step', () => {
  it('comes before anybody counts as signed in, and then leads where they wanted to go', async () => {
    const { user, router } = await passFirstStep();
    const code = await screen.findByLabelText('Code of your authenticator app');
    expect(session.user()).toBeNull();
    expect(localStorage.getItem('tt.session')).toBeNull();
    expect(code).toHaveFocus();
    await user.type(code, '123 456');
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    await waitFor(() => { expect(router.state.location.pathname).toBe('/courses'); });
    expect(calls.at(-1)).toMatchObject({ bearer: `Bearer ${atFirstStep.access_token}`, body: { challenge_id: 'c1', code: '123456' } });
    expect(session.user()?.email).toBe('ada@example.com');
  });

  it('says what is wrong with a code, and never sends half a one', async () => {
    const { user } = await passFirstStep();
    const code = await screen.findByLabelText('Code of your authenticator app');
    await user.type(code, '12345');
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    expect(await screen.findByText('Please check one field')).toBeVisible();
    expect(calls).toEqual([]);
    await user.type(code, '7');
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    expect(await screen.findByText(/This code is not right/)).toBeVisible();
    expect(session.user()).toBeNull();
  });

  it('takes a recovery code instead', async () => {
    const { user, router } = await passFirstStep();
    await user.click(await screen.findByRole('button', { name: 'Use a recovery code' }));
    await user.type(screen.getByLabelText('One of your recovery codes'), 'ABCD-efgh-2345-6789');
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    await waitFor(() => { expect(router.state.location.pathname).toBe('/courses'); });
    expect(calls.at(-1)?.path).toBe('/auth/v1/factors/recovery-codes/verify');
  });

  it('survives a reload, and can be left', async () => {
    await passFirstStep();
    await screen.findByLabelText('Code of your authenticator app');
    stop();
    stop = startSession();
    const start = screen.getByRole('button', { name: 'Start again' });
    await userEvent.click(start);
    expect(await screen.findByLabelText('Password')).toBeVisible();
    expect(sessionStorage.getItem('tt.session.pending')).toBeNull();
  });
});

describe('somebody who is signed in', () => {
  const routes = [
    { path: '/sign-in', element: <SignInPage home="/home" /> },
    { path: '/reset-password', element: <ResetPasswordPage /> },
    { path: '*', element: <p>another page</p> },
  ];
  const signIn = (waiting: boolean) => {
    stop();
    if (waiting) writePendingSession(withExpiry(atFirstStep));
    stop = signInAs(atSecondStep);
  };

  it('is led on from the sign-in page', async () => {
    signIn(false);
    const { router } = renderRoutes(routes, '/sign-in?next=%2Fcourses');
    await waitFor(() => { expect(router.state.location.pathname).toBe('/courses'); });
  });

  it('takes the second step of a reset anew, and then chooses the password', async () => {
    signIn(true);
    const { router } = renderRoutes(routes, '/reset-password');
    const user = userEvent.setup();
    await user.type(await screen.findByLabelText('Code of your authenticator app'), '123456');
    expect(document.title).toMatch(/^One more step/);
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    expect(await screen.findByLabelText('New password')).toBeVisible();
    expect(router.state.location.pathname).toBe('/reset-password');
    expect(calls.at(-1)).toMatchObject({ bearer: `Bearer ${atFirstStep.access_token}` });
  });
});

describe('the focus', () => {
  const key = { id: 'k1', factor_type: 'webauthn', friendly_name: 'Blue key', status: 'verified', created_at: '2026-11-01T00:00:00Z' };

  it('goes to the step that is shown, and back to the page when it is left', async () => {
    server.use(http.post('*/auth/v1/token', () => HttpResponse.json(sessionWith({ aal: 'aal1' }, { factors: [totpFactor, key] }))));
    const { user } = await passFirstStep();
    await user.click(await screen.findByRole('button', { name: 'Use a security key' }));
    // No key works in this browser, and that is said where the focus is.
    expect(document.activeElement).toHaveTextContent(/Security keys do not work at this address/);
    await user.click(screen.getByRole('button', { name: 'Start again' }));
    await waitFor(() => { expect(screen.getByRole('heading', { level: 1, name: 'Sign in' })).toHaveFocus(); });
  });
});

describe('signing in by e-mail', () => {
  it('keeps the address, makes no account, and takes the code', async () => {
    const { user, router } = open();
    await user.type(screen.getByLabelText('E-mail address'), 'ada@example.com');
    await user.click(screen.getByRole('button', { name: 'Sign in by e-mail' }));
    expect(screen.getByLabelText('E-mail address')).toHaveValue('ada@example.com');
    await user.click(screen.getByRole('button', { name: 'Send me the mail' }));
    const code = await screen.findByLabelText('Code from the mail');
    expect(code).toHaveAttribute('autocomplete', 'one-time-code');
    expect(calls[0]).toMatchObject({ path: '/auth/v1/otp', body: { email: 'ada@example.com', create_user: false } });
    expect(screen.getByRole('button', { name: /Send it again in \d+ s/ })).toBeDisabled();
    await user.type(code, '654321');
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    await waitFor(() => { expect(router.state.location.pathname).toBe('/courses'); });
    expect(calls.at(-1)?.body).toEqual({ type: 'email', email: 'ada@example.com', token: '654321' });
  });

  it('says when the mail could not be sent again, and lets it be tried', async () => {
    const { user } = open();
    await user.click(screen.getByRole('button', { name: 'Sign in by e-mail' }));
    await user.type(screen.getByLabelText('E-mail address'), 'ada@example.com');
    vi.useFakeTimers({ toFake: ['Date'] });
    await user.click(screen.getByRole('button', { name: 'Send me the mail' }));
    await screen.findByLabelText('Code from the mail');
    server.use(http.post('*/auth/v1/otp', () => HttpResponse.error(), { once: true }));
    vi.setSystemTime(Date.now() + 61_000);
    await user.click(await screen.findByRole('button', { name: 'Send it again' }, { timeout: 3000 }));
    expect(await screen.findByText(/We can’t reach the server/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Send it again' }));
    expect(await screen.findByRole('button', { name: /Send it again in \d+ s/ })).toBeDisabled();
    expect(screen.queryByText(/We can’t reach the server/)).toBeNull();
    vi.useRealTimers();
  });
});

it('says how long to wait after too many tries', async () => {
  server.use(http.post('*/auth/v1/token', () => HttpResponse.json({ code: 'over_request_rate_limit', message: '' }, { status: 429, headers: { 'Retry-After': '64' } })));
  await passFirstStep();
  expect(await screen.findByText('Too many attempts. Wait 64 seconds and try again.')).toBeVisible();
});

it('never leads to another site', async () => {
  server.use(http.post('*/auth/v1/token', () => HttpResponse.json(sessionWith())));
  const { router } = await passFirstStep('/sign-in?next=https%3A%2F%2Fevil.example');
  await waitFor(() => { expect(router.state.location.pathname).toBe('/home'); });
});
