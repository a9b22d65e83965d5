// The peer of the benchmark: Node's http and `pg`, each route one named prepared statement whose JSON PostgreSQL makes.
// node node_peer.mjs PORT DATABASE_URL STATEMENTS.json
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const { Pool } = createRequire(new URL('../../../../tests/package.json', import.meta.url))('pg');
const [port, url, file] = process.argv.slice(2);
const statements = JSON.parse(readFileSync(file, 'utf8'));
const pool = new Pool({ connectionString: url, max: 10 });

async function bodyOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}

createServer(async (request, response) => {
  const name = request.url.slice(1);
  const values = request.method === 'POST' ? [await bodyOf(request)] : [];
  const { rows } = await pool.query({ name, text: statements[name], values });
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.end(rows[0].body);
}).listen(Number(port), '127.0.0.1');
