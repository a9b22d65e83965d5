import { createServer, connect, type Server, type Socket } from 'node:net';
import { writeFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { DataApi } from '../support/data-api';
import { until } from '../support/http';
import { ask, Lab } from '../support/lab';

/** Schema and settings change, and the database goes and comes, while the process stays. */
const lab = new Lab('tt_reload');
let api: DataApi;
let adminPort: number;

beforeAll(async () => {
  await lab.create();
  adminPort = 20_000 + (process.pid % 10_000);
  api = await lab.api({ 'admin-server-port': String(adminPort), 'db-pool': '4' });
});
afterAll(async () => {
  await lab.sql('ALTER ROLE lab_gate RESET ALL');
  await lab.stop();
});

const statusOf = async (target: string, where = api) => (await ask(where, 'GET', target)).status;
const admin = (target: string, port = adminPort) => fetch(`http://127.0.0.1:${port}${target}`).then((answer) => answer.status, () => 0);
const addTable = (name: string) => lab.sql(`CREATE TABLE lab.${name} (id integer PRIMARY KEY); GRANT SELECT ON lab.${name} TO lab_worker`);
const becomes = (target: string, status: number, where = api) => until(async () => (await statusOf(target, where)) === status, 20_000);
const rowsOf = async (where = api) => (await ask(where, 'GET', '/readings?select=id')).json().length;

describe('the schema', () => {
  it('NOTIFY: a new table is there while fifty requests go on', async () => {
    expect(await statusOf('/notified')).toBe(404);
    let isOver = false;
    let served = 0;
    const clients = Array.from({ length: 50 }, async (_, i) => {
      while (!isOver) {
        const target = i % 2 ? `/readings?select=id,place&id=eq.${1 + (served % 1000)}` : '/items?select=id,parts(id)';
        const answer = await ask(api, 'GET', target);
        expect(answer.status, answer.text).toBe(200);
        served += 1;
      }
    });
    await addTable('notified');
    await lab.sql(`NOTIFY pgrst, 'reload schema'`);
    await becomes('/notified', 200);
    await lab.sql('DROP TABLE lab.notified; NOTIFY pgrst');
    await becomes('/notified', 404);
    isOver = true;
    await Promise.all(clients);
    expect(served).toBeGreaterThan(100);
  });

  it('SIGUSR1', async () => {
    await addTable('signalled');
    expect(await statusOf('/signalled')).toBe(404);
    api.signal('SIGUSR1');
    await becomes('/signalled', 200);
  });

  it('a restart of the database', async () => {
    await lab.sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'tt_reload' AND pid <> pg_backend_pid()`);
    await becomes('/readings?limit=1', 200);
    await until(async () => (await lab.sql(`SELECT FROM pg_stat_activity WHERE datname = 'tt_reload' AND query LIKE 'LISTEN%'`)).length > 0);
    await addTable('after_restart');
    await lab.sql(`NOTIFY pgrst, 'reload schema'`);
    await becomes('/after_restart', 200);
    await until(async () => (await admin('/ready')) === 200);
  });

  it('what was announced while the listener was away is not missed', async () => {
    await addTable('unheard');
    await lab.sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'tt_reload' AND query LIKE 'LISTEN%' AND pid <> pg_backend_pid()`);
    await lab.sql(`NOTIFY pgrst, 'reload schema'`);
    await becomes('/unheard', 200);
  });
});

