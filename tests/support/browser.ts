import { mkdirSync } from 'node:fs';
import path from 'node:path';

import { chromium, type Browser, type BrowserContext, type Page, type Request } from 'playwright-core';

import { addresses } from './http';
import { root } from './instance';

/** Debian's Chromium; background services off, because nothing but 127.0.0.1 may be asked. */
const launchOptions = {
  executablePath: process.env.TT_CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--autoplay-policy=no-user-gesture-required',
  ],
};

/** WebAuthn asks for a name instead of a number. */
const OWN_HOSTS = ['127.0.0.1', 'localhost'];

export const viewports = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } } as const;
export type Viewport = keyof typeof viewports;
export type Theme = 'light' | 'dark';

export const openBrowser = (): Promise<Browser> => chromium.launch(launchOptions);

export interface Visit {
  viewport: Viewport;
  theme?: Theme;
  /** A session as the sign-up answered it: the visitor is signed in on both sites. */
  session?: object | undefined;
}

/** A visitor of their own: no cookies, no storage, unless a session is given. */
export async function visit(browser: Browser, { viewport, theme = 'light', session }: Visit): Promise<Visitor> {
  const context = await browser.newContext({
    viewport: viewports[viewport],
    hasTouch: viewport === 'phone',
    colorScheme: theme,
    locale: 'en-GB',
    reducedMotion: 'reduce',
    ...(session ? { storageState: { cookies: [], origins: signedInOrigins(session) } } : {}),
  });
  context.setDefaultTimeout(10_000);
  return new Visitor(context, await context.newPage());
}

function signedInOrigins(session: object) {
  const value = JSON.stringify({ ...session, expires_at_ms: Date.now() + 900_000 });
  const { SITE_URL, ACADEMY_URL } = addresses();
  return [SITE_URL, ACADEMY_URL].map((origin) => ({ origin, localStorage: [{ name: 'tt.session', value }] }));
}

const QUIET_MS = 100;
const SETTLE_LIMIT_MS = 10_000;

/** One person's browser; remembers what a person would not see: errors of scripts, requests to others. */
export class Visitor {
  readonly problems: string[] = [];
  private readonly underWay = new Set<Request>();

  constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {
    context.on('page', (other) => this.listen(other));
    context.on('request', (request) => {
      this.underWay.add(request);
      const { protocol, hostname } = new URL(request.url());
      if (protocol.startsWith('http') && !OWN_HOSTS.includes(hostname)) this.problems.push(`request to ${request.url()}`);
    });
    context.on('requestfinished', (request) => this.underWay.delete(request));
    context.on('requestfailed', (request) => this.underWay.delete(request));
    this.listen(page);
  }

  /** Until the page has its heading and all it asked for. It asks for what comes next at once, so a moment is enough. */
  async settle(): Promise<void> {
    await this.page.locator('main h1').first().waitFor();
    const giveUp = Date.now() + SETTLE_LIMIT_MS;
    for (let quietSince = Date.now(); Date.now() - quietSince < QUIET_MS; await this.page.waitForTimeout(QUIET_MS / 5)) {
      if (this.underWay.size === 0) continue;
      quietSince = Date.now();
      if (quietSince > giveUp) throw new Error(`still under way: ${[...this.underWay].map((request) => request.url()).join(' ')}`);
    }
  }

  private listen(page: Page): void {
    page.on('pageerror', (error) => this.problems.push(`script: ${error.message}`));
    page.on('console', (message) => {
      // Chromium reports every answer from 400 on; the pages show those to the person, where they are tested.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) this.problems.push(`console: ${message.text()}`);
    });
  }

  close(): Promise<void> {
    return this.context.close();
  }
}

const artifacts = path.join(root, 'artifacts/e2e');

/** Kept for people to look at; the tests themselves never compare pictures. */
export async function screenshot(page: Page, name: string, fullPage = true): Promise<void> {
  mkdirSync(artifacts, { recursive: true });
  // The sticky header stands where the page is scrolled to, also in a picture of the whole page.
  if (fullPage) await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
  await page.screenshot({ path: path.join(artifacts, `${name}.png`), fullPage, animations: 'disabled' });
}
