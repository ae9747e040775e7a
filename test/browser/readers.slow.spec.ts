import type { Browser, Page } from 'playwright-core';
import { AFTERWARDS, loadRows, READY_WITHIN_MS } from '../e2e/illustrative-panel.ts';
import { becomesReady, newPlace, serveLedger, type ServedLedger } from '../e2e/served-ledger.ts';
import { standingClock } from '../ledger-in-a-folder.ts';
import { inContext, launchChromium, picture } from './chromium.ts';

/*
 * What the three readers come for, as they do it: by the links that pages offer them, without scripts. A picture of each step is kept where SCREENSHOTS says so.
 */

describe('what the readers of the ledger come for, in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
  });

  /** One reader, who goes from page to page. */
  async function reads(served: ServedLedger, post: string, work: (reader: Reader) => Promise<void>): Promise<void> {
    await inContext(browser, served.url, { scripts: false, as: post }, (page) =>
      work(new Reader(page, served.url, post)),
    );
  }

  describe('of the papers of Leicestershire', () => {
    let served: ServedLedger;
    beforeAll(async () => {
      served = await serveLedger({ store: 'sqlite', holding: 'example' });
    }, 240_000);
    afterAll(() => served?.remove());

    it('an auditor replays a decision and follows one fact to its paragraph', async () => {
      await reads(served, 'internal-auditor', async (reader) => {
        await reader.goes('/decisions');
        await reader.follows('CGB-2023-06-D1');
        await reader.follows('See step by step how it came about');
        await reader.sees(
          'What became of its conditions and actions',
          'Outstanding',
          'Step 3: Condition set, 21 June 2023',
        );
        await reader.follows('Condition set, 21 June 2023');
        const entry = reader.page.locator(`[id="${new URL(reader.page.url()).hash.slice(1)}"]`);
        await entry.locator('summary').click();
        await reader.keeps('opens the entry');
        expect(await entry.innerText()).toMatch(/Source[^]*section 5\(ii\), Provisional Outturn[^]*In its words/);
      });
    });

    it('an officer asks how an action stood on a past date', async () => {
      await reads(served, 'opcc-officer', async (reader) => {
        await reader.goes('/actions/CGB-2023-06-A4');
        await reader.sees('Reported complete');
        await reader.page.getByText('see another date').click();
        for (const [box, value] of [
          ['on-day', '30'],
          ['on-month', '6'],
          ['on-year', '2023'],
        ] as const)
          await reader.page.locator(`.ledger-date-bar [name="${box}"]`).fill(value);
        await reader.page.locator('.ledger-date-bar').getByRole('button', { name: 'Show' }).click();
        await reader.sees('You are looking at', 'Agreed');
        await reader.follows('See step by step how it came about');
        await reader.sees('Step 2: Agreed, 21 June 2023');
        expect(await reader.words()).not.toContain('Reported complete');
      });
    });
  });

  describe('of the illustrative panel', () => {
    let served: ServedLedger;
    beforeAll(async () => {
      const place = await newPlace('sqlite');
      expect(await loadRows(place)).toMatchObject({ outcome: 'passed' });
      served = await serveLedger({ store: 'sqlite', place, clock: standingClock(AFTERWARDS) });
      await becomesReady(served.url, READY_WITHIN_MS);
    }, 600_000);
    afterAll(() => served?.remove());

    it('a member of the audit panel sees what moved between two panels, opens it to its events, and reads what the panel was not told', async () => {
      await reads(served, 'jarap-member', async (reader) => {
        await reader.goes('/panels/FENPANEL/risks?since=FENPANEL-2024-07-16&until=FENPANEL-2024-09-24');
        await reader.sees('FENPANEL-2024-07-16', 'FENPANEL-2024-09-24', 'How many risks');
        await reader.page
          .locator('table', { has: reader.page.locator('caption', { hasText: 'How many risks' }) })
          .locator('a')
          .first()
          .click();
        await reader.keeps('opens those of one kind');
        await reader.page.locator('main a[href*="#event-"]').first().click();
        await reader.sees('Timeline');
        await reader.goes('/meetings/FENPANEL-2024-09-24');
        await reader.follows('See what this meeting was told, and what it was not');
        await reader.page.locator('main a[href*="list=not-told"]').first().click();
        await reader.keeps('reads what it was not told');
        await reader.sees('It was on 24 September 2024, and was told what had been recorded by');
        expect(new URL(reader.page.url()).searchParams.get('list')).toBe('not-told');
        expect(await reader.page.locator('main table a[href*="#event-"]').count()).toBeGreaterThan(0);
      });
    });
  });
});

class Reader {
  readonly page: Page;
  readonly #url: string;
  readonly #folder: string;
  #steps = 0;

  constructor(page: Page, url: string, post: string) {
    this.page = page;
    this.#url = url;
    this.#folder = `readers/${post}`;
  }

  async goes(path: string): Promise<void> {
    await this.page.goto(`${this.#url}${path}`);
    await this.keeps(`goes to ${path}`);
  }

  /** Follows the first link of the page that says so. */
  async follows(text: string): Promise<void> {
    await this.page.locator('main').getByRole('link', { name: text }).first().click();
    await this.page.waitForLoadState('load');
    await this.keeps(`follows ${text}`);
  }

  async words(): Promise<string> {
    return this.page.locator('main').innerText();
  }

  async sees(...says: readonly string[]): Promise<void> {
    const words = await this.words();
    expect([words, says.filter((one) => !words.includes(one))]).toEqual([words, []]);
  }

  async keeps(name: string): Promise<void> {
    this.#steps += 1;
    await picture(
      this.page,
      this.#folder,
      `${String(this.#steps).padStart(2, '0')} ${name.replaceAll(/[^\w -]+/g, ' ').trim()}`,
    );
  }
}
