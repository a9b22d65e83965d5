import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { problemsOf } from '../support/axe';
import { openBrowser, viewports, visit, type Viewport, type Visitor } from '../support/browser';
import { addresses, call } from '../support/http';
import { makeAdministrator } from './account-kit';
import { courseOfTheJourney, sampleCourse, type CoursePlan } from './demo-course';
import { Learner } from './learner';
import { newAddress, PASSPHRASE, signUpWithSession, type Session } from './people';

/** What the addresses with a parameter stand for; made once, before the first page. */
interface Places {
  course: CoursePlan;
  learner: Learner;
  video: string;
  reading: string;
  quiz: string;
  certificate: string;
  quizResult: string;
  organization: string;
  person: string;
}

/** Who looks: somebody signed in, unless said otherwise. */
type Who = 'person' | 'nobody' | 'administrator' | 'half-way';
type Route = readonly [name: string, path: (places: Places) => string, who?: Who];

/** The same on both sites. */
const settings: readonly Route[] = [
  ['profile', () => '/account'],
  ['security', () => '/account/security'],
  ['devices', () => '/account/sessions'],
  ['API keys', () => '/account/api-keys'],
  ['organisations', () => '/account/organizations'],
  ['organisation', ({ organization }) => `/account/organizations/${organization}`],
  ['unknown organisation', () => '/account/organizations/0193aaaa-bbbb-7ccc-8ddd-eeeeffff0001'],
  ['data', () => '/account/data'],
  ['restoring an account', () => '/account/restore'],
  ['people, not an administrator', () => '/admin/users'],
  ['people', () => '/admin/users', 'administrator'],
  ['one of the people', ({ person }) => `/admin/users/${person}`, 'administrator'],
  ['roles', () => '/admin/roles', 'administrator'],
  ['audit log', () => '/admin/audit', 'administrator'],
  ['second step', () => '/sign-in', 'half-way'],
];

const website: readonly Route[] = [
  ['home', () => '/'],
  ['about', () => '/about'],
  ['services', () => '/services'],
  ['blog', () => '/blog'],
  ['blog of a tag', () => '/blog/tag/strategy'],
  ['post', () => '/blog/choose-one-number'],
  ['quiz', () => '/quiz'],
  ['quiz result', ({ quizResult }) => `/quiz/result/${quizResult}`],
  ['newsletter', () => '/newsletter'],
  ['newsletter confirmation', () => '/newsletter/confirm?token=unknown'],
  ['unsubscribe', () => '/u/unknown'],
  ['contact', () => '/contact'],
  ['privacy', () => '/privacy'],
  ['sign in', () => '/sign-in', 'nobody'],
  ['sign up', () => '/sign-up', 'nobody'],
  ['forgotten password', () => '/forgot-password'],
  ['new password without a link', () => '/reset-password'],
  ['confirmation of a link', () => '/session/confirm?type=signup&token_hash=unknown'],
  ['dead link', () => '/session/callback#error=access_denied&error_code=otp_expired'],
  ['invitation without a token', () => '/invitations'],
  ...settings,
  ['consent without a request', () => '/oauth/consent'],
  ['consent to an unknown request', () => '/oauth/consent?authorization_id=unknown'],
  ['administrator link', () => '/admin/claim?token=unknown'],
  ['handoff without a code', () => '/session/handoff'],
  ['unknown page', () => '/no-such-page'],
];

const academy: readonly Route[] = [
  ['home', () => '/'],
  ['catalogue', () => '/courses'],
  ['catalogue without a hit', () => '/courses?q=zzzzzz'],
  ['course', ({ course }) => `/courses/${course.slug}`],
  ['unknown course', () => '/courses/no-such-course'],
  ['video lesson', ({ video }) => video],
  ['text lesson', ({ reading }) => reading],
  ['quiz lesson', ({ quiz }) => quiz],
  ['my learning', () => '/my-learning'],
  ['certificates', () => '/certificates'],
  ['verification form', () => '/verify'],
  ['verification', ({ certificate }) => `/verify/${certificate}`],
  ['unknown certificate', () => '/verify/ABCDEFGHJKMNPQRSTVWXYZ0123'],
  ['sign in', () => '/sign-in', 'nobody'],
  ['sign up', () => '/sign-up', 'nobody'],
  ['handoff without a code', () => '/session/handoff'],
  ...settings,
  ['import, not an administrator', () => '/admin/import'],
  ['unknown page', () => '/no-such-page'],
];

