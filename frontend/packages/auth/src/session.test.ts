import { request } from '@tt/api-client/http';
import { z } from '@tt/api-client/schema';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { session, startSession } from './session';
import { readOwnSession, readPendingSession, readSession, withExpiry, writeOwnSession, writePendingSession, writeSession } from './storage';

const user = { id: 'u1', email: 'ada@example.com', app_metadata: { roles: ['admin'] }, user_metadata: { display_name: 'Ada' } };
const tokens = (generation: number) => ({
  access_token: `access-${String(generation)}`,
  refresh_token: `refresh-${String(generation)}`,
  expires_in: 900,
  user,
});

let refreshes: string[] = [];
let validAccess = 'access-1';
const refreshGrant = http.post('*/auth/v1/token', async ({ request: sent }) => {
  const { refresh_token: token } = (await sent.json()) as { refresh_token: string };
  refreshes.push(token);
  if (token !== 'refresh-1') return HttpResponse.json({ code: 'refresh_token_already_used', message: 'used' }, { status: 400 });
  validAccess = 'access-2';
  return HttpResponse.json(tokens(2));
});
const server = setupServer(
  refreshGrant,
  http.post('*/auth/v1/logout', () => new HttpResponse(null, { status: 204 })),
  http.get('*/protected', ({ request: sent }) =>
    sent.headers.get('Authorization') === `Bearer ${validAccess}`
      ? HttpResponse.json({ ok: true })
      : HttpResponse.json({ code: 'unauthenticated', status: 401 }, { status: 401 }),
  ),
);
const call = () => request(z.object({ ok: z.boolean() }), { url: '/protected' });

let stop: () => void;
beforeAll(() => { server.listen({ onUnhandledRequest: 'error' }); });
beforeEach(() => {
  refreshes = [];
  validAccess = 'access-1';
  writeSession(withExpiry(tokens(1)));
  stop = startSession();
});
afterEach(() => {
  stop();
  server.resetHandlers();
});
afterAll(() => { server.close(); });

describe('the session', () => {
  it('is taken up from storage', () => {
    expect(session.user()).toEqual({ id: 'u1', email: 'ada@example.com', name: 'Ada', roles: ['admin'], permissions: [] });
  });

  it('is refreshed once for many refused requests, and each is sent again', async () => {
    validAccess = 'access-2';
    const answers = await Promise.all([call(), call(), call(), call()]);
    expect(answers).toHaveLength(4);
    expect(refreshes).toEqual(['refresh-1']);
    expect(readSession()?.refresh_token).toBe('refresh-2');
  });

  it('adopts what another tab has refreshed instead of using the token twice', async () => {
    validAccess = 'access-2';
    writeSession(withExpiry(tokens(2)));
    await call();
    expect(refreshes).toEqual([]);
  });

  it('ends when the server refuses the refresh token', async () => {
    writeSession(withExpiry(tokens(9)));
    stop();
    stop = startSession();
    await expect(call()).rejects.toMatchObject({ status: 401 });
    expect(session.user()).toBeNull();
    expect(readSession()).toBeNull();
  });

  it('survives an outage of the server', async () => {
    validAccess = 'access-2';
    server.use(http.post('*/auth/v1/token', () => HttpResponse.json({ code: 'unavailable' }, { status: 503 })));
    await expect(call()).rejects.toMatchObject({ status: 503 });
    expect(session.user()?.id).toBe('u1');
    server.resetHandlers();
    await expect(call()).resolves.toEqual({ ok: true });
  });

  it('follows a sign-out in another tab', () => {
    writeSession(null);
    window.dispatchEvent(new StorageEvent('storage', { key: 'tt.session', newValue: null }));
    expect(session.user()).toBeNull();
  });

  it('of another person in another tab overtakes a second step that waits here', () => {
    writePendingSession(withExpiry(tokens(7)));
    stop();
    stop = startSession();
    const change = () => { window.dispatchEvent(new StorageEvent('storage', { key: 'tt.session', newValue: '' })); };
    writeSession(withExpiry(tokens(2)));
    change();
    expect(readPendingSession(), 'a refresh over there changes nothing').not.toBeNull();
    writeSession(withExpiry({ ...tokens(3), user: { ...user, id: 'u2' } }));
    change();
    expect(session.user()?.id).toBe('u2');
    expect(readPendingSession()).toBeNull();
  });

  it('ends on this device even when the server cannot be told', async () => {
    server.use(http.post('*/auth/v1/logout', () => HttpResponse.error()));
    await session.signOut();
    expect(readSession()).toBeNull();
  });

  it('stays when signing out everywhere could not reach the server', async () => {
    server.use(http.post('*/auth/v1/logout', () => HttpResponse.error()));
    await expect(session.signOut('global')).rejects.toMatchObject({ kind: 'network' });
    expect(readSession()).not.toBeNull();
  });
});

describe('an administrator who acts as somebody else', () => {
  const person = { ...tokens(5), access_token: 'access-as-person', refresh_token: '', user: { ...user, id: 'u5' } };
  let ended: (string | null)[] = [];
  beforeEach(() => {
    ended = [];
    server.use(
      http.post('*/auth/v1/logout', ({ request: sent }) => {
        ended.push(sent.headers.get('Authorization'));
        return new HttpResponse(null, { status: 204 });
      }),
    );
    session.impersonate(person as never);
  });

  it('is themselves again when they stop', async () => {
    await session.stopImpersonating();
    expect(session.user()?.id).toBe('u1');
    expect(ended).toEqual(['Bearer access-as-person']);
  });

  it('is nobody any more when they sign out: both sessions end', async () => {
    await session.signOut();
    expect(session.user()).toBeNull();
    expect(readOwnSession()).toBeNull();
    expect(ended).toEqual(['Bearer access-as-person', 'Bearer access-1']);
  });

  it('ends their own session by a fresh token when theirs has run out meanwhile', async () => {
    writeOwnSession(withExpiry(tokens(1), Date.now() - 1_000_000));
    await session.signOut();
    expect(refreshes).toEqual(['refresh-1']);
    expect(ended).toEqual(['Bearer access-as-person', 'Bearer access-2']);
  });

  it('does not come back behind whoever signs in next', async () => {
    session.begin(tokens(8) as never);
    expect(readOwnSession()).toBeNull();
    await session.signOut();
    expect(session.user()).toBeNull();
  });
});
