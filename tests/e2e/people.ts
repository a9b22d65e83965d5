import { addresses, createAccount } from '../support/http';

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
  return { email, session: (await createAccount<Session>(addresses().SITE_URL, body)).body };
}
