import { request, segment, http } from './http';
import { z } from './schema';

const Status = z.object({ status: z.string() });

export interface NewSubscription {
  email: string;
  name?: string;
  source?: string;
}

/** Always answers "pending": the answer does not tell whether an address is known. */
export async function subscribe(subscription: NewSubscription): Promise<void> {
  await request(Status, { method: 'POST', url: '/api/v1/newsletter/subscriptions', data: subscription, anonymous: true });
}

export async function confirmSubscription(token: string): Promise<void> {
  await request(Status, { method: 'POST', url: '/api/v1/newsletter/confirmations', data: { token }, anonymous: true });
}

const Unsubscription = z.object({ email_masked: z.string(), status: z.string() });
export type Unsubscription = z.infer<typeof Unsubscription>;

export function getUnsubscription(token: string): Promise<Unsubscription> {
  return request(Unsubscription, { url: `/api/v1/newsletter/unsubscribe/${segment(token)}`, anonymous: true });
}

/** The same one-click address that mail programs post to (RFC 8058). */
export async function unsubscribe(token: string): Promise<void> {
  const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
  await http.post(`/u/${segment(token)}`, body);
}
