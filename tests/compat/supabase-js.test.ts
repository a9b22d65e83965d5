import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';

import { addresses, call } from '../support/http';

// The client as its users have it, unmodified: two projects that share sign-in.
describe('supabase-js 2.109.0', () => {
  let site: SupabaseClient;
  let academy: SupabaseClient;
  const email = `supabase-${Date.now()}@example.com`;
  const password = 'a long enough passphrase';

  beforeAll(() => {
    // Node 20 has no WebSocket of its own; the client asks for one even where nothing is subscribed to.
    const options = { auth: { persistSession: false, autoRefreshToken: false }, realtime: { transport: WebSocket as never } };
    site = createClient(addresses().SITE_URL, addresses().ANON_KEY, options);
    academy = createClient(addresses().ACADEMY_URL, addresses().ANON_KEY, options);
  });

  it('signs up, and a development sign-up is signed in', async () => {
    const { data, error } = await site.auth.signUp({ email, password, options: { data: { display_name: 'Grace' } } });
    expect(error).toBeNull();
    expect(data.session?.access_token).toBeTruthy();
    expect(data.user?.email).toBe(email);
  });

  it('signs in with the password and refuses a wrong one', async () => {
    const wrong = await site.auth.signInWithPassword({ email, password: 'not the passphrase' });
    expect(wrong.error?.code).toBe('invalid_credentials');
    const { data, error } = await site.auth.signInWithPassword({ email, password });
    expect(error).toBeNull();
    expect(data.session?.expires_in).toBe(900);
  });

  it('refreshes and reads the user', async () => {
    const { data, error } = await site.auth.refreshSession();
    expect(error).toBeNull();
    expect(data.session?.refresh_token).toBeTruthy();
    const user = await site.auth.getUser();
    expect(user.data.user?.user_metadata.display_name).toBe('Grace');
    const claims = await site.auth.getClaims();
    expect(claims.data?.claims.role).toBe('authenticated');
  });

  it('reads published posts only', async () => {
    const { data, error } = await site.from('blog_posts').select('slug,status').order('published_at', { ascending: false });
    expect(error).toBeNull();
    expect(data!.length).toBeGreaterThanOrEqual(5);
    expect(new Set(data!.map((post) => post.status))).toEqual(new Set(['published']));
  });

  it('reads courses with their modules', async () => {
    const { data, error } = await academy.from('courses').select('id,slug,title,modules(id,title)').eq('slug', 'growth-marketing-foundations').single();
    expect(error).toBeNull();
    expect(data!.modules.length).toBeGreaterThanOrEqual(3);
  });

  it('inserts what anyone may insert, and nothing else', async () => {
    const allowed = await site.from('contact_messages').insert({ name: 'Ada', email: 'ada@example.com', message: 'Hello' });
    expect(allowed.error).toBeNull();
    const refused = await academy.from('enrollments').insert({ user_id: crypto.randomUUID(), course_id: crypto.randomUUID(), source: 'free' });
    expect(refused.error?.code).toBe('42501');
  });

  it('enrolls through a function on the other project with the same token', async () => {
    const { data: course } = await academy.from('courses').select('id').eq('slug', 'growth-marketing-foundations').single();
    const { data } = await site.auth.getSession();
    await academy.auth.setSession({ access_token: data.session!.access_token, refresh_token: data.session!.refresh_token });
    const first = await academy.functions.invoke('enroll', { body: { courseId: course!.id } });
    expect(first.error).toBeNull();
    const again = await academy.functions.invoke('enroll', { body: { courseId: course!.id } });
    expect(again.data.id).toBe(first.data.id);
    const own = await academy.from('enrollments').select('id,course_id');
    expect(own.data).toEqual([{ id: first.data.id, course_id: course!.id }]);
  });

  it('signs out', async () => {
    const { data } = await site.auth.getSession();
    const token = data.session!.access_token;
    const { error } = await site.auth.signOut();
    expect(error).toBeNull();
    const user = await call('GET', `${addresses().SITE_URL}/auth/v1/user`, { token });
    expect(user.status).toBe(403);
  });
});
