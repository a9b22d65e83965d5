import { createHash, randomBytes, randomUUID } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

import { addresses, call, type Answer } from './http';

const secret = () => randomBytes(32).toString('base64url');

export interface Wish {
  /** Where the browser goes to sign in. */
  url: string;
  verifier: string;
  state: string;
}

/** Somebody else's program that signs people in with their account here (authorization code and PKCE), with a page of its own to come back to. */
export class ForeignApp {
  clientId = '';
  private clientSecret = '';
  private last: URLSearchParams | undefined;
  private readonly server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (url.pathname === '/callback') this.last = url.searchParams;
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<!doctype html><html lang="en"><title>App</title><h1>Back in the app</h1></html>');
  });

  /** Registers with the service's own key, as an administrator would. */
  async start(settings: object = {}): Promise<void> {
    await new Promise<void>((listening) => this.server.listen(0, '127.0.0.1', listening));
    const { SITE_URL, SERVICE_ROLE_KEY } = addresses();
    const body = { client_name: 'Weekly Reports', redirect_uris: [this.redirectUri], ...settings };
    const made = await call('POST', `${SITE_URL}/auth/v1/admin/oauth/clients`, { token: SERVICE_ROLE_KEY, body, headers: { apikey: SERVICE_ROLE_KEY } });
    if (made.status !== 201) throw new Error(`client: ${made.status} ${made.text}`);
    this.clientId = made.body.client_id;
    this.clientSecret = made.body.client_secret;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  get redirectUri(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/callback`;
  }

  wish(scope = 'openid email profile', changes: Record<string, string> = {}): Wish {
    const [verifier, state] = [secret(), randomUUID()];
    const query = new URLSearchParams({
      client_id: this.clientId,
      redirect_uri: this.redirectUri,
      response_type: 'code',
      scope,
      state,
      nonce: 'n',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...changes,
    });
    return { url: `${addresses().SITE_URL}/auth/v1/oauth/authorize?${query.toString()}`, verifier, state };
  }

  /** What the browser brought back last; forgotten as it is read. */
  takeAnswer(): URLSearchParams {
    const answer = this.last;
    this.last = undefined;
    if (!answer) throw new Error('nobody has come back to the app');
    return answer;
  }

  exchange(code: string, verifier: string): Promise<Answer> {
    return this.token({ grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: this.redirectUri });
  }

  refresh(refreshToken: string): Promise<Answer> {
    return this.token({ grant_type: 'refresh_token', refresh_token: refreshToken });
  }

  userInfo(accessToken: string): Promise<Answer> {
    return call('GET', `${addresses().SITE_URL}/auth/v1/oauth/userinfo`, { token: accessToken });
  }

  private token(form: Record<string, string>): Promise<Answer> {
    return call('POST', `${addresses().SITE_URL}/auth/v1/oauth/token`, {
      body: new URLSearchParams(form).toString(),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: `Basic ${Buffer.from(`${this.clientId}:${this.clientSecret}`).toString('base64')}`,
      },
    });
  }
}
