import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Colours on their way to others are no finding. What never ends has no end to be at. */
function finishTransitions(): void {
  for (const animation of document.getAnimations()) {
    if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish();
  }
}

/** What axe finds serious or critical, one line a finding, so that a failure can be read without a report beside it. */
export async function findings(page: Page, options: RunOptions): Promise<string[]> {
  if (await page.evaluate(() => !('axe' in globalThis))) await page.evaluate(axe);
  await page.evaluate(finishTransitions);
  const { violations } = await page.evaluate(
    (given) => (globalThis as unknown as { axe: { run: (options: RunOptions) => Promise<AxeResults> } }).axe.run(given),
    options,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary?.replaceAll('\n', ' ') ?? ''}`));
}

const scrollsSideways = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
const themeOf = (page: Page) => page.evaluate(() => document.documentElement.dataset['theme'] ?? 'light');

export async function switchTheme(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Switch to (dark|light) theme$/ }).click();
  await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
}

/** Everything in the theme the page opened with; in the other one the colours, which are all that a theme changes. */
export async function problemsOf(page: Page): Promise<string[]> {
  const problems = (await scrollsSideways(page)) ? ['scrolls sideways'] : [];
  for (const options of [{ resultTypes: ['violations'] }, { runOnly: ['color-contrast'] }] satisfies RunOptions[]) {
    const theme = await themeOf(page);
    problems.push(...(await findings(page, options)).map((finding) => `${theme}: ${finding}`));
    if (options.resultTypes) await switchTheme(page);
  }
  return problems;
}
