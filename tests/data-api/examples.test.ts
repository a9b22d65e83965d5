import { readFileSync } from 'node:fs';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createDatabase, databaseUrl, DataApi, token } from '../support/data-api';
import { root } from '../support/instance';

/** One example of docs/api/data-api.md: what is sent, and after the arrow what comes back. */
interface Example {
  title: string;
  method: string;
  target: string;
  headers: Record<string, string>;
  body: string;
  status: number;
  answerHeaders: Record<string, string>;
  answer: string;
}

function headersAndBody(text: string): { headers: Record<string, string>; body: string } {
  const lines = text.split('\n');
  const headers: Record<string, string> = {};
  while (lines[0] && /^[A-Za-z-]+: /.test(lines[0])) {
    const line = lines.shift()!;
    headers[line.slice(0, line.indexOf(':'))] = line.slice(line.indexOf(':') + 2);
  }
  return { headers, body: lines.join('\n').trim() };
}

function parse(block: string): Example {
  const [request, answer] = block.split('→ ') as [string, string];
  const [line, ...rest] = request.trim().split('\n');
  const [method, target] = line!.split(' ') as [string, string];
  const sent = headersAndBody(rest.join('\n'));
  const [status, ...shown] = answer.trim().split('\n');
  const back = headersAndBody(shown.join('\n'));
  return { title: line!, method, target, ...sent, status: Number(status), answerHeaders: back.headers, answer: back.body };
}

const text = readFileSync(path.join(root, 'docs/api/data-api.md'), 'utf8');
const examples = [...text.matchAll(/```http\n([\s\S]*?)```/g)].map((match) => parse(match[1]!));
// The database puts each row on a line of its own.
const flat = (body: string): string => body.replaceAll(/,\s*\{/g, ', {').trim();
let api: DataApi;

beforeAll(async () => {
  await createDatabase('tt_bookshop', 'bookshop.sql');
  const gate = databaseUrl('tt_bookshop', { user: 'shop_gate', password: 'shop' });
  api = await new DataApi({ 'db-uri': gate, 'db-schemas': 'shop', 'db-anon-role': 'shop_visitor' }).start();
});
afterAll(() => api.stop());

describe('every example of the manual', () => {
  it('there are some', () => expect(examples.length).toBeGreaterThan(15));

  it.each(examples.map((example) => [example.title, example] as const))('%s', async (_title, example) => {
    const headers = { ...example.headers };
    const reader = /^reader (\w+)$/.exec(headers.Authorization ?? '');
    if (reader) headers.Authorization = `Bearer ${token({ role: 'shop_reader', sub: reader[1] })}`;
    const answer = await fetch(api.url + example.target, { method: example.method, headers, body: example.body || undefined });
    const body = await answer.text();
    expect(answer.status, body).toBe(example.status);
    expect(flat(body)).toBe(flat(example.answer));
    for (const [name, value] of Object.entries(example.answerHeaders)) expect(answer.headers.get(name), name).toBe(value);
  });
});
