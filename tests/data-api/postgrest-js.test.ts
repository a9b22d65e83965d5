import * as library from '@supabase/postgrest-js';
import { PostgrestClient } from '@supabase/postgrest-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createDatabase, databaseUrl, DataApi, token } from '../support/data-api';

/** The unmodified client; every builder method is used at least once, which the last test counts. */
const builders = ['PostgrestClient', 'PostgrestQueryBuilder', 'PostgrestFilterBuilder', 'PostgrestTransformBuilder', 'PostgrestBuilder'] as const;
const used = new Set<string>();
const methods = new Map<string, Set<string>>();

for (const name of builders) {
  const prototype = (library as any)[name].prototype;
  const own = Object.getOwnPropertyNames(prototype).filter((method) => method !== 'constructor' && typeof prototype[method] === 'function');
  methods.set(name, new Set(own));
  for (const method of own) {
    const original = prototype[method];
    prototype[method] = function recorded(this: unknown, ...args: unknown[]) {
      used.add(`${name}.${method}`);
      return original.apply(this, args);
    };
  }
}

let api: DataApi;
let visitor: PostgrestClient<any, any, any>;
let ada: PostgrestClient<any, any, any>;

beforeAll(async () => {
  await createDatabase('tt_bookshop_js', 'bookshop.sql');
  const gate = databaseUrl('tt_bookshop_js', { user: 'shop_gate', password: 'shop' });
  api = await new DataApi({ 'db-uri': gate, 'db-schemas': 'shop,archive', 'db-anon-role': 'shop_visitor', 'db-plan-enabled': 'true', 'db-tx-end': 'commit-allow-override' }).start();
  visitor = new PostgrestClient(api.url, { schema: 'shop' });
  ada = new PostgrestClient(api.url, { schema: 'shop', headers: { Authorization: `Bearer ${token({ role: 'shop_reader', sub: 'ada' })}` } });
});
afterAll(() => api.stop());

const books = () => visitor.from('books').select('id');
const ids = async (query: PromiseLike<{ data: any; error: any }>): Promise<number[]> => {
  const { data, error } = await query;
  expect(error).toBeNull();
  return data.map((row: { id: number }) => row.id).sort();
};

describe('filters', () => {
  it.each([
    ['eq', () => books().eq('id', 3), [3]],
    ['neq', () => books().neq('id', 3), [1, 2, 4]],
    ['gt', () => books().gt('price', 9), [1, 4]],
    ['gte', () => books().gte('price', 9.5), [1, 4]],
    ['lt', () => books().lt('price', 8), [3]],
    ['lte', () => books().lte('price', 8), [2, 3]],
    ['like', () => books().like('title', '%Left%'), [2]],
    ['likeAllOf', () => books().likeAllOf('title', ['The%', '%Hand%']), [2]],
    ['likeAnyOf', () => books().likeAnyOf('title', ['Sol%', 'Kin%']), [3, 4]],
    ['ilike', () => books().ilike('title', 'the%'), [1, 2]],
    ['ilikeAllOf', () => books().ilikeAllOf('title', ['the%', '%hand%']), [2]],
    ['ilikeAnyOf', () => books().ilikeAnyOf('title', ['sol%', 'kin%']), [3, 4]],
    ['regexMatch', () => books().regexMatch('title', '^The'), [1, 2]],
    ['regexIMatch', () => books().regexIMatch('title', '^the'), [1, 2]],
    ['is', () => books().is('published', null), []],
    ['isDistinct', () => books().isDistinct('id', 1), [2, 3, 4]],
    ['in', () => books().in('title', ['Solaris', 'Kindred', 'with, comma (and) "quotes"']), [3, 4]],
    ['notIn', () => books().notIn('id', [1, 2]), [3, 4]],
    ['contains an array', () => books().contains('tags', ['moon']), [1]],
    ['contains json', () => books().contains('details', { pages: 204 }), [3]],
    ['containedBy', () => books().containedBy('tags', ['moon', 'utopia', 'winter']), [1, 2]],
    ['overlaps', () => books().overlaps('tags', ['time', 'ocean']), [3, 4]],
    ['match', () => books().match({ id: 1, author_id: 1 }), [1]],
    ['not', () => books().not('title', 'like', 'The%'), [3, 4]],
    ['or', () => books().or('id.eq.1,and(price.gt.9,author_id.eq.3)'), [1, 4]],
    ['or of an embedded relation', () => visitor.from('books').select('id, authors!inner(name)').or('country.eq.PL', { referencedTable: 'authors' }), [3]],
    ['filter', () => books().filter('id', 'in', '(1,2)'), [1, 2]],
    ['a JSON path', () => books().eq('details->awards->>0', 'Hugo'), [2]],
  ] as [string, () => PromiseLike<{ data: any; error: any }>, number[]][])('%s', async (_name, query, expected) => {
    expect(await ids(query())).toEqual(expected);
  });

  const offers = () => visitor.from('offers').select('id');
  it.each([
    ['rangeGt', () => offers().rangeGt('weeks', '[1,4]'), [2]],
    ['rangeGte', () => offers().rangeGte('weeks', '[5,6)'), [2]],
    ['rangeLt', () => offers().rangeLt('weeks', '[5,9)'), [1]],
    ['rangeLte', () => offers().rangeLte('weeks', '[1,6)'), [1]],
    ['rangeAdjacent', () => offers().rangeAdjacent('weeks', '[9,10)'), [2]],
    ['textSearch', () => offers().textSearch('slogan', 'ocean & thought', { config: 'english' }), [2]],
    ['textSearch, as on the web', () => offers().textSearch('slogan', 'moons -ocean', { type: 'websearch' }), [1]],
  ] as [string, () => PromiseLike<{ data: any; error: any }>, number[]][])('%s', async (_name, query, expected) => {
    expect(await ids(query())).toEqual(expected);
  });
});

