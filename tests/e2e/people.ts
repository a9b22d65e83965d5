import { addresses, call } from '../support/http';

export interface Session {
  access_token: string;
  user: { id: string; email: string };
}

export const PASSPHRASE = 'a long enough passphrase';

let people = 0;

export const newAddress = (who: string) => `${who}-${process.pid}-${Date.now()}-${people++}@example.com`;

/** A new account, with the whole answer of the sign-up: what the pages keep as the session. */
export async function signUpWithSession(name = 'Ada Lovelace'): Promise<{ email: string; session: Session }> {
  const email = newAddress('person');
  const body = { email, password: PASSPHRASE, data: { display_name: name } };
  const answer = await call<Session>('POST', `${addresses().SITE_URL}/auth/v1/signup`, { body });
  if (answer.status !== 200) throw new Error(`sign-up: ${answer.status} ${answer.text}`);
  return { email, session: answer.body };
}
