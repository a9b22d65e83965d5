import { execFile } from 'node:child_process';
import path from 'node:path';
import { inject } from 'vitest';

import { root } from './instance';

/** `./tt rebuild-progress` on the shared instance; it ends with 1 when it found differences. */
export function rebuildProgress(scope: string[]): Promise<{ differences: number; events: number }> {
  const env = { ...process.env, TT_DATA_DIR: inject('dataDir'), TT_PORT_BASE: String(inject('portBase')) };
  return new Promise((resolve, reject) => {
    execFile(path.join(root, 'tt'), ['rebuild-progress', ...scope], { env }, (error, stdout, stderr) => {
      const line = stdout.split('\n').find((text) => text.startsWith('{"courses"'));
      if (line) resolve(JSON.parse(line));
      else reject(error ?? new Error(stderr));
    });
  });
}