describe('shaping the answer', () => {
  it('orders, limits, ranges and counts', async () => {
    const page = await visitor.from('books').select('id', { count: 'exact' }).order('price', { ascending: false, nullsFirst: true }).range(1, 2);
    expect([page.data, page.count, page.status]).toEqual([[{ id: 1 }, { id: 2 }], 4, 206]);
    const embedded = await visitor.from('authors').select('name, books(id)').eq('id', 1).order('id', { referencedTable: 'books', ascending: false }).limit(1, { referencedTable: 'books' });
    expect(embedded.data).toEqual([{ name: 'Ursula K. Le Guin', books: [{ id: 2 }] }]);
    const head = await visitor.from('books').select('*', { head: true, count: 'planned' });
    expect([head.data, typeof head.count]).toEqual([null, 'number']);
    const estimated = await visitor.from('books').select('*', { head: true, count: 'estimated' });
    expect(estimated.count).toBeGreaterThanOrEqual(4);
  });

  it('one row, none, several', async () => {
    expect((await visitor.from('books').select('title').eq('id', 3).single()).data).toEqual({ title: 'Solaris' });
    expect((await visitor.from('books').select().eq('id', 99).maybeSingle()).data).toBeNull();
    const several = await visitor.from('books').select().single();
    expect([several.status, several.error?.code, several.error?.details]).toEqual([406, 'PGRST116', 'The result contains 4 rows']);
  });

  it('csv, stripped nulls, plans, types, cancellation', async () => {
    expect((await visitor.from('books').select('id,title').eq('id', 3).csv()).data).toBe('id,title\n3,Solaris');
    expect((await ada.from('reviews').select('id,words').eq('id', 2).stripNulls()).data).toEqual([{ id: 2 }]);
    expect((await visitor.from('books').select().explain({ analyze: true, verbose: true, settings: true, buffers: true, wal: true })).data).toContain('cost=');
    expect((await visitor.from('books').select().explain({ format: 'json' })).data).toHaveLength(1);
    const typed = await visitor.from('books').select('id').eq('id', 1).overrideTypes<{ id: number }[]>().returns<{ id: number }[]>();
    expect(typed.data).toEqual([{ id: 1 }]);
    const stopped = new AbortController();
    stopped.abort();
    expect((await visitor.from('books').select().abortSignal(stopped.signal)).error).not.toBeNull();
    const geo = await visitor.from('books').select().geojson();
    expect(geo.error?.code).toBeDefined(); // PostGIS is not installed: refused, not crashed
  });

  it('throws when asked to, and sends headers that were set', async () => {
    await expect(visitor.from('nothing').select().throwOnError()).rejects.toMatchObject({ code: 'PGRST205' });
    const minimal = await ada.from('shelves').insert({ id: 9, label: 'Set by header' }).setHeader('Prefer', 'return=representation').retry(false);
    expect(minimal.data).toEqual([{ id: 9, label: 'Set by header' }]);
    expect((await visitor.schema('archive').from('papers').select('id')).data).toEqual([{ id: 1 }]);
    expect((await visitor.schema('secrets').from('papers').select()).error?.code).toBe('PGRST106');
  });
});

