import { request } from './http';
import { z } from './schema';

export interface ContactMessage {
  name: string;
  email: string;
  subject: string;
  message: string;
  /** Honeypot: people never see it, so it is empty. */
  website: string;
}

export async function sendContactMessage(message: ContactMessage, idempotencyKey: string): Promise<void> {
  const status = z.object({ status: z.string() });
  await request(status, { method: 'POST', url: '/api/v1/contact', data: message, anonymous: true, idempotencyKey });
}
