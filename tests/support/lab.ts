import { request } from 'node:http';

import { createDatabase, databaseUrl, DataApi, sql, token } from './data-api';

/** The lab of data-api/beyond.sql: one database, and an API in front of it. */
export class Lab {
  private apis: DataApi[] = [];

  constructor(readonly database: string) {}

  async create(): Promise<void> {
    await createDatabase(this.database, 'beyond.sql');
  }

  gate(database = this.database): string {
    return databaseUrl(database, { user: 'lab_gate', password: 'lab' });
  }

  /** An API of its own settings; stop() ends them all. */
  async api(settings: Record<string, string> = {}, file?: string, expected?: number): Promise<DataApi> {
    const api = new DataApi({ 'db-uri': this.gate(), 'db-schemas': 'lab', 'db-anon-role': 'lab_visitor', 'db-pool': '2', ...settings }, file);
    this.apis.push(api);
    return api.start(expected);
  }

  async stop(): Promise<void> {
    await Promise.all(this.apis.map((api) => api.stop()));
  }

  sql(text: string, values: unknown[] = []): Promise<any[]> {
    return sql(this.database, text, values);
  }
}

const worker = { Authorization: `Bearer ${token({ role: 'lab_worker' })}` };

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  json: () => any;
}

/** One request as the worker, or as whom `headers` says. */
export async function ask(api: DataApi, method: string, target: string, { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {}): Promise<Reply> {
  const isText = typeof body === 'string' || body === undefined;
  const answer = await fetch(api.url + target, {
    method,
    headers: { ...worker, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
    body: isText ? (body as string | undefined) : JSON.stringify(body),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, json: () => JSON.parse(text) };
}

/** Reads an answer without keeping it: what it held, in bytes and lines, and whether it came to its end. */
export function drain(api: DataApi, target: string, headers: Record<string, string> = {}, stopAfterBytes = Infinity): Promise<{ status: number; bytes: number; lines: number; isComplete: boolean }> {
  return new Promise((resolve, reject) => {
    const call = request(api.url + target, { headers: { ...worker, ...headers } }, (answer) => {
      let bytes = 0;
      let lines = 0;
      const end = () => resolve({ status: answer.statusCode!, bytes, lines, isComplete: answer.complete });
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        for (const byte of chunk) if (byte === 10) lines += 1;
        if (bytes >= stopAfterBytes) answer.destroy();
      });
      answer.on('close', end);
      answer.on('error', end);
    });
    call.on('error', reject);
    call.end();
  });
}
