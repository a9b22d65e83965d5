import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { DataApi } from '../support/data-api';
import { until } from '../support/http';
import { ask, drain, Lab } from '../support/lab';

/** What the API does beyond the original, and that none of it shows until it is switched on. */
const lab = new Lab('tt_beyond');
const ndjson = { Accept: 'application/x-ndjson' };
const ndjsonIn = { 'Content-Type': 'application/x-ndjson', Prefer: 'return=representation' };
const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
let plain: DataApi; // nothing switched on
let full: DataApi; // everything

beforeAll(async () => {
  await lab.create();
  plain = await lab.api();
  full = await lab.api({
    'ndjson-enabled': 'true',
    'query-method-enabled': 'true',
    'etag-enabled': 'true',
    'keyset-enabled': 'true',
    'batch-enabled': 'true',
  });
});
afterAll(() => lab.stop());

describe('NDJSON out', () => {
  it('is one row on each line, in order', async () => {
    const answer = await ask(full, 'GET', '/readings?select=id,place&order=id', { headers: ndjson });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson');
    const lines = answer.text.split('\n');
    expect(lines.pop()).toBe('');
    expect(lines).toHaveLength(100_000);
    lines.forEach((line, index) => expect(JSON.parse(line)).toEqual({ id: index + 1, place: `station ${(index + 1) % 97}` }));
  });

  it('embeds, filters and limits as JSON does', async () => {
    await lab.sql(`INSERT INTO lab.items (id, name) VALUES (9001, 'streamed'); INSERT INTO lab.parts VALUES (9001, 9001, 1.5)`);
    const embedded = await ask(full, 'GET', '/items?select=name,parts(weight)&id=eq.9001', { headers: ndjson });
    expect(JSON.parse(embedded.text)).toEqual({ name: 'streamed', parts: [{ weight: 1.5 }] });
    const few = await ask(full, 'GET', '/readings?select=id&order=id.desc&limit=2&offset=1', { headers: ndjson });
    expect(few.text).toBe('{"id":99999}\n{"id":99998}\n');
    expect((await ask(full, 'GET', '/readings?id=eq.0', { headers: ndjson })).text).toBe('');
    expect((await ask(full, 'HEAD', '/readings', { headers: ndjson })).status).toBe(200);
  });

  it('an error before the first row is an answer', async () => {
    const failed = await ask(full, 'GET', '/early_failure', { headers: ndjson });
    expect(failed.status).toBe(400);
    expect(failed.json()).toMatchObject({ code: '22012' });
    expect((await ask(full, 'GET', '/readings?id=eq.x', { headers: ndjson })).json()).toMatchObject({ code: '22P02' });
  });

  it('an error after it cuts the answer off visibly', async () => {
    const cut = await drain(full, '/late_failure?order=id', ndjson);
    expect(cut.isComplete).toBe(false);
    expect(cut.lines).toBeLessThan(50_000);
    expect((await ask(full, 'GET', '/rpc/item_count')).status).toBe(200);
  });

  it('clients that hang up leave no connection behind', async () => {
    const narrow = await lab.api({ 'ndjson-enabled': 'true', 'db-pool': '1', 'db-pool-acquisition-timeout': '5' });
    for (let i = 0; i < 5; ++i) {
      const cut = await drain(narrow, '/readings', ndjson, 300_000);
      expect(cut.isComplete).toBe(false);
      expect((await ask(narrow, 'GET', '/rpc/item_count')).status).toBe(200);
    }
  });

  it('has the time of a read for each fetch, not for the whole', async () => {
    const hasty = await lab.api({ 'ndjson-enabled': 'true', 'limit-read-ms': '400' });
    expect((await ask(hasty, 'GET', '/sleepy', { headers: ndjson })).json()).toMatchObject({ code: '57014' });
    expect((await drain(hasty, '/readings', ndjson)).isComplete).toBe(true);
  });

  it('is refused as an unknown type when it is off', async () => {
    const refused = await ask(plain, 'GET', '/readings', { headers: ndjson });
    expect([refused.status, refused.json().code]).toEqual([406, 'PGRST107']);
  });
});

