import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createDatabase, databaseUrl, DataApi, sql, token } from '../support/data-api';

/** Every caller × relation × verb × path of embeds: nobody sees a row of somebody else or a column not granted. */
const hops: Record<string, string[]> = {
  folders: ['notes', 'open_notes', 'folders!folders_parent_id_fkey'],
  notes: ['folders', 'seals', 'labels', 'note_labels', 'sibling_notes'],
  seals: ['notes'],
  labels: ['notes', 'note_labels'],
  note_labels: ['notes', 'labels'],
  open_notes: ['folders', 'seals', 'labels'],
  sibling_notes: ['folders', 'seals'],
};
const tableOf = (hop: string): string => hop.split('!')[0]!;

/** select= texts of every path of at most `depth` hops, with each way to embed. */
function embeds(relation: string, depth: number): string[] {
  if (depth === 0) return [];
  return (hops[relation] ?? []).flatMap((hop) => {
    const inner = ['owner,name', ...embeds(tableOf(hop), depth - 1).map((text) => `owner,name,${text}`)];
    return inner.flatMap((select) => [`${hop}(${select})`, `x:${hop}${hop.includes('!') ? '' : '!inner'}(${select})`]);
  });
}

const callers = {
  stranger: { claims: { role: 'vault_stranger' }, sees: [] as string[] },
  ann: { claims: { role: 'vault_owner', sub: 'ann' }, sees: ['ann'] },
  ben: { claims: { role: 'vault_owner', sub: 'ben' }, sees: ['ben'] },
  auditor: { claims: { role: 'vault_auditor' }, sees: ['ann', 'ben'] },
};
const relations = ['folders', 'notes', 'seals', 'labels', 'note_labels', 'open_notes'];
let api: DataApi;
let asked = 0;

beforeAll(async () => {
  await createDatabase('tt_vault', 'vault.sql');
  const gate = databaseUrl('tt_vault', { user: 'vault_gate', password: 'vault' });
  api = await new DataApi({ 'db-uri': gate, 'db-schemas': 'vault', 'db-anon-role': 'vault_stranger', 'db-tx-end': 'rollback', 'db-aggregates-enabled': 'true' }).start();
});
afterAll(() => api.stop());

async function ask(caller: keyof typeof callers, method: string, target: string, body?: unknown) {
  asked += 1;
  const headers: Record<string, string> = { Authorization: `Bearer ${token(callers[caller].claims)}`, Prefer: 'return=representation, count=exact' };
  if (body) headers['Content-Type'] = 'application/json';
  const answer = await fetch(`${api.url}${target}`, { method, headers, body: body ? JSON.stringify(body) : undefined });
  return { status: answer.status, text: await answer.text(), range: answer.headers.get('content-range') };
}

function expectNoLeak(caller: keyof typeof callers, what: string, text: string): void {
  for (const owner of ['ann', 'ben']) {
    if (!callers[caller].sees.includes(owner)) expect(text, `${caller}: ${what}`).not.toContain(`of ${owner}`);
  }
  if (caller === 'auditor') expect(text, what).not.toContain('SECRET');
}

describe.each(Object.keys(callers) as (keyof typeof callers)[])('%s', (caller) => {
  it.each(relations)('reads %s and whatever hangs on it', async (relation) => {
    for (const embed of embeds(relation, 3)) {
      const target = `/${relation}?select=owner,name,${embed}`;
      const answer = await ask(caller, 'GET', target);
      expect(answer.status, `${target}: ${answer.text}`).toBeLessThan(500);
      expectNoLeak(caller, target, answer.text);
    }
    for (const target of [`/${relation}`, `/${relation}?select=secret`, `/${relation}?select=owner&secret=like.SECRET*`, `/${relation}?select=name&order=secret`, `/${relation}?select=name.max(),owner.min()`]) {
      const answer = await ask(caller, 'GET', target);
      expectNoLeak(caller, target, answer.text);
      if (caller === 'auditor' && target.includes('secret')) expect([400, 403], answer.text).toContain(answer.status);
    }
  });

  it.each(relations)('changes nothing of others in %s', async (relation) => {
    const others = ['ann', 'ben'].filter((owner) => !callers[caller].sees.includes(owner));
    const embed = embeds(relation, 1)[0] ?? 'owner';
    for (const owner of others) {
      const changes = [
        await ask(caller, 'PATCH', `/${relation}?owner=eq.${owner}&select=owner,name,${embed}`, { name: 'taken' }),
        await ask(caller, 'PATCH', `/${relation}?select=owner,name`, { owner }),
        await ask(caller, 'DELETE', `/${relation}?owner=eq.${owner}&select=owner,name,${embed}`),
        await ask(caller, 'POST', `/${relation}?select=owner,name,${embed}`, { owner, name: 'planted' }),
      ];
      for (const change of changes) {
        expect(change.status, change.text).toBeLessThan(500);
        expectNoLeak(caller, relation, change.text);
        if (change.status < 300) expect(change.range, change.text).toMatch(/^\*\/0$/);
      }
    }
  });

  it('calls functions', async () => {
    for (const embed of ['owner', ...embeds('notes', 2)]) {
      const answer = await ask(caller, 'GET', `/rpc/all_notes?select=owner,name,${embed}`);
      expect(answer.status, answer.text).toBeLessThan(500);
      expectNoLeak(caller, embed, answer.text);
    }
  });
});

