import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { ServedLedger } from '../e2e/served-ledger.ts';
import { serveOffice } from '../e2e/signing-in.ts';
import { launchChromium } from './chromium.ts';
import { foundByAxe, scrolledSideways } from './page-faults.ts';

const ADD_PERSON = '/commands/add-person';

describe.each([
  ['with scripts', { javaScriptEnabled: true }],
  ['without scripts', { javaScriptEnabled: false }],
  // Scripts of the test look for what is wrong with each page, which the policy of the pages would not let them.
  ['each page looked at', { javaScriptEnabled: true, bypassCSP: true }],
] as const)('signing in from Chromium, %s,', (_, options: BrowserContextOptions) => {
  let now = Date.now();
  let served: ServedLedger;
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
    const people = [{ subject: 'both', holds: [{ post: 'opcc-officer' }, { post: 'force-lead' }] }];
    served = await serveOffice(people, { store: 'sqlite', clock: { now: () => now } });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await served?.remove();
  });

  /** Types a name into the page of the provider, and agrees. */
  async function passProvider(page: Page): Promise<void> {
    await page.fill('input[name=login]', 'both');
    await page.fill('input[name=password]', 'anything');
    await page.click('button[type=submit]');
    await page.click('button[type=submit]');
  }

  const faultsOf = async (page: Page): Promise<readonly string[]> =>
    options.bypassCSP === true ? [...(await foundByAxe(page)), ...(await scrolledSideways(page))] : [];

  it('leads to the provider and back, lets a post be chosen, keeps what was typed when the session ends, and signs out at both', async () => {
    const context = await browser.newContext(options);
    context.setDefaultTimeout(10_000);
    try {
      const page = await context.newPage();
      const refused: string[] = [];
      page.on('console', (message) => {
        if (/Content Security Policy/i.test(message.text())) refused.push(message.text());
      });
      await page.goto(`${served.url}/actions`);
      await page.click('.ledger-acting >> text=Sign in');
      await passProvider(page);
      await page.waitForURL(`${served.url}/sign-in?*`);
      expect(await faultsOf(page)).toEqual([]);
      await page.getByLabel('Post of opcc-officer').check();
      await page.click('main >> text=Continue');
      await page.waitForURL(`${served.url}/actions`);
      expect(await page.textContent('.ledger-acting')).toContain('Post of opcc-officer');
      const cookies = await context.cookies(served.url);
      expect(cookies.find(({ name }) => name === 'ledger-session')).toMatchObject({ httpOnly: true, sameSite: 'Lax' });

      await page.goto(`${served.url}${ADD_PERSON}`);
      await page.fill('input[name=name]', 'Typed before the session ended');
      now += 61 * 60_000;
      await page.locator('form[method=post] button.govuk-button:not([name])').last().click();
      expect(await page.textContent('h1')).toContain('This was not sent, and what you typed is kept');
      expect(await faultsOf(page)).toEqual([]);
      const [tab] = await Promise.all([context.waitForEvent('page'), page.click('text=opens in a new tab')]);
      await tab.waitForURL(`${served.url}/sign-in?*`);
      await tab.getByLabel('Post of opcc-officer').check();
      await tab.click('main >> text=Continue');
      await tab.waitForURL(`${served.url}/kept`);
      expect(await tab.textContent('h1')).toContain('You are signed in again');
      await tab.close();
      await page.click('text=Go on with what you typed');
      expect(await faultsOf(page)).toEqual([]);
      await page.click('text=Go back to the form');
      expect(await page.inputValue('input[name=name]')).toBe('Typed before the session ended');
      await page.locator('form[method=post] button.govuk-button:not([name])').last().click();
      await page.waitForURL(/\/people\/person-/);

      await page.click('.ledger-acting >> text=sign out');
      expect(await faultsOf(page)).toEqual([]);
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.waitForURL(/\/session\/end/);
      await page.click('text=/Yes, sign me out/i');
      await page.waitForURL(`${served.url}/signed-out`);
      expect(await page.textContent('h1')).toContain('You are signed out');
      expect(await faultsOf(page)).toEqual([]);
      await page.click('.ledger-acting >> text=Sign in');
      expect(await page.locator('input[name=login]').count()).toBe(1);
      expect(refused.filter((text) => text.includes(served.url))).toEqual([]);
    } finally {
      await context.close();
    }
  });
});
