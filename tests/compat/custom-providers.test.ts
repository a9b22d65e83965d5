import { createClient } from '@supabase/supabase-js';
import { describe, expect, it } from 'vitest';
import WebSocket from 'ws';

import { addresses } from '../support/http';

describe.each(['SITE_URL', 'ACADEMY_URL'] as const)('auth.admin.customProviders of supabase-js at %s', (project) => {
  const made = (key: string) =>
    createClient(addresses()[project], key, {
      auth: { persistSession: false, autoRefreshToken: false },
      realtime: { transport: WebSocket as never },
    });
  const identifier = `custom:acme-${project.charAt(0).toLowerCase()}${Date.now()}`;
  const wish = {
    provider_type: 'oauth2' as const,
    identifier,
    name: 'Acme',
    client_id: 'client',
    client_secret: 'a secret of Acme',
    scopes: ['people'],
    authorization_url: 'https://sso.acme.example/authorize',
    token_url: 'https://sso.acme.example/token',
    userinfo_url: 'https://sso.acme.example/userinfo',
  };

  it('adds, shows, changes and removes one', async () => {
    const { customProviders } = made(addresses().SERVICE_ROLE_KEY).auth.admin;
    const added = await customProviders.createProvider(wish);
    expect(added.error).toBeNull();
    expect(added.data).toMatchObject({ identifier, provider_type: 'oauth2', enabled: true, scopes: ['people'] });
    expect(JSON.stringify(added.data)).not.toContain('secret');
    expect((await customProviders.createProvider(wish)).error).toMatchObject({ status: 400, code: 'conflict' });

    const listed = await customProviders.listProviders({ type: 'oauth2' });
    expect(listed.data.providers.map((provider) => provider.identifier)).toContain(identifier);
    expect((await customProviders.getProvider(identifier)).data?.name).toBe('Acme');
    expect((await customProviders.updateProvider(identifier, { name: 'Acme Ltd' })).data?.name).toBe('Acme Ltd');

    const leaving = await made(addresses().ANON_KEY).auth.signInWithOAuth({
      provider: identifier as never,
      options: { skipBrowserRedirect: true, queryParams: { prompt: 'login' } },
    });
    const answer = await fetch(leaving.data.url!, { redirect: 'manual' });
    const there = new URL(answer.headers.get('location')!);
    expect(there.origin + there.pathname).toBe(wish.authorization_url);
    expect(there.searchParams.get('prompt')).toBe('login');
    expect(there.searchParams.get('scope')).toBe('people');

    expect((await customProviders.deleteProvider(identifier)).error).toBeNull();
    expect((await customProviders.getProvider(identifier)).error).toMatchObject({ status: 404, code: 'custom_provider_not_found' });
  });

  it('is for administrators', async () => {
    const { customProviders } = made(addresses().ANON_KEY).auth.admin;
    expect((await customProviders.listProviders()).error).toMatchObject({ status: 403, code: 'not_admin' });
    expect((await customProviders.createProvider(wish)).error?.status).toBe(403);
  });
});
