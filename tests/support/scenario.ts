import { expect, it } from 'vitest';

import type { Answer } from './http';

/** A row of a scenario table: what is done, the status, and the stable code of the error. */
export type Scenario = [name: string, ask: () => Promise<Answer>, status: number, code?: string];

/** Where each family of routes puts the code of an error. */
export function codeOf({ body }: Answer): unknown {
  return typeof body?.error_code === 'string' ? body.error_code : body?.code;
}

export function scenarios(table: Scenario[]): void {
  it.each(table)('%s', async (_name, ask, status, code) => {
    const answer = await ask();
    expect(answer.status, answer.text).toBe(status);
    if (code !== undefined) expect(codeOf(answer), answer.text).toBe(code);
  });
}

/** The same call `times` at once. */
export function atOnce<T>(times: number, ask: (index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: times }, (_, index) => ask(index)));
}

/** How often each status came. */
export function tally(answers: Answer[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** Every member name and text value in a JSON document, however deep. */
export function everythingIn(value: unknown, path = ''): { path: string; value: unknown }[] {
  if (value === null || typeof value !== 'object') return [{ path, value }];
  return Object.entries(value).flatMap(([name, member]) => everythingIn(member, `${path}/${name}`));
}
