import { beforeAll, describe, expect, it } from 'vitest';

import { addresses, call, signUp, until, type Answer, type Call, type Person } from '../support/http';
import { inAcademy, inSite } from '../support/database';
import { enroll, sampleCourse, sampleSlug } from '../support/learner';
import { scenarios } from '../support/scenario';

const site = (path: string, options: Call & { method?: string } = {}): Promise<Answer> =>
  call(options.method ?? 'GET', `${addresses().SITE_URL}/rest/v1${path}`, options);
const academy = (path: string, options: Call & { method?: string } = {}): Promise<Answer> =>
  call(options.method ?? 'GET', `${addresses().ACADEMY_URL}/rest/v1${path}`, options);
const prefer = (value: string) => ({ headers: { prefer: value } });
const singular = { headers: { accept: 'application/vnd.pgrst.object+json' } };

describe('reading', () => {
  it.each([
    ['eq', '?slug=eq.first-week', ['first-week']],
    ['in', '?slug=in.(first-week,small-experiments)&order=slug', ['first-week', 'small-experiments']],
    ['like', '?slug=like.*week', ['first-week']],
    ['ilike', '?title=ilike.*FIRST*', ['first-week']],
    ['not', '?slug=not.eq.first-week&order=slug&limit=1', ['choose-one-number']],
    ['or', '?or=(slug.eq.first-week,slug.eq.small-experiments)&order=slug', ['first-week', 'small-experiments']],
    ['array contains', '?tags=cs.{retention}', ['first-week']],
    ['is null', '?published_at=is.null', []],
    ['order and limit', '?order=published_at.desc&limit=2', ['choose-one-number', 'interviews-that-change-the-plan']],
    ['offset', '?order=published_at.desc&limit=1&offset=1', ['interviews-that-change-the-plan']],
  ])('%s', async (_name, search, slugs) => {
    const answer = await site(`/blog_posts${search}&select=slug`);
    expect(answer.status, answer.text).toBe(200);
    expect(answer.body.map((post: any) => post.slug)).toEqual(slugs);
  });

  it('counts exactly and says which part this is', async () => {
    const whole = await site('/blog_posts?select=slug', prefer('count=exact'));
    const total = whole.body.length;
    expect([whole.status, whole.headers.get('content-range')]).toEqual([200, `0-${total - 1}/${total}`]);
    const part = await site('/blog_posts?select=slug&limit=2', prefer('count=exact'));
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `0-1/${total}`]);
    expect(part.headers.get('preference-applied')).toBe('count=exact');
    const head = await site('/blog_posts?select=slug', { method: 'HEAD', ...prefer('count=exact') });
    expect([head.text, head.headers.get('content-range')]).toEqual(['', `0-${total - 1}/${total}`]);
    const ranged = await site('/blog_posts?select=slug', { headers: { range: '1-2' } });
    expect([ranged.body.length, ranged.headers.get('content-range')]).toEqual([2, '1-2/*']);
  });

  it('renames, casts and embeds', async () => {
    const { body } = await academy(`/courses?select=name:title,pass_percent::text,modules(title,lessons(slug))&slug=eq.${sampleSlug}`, singular);
    expect(body.name).toBe('Growth Marketing Foundations');
    expect(typeof body.pass_percent).toBe('string');
    expect(body.modules.length).toBe(3);
    expect(body.modules.flatMap((module: any) => module.lessons).length).toBe(9);
    const upwards = await academy('/lessons?select=slug,courses(slug)&limit=1');
    expect(upwards.body[0].courses).toEqual({ slug: sampleSlug });
  });

  it('answers one object where one is asked for', async () => {
    const one = await site('/blog_posts?slug=eq.first-week&select=slug', singular);
    expect([one.status, one.body]).toEqual([200, { slug: 'first-week' }]);
    expect(one.headers.get('content-type')).toContain('application/vnd.pgrst.object+json');
  });

  scenarios([
    ['an unknown table', () => site('/nope'), 404, 'PGRST205'],
    ['an unknown column', () => site('/blog_posts?select=nope'), 400, '42703'],
    ['an unknown column to filter by', () => site('/blog_posts?nope=eq.1'), 400, '42703'],
    ['an unreadable select', () => site('/blog_posts?select=slug,(('), 400, 'PGRST100'],
    ['an unreadable filter', () => site('/blog_posts?slug=zz.1'), 400, 'PGRST100'],
    ['an unreadable order', () => site('/blog_posts?order=slug.sideways'), 400, 'PGRST100'],
    ['no row where one is asked for', () => site('/blog_posts?slug=eq.nope', singular), 406, 'PGRST116'],
    ['many rows where one is asked for', () => site('/blog_posts', singular), 406, 'PGRST116'],
    ['an offset behind the end', () => site('/blog_posts?offset=1000', prefer('count=exact')), 416, 'PGRST103'],
    ['no such relationship', () => academy('/courses?select=slug,users(*)'), 400, 'PGRST200'],
    ['not a uuid', () => site('/blog_posts?id=eq.x'), 400, '22P02'],
    ['not UTF-8', () => site('/blog_posts?slug=eq.%FF'), 400],
    ['a token that is none', () => site('/blog_posts', { token: 'junk' }), 401, 'PGRST301'],
    ['all rows at once', () => site('/blog_posts', { method: 'DELETE' }), 400, '21000'],
    ['rows that are not theirs to delete', () => site('/blog_posts?slug=eq.first-week', { method: 'DELETE' }), 401, '42501'],
    ['a function that is not there', () => site('/rpc/nothing'), 404, 'PGRST202'],
    ['SQL in a value', () => site(`/blog_posts?slug=eq.${encodeURIComponent("x'; DROP TABLE blog_posts; --")}`), 200],
    ['SQL in a column', () => site(`/blog_posts?select=${encodeURIComponent('slug"; SELECT 1; --')}`), 400],
  ]);
});