let browser: Browser;
let session: Session;
let administrator: Session;
let places: Places;

beforeAll(async () => {
  browser = await openBrowser();
  ({ session } = await signUpWithSession());
  administrator = await signUpAdministrator();
  places = await makePlaces(session);
});
afterAll(() => browser.close());

async function signUpAdministrator(): Promise<Session> {
  const { email, session: before } = await signUpWithSession('Margaret Hamilton');
  await makeAdministrator(before.user.id);
  const { body } = await call<Session>('POST', `${addresses().SITE_URL}/auth/v1/token?grant_type=password`, { body: { email, password: PASSPHRASE } });
  return body;
}

async function makePlaces({ access_token: token, user }: Session): Promise<Places> {
  const course = await courseOfTheJourney();
  const learner = new Learner({ token }, course.slug);
  const sample = new Learner({ token }, sampleCourse.slug);
  await learner.enroll();
  await sample.enroll();
  return {
    course,
    learner,
    video: await sample.lessonPath('what-growth-marketing-is'),
    reading: await learner.lessonPath(course.reading),
    quiz: await learner.lessonPath(course.gradedQuiz),
    certificate: await learner.finish(),
    quizResult: await takeGrowthQuiz(),
    organization: await foundOrganization(token),
    person: user.id,
  };
}

async function foundOrganization(token: string): Promise<string> {
  const organizations = `${addresses().SITE_URL}/api/v1/organizations`;
  const { body } = await call('POST', organizations, { token, body: { name: 'Analytical Engines' } });
  await call('POST', `${organizations}/${body.id}/invitations`, { token, body: { email: newAddress('invited'), role: 'member' } });
  return body.id;
}

async function takeGrowthQuiz(): Promise<string> {
  const api = `${addresses().SITE_URL}/api/v1`;
  const quiz = await call('GET', `${api}/quizzes/growth`);
  const { body } = await call('POST', `${api}/quizzes/growth/sessions`, { body: {} });
  for (const { key, options } of quiz.body.questions) {
    await call('PUT', `${api}/quiz-sessions/${body.token}/answers/${key}`, { body: { options: [options[0].key] } });
  }
  return (await call('POST', `${api}/quiz-sessions/${body.token}/complete`, { body: {} })).body.token;
}

/** Right password, no second step yet: what the sign-in page keeps then. */
async function visitHalfWay(): Promise<Visitor> {
  const visitor = await visit(browser, { viewport: 'phone' });
  const factors = [{ id: 'f1', factor_type: 'totp', friendly_name: 'My phone', status: 'verified' }];
  const pending = { ...session, user: { ...session.user, factors }, expires_at_ms: Date.now() + 900_000 };
  await visitor.context.addInitScript((value) => { sessionStorage.setItem('tt.session.pending', value); }, JSON.stringify(pending));
  return visitor;
}

async function visitors(): Promise<Record<Who, Visitor>> {
  return {
    person: await visit(browser, { viewport: 'phone', session }),
    nobody: await visit(browser, { viewport: 'phone' }),
    administrator: await visit(browser, { viewport: 'phone', session: administrator }),
    'half-way': await visitHalfWay(),
  };
}

/** On the screen of a phone, turned into that of a desktop; on both in either theme. */
async function look(visitor: Visitor, url: string): Promise<string[]> {
  const { page } = visitor;
  const problems: string[] = [];
  await page.setViewportSize(viewports.phone);
  await page.goto(url);
  for (const viewport of ['phone', 'desktop'] satisfies Viewport[]) {
    await page.setViewportSize(viewports[viewport]);
    await visitor.settle();
    problems.push(...(await problemsOf(page)).map((problem) => `${viewport}: ${problem}`));
  }
  return problems;
}

// Both at once: half of each is waiting until a page is quiet.
it.concurrent.each([
  ['website', website],
  ['academy', academy],
] as const)('no page of the %s has a serious finding in either theme, on a phone or a desktop, or scrolls sideways', { timeout: 300_000 }, async (site, routes) => {
  const origin = site === 'website' ? addresses().SITE_URL : addresses().ACADEMY_URL;
  const all = await visitors();
  const found: Record<string, string[]> = {};
  for (const [name, path, who = 'person'] of routes) {
    const problems = await look(all[who], origin + path(places));
    if (problems.length > 0) found[name] = problems;
  }
  expect(found).toEqual({});
  expect(Object.values(all).flatMap(({ problems }) => problems)).toEqual([]);
  await Promise.all(Object.values(all).map((visitor) => visitor.close()));
});
