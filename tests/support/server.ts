import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, linkSync, openSync } from 'node:fs';
import path from 'node:path';

import { until } from './http';
import { root, type Instance } from './instance';

const built = path.join(root, 'build/release/backend/apps/trendtactics/trendtactics');

/** The binary under a name of the instance: fifty restarts are of one and the same program, also while somebody builds. */
function binaryOf(instance: Instance): string {
  const own = path.join(instance.dataDir, 'trendtactics');
  if (!existsSync(own)) linkSync(built, own);
  return own;
}

/** A server process of an instance, started directly so that a test can kill it and have it back in a moment. */
export class Server {
  private child: ChildProcess | undefined;

  constructor(
    private readonly instance: Instance,
    private readonly role: 'all' | 'site' | 'academy' = 'all',
    private readonly opsPort = instance.options.portBase + 2,
    private readonly settings: string[] = [],
  ) {}

  /** Returns when it says that it is ready. */
  async start(): Promise<void> {
    const { dataDir } = this.instance;
    const log = openSync(path.join(dataDir, `log/${this.role}.log`), 'a');
    const args = ['serve', '--role', this.role, '--config', path.join(dataDir, 'trendtactics.toml'), `--server.ops_port=${this.opsPort}`];
    const child = spawn(binaryOf(this.instance), [...args, ...this.settings], { env: this.instance.env, stdio: ['ignore', log, log] });
    closeSync(log);
    child.once('error', () => undefined); // the wait below says so
    this.child = child;
    await until(async () => {
      if (child.exitCode !== null || child.pid === undefined) throw new Error(`the server ended with ${child.exitCode}; see ${dataDir}/log/${this.role}.log`);
      return this.isReady();
    }, 20_000);
  }

  async isReady(): Promise<boolean> {
    try {
      return (await fetch(`http://127.0.0.1:${this.opsPort}/readyz`)).status === 200;
    } catch {
      return false;
    }
  }

  /** kill -9 unless said otherwise; returns when the process is gone. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (!child || child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  }
}
