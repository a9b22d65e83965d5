import { spawn, type ChildProcess } from 'node:child_process';
import { openSync } from 'node:fs';
import path from 'node:path';
import { inject } from 'vitest';

import { until } from '../support/http';
import { Instance, root } from '../support/instance';

const release = path.join(root, 'build/release/backend');
const services = ['auth', 'user', 'content', 'course', 'progress', 'site_rest', 'academy_rest'] as const;
const gateways = ['site-gateway', 'academy-gateway'] as const;
export type Name = (typeof services)[number] | (typeof gateways)[number];
const names: Name[] = [...services, ...gateways];

const servicePort = (name: Name) => inject('portBase') + 40 + names.indexOf(name);
const operationsPort = (name: Name) => inject('portBase') + 60 + names.indexOf(name);

function commandOf(name: Name): string[] {
  if (name === 'site-gateway' || name === 'academy-gateway') {
    return [path.join(release, 'apps/trendtactics/trendtactics'), 'serve', '--role', name];
  }
  if (name === 'site_rest' || name === 'academy_rest') {
    return [path.join(release, 'services/rest-service/rest-service'), `--service.database=${name.split('_')[0]}`];
  }
  return [path.join(release, `services/${name}-service/${name}-service`)];
}

function environmentOf(name: Name): NodeJS.ProcessEnv {
  const addresses = services.map((service) => [`TT_SERVICES_${service.toUpperCase()}_URL`, `http://127.0.0.1:${servicePort(service)}`]);
  return {
    ...new Instance({ name: 'split', portBase: inject('portBase') }).env,
    ...Object.fromEntries(addresses),
    TT_SERVER_OPS_PORT: String(operationsPort(name)),
    TT_SERVER_IO_THREADS: '1',
    TT_SERVER_TRUSTED_PROXIES: '127.0.0.1',
    TT_DATABASE_CONNECTIONS_PER_THREAD: '4',
  };
}

/** The product with each service and each gateway in a process of its own, on the databases of the shared instance. */
export class Processes {
  private readonly running = new Map<Name, ChildProcess>();

  /** `settings`: environment variables for all of them, known when the first is started. */
  constructor(private readonly settings: () => NodeJS.ProcessEnv = () => ({})) {}

  async start(name: Name): Promise<void> {
    const [command, ...args] = commandOf(name);
    const log = openSync(path.join(inject('dataDir'), `log/${name}.log`), 'a');
    const config = path.join(inject('dataDir'), 'trendtactics.toml');
    const child = spawn(command!, [...args, '--config', config], { env: { ...environmentOf(name), ...this.settings() }, stdio: ['ignore', log, log] });
    this.running.set(name, child);
    await until(async () => {
      if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}; see log/${name}.log`);
      const answer = await fetch(`http://127.0.0.1:${operationsPort(name)}/readyz`).catch(() => undefined);
      return answer?.status === 200;
    }, 20_000);
  }

  async startAll(): Promise<void> {
    await Promise.all(names.map((name) => this.start(name)));
  }

  /** Resolves when the process is gone. */
  async end(name: Name, signal: NodeJS.Signals): Promise<number | null> {
    const child = this.running.get(name);
    if (!child || child.exitCode !== null || child.signalCode !== null) return null;
    const gone = new Promise<number | null>((resolve) => child.once('exit', resolve));
    child.kill(signal);
    return gone;
  }

  /** As an operator does it; the exit status of each. */
  endAll(): Promise<(number | null)[]> {
    return Promise.all([...this.running.keys()].map((name) => this.end(name, 'SIGTERM')));
  }

  /** A service without its gateway in front. */
  direct(name: Name): string {
    return `http://127.0.0.1:${servicePort(name)}`;
  }
}
