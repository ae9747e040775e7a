import type { Browser, Locator, Page } from 'playwright-core';
import { dayFromToday } from '../e2e/office.ts';
import { demoToken, serveLedger, type ServedLedger } from '../e2e/served-ledger.ts';
import { Client } from '../e2e/client.ts';
import { inContext, launchChromium, picture } from './chromium.ts';

/** What is typed into a form, by the name of its box. A day is typed into three. */
type Typed = Readonly<Record<string, string>>;

const [HELD_ON, LAST_MONTH, TODAY] = [dayFromToday(-40), dayFromToday(-30), dayFromToday(0)];
const LATE = 'Typed from the minutes.';

/* What a page does without scripts has nothing to do with where events are kept, so each is walked once. */
describe.each([
  ['sqlite', 'with scripts', true],
  ['esdb', 'without scripts', false],
] as const)('people at work in a browser, on %s, %s', (store, name, scripts) => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
  });

  it('schedule, minute, raise, report and sign off, ask how it stood, put right, take back and publish', async () => {
    const served = await serveLedger({ store });
    try {
      await begin(served);
      await new Journey(browser, served, scripts, `${store}, ${name}`).walk();
    } finally {
      await served.remove();
    }
  }, 180_000);
});

/** The board and the posts, which an office has before it keeps its first meeting. */
async function begin(served: ServedLedger): Promise<void> {
  const officer = new Client(() => served.url, await demoToken(served.url, 'opcc-officer'));
  await officer.does('addBody', { ref: 'CGB', name: 'Corporate Governance Board', effectiveOn: HELD_ON, reason: LATE });
  await served.ready();
}

/** One story, told by those who work in it: each step is done in forms and seen on pages, and its picture is kept. */
class Journey {
  readonly #browser: Browser;
  readonly #served: ServedLedger;
  readonly #scripts: boolean;
  readonly #folder: string;
  #steps = 0;

  constructor(browser: Browser, served: ServedLedger, scripts: boolean, name: string) {
    this.#browser = browser;
    this.#served = served;
    this.#scripts = scripts;
    this.#folder = `journeys/${name}`;
  }

