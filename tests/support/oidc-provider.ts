import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** Whom the provider signs in. */
export interface ProviderPerson {
  sub: string;
  email: string;
  email_verified?: boolean;
  name?: string;
}

interface Grant {
  person: ProviderPerson;
  nonce: string;
  challenge: string;
  redirectUri: string;
}

const CODE_LIFETIME_S = 300;
const encode = (value: object | string): string => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** An identity provider of its own: discovery, a page with two buttons, tokens for a code with PKCE, keys and userinfo. */
export class OidcProvider {
  static readonly CLIENT_ID = 'trendtactics';
  static readonly SECRET = 'the secret of the client';

  person: ProviderPerson = { sub: 'nobody', email: 'nobody@example.com' };
  /** What the token endpoint refused, so that a test can tell why nobody came in. */
  readonly refusals: string[] = [];

  private readonly key = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  private readonly kid = randomUUID();
  private readonly codes = new Map<string, Grant>();
  private readonly tokens = new Map<string, ProviderPerson>();
  private readonly server = http.createServer((request, response) => void this.handle(request, response));

  async start(): Promise<void> {
    await new Promise<void>((listening) => this.server.listen(0, '127.0.0.1', listening));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What an instance needs to know of it. */
  settings(name: string): Record<string, string> {
    return {
      TT_AUTH_OIDC_NAME: name,
      TT_AUTH_OIDC_ISSUER: this.issuer,
      TT_AUTH_OIDC_CLIENT_ID: OidcProvider.CLIENT_ID,
      TT_AUTH_OIDC_SECRET: OidcProvider.SECRET,
    };
  }

  private async handle(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.issuer);
    const json = (status: number, body: object) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    switch (`${request.method} ${url.pathname}`) {
      case 'GET /.well-known/openid-configuration':
        return void json(200, this.discovery());
      case 'GET /keys':
        return void json(200, { keys: [{ ...this.key.publicKey.export({ format: 'jwk' }), kid: this.kid, alg: 'ES256', use: 'sig' }] });
      case 'GET /authorize':
        return void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(this.page(url.searchParams));
      case 'GET /decide':
        return void response.writeHead(302, { location: this.decide(url.searchParams) }).end();
      case 'POST /token': {
        const answer = this.exchange(new URLSearchParams(await textOf(request)), request.headers.authorization ?? '');
        return void json('error' in answer ? 400 : 200, answer);
      }
      case 'GET /userinfo': {
        const person = this.tokens.get((request.headers.authorization ?? '').replace('Bearer ', ''));
        return void (person ? json(200, person) : json(401, { error: 'invalid_token' }));
      }
      default:
        return void json(404, {});
    }
  }

  private discovery(): object {
    return {
      issuer: this.issuer,
      authorization_endpoint: `${this.issuer}/authorize`,
      token_endpoint: `${this.issuer}/token`,
      jwks_uri: `${this.issuer}/keys`,
      userinfo_endpoint: `${this.issuer}/userinfo`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['ES256'],
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
    };
  }

  private page(asked: URLSearchParams): string {
    const missing = ['client_id', 'redirect_uri', 'state', 'nonce', 'code_challenge'].filter((name) => !asked.get(name));
    if (missing.length > 0) return `<h1>Bad request</h1><p>${missing.join(', ')}</p>`;
    const link = (answer: string) => `/decide?${new URLSearchParams({ ...Object.fromEntries(asked), answer }).toString().replaceAll('&', '&amp;')}`;
    return `<!doctype html><html lang="en"><title>Provider</title><h1>Provider</h1>
      <a href="${link('yes')}">Continue as ${this.person.email}</a> <a href="${link('no')}">Cancel</a></html>`;
  }

  /** Where the browser goes with the person's answer. */
  private decide(asked: URLSearchParams): string {
    const back = new URL(asked.get('redirect_uri')!);
    back.searchParams.set('state', asked.get('state')!);
    back.searchParams.set('iss', this.issuer);
    if (asked.get('answer') !== 'yes') {
      back.searchParams.set('error', 'access_denied');
      return back.href;
    }
    const code = randomUUID();
    this.codes.set(code, { person: this.person, nonce: asked.get('nonce')!, challenge: asked.get('code_challenge')!, redirectUri: asked.get('redirect_uri')! });
    back.searchParams.set('code', code);
    return back.href;
  }

  private exchange(form: URLSearchParams, authorization: string): object {
    const grant = this.codes.get(form.get('code') ?? '');
    this.codes.delete(form.get('code') ?? '');
    const credentials = `Basic ${Buffer.from(`${OidcProvider.CLIENT_ID}:${encodeURIComponent(OidcProvider.SECRET)}`).toString('base64')}`;
    const challenge = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url');
    const wrong = [
      [authorization !== credentials, 'invalid_client'],
      [!grant, 'invalid_grant: code'],
      [grant?.redirectUri !== form.get('redirect_uri'), 'invalid_grant: redirect_uri'],
      [grant?.challenge !== challenge, 'invalid_grant: code_verifier'],
    ].find(([isWrong]) => isWrong);
    if (wrong || !grant) {
      this.refusals.push(String(wrong?.[1]));
      return { error: String(wrong?.[1]).split(':')[0] };
    }
    const accessToken = randomUUID();
    this.tokens.set(accessToken, grant.person);
    return { access_token: accessToken, token_type: 'Bearer', expires_in: CODE_LIFETIME_S, id_token: this.idToken(grant) };
  }

  private idToken({ person, nonce }: Grant): string {
    const now = Math.floor(Date.now() / 1000);
    const claims = { email_verified: true, ...person, iss: this.issuer, aud: OidcProvider.CLIENT_ID, nonce, iat: now, exp: now + CODE_LIFETIME_S };
    const signed = `${encode({ alg: 'ES256', typ: 'JWT', kid: this.kid })}.${encode(claims)}`;
    const signature = sign('sha256', Buffer.from(signed), { key: this.key.privateKey, dsaEncoding: 'ieee-p1363' });
    return `${signed}.${signature.toString('base64url')}`;
  }
}

async function textOf(request: http.IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
