import { execFile, spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const root = path.resolve(import.meta.dirname, '../..');

export interface Addresses {
  SITE_URL: string;
  ACADEMY_URL: string;
  ANON_KEY: string;
  SERVICE_ROLE_KEY: string;
  MAIL_URL: string;
  SITE_DATABASE_URL: string;
  ACADEMY_DATABASE_URL: string;
  METRICS_URL: string;
}

export interface InstanceOptions {
  name: string;
  portBase: number;
  /** Settings of the server (TT_SECTION_KEY). */
  env?: Record<string, string>;
  /** durable: PostgreSQL syncs to disk, for fault tests. */
  postgres?: 'durable' | 'volatile';
  /** Skip the look whether the build is current; for instances beside the shared one, which has looked. */
  asBuilt?: boolean;
  /** PostgreSQL only: the test starts the processes (support/server.ts). */
  withoutServer?: boolean;
}

/** Limits far above what a test does; tests of the limits set their own. */
const generousLimits = {
  TT_LIMITS_API_PER_MINUTE: '1000000',
  TT_LIMITS_TELEMETRY_PER_MINUTE: '1000000',
  TT_LIMITS_QUIZ_ANSWER_PER_MINUTE: '1000000',
  TT_LIMITS_SENSITIVE_PER_MINUTE: '1000000',
  TT_LIMITS_ANONYMOUS_PER_MINUTE: '1000000',
};

/** One running product below build/test, as `./tt up` makes it. */
export class Instance {
  readonly dataDir: string;
  readonly env: NodeJS.ProcessEnv;

  constructor(readonly options: InstanceOptions) {
    this.dataDir = path.join(root, 'build/test', options.name);
    this.env = {
      ...process.env,
      ...generousLimits,
      ...options.env,
      TT_DATA_DIR: this.dataDir,
      TT_PORT_BASE: String(options.portBase),
      TT_PG_MODE: options.postgres ?? 'volatile',
    };
  }

  async tt(...args: string[]): Promise<string> {
    const { stdout } = await run(path.join(root, 'tt'), args, { env: this.env, maxBuffer: 64 << 20 });
    return stdout;
  }

  /** Fresh: without the data of an earlier run. */
  async start(fresh = true): Promise<Addresses> {
    if (fresh) await this.wipe();
    mkdirSync(this.dataDir, { recursive: true });
    await new Promise<void>((resolve, reject) => {
      const [command, args] = this.startCommand();
      const child = spawn(command, args, { env: this.env, stdio: ['ignore', 'ignore', 'inherit'] });
      child.once('error', reject);
      child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`tt up ended with ${code}`))));
    });
    return this.addresses();
  }

  async addresses(): Promise<Addresses> {
    const lines = (await this.tt('env')).trim().split('\n');
    return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)])) as unknown as Addresses;
  }

  async stop(): Promise<void> {
    await this.tt('down');
  }

  private startCommand(): [string, string[]] {
    if (this.options.withoutServer) return [path.join(root, 'tests/support/up.sh'), ['--no-server']];
    if (this.options.asBuilt) return [path.join(root, 'tests/support/up.sh'), []];
    return [path.join(root, 'tt'), ['up', '--detach']];
  }

  private async wipe(): Promise<void> {
    try {
      await this.tt('reset', '--yes');
    } catch {
      // nothing was there
    }
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}
