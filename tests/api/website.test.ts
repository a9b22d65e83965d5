import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, inject, it } from 'vitest';

import { addresses, call, signUp, until, type Answer, type Call } from '../support/http';
import { inSite } from '../support/database';
import { sampleSlug } from '../support/learner';
import { mailsTo, mailTo, type ReceivedMail } from '../support/mail';
import { openPage } from '../support/page';
import { atOnce, scenarios, tally } from '../support/scenario';

const site = (method: string, path: string, options: Call = {}): Promise<Answer> => call(method, `${addresses().SITE_URL}${path}`, options);
let next = 0;
const email = () => `web-${Date.now()}-${next++}@example.com`;

describe('blog', () => {
  const draft = `draft-${Date.now()}`;
  beforeAll(async () => {
    await inSite(`INSERT INTO blog_posts (slug, title, content, status, tags) VALUES ($1, 'A draft', 'x', 'draft', '{drafts}')`, [draft]);
  });

  it('lists posts newest first and pages through them', async () => {
    const whole = (await site('GET', '/api/v1/posts')).body.items;
    const times = whole.map((post: any) => post.published_at);
    expect(times).toEqual([...times].sort().reverse());
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Answer = await site('GET', `/api/v1/posts?limit=2${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
      seen.push(...page.body.items.map((post: any) => post.slug));
      cursor = page.body.next_cursor;
    }
    expect(seen).toEqual(whole.map((post: any) => post.slug));
  });

  it('shows a post as clean HTML and finds posts by tag', async () => {
    const { body } = await site('GET', '/api/v1/posts/first-week');
    expect(body).toMatchObject({ slug: 'first-week', title: 'The first week decides who stays' });
    expect(body.html).toMatch(/<p>/);
    expect((await site('GET', '/api/v1/posts?tag=retention')).body.items.map((post: any) => post.slug)).toEqual(['first-week']);
    expect((await site('GET', '/api/v1/tags')).body.items).toContainEqual({ tag: 'analytics', count: 2 });
  });

  it('never runs what a post contains', async () => {
    const slug = `hostile-${Date.now()}`;
    const content = '<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)> <iframe src="//evil"></iframe> **bold**';
    await inSite(`INSERT INTO blog_posts (slug, title, content, status, published_at) VALUES ($1, '<b>&"Title', $2, 'published', '2020-01-01')`, [slug, content]);
    const { html } = (await site('GET', `/api/v1/posts/${slug}`)).body;
    expect(html).not.toMatch(/<script|<iframe|<img[^>]*onerror|href="javascript:/i);
    expect(html).toContain('<strong>bold</strong>');
    const page = await openPage(`${addresses().SITE_URL}/blog/${slug}`);
    expect(page.status).toBe(200);
    expect(page.text).not.toContain('<b>&"Title');
    expect(page.text).toContain('&lt;b&gt;&amp;');
    expect((await site('GET', '/feed.xml')).text).toContain('&lt;b&gt;&amp;');
    await inSite(`UPDATE blog_posts SET status = 'archived' WHERE slug = $1`, [slug]);
  });

  it('hides drafts everywhere', async () => {
    const places = ['/api/v1/posts?limit=50', '/feed.xml', '/sitemap.xml', '/api/v1/tags', '/blog/tag/drafts/feed.xml'];
    for (const place of places) expect((await site('GET', place)).text).not.toMatch(new RegExp(`${draft}|"drafts"`));
  });

  it('has feeds, a sitemap and robots', async () => {
    const feed = await site('GET', '/feed.xml');
    expect(feed.headers.get('content-type')).toContain('application/rss+xml');
    expect(feed.text.match(/<item>/g)!.length).toBeGreaterThanOrEqual(5);
    expect((await site('GET', '/blog/tag/retention/feed.xml')).text.match(/<item>/g)).toHaveLength(1);
    expect((await site('GET', '/sitemap.xml')).text).toContain(`${addresses().SITE_URL}/blog/first-week`);
    expect((await site('GET', '/robots.txt')).text).toContain(`Sitemap: ${addresses().SITE_URL}/sitemap.xml`);
  });

  scenarios([
    ['an unknown post', () => site('GET', '/api/v1/posts/nope'), 404, 'post_not_found'],
    ['a draft', () => site('GET', `/api/v1/posts/${draft}`), 404, 'post_not_found'],
    ['limit 0', () => site('GET', '/api/v1/posts?limit=0'), 400, 'validation_failed'],
    ['a foreign cursor', () => site('GET', '/api/v1/posts?cursor=zz'), 400, 'cursor_invalid'],
    ['a tag nobody used', () => site('GET', '/api/v1/posts?tag=nope'), 200],
  ]);
});

describe('newsletter', () => {
  const subscribe = (address: string, more = {}) => site('POST', '/api/v1/newsletter/subscriptions', { body: { email: address, ...more } });
  const confirm = (token: string) => site('POST', '/api/v1/newsletter/confirmations', { body: { token } });
  const status = async (address: string) => (await inSite('SELECT status FROM newsletter_subscribers WHERE email = $1', [address]))[0]?.status;
  const tokensOf = (mail: ReceivedMail) => ({
    confirmation: /newsletter\/confirm\?token=([\w.~-]+)/.exec(mail.text)![1]!,
    goodbye: /\/u\/([\w.~-]+)/.exec(mail.text)![1]!,
  });

  it('asks by mail, counts only after the answer, and ends with one click', async () => {
    const address = email();
    const asked = await subscribe(address.toUpperCase(), { name: 'Ada' });
    expect([asked.status, asked.body]).toEqual([202, { status: 'pending' }]);
    const { confirmation, goodbye } = tokensOf(await mailTo(address, /confirm/i));
    expect(await status(address)).toBe('pending');

    for (const body of ['confirmed', 'confirmed']) expect((await confirm(confirmation)).body.status).toBe(body);
    expect(await status(address)).toBe('confirmed');

    const peek = await site('GET', `/api/v1/newsletter/unsubscribe/${goodbye}`);
    expect(peek.body).toEqual({ email_masked: `w•••@example.com`, status: 'confirmed' });
    expect((await openPage(`${addresses().SITE_URL}/u/${goodbye}`)).status).toBe(200);
    expect(await status(address)).toBe('confirmed'); // looking is not leaving

    const oneClick = () =>
      site('POST', `/u/${goodbye}`, { body: 'List-Unsubscribe=One-Click', headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    expect(tally(await atOnce(16, oneClick))).toEqual({ 200: 16 });
    expect(await status(address)).toBe('unsubscribed');
  });

  it('says the same whether an address is known, and mails once', async () => {
    const address = email();
    const answers = await atOnce(16, () => subscribe(address));
    expect(tally(answers)).toEqual({ 202: 16 });
    const { confirmation } = tokensOf(await mailTo(address, /confirm/i));
    await confirm(confirmation);
    expect((await subscribe(address)).text).toBe(answers[0]!.text);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect((await mailsTo(address)).length).toBe(1);
    expect(await status(address)).toBe('confirmed');
  });

  it('carries the headers of one-click unsubscribing', async () => {
    const address = email();
    await subscribe(address);
    const mail = await mailTo(address, /confirm/i);
    const raw = await readFile(path.join(inject('dataDir'), 'mail', `${mail.id}.eml`), 'utf8');
    expect(raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r?$/m);
    expect(raw.replace(/\r?\n[ \t]+/g, ' ')).toMatch(new RegExp(`^List-Unsubscribe: *<${addresses().SITE_URL}/u/[\\w-]+>`, 'm'));
  });

  scenarios([
    ['no address', () => subscribe('nope'), 400, 'validation_failed'],
    ['nothing', () => site('POST', '/api/v1/newsletter/subscriptions', { body: {} }), 400, 'validation_failed'],
    ['two lines', () => subscribe('a@example.com\r\nBcc: b@example.com'), 400, 'validation_failed'],
    ['a broken token', () => confirm('nope'), 400, 'token_invalid'],
    ['a goodbye to nobody', () => site('POST', '/u/nope', { body: '', headers: { 'content-type': 'application/x-www-form-urlencoded' } }), 400, 'token_invalid'],
    ['a goodbye token that confirms', async () => {
      const address = email();
      await subscribe(address);
      return confirm(tokensOf(await mailTo(address, /confirm/i)).goodbye);
    }, 400, 'token_invalid'],
  ]);
});

describe('growth quiz', () => {
  const choices: Record<string, string[]> = {
    customer: ['job'], channels: ['search', 'content'], rhythm: ['experiments'], landing: ['tested'],
    offer: ['proof'], first_week: ['watch'], stay: ['unknown'], numbers: ['north_star'],
  };
  const start = async (): Promise<string> => (await site('POST', '/api/v1/quizzes/growth/sessions', { body: { utm: { source: 'test' } } })).body.token;
  const answer = (token: string, question: string, options: unknown) =>
    site('PUT', `/api/v1/quiz-sessions/${token}/answers/${question}`, { body: { options } });
  const complete = (token: string, body = {}) => site('POST', `/api/v1/quiz-sessions/${token}/complete`, { body });
  const claim = (token: string, bearer?: string) => site('POST', `/api/v1/quiz-results/${token}/claim`, { token: bearer });
  const taken = async () => {
    const token = await start();
    for (const [question, options] of Object.entries(choices)) await answer(token, question, options);
    return token;
  };

  it('goes from the first question to a result that an account claims', async () => {
    const token = await start();
    let answered = 0;
    for (const [question, options] of Object.entries(choices)) {
      const receipt = await answer(token, question, options);
      expect(receipt.body).toEqual({ answered: ++answered, total: 8 });
    }
    expect((await answer(token, 'customer', ['job'])).body.answered).toBe(8);
    const result = await complete(token, { email: email() });
    expect(result.status).toBe(200);
    expect(result.body).toMatchObject({ token, claimed: false });
    expect(result.body.profile.advice.length).toBeGreaterThan(0);
    expect(result.body.scores).toHaveLength(5);
    expect(result.body.recommended_courses[0]).toMatchObject({ slug: sampleSlug, url: `${addresses().ACADEMY_URL}/courses/${sampleSlug}` });
    expect((await complete(token)).body).toEqual(result.body);
    expect((await site('GET', `/api/v1/quiz-results/${token}`)).body).toEqual(result.body);

    const person = await signUp();
    const claims = await atOnce(16, () => claim(token, person.token));
    expect(tally(claims)).toEqual({ 200: 16 });
    const mine = await site('GET', '/api/v1/me/quiz-results', { token: person.token });
    expect(mine.body.items).toHaveLength(1);
    expect(mine.body.items[0]).toMatchObject({ claimed: true, profile: result.body.profile });
    const other = await signUp();
    const stolen = await claim(token, other.token);
    expect([stolen.status, stolen.body.code]).toEqual([409, 'result_claimed']);
    const rows = await inSite('SELECT user_id FROM quiz_results WHERE user_id = $1', [person.id]);
    expect(rows).toHaveLength(1);
  });

  it('gives a result to one of two accounts that claim it at once', async () => {
    const token = await taken();
    await complete(token);
    const people = await Promise.all([signUp(), signUp()]);
    const claims = await atOnce(16, (index) => claim(token, people[index % 2]!.token));
    expect(tally(claims)).toEqual({ 200: 8, 409: 8 });
  });

  it('keeps no token that would open a result', async () => {
    const token = await start();
    expect(await inSite(`SELECT 1 FROM quiz_results r WHERE r::text LIKE '%' || $1 || '%'`, [token])).toEqual([]);
  });

  scenarios([
    ['an unknown quiz', () => site('POST', '/api/v1/quizzes/nope/sessions', { body: {} }), 404, 'quiz_not_found'],
    ['a huge utm', () => site('POST', '/api/v1/quizzes/growth/sessions', { body: { utm: { source: 'x'.repeat(3000) } } }), 400, 'validation_failed'],
    ['an unknown session', () => answer('nope', 'customer', ['job']), 404, 'session_not_found'],
    ['an unknown question', async () => answer(await start(), 'nope', ['job']), 404, 'question_unknown'],
    ['an unknown option', async () => answer(await start(), 'customer', ['nope']), 400, 'answer_invalid'],
    ['two of a single choice', async () => answer(await start(), 'customer', ['job', 'rough']), 400, 'answer_invalid'],
    ['no option', async () => answer(await start(), 'customer', []), 400, 'validation_failed'],
    ['completing too early', async () => complete(await start()), 409, 'quiz_incomplete'],
    ['a result too early', async () => site('GET', `/api/v1/quiz-results/${await start()}`), 409, 'quiz_incomplete'],
    ['an answer too late', async () => {
      const token = await taken();
      await complete(token);
      return answer(token, 'customer', ['rough']);
    }, 409, 'quiz_completed'],
    ['claiming without a token', async () => claim(await taken()), 401, 'unauthenticated'],
    ['claiming nothing', async () => claim('nope', (await signUp()).token), 404, 'session_not_found'],
    ['my results without a token', () => site('GET', '/api/v1/me/quiz-results'), 401, 'unauthenticated'],
  ]);
});

describe('contact', () => {
  const message = (more = {}) => ({ name: 'Ada', email: 'ada@example.com', subject: 'Hello', message: 'A question', website: '', ...more });
  const send = (body: unknown, key?: string) => site('POST', '/api/v1/contact', { body, ...(key ? { headers: { 'idempotency-key': key } } : {}) });
  const stored = (subject: string) => inSite('SELECT status FROM contact_messages WHERE subject = $1', [subject]);

  it('stores a message once under its idempotency key and tells the team', async () => {
    const [subject, key] = [`Once ${Date.now()}`, crypto.randomUUID()];
    const answers = await atOnce(16, () => send(message({ subject }), key));
    expect(tally(answers)).toEqual({ 202: 16 });
    expect(await stored(subject)).toEqual([{ status: 'new' }]);
    const notice = await mailTo('team@trendtactics.example', new RegExp(subject));
    expect(notice.text).toContain('ada@example.com');
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect((await mailsTo('team@trendtactics.example')).filter((mail) => mail.subject.includes(subject))).toHaveLength(1);
  });

  it('answers a robot the same and bothers nobody', async () => {
    const subject = `Robot ${Date.now()}`;
    const [human, robot] = [await send(message()), await send(message({ subject, website: 'http://spam.example' }))];
    expect([robot.status, robot.text]).toEqual([human.status, human.text]);
    expect(await stored(subject)).toEqual([{ status: 'spam' }]);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect((await mailsTo('team@trendtactics.example')).filter((mail) => mail.subject.includes(subject))).toEqual([]);
  });

  it('puts nothing of a message into a mail header', async () => {
    const subject = `Split ${Date.now()}`;
    await send(message({ subject: `${subject}\r\nBcc: victim@example.com`, name: 'A\nB' }));
    const notice = await mailTo('team@trendtactics.example', new RegExp(subject));
    expect(JSON.stringify(notice.to)).not.toContain('victim');
    expect(await until(async () => (await mailsTo('victim@example.com')).length === 0)).toBe(true);
  });

  scenarios([
    ['no name', () => send(message({ name: '' })), 400, 'validation_failed'],
    ['no address', () => send(message({ email: 'nope' })), 400, 'validation_failed'],
    ['no message', () => send(message({ message: '' })), 400, 'validation_failed'],
    ['an endless message', () => send(message({ message: 'x'.repeat(10_001) })), 400, 'validation_failed'],
    ['not JSON', () => send('{'), 400, 'malformed_json'],
    ['a form', () => site('POST', '/api/v1/contact', { body: 'name=Ada', headers: { 'content-type': 'application/x-www-form-urlencoded' } }), 415],
  ]);

  it('says which member is wrong', async () => {
    const { body } = await send(message({ name: '', email: 'nope' }));
    expect(body.errors.map((error: any) => error.pointer).sort()).toEqual(['/email', '/name']);
  });
});