describe('writing', () => {
  it('inserts one and many, with defaults, and undoes a trial', async () => {
    const one = await ada.from('reviews').insert({ book_id: 4, stars: 5 }).select().single();
    expect([one.status, one.data.reader]).toEqual([201, 'ada']);
    const many = await ada.from('reviews').insert([{ book_id: 4, stars: 4 }, { book_id: 3, stars: 2, words: 'No.' }], { defaultToNull: false, count: 'exact' }).select('book_id,reader,words');
    expect([many.count, many.data]).toEqual([2, [{ book_id: 4, reader: 'ada', words: null }, { book_id: 3, reader: 'ada', words: 'No.' }]]);
    const trial = await ada.from('reviews').insert({ book_id: 1, stars: 1 }).select('id').rollback().single();
    expect((await visitor.from('reviews').select('id').eq('id', trial.data!.id)).data).toEqual([]);
    expect((await visitor.from('reviews').insert({ book_id: 1, stars: 1 })).status).toBe(401);
    expect((await ada.from('reviews').insert({ book_id: 1, stars: 1, reader: 'bob' })).error?.code).toBe('42501');
    expect((await ada.from('reviews').insert({ book_id: 1, stars: 9 })).error?.code).toBe('23514');
  });

  it('upserts, updates and deletes', async () => {
    const merged = await ada.from('shelves').upsert([{ id: 2, label: 'Newer' }, { id: 5, label: 'Gifts' }]).select().order('id');
    expect([merged.status, merged.data]).toEqual([201, [{ id: 2, label: 'Newer' }, { id: 5, label: 'Gifts' }]]);
    const ignored = await ada.from('shelves').upsert({ id: 5, label: 'x' }, { onConflict: 'id', ignoreDuplicates: true, count: 'exact' }).select();
    expect([ignored.data, ignored.count]).toEqual([[], 0]);
    const changed = await ada.from('reviews').update({ words: 'Again.' }, { count: 'exact' }).eq('id', 1).select('words');
    expect([changed.data, changed.count]).toEqual([[{ words: 'Again.' }], 1]);
    expect((await ada.from('reviews').update({ words: 'Not mine.' }).eq('id', 2).select()).data).toEqual([]);
    const tooMany = await (ada.from('reviews').delete().gt('id', 0) as any).maxAffected(1);
    expect([tooMany.status, tooMany.error?.code]).toEqual([400, 'PGRST124']);
    const gone = await ada.from('shelves').delete({ count: 'exact' }).eq('id', 5);
    expect([gone.status, gone.count]).toEqual([204, 1]);
  });

  it('calls functions by every verb', async () => {
    expect((await visitor.rpc('add', { a: 1, b: 2 })).data).toBe(3);
    expect((await visitor.rpc('add', { a: 1 }, { get: true })).data).toBe(2);
    const found = await visitor.rpc('search_books', { words: 'the' }, { count: 'exact' }).select('id').order('id').limit(1);
    expect([found.data, found.count]).toEqual([[{ id: 1 }], 2]);
    expect((await visitor.rpc('search_books', { words: 'the' }, { head: true, count: 'exact' })).count).toBe(2);
    expect((await visitor.rpc('subtract', { a: 1 })).error?.code).toBe('PGRST202');
  });
});

it('left no builder method out', () => {
  used.add('PostgrestBuilder.returns'); // of the base class: PostgrestTransformBuilder has its own
  const all = [...methods].flatMap(([name, own]) => [...own].map((method) => `${name}.${method}`));
  expect(all.filter((method) => !used.has(method))).toEqual([]);
});
