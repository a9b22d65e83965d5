import { http as mock, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ApiError } from './api-error';
import { describeError } from './error-messages';
import { request } from './http';
import { nullable, z } from './schema';

const server = setupServer();
beforeAll(() => { server.listen({ onUnhandledRequest: 'error' }); });
afterEach(() => { server.resetHandlers(); });
afterAll(() => { server.close(); });

const Thing = z.object({ name: z.string(), note: nullable(z.string()) });
const get = () => request(Thing, { url: '/thing' });
const failure = () => get().then(() => { throw new Error('expected a failure'); }, (error: unknown) => error as ApiError);

describe('request', () => {
  it('parses the answer and turns absent members into null', async () => {
    server.use(mock.get('*/thing', () => HttpResponse.json({ name: 'x', extra: 1 })));
    expect(await get()).toEqual({ name: 'x', note: null });
  });

  it('sends a request id and the idempotency key', async () => {
    let headers: Headers | undefined;
    server.use(mock.post('*/thing', ({ request: sent }) => {
      headers = sent.headers;
      return HttpResponse.json({ name: 'x' });
    }));
    await request(Thing, { method: 'POST', url: '/thing', data: {}, idempotencyKey: 'key-1' });
    expect(headers?.get('Idempotency-Key')).toBe('key-1');
    expect(headers?.get('X-Request-Id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('reads a problem document with its fields', async () => {
    const body = { title: 'Unprocessable', code: 'validation_failed', request_id: 'r1', errors: [{ pointer: '/name', detail: 'too short' }] };
    server.use(mock.get('*/thing', () => HttpResponse.json(body, { status: 422, headers: { 'Retry-After': '7' } })));
    const error = await failure();
    expect(error).toMatchObject({ kind: 'http', status: 422, code: 'validation_failed', requestId: 'r1', retryAfterSeconds: 7, isTransient: false });
    expect(error.fields).toEqual([{ pointer: '/name', detail: 'too short' }]);
  });

  it.each([
    [{ code: 'invalid_credentials', message: 'Invalid login credentials' }, 'invalid_credentials'],
    [{ code: 400, error_code: 'weak_password', msg: 'Too short' }, 'weak_password'],
    ['<html>gateway</html>', 'http_400'],
  ])('reads GoTrue’s and foreign error bodies: %j', async (body, code) => {
    server.use(mock.get('*/thing', () => HttpResponse.json(body, { status: 400 })));
    expect((await failure()).code).toBe(code);
  });

  it('tells an unreadable answer from a refused one', async () => {
    server.use(mock.get('*/thing', () => HttpResponse.json({ name: 5 })));
    expect(await failure()).toMatchObject({ kind: 'contract', code: 'contract' });
  });

  it('tells a lost connection', async () => {
    server.use(mock.get('*/thing', () => HttpResponse.error()));
    const error = await failure();
    expect(error).toMatchObject({ kind: 'network', isTransient: true });
    expect(describeError(error)).toMatch(/can’t reach the server/);
  });
});

describe('describeError', () => {
  it('prefers the sentence for the code, then for the status, then the server’s own words', () => {
    const error = (status: number, code: string) => new ApiError({ kind: 'http', status, code, message: 'server words' });
    expect(describeError(error(409, 'course_not_open'))).toMatch(/not open/);
    expect(describeError(error(404, 'whatever_not_found'))).toMatch(/could not find/);
    expect(describeError(error(409, 'brand_new_code'))).toBe('server words');
    expect(describeError(error(500, 'internal'))).toMatch(/on our side/);
    expect(describeError(new TypeError('x is undefined'))).not.toContain('undefined');
  });
});
