import { inject } from 'vitest';

export interface Answer<T = any> {
  status: number;
  headers: Headers;
  body: T;
  text: string;
}

export interface Call {
  token?: string | undefined;
  body?: unknown;
  headers?: Record<string, string>;
}

export const addresses = () => inject('addresses');

/** One JSON call; never throws for a status. */
export async function call<T = any>(method: string, url: string, { token, body, headers }: Call = {}): Promise<Answer<T>> {
  const response = await fetch(url, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    redirect: 'manual',
  });
  const text = await response.text();
  let parsed: unknown = text;
  if (text !== '' && response.headers.get('content-type')?.includes('json')) parsed = JSON.parse(text);
  return { status: response.status, headers: response.headers, body: parsed as T, text };
}

export interface Person {
  id: string;
  email: string;
  password: string;
  token: string;
  refreshToken: string;
}

let people = 0;

/** Passwords are hashed on few threads: who comes in a crowd, or to a busy machine, is asked to come again. */
export function createAccount<T = any>(site: string, body: { email: string; password: string; data: object }): Promise<Answer<T>> {
  return until(async () => {
    const answer = await call<T>('POST', `${site}/auth/v1/signup`, { body });
    if (answer.status === 503) return false;
    if (answer.status !== 200) throw new Error(`sign-up: ${answer.status} ${answer.text}`);
    return answer;
  }, 30_000);
}

/** A new account, signed in. */
export async function signUp(name = 'Ada Lovelace'): Promise<Person> {
  const email = `person-${process.pid}-${Date.now()}-${people++}@example.com`;
  const password = 'a long enough passphrase';
  const answer = await createAccount(addresses().SITE_URL, { email, password, data: { display_name: name } });
  return { id: answer.body.user.id, email, password, token: answer.body.access_token, refreshToken: answer.body.refresh_token };
}

export async function until<T>(what: () => Promise<T | undefined | false>, timeoutMs = 10_000): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const found = await what();
    if (found) return found;
    if (Date.now() > end) throw new Error('did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
