import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { addresses, call, signUp, type Answer, type Person } from '../support/http';
import { inAcademy } from '../support/database';
import { enroll, report, progressEvent, sampleCourse, sampleSlug, type SampleCourse } from '../support/learner';
import { atOnce, everythingIn, scenarios, tally } from '../support/scenario';

const academy = (method: string, path: string, token?: string, body?: unknown): Promise<Answer> =>
  call(method, `${addresses().ACADEMY_URL}${path}`, { token, body });
const list = (search: string) => academy('GET', `/api/v1/courses${search}`);
const slugsOf = (answer: Answer) => answer.body.items.map((course: any) => course.slug);

interface NewCourse {
  slug: string;
  title?: string;
  level?: string;
  language?: string;
  status?: string;
  visibility?: string;
  mode?: string;
  closesAt?: string;
  price?: number;
}

/** A course in a state that nothing of this issue can make through the API. */
async function createCourse(course: NewCourse): Promise<string> {
  const rows = await inAcademy<{ id: string }>(
    `INSERT INTO public.courses (slug, title, level, language, status, visibility, enrollment_mode, enroll_closes_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id`,
    [course.slug, course.title ?? course.slug, course.level ?? 'all', course.language ?? 'en', course.status ?? 'published',
      course.visibility ?? 'public', course.mode ?? 'open', course.closesAt ?? null],
  );
  const { id } = rows[0]!;
  await inAcademy(
    `INSERT INTO academy.course_search (course_id, config, title, summary, body) VALUES ($1, 'english', $2, '', '')`,
    [id, course.title ?? course.slug],
  );
  if (course.price !== undefined) {
    await inAcademy(
      `INSERT INTO academy.course_prices (id, course_id, currency, amount_minor, valid_from) VALUES (gen_random_uuid(), $1, 'EUR', $2, now() - interval '1 day')`,
      [id, course.price],
    );
  }
  return id;
}

