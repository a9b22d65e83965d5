import type { TestProject } from 'vitest/node';

import { Instance } from './instance';

/** The shared instance of api, compat and e2e; fault tests start their own, because they kill it; data-api starts only
 * the data API alone;
 * split has its databases only and starts the processes. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  // vitest run api, or one file of it: vitest run api/auth
  const part = (process.argv.at(-1) ?? 'api').split('/')[0]!;
  const portBase = Number(process.env.TT_TEST_PORT_BASE ?? 18100);
  if (part === 'fault' || part === 'data-api') return undefined;
  // As in production: administrators are asked to set up a second step.
  const env = { TT_AUTH_MFA_REQUIRED_ROLES: 'admin' };
  const instance = new Instance({ name: part, portBase, withoutServer: part === 'split', env });
  // For writing tests: TT_TEST_REUSE=1 uses the instance that is already running at these ports and leaves it running.
  const reuse = process.env.TT_TEST_REUSE === '1';
  project.provide('addresses', reuse ? await instance.addresses() : await instance.start());
  project.provide('dataDir', instance.dataDir);
  project.provide('portBase', portBase);
  return reuse ? undefined : () => instance.stop();
}

declare module 'vitest' {
  export interface ProvidedContext {
    addresses: import('./instance').Addresses;
    dataDir: string;
    /** Ports from portBase + 20 on are free for instances that a file starts for itself. */
    portBase: number;
  }
}