describe('NDJSON in', () => {
  it('inserts a row for each line', async () => {
    const body = '{"name":"first line","price":1.10}\n{"name":"second line","price":12345678901234567890.123}\n';
    const answer = await ask(full, 'POST', '/items?select=name,price::text', { body, headers: ndjsonIn });
    expect([answer.status, answer.json()]).toEqual([201, [{ name: 'first line', price: '1.10' }, { name: 'second line', price: '12345678901234567890.123' }]]);
    const named = await ask(full, 'POST', '/items?columns=name&select=name', { body: '{"name":"third line","x":1}\n\n{"name":"fourth line"}', headers: ndjsonIn });
    expect(named.json()).toEqual([{ name: 'third line' }, { name: 'fourth line' }]);
  });

  it('refuses lines that are none', async () => {
    for (const body of ['{"name":"a"}\n{"name":', 'nothing', '{"name":\n"a"}']) {
      expect((await ask(full, 'POST', '/items', { body, headers: ndjsonIn })).status, body).toBe(400);
    }
  });

  it('is refused when it is off', async () => {
    const refused = await ask(plain, 'POST', '/items', { body: '{"name":"off"}\n', headers: ndjsonIn });
    expect([refused.status, refused.json().message]).toEqual([400, 'Content-Type not acceptable: application/x-ndjson']);
  });
});

describe('QUERY', () => {
  it('reads with the parameters of its body', async () => {
    const answer = await ask(full, 'QUERY', '/readings?select=id', { body: 'id=in.(3,5)&order=id.desc', headers: form });
    expect([answer.status, answer.json()]).toEqual([200, [{ id: 5 }, { id: 3 }]]);
    const many = Array.from({ length: 20_000 }, (_, i) => i + 1).join(',');
    const counted = await ask(full, 'QUERY', '/readings', { body: `select=id&id=in.(${many})`, headers: { ...form, Prefer: 'count=exact' } });
    expect(counted.headers.get('content-range')).toBe('0-19999/20000');
    expect(counted.headers.get('link')).toBeNull();
  });

  it('takes nothing but a form', async () => {
    const refused = await ask(full, 'QUERY', '/readings', { body: { select: 'id' } });
    expect([refused.status, refused.json().code]).toEqual([400, 'PGRST102']);
  });

  it('is an unknown method when it is off', async () => {
    const refused = await ask(plain, 'QUERY', '/readings', { body: 'select=id', headers: form });
    expect([refused.status, refused.json()]).toMatchObject([405, { code: 'PGRST117', message: 'Unsupported HTTP method: QUERY' }]);
  });
});

describe('ETag', () => {
  const target = '/items?select=id,name,price&order=id';

  it('stays while the answer stays, and changes with a row', async () => {
    const first = await ask(full, 'GET', target);
    const tag = first.headers.get('etag')!;
    expect(tag).toMatch(/^"[0-9a-f]{32}"$/);
    for (const list of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
      const same = await ask(full, 'GET', target, { headers: { 'If-None-Match': list } });
      expect([same.status, same.text, same.headers.get('etag')], list).toEqual([304, '', tag]);
    }
    await lab.sql(`UPDATE lab.items SET price = price + 0.01 WHERE id = (SELECT min(id) FROM lab.items)`);
    const changed = await ask(full, 'GET', target, { headers: { 'If-None-Match': tag } });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(tag);
  });

  it('tells ranges and forms apart', async () => {
    const tags = [];
    for (const headers of [{}, { Range: '0-0' }, { Prefer: 'count=exact' }, { Accept: 'text/csv' }] as Record<string, string>[]) {
      tags.push((await ask(full, 'GET', target, { headers })).headers.get('etag'));
    }
    expect(new Set(tags).size).toBe(tags.length);
  });

  it('is for reads that succeed', async () => {
    for (const [method, place] of [['GET', '/nowhere'], ['HEAD', target], ['DELETE', '/items?id=eq.0']] as const) {
      expect((await ask(full, method, place)).headers.get('etag'), `${method} ${place}`).toBeNull();
    }
    expect((await ask(plain, 'GET', target, { headers: { 'If-None-Match': '*' } })).status).toBe(200);
  });
});

