import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';

import { addresses } from '../support/http';
import { inAcademy } from '../support/database';
import { sampleCourse } from '../support/learner';

const run = promisify(execFile);

/** Runs a command line as a newcomer types it, with `./tt env` loaded, and returns the JSON it prints and the status. */
async function shell(command: string, more: Record<string, string> = {}): Promise<{ status: number; body: any }> {
  const env = { ...process.env, ...addresses(), ...more };
  const { stdout } = await run('bash', ['-c', `${command} -sS -w '\\n%{http_code}'`], { env, maxBuffer: 16 << 20 });
  const split = stdout.lastIndexOf('\n');
  return { status: Number(stdout.slice(split + 1)), body: JSON.parse(stdout.slice(0, split)) };
}

// The commands of the original specification, letter by letter.
describe('the four commands of the specification', () => {
  let courseId: string;
  let token: string;

  beforeAll(async () => {
    courseId = (await sampleCourse()).id;
  });

  it('reads published posts', async () => {
    const posts = await shell('curl "$SITE_URL/rest/v1/blog_posts?select=*" -H "apikey: $ANON_KEY"');
    expect(posts.status).toBe(200);
    expect(posts.body.length).toBeGreaterThanOrEqual(5);
    expect(new Set(posts.body.map((post: any) => post.status))).toEqual(new Set(['published']));
    const withoutKey = await shell('curl "$SITE_URL/rest/v1/blog_posts?select=*"');
    expect(withoutKey).toEqual(posts);
  });

  it('signs up, and is signed in', async () => {
    const signedUp = await shell(
      `curl -X POST "$SITE_URL/auth/v1/signup" -H "apikey: $ANON_KEY" -H "Content-Type: application/json" -d '{"email":"test-${Date.now()}@example.com","password":"securepassword"}'`,
    );
    expect(signedUp.status).toBe(200);
    expect(signedUp.body).toMatchObject({ token_type: 'bearer', expires_in: 900, user: { aud: 'authenticated', role: 'authenticated' } });
    token = signedUp.body.access_token;
  });

  it('reads published courses only', async () => {
    const draft = `draft-${Date.now()}`;
    await inAcademy(`INSERT INTO public.courses (slug, title) VALUES ($1, 'A draft')`, [draft]);
    const courses = await shell('curl "$ACADEMY_URL/rest/v1/courses?select=*"');
    expect(courses.status).toBe(200);
    expect(courses.body.map((course: any) => course.slug)).toContain('growth-marketing-foundations');
    expect(courses.body.map((course: any) => course.slug)).not.toContain(draft);
  });

  it('enrolls with the same token on the other backend, and once', async () => {
    const command = (path: string) =>
      `curl -X POST "$ACADEMY_URL${path}" -H "Authorization: Bearer $USER_JWT" -H "Content-Type: application/json" -d '{"courseId":"${courseId}"}'`;
    const first = await shell(command('/functions/v1/enroll'), { USER_JWT: token });
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({ course_id: courseId, status: 'active' });
    const atRoot = await shell(command('/enroll'), { USER_JWT: token });
    expect(atRoot.status).toBe(200);
    expect(atRoot.body).toEqual(first.body);
  });
});
