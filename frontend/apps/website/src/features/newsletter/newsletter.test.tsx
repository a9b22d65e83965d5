import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { renderPage } from '@tt/auth/testing/render';
import { fakeBackend, problem } from '@tt/auth/testing/server';
import { ConfirmPage } from './confirm-page';
import { NewsletterPanel } from './newsletter-panel';
import { UnsubscribePage } from './unsubscribe-page';

let requests: string[] = [];
const server = fakeBackend(
  http.post('*/api/v1/newsletter/subscriptions', async ({ request }) => {
    requests.push(JSON.stringify(await request.json()));
    return HttpResponse.json({ status: 'pending' }, { status: 202 });
  }),
  http.post('*/api/v1/newsletter/confirmations', () => {
    requests.push('confirm');
    return HttpResponse.json({ status: 'confirmed' });
  }),
  http.get('*/api/v1/newsletter/unsubscribe/tok', () => HttpResponse.json({ email_masked: 'a•••@example.com', status: 'confirmed' })),
  http.post('*/u/tok', async ({ request }) => {
    requests.push(await request.text());
    return HttpResponse.json({});
  }),
);
beforeEach(() => { requests = []; });

describe('the newsletter', () => {
  it('takes an address and asks to confirm it by mail', async () => {
    renderPage(<NewsletterPanel source="footer" />);
    await userEvent.type(screen.getByLabelText('E-mail address'), 'ada@example.com{Enter}');
    expect(await screen.findByText('Almost there: check your inbox')).toBeVisible();
    expect(requests).toEqual(['{"email":"ada@example.com","source":"footer"}']);
  });

  it('explains a wrong address at the field', async () => {
    renderPage(<NewsletterPanel source="footer" />);
    await userEvent.type(screen.getByLabelText('E-mail address'), 'ada{Enter}');
    expect(screen.getByLabelText('E-mail address')).toHaveAccessibleDescription(/like name@example.com/);
    expect(requests).toEqual([]);
  });

  it('confirms by the button, not by opening the link', async () => {
    renderPage(<ConfirmPage />, { path: '/newsletter/confirm', at: '/newsletter/confirm?token=tok' });
    const button = screen.getByRole('button', { name: 'Yes, subscribe me' });
    expect(requests).toEqual([]);
    await userEvent.click(button);
    expect(await screen.findByRole('heading', { name: 'You are in' })).toBeVisible();
    expect(requests).toEqual(['confirm']);
  });

  it('says when the link is used up', async () => {
    server.use(http.post('*/api/v1/newsletter/confirmations', () => problem(404, 'token_not_found')));
    renderPage(<ConfirmPage />, { path: '/newsletter/confirm', at: '/newsletter/confirm?token=old' });
    await userEvent.click(screen.getByRole('button', { name: 'Yes, subscribe me' }));
    expect(await screen.findByText('This link does not work any more')).toBeVisible();
  });

  it('unsubscribes with the same one-click post as mail programs', async () => {
    renderPage(<UnsubscribePage />, { path: '/u/:token', at: '/u/tok' });
    await userEvent.click(await screen.findByRole('button', { name: 'Unsubscribe' }));
    expect(await screen.findByRole('heading', { name: 'You are unsubscribed' })).toBeVisible();
    expect(requests).toEqual(['List-Unsubscribe=One-Click']);
  });
});
