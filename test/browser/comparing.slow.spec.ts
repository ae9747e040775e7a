import type { Browser, Page } from 'playwright-core';
import type { Json } from '../e2e/client.ts';
import { serveLedger, type ServedLedger } from '../e2e/served-ledger.ts';
import { standingClock } from '../ledger-in-a-folder.ts';
import { inContext, launchChromium, NARROWEST, picture } from './chromium.ts';
import { faultsOf } from './page-faults.ts';

const ENDS = 'before=2023-06-30&before-recorded=2023-07-01&after=2023-10-09';
const LONG_WORD = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch'.repeat(2);
const late = { effectiveOn: '2023-06-25', reason: 'Typed from the minutes.' };

describe('the pages that compare two dates, in a browser', () => {
  const clock = standingClock('2023-06-21T11:00:00.000Z');
  let served: ServedLedger;
  let browser: Browser;
  let corrected: string;

  beforeAll(async () => {
    browser = await launchChromium();
    served = await serveLedger({ store: 'sqlite', clock });
    const [officer, commissioner, lead, monitoring] = await Promise.all(
      ['opcc-officer', 'commissioner', 'force-lead', 'monitoring-officer'].map((post) => served.as(post)),
    );
    const raise = async (input: object): Promise<string> =>
      (await officer!.does('raiseAction', { body: 'CGB', owner: 'force-lead', ...input })).action.ref;
    const openingOf = async (ref: string): Promise<string> => {
      await served.ready();
      const { ledger }: Json = await officer!.asks('AnyRecord', { ref });
      return ledger.record.history.edges[0].node.id;
    };
    await officer!.does('addBody', { ref: 'CGB', name: 'Corporate Governance Board' });
    const agreed: string[] = [];
    for (let number = 0; number < 6; number += 1)
      agreed.push(await raise({ title: `Action ${number}`, due: { on: '2023-09-01' } }));
    for (const ref of agreed) await commissioner!.does('agreeAction', { ref, authority: { decision: 'PCC-2023-14' } });
    corrected = agreed[0]!;
    clock.set('2023-07-10T11:00:00.000Z');
    await raise({ title: LONG_WORD, ...late });
    await raise({ title: 'Raised since' });
    const fix = { path: 'due.on', is: '2023-10-15', reason: 'Misread.' };
    await officer!.does('correctAction', { ref: corrected, event: await openingOf(corrected), ...fix });
    await monitoring!.does('voidActionEvent', {
      ref: agreed[1],
      event: await openingOf(agreed[1]!),
      reason: 'Raised twice.',
    });
    await lead!.does('giveActionUpdate', { ref: corrected, text: `Begun.\n${LONG_WORD}` });
    await lead!.does('reportActionComplete', { ref: agreed[2], text: 'Done.' });
    await commissioner!.does('withdrawAction', { ref: agreed[3], reason: 'No longer needed.' });
    clock.set('2023-10-10T11:00:00.000Z');
    await served.ready();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await served?.remove();
  });

  const PAGES: readonly (readonly [name: string, path: () => string])[] = [
    ['form', () => '/actions/compare'],
    ['changes', () => `/actions/compare?${ENDS}`],
    ['of one record', () => `/actions/compare?${ENDS}&only=${corrected}`],
    ['narrowed', () => `/actions/compare?${ENDS}&change=moved.day`],
    ['bridge', () => `/actions/bridge?${ENDS}&by=status`],
    ['bridge of a group', () => `/actions/bridge?${ENDS}&by=status&cell=in:AGREED`],
    ['records of a line', () => `/actions/bridge?${ENDS}&by=status&line=restated.learned&entered=in:PROPOSED`],
    ['records of a group', () => `/actions/bridge?${ENDS}&by=meeting&cell=in:&basis=told`],
    ['wrong way round', () => '/actions/bridge?before=2023-10-09&after=2023-06-30&clock=proven'],
  ];

  it.each(PAGES)(
    'are open to everybody, on paper and in narrow windows too (%s)',
    async (name, path) => {
      await inContext(browser, served.url, { scripts: true, as: 'opcc-officer' }, async (page) => {
        await page.goto(`${served.url}${path()}`);
        await picture(page, 'comparing', name);
        expect(await faultsOf(page)).toEqual([]);
      });
    },
    120_000,
  );

  it('compare without any script what somebody types, from the bar of dates on', async () => {
    await inContext(browser, served.url, { as: 'opcc-officer' }, async (page) => {
      await page.goto(`${served.url}/actions`);
      await page.getByText('see another date').click();
      await page.getByRole('link', { name: 'Compare with another date' }).click();
      await fill(page, 'before-on', '30', 'June', '2023');
      await fill(page, 'before-recorded', '1', '7', '2023');
      await fill(page, 'after-on', '9', '10', '2023');
      await page.getByRole('button', { name: 'Compare' }).click();
      expect(page.url().slice(served.url.length)).toBe(`/actions/compare?${ENDS}`);
      await page.getByRole('link', { name: 'Corrected (1)' }).click();
      await page.getByRole('heading', { name: '1 action that changed matches' }).waitFor();
      await page
        .getByRole('link', { name: /^Corrected, 10 July 2023/ })
        .first()
        .click();
      expect(page.url()).toContain(`/actions/${corrected}?event=`);
      await page.getByText('Due date: was “1 September 2023”, is “15 October 2023”').first().waitFor();
    });
  });

  it('show the chart of a bridge in the narrowest window with its words as large as any, and every line of its table', async () => {
    await inContext(browser, served.url, { viewport: NARROWEST, as: 'opcc-officer' }, async (page) => {
      await page.goto(`${served.url}/actions/bridge?${ENDS}&by=status`);
      await picture(page, 'comparing', 'bridge, narrowest');
      const chart = page.getByRole('img', { name: /^How 6 actions, as told, became 7 at closing/ });
      const box = (await chart.boundingBox())!;
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(NARROWEST.width);
      expect(await chart.locator('rect').count()).toBeGreaterThan(4);
      await page.emulateMedia({ media: 'print' });
      await picture(page, 'comparing', 'bridge, print');
      expect(await chart.isVisible()).toBe(true);
    });
  });
});

async function fill(page: Page, name: string, day: string, month: string, year: string): Promise<void> {
  for (const [part, value] of Object.entries({ day, month, year })) await page.locator(`#${name}-${part}`).fill(value);
}
