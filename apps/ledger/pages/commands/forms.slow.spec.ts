import type { Browser, Page } from 'playwright-core';
import { inContext, launchChromium, picture, type Looking } from '../../../../test/browser/chromium.ts';
import { foundByAxe, scrolledSideways } from '../../../../test/browser/page-faults.ts';
import { serveLedger, type ServedLedger } from '../../../../test/e2e/served-ledger.ts';
import { standingClock } from '../../../../test/ledger-in-a-folder.ts';
import { ofShare } from '../../../../test/share-of-commit.ts';

/* Forms in a real browser: what axe finds, narrow windows, the keyboard, and the script that looks records up. */

const HOSTILE = '<img src=x onerror="document.title=1"> & “quoted” vetting';

let served: ServedLedger;
let browser: Browser;
let hostile: string;
const REPORTED = 'CGB-2023-06-A4';

beforeAll(async () => {
  const clock = standingClock('2023-11-20T12:00:00.000Z');
  served = await serveLedger({ store: 'sqlite', holding: 'example', clock });
  const officer = await served.as('opcc-officer');
  const { action } = await officer.does('raiseAction', { body: 'CGB', title: HOSTILE, owner: 'force-lead' });
  hostile = (action as { readonly ref: string }).ref;
  await (await served.as('commissioner')).does('agreeAction', { ref: hostile });
  await served.ready();
  browser = await launchChromium();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await served?.remove();
});

const look = (as: string, options: Omit<Looking, 'as'>, at: (page: Page) => Promise<void>): Promise<void> =>
  inContext(browser, served.url, { ...options, as }, at);

/** A page of a form in a state of its own: who sees it, where, and what was done there. */
interface Shown {
  readonly name: string;
  readonly post: string;
  readonly path: string;
  readonly done?: (page: Page) => Promise<void>;
}

const send = (page: Page) => page.locator('form[method=post] .govuk-button-group button').first().click();
const choose = async (page: Page) => {
  await page.locator('form[action^="/commands/"] input[type=radio]').first().check();
  await page.getByRole('button', { name: 'Continue' }).click();
};

const SHOWN: readonly Shown[] = [
  { name: 'raise', post: 'opcc-officer', path: '/commands/raise-action' },
  { name: 'raise-empty', post: 'opcc-officer', path: '/commands/raise-action', done: send },
  {
    name: 'raise-wrong-days',
    post: 'opcc-officer',
    path: '/commands/raise-action?title=x&due.on-day=31&due.on-month=2&due.on-year=2023&dated.how=between&dated.to=2023-11-01',
    done: send,
  },
  { name: 'minute', post: 'opcc-officer', path: '/commands/minute-item/CGB-2023-06-21', done: send },
  { name: 'schedule', post: 'opcc-officer', path: '/commands/schedule-meeting', done: send },
  { name: 'add-body', post: 'opcc-officer', path: '/commands/add-body', done: send },
  { name: 'appoint', post: 'opcc-officer', path: '/commands/appoint-holder/chief-constable', done: send },
  { name: 'evidence', post: 'force-lead', path: '/commands/add-action-evidence/$HOSTILE', done: send },
  { name: 'which-entry', post: 'opcc-officer', path: `/commands/correct-action/${REPORTED}` },
  { name: 'which-field', post: 'opcc-officer', path: `/commands/correct-action/${REPORTED}`, done: choose },
  { name: 'mark', post: 'monitoring-officer', path: `/commands/mark-action/${REPORTED}` },
  {
    name: 'check',
    post: 'commissioner',
    path: `/commands/sign-off-action/${REPORTED}?authority.meeting=CGB-2023-09-25&reason=It+is+done.`,
    done: send,
  },
  { name: 'look-up', post: 'opcc-officer', path: `/commands/merge-action/${REPORTED}?into=vetting`, done: send },
  { name: 'not-now', post: 'opcc-officer', path: `/commands/agree-action/${REPORTED}` },
  { name: 'not-theirs', post: 'force-lead', path: `/commands/withdraw-action/${REPORTED}` },
  { name: 'looking-back', post: 'opcc-officer', path: `/commands/withdraw-action/${REPORTED}?on=2023-10-31` },
  { name: 'offers', post: 'opcc-officer', path: `/actions/${REPORTED}` },
];

