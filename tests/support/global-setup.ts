import type { TestProject } from 'vitest/node';

import { Instance } from './instance';

/** The shared instance of api, compat and e2e; fault tests start their own, because they kill it. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const part = process.argv.at(-1) ?? 'api';
  const portBase = Number(process.env.TT_TEST_PORT_BASE ?? 18100);
  if (part === 'fault') return undefined;
  const instance = new Instance({ name: part, portBase });
  project.provide('addresses', await instance.start());
  project.provide('dataDir', instance.dataDir);
  return () => instance.stop();
}

declare module 'vitest' {
  export interface ProvidedContext {
    addresses: import('./instance').Addresses;
    dataDir: string;
  }
}
