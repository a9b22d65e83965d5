import { http, HttpResponse, type RequestHandler } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll } from 'vitest';

const siteConfig = http.get('*/api/v1/site-config', () =>
  HttpResponse.json({ site_url: 'http://localhost:3000', academy_url: 'http://academy.test', anon_key: 'anon', environment: 'test' }),
);

/** A fake backend for one test file; a request without a handler fails the test. */
export function fakeBackend(...handlers: RequestHandler[]) {
  const server = setupServer(siteConfig, ...handlers);
  beforeAll(() => { server.listen({ onUnhandledRequest: 'error' }); });
  afterEach(() => { server.resetHandlers(); });
  afterAll(() => { server.close(); });
  return server;
}

export function problem(status: number, code: string, extra: Record<string, unknown> = {}) {
  const body = { type: 'about:blank', title: code, status, code, request_id: 'req-1', ...extra };
  return HttpResponse.json(body, { status, headers: { 'Content-Type': 'application/problem+json' } });
}