it('owners do see their own, on several hops', async () => {
  const own = await ask('ann', 'GET', '/notes?select=name,folders(name),labels(name),sibling_notes(name)');
  expect(own.text).toContain('note of ann');
  expect(own.text).toContain('folder of ann');
  expect(own.text).toContain('label of ann');
});

it('asked enough', () => expect(asked).toBeGreaterThan(2_000));

describe('what attackers send', () => {
  const bombs = ["'; SELECT vault.trip(); --", '"; SELECT vault.trip(); --', "1);SELECT pg_sleep(9)--", 'pg_sleep(9)', "' || pg_sleep(9) || '", '\\', '"', "''", '$1', '%00', '\u0000', 'a'.repeat(70), 'é'.repeat(40), '(a+)+$', '((((a*)*)*)*)*$', '{1,2', '[)', 'null', '-1', '1e999'];
  const positions: ((bomb: string) => string)[] = [
    (bomb) => `/notes?name=eq.${bomb}`,
    (bomb) => `/notes?${bomb}=eq.1`,
    (bomb) => `/notes?select=${bomb}`,
    (bomb) => `/notes?select=${bomb}:name`,
    (bomb) => `/notes?select=name::${bomb}`,
    (bomb) => `/notes?select=name->${bomb}`,
    (bomb) => `/notes?select=${bomb}(*)`,
    (bomb) => `/notes?select=folders!${bomb}(*)`,
    (bomb) => `/notes?order=${bomb}`,
    (bomb) => `/notes?order=name.${bomb}`,
    (bomb) => `/notes?limit=${bomb}`,
    (bomb) => `/notes?offset=${bomb}`,
    (bomb) => `/notes?and=(name.eq.${bomb})`,
    (bomb) => `/notes?or=(${bomb})`,
    (bomb) => `/notes?id=in.(${bomb})`,
    (bomb) => `/notes?name=match.${bomb}`,
    (bomb) => `/notes?name=fts(${bomb}).x`,
    (bomb) => `/notes?name=is.${bomb}`,
    (bomb) => `/notes?name=like(any).${bomb}`,
    (bomb) => `/notes?columns=${bomb}`,
    (bomb) => `/notes?on_conflict=${bomb}`,
    (bomb) => `/${bomb}`,
    (bomb) => `/rpc/${bomb}`,
    (bomb) => `/rpc/all_notes?${bomb}=1`,
  ];

  it('in every position of an address: refused or harmless, and quick', async () => {
    for (const position of positions) {
      for (const bomb of bombs) {
        const target = position(encodeURIComponent(bomb));
        const began = performance.now();
        const answer = await ask('ann', 'GET', target);
        expect(answer.status, `${target}: ${answer.text}`).toBeLessThan(500);
        expect(performance.now() - began, target).toBeLessThan(5_000); // pg_sleep(9) would take longer on any machine
      }
    }
  });

  it('in headers and bodies', async () => {
    const headers = { Authorization: `Bearer ${token({ role: 'vault_owner', sub: 'ann' })}`, 'Content-Type': 'application/json' };
    for (const bomb of bombs.filter((text) => !/[\u0000é]/.test(text))) {
      for (const name of ['Prefer', 'Range', 'Accept', 'Accept-Profile', 'X-Anything']) {
        const answer = await fetch(`${api.url}/notes`, { headers: { ...headers, [name]: name === 'Prefer' ? `timezone=${bomb}` : bomb } });
        expect(answer.status, `${name}: ${bomb}`).toBeLessThan(500);
        await answer.text();
      }
    }
    for (const bomb of bombs) {
      for (const body of [JSON.stringify({ id: 99, owner: 'ann', name: bomb }), JSON.stringify({ [bomb]: 1 }), JSON.stringify([{ id: bomb, owner: 'ann' }]), bomb, `[${bomb}`, `{"a":${'['.repeat(3000)}`]) {
        const answer = await fetch(`${api.url}/notes`, { method: 'POST', headers, body });
        expect(answer.status, body.slice(0, 80)).toBeLessThan(500);
        await answer.text();
      }
    }
  });

  it('with tokens that name roles they have no right to', async () => {
    for (const role of ['postgres', 'none', 'vault_gate', 'pg_read_all_data', '', 'a"b', "x'; SELECT vault.trip(); --", 'x'.repeat(80)]) {
      const answer = await fetch(`${api.url}/notes`, { headers: { Authorization: `Bearer ${token({ role })}` } });
      const text = await answer.text();
      expect([401, 403], `${role}: ${answer.status} ${text}`).toContain(answer.status);
      expect(text).not.toContain('note of');
    }
  });

  it('executed nothing', async () => {
    expect(await sql('tt_vault', 'SELECT is_called FROM vault.tripwire')).toEqual([{ is_called: false }]);
    expect(await sql('tt_vault', 'SELECT count(*)::int AS notes FROM vault.notes')).toEqual([{ notes: 6 }]);
  });
});