describe('what a stranger cannot see', () => {
  let person: Person;
  let other: Person;

  beforeAll(async () => {
    [person, other] = [await signUp(), await signUp()];
    await enroll(other.token, (await sampleCourse()).id);
    await inSite(`INSERT INTO public.blog_posts (slug, title, content, status) VALUES ('hidden-' || $1, 'Hidden', 'x', 'draft')`, [Date.now()]);
    await inAcademy(`INSERT INTO public.courses (slug, title, status, visibility) VALUES ('secret-' || $1, 'Secret', 'published', 'private')`, [Date.now()]);
  });

  it('drafts, unlisted courses and their lessons', async () => {
    for (const token of [undefined, person.token]) {
      const posts = await site('/blog_posts?select=status,slug', { token });
      expect(new Set(posts.body.map((post: any) => post.status))).toEqual(new Set(['published']));
      const courses = await academy('/courses?select=status,visibility', { token });
      expect(new Set(courses.body.map((course: any) => `${course.status} ${course.visibility}`))).toEqual(new Set(['published public']));
    }
  });

  it('questions and answer keys', async () => {
    for (const token of [undefined, person.token, other.token, addresses().ANON_KEY]) {
      expect((await academy('/quiz_questions?select=*', { token })).body).toEqual([]);
      expect((await academy('/quizzes', { token })).status).toBe(404);
      expect((await academy('/quiz_question_keys', { token })).status).toBe(404);
      expect((await academy('/academy_private.quiz_question_keys', { token })).status).toBe(404);
      const profile = await academy('/quiz_question_keys', { token, headers: { 'accept-profile': 'academy_private' } });
      expect([profile.status, profile.body.code]).toEqual([406, 'PGRST106']);
      const embedded = await academy('/lessons?select=slug,quiz_question_keys(*)', { token });
      expect(embedded.status).toBe(400);
    }
  });

  it('other people', async () => {
    for (const table of ['enrollments', 'quiz_attempts', 'certificates']) {
      expect((await academy(`/${table}?user_id=eq.${other.id}`, { token: person.token })).body).toEqual([]);
      expect((await academy(`/${table}`)).body).toEqual([]);
    }
    expect((await academy('/enrollments?select=user_id', { token: other.token })).body).toEqual([{ user_id: other.id }]);
    expect((await academy('/courses?select=slug,enrollments(user_id)', { token: person.token })).text).not.toContain(other.id);
    // The public face of an account follows its sign-up by an event.
    const people = await until(async () => {
      const { body } = await site('/users?select=id', { token: person.token });
      return body.length > 0 && body;
    });
    expect(people).toEqual([{ id: person.id }]);
    expect((await site('/profiles?select=user_id', { token: person.token })).body).toEqual([{ user_id: person.id }]);
  });

  scenarios([
    ['the accounts', () => site('/users'), 401, '42501'],
    ['the subscribers', () => site('/newsletter_subscribers'), 401, '42501'],
    ['the subscribers, signed in', () => site('/newsletter_subscribers', { token: person.token }), 403, '42501'],
    ['the contact messages', () => site('/contact_messages', { token: person.token }), 403, '42501'],
    ['the quiz results', () => site('/quiz_results'), 401, '42501'],
    ['the digest of a result token', () => site('/quiz_results?select=token_sha256', { token: person.token }), 403, '42501'],
    ['another schema', () => site('/signing_keys'), 404, 'PGRST205'],
  ]);

  it('the server sees everything with the service key', async () => {
    const { SERVICE_ROLE_KEY } = addresses();
    const enrollments = await academy(`/enrollments?user_id=eq.${other.id}`, { headers: { apikey: SERVICE_ROLE_KEY } });
    expect(enrollments.body.length).toBe(1);
    expect((await academy('/quiz_questions?limit=1', { token: SERVICE_ROLE_KEY })).body.length).toBe(1);
  });
});

