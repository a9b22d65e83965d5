import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { describe, expect, it, beforeEach } from 'vitest';
import { renderPage } from '../../testing/render';
import { fakeBackend, problem } from '../../testing/server';
import { AccountPage } from './account-page';

const profile = {
  user_id: 'u1',
  email: 'ada@example.com',
  display_name: 'Ada',
  headline: null,
  bio: null,
  locale: 'en',
  timezone: 'UTC',
  marketing_consent: false,
  row_version: 7,
  updated_at: '2026-11-22T05:00:00Z',
};
let stored = profile;
let lastChange: unknown;

fakeBackend(
  http.get('*/api/v1/profile', () => HttpResponse.json(stored)),
  http.patch('*/api/v1/profile', async ({ request }) => {
    if (request.headers.get('If-Match') !== `"${String(stored.row_version)}"`) return problem(412, 'row_version_conflict');
    lastChange = await request.json();
    stored = { ...stored, ...(lastChange as object), row_version: stored.row_version + 1 };
    return HttpResponse.json(stored);
  }),
);
beforeEach(() => {
  stored = profile;
  lastChange = undefined;
});

async function openProfile() {
  renderPage(<AccountPage results={null} />);
  return { user: userEvent.setup(), name: await screen.findByLabelText('Name') };
}

describe('the profile', () => {
  it('sends only what was changed, twice in a row', async () => {
    const { user, name } = await openProfile();
    await user.clear(name);
    await user.type(name, 'Ada L.');
    await user.click(screen.getByRole('button', { name: 'Save changes' }));
    await expect.poll(() => stored.row_version).toBe(8);
    expect(lastChange).toEqual({ display_name: 'Ada L.' });

    await user.click(screen.getByRole('checkbox', { name: /Send me news/ }));
    await user.click(screen.getByRole('button', { name: 'Save changes' }));
    await expect.poll(() => stored.row_version).toBe(9);
    expect(lastChange).toEqual({ marketing_consent: true });
  });

  it('says when it was changed elsewhere and loads that version', async () => {
    const { user, name } = await openProfile();
    stored = { ...profile, display_name: 'Countess Ada', row_version: 8 };
    await user.type(name, '!');
    await user.click(screen.getByRole('button', { name: 'Save changes' }));
    expect(await screen.findByText('Your profile was changed somewhere else')).toBeVisible();

    await user.click(screen.getByRole('button', { name: 'Load the latest version' }));
    await expect.poll(() => name).toHaveValue('Countess Ada');
    expect(screen.queryByText('Your profile was changed somewhere else')).toBeNull();
  });
});
