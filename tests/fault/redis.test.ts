import { spawn, type ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { call, until } from '../support/http';
import { Instance, type Addresses } from '../support/instance';
import { newAccount } from '../support/ledger';
import { Server } from '../support/server';

const portBase = Number(process.env.TT_TEST_PORT_BASE ?? 18_100) + 80;
const redisPort = portBase + 9;

/** A redis-server of this test's own, without files. */
class Redis {
  private child: ChildProcess | undefined;

  start(): void {
    this.child = spawn('redis-server', ['--port', String(redisPort), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], { stdio: 'ignore' });
  }
  async kill(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (!child) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }
}

// Two gateways that share revocations and quotas through Redis, which is only ever a faster way.
describe('kill -9 of Redis', () => {
  const redis = new Redis();
  const env = { TT_REDIS_URL: `redis://127.0.0.1:${redisPort}/1`, TT_LIMITS_API_PER_MINUTE: '40', TT_REDIS_GATEWAYS: '2' };
  const instance = new Instance({ name: 'fault-redis', portBase, postgres: 'volatile', withoutServer: true, env });
  const site = new Server(instance, 'site', portBase + 6);
  const academy = new Server(instance, 'academy', portBase + 7, ['--mail.inbox_port=0']);
  let at: Addresses;

  beforeAll(async () => {
    redis.start();
    at = await instance.start();
    await site.start();
    await academy.start();
  });
  afterAll(async () => {
    await Promise.all([site.kill('SIGTERM'), academy.kill('SIGTERM')]);
    await instance.stop();
    await redis.kill();
  });

  const ask = (half: 'SITE_URL' | 'ACADEMY_URL', token: string) =>
    call('GET', half === 'SITE_URL' ? `${at.SITE_URL}/api/v1/profile` : `${at.ACADEMY_URL}/api/v1/me/enrollments`, { token });

  /** How many of `times` requests, to both halves in turn, are answered. */
  async function answered(token: string, times: number): Promise<number> {
    let count = 0;
    for (let i = 0; i < times; ++i) count += (await ask(i % 2 ? 'SITE_URL' : 'ACADEMY_URL', token)).status === 200 ? 1 : 0;
    return count;
  }

  async function signOutIsHeard(): Promise<void> {
    const account = await newAccount(at);
    expect((await ask('ACADEMY_URL', account.token)).status).toBe(200);
    expect((await call('POST', `${at.SITE_URL}/auth/v1/logout`, { token: account.token })).status).toBe(204);
    const started = Date.now();
    await until(async () => (await ask('ACADEMY_URL', account.token)).status === 401);
    expect(Date.now() - started).toBeLessThan(5000);
  }

  it('a person has one quota at both gateways, and signing out is heard', async () => {
    await signOutIsHeard();
    expect([40, 41]).toContain(await answered((await newAccount(at)).token, 60)); // 41 when a minute ends meanwhile
  });

  it('without it each gateway allows its share, nothing fails, and signing out is heard', async () => {
    const { token } = await newAccount(at);
    await redis.kill();
    const statuses = new Set<number>();
    for (let i = 0; i < 60; ++i) statuses.add((await ask(i % 2 ? 'SITE_URL' : 'ACADEMY_URL', token)).status);
    expect([...statuses].sort()).toEqual([200, 429]);
    await signOutIsHeard();
  });

  it('it comes back empty, and is used again', async () => {
    redis.start();
    await until(async () => (await answered((await newAccount(at)).token, 42)) === 40, 30_000);
    await signOutIsHeard();
  });
});
