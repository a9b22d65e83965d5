import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { describe, expect, it } from 'vitest';
import WebSocket from 'ws';

import { addresses, call } from '../support/http';
import { mailTo } from '../support/mail';

const password = 'a long enough passphrase';
let next = 0;
const address = (name: string) => `${name}-${Date.now()}-${next++}@example.com`;

/** What the pages of an application keep; a client of its own per person. */
function storage() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}

function client(flowType: 'implicit' | 'pkce' = 'implicit', project: 'SITE_URL' | 'ACADEMY_URL' = 'SITE_URL'): SupabaseClient {
  return createClient(addresses()[project], addresses().ANON_KEY, {
    auth: { persistSession: true, autoRefreshToken: false, detectSessionInUrl: false, flowType, storage: storage() },
    realtime: { transport: WebSocket as never },
  });
}

async function signedUp(name: string, flowType: 'implicit' | 'pkce' = 'implicit') {
  const supabase = client(flowType);
  const email = address(name);
  const { error } = await supabase.auth.signUp({ email, password });
  expect(error).toBeNull();
  return { supabase, email };
}

const codeIn = (text: string) => /code: (\d{6})/.exec(text)![1]!;

/** Where the link of a mail leads a browser, without following it. */
async function visit(link: string): Promise<URL> {
  const answer = await fetch(link, { redirect: 'manual', headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0' } });
  expect(answer.status).toBe(303);
  return new URL(answer.headers.get('location')!);
}
const linkIn = (mail: { links: string[] }) => mail.links.find((link) => link.includes('/auth/v1/verify'))!;

describe.each(['SITE_URL', 'ACADEMY_URL'] as const)('supabase-js 2.109.0, accounts at %s', (project) => {
  it('signs in with a mailed code, and makes the account of a stranger', async () => {
    const supabase = client('implicit', project);
    const email = address('otp');
    expect((await supabase.auth.signInWithOtp({ email, options: { data: { name: 'O' } } })).error).toBeNull();
    const mail = await mailTo(email, /sign-in link|Confirm/);
    const { data, error } = await supabase.auth.verifyOtp({ email, token: codeIn(mail.text), type: 'email' });
    expect(error).toBeNull();
    expect(data.user?.email).toBe(email);
    expect(data.user?.user_metadata.name).toBe('O');
  });

  it('makes a guest a person', async () => {
    const supabase = client('implicit', project);
    const guest = await supabase.auth.signInAnonymously({ options: { data: { cart: 3 } } });
    expect(guest.error).toBeNull();
    expect(guest.data.user?.is_anonymous).toBe(true);
    const email = address('guest');
    const { data, error } = await supabase.auth.updateUser({ email, password });
    expect(error).toBeNull();
    expect(data.user?.id).toBe(guest.data.user?.id);
    expect(data.user?.is_anonymous).toBe(false);
    const again = await client('implicit', project).auth.signInWithPassword({ email, password });
    expect(again.data.user?.user_metadata.cart).toBe(3);
  });
});

describe('supabase-js 2.109.0, links', () => {
  it('recovers an account with PKCE: the code is worth nothing to another client', async () => {
    const { supabase, email } = await signedUp('recover', 'pkce');
    const redirectTo = `${addresses().ACADEMY_URL}/session/callback?next=/courses`;
    expect((await supabase.auth.resetPasswordForEmail(email, { redirectTo })).error).toBeNull();
    const landing = await visit(linkIn(await mailTo(email, /new password/i)));
    expect(landing.href.startsWith(`${redirectTo}&code=`)).toBe(true);
    const code = landing.searchParams.get('code')!;
    expect((await client('pkce').auth.exchangeCodeForSession(code)).error).not.toBeNull();
    const { data, error } = await supabase.auth.exchangeCodeForSession(code);
    expect(error).toBeNull();
    expect(data.session?.user.email).toBe(email);
    expect((await supabase.auth.updateUser({ password: 'another long passphrase' })).error).toBeNull();
    expect((await client().auth.signInWithPassword({ email, password: 'another long passphrase' })).error).toBeNull();
  });

  it('hands an implicit session over in the fragment, once', async () => {
    const { supabase, email } = await signedUp('magic');
    expect((await supabase.auth.signInWithOtp({ email, options: { emailRedirectTo: 'https://evil.example/' } })).error).toBeNull();
    const link = linkIn(await mailTo(email, /sign-in link/i));
    expect((await fetch(link, { method: 'HEAD' })).status).toBe(200);
    const landing = await visit(link);
    expect(landing.origin).toBe(addresses().SITE_URL);
    const session = new URLSearchParams(landing.hash.slice(1));
    const { data, error } = await client().auth.setSession({
      access_token: session.get('access_token')!,
      refresh_token: session.get('refresh_token')!,
    });
    expect(error).toBeNull();
    expect(data.user?.email).toBe(email);
    expect((await visit(link)).hash).toContain('error_code=otp_expired');
  });

  it('sends a scanner to a page with a button', async () => {
    const { supabase, email } = await signedUp('scanner');
    await supabase.auth.resetPasswordForEmail(email);
    const link = linkIn(await mailTo(email, /new password/i));
    const answer = await fetch(link, { redirect: 'manual', headers: { 'user-agent': 'Slackbot-LinkExpanding 1.0' } });
    const page = new URL(answer.headers.get('location')!);
    expect(page.pathname).toBe('/session/confirm');
    const { error } = await client().auth.verifyOtp({ token_hash: page.searchParams.get('token_hash')!, type: 'recovery' });
    expect(error).toBeNull();
  });

  it('changes an address when both have agreed', async () => {
    const { supabase, email } = await signedUp('old');
    const email2 = address('new');
    const begun = await supabase.auth.updateUser({ email: email2 });
    expect(begun.error).toBeNull();
    expect(begun.data.user?.new_email).toBe(email2);
    const half = await visit(linkIn(await mailTo(email2, /new e-mail address/i)));
    expect(new URLSearchParams(half.hash.slice(1)).get('email_change_confirmed')).toBe('new');
    const other = await mailTo(email, /change of your e-mail/i);
    const done = await client().auth.verifyOtp({ email, token: codeIn(other.text), type: 'email_change' });
    expect(done.error).toBeNull();
    expect((await supabase.auth.getUser()).data.user?.email).toBe(email2);
  });

  it('confirms with a mailed nonce and signs devices out', async () => {
    const { supabase, email } = await signedUp('devices');
    const elsewhere = client();
    await elsewhere.auth.signInWithPassword({ email, password });
    expect((await supabase.auth.reauthenticate()).error).toBeNull();
    const nonce = codeIn((await mailTo(email, /it is you/i)).text);
    expect((await supabase.auth.updateUser({ password: 'a third passphrase', nonce })).error).toBeNull();
    expect((await elsewhere.auth.getUser()).error?.name).toBe('AuthSessionMissingError');

    const token = (await supabase.auth.getSession()).data.session!.access_token;
    const list = await call('GET', `${addresses().SITE_URL}/auth/v1/sessions`, { token });
    expect(list.body.length).toBe(1);
    expect(list.body[0].current).toBe(true);
    expect((await supabase.auth.signOut({ scope: 'global' })).error).toBeNull();
    expect((await call('GET', `${addresses().SITE_URL}/auth/v1/user`, { token })).body.error_code).toBe('session_not_found');
  });
});
