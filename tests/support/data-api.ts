import { spawn, type ChildProcess } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';

import { Client } from 'pg';

import { until } from './http';
import { root } from './instance';

// Another build's executable, such as the one with sanitizers: TT_TEST_DATA_API.
const binary = process.env.TT_TEST_DATA_API ?? path.join(root, 'build/release/backend/apps/data-api/data-api');
export const secret = 'a secret of the tests, long enough to sign with';

/** The test PostgreSQL's URL with another database, and another login when one is given. */
export function databaseUrl(database: string, login?: { user: string; password: string }): string {
  const server = process.env.TT_TEST_PG_URL;
  if (!server) throw new Error('TT_TEST_PG_URL is not set; run ./tt test data-api');
  const url = new URL(server);
  url.pathname = `/${database}`;
  if (login) Object.assign(url, { username: login.user, password: login.password });
  return url.toString();
}

export async function sql(database: string, text: string, values: unknown[] = []): Promise<any[]> {
  const client = new Client({ connectionString: databaseUrl(database) });
  await client.connect();
  try {
    return (await client.query(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** A new database filled from a file of this folder. */
export async function createDatabase(name: string, file: string): Promise<void> {
  await sql('postgres', `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await sql('postgres', `CREATE DATABASE ${name}`);
  await sql(name, readFileSync(path.join(root, 'tests/data-api', file), 'utf8'));
}

export function token(claims: Record<string, unknown>): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

/** The stand-alone executable on a free port. */
export class DataApi {
  private child: ChildProcess | undefined;
  private said = '';
  url = '';

  /** `file`: a configuration file. */
  constructor(private readonly settings: Record<string, string>, private readonly file?: string) {}

  /** Waits until the API answers, with a schema unless `expected` is 503. */
  async start(expected?: number): Promise<this> {
    const port = await freePort();
    this.url = `http://127.0.0.1:${port}`;
    const settings = { listen: `127.0.0.1:${port}`, 'jwt-secret': secret, 'log-level': 'error', ...this.settings };
    const words = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
    const child = spawn(binary, [...(this.file ? [this.file] : []), ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (this.said += text));
    this.child = child;
    await until(async () => {
      if (child.exitCode !== null) throw new Error(`data-api ended with ${child.exitCode}: ${this.said}`);
      const status = await fetch(this.url, { method: 'HEAD' }).then((answer) => answer.status, () => 0);
      return status !== 0 && (status === expected || status !== 503);
    }, 20_000);
    return this;
  }

  get pid(): number {
    return this.child!.pid!;
  }

  /** Resident memory in KiB, as the kernel counts it. */
  memory(): number {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.pid}/status`, 'utf8'))![1]);
  }

  peakMemory(): number {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${this.pid}/status`, 'utf8'))![1]);
  }

  signal(name: NodeJS.Signals): void {
    this.child!.kill(name);
  }

  async stop(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (!child || child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await gone;
  }
}
