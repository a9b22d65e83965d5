import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { renderPage } from '../testing/render';
import { fakeBackend, problem } from '../testing/server';
import { ProfilePage } from './profile-page';

const profile = {
  user_id: 'u1',
  email: 'ada@example.com',
  display_name: 'Ada',
  headline: null,
  bio: null,
  avatar_url: null,
  locale: 'en',
  timezone: 'UTC',
  marketing_consent: false,
  row_version: 7,
  updated_at: '2026-11-22T05:00:00Z',
};
const preferences = {
  locale: 'en',
  timezone: 'UTC',
  theme: 'system',
  mail: { security: true, courses: true, reminders: true, organizations: true, marketing: false },
  row_version: 3,
};
let stored = profile;
let lastChange: unknown;

fakeBackend(
  http.get('*/api/v1/profile', () => HttpResponse.json(stored)),
  http.get('*/api/v1/preferences', () => HttpResponse.json(preferences)),
  http.patch('*/api/v1/preferences', async ({ request }) => {
    lastChange = await request.json();
    return HttpResponse.json({ ...preferences, row_version: 4 });
  }),
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
  renderPage(<ProfilePage />);
  return { user: userEvent.setup(), name: await screen.findByLabelText('Name') };
}

const saveProfile = () => screen.getAllByRole('button', { name: 'Save changes' })[0] as HTMLElement;

describe('the profile', () => {
  it('sends only what was changed, twice in a row', async () => {
    const { user, name } = await openProfile();
    await user.clear(name);
    await user.type(name, 'Ada L.');
    await user.click(saveProfile());
    await expect.poll(() => stored.row_version).toBe(8);
    expect(lastChange).toEqual({ display_name: 'Ada L.' });

    await user.type(screen.getByLabelText(/Headline/), 'Counts');
    await user.click(saveProfile());
    await expect.poll(() => stored.row_version).toBe(9);
    expect(lastChange).toEqual({ headline: 'Counts' });
  });

  it('says when it was changed elsewhere and loads that version', async () => {
    const { user, name } = await openProfile();
    stored = { ...profile, display_name: 'Countess Ada', row_version: 8 };
    await user.type(name, '!');
    await user.click(saveProfile());
    expect(await screen.findByText('Your profile was changed somewhere else')).toBeVisible();

    await user.click(screen.getByRole('button', { name: 'Load the latest version' }));
    await expect.poll(() => name).toHaveValue('Countess Ada');
    expect(screen.queryByText('Your profile was changed somewhere else')).toBeNull();
  });

  it('sends the one switch that was turned, and nothing that cannot be', async () => {
    const { user } = await openProfile();
    await user.click(await screen.findByRole('checkbox', { name: /Send me news/ }));
    await user.click(screen.getAllByRole('button', { name: 'Save changes' })[1] as HTMLElement);
    await expect.poll(() => lastChange).toEqual({ mail: { marketing: true } });
  });
});
