import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { token, type DataApi } from '../support/data-api';
import { ask, drain, Lab } from '../support/lab';

/** What a large request or answer costs the process, beyond what it needs idle. */
const lab = new Lab('tt_memory');
const budgetMiB = 30;
let api: DataApi;

beforeAll(async () => {
  await lab.create();
  api = await lab.api({ 'ndjson-enabled': 'true', 'db-pool': '1', 'limit-body-bytes': String(32 << 20) });
});
afterAll(() => lab.stop());

/** MiB that `work` needed at its peak above what the process holds after small requests. */
async function cost(work: (fresh: DataApi) => Promise<void>): Promise<number> {
  const fresh = await lab.api({ 'ndjson-enabled': 'true', 'db-pool': '1' });
  for (let i = 0; i < 20; ++i) await ask(fresh, 'GET', '/readings?select=id&limit=5');
  await ask(fresh, 'POST', '/items', { body: { name: `warm ${Math.random()}` } });
  const idle = fresh.memory();
  writeFileSync(`/proc/${fresh.pid}/clear_refs`, '5'); // the peak begins anew
  await work(fresh);
  const peak = (fresh.peakMemory() - idle) / 1024;
  await fresh.stop();
  return peak;
}

const rows = (count: number, prefix: string) =>
  `[${Array.from({ length: count }, (_, i) => `{"name":"${prefix} ${i}","price":${i}.25,"kind":"${'k'.repeat(58)}"}`).join(',')}]`;

describe('answers of 100,000 rows', () => {
  it.each([
    ['NDJSON', { Accept: 'application/x-ndjson' }, 100_000],
    ['JSON', { Accept: 'application/json' }, 99_999],
  ])('%s', async (kind, headers, lines) => {
    let got = { status: 0, bytes: 0, lines: 0, isComplete: false };
    const peak = await cost(async (fresh) => {
      got = await drain(fresh, '/readings', headers);
    });
    console.log(`${kind}: ${(got.bytes / 2 ** 20).toFixed(1)} MiB out, ${peak.toFixed(1)} MiB above idle`);
    expect(got).toMatchObject({ status: 200, lines, isComplete: true });
    expect(got.bytes).toBeGreaterThan(9_000_000);
    expect(peak).toBeLessThan(kind === 'NDJSON' ? 10 : budgetMiB);
  });
});

describe('bodies of 10 MB', () => {
  it.each([
    ['read for its columns', '/items'],
    ['passed on with columns=', '/items?columns=name,price,kind'],
  ])('%s', async (what, target) => {
    const body = rows(97_000, what);
    let status = 0;
    const peak = await cost(async (fresh) => {
      status = (await ask(fresh, 'POST', target, { body })).status;
    });
    console.log(`${what}: ${(body.length / 2 ** 20).toFixed(1)} MiB in, ${peak.toFixed(1)} MiB above idle`);
    expect(status).toBe(201);
    expect(body.length).toBeGreaterThan(9_500_000);
    expect(peak).toBeLessThan(budgetMiB);
  });
});

/** Sends until the answer is there, which comes before all is sent; a library would give up at the first failed write. */
function upload(target: string, megabytes: number, framing: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
    const isChunked = framing.startsWith('Transfer-Encoding');
    let answer = '';
    let sent = 0;
    const more = (): void => {
      if (answer !== '' || sent++ >= megabytes) return;
      if (isChunked) socket.write('100000\r\n');
      socket.write(Buffer.alloc(1 << 20, 'x'));
      socket.write(isChunked ? '\r\n' : '', () => setImmediate(more));
    };
    socket.on('data', (bytes) => {
      answer += bytes;
      if (!answer.endsWith('}')) return;
      socket.destroy();
      const [head, text] = answer.split('\r\n\r\n') as [string, string];
      resolve({ status: Number(head.split(' ')[1]), text });
    });
    socket.on('error', () => undefined);
    socket.on('close', () => reject(new Error(`closed after ${sent} MiB with: ${answer}`)));
    const authorization = `Bearer ${token({ role: 'lab_worker' })}`;
    socket.write(`POST ${target} HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\nContent-Type: application/json\r\n${framing}\r\n\r\n`);
    more();
  });
}

it.each([
  ['announced', `Content-Length: ${50 << 20}`],
  ['chunked', 'Transfer-Encoding: chunked'],
])('50 MB, %s, are refused and not kept', async (_how, framing) => {
  await ask(api, 'GET', '/readings?select=id&limit=5');
  const idle = api.memory();
  writeFileSync(`/proc/${api.pid}/clear_refs`, '5');
  const refused = await upload('/items', 50, framing);
  expect(refused.status).toBe(413);
  expect(Object.keys(JSON.parse(refused.text))).toEqual(['code', 'details', 'hint', 'message']);
  expect((api.peakMemory() - idle) / 1024).toBeLessThan(70); // at most the limit of 32 MiB, while it grows
  expect((await ask(api, 'GET', '/rpc/item_count')).status).toBe(200);
});
