import pg from 'pg';
import { inject } from 'vitest';

import type { Addresses } from './instance';

const pools = new Map<string, pg.Pool>();

/** What a client is meant not to see or do, done as the owner of the database: closed courses, answer keys, lost rows. */
export async function query<T extends object = Record<string, any>>(url: string, text: string, values: unknown[] = []): Promise<T[]> {
  let pool = pools.get(url);
  if (!pool) {
    pool = new pg.Pool({ connectionString: url, max: 2, allowExitOnIdle: true, idleTimeoutMillis: 1000 });
    pool.on('error', () => undefined); // a server that was killed; the next query says so
    pools.set(url, pool);
  }
  return (await pool.query(text, values)).rows as T[];
}

export const inSite = <T extends object = Record<string, any>>(text: string, values: unknown[] = []) =>
  query<T>(inject('addresses').SITE_DATABASE_URL, text, values);
export const inAcademy = <T extends object = Record<string, any>>(text: string, values: unknown[] = []) =>
  query<T>(inject('addresses').ACADEMY_DATABASE_URL, text, values);

/** One row, one column. */
export async function count(addresses: Addresses, database: 'site' | 'academy', text: string, values: unknown[] = []): Promise<number> {
  const url = database === 'site' ? addresses.SITE_DATABASE_URL : addresses.ACADEMY_DATABASE_URL;
  const rows = await query<{ n: string }>(url, `SELECT count(*) AS n FROM ${text}`, values);
  return Number(rows[0]!.n);
}
