import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { session, startSession } from '../session';
import { renderPage } from '../testing/render';
import { fakeBackend } from '../testing/server';
import { sessionWith, signInAs, totpFactor } from '../testing/sessions';
import { ConsentPage } from './consent-page';
import { leaveFor } from './leave-for';

vi.mock('./leave-for', () => ({ leaveFor: vi.fn() }));

const asked = {
  authorization_id: 'a1',
  redirect_uri: 'https://reports.example.com/callback',
  client: { id: 'c1', name: 'Weekly Reports', logo_uri: 'https://reports.example.com/logo.png' },
  user: { id: 'u1', email: 'ada@example.com' },
  scope: 'openid email profile',
};
const refusal = (status: number, code: string) => HttpResponse.json({ code, message: code }, { status });
const granted = 'https://reports.example.com/callback?code=x';
const denied = 'https://reports.example.com/callback?error=access_denied';
const LOOK = '*/auth/v1/oauth/authorizations/:id';
let released = 0;
let signOuts = 0;

const server = fakeBackend(
  http.get(LOOK, () => HttpResponse.json(asked)),
  http.post(`${LOOK}/consent`, async ({ request }) => {
    const { action } = (await request.json()) as { action: string };
    return HttpResponse.json({ redirect_url: action === 'approve' ? granted : denied });
  }),
  http.post(`${LOOK}/release`, () => {
    released += 1;
    return new HttpResponse(null, { status: 204 });
  }),
  http.post('*/auth/v1/logout', () => {
    signOuts += 1;
    return new HttpResponse(null, { status: 204 });
  }),
);

let stop: () => void;
beforeEach(() => {
  released = signOuts = 0;
  vi.mocked(leaveFor).mockClear();
  stop = signInAs();
});
afterEach(() => { stop(); });

function open(query = '?authorization_id=a1') {
  const view = renderPage(<ConsentPage />, { path: '/oauth/consent', at: `/oauth/consent${query}` });
  return { ...view, user: userEvent.setup() };
}