describe('limits', () => {
  it('require-filter: a change says which rows', async () => {
    const careful = await lab.api({ 'require-filter': 'true' });
    for (const [method, body, word] of [['PATCH', { kind: 'x' }, 'UPDATE'], ['DELETE', undefined, 'DELETE']] as const) {
      const refused = await ask(careful, method, '/items?limit=1&order=id', { body });
      expect([refused.status, refused.json()]).toMatchObject([400, { code: '21000', message: `${word} requires a WHERE clause` }]);
      expect((await ask(careful, method, '/items?id=eq.0', { body })).status).toBe(204);
    }
    expect((await ask(plain, 'PATCH', '/items', { body: { kind: 'everything' } })).status).toBe(204);
  });

  it('limit-body-bytes, limit-inserted-rows', async () => {
    const small = await lab.api({ 'limit-body-bytes': '100', 'limit-inserted-rows': '2' });
    const long = await ask(small, 'POST', '/items', { body: { name: 'x'.repeat(100) } });
    expect([long.status, long.json().code]).toEqual([413, 'PGRST102']);
    const rows = await ask(small, 'POST', '/items', { body: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] });
    expect(rows.status, rows.text).toBe(413);
    expect((await ask(small, 'POST', '/items?columns=name', { body: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] })).status).toBe(413);
    expect((await ask(small, 'POST', '/items', { body: [{ name: 'limit a' }, { name: 'limit b' }] })).status).toBe(201);
  });

  it('limit-embed-depth, limit-list-items', async () => {
    const small = await lab.api({ 'limit-embed-depth': '1', 'limit-list-items': '3' });
    expect((await ask(small, 'GET', '/items?select=parts(id)&limit=1')).status).toBe(200);
    expect((await ask(small, 'GET', '/items?select=parts(items(id))&limit=1')).json()).toMatchObject({ code: 'PGRST100' });
    expect((await ask(small, 'GET', '/items?id=in.(1,2,3)')).status).toBe(200);
    expect((await ask(small, 'GET', '/items?id=in.(1,2,3,4)')).json()).toMatchObject({ code: 'PGRST100' });
  });

  it('limit-read-ms cancels a read and frees its connection', async () => {
    const hasty = await lab.api({ 'limit-read-ms': '300', 'db-pool': '1' });
    const began = performance.now();
    const late = await ask(hasty, 'GET', '/sleepy');
    expect([late.status, late.json().code]).toEqual([500, '57014']);
    expect(performance.now() - began).toBeLessThan(5_000);
    expect((await ask(hasty, 'GET', '/rpc/item_count')).status).toBe(200);
    await until(async () => (await lab.sql(`SELECT FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%sleepy%' AND state = 'active' AND pid <> pg_backend_pid()`)).length === 0);
  });

  it('limit-plan-cost refuses what the planner prices too high, streams too', async () => {
    const thrifty = await lab.api({ 'limit-plan-cost': '100000', 'ndjson-enabled': 'true' });
    for (const headers of [{}, ndjson] as Record<string, string>[]) {
      const refused = await ask(thrifty, 'GET', '/costly?other=gt.5', { headers });
      expect([refused.status, refused.json()]).toMatchObject([400, { code: '54001', message: 'The query is too expensive' }]);
      expect((await ask(thrifty, 'GET', '/readings?id=eq.7', { headers })).status).toBe(200);
    }
  });
});

describe('a replica', () => {
  // Two databases stand in: what is in only one of them tells where a request ran.
  const replica = new Lab('tt_beyond_replica');
  let api: DataApi;

  beforeAll(async () => {
    await replica.create();
    await replica.sql(`INSERT INTO lab.items (id, name) VALUES (7, 'on the replica')`);
    await lab.sql(`INSERT INTO lab.items (id, name) VALUES (7, 'on the primary')`);
    api = await lab.api({ 'db-replica-uri': replica.gate(), 'ndjson-enabled': 'true', 'query-method-enabled': 'true', 'batch-enabled': 'true' });
  });

  it('answers reads', async () => {
    const target = '/items?select=name&id=eq.7';
    expect((await ask(api, 'GET', target)).json()).toEqual([{ name: 'on the replica' }]);
    expect((await ask(api, 'GET', target, { headers: ndjson })).json()).toEqual({ name: 'on the replica' });
    expect((await ask(api, 'QUERY', '/items', { body: target.split('?')[1]!, headers: form })).json()).toEqual([{ name: 'on the replica' }]);
    expect((await ask(api, 'GET', '/rpc/item_count')).json()).toBe(1);
  });

  it('unless the client wants to read its own writes', async () => {
    for (const headers of [{ 'X-Read-Primary': '1' }, { 'X-Read-Primary': '1', ...ndjson }] as Record<string, string>[]) {
      expect((await ask(api, 'GET', '/items?select=name&id=eq.7', { headers })).text).toContain('on the primary');
    }
  });

  it('never writes, and a batch reads what it wrote', async () => {
    const headers = { Prefer: 'return=representation' };
    const patched = await ask(api, 'PATCH', '/items?id=eq.7&select=name,kind', { body: { kind: 'new' }, headers });
    expect(patched.json()).toEqual([{ name: 'on the primary', kind: 'new' }]);
    expect(await replica.sql('SELECT kind FROM lab.items WHERE id = 7')).toEqual([{ kind: null }]);
    const batch = await ask(api, 'POST', '/', { body: [{ method: 'GET', path: '/items?select=name&id=eq.7' }] });
    expect(batch.json()[0].body).toEqual([{ name: 'on the primary' }]);
  });
});
