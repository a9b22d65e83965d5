import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SignInPage } from '../account-pages';
import { session, startSession } from '../session';
import { renderRoutes } from '../testing/render';
import { fakeBackend } from '../testing/server';
import { sessionWith } from '../testing/sessions';

const refusal = (status: number, code: string) => HttpResponse.json({ code, message: code }, { status });
let offers = 0;
let verified: unknown[] = [];
const server = fakeBackend(
  http.get('*/auth/v1/settings', () => HttpResponse.json({ external: { email: true }, passkeys_enabled: true })),
  http.post('*/auth/v1/passkeys/authentication/options', () => {
    offers += 1;
    return HttpResponse.json({ challenge_id: `c${String(offers)}`, options: { challenge: 'AAAA' } });
  }),
  http.post('*/auth/v1/passkeys/authentication/verify', async ({ request }) => {
    verified.push(((await request.json()) as { challenge_id: string }).challenge_id);
    return HttpResponse.json(sessionWith({ aal: 'aal2' }));
  }),
);

interface Ask {
  mediation?: string;
  signal?: AbortSignal;
  choose: () => void;
  fail: (name: string) => void;
}

/** A browser with passkeys, whose person the test is. */
let asks: Ask[] = [];
const get = ({ mediation, signal }: { mediation?: string; signal?: AbortSignal }) =>
  new Promise((resolve, reject) => {
    const fail = (name: string) => { reject(new DOMException(name, name)); };
    signal?.addEventListener('abort', () => { fail('AbortError'); });
    asks.push({ ...(mediation && { mediation }), ...(signal && { signal }), choose: () => { resolve({ toJSON: () => ({ id: 'p1' }) }); }, fail });
  });

let stop: () => void;
beforeEach(() => {
  offers = 0;
  verified = [];
  asks = [];
  vi.stubGlobal('PublicKeyCredential', { isConditionalMediationAvailable: () => Promise.resolve(true), parseRequestOptionsFromJSON: (options: unknown) => options });
  vi.stubGlobal('isSecureContext', true);
  Object.defineProperty(navigator, 'credentials', { configurable: true, value: { get } });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
  stop = startSession();
});
afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function open() {
  renderRoutes([{ path: '/sign-in', element: <SignInPage home="/home" /> }, { path: '*', element: <p>another page</p> }], '/sign-in');
  return userEvent.setup({ advanceTimers: (ms) => { vi.advanceTimersByTime(ms); } });
}
const asked = (count: number) => waitFor(() => { expect(asks).toHaveLength(count); });

describe('passkeys in the list of the address field', () => {
  it('sign in whoever chooses one', async () => {
    open();
    await asked(1);
    expect(asks[0]?.mediation).toBe('conditional');
    asks[0]?.choose();
    await waitFor(() => { expect(session.user()?.id).toBe('u1'); });
    expect(verified).toEqual(['c1']);
  });

  it('are offered anew before their challenge is too old', async () => {
    open();
    await asked(1);
    await vi.advanceTimersByTimeAsync(200_000);
    expect(offers).toBe(1);
    await vi.advanceTimersByTimeAsync(60_000);
    await asked(2);
    asks[1]?.choose();
    await waitFor(() => { expect(verified).toEqual(['c2']); });
  });

  it('say nothing when the server does not want to offer them, and ask again later', async () => {
    server.use(
      http.post('*/auth/v1/passkeys/authentication/options', () => {
        offers += 1;
        return refusal(429, 'over_request_rate_limit');
      }),
    );
    open();
    await waitFor(() => { expect(offers).toBe(1); });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(offers).toBe(1);
    expect(screen.queryByRole('alert')).toBeNull();
    server.resetHandlers();
    await vi.advanceTimersByTimeAsync(30_000);
    await asked(1);
  });

  it('are offered again after a dismissal, but not without end', async () => {
    open();
    await asked(1);
    asks[0]?.fail('NotAllowedError');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(offers).toBe(1);
    await vi.advanceTimersByTimeAsync(30_000);
    await asked(2);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('say why a chosen one was refused, and can be tried again', async () => {
    server.use(http.post('*/auth/v1/passkeys/authentication/verify', () => refusal(400, 'webauthn_verification_failed'), { once: true }));
    open();
    await asked(1);
    asks[0]?.choose();
    expect(await screen.findByRole('alert')).toHaveTextContent(/not accepted/);
    await vi.advanceTimersByTimeAsync(2000);
    await asked(2);
    asks[1]?.choose();
    await waitFor(() => { expect(session.user()?.id).toBe('u1'); });
  });
});

describe('the button for passkeys', () => {
  it('takes the place of the list, which comes back after a dismissal', async () => {
    const user = open();
    await asked(1);
    await user.click(screen.getByRole('button', { name: 'Sign in with a passkey' }));
    await asked(2);
    expect(asks[0]?.signal?.aborted).toBe(true);
    expect(asks[1]?.mediation).toBeUndefined();
    asks[1]?.fail('NotAllowedError');
    await asked(3);
    expect(asks[2]?.mediation).toBe('conditional');
    expect(screen.queryByRole('alert')).toBeNull();
  });
});
