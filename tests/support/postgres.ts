import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

import { query } from './database';
import { root, type Addresses, type Instance } from './instance';

/** kill -9 of a whole PostgreSQL: the postmaster and everything it has started. */
export async function killPostgres(at: Addresses): Promise<void> {
  const [row] = await query<{ data_directory: string }>(at.SITE_DATABASE_URL, 'SHOW data_directory');
  const postmaster = Number(readFileSync(path.join(row!.data_directory, 'postmaster.pid'), 'utf8').split('\n')[0]);
  const children = childrenOf(postmaster);
  for (const pid of [postmaster, ...children]) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // ended by itself in between
    }
  }
}

export async function startPostgres(instance: Instance): Promise<void> {
  const script = 'source tools/tt/common.sh; source tools/tt/postgres.sh; start_postgres "$data_dir/pg" "$pg_port" "$TT_PG_MODE"';
  await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], { cwd: root, env: { ...instance.env, TT_ROOT: root } });
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent;
      } catch {
        return false;
      }
    });
}