describe('another program’s wish to sign somebody in', () => {
  it('says who asks, where that leads, what they get and which account it is about', async () => {
    open();
    expect(await screen.findByRole('heading', { level: 1, name: 'Sign in to Weekly Reports' })).toBeVisible();
    expect(document.title).toContain('Sign in to Weekly Reports');
    expect(within(screen.getByRole('group', { name: 'Who asks' })).getByText('Sends you to reports.example.com')).toBeVisible();
    const gets = screen.getByRole('region', { name: 'What Weekly Reports gets to know' });
    expect(within(gets).getAllByRole('listitem').map((item) => item.textContent)).toEqual([
      'Your e-mail address',
      'Your name and your picture',
      'That it is you each time you come back: an id of your account',
    ]);
    const account = screen.getByRole('region', { name: 'Your account' });
    expect(within(account).getByText('Ada')).toBeVisible();
    expect(within(account).getByText('ada@example.com')).toBeVisible();
  });

  it.each([
    ['Allow', granted],
    ['Cancel', denied],
  ])('%s leads back to it', async (button, address) => {
    const { user } = open();
    await user.click(await screen.findByRole('button', { name: button }));
    await waitFor(() => { expect(leaveFor).toHaveBeenCalledWith(address); });
    expect(screen.getByRole('link', { name: 'Go there now' })).toHaveAttribute('href', address);
  });

  it('that is agreed to already is not asked about again', async () => {
    server.use(http.get(LOOK, () => HttpResponse.json({ redirect_url: granted })));
    open();
    await waitFor(() => { expect(leaveFor).toHaveBeenCalledWith(granted); });
    expect(screen.queryByRole('button', { name: 'Allow' })).toBeNull();
  });

  it('waits for whoever is not signed in, and comes back', async () => {
    await session.signOut();
    const { router } = open();
    await waitFor(() => { expect(router.state.location.pathname).toBe('/sign-in'); });
    expect(new URLSearchParams(router.state.location.search).get('next')).toBe('/oauth/consent?authorization_id=a1');
  });

  it('can be answered with another account', async () => {
    const { user, router } = open();
    await user.click(await screen.findByRole('button', { name: 'Use another account' }));
    await waitFor(() => { expect(router.state.location.pathname).toBe('/sign-in'); });
    expect([released, signOuts]).toEqual([1, 1]);
    expect(session.user()).toBeNull();
  });

  it('stays with the account when it cannot be let go', async () => {
    server.use(http.post(`${LOOK}/release`, () => HttpResponse.error()));
    const { user } = open();
    await user.click(await screen.findByRole('button', { name: 'Use another account' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(/can’t reach the server/);
    expect(session.user()?.id).toBe('u1');
  });

  it('fetches no logo from a foreign server', async () => {
    open();
    const mark = within(await screen.findByRole('group', { name: 'Who asks' }));
    expect(mark.getByText('W')).toBeInTheDocument();
    expect(mark.queryByRole('presentation')).toBeNull();
  });

  it('cannot pose as another one with invisible characters', async () => {
    server.use(http.get(LOOK, () => HttpResponse.json({ ...asked, client: { id: 'c1', name: `Pay\u202Epal${'l'.repeat(200)}` } })));
    open();
    const title = (await screen.findByRole('heading', { level: 1 })).textContent;
    expect(title).toMatch(/^Sign in to Paypal/);
    expect(title.length).toBeLessThan(80);
  });

  it.each([
    ['http://127.0.0.1:4100/callback', 'Sends you to a program on this device (127.0.0.1:4100)'],
    ['com.example.reports://callback/x', 'Sends you to an app on this device (com.example.reports)'],
    ['https://аpple.com/callback', 'Sends you to xn--pple-43d.com'],
  ])('tells where %s leads', async (redirect_uri, words) => {
    server.use(http.get(LOOK, () => HttpResponse.json({ ...asked, redirect_uri, scope: 'openid' })));
    open();
    expect(await screen.findByText(words)).toBeVisible();
    expect(screen.getAllByRole('listitem')).toHaveLength(1);
  });
});

describe('a wish that cannot be answered', () => {
  it.each([
    ['', 'This link is incomplete'],
    ['?error_code=oauth_client_not_found', 'This app asks in a way we do not accept'],
    ['?error_code=feature_disabled', 'Signing in elsewhere is switched off'],
  ])('says so to everybody: %s', async (query, title) => {
    await session.signOut();
    open(query);
    expect(await screen.findByRole('heading', { level: 1, name: title })).toBeVisible();
    expect(screen.getByRole('link', { name: 'To the start page' })).toHaveAttribute('href', '/');
  });

  it('is gone, or another account’s: one can sign in with that one', async () => {
    server.use(http.get(LOOK, () => refusal(404, 'oauth_authorization_not_found')));
    const { user, router } = open();
    expect(await screen.findByRole('heading', { name: 'This request cannot be answered any more' })).toBeVisible();
    expect(screen.getByText('You are signed in as ada@example.com.')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Use another account' }));
    await waitFor(() => { expect(router.state.location.pathname).toBe('/sign-in'); });
  });

  it('was answered before, perhaps in another tab', async () => {
    server.use(http.post(`${LOOK}/consent`, () => refusal(400, 'validation_failed')));
    const { user } = open();
    await user.click(await screen.findByRole('button', { name: 'Allow' }));
    expect(await screen.findByRole('heading', { name: 'This request has its answer' })).toBeVisible();
    expect(leaveFor).not.toHaveBeenCalled();
  });

  it('did not arrive: it can be asked for again', async () => {
    server.use(http.get(LOOK, () => HttpResponse.error(), { once: true }));
    const { user } = open();
    await user.click(await screen.findByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('button', { name: 'Allow' })).toBeVisible();
  });

  it('keeps the question when the answer did not arrive', async () => {
    server.use(http.post(`${LOOK}/consent`, () => HttpResponse.error(), { once: true }));
    const { user } = open();
    await user.click(await screen.findByRole('button', { name: 'Allow' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(/can’t reach the server/);
    await user.click(screen.getByRole('button', { name: 'Allow' }));
    await waitFor(() => { expect(leaveFor).toHaveBeenCalledWith(granted); });
  });

  it('asks for the second step where the session has not proved it', async () => {
    let isProved = false;
    server.use(
      http.get(LOOK, () => (isProved ? HttpResponse.json(asked) : refusal(403, 'insufficient_aal'))),
      http.get('*/auth/v1/settings', () => HttpResponse.json({})),
      http.post('*/auth/v1/token', () => HttpResponse.json(sessionWith({ aal: 'aal1' }, { factors: [totpFactor] }))),
      http.post('*/auth/v1/factors/f1/challenge', () => HttpResponse.json({ id: 'c1', type: 'totp', expires_at: 0 })),
      http.post('*/auth/v1/factors/f1/verify', () => {
        isProved = true;
        return HttpResponse.json(sessionWith({ aal: 'aal2' }, { factors: [totpFactor] }));
      }),
    );
    stop();
    stop = startSession();
    const { user } = open();
    await user.click(await screen.findByRole('button', { name: 'Prove it now' }));
    const dialog = await screen.findByRole('dialog', { name: 'Is it you?' });
    await user.type(within(dialog).getByLabelText('Password'), 'a long passphrase');
    await user.click(within(dialog).getByRole('button', { name: 'Confirm' }));
    await user.type(await within(dialog).findByLabelText('Code of your authenticator app'), '123456');
    await user.click(within(dialog).getByRole('button', { name: 'Continue' }));
    expect(await screen.findByRole('button', { name: 'Allow' })).toBeVisible();
  });
});
