import { addresses, call, until } from './http';

export interface ReceivedMail {
  id: string;
  to: string[];
  subject: string;
  text: string;
  html: string;
  headers: { name: string; value: string }[];
}

/** The newest mail to an address whose subject matches, as the development inbox shows it. */
export function mailTo(address: string, subject: RegExp): Promise<any> {
  return until(async () => {
    const { body } = await call('GET', `${addresses().MAIL_URL}/api/v1/messages?to=${encodeURIComponent(address)}`);
    return body.items.find((mail: any) => subject.test(mail.subject));
  });
}

export async function mailsTo(address: string): Promise<any[]> {
  return (await call('GET', `${addresses().MAIL_URL}/api/v1/messages?to=${encodeURIComponent(address)}`)).body.items;
}
