import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Collector, type Span } from '../support/collector';
import { query } from '../support/database';
import { addresses, call, signUp, until, type Person } from '../support/http';
import { root } from '../support/instance';
import { enroll, quizOf, sampleCourse, sampleSlug, startAttempt, type SampleCourse } from '../support/learner';
import { openPage } from '../support/page';
import { Processes } from './processes';

const collector = new Collector();
// Only what a test marks as sampled is traced.
const processes = new Processes(() => ({ TT_TRACING_OTLP_ENDPOINT: collector.url, TT_TRACING_SAMPLE_RATIO: '0' }));
let learner: Person;
let course: SampleCourse;

const academy = (route: string, token?: string) => call('GET', addresses().ACADEMY_URL + route, { token });
const outline = () => academy(`/api/v1/courses/${sampleSlug}/outline`, learner.token);

beforeAll(async () => {
  await collector.listen();
  await processes.startAll();
  learner = await signUp('Grace Hopper');
  course = await sampleCourse();
});

afterAll(async () => {
  await processes.endAll();
  await collector.close();
});

describe('nine processes behave as one', () => {
  it('shows the catalogue to anybody', async () => {
    const list = await academy('/api/v1/courses');
    expect(list.status, list.text).toBe(200);
    expect(list.body.items.map((item: any) => item.slug)).toContain(sampleSlug);
  });

  it('enrols once, however often it is asked', async () => {
    expect((await enroll(learner.token, course.id)).status).toBe(201);
    expect((await enroll(learner.token, course.id)).status).toBe(200);
  });

  it('asks progress for the outline, and courses for the quiz', async () => {
    const page = await outline();
    expect(page.status, page.text).toBe(200);
    expect(page.body.progress.lessons_completed).toBe(0);
    const quiz = course.lessons.find((lesson) => lesson.kind === 'quiz')!;
    const attempt = await startAttempt(learner.token, (await quizOf(quiz.id, learner.token)).id);
    expect(attempt.status, attempt.text).toBe(201);
    expect(attempt.body.items.length).toBeGreaterThan(0);
  });

  it('changes a profile on the site, which the academy hears of', async () => {
    const { SITE_URL, ACADEMY_URL, ACADEMY_DATABASE_URL } = addresses();
    const body = { display_name: 'Rear Admiral Hopper' };
    expect((await call('PATCH', `${SITE_URL}/api/v1/profile`, { token: learner.token, body })).status).toBe(200);
    const shown = await call('GET', `${ACADEMY_URL}/api/v1/profile`, { token: learner.token });
    expect(shown.body.display_name).toBe(body.display_name);
    const mirrored = () => query(ACADEMY_DATABASE_URL, 'SELECT display_name FROM academy.learners WHERE user_id = $1', [learner.id]);
    await until(async () => (await mirrored())[0]?.display_name === body.display_name);
  });

  it('reads posts and courses through the data API', async () => {
    const { SITE_URL, ACADEMY_URL, ANON_KEY } = addresses();
    for (const url of [`${SITE_URL}/rest/v1/blog_posts?select=slug`, `${ACADEMY_URL}/rest/v1/courses?select=slug`]) {
      const rows = await call('GET', url, { headers: { apikey: ANON_KEY } });
      expect(rows.status, rows.text).toBe(200);
      expect(rows.body.length).toBeGreaterThan(0);
    }
  });

  it('serves pages, feeds and media', async () => {
    const { SITE_URL } = addresses();
    for (const page of ['/', '/blog', '/u/some-token', '/feed.xml', '/sitemap.xml']) {
      expect((await openPage(SITE_URL + page)).status, page).toBe(200);
    }
    expect((await openPage(`${SITE_URL}/no-such-page`)).status).toBe(404);
    expect((await openPage(`${addresses().ACADEMY_URL}/courses/${sampleSlug}`)).text).toContain('property="og:title"');
    const film = course.lessons.find((lesson) => lesson.kind === 'video')!;
    const lesson = await academy(`/api/v1/lessons/${film.id}`, learner.token);
    const source = lesson.body.blocks.find((block: any) => block.kind === 'video').video.sources[0].url;
    const media = await fetch(new URL(source, addresses().ACADEMY_URL), { headers: { range: 'bytes=0-1023' } });
    expect(media.status).toBe(206);
    expect((await media.arrayBuffer()).byteLength).toBe(1024);
    const rest = await fetch(new URL(source, addresses().ACADEMY_URL), { headers: { range: 'bytes=1024-' } });
    expect(rest.status).toBe(206);
    expect(rest.headers.get('content-range')).toMatch(/^bytes 1024-/);
  });
});

