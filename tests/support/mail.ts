import { addresses, call, until } from './http';

export interface ReceivedMail {
  id: string;
  to: string[];
  subject: string;
  text: string;
  html: string;
  links: string[];
}

/** The newest mail to an address whose subject matches, as the development inbox shows it. */
export function mailTo(address: string, subject: RegExp): Promise<ReceivedMail> {
  return until(async () => (await mailsTo(address)).find((mail) => subject.test(mail.subject)));
}

export async function mailsTo(address: string): Promise<ReceivedMail[]> {
  return (await call('GET', `${addresses().MAIL_URL}/api/v1/messages?to=${encodeURIComponent(address)}`)).body.items;
}
