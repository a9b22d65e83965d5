import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { query } from '../support/database';
import { call, until } from '../support/http';
import { Instance, type Addresses } from '../support/instance';
import { Server } from '../support/server';

const rounds = 12;
const portBase = Number(process.env.TT_TEST_PORT_BASE ?? 18_100) + 90;
const password = 'a long enough passphrase';

interface Member {
  email: string;
  accessToken: string;
  refreshToken: string;
  /** The last value of user_metadata.count that was acknowledged. */
  count: number;
}

// kill -9 between commit and reply: whoever was told has it, and whoever was not told can simply ask again.
describe('kill -9 of the server while people sign up, refresh and change their accounts', () => {
  const instance = new Instance({ name: 'fault-auth', portBase, postgres: 'durable', withoutServer: true });
  const server = new Server(instance);
  const signedUp: string[] = [];
  const unanswered: string[] = [];
  const members: Member[] = [];
  let at: Addresses;
  let isOn = false;
  let made = 0;
  let lostAnswers = 0;

  const auth = (method: string, path: string, body: object, token?: string) =>
    call(method, `${at.SITE_URL}/auth/v1${path}`, { body, ...(token ? { token } : {}) });
  const signUp = (email: string) => auth('POST', '/signup', { email, password });
  const refresh = (token: string) => auth('POST', '/token?grant_type=refresh_token', { refresh_token: token });

  beforeAll(async () => {
    at = await instance.start();
    await server.start();
    for (let n = 0; n < 4; ++n) {
      const email = `member-${n}@example.com`;
      const { body } = await signUp(email);
      members.push({ email, accessToken: body.access_token, refreshToken: body.refresh_token, count: 0 });
    }
  });
  afterAll(async () => {
    await server.kill();
    await instance.stop();
  });

  /** Repeats `step` while the round lasts; an answer that does not come ends it. */
  async function repeat(step: () => Promise<void>): Promise<void> {
    try {
      while (isOn) await step();
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // fetch failed, or the answer broke off
      ++lostAnswers;
    }
  }

  async function signUpSomebody(): Promise<void> {
    const email = `somebody-${++made}@example.com`;
    unanswered.push(email);
    if ((await signUp(email)).status !== 200) return;
    unanswered.splice(unanswered.indexOf(email), 1);
    signedUp.push(email);
  }

  async function goOn(member: Member): Promise<void> {
    const next = await refresh(member.refreshToken);
    if (next.status === 503) return;
    expect(next.status, next.text).toBe(200); // also with the token before the one whose answer was lost
    member.accessToken = next.body.access_token;
    member.refreshToken = next.body.refresh_token;
    const changed = await auth('PUT', '/user', { data: { count: member.count + 1 } }, member.accessToken);
    if (changed.status === 200) ++member.count;
  }

  it(`${rounds} rounds`, async () => {
    for (let round = 0; round < rounds; ++round) {
      isOn = true;
      const work = [repeat(signUpSomebody), repeat(signUpSomebody), ...members.map((member) => repeat(() => goOn(member)))];
      await new Promise((resolve) => setTimeout(resolve, 150 + ((round * 397) % 700)));
      await until(async () => signedUp.length > round + 1); // a slow machine's rounds last longer
      await server.kill();
      isOn = false;
      await Promise.all(work);
      await server.start();
    }
    console.info(`${rounds} kills, ${signedUp.length} acknowledged sign-ups, ${unanswered.length} unanswered, ${lostAnswers} answers lost`);
    expect(signedUp.length).toBeGreaterThan(rounds);
    expect(lostAnswers).toBeGreaterThan(rounds);
  }, 120_000);

  it('keeps every account that was acknowledged, and no half of another', async () => {
    const rows = await query(at.SITE_DATABASE_URL, 'SELECT email FROM auth.users');
    const emails = rows.map(({ email }) => email as string);
    expect(new Set(emails).size).toBe(emails.length);
    expect(signedUp.filter((email) => !emails.includes(email))).toEqual([]);
    const halves = `SELECT u.email FROM auth.users u
                    WHERE NOT EXISTS (SELECT FROM auth.user_emails e WHERE e.user_id = u.id AND e.email = u.email)
                       OR (SELECT count(*) FROM auth.identities i WHERE i.user_id = u.id) <> 1
                    UNION ALL
                    SELECT e.email FROM auth.user_emails e WHERE NOT EXISTS (SELECT FROM auth.users u WHERE u.id = e.user_id)`;
    expect(await query(at.SITE_DATABASE_URL, halves)).toEqual([]);
  });

  it('lets those who heard nothing ask again', async () => {
    for (const email of unanswered) {
      const again = await signUp(email);
      if (again.status !== 200) expect(again.body.error_code).toBe('user_already_exists'); // it had been made
      const signedIn = await auth('POST', '/token?grant_type=password', { email, password });
      expect(signedIn.status, signedIn.text).toBe(200);
    }
  }, 60_000);

  it('keeps every session and every change', async () => {
    for (const member of members) {
      const next = await refresh(member.refreshToken);
      expect(next.status, next.text).toBe(200);
      expect(next.body.user.user_metadata.count ?? 0, member.email).toBeGreaterThanOrEqual(member.count);
    }
    const sessions = await query(at.SITE_DATABASE_URL, "SELECT count(*)::int AS n FROM auth.sessions s JOIN auth.users u ON u.id = s.user_id WHERE u.email LIKE 'member-%'");
    expect(sessions[0]!.n).toBe(members.length);
  });
});
