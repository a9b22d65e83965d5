import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renderPage } from '../testing/render';
import { fakeBackend } from '../testing/server';
import { signInAs } from '../testing/sessions';
import { AppsSection } from './apps-section';

const reports = { client: { id: 'c1', name: 'Weekly Reports' }, scopes: ['openid', 'email', 'profile'], granted_at: '2026-11-01T10:00:00Z' };
const plain = { client: { id: 'c2' }, scopes: ['openid'], granted_at: '2026-11-02T10:00:00Z' };
let grants = [reports, plain];
let revoked: (string | null)[] = [];

const server = fakeBackend(
  http.get('*/auth/v1/user/oauth/grants', () => HttpResponse.json(grants)),
  http.delete('*/auth/v1/user/oauth/grants', ({ request }) => {
    const id = new URL(request.url).searchParams.get('client_id');
    revoked.push(id);
    grants = grants.filter(({ client }) => client.id !== id);
    return new HttpResponse(null, { status: 204 });
  }),
);

let stop: () => void;
beforeEach(() => {
  grants = [reports, plain];
  revoked = [];
  stop = signInAs();
});
afterEach(() => { stop(); });

describe('apps with access', () => {
  it('are listed with what they know and since when', async () => {
    renderPage(<AppsSection />);
    const [first, second] = within(await screen.findByRole('list', { name: 'Apps with access' })).getAllByRole('listitem');
    expect(first).toHaveTextContent('Weekly Reports');
    expect(first).toHaveTextContent(/Your e-mail address · Your name and your picture · since .*Nov.* 2026/);
    expect(second).toHaveTextContent('an app without a name');
    expect(second).toHaveTextContent('The id of your account only');
  });

  it('lose it when that is confirmed, and only then', async () => {
    renderPage(<AppsSection />);
    const user = userEvent.setup();
    await user.click(await screen.findByRole('button', { name: 'Remove access of Weekly Reports' }));
    await user.click(within(await screen.findByRole('dialog', { name: 'Remove the access of Weekly Reports?' })).getByRole('button', { name: 'Cancel' }));
    expect(revoked).toEqual([]);
    await waitFor(() => { expect(screen.queryByRole('dialog')).toBeNull(); });
    await user.click(screen.getByRole('button', { name: 'Remove access of Weekly Reports' }));
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Remove access' }));
    await waitFor(() => { expect(screen.queryByText('Weekly Reports')).toBeNull(); });
    expect(revoked).toEqual(['c1']);
  });

  it('may be none', async () => {
    grants = [];
    renderPage(<AppsSection />);
    expect(await screen.findByText('No app has access to your account.')).toBeVisible();
  });

  it.each([
    [404, 'oauth_consent_not_found', 'No app has access to your account.'],
    [403, 'impersonation_forbidden', 'This cannot be done while you act as somebody else.'],
  ])('after %i %s', async (status, code, words) => {
    server.use(
      http.delete('*/auth/v1/user/oauth/grants', () => {
        if (status === 404) grants = [];
        return HttpResponse.json({ code, message: code }, { status });
      }),
    );
    renderPage(<AppsSection />);
    const user = userEvent.setup();
    await user.click(await screen.findByRole('button', { name: 'Remove access of Weekly Reports' }));
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Remove access' }));
    expect(await screen.findByText(words)).toBeVisible();
  });
});
