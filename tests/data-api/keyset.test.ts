import { afterAll, beforeAll, expect, it } from 'vitest';

import type { DataApi } from '../support/data-api';
import { ask, Lab } from '../support/lab';

/** Pages by cursor: however rows come and go between them, none is repeated and none is skipped. */
const lab = new Lab('tt_keyset');
let api: DataApi;

beforeAll(async () => {
  await lab.create();
  // Prices repeat, and have more digits than a floating-point number holds.
  await lab.sql(`INSERT INTO lab.items (id, name, price, big)
    SELECT i, 'item ' || lpad(i::text, 4, '0'), (i * 7919 % 50) + 0.00000000000000000001 * (i % 3), 9007199254740993 + i
    FROM generate_series(1, 500) AS i`);
  api = await lab.api({ 'keyset-enabled': 'true' });
});
afterAll(() => lab.stop());

const next = (link: string | null): string | undefined => /^<(.*)>; rel="next"$/.exec(link ?? '')?.[1];
const linkOf = async (target: string, headers: Record<string, string> = {}) => (await ask(api, 'GET', target, { headers })).headers.get('link');

/** Every page's rows from `target` on. */
async function walk(target: string, between: (page: number) => Promise<unknown> = async () => undefined): Promise<any[][]> {
  const pages: any[][] = [];
  for (let place: string | undefined = target; place !== undefined; ) {
    const answer = await ask(api, 'GET', place);
    expect(answer.status, `${place}: ${answer.text}`).toBe(200);
    pages.push(answer.json());
    place = next(answer.headers.get('link'));
    await between(pages.length);
  }
  return pages;
}

it.each([
  ['order=id', 'ORDER BY id'],
  ['order=id.desc', 'ORDER BY id DESC'],
  ['order=price,id', 'ORDER BY price, id'],
  ['order=price.desc,id', 'ORDER BY price DESC, id'],
  ['order=price.desc,name.asc,id.desc', 'ORDER BY price DESC, name, id DESC'],
])('%s walks all rows once, in order', async (order, clause) => {
  const pages = await walk(`/items?select=id,name,price,big&${order}&limit=37`);
  const expected = await lab.sql(`SELECT id FROM lab.items ${clause}`);
  expect(pages.flat().map((row) => row.id)).toEqual(expected.map((row) => row.id));
  expect(pages.every((page) => page.length <= 37)).toBe(true);
});

it('rows that come and go between pages neither repeat nor skip others', async () => {
  let added = 10_000;
  const seen = await walk('/items?select=id,price&order=price,id&limit=25', async (page) => {
    added += 1;
    await lab.sql('INSERT INTO lab.items (id, name, price) VALUES ($1, $2, -1)', [added, `before all, ${added}`]);
    await lab.sql('DELETE FROM lab.items WHERE id = (SELECT id FROM lab.items WHERE price >= 0 ORDER BY price, id LIMIT 1)');
    if (page === 3) await lab.sql(`INSERT INTO lab.items (id, name, price) VALUES (20000, 'after all', 1000)`);
  });
  const ids = seen.flat().map((row) => row.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toContain(20_000);
  // Deleted rows lay behind the cursor: all 500 were seen, and none of those that were put before it.
  expect(ids.filter((id) => id <= 500)).toHaveLength(500);
  expect(ids.filter((id) => id > 10_000 && id < 20_000)).toEqual([]);
});

it('a filter, an embed and db-max-rows go along', async () => {
  const capped = await lab.api({ 'keyset-enabled': 'true', 'db-max-rows': '10' });
  const ids: number[] = [];
  let place: string | undefined = '/items?select=*,parts(id)&order=id&big=gt.9007199254741000';
  while (place) {
    const answer = await ask(capped, 'GET', place);
    expect(answer.json().length).toBeLessThanOrEqual(10);
    ids.push(...answer.json().map((row: any) => row.id));
    place = next(answer.headers.get('link'));
  }
  const expected = await lab.sql('SELECT id FROM lab.items WHERE big > 9007199254741000 ORDER BY id');
  expect(ids).toEqual(expected.map((row) => row.id));
});

it.each([
  ['no order', '/items?limit=5'],
  ['no limit', '/items?order=id'],
  ['not unique', '/items?order=price&limit=5'],
  ['nullable', '/items?order=kind,id&limit=5'],
  ['under another name', '/items?select=number:id&order=id&limit=5'],
  ['not selected', '/items?select=name&order=id&limit=5'],
  ['something else under its name', '/items?select=id:name,name&order=id&limit=5'],
  ['cast', '/items?select=id::text&order=id&limit=5'],
  ['a view, whose key nobody promises', '/late_failure?id=lt.50&order=id&limit=5'],
  ['the last page', '/items?order=id&limit=100000'],
])('no Link: %s', async (_why, target) => {
  expect(await linkOf(target)).toBeNull();
});

it('only for rows as JSON', async () => {
  expect(await linkOf('/items?order=id&limit=5')).not.toBeNull();
  expect(await linkOf('/items?order=id&limit=5', { Accept: 'text/csv' })).toBeNull();
  expect((await ask(api, 'HEAD', '/items?order=id&limit=5')).headers.get('link')).toBeNull();
});

it('refuses a cursor of another order, or of nobody', async () => {
  const link = next(await linkOf('/items?order=price,id&limit=5'))!;
  const cursor = /after=([^&]*)/.exec(link)![1]!;
  for (const target of [
    '/items?order=id&after=nonsense',
    '/items?order=id&after=',
    `/items?order=id&after=${cursor}`,
    `/items?after=${cursor}`,
    `/items?order=parts(id),id&after=${cursor}`,
    `/items?order=id&after=${Buffer.from('[1]').toString('base64url')}`,
    `/items?order=id&after=${Buffer.from('{"a":"1"}').toString('base64url')}`,
  ]) {
    const refused = await ask(api, 'GET', target);
    expect([refused.status, refused.json().code], target).toEqual([416, 'PGRST103']);
  }
  const typed = await ask(api, 'GET', `/items?order=id&after=${Buffer.from('["x"]').toString('base64url')}`);
  expect([typed.status, typed.json().code]).toEqual([400, '22P02']);
});

it('is a filter like any other when it is off', async () => {
  const plain = await lab.api();
  const refused = await ask(plain, 'GET', '/items?order=id&limit=5&after=x');
  expect([refused.status, refused.json().code]).toEqual([400, 'PGRST100']);
  expect((await ask(plain, 'GET', '/items?order=id&limit=5')).headers.get('link')).toBeNull();
});
