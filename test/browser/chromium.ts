import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const CHROMIUM = '/usr/bin/chromium';

/** Where pictures of pages are kept, for who wants to look at them: making one takes as long as a test of the page. */
const PICTURES = process.env['SCREENSHOTS'];

export const WIDE = { width: 1280, height: 900 };
export const NARROW = { width: 390, height: 844 };
/** The narrowest window that WCAG 2.2 asks pages to fit into (1.4.10). */
export const NARROWEST = { width: 320, height: 640 };

/** A context that has not closed by then is left to the end of the browser. */
const CLOSING_MS = 5_000;

/** Debian's Chromium, which asks nothing of any host but those that a page names. */
export async function launchChromium(): Promise<Browser> {
  if (!existsSync(CHROMIUM)) throw new Error(`${CHROMIUM} is needed: install Debian's package chromium`);
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export interface Looking {
  readonly viewport?: typeof WIDE;
  /** Whether scripts run, those of a test among them. */
  readonly scripts?: boolean;
  /** Under the policy of the pages, which lets no script of a test run. Default: passed over where scripts run. */
  readonly ownPolicy?: boolean;
  /** The post to act as; the public without. */
  readonly as?: string | undefined;
}

/** A browser of its own for one look at a server, signed in by its page. */
export async function inContext<Result>(
  browser: Browser,
  url: string,
  { viewport = WIDE, scripts = false, ownPolicy = !scripts, as }: Looking,
  look: (page: Page, context: BrowserContext) => Promise<Result>,
): Promise<Result> {
  const context = await browser.newContext({ viewport, javaScriptEnabled: scripts, bypassCSP: !ownPolicy });
  try {
    if (as !== undefined) await signIn(context, url, as);
    return await look(await context.newPage(), context);
  } finally {
    await Promise.race([context.close(), new Promise((resume) => setTimeout(resume, CLOSING_MS))]);
  }
}

async function signIn(context: BrowserContext, url: string, post: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(`${url}/sign-in`);
  await page.locator(`input[value="${post}"]`).check();
  await page.getByRole('button', { name: 'Continue' }).click();
  // Left open until its context is closed: a page that is closed while it loads was seen never to finish closing.
  await page.waitForLoadState('load');
}

/** What the browser of a context sends to say who somebody is, for whoever asks without it. */
export async function cookiesOf(context: BrowserContext): Promise<Readonly<Record<string, string>>> {
  const cookies = (await context.cookies()).map(({ name, value }) => `${name}=${value}`);
  return cookies.length === 0 ? {} : { cookie: cookies.join('; ') };
}

/** Keeps a picture of a page under a name, in a folder of its own for what it is part of, where `SCREENSHOTS` says so. */
export async function picture(page: Page, folder: string, name: string): Promise<void> {
  if (PICTURES === undefined) return;
  mkdirSync(join(PICTURES, folder), { recursive: true });
  await page.screenshot({ path: join(PICTURES, folder, `${name}.png`), fullPage: true });
}
