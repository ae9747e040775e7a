import type { Browser, Locator, Page } from 'playwright-core';
import { NotYet } from '../../../libs/read-models/index.ts';
import { inContext, launchChromium, NARROW, picture, WIDE, type Looking } from '../../../test/browser/chromium.ts';
import { foundByAxe } from '../../../test/browser/page-faults.ts';
import { HOSTILE, openStoriedLedger, type StoriedLedger } from '../../../test/browser/storied-ledger.ts';
import { readConfig } from '../config.ts';
import type { Ledger } from '../ledger.ts';
import { startLedger, type RunningServer } from '../start-ledger.ts';

/* What people do on the pages. What holds of every page, whatever it shows, `test/browser/every-page.slow.spec.ts` looks at. */

describe('the pages in a browser, on the papers of Leicestershire', () => {
  let ledger: StoriedLedger;
  let served: StoriedLedger['served'];
  let browser: Browser;
  const asked = new Set<string>();

  beforeAll(async () => {
    ledger = await openStoriedLedger();
    ({ served } = ledger);
    browser = await launchChromium();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await served?.remove();
  });

  /** A browser of its own, of which is kept what it asks of whom. */
  function look<Result>(as: Looking, at: (page: Page) => Promise<Result>): Promise<Result> {
    return inContext(browser, served.url, as, (page, context) => {
      context.on('request', (request) => asked.add(request.url()));
      return at(page);
    });
  }

  const shot = (page: Page, name: string): Promise<void> =>
    picture(page, 'pages', `${name}-${(page.viewportSize() ?? WIDE).width}`);

  async function visit(page: Page, path: string, status = 200): Promise<void> {
    const answer = await page.goto(`${served.url}${path}`);
    expect([path, answer?.status()]).toEqual([path, status]);
  }

  it('shows owner and due date of each action on a telephone without scrolling to the side, each under its name', async () => {
    await look({ viewport: NARROW, as: 'opcc-officer' }, async (page) => {
      await visit(page, '/actions');
      for (const name of ['Due', 'Owner']) {
        const cell = page.locator(`.ledger-table td[data-label="${name}"]`).first();
        const box = await cell.boundingBox();
        expect(box!.x).toBeGreaterThanOrEqual(0);
        expect(box!.x + box!.width).toBeLessThanOrEqual(NARROW.width);
        const label = `getComputedStyle(document.querySelector('.ledger-table td[data-label="${name}"]'), '::before').content`;
        expect(await page.evaluate(label)).toBe(`"${name}"`);
      }
      const pane = page.locator('.ledger-pane');
      expect(await pane.evaluate((one) => one.scrollWidth - one.clientWidth)).toBe(0);
    });
  });

  it('prints no addresses behind its links', async () => {
    await look({}, async (page) => {
      await page.emulateMedia({ media: 'print' });
      for (const path of ['/', '/actions', '/actions/CGB-2023-06-A4']) {
        await visit(page, path);
        const behind = await page.evaluate(
          `[...document.querySelectorAll('a')].map((one) => getComputedStyle(one, '::after').content).filter((one) => one.includes('('))`,
        );
        expect([path, await page.locator('a').count(), behind]).toEqual([path, expect.any(Number), []]);
      }
    });
  });

  it('gives every page a title of its own', async () => {
    const paths = [
      '/',
      '/actions',
      '/actions?on=2023-06-30',
      '/actions?on=2023-01-01',
      '/actions?status=done',
      '/actions/CGB-2023-06-A7',
      '/actions/CGB-2023-06-A1?on=2023-06-30',
      '/meetings',
      '/meetings/CGB-2023-07-17',
      '/meetings/CGB-2023-07-17/told',
      '/meetings/CGB-2023-07-17/told?list=not-told',
      '/actions?at-meeting=CGB-2023-07-17&meeting-view=told',
      '/actions?at-meeting=CGB-2023-07-17&meeting-view=now',
      '/bodies/CGB',
      '/posts/chief-constable',
      '/documents',
      '/questioned',
      '/slippage',
      '/slippage?by=owner',
      '/late-entries',
      '/late-entries?by=month&register=meetings',
      '/panels/CGB/risks',
      '/sign-in',
      '/nowhere',
    ];
    const titleOf = async (path: string) =>
      /<title>([^<]+)</.exec(await (await fetch(`${served.url}${path}`)).text())![1]!.trim();
    const titles = await Promise.all(paths.map(titleOf));
    expect(titles.filter((title, at) => titles.indexOf(title) < at)).toEqual([]);
  });

  it('takes the whole way by keyboard alone, without any script', async () => {
    await look({}, async (page) => {
      await visit(page, '/');
      await page.keyboard.press('Tab');
      expect(await focused(page)).toBe('Skip to main content');

      await tabTo(page, page.getByRole('link', { name: 'Act as a post' }));
      await page.keyboard.press('Enter');
      await tabTo(page, page.locator('input[type=radio]').first());
      for (let steps = 0; steps < 20 && !(await page.locator('input[value=internal-auditor]').isChecked()); steps += 1)
        await page.keyboard.press('ArrowDown');
      await tabTo(page, page.getByRole('button', { name: 'Continue' }));
      await page.keyboard.press('Enter');
      await page.waitForURL(`${served.url}/`);
      await page.getByText('Acting as Internal auditor').waitFor();

      await tabTo(
        page,
        page.getByRole('link', { name: 'See the actions' }).or(page.getByRole('button', { name: 'See the actions' })),
      );
      await page.keyboard.press('Enter');
      await tabTo(page, page.getByText('Filter the actions'));
      await page.keyboard.press('Enter');
      await tabTo(page, page.getByLabel('Words in the title'));
      await page.keyboard.type('neighbourhood');
      await page.keyboard.press('Enter');
      await page.waitForURL(`${served.url}/actions?text=neighbourhood`);
      await page.getByText('1 action matches').waitFor();
      await shot(page, 'journey-filtered');

      await tabTo(page, page.getByRole('link', { name: 'CGB-2023-06-A7' }));
      await page.keyboard.press('Enter');
      await page
        .getByRole('heading', { level: 1, name: 'PCC and Force to meet regarding Neighbourhood Active' })
        .waitFor();
      await tabTo(page, page.getByText('see another date'));
      await page.keyboard.press('Enter');
      await tabTo(page, page.getByRole('group', { name: 'Show what was true on' }).getByLabel('Day'));
      await page.keyboard.type('30');
      await page.keyboard.press('Tab');
      await page.keyboard.type('June');
      await page.keyboard.press('Tab');
      await page.keyboard.type('2023');
      await shot(page, 'journey-date-bar');
      await page.keyboard.press('Enter');
      await page.waitForURL(`${served.url}/actions/CGB-2023-06-A7?on=2023-06-30`);
      await page.getByText('You are looking at 30 June 2023, from all that is known today.').waitFor();
      expect(await page.getByText('Reported complete by 9 October 2023. The source gives no day').count()).toBe(1);
      await shot(page, 'journey-then');

      await tabTo(page, page.getByRole('link', { name: 'All actions' }));
      await page.keyboard.press('Enter');
      await page.waitForURL(`${served.url}/actions?on=2023-06-30`);
      await tabTo(page, page.getByRole('link', { name: 'Go back to today' }));
      await page.keyboard.press('Enter');
      await page.waitForURL(`${served.url}/actions`);
      expect(await page.getByText('You are looking at').count()).toBe(0);
    });
  });

  it('names the box at fault, keeps what was typed, and leads to the box', async () => {
    await look({}, async (page) => {
      await visit(page, '/actions?owner=chief-constable');
      await page.getByText('see another date').click();
      const day = page.getByRole('group', { name: 'Show what was true on' });
      await day.getByLabel('Day').fill('31');
      await day.getByLabel('Month').fill('6');
      await day.getByLabel('Year').fill('2023');
      await page.getByRole('button', { name: 'Show' }).click();
      const problem = page
        .getByRole('alert')
        .getByRole('link', { name: 'The date must be a real date, like 30 6 2023' });
      expect(await problem.getAttribute('href')).toBe('#bar-on-day');
      expect(await page.locator('#bar-on-day').inputValue()).toBe('31');
      await page.locator('#bar-on-day').fill('30');
      await page.getByRole('button', { name: 'Show' }).click();
      expect(new URL(page.url()).search).toBe('?owner=chief-constable&on=2023-06-30');
    });
  });

  it('takes a meeting in the place of dates, and leads from a meeting to what it was told and what it was not', async () => {
    await look({ as: 'opcc-officer' }, async (page) => {
      await visit(page, '/actions');
      await page.getByText('see another date').click();
      await page.getByLabel('Or at a meeting, instead of dates').fill('CGB-2023-06-21');
      await page.getByRole('button', { name: 'Show' }).click();
      expect(new URL(page.url()).search).toBe('?at-meeting=CGB-2023-06-21&meeting-view=told');
      await page.getByText('You are looking at the meeting CGB-2023-06-21 as told: 20 June 2023').waitFor();
      await shot(page, 'at-meeting');
      await page.getByText('see another date').click();
      await page.getByLabel('As known now').check();
      await page.getByRole('button', { name: 'Show' }).click();
      await page.getByText('as known now: 20 June 2023, from all that is known today').waitFor();

      await visit(page, '/meetings/CGB-2023-06-21');
      await page.getByRole('link', { name: 'See what this meeting was told, and what it was not' }).click();
      await page.getByRole('link', { name: /^Not told/ }).click();
      await page.getByRole('heading', { level: 2, name: 'What it was not told' }).waitFor();
      await shot(page, 'not-told');
      // Each entry leads to where it stands on the page of its record.
      await page.locator('.ledger-table tbody tr td').first().getByRole('link').click();
      expect(await page.locator(new URL(page.url()).hash).count()).toBe(1);
      await visit(page, '/meetings/CGB-2023-05/told');
      await page.getByText('This meeting was cancelled').waitFor();
      await visit(page, '/meetings/CGB-2023-06-22/told', 404);
      await visit(page, '/actions?at-meeting=CGB-2023-05', 400);
      expect(await page.getByRole('alert').innerText()).toContain('This meeting was cancelled');
    });
  });

  it('tells no future, on either clock, and takes the end of today for now', async () => {
    await look({}, async (page) => {
      await visit(page, '/actions?on=2023-11-21', 400);
      expect(await page.getByRole('alert').innerText()).toContain('The date must be today or in the past');
      await visit(page, '/actions?recorded=2023-11-21', 400);
      expect(await page.getByRole('alert').innerText()).toContain('The date recorded by must be now or in the past');
      await visit(page, '/actions?recorded=2023-11-20');
      expect(await totalOf(page)).toBe('12 actions');
    });
  });

  it('counts as the papers stood on 9 October 2023, and as the ledger alone could know', async () => {
    await look({}, async (page) => {
      await visit(page, '/actions?on=2023-10-09');
      const tabs = await page.getByRole('navigation', { name: 'Actions by status' }).getByRole('link').allInnerTexts();
      expect(tabs).toEqual([
        'All (11)',
        'Agreed (1)',
        'Reported complete (1)',
        'Signed off (8)',
        'Complete by other means (1)',
      ]);
      expect(await page.getByRole('list', { name: 'What a public paper prints' }).innerText()).toBe(
        [
          'No status (1): agreed',
          'In progress (0): in progress, deferred',
          'Awaiting sign-off (1): reported complete',
          'Complete (9): signed off, complete by other means',
        ].join('\n'),
      );
      // The words of the rows are those of the counts above them.
      const statuses = await page.locator('.ledger-table td[data-label="Status"] .govuk-tag').allInnerTexts();
      const counted = (words: string) => `${words} (${statuses.filter((one) => one === words).length})`;
      expect(new Set(tabs.slice(1))).toEqual(new Set(statuses.map(counted)));
      await visit(page, '/actions?on=2023-10-09&recorded=2023-10-31&clock=proven');
      await page.getByText('No action that you may see had been recorded by the end of 31 October 2023').waitFor();
    });
  });

  it('answers the same for an action that is hidden and for one that is not there', async () => {
    const seenBy = async (ref: string) => {
      const answer = await fetch(`${served.url}/actions/${ref}?on=2023-11-20`);
      return [answer.status, (await answer.text()).replaceAll(ref, 'REF')];
    };
    const absent = ledger.sensitive.replace(/.{5}$/, 'zzzzz');
    expect(await seenBy(ledger.sensitive)).toEqual(await seenBy(absent));
    expect((await seenBy(ledger.sensitive))[0]).toBe(404);
    await look({ as: 'opcc-officer' }, async (page) => {
      await visit(page, `/actions/${ledger.sensitive}`);
      await page.getByRole('heading', { name: 'Nobody outside may read this' }).waitFor();
      await visit(page, `/actions/${absent}`, 404);
    });
  });

  it('shows as words whatever was typed, and runs none of it', async () => {
    await look({ scripts: true, as: 'opcc-officer' }, async (page) => {
      for (const path of [`/actions/${ledger.hostile}`, `/actions?text=${encodeURIComponent(HOSTILE)}`]) {
        await visit(page, path);
        expect(await page.title()).toMatch(/Accountability ledger$/);
        expect(await page.locator('main script, main img').count()).toBe(0);
        expect(await page.locator('main').innerText()).toContain('<script>document.title');
      }
    });
  });

  it('shows a correction, a void, a dispute and a return for what they are', async () => {
    await look({ as: 'force-lead' }, async (page) => {
      await visit(page, `/actions/${ledger.storied}`);
      const main = await page.locator('main').innerText();
      for (const words of [
        'Due date: was “1 December 2023”, is “2 December 2023”',
        'This entry does not count.',
        'Owner: “Chief Constable”',
        'Letter of 3 November, 2',
        'Returned for more work',
        'First due 2 December 2023',
        'Extended once',
        'Decision PCC-2023-14',
      ])
        expect(main).toContain(words);
    });
  });

  it('keeps the pages of one list of one list, while more is recorded, and leads back', async () => {
    for (let count = 0; count < 16; count += 1) await ledger.raise({ title: `Action for the second page ${count}` });
    await served.ready();
    await look({ as: 'opcc-officer' }, async (page) => {
      await visit(page, '/actions');
      const total = await totalOf(page);
      const first = await page.locator('tbody th a').allInnerTexts();
      expect(first).toHaveLength(25);
      await ledger.raise({ title: 'Raised while somebody reads' });
      await served.ready();
      await page.getByRole('link', { name: 'Next page' }).click();
      expect(await totalOf(page)).toBe(total);
      const second = await page.locator('tbody th a').allInnerTexts();
      expect(first.length + second.length).toBe(Number(total.split(' ')[0]));
      expect(first.filter((ref) => second.includes(ref))).toEqual([]);
      await shot(page, 'second-page');
      await page.getByRole('link', { name: 'Previous page' }).click();
      expect(await page.locator('tbody th a').allInnerTexts()).toEqual(first);
      expect(await totalOf(page)).toBe(total);
      // A list asked for anew has the new action.
      await visit(page, '/actions');
      expect(await totalOf(page)).not.toBe(total);
    });
  });

  it('shows each post what it may see, and the public what was published once signed out', async () => {
    await look({ as: 'opcc-officer' }, async (page) => {
      await visit(page, `/actions/${ledger.hostile}`);
      await page.getByRole('link', { name: /^change/ }).click();
      await page.getByRole('button', { name: 'Stop acting as OPCC officer' }).click();
      expect(new URL(page.url()).pathname).toBe(`/actions/${ledger.hostile}`);
      await page.getByRole('heading', { name: 'Page not found' }).waitFor();
      expect(await page.getByText('You see what has been published.').count()).toBeGreaterThan(0);
    });
  });

  it('has pages for a ledger that is still being read in, and for faults of its own', async () => {
    const faults: readonly [name: string, thrown: Error][] = [
      ['catching-up', new NotYet('not yet')],
      ['fault', new Error('a fault')],
    ];
    for (const [name, thrown] of faults) {
      const server = await serverThatThrows(thrown);
      try {
        for (const viewport of [WIDE, NARROW])
          await look({ viewport, scripts: true }, async (page) => {
            await page.goto(`${server.url}/actions`);
            await shot(page, name);
            expect(await foundByAxe(page)).toEqual([]);
          });
      } finally {
        await server.close();
      }
    }
  });

  it('asked nothing of any other host all the while', async () => {
    const elsewhere = () => [...asked].filter((url) => !/^(http:\/\/127\.0\.0\.1:\d+\/|data:)/.test(url));
    expect(asked.size).toBeGreaterThan(10);
    expect(elsewhere()).toEqual([]);
    expect([...asked].filter((url) => /\.(woff2?|js)(\?|$)/.test(url))).toEqual([]);
    await look({ scripts: true }, async (page) => page.setContent('<img src="http://elsewhere.invalid/pixel.png">'));
    expect(elsewhere()).toEqual(['http://elsewhere.invalid/pixel.png']);
  });
});

