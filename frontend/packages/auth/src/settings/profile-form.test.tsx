import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { session } from '../session';
import { renderPage } from '../testing/render';
import { fakeBackend, problem } from '../testing/server';
import { signInAs } from '../testing/sessions';
import { ProfilePage } from './profile-page';

const profile = {
  user_id: 'u1',
  email: 'ada@example.com',
  display_name: 'Ada',
  headline: null,
  bio: null,
  avatar_url: null as string | null,
  locale: 'en',
  timezone: 'UTC',
  marketing_consent: false,
  row_version: 7,
  updated_at: '2026-11-22T05:00:00Z',
};
const mail = { security: true, organizations: true, marketing: false };
let stored = profile;
let storedMail = mail;
let lastChange: unknown;

/** Profile and preferences are two views of one row, and have one version. */
const preferences = () => ({ locale: stored.locale, timezone: stored.timezone, theme: 'system', mail: storedMail, row_version: stored.row_version });
const isLate = (request: Request) => request.headers.get('If-Match') !== `"${String(stored.row_version)}"`;

fakeBackend(
  http.get('*/api/v1/profile', () => HttpResponse.json(stored)),
  http.get('*/api/v1/preferences', () => HttpResponse.json(preferences())),
  http.patch('*/api/v1/preferences', async ({ request }) => {
    if (isLate(request)) return problem(412, 'precondition_failed');
    const { mail: mails, ...rest } = (await request.json()) as { mail?: object };
    lastChange = { ...rest, ...(mails && { mail: mails }) };
    storedMail = { ...storedMail, ...mails };
    stored = { ...stored, ...rest, row_version: stored.row_version + 1 };
    return HttpResponse.json(preferences());
  }),
  http.patch('*/api/v1/profile', async ({ request }) => {
    if (isLate(request)) return problem(412, 'precondition_failed');
    lastChange = await request.json();
    stored = { ...stored, ...(lastChange as object), row_version: stored.row_version + 1 };
    return HttpResponse.json(stored);
  }),
  http.delete('*/api/v1/profile/avatar', () => {
    stored = { ...stored, avatar_url: null, row_version: stored.row_version + 1 };
    return HttpResponse.json(stored);
  }),
);

let stop: () => void;
beforeEach(() => {
  stored = profile;
  storedMail = mail;
  lastChange = undefined;
  stop = signInAs();
});
afterEach(() => { stop(); });

async function openProfile() {
  renderPage(<ProfilePage />);
  return { user: userEvent.setup(), name: await screen.findByLabelText('Name') };
}

const saveProfile = () => screen.getAllByRole('button', { name: 'Save changes' })[0] as HTMLElement;
const savePreferences = () => screen.getAllByRole('button', { name: 'Save changes' })[1] as HTMLElement;
const CONFLICT = 'Your profile was changed somewhere else';

/** Coming back to the window: everything is asked for again. */
async function comeBack() {
  window.dispatchEvent(new Event('visibilitychange'));
  await new Promise((resolve) => setTimeout(resolve, 50));
}

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
    await user.click(savePreferences());
    await expect.poll(() => lastChange).toEqual({ mail: { marketing: true } });
  });

  it('is no conflict for the preferences on the same page, nor they for it', async () => {
    stored = { ...profile, avatar_url: '/media/a.png' };
    const { user, name } = await openProfile();
    await user.type(name, ' L.');
    await user.click(await screen.findByRole('checkbox', { name: /Send me news/ }));
    await user.click(screen.getByRole('button', { name: 'Remove' }));
    await expect.poll(() => stored.row_version).toBe(8);
    await user.click(saveProfile());
    await expect.poll(() => stored.row_version).toBe(9);
    await user.click(savePreferences());
    await expect.poll(() => lastChange).toEqual({ mail: { marketing: true } });
    await user.type(name, '!');
    await user.click(saveProfile());
    await expect.poll(() => stored.display_name).toBe('Ada L.!');
    expect(screen.queryByText(CONFLICT)).toBeNull();
  });

  it('shows a new name above the page at once', async () => {
    const { user, name } = await openProfile();
    await user.type(name, ' L.');
    await user.click(saveProfile());
    await waitFor(() => { expect(session.user()?.name).toBe('Ada L.'); });
  });
});

describe('what another device does meanwhile', () => {
  it('is not undone by the preferences, but told', async () => {
    const { user } = await openProfile();
    await user.click(await screen.findByRole('checkbox', { name: /Send me news/ }));
    stored = { ...stored, timezone: 'Europe/Paris', row_version: 8 };
    await comeBack();
    await user.click(savePreferences());
    expect(await screen.findByText(CONFLICT)).toBeVisible();
    expect(stored.timezone).toBe('Europe/Paris');

    await user.click(screen.getByRole('button', { name: 'Load the latest version' }));
    await expect.poll(() => screen.getByLabelText(/Time zone/)).toHaveValue('Europe/Paris');
    await user.click(screen.getByRole('checkbox', { name: /Send me news/ }));
    await user.click(savePreferences());
    await expect.poll(() => lastChange).toEqual({ mail: { marketing: true } });
  });

  it('is not undone by the profile, but told, even when this page has saved in between', async () => {
    const { user, name } = await openProfile();
    await user.type(name, '!');
    stored = { ...stored, headline: 'Counts' as never, row_version: 8 };
    await comeBack();
    await user.click(saveProfile());
    expect(await screen.findByText(CONFLICT)).toBeVisible();
    expect(stored.display_name).toBe('Ada');
  });
});