async function lookAt(page: Page, { path, done }: Shown): Promise<void> {
  await page.goto(`${served.url}${path.replace('$HOSTILE', hostile)}`);
  await done?.(page);
  await page.evaluate(`for (const one of document.querySelectorAll('details')) one.open = true`);
}

describe('forms in a browser', () => {
  it.each(ofShare(SHOWN, 2).map((shown) => [shown.name, shown] as const))(
    'have nothing for axe to find in %s, with everything unfolded, and fit the narrowest window',
    async (name, shown) => {
      await look(shown.post, { scripts: true }, async (page) => {
        await lookAt(page, shown);
        await picture(page, 'forms', name);
        expect(await foundByAxe(page)).toEqual([]);
        expect(await scrolledSideways(page)).toEqual([]);
      });
    },
  );

  it('are filled in and sent by the keyboard alone, without scripts, and Enter sends them', async () => {
    await look('opcc-officer', {}, async (page) => {
      await page.goto(`${served.url}/commands/raise-action?body=CGB`);
      await page.getByLabel('Title', { exact: true }).focus();
      await page.keyboard.type('Typed by keyboard');
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/actions\/.*\?done=/);
      expect(await page.locator('h1').innerText()).toBe('Typed by keyboard');
      const [, id = ''] = /#event-(.+)$/.exec(page.url()) ?? [];
      expect(await page.locator(`[id="event-${id}"]`).innerText()).toContain('Typed by keyboard');
    });
  });

  it('look records up while somebody types, under the policy that lets no other script run, and show words as words', async () => {
    await look('opcc-officer', { scripts: true, ownPolicy: true }, async (page) => {
      const faults: string[] = [];
      page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
      page.on('pageerror', (error) => faults.push(error.message));
      await page.goto(`${served.url}/commands/merge-action/${REPORTED}`);
      const box = page.getByLabel('Where it goes on', { exact: true });
      expect(await page.getByRole('button', { name: 'Look up Where it goes on' }).count()).toBe(0);
      await box.pressSequentially('vetting', { delay: 10 });
      const found = page.locator('.autocomplete__option:not(.autocomplete__option--no-results)');
      await found.first().waitFor();
      await picture(page, 'forms', 'picker');
      expect(await found.allInnerTexts()).toEqual([`${HOSTILE} (${hostile})`]);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      expect(await box.inputValue()).toBe(`${HOSTILE} (${hostile})`);
      await page.getByLabel('Reason', { exact: true }).fill('The same.');
      await send(page);
      expect(await page.locator('h1').innerText()).toBe('Check your answers');
      expect(await page.locator('.govuk-summary-list').innerText()).toContain(`${HOSTILE} (${hostile})`);
      expect([await page.title(), faults]).toEqual([expect.stringContaining('Check your answers'), []]);
    });
  });

  it('lead from each fault to its box, and from what is checked back to the box that is to be changed', async () => {
    await look('opcc-officer', {}, async (page) => {
      await page.goto(`${served.url}/commands/merge-action/${REPORTED}`);
      await send(page);
      for (const link of await page.locator('.govuk-error-summary a').all()) {
        await link.click();
        const id = new URL(page.url()).hash.slice(1);
        expect(await page.locator(`[id="${id}"]`).count()).toBe(1);
      }
      await page.getByLabel('Where it goes on', { exact: true }).fill(hostile);
      await page.getByLabel('Reason', { exact: true }).fill('The same.');
      await send(page);
      await page.getByRole('button', { name: 'Change Reason' }).click();
      expect(new URL(page.url()).hash).toBe('#field-reason');
      expect(await page.getByLabel('Reason', { exact: true }).inputValue()).toBe('The same.');
    });
  });
});
