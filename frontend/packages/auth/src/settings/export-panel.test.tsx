import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renderPage } from '../testing/render';
import { fakeBackend } from '../testing/server';
import { signInAs } from '../testing/sessions';
import { ExportPanel } from './export-panel';

const HOUR_MS = 60 * 60 * 1000;
let made: { status: string; hoursAgo: number };

fakeBackend(
  http.get('*/api/v1/exports', () => HttpResponse.json({
    items: [{
      id: 'e1',
      status: made.status,
      progress_percent: 100,
      requested_at: new Date(Date.now() - made.hoursAgo * HOUR_MS).toISOString(),
      expires_at: null,
      bytes: 2048,
      download_url: null,
    }],
  })),
);

let stop: () => void;
beforeEach(() => { stop = signInAs(); });
afterEach(() => { stop(); });

describe('the export of all data', () => {
  const again = () => screen.queryByRole('button', { name: 'Prepare it anew' });

  it('is offered anew a day after a whole one was asked for', async () => {
    made = { status: 'ready', hoursAgo: 23 };
    renderPage(<ExportPanel />);
    expect(await screen.findByText(/prepared anew a day after/)).toBeVisible();
    expect(again()).toBeNull();
    expect(screen.getByRole('button', { name: 'Download' })).toBeVisible();
  });

  it.each([
    { status: 'ready', hoursAgo: 25 },
    { status: 'incomplete', hoursAgo: 13 },
  ])('and at once when it is $status and $hoursAgo hours old', async (one) => {
    made = one;
    renderPage(<ExportPanel />);
    expect(await screen.findByRole('button', { name: 'Prepare it anew' })).toBeVisible();
    expect(screen.queryByText(/prepared anew a day after/)).toBeNull();
  });
});
