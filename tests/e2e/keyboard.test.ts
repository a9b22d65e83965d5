import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openBrowser, visit } from '../support/browser';
import { addresses } from '../support/http';
import { sampleCourse } from './demo-course';
import { Learner } from './learner';
import { signUpWithSession } from './people';

// Nobody here owns a mouse.

const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');

async function tabTo(page: Page, label: string, limit = 40): Promise<void> {
  for (let presses = 0; presses < limit; presses++) {
    await page.keyboard.press('Tab');
    const name = await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '');
    if (name.trim() === label) return;
  }
  throw new Error(`Tab does not reach "${label}"`);
}

describe('by keyboard alone', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  it.each(['SITE_URL', 'ACADEMY_URL'] as const)('the first Tab on %s offers to skip to the content, and does', async (site) => {
    const visitor = await visit(browser, { viewport: 'desktop' });
    const { page, context } = visitor;
    await page.goto(addresses()[site]);
    await visitor.settle();
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Skip to content');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('content');
    await context.close();
  });

  it('the growth quiz: digits choose, Enter goes on, Backspace goes back', async () => {
    const { page, context } = await visit(browser, { viewport: 'desktop' });
    await page.goto(`${addresses().SITE_URL}/quiz`);
    await page.getByRole('button', { name: 'Start the quiz' }).waitFor();
    await tabTo(page, 'Start the quiz');
    await page.keyboard.press('Enter');
    const total = Number(/of (\d+)/.exec(await page.getByText(/^Question 1 of/).first().innerText())![1]);
    for (let question = 1; question <= total; question++) {
      await page.getByText(`Question ${question} of ${total}`).first().waitFor();
      await page.keyboard.press('1');
      if (question === 2) {
        await page.keyboard.press('Backspace');
        await page.getByText(`Question 1 of ${total}`).first().waitFor();
        await page.keyboard.press('Enter');
        await page.getByText(`Question 2 of ${total}`).first().waitFor();
      }
      expect(await page.locator('fieldset input:checked').count()).toBe(1);
      await page.keyboard.press('Enter');
    }
    await page.waitForURL(/\/quiz\/result\//);
    await context.close();
  });

  it('the player: play, seek, captions, sound, speed, and the seek bar', async () => {
    const { session } = await signUpWithSession();
    const learner = new Learner({ token: session.access_token }, sampleCourse.slug);
    await learner.enroll();
    const { page, context } = await visit(browser, { viewport: 'desktop', session });
    await page.goto(addresses().ACADEMY_URL + (await learner.lessonPath('what-growth-marketing-is')));
    const video = page.locator('video');
    const state = <K extends keyof HTMLVideoElement>(key: K) => video.evaluate((element: HTMLVideoElement, name) => element[name as K], key);
    await expect.poll(() => state('readyState')).toBeGreaterThan(0);

    await tabTo(page, 'Play');
    await page.keyboard.press('Enter');
    await expect.poll(() => state('paused')).toBe(false);
    await page.keyboard.press('k');
    await expect.poll(() => state('paused')).toBe(true);
    const before = await state('currentTime');
    await page.keyboard.press('l');
    await expect.poll(() => state('currentTime')).toBeGreaterThan(before + 9);
    await page.keyboard.press('j');
    await expect.poll(() => state('currentTime')).toBeLessThan(before + 1);
    await page.keyboard.press('c');
    await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.textTracks[0]?.mode)).toBe('showing');
    await page.keyboard.press('m');
    await expect.poll(() => state('muted')).toBe(true);
    await page.keyboard.press('>');
    await expect.poll(() => state('playbackRate')).toBeGreaterThan(1);

    const bar = page.getByRole('slider', { name: 'Position' });
    await bar.focus();
    const here = await state('currentTime');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => state('currentTime')).toBeGreaterThan(here + 4);
    await context.close();
  });
});