describe('a trace', () => {
  const traced = (id: string) => ({ traceparent: `00-${id}-00f067aa0ba902b7-01` });
  /** The spans above one, itself first. */
  const ancestry = (spans: Span[], span: Span | undefined): Span[] =>
    span ? [span, ...ancestry(spans, spans.find((other) => other.spanId === span.parentSpanId))] : [];
  const asked = (id: string, is: (span: Span) => boolean) => until(async () => collector.of(id).find(is), 20_000);

  it('leads from the gateway over two services to the database', async () => {
    const id = '4bf92f3577b34da6a3ce929d0e0e4736';
    const url = `${addresses().ACADEMY_URL}/api/v1/courses/${sampleSlug}/outline`;
    expect((await call('GET', url, { token: learner.token, headers: traced(id) })).status).toBe(200);
    const isQuery = ({ service, kind, name }: Span) => service === 'progress-service' && kind === 3 && !/^(GET|POST|COMMIT)$/.test(name);
    await asked(id, isQuery);
    await asked(id, (span) => span.parentSpanId === '00f067aa0ba902b7');
    await asked(id, ({ service, kind }) => service === 'course-service' && kind === 2);
    const path = ancestry(collector.of(id), collector.of(id).find(isQuery)).map(({ service, kind }) => `${service} ${kind}`);
    expect(path).toEqual([
      'progress-service 3', 'progress-service 2', 'course-service 3', 'course-service 2', 'academy-gateway 3', 'academy-gateway 2',
    ]);
    expect(collector.of(id).map(({ name }) => name)).toContain('GET /api/v1/courses/{slug}/outline');
  });

  it('goes on where an event arrives in the other half, and names nobody', async () => {
    const id = '4bf92f3577b34da6a3ce929d0e0e4737';
    const body = { display_name: 'Amazing Grace' };
    const changed = await call('PATCH', `${addresses().SITE_URL}/api/v1/profile`, { token: learner.token, body, headers: traced(id) });
    expect(changed.status, changed.text).toBe(200);
    const consumed = await asked(id, ({ service, kind }) => service === 'course-service' && kind === 5);
    expect(consumed.name).toMatch(/^process /);
    const sender = await asked(id, ({ kind }) => kind === 4);
    expect(sender.service).toBe('user-service');
    for (const secret of [learner.email, learner.id, learner.token, 'Grace', sampleSlug]) expect(collector.received).not.toContain(secret);
  });
});

describe('the edge', () => {
  it('refuses a forged token itself', async () => {
    const forged = `${learner.token.slice(0, -8)}AAAAAAAA`;
    expect((await academy('/api/v1/me/enrollments', forged)).status).toBe(401);
  });

  it('has no way to what services tell only each other', async () => {
    const token = addresses().SERVICE_ROLE_KEY;
    for (const route of ['answer-keys', 'course-progress', 'question-revisions']) {
      const asked = await call('POST', `${addresses().ACADEMY_URL}/internal/v1/${route}`, { token, body: {} });
      expect([404, 405], route).toContain(asked.status);
    }
  });

  it('forwards every documented route', async () => {
    // 405 with what is allowed: the route is known. 403: its service looks at the caller's role first.
    const { token } = await signUp('Katherine Johnson'); // somebody who may lose the account
    for (const { path: route, methods } of documentedRoutes()) {
      const origin = siteOnly(route) ? addresses().SITE_URL : addresses().ACADEMY_URL;
      const other = ['DELETE', 'PATCH', 'PUT', 'POST'].find((method) => !methods.includes(method));
      if (!other) continue;
      const answer = await call(other, origin + route, { token });
      if (answer.status === 403 && answer.body.code === 'role_required') continue;
      expect(answer.status, route).toBe(405);
      for (const method of methods) expect(answer.headers.get('allow'), route).toContain(method);
    }
  });
});

describe('progress-service is killed', () => {
  it('takes only what needs it away, and comes back', async () => {
    await processes.end('progress', 'SIGKILL');
    expect((await academy('/api/v1/courses')).status).toBe(200);
    const away = await outline();
    expect(away.status, away.text).toBe(503);
    expect(Number(away.headers.get('retry-after'))).toBeGreaterThan(0);
    const certificates = await academy('/api/v1/me/certificates', learner.token);
    expect(certificates.status).toBe(503);
    expect(certificates.headers.get('retry-after')).not.toBeNull();

    await processes.start('progress');
    const back = await outline();
    expect(back.status, back.text).toBe(200);
    expect((await academy('/api/v1/me/certificates', learner.token)).status).toBe(200);
  });

  it('lets signed-in people learn while auth is away', async () => {
    await processes.end('auth', 'SIGKILL');
    expect((await outline()).status).toBe(200);
    const late = await call('POST', `${addresses().SITE_URL}/auth/v1/token?grant_type=refresh_token`, { body: { refresh_token: learner.refreshToken } });
    expect(late.status).toBe(503);
    await processes.start('auth');
    expect((await call('GET', `${addresses().SITE_URL}/auth/v1/user`, { token: learner.token })).status).toBe(200);
  });

  it('ends every process cleanly', async () => {
    expect(new Set(await processes.endAll())).toEqual(new Set([0]));
  });
});

interface DocumentedRoute {
  path: string;
  methods: string[];
}

/** The paths of docs/api/openapi.yaml with an id in place of each parameter, and what may be asked of each. */
function documentedRoutes(): DocumentedRoute[] {
  const patterns: DocumentedRoute[] = [];
  for (const line of readFileSync(path.join(root, 'docs/api/openapi.yaml'), 'utf8').split('\n')) {
    const route = /^ {2}"?(\/[^":]+)"?:$/.exec(line)?.[1];
    if (route) patterns.push({ path: route, methods: [] });
    const method = /^ {4}"?(get|post|put|patch|delete)"?:$/.exec(line)?.[1];
    if (method) patterns.at(-1)!.methods.push(method.toUpperCase());
  }
  return patterns.map(({ path: own }) => {
    // A path without parameters may fit a pattern with one as well (…/current and …/{id}): both answer it.
    const fits = (pattern: string) => new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll(/\{[^}]+\}/g, '[^/]+')}$`).test(own);
    const methods = patterns.filter((other) => fits(other.path)).flatMap((other) => other.methods);
    return { path: own.replaceAll(/\{[^}]+\}/g, course.id), methods };
  });
}

const siteOnly = (route: string) => /^\/api\/v1\/(posts|tags|newsletter|contact|quiz-|me\/quiz-results|quizzes\/[^/]+(\/sessions)?$)/.test(route) || route.startsWith('/u/');
