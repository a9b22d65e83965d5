import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

import { token, type DataApi } from '../support/data-api';
import { ask, Lab } from '../support/lab';

/** POST / with several operations: all of them in one transaction, or none. */
const lab = new Lab('tt_batch');
const representation = { Prefer: 'return=representation' };
let api: DataApi;

beforeAll(async () => {
  await lab.create();
  api = await lab.api({ 'batch-enabled': 'true', 'db-tx-end': 'commit-allow-override' });
});
beforeEach(() => lab.sql('TRUNCATE lab.items, lab.parts RESTART IDENTITY'));
afterAll(() => lab.stop());

const send = (body: unknown, headers: Record<string, string> = {}) => ask(api, 'POST', '/', { body, headers });
const insert = (name: string, extra: object = {}) => ({ method: 'POST', path: '/items', body: { name, ...extra } });
const names = async () => (await lab.sql('SELECT name FROM lab.items ORDER BY id')).map((row) => row.name);

it('runs them in order, each sees the ones before', async () => {
  const answer = await send([
    { method: 'POST', path: '/items?select=id,name', headers: representation, body: [{ name: 'a' }, { name: 'b' }] },
    { method: 'PATCH', path: '/items?name=eq.a', headers: { Prefer: 'count=exact' }, body: { kind: 'first' } },
    { method: 'get', path: '/items?select=name,kind&order=id' },
    { method: 'DELETE', path: '/items?name=eq.b' },
    { method: 'GET', path: '/rpc/item_count' },
    { method: 'GET', path: '/items?select=name', headers: { Accept: 'text/csv' } },
    { method: 'PUT', path: '/items?id=eq.5', body: { id: 5, name: 'e', price: 1, kind: null, big: null } },
  ]);
  expect(answer.status, answer.text).toBe(200);
  const parts = answer.json();
  expect(parts.map((part: any) => part.status)).toEqual([201, 204, 200, 204, 200, 200, 204]);
  expect(parts[0].body).toEqual([{ id: 1, name: 'a' }, { id: 2, name: 'b' }]);
  expect(parts[1].headers['Content-Range']).toBe('0-0/1');
  expect(parts[1].body).toBeNull();
  expect(parts[2].body).toEqual([{ name: 'a', kind: 'first' }, { name: 'b', kind: null }]);
  expect(parts[4].body).toBe(1);
  expect(parts[5].body).toBe('name\na');
  expect(await names()).toEqual(['a', 'e']);
});

it('a failure undoes all and says which it was', async () => {
  const cases: [unknown, number, string][] = [
    [insert('a'), 409, '23505'], // the second of that name
    [{ method: 'POST', path: '/items', body: { price: 'x' } }, 400, '22P02'],
    [{ method: 'GET', path: '/nowhere' }, 404, 'PGRST205'],
    [{ method: 'GET', path: '/items?id=what.1' }, 400, 'PGRST100'],
    [{ method: 'GET', path: '/items', headers: { Accept: 'application/vnd.pgrst.object+json', Range: '5-9' } }, 406, 'PGRST116'],
    [{ method: 'GET', path: '/' }, 400, 'PGRST127'],
    [{ method: 'GET', path: '/items', headers: { Prefer: 'count=planned' } }, 400, 'PGRST127'],
    [{ method: 'OPTIONS', path: '/items' }, 400, 'PGRST102'],
    [{ method: 'GET', path: 'items' }, 400, 'PGRST102'],
    [{ path: '/items' }, 400, 'PGRST102'],
    [{ method: 'GET', path: '/items', headers: { Accept: 1 } }, 400, 'PGRST102'],
    ['text', 400, 'PGRST102'],
    [null, 400, 'PGRST102'],
  ];
  for (const [operation, status, code] of cases) {
    const answer = await send([insert('a'), operation, insert('z')]);
    expect([answer.status, answer.json().code, answer.headers.get('batch-operation')], answer.text).toEqual([status, code, '1']);
    expect(await names(), JSON.stringify(operation)).toEqual([]);
  }
});

it('a deferred constraint fails the whole at its end', async () => {
  const answer = await send([{ method: 'POST', path: '/parts', body: { id: 1, item_id: 77, weight: 1 } }, insert('a')]);
  expect([answer.status, answer.json().code]).toEqual([409, '23503']);
  expect(await names()).toEqual([]);
  const resolved = await send([{ method: 'POST', path: '/parts', body: { id: 1, item_id: 77, weight: 1 } }, insert('late', { id: 77 })]);
  expect(resolved.status).toBe(200);
});

it('numbers keep their digits', async () => {
  const body = `[{"method":"POST","path":"/items?select=price,big","headers":{"Prefer":"return=representation"},"body":{"name":"exact","price":0.1234567890123456789012345,"big":9007199254740993}}]`;
  const answer = await send(body);
  expect(answer.text).toContain('"price":0.1234567890123456789012345,"big":9007199254740993');
});

it('upserts are counted one by one', async () => {
  const merge = { Prefer: 'resolution=merge-duplicates' };
  const upsert = (...ids: number[]) => ({ method: 'POST', path: '/items', headers: merge, body: ids.map((id) => ({ id, name: `item ${id}` })) });
  const answer = await send([upsert(1, 2), upsert(1, 2), upsert(2, 3), upsert(3)]);
  expect(answer.json().map((part: any) => part.status)).toEqual([201, 200, 201, 200]);
});

it('is an array of at most a hundred operations', async () => {
  expect((await send(Array.from({ length: 100 }, (_, i) => insert(`item ${i}`)))).status).toBe(200);
  expect(await names()).toHaveLength(100);
  for (const body of [Array.from({ length: 101 }, (_, i) => insert(`more ${i}`)), { method: 'GET' }, '"text"', '', '[', '[1,']) {
    const refused = await send(body);
    expect(refused.status, JSON.stringify(body).slice(0, 40)).toBe(400);
    expect(refused.headers.get('batch-operation')).toBeNull();
  }
  expect(await names()).toHaveLength(100);
  expect((await send([])).text).toBe('[]');
});

it('Prefer: tx=rollback tries it out, inside it does nothing', async () => {
  const tried = await send([insert('tried')], { Prefer: 'tx=rollback' });
  expect(tried.status).toBe(200);
  expect(await names()).toEqual([]);
  const kept = await send([{ ...insert('kept'), headers: { Prefer: 'tx=rollback' } }]);
  expect(kept.json()[0].headers['Preference-Applied']).toBeUndefined();
  expect(await names()).toEqual(['kept']);
});

it('nobody gets another role by it', async () => {
  for (const role of ['', 'none', 'lab_gate', 'postgres']) {
    const answer = await send([insert('stolen')], { Authorization: `Bearer ${token({ role })}` });
    expect([401, 403], `${role}: ${answer.text}`).toContain(answer.status);
  }
  const visitor = await fetch(`${api.url}/`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify([insert('stolen')]) });
  expect(visitor.status).toBe(401);
  expect(await names()).toEqual([]);
});

it('is an unknown method when it is off', async () => {
  const plain = await lab.api();
  const refused = await ask(plain, 'POST', '/', { body: [] });
  expect([refused.status, refused.json().code]).toEqual([405, 'PGRST117']);
});