describe('the settings', () => {
  it('NOTIFY and SIGUSR2 read those of the login role again', async () => {
    expect(await rowsOf()).toBe(100_000);
    await lab.sql(`ALTER ROLE lab_gate SET pgrst.db_max_rows = '7'`);
    await lab.sql(`NOTIFY pgrst, 'reload config'`);
    await until(async () => (await rowsOf()) === 7);
    await lab.sql(`ALTER ROLE lab_gate IN DATABASE tt_reload SET pgrst.db_max_rows = '3'`);
    api.signal('SIGUSR2');
    await until(async () => (await rowsOf()) === 3);
    await lab.sql(`ALTER ROLE lab_gate IN DATABASE tt_reload RESET ALL; ALTER ROLE lab_gate RESET ALL; NOTIFY pgrst, 'reload config'`);
    await until(async () => (await rowsOf()) === 100_000);
  });

  it('a bad one leaves the old ones in force', async () => {
    await lab.sql(`ALTER ROLE lab_gate SET pgrst.db_tx_end = 'never'; ALTER ROLE lab_gate SET pgrst.db_max_rows = '5'`);
    api.signal('SIGUSR2');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await rowsOf()).toBe(100_000);
    expect(await admin('/ready')).toBe(200);
    await lab.sql(`ALTER ROLE lab_gate RESET pgrst.db_tx_end`);
    api.signal('SIGUSR2');
    await until(async () => (await rowsOf()) === 5);
    await lab.sql(`ALTER ROLE lab_gate RESET ALL; NOTIFY pgrst, 'reload config'`);
    await until(async () => (await rowsOf()) === 100_000);
  });

  it('db-pre-config sets what the role does not', async () => {
    await lab.sql(`CREATE FUNCTION lab.pre_config() RETURNS void LANGUAGE sql AS $$
      SELECT set_config('pgrst.db_max_rows', '4', true), set_config('pgrst.server_timing_enabled', 'true', true) $$;
      GRANT USAGE ON SCHEMA lab TO lab_gate`);
    const configured = await lab.api({ 'db-pre-config': 'lab.pre_config' });
    const answer = await ask(configured, 'GET', '/readings?select=id');
    expect(answer.json()).toHaveLength(4);
    expect(answer.headers.get('server-timing')).toContain('transaction');
    await lab.sql(`ALTER ROLE lab_gate SET pgrst.db_max_rows = '6'`);
    configured.signal('SIGUSR2');
    await until(async () => (await rowsOf(configured)) === 6);
    await lab.sql(`ALTER ROLE lab_gate RESET ALL`);
  });

  it('SIGUSR2 reads the file again', async () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'tt-reload-')), 'data-api.conf');
    writeFileSync(file, 'db-max-rows = 8\n');
    const filed = await lab.api({}, file);
    expect(await rowsOf(filed)).toBe(8);
    writeFileSync(file, 'db-max-rows = "9" # one more\n');
    filed.signal('SIGUSR2');
    await until(async () => (await rowsOf(filed)) === 9);
    writeFileSync(file, 'db-max-rows = "\n');
    filed.signal('SIGUSR2');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await rowsOf(filed)).toBe(9);
  });
});

/** A port that leads to PostgreSQL while it is open. */
class Gate {
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();

  constructor(readonly port: number, private readonly target: URL) {}

  open(): Promise<void> {
    this.server = createServer((client) => {
      const upstream = connect(Number(this.target.port), this.target.hostname);
      for (const socket of [client, upstream]) {
        this.sockets.add(socket);
        socket.on('error', () => undefined);
      }
      client.pipe(upstream).pipe(client);
    });
    return new Promise((resolve) => this.server!.listen(this.port, '127.0.0.1', resolve));
  }

  async close(): Promise<void> {
    const { server } = this;
    if (!server) return;
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }
}

it('starts without its database, says so, and is well when it comes', async () => {
  const direct = new URL(lab.gate());
  const gate = new Gate(adminPort + 1, direct);
  const through = new URL(direct);
  through.port = String(gate.port);
  const port = adminPort + 2;
  const early = await lab.api({ 'db-uri': through.toString(), 'admin-server-port': String(port) }, undefined, 503);
  const refused = await ask(early, 'GET', '/readings?limit=1');
  expect([refused.status, refused.json()]).toMatchObject([503, { code: 'PGRST002' }]);
  expect(refused.headers.get('retry-after')).not.toBeNull();
  expect([await admin('/live', port), await admin('/ready', port)]).toEqual([200, 503]);
  await gate.open();
  await until(async () => (await statusOf('/readings?limit=1', early)) === 200, 30_000);
  await until(async () => (await admin('/ready', port)) === 200);
  await gate.close();
  const away = await ask(early, 'GET', '/readings?limit=1');
  expect([away.status, away.json().code]).toEqual([503, 'PGRST000']);
  await gate.open();
  await until(async () => (await statusOf('/readings?limit=1', early)) === 200, 30_000);
  await early.stop();
  await gate.close();
});
