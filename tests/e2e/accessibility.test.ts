import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { problemsOf } from '../support/axe';
import { openBrowser, viewports, visit, type Viewport } from '../support/browser';
import { addresses, call } from '../support/http';
import { courseOfTheJourney, sampleCourse, type CoursePlan } from './demo-course';
import { Learner } from './learner';
import { signUpWithSession, type Session } from './people';

/** What the addresses with a parameter stand for; made once, before the first page. */
interface Places {
  course: CoursePlan;
  learner: Learner;
  video: string;
  reading: string;
  quiz: string;
  certificate: string;
  quizResult: string;
}

type Route = readonly [name: string, path: (places: Places) => string];

/** The same on both sites. */
const settings: readonly Route[] = [
  ['profile', () => '/account'],
  ['security', () => '/account/security'],
  ['devices', () => '/account/sessions'],
  ['API keys', () => '/account/api-keys'],
  ['organisations', () => '/account/organizations'],
  ['unknown organisation', () => '/account/organizations/0193aaaa-bbbb-7ccc-8ddd-eeeeffff0001'],
  ['data', () => '/account/data'],
  ['restoring an account', () => '/account/restore'],
  ['people, not an administrator', () => '/admin/users'],
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
  ['sign in', () => '/sign-in'],
  ['sign up', () => '/sign-up'],
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
  ['sign in', () => '/sign-in'],
  ['sign up', () => '/sign-up'],
  ['handoff without a code', () => '/session/handoff'],
  ...settings,
  ['import, not an administrator', () => '/admin/import'],
  ['unknown page', () => '/no-such-page'],
];

/** Forms a signed-in person is led away from. */
const SIGNED_OUT = /^\/sign-(in|up)$/;

let browser: Browser;
let session: Session;
let places: Places;

beforeAll(async () => {
  browser = await openBrowser();
  ({ session } = await signUpWithSession());
  places = await makePlaces(session.access_token);
});
afterAll(() => browser.close());

async function makePlaces(token: string): Promise<Places> {
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
  };
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

async function settle(page: Page): Promise<void> {
  await page.locator('main h1').first().waitFor();
  await page.waitForLoadState('networkidle');
}

describe.each(Object.keys(viewports) as Viewport[])('on a %s', (viewport) => {
  it.each([
    ['website', website],
    ['academy', academy],
  ] as const)('no page of the %s has a serious finding in either theme, or scrolls sideways', { timeout: 300_000 }, async (site, routes) => {
    const origin = site === 'website' ? addresses().SITE_URL : addresses().ACADEMY_URL;
    const signedIn = await visit(browser, { viewport, session });
    const signedOut = await visit(browser, { viewport });
    const found: Record<string, string[]> = {};
    for (const [name, path] of routes) {
      const address = path(places);
      const { page } = SIGNED_OUT.test(address) ? signedOut : signedIn;
      await page.goto(origin + address);
      await settle(page);
      const problems = await problemsOf(page);
      if (problems.length > 0) found[name] = problems;
    }
    expect(found).toEqual({});
    expect([...signedIn.problems, ...signedOut.problems]).toEqual([]);
    await signedIn.close();
    await signedOut.close();
  });
});
