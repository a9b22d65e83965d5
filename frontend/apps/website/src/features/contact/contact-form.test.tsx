import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { renderPage } from '@tt/auth/testing/render';
import { fakeBackend, problem } from '@tt/auth/testing/server';
import { ContactForm } from './contact-form';

let keys: (string | null)[] = [];
const server = fakeBackend(
  http.post('*/api/v1/contact', ({ request }) => {
    keys.push(request.headers.get('Idempotency-Key'));
    return HttpResponse.json({ status: 'received' }, { status: 202 });
  }),
);
beforeEach(() => { keys = []; });

async function fill() {
  const user = userEvent.setup();
  await user.type(screen.getByLabelText('Your name'), 'Ada');
  await user.type(screen.getByLabelText('E-mail address'), 'ada@example.com');
  await user.type(screen.getByLabelText('Subject'), 'Hello');
  await user.type(screen.getByLabelText('Message'), 'We sell bread and want to grow.');
  return user;
}
const send = () => screen.getByRole('button', { name: 'Send message' });

describe('the contact form', () => {
  it('lists what is missing, takes the focus there and describes each field', async () => {
    renderPage(<ContactForm />);
    await userEvent.click(send());
    const summary = await screen.findByRole('alert');
    expect(summary).toHaveFocus();
    expect(summary).toHaveTextContent('Please check 4 fields');
    expect(screen.getByLabelText('Your name')).toBeInvalid();
    expect(screen.getByLabelText('Your name')).toHaveAccessibleDescription('Enter your name');
    await userEvent.click(screen.getByRole('link', { name: 'Enter a subject' }));
    expect(screen.getByLabelText('Subject')).toHaveFocus();
  });

  it('sends the message and thanks', async () => {
    renderPage(<ContactForm />);
    await (await fill()).click(send());
    expect(await screen.findByText('Thank you, it has arrived')).toBeVisible();
  });

  it('sends the same message under the same key after a lost answer', async () => {
    renderPage(<ContactForm />);
    const user = await fill();
    server.use(http.post('*/api/v1/contact', ({ request }) => {
      keys.push(request.headers.get('Idempotency-Key'));
      return HttpResponse.error();
    }, { once: true }));
    await user.click(send());
    expect(await screen.findByText(/We can’t reach the server/)).toBeVisible();
    await user.click(send());
    await screen.findByText('Thank you, it has arrived');
    expect(keys).toHaveLength(2);
    expect(keys[0]).toBe(keys[1]);
  });

  it('shows the server’s field errors at the fields', async () => {
    renderPage(<ContactForm />);
    const user = await fill();
    server.use(http.post('*/api/v1/contact', () => problem(422, 'validation_failed', { errors: [{ pointer: '/email', detail: 'This address cannot receive mail' }] })));
    await user.click(send());
    expect(await screen.findByRole('link', { name: 'This address cannot receive mail' })).toBeVisible();
    expect(screen.getByLabelText('E-mail address')).toHaveAccessibleDescription('This address cannot receive mail');
  });
});