describe('inserting', () => {
  const insert = (path: string, body: unknown, headers: Record<string, string> = {}, token?: string) =>
    site(path, { method: 'POST', body, headers, token });
  const message = { name: 'Ada', email: 'ada@example.com', message: 'Hello' };

  let person: Person;
  beforeAll(async () => {
    person = await signUp();
  });

  it('takes what anyone may send, one or many', async () => {
    const sent = await insert('/contact_messages', message);
    expect([sent.status, sent.text]).toEqual([201, '']);
    const mark = `many-${Date.now()}`;
    const many = await insert('/contact_messages', [1, 2, 3].map(() => ({ ...message, subject: mark })));
    expect(many.status).toBe(201);
    expect((await inSite('SELECT status FROM contact_messages WHERE subject = $1', [mark])).map((row) => row.status)).toEqual(['new', 'new', 'new']);
  });

  it('is all or nothing', async () => {
    const mark = `half-${Date.now()}`;
    const half = await insert('/contact_messages', [{ ...message, subject: mark }, { ...message, name: '', subject: mark }]);
    expect(half.status).toBe(400);
    expect(await inSite('SELECT 1 FROM contact_messages WHERE subject = $1', [mark])).toEqual([]);
  });

  it('returns what was written, as far as one may read it', async () => {
    const body = { user_id: person.id, answers: { customer: ['job'] }, email: 'ada@example.com' };
    const written = await insert('/quiz_results?select=quiz_slug,user_id,email,answers', body, { prefer: 'return=representation' }, person.token);
    expect([written.status, written.body]).toEqual([201, [{ quiz_slug: 'growth', ...body }]]);
    const secret = await insert('/quiz_results?select=token_sha256', body, { prefer: 'return=representation' }, person.token);
    expect([secret.status, secret.body.code]).toEqual([403, '42501']);
  });

  const enrollment = () => ({ user_id: person.id, course_id: crypto.randomUUID() });
  scenarios([
    ['a column that is the server’s', () => insert('/contact_messages', { ...message, status: 'closed' }), 401, '42501'],
    ['what cannot be read back', () => insert('/contact_messages', message, { prefer: 'return=representation' }), 401, '42501'],
    ['a broken rule', () => insert('/contact_messages', { ...message, name: '' }), 400, '23514'],
    ['a missing member', () => insert('/contact_messages', { name: 'Ada' }), 400, '23502'],
    ['an unknown column', () => insert('/contact_messages', { ...message, nope: 1 }), 400, 'PGRST204'],
    ['an address twice', () => insert('/newsletter_subscribers', [{ email: 'twice@example.com' }, { email: 'twice@example.com' }]), 409, '23505'],
    ['not JSON', () => insert('/contact_messages', '{bad'), 400, 'PGRST102'],
    ['a course', () => academy('/courses', { method: 'POST', body: { slug: 'x', title: 'x' } }), 401, '42501'],
    ['an enrollment past the service', () => academy('/enrollments', { method: 'POST', body: enrollment(), token: person.token }), 403, '42501'],
    ['a certificate', () => academy('/certificates', { method: 'POST', body: { user_id: person.id }, token: person.token }), 403, '42501'],
    ['an attempt', () => academy('/quiz_attempts', { method: 'POST', body: { user_id: person.id, score_points: 100 }, token: person.token }), 403, '42501'],
    ['a result of somebody else', () => insert('/quiz_results', { user_id: crypto.randomUUID(), answers: {} }, {}, person.token), 403, '42501'],
  ]);
});