/** Presses Tab until the element has the focus. A journey by keyboard ends where it cannot be reached. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  const target = wanted.first();
  await target.waitFor();
  for (let presses = 0; presses < 150; presses += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate(hasFocus)) return;
  }
  throw new Error(`${wanted.toString()} cannot be reached by keyboard`);
}

/** Run in the browser: has the element the focus, or the line that unfolds what it stands in? */
function hasFocus(element: unknown): boolean {
  interface Focusable {
    readonly ownerDocument: { readonly activeElement: Focusable };
    readonly tagName: string;
    contains(other: unknown): boolean;
  }
  const { activeElement } = (element as Focusable).ownerDocument;
  return activeElement === element || (activeElement.tagName === 'SUMMARY' && activeElement.contains(element));
}

/** What the list says above its rows: how many records it has. */
function totalOf(page: Page): Promise<string> {
  return page.locator('.ledger-table caption').innerText();
}

function focused(page: Page): Promise<string> {
  return page.locator(':focus').innerText();
}

function serverThatThrows(thrown: Error): Promise<RunningServer> {
  const unasked = () => Promise.reject(new Error('this was not to be asked'));
  const ledger: Ledger = {
    registers: [],
    capacityOf: () => Promise.resolve(null),
    personOf: () => Promise.resolve(null),
    offers: () => Promise.resolve(null),
    placeSeen: () => Promise.reject(new Error('not asked')),
    postsHeldBy: () => Promise.resolve([]),
    secret: () => new Uint8Array(32),
    pseudonymOf: (person) => person,
    questions: 0,
    submit: unasked,
    openView: () => Promise.reject(thrown),
    viewAt: unasked,
    positionFor: unasked,
    noticesOf: unasked,
    behind: () => Promise.resolve([]),
    damaged: () => Promise.resolve([]),
    close: () => Promise.resolve(),
  };
  return startLedger(readConfig({ PORT: '0', LEDGER_SIGN_IN: 'demo', LOG_LEVEL: 'silent' }), ledger);
}