describe('catalogue', () => {
  const mark = `cat${Date.now()}`;
  // Other files, and the next run, count on a catalogue without these.
  afterAll(() => inAcademy(`UPDATE public.courses SET status = 'archived' WHERE slug LIKE $1`, [`${mark}%`]));

  beforeAll(async () => {
    await createCourse({ slug: `${mark}-a`, title: `Zeppelin flying ${mark}`, level: 'beginner', language: 'de' });
    await createCourse({ slug: `${mark}-b`, title: `Zeppelin repair ${mark}`, level: 'advanced', language: 'en', mode: 'paid', price: 4900 });
    await createCourse({ slug: `${mark}-c`, title: `Submarines ${mark}`, level: 'advanced', language: 'de' });
    await createCourse({ slug: `${mark}-draft`, title: `Zeppelin draft ${mark}`, status: 'draft' });
    await createCourse({ slug: `${mark}-private`, title: `Zeppelin private ${mark}`, visibility: 'private' });
    await createCourse({ slug: `${mark}-unlisted`, title: `Zeppelin unlisted ${mark}`, visibility: 'unlisted' });
  });

  it('finds words, forgives a typing error, and shows nothing unpublished', async () => {
    expect(slugsOf(await list('?q=zeppelin&sort=title'))).toEqual([`${mark}-a`, `${mark}-b`]);
    expect(slugsOf(await list('?q=zepelin')).sort()).toEqual([`${mark}-a`, `${mark}-b`]);
    expect(slugsOf(await list(`?q=${encodeURIComponent("zeppelin' OR 1=1 --")}`)).length).toBeLessThan(3);
    expect((await list('?q=qqqqqqqqqq')).body).toMatchObject({ items: [], total: 0, next_cursor: null });
    expect(slugsOf(await list('?q=growth+marketing'))).toContain(sampleSlug);
  });

  it('filters, and says how many each filter would leave', async () => {
    expect(slugsOf(await list(`?q=${mark}&level=advanced&sort=title`))).toEqual([`${mark}-c`, `${mark}-b`]);
    expect(slugsOf(await list(`?q=${mark}&level=advanced&language=de`))).toEqual([`${mark}-c`]);
    expect(slugsOf(await list(`?q=${mark}&price=paid`))).toEqual([`${mark}-b`]);
    expect(slugsOf(await list(`?q=${mark}&price=free&sort=title`))).toEqual([`${mark}-c`, `${mark}-a`]);
    expect(slugsOf(await list(`?q=${mark}&level=advanced&level=beginner&sort=title`)).length).toBe(3);
    const { facets, total } = (await list(`?q=${mark}`)).body;
    expect(total).toBe(3);
    const counts = (facet: string) => Object.fromEntries(facets[facet].map(({ value, count }: any) => [value, count]));
    expect(counts('level')).toMatchObject({ advanced: 2, beginner: 1 });
    expect(counts('language')).toMatchObject({ de: 2, en: 1 });
    expect(counts('price')).toMatchObject({ free: 2, paid: 1 });
  });

  it('shows the price exactly', async () => {
    const [paid] = (await list(`?q=${mark}&price=paid`)).body.items;
    expect(paid).toMatchObject({ price: { amount_minor: 4900, currency: 'EUR' }, enrollment_mode: 'paid' });
  });

  it.each(['title', 'newest', 'relevance'])('pages through all by %s without gaps or repeats', async (sort) => {
    const whole = slugsOf(await list(`?sort=${sort}&q=${mark}`));
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await list(`?sort=${sort}&q=${mark}&limit=1${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
      seen.push(...slugsOf(page));
      cursor = page.body.next_cursor ?? '';
    } while (cursor && seen.length < 20);
    expect(seen).toEqual(whole);
  });

  scenarios([
    ['limit 0', () => list('?limit=0'), 400, 'validation_failed'],
    ['limit 101', () => list('?limit=101'), 400, 'validation_failed'],
    ['limit in words', () => list('?limit=ten'), 400, 'validation_failed'],
    ['an unknown level', () => list('?level=wizard'), 400, 'validation_failed'],
    ['an unknown sort', () => list('?sort=random'), 400, 'validation_failed'],
    ['a foreign cursor', () => list('?cursor=zz'), 400, 'invalid_cursor'],
    ['an endless query', () => list(`?q=${'x'.repeat(300)}`), 400, 'validation_failed'],
    ['not UTF-8', () => list('?q=%FF'), 400],
    ['a zero byte', () => list('?q=%00'), 400],
    ['an unknown course', () => academy('GET', '/api/v1/courses/nope'), 404, 'course_not_found'],
    ['a draft', () => academy('GET', `/api/v1/courses/${mark}-draft`), 404, 'course_not_found'],
    ['a private course', () => academy('GET', `/api/v1/courses/${mark}-private`), 404, 'course_not_found'],
  ]);
});

describe('enrollment', () => {
  const mark = `enr${Date.now()}`;
  let person: Person;
  let course: SampleCourse;
  const special: Record<string, string> = {};

  beforeAll(async () => {
    [person, course] = [await signUp(), await sampleCourse()];
    special.closed = await createCourse({ slug: `${mark}-closed`, mode: 'closed' });
    special.invite = await createCourse({ slug: `${mark}-invite`, mode: 'invite' });
    special.late = await createCourse({ slug: `${mark}-late`, closesAt: '2020-01-01T00:00:00Z' });
    special.paid = await createCourse({ slug: `${mark}-paid`, mode: 'paid', price: 100 });
    special.draft = await createCourse({ slug: `${mark}-draft`, status: 'draft' });
    special.private = await createCourse({ slug: `${mark}-private`, visibility: 'private' });
  });

  // The function and the product's own route: the same rules, each with its body and the shape of its errors.
  const ways: [string, (id: unknown, token?: string) => Promise<Answer>][] = [
    ['/functions/v1/enroll', (id, token) => academy('POST', '/functions/v1/enroll', token, { courseId: id })],
    ['/enroll', (id, token) => academy('POST', '/enroll', token, { courseId: id })],
    ['/api/v1/enrollments', (id, token) => academy('POST', '/api/v1/enrollments', token, { course_id: id })],
  ];
  describe.each(ways)('%s', (_path, ask) => {
    scenarios([
      ['without a token', () => ask(course.id), 401, 'unauthenticated'],
      ['with the anon key', () => ask(course.id, addresses().ANON_KEY), 401, 'unauthenticated'],
      ['with a broken token', () => ask(course.id, 'x.y.z'), 401, 'bad_jwt'],
      ['no id', () => ask('nope', person.token), 400, 'validation_failed'],
      ['a number', () => ask(7, person.token), 400, 'validation_failed'],
      ['nothing', () => ask(undefined, person.token), 400, 'validation_failed'],
      ['unknown', () => ask(crypto.randomUUID(), person.token), 404, 'course_not_found'],
      ['a draft', () => ask(special.draft, person.token), 404, 'course_not_found'],
      ['private', () => ask(special.private, person.token), 404, 'course_not_found'],
      ['closed', () => ask(special.closed, person.token), 409, 'course_not_open'],
      ['by invitation', () => ask(special.invite, person.token), 409, 'course_not_open'],
      ['too late', () => ask(special.late, person.token), 409, 'course_not_open'],
      ['paid', () => ask(special.paid, person.token), 402, 'payment_required'],
    ]);

    it('201 the first time, then 200 with the same row', async () => {
      const fresh = await signUp();
      const first = await ask(course.id, fresh.token);
      const again = await ask(course.id, fresh.token);
      expect([first.status, again.status]).toEqual([201, 200]);
      expect(again.body).toEqual(first.body);
    });

    it('makes one row of sixteen at once', async () => {
      const fresh = await signUp();
      const answers = await atOnce(16, () => ask(course.id, fresh.token));
      expect(tally(answers)).toEqual({ 200: 15, 201: 1 });
      expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
      expect((await inAcademy('SELECT 1 FROM enrollments WHERE user_id = $1', [fresh.id])).length).toBe(1);
    });
  });

  scenarios([
    ['not JSON', () => academy('POST', '/functions/v1/enroll', person.token, '{'), 400, 'malformed_json'],
    ['a member too many', () => academy('POST', '/functions/v1/enroll', person.token, { courseId: course.id, price: 0 }), 400, 'validation_failed'],
    ['a member twice', () => academy('POST', '/functions/v1/enroll', person.token, `{"courseId":"${course.id}","courseId":"${course.id}"}`), 400],
  ]);

  it('refused sign-ups left nothing behind', async () => {
    expect(await inAcademy('SELECT 1 FROM enrollments WHERE user_id = $1', [person.id])).toEqual([]);
  });

  it('shows in my courses and on the course page', async () => {
    const fresh = await signUp();
    const { body: enrollment } = await enroll(fresh.token, course.id);
    const mine = await academy('GET', '/api/v1/me/enrollments', fresh.token);
    expect(mine.body.items).toMatchObject([{ enrollment: { id: enrollment.id }, course: { slug: sampleSlug }, progress: { lessons_required: 9, lessons_completed: 0 } }]);
    const page = await academy('GET', `/api/v1/courses/${sampleSlug}`, fresh.token);
    expect(page.body.my_enrollment.id).toBe(enrollment.id);
    expect((await academy('GET', `/api/v1/courses/${sampleSlug}`)).body.my_enrollment).toBeNull();
  });
});

describe('lessons and outline', () => {
  let learner: Person;
  let stranger: Person;
  let course: SampleCourse;

  beforeAll(async () => {
    [learner, stranger, course] = [await signUp(), await signUp(), await sampleCourse()];
    await enroll(learner.token, course.id);
  });
  const lesson = (index: number, token?: string) => academy('GET', `/api/v1/lessons/${course.lessons[index]!.id}`, token);
  const outline = (token?: string) => academy('GET', `/api/v1/courses/${sampleSlug}/outline`, token);

  scenarios([
    ['a preview without a token', () => lesson(0), 200],
    ['a preview to a stranger', () => lesson(0, stranger.token), 200],
    ['another lesson without a token', () => lesson(1), 401, 'unauthenticated'],
    ['another lesson to a stranger', () => lesson(1, stranger.token), 403, 'not_enrolled'],
    ['to the learner', () => lesson(1, learner.token), 200],
    ['unknown', () => academy('GET', `/api/v1/lessons/${crypto.randomUUID()}`, learner.token), 404, 'lesson_not_found'],
    ['no id', () => academy('GET', '/api/v1/lessons/nope', learner.token), 404, 'lesson_not_found'],
    ['the outline without a token', () => outline(), 401, 'unauthenticated'],
    ['the outline to a stranger', () => outline(stranger.token), 403, 'not_enrolled'],
    ['the outline to the learner', () => outline(learner.token), 200],
    ['the outline of nothing', () => academy('GET', '/api/v1/courses/nope/outline', learner.token), 404, 'course_not_found'],
    ['my courses without a token', () => academy('GET', '/api/v1/me/enrollments'), 401, 'unauthenticated'],
  ]);

  it('carries what the player needs, and no answer', async () => {
    const film = (await lesson(0)).body;
    const video = film.blocks.find((block: any) => block.kind === 'video').video;
    expect(video.captions.map((track: any) => track.language)).toContain('en');
    for (const path of [video.sources[0].url, video.captions[0].url]) {
      const media = await call('GET', `${addresses().ACADEMY_URL}${path}`, { headers: { range: 'bytes=0-99' } });
      expect([media.status, media.headers.get('content-range')?.split('/')[0]]).toEqual([206, 'bytes 0-99']);
      expect((await call('GET', `${addresses().ACADEMY_URL}${path.replace(/sig=..../, 'sig=0000')}`)).status).toBeGreaterThanOrEqual(400);
      expect((await call('GET', `${addresses().ACADEMY_URL}${path.split('?')[0]}`)).status).toBeGreaterThanOrEqual(400);
    }
    for (let index = 0; index < course.lessons.length; ++index) {
      const found = everythingIn((await lesson(index, learner.token)).body).filter(({ path }) => /answer_key|correct|feedback|explanation/.test(path));
      expect(found).toEqual([]);
    }
  });

  it('leads from lesson to lesson in the order of the outline', async () => {
    const modules = (await outline(learner.token)).body.modules;
    const order = modules.flatMap((module: any) => module.lessons.map((entry: any) => entry.id));
    expect(order).toEqual(course.lessons.map((entry) => entry.id));
    const third = (await lesson(2, learner.token)).body;
    expect([third.prev_lesson_id, third.next_lesson_id]).toEqual([order[1], order[3]]);
  });

  it('ticks when a lesson is done, and resumes at the next', async () => {
    await report(learner.token, [progressEvent('lesson.opened', course.id, course.lessons[1]!.id)]);
    const { body } = await outline(learner.token);
    const states = body.modules.flatMap((module: any) => module.lessons.map((entry: any) => entry.state));
    expect(states[1]).toBe('completed');
    expect(states.filter((state: string) => state === 'not_started').length).toBe(8);
    expect(body.progress).toMatchObject({ lessons_completed: 1, lessons_required: 9, completion_ppm: 111_111 });
    expect(body.resume_lesson_id).not.toBe(course.lessons[1]!.id);
  });
});
