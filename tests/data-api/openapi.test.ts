import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createDatabase, databaseUrl, DataApi, sql } from '../support/data-api';

const newer = { headers: { Accept: 'application/vnd.oai.openapi+json' } };
let api: DataApi;
let plain: DataApi;

beforeAll(async () => {
  await createDatabase('tt_bookshop_doc', 'bookshop.sql');
  await sql('tt_bookshop_doc', `CREATE TABLE shop."odd name/é" (id integer PRIMARY KEY); GRANT SELECT ON shop."odd name/é" TO shop_visitor`);
  const settings = { 'db-uri': databaseUrl('tt_bookshop_doc', { user: 'shop_gate', password: 'shop' }), 'db-schemas': 'shop', 'db-anon-role': 'shop_visitor' };
  api = await new DataApi({ ...settings, 'openapi31-enabled': 'true', 'openapi-security-active': 'true' }).start();
  plain = await new DataApi(settings).start();
});
afterAll(async () => {
  await api.stop();
  await plain.stop();
});

function references(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (!value || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, member]) => (key === '$ref' ? [String(member)] : references(member)));
}

describe('the OpenAPI 3.1 document', () => {
  it('is there for who asks for it, and 2.0 for everybody else', async () => {
    const answer = await fetch(api.url, newer);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/vnd.oai.openapi+json;version=3.1']);
    expect(((await (await fetch(api.url)).json()) as any).swagger).toBe('2.0');
    const refused = await fetch(plain.url, newer);
    expect([refused.status, ((await refused.json()) as any).code]).toEqual([406, 'PGRST107']);
  });

  it('resolves each of its references, and its keys are what the specification allows', async () => {
    const document = (await (await fetch(api.url, newer)).json()) as any;
    expect(document.openapi).toBe('3.1.0');
    const all = references(document);
    expect(all.length).toBeGreaterThan(50);
    for (const reference of all) {
      const found = reference.slice(2).split('/').reduce((at: any, key) => at?.[key], document);
      expect(found, reference).toBeDefined();
    }
    for (const section of Object.values(document.components) as object[]) {
      for (const key of Object.keys(section)) expect(key).toMatch(/^[A-Za-z0-9._-]+$/);
    }
    const ids = Object.values(document.paths).flatMap((methods: any) => Object.values(methods).map((operation: any) => operation.operationId));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('says what goes in and what comes out', async () => {
    const document = (await (await fetch(api.url, newer)).json()) as any;
    const { get, post } = document.paths['/reviews'] ?? document.paths['/books'];
    expect(get.responses['200'].content['application/json'].schema.type).toBe('array');
    expect(get.responses.default.content['application/json'].schema.$ref).toBe('#/components/schemas/Error');
    expect(post?.requestBody ?? { $ref: 'none' }).toHaveProperty('$ref');
    const add = document.paths['/rpc/add'].get.parameters.find((parameter: any) => parameter.name === 'a');
    expect(add).toMatchObject({ in: 'query', required: true, schema: { type: 'integer', format: 'int32' } });
    expect(document.components.schemas.books.properties.tags).toEqual({ format: 'text[]', type: 'array', items: { type: 'string' } });
    expect(document.components.securitySchemes.JWT.in).toBe('header');
  });
});