  async walk(): Promise<void> {
    const then = { effectiveOn: HELD_ON, reason: LATE };
    const actions: string[] = [];
    let meeting = '';
    await this.#as('opcc-officer', async (page) => {
      meeting = await this.#gives(page, 'schedule-meeting', '/meetings', { body: 'CGB', on: HELD_ON, ...then });
      const [record, minuted] = [`/meetings/${meeting}`, 'Three reports were asked for.'];
      await this.#gives(page, 'hold-meeting', record, then);
      await this.#gives(page, 'minute-item', record, { item: '7(a)', text: minuted, ...then });
      for (const title of ['Report on vetting', 'Report on detention tmes', 'Report on response times'])
        actions.push(
          await this.#gives(page, 'raise-action', '/actions', { meeting, title, owner: 'force-lead', ...then }),
        );
      await this.#looks(page, record, [minuted, ...actions]);
    });
    const [first = '', second = '', third = ''] = actions.map((ref) => `/actions/${ref}`);
    await this.#as('commissioner', async (page) => {
      for (const record of [first, second])
        await this.#gives(page, 'agree-action', record, { ...then, 'authority.meeting': meeting });
    });
    await this.#as('force-lead', async (page) => {
      await this.#gives(page, 'report-action-complete', first, { text: 'Every file has been looked at.' });
      await this.#looks(page, first, ['Reported complete', 'Every file has been looked at.']);
    });
    await this.#as('opcc-officer', async (page) => {
      const board = await this.#gives(page, 'schedule-meeting', '/meetings', { body: 'CGB', on: TODAY });
      await this.#gives(page, 'hold-meeting', `/meetings/${board}`, {});
      // What the board decided is typed by an officer, who says on whose say.
      await this.#gives(page, 'sign-off-action', first, { by: 'commissioner', 'authority.meeting': board });
      await this.#looks(page, first, ['Signed off', board]);
      await this.#asksAbout(page, first, LAST_MONTH, ['You are looking at', 'Agreed']);
      const put = { is: 'Report on detention times', reason: 'Mistyped.' };
      await this.#gives(page, 'correct-action', second, put, 'Report on detention tmes', 'Title');
      await this.#looks(page, second, ['Report on detention times', 'Report on detention tmes']);
    });
    await this.#as('monitoring-officer', async (page) => {
      await this.#gives(page, 'void-action-event', third, { reason: 'Raised twice.' }, 'Report on response times');
      await this.#looks(page, third, ['Recorded by mistake', 'Raised twice.']);
      await this.#gives(page, 'publish-action', first, {});
    });
    await this.#as(undefined, (page) => this.#looks(page, '/actions', [actions[0]!], actions.slice(1)));
  }

  /** Somebody signs in and works. */
  async #as(post: string | undefined, work: (page: Page) => Promise<void>): Promise<void> {
    await inContext(this.#browser, this.#served.url, { scripts: this.#scripts, as: post }, work);
  }

  /**
   * Gives a command in its form, which a page offers: of the record that it is about, or the list or the record from which it is opened.
   * @returns the reference of the record that the confirmation leads to
   */
  async #gives(
    page: Page,
    command: string,
    from: string,
    typed: Typed,
    event?: string,
    field?: string,
  ): Promise<string> {
    await page.goto(`${this.#served.url}${from}`);
    const place =
      event === undefined ? page.locator('body') : page.locator('.moj-timeline__item', { hasText: event }).first();
    // What may be done about an entry is folded under it.
    if (event !== undefined) await place.locator('summary').click();
    await place.locator(`a[href^="/commands/${command}"]`).first().click();
    if (field !== undefined) {
      await page.locator('select[name=path]').selectOption({ label: field });
      await this.#keep(page, `${command} field`);
      await page.getByRole('button', { name: 'Continue' }).click();
    }
    const form = page.locator('main form[method=post]').first();
    for (const [name, value] of Object.entries(typed)) await fill(form, name, value);
    await this.#keep(page, command);
    await send(page);
    if ((await page.locator('h1').innerText()) === 'Check your answers') {
      await this.#keep(page, `${command} check`);
      await send(page);
    }
    const { pathname, searchParams } = new URL(page.url());
    const problems = await page.locator('.govuk-error-summary').allInnerTexts();
    expect([command, problems, searchParams.has('done')]).toEqual([command, [], true]);
    // The new event is in view, and nothing of what stands above it was pushed out of its frame.
    const scrolled = `[...document.querySelectorAll('main *')].filter((one) => one.scrollTop > 0).map((one) => one.className)`;
    expect([command, await page.evaluate(scrolled)]).toEqual([command, []]);
    await this.#keep(page, `${command} done`);
    return pathname.split('/').at(-1) ?? '';
  }

  /** Looks at a page: it says all of that, and none of those. */
  async #looks(page: Page, path: string, says: readonly string[], never: readonly string[] = []): Promise<void> {
    await page.goto(`${this.#served.url}${path}`);
    await this.#reads(page, says, never);
  }

  async #reads(page: Page, says: readonly string[], never: readonly string[]): Promise<void> {
    await this.#keep(page, `sees ${new URL(page.url()).pathname.replaceAll('/', ' ').trim()}`);
    const words = await page.locator('main').innerText();
    expect([words, says.filter((one) => !words.includes(one))]).toEqual([words, []]);
    expect([words, never.filter((one) => words.includes(one))]).toEqual([words, []]);
  }

  /** Asks the page about another day, in the boxes that stand on it. */
  async #asksAbout(page: Page, path: string, day: string, says: readonly string[]): Promise<void> {
    await page.goto(`${this.#served.url}${path}`);
    await page.getByText('see another date').click();
    await fill(page.locator('.ledger-date-bar'), 'on', day);
    await page.locator('.ledger-date-bar').getByRole('button', { name: 'Show' }).click();
    await this.#reads(page, says, []);
    expect(new URL(page.url()).searchParams.get('on')).toBe(day);
    expect(await page.locator('main').getByRole('link', { name: 'Go back to today' }).count()).toBe(1);
    // Nothing is recorded while one looks back.
    expect(await page.locator('main a[href^="/commands/"]').count()).toBe(0);
  }

  async #keep(page: Page, name: string): Promise<void> {
    this.#steps += 1;
    await picture(page, this.#folder, `${String(this.#steps).padStart(2, '0')} ${name}`);
  }
}

/** Fills in one field of a form, wherever it is folded away. */
async function fill(form: Locator, name: string, value: string): Promise<void> {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value) ?? [];
  const boxes = [`${name}-day`, `${name}-month`, `${name}-year`];
  if (year !== undefined && (await form.locator(`[name="${boxes[0]}"]`).count()) > 0) {
    for (const [at, part] of [day, month, year].entries()) await fill(form, boxes[at]!, String(Number(part)));
    return;
  }
  const control = form.locator(`[name="${name}"]`).first();
  const folded = form.locator('details:not([open])', { has: form.page().locator(`[name="${name}"]`) });
  while ((await folded.count()) > 0) await folded.first().locator('summary').first().click();
  const kind = await control.evaluate((one: { tagName: string; type?: string }) => `${one.tagName} ${one.type ?? ''}`);
  if (kind.startsWith('SELECT')) await control.selectOption(value);
  else if (/radio|checkbox/.test(kind)) await form.locator(`[name="${name}"][value="${value}"]`).check();
  else await control.fill(value);
}

/** Presses the button that sends what was filled in. */
async function send(page: Page): Promise<void> {
  await page.locator('main form[method=post] .govuk-button-group .govuk-button').first().click();
  await page.waitForLoadState('load');
}
