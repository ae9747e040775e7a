import type { Browser, Page } from 'playwright-core';
import { serveLedger, type ServedLedger } from '../e2e/served-ledger.ts';
import { standingClock } from '../ledger-in-a-folder.ts';
import { inContext, launchChromium, NARROWEST, picture } from './chromium.ts';
import { faultsOf } from './page-faults.ts';

const why = { reason: 'As the board said.' };
const MEANINGS = ['Rare', 'Unlikely', 'Possible', 'Likely', 'Almost certain'];
const steps = (most: number) => MEANINGS.slice(0, most).map((meaning, index) => ({ score: index + 1, meaning }));
const BANDS = {
  4: [
    { band: 'High', least: 9, most: 16, colour: 'RED', reviewMonths: 1 },
    { band: 'Medium', least: 5, most: 8, colour: 'AMBER', reviewMonths: 3 },
    { band: 'Low', least: 1, most: 4, colour: 'GREEN', reviewMonths: 3 },
  ],
  5: [
    { band: 'Extreme', least: 20, most: 25, colour: 'BLACK', reviewMonths: 1 },
    { band: 'High', least: 12, most: 16, colour: 'RED', reviewMonths: 1 },
    { band: 'Medium', least: 5, most: 10, colour: 'YELLOW', reviewMonths: 3 },
    { band: 'Low', least: 1, most: 4, colour: 'BLUE', reviewMonths: 6 },
  ],
} as const;

describe('the matrix on the page of risks, in a browser', () => {
  let served: ServedLedger;
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
    served = await serveLedger({ store: 'sqlite', clock: standingClock('2023-11-20T12:00:00.000Z') });
    const [officer, monitoring] = await Promise.all([served.as('opcc-officer'), served.as('monitoring-officer')]);
    const then = { effectiveOn: '2023-11-01', ...why };
    for (const [ref, most] of [
      ['CGB', 4],
      ['JARAP', 5],
    ] as const) {
      await officer.does('addBody', { ref, name: `Board ${ref}`, ...then });
      const rule = { kind: 'SCORE_SCALE', body: ref, title: `Scores of ${ref}`, as: 'scores' };
      const scale = (await monitoring.does('addRule', { ...rule, ...then })).rule.ref;
      const axes = { likelihoods: steps(most), impacts: steps(most) };
      await monitoring.does('setScoreScale', { ref: scale, ...axes, bands: BANDS[most], ...then });
      for (let number = 0; number < 9 + most; number += 1) {
        const risk = { body: ref, register: 'OPCC', kind: 'THREAT', title: `Risk ${number} of ${ref}` };
        const proposed = { ...risk, owner: 'force-lead', owners: ['opcc-officer'], ...then };
        const { ref: it } = (await officer.does('proposeRisk', proposed)).risk;
        await officer.does('registerRisk', { ref: it, ...then });
        if (number < 2) continue;
        const score = {
          of: 'CURRENT',
          rule: scale,
          likelihood: 1 + (number % most),
          impact: 1 + ((number * 3) % most),
        };
        await officer.does('scoreRisk', { ref: it, ...score, ...then });
      }
    }
    await served.ready();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await served?.remove();
  });

  it.each(['/risks', '/risks?scale=CGB-scores', '/risks?scored=target', '/risks?on=2023-10-01', '/risks?likelihood=x'])(
    'is open to everybody, on paper and in narrow windows too (%s)',
    async (path) => {
      await inContext(browser, served.url, { scripts: true, as: 'opcc-officer' }, async (page) => {
        await page.goto(`${served.url}${path}`);
        await picture(page, 'matrix', path.replace(/[/?&]+/g, ' '));
        expect(await faultsOf(page)).toEqual([]);
      });
    },
  );

  it('says its bands in words, where a scroll inside it leads to all of them in the narrowest window', async () => {
    await inContext(browser, served.url, { viewport: NARROWEST, as: 'opcc-officer' }, async (page) => {
      await page.goto(`${served.url}/risks`);
      await picture(page, 'matrix', 'narrowest');
      expect(await bandsOn(page)).toEqual(expect.arrayContaining(['Extreme', 'High', 'Medium', 'Low']));
      expect(await bandsOn(page)).toHaveLength(25);
      await page.emulateMedia({ media: 'print' });
      await picture(page, 'matrix', 'print');
      expect(await bandsOn(page)).toHaveLength(25);
    });
  });

  it('leads without any script from a count to as many risks, and says which cell that is', async () => {
    await inContext(browser, served.url, { as: 'opcc-officer' }, async (page) => {
      await page.goto(`${served.url}/risks`);
      const cell = page.locator('.ledger-matrix td a').first();
      const count = Number(await cell.locator('strong').innerText());
      await cell.click();
      expect(await page.locator('.ledger-list tbody tr').count()).toBe(count);
      expect(await page.locator('.ledger-matrix a[aria-current]').count()).toBe(1);
    });
  });

  function bandsOn(page: Page): Promise<readonly string[]> {
    return page.locator('.ledger-matrix td.ledger-band .govuk-body-s').allInnerTexts();
  }
});
