import { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core';
import { RECORD_KINDS, type RecordKind } from '../../../libs/declarations/index.ts';
import { NotYet } from '../../../libs/read-models/index.ts';
import type { Client, Json } from '../../../test/e2e/client.ts';
import { serveLedger, type ServedLedger } from '../../../test/e2e/served-ledger.ts';
import { standingClock } from '../../../test/ledger-in-a-folder.ts';
import { readConfig } from '../config.ts';
import type { Ledger } from '../ledger.ts';
import { startLedger, type RunningServer } from '../start-ledger.ts';

const CHROMIUM = '/usr/bin/chromium';
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const SCREENSHOTS = process.env['SCREENSHOTS'] ?? mkdtempSync(join(tmpdir(), 'pages-'));
const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 390, height: 844 };
/** The narrowest window that WCAG 2.2 asks pages to fit into (1.4.10). */
const NARROWEST = { width: 320, height: 640 };
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** Meant to do harm where it is not escaped. */
const HOSTILE = '<script>document.title="taken"</script>"><img src=x onerror="document.title=1"> {{ 7*7 }}';

/** A context that has not closed by then is left to the end of the browser. */
const CLOSING_MS = 5_000;

/** Every kind of record, by what one and several are called. */
const KINDS_SHOWN = (Object.keys(RECORD_KINDS) as RecordKind[]).map((one) => ({ one, many: RECORD_KINDS[one].many }));

describe('the pages in a browser, on the papers of Leicestershire', () => {
  let served: ServedLedger;
  let browser: Browser;
  let officer: Client;
  let hostile: string;
  let sensitive: string;
  let storied: string;
  let questioned: string;
  let mistaken: string;
  /** One of each kind of record. */
  let examples: { readonly [Kind in RecordKind]: string };
  const asked = new Set<string>();

  beforeAll(async () => {
    mkdirSync(SCREENSHOTS, { recursive: true });
    if (!existsSync(CHROMIUM)) throw new Error(`${CHROMIUM} is needed: install Debian's package chromium`);
    const clock = standingClock('2023-11-20T12:00:00.000Z');
    served = await serveLedger({ store: 'sqlite', holding: 'example', clock });
    officer = await served.as('opcc-officer');
    const late = { effectiveOn: '2023-11-01', reason: 'Typed from the minutes.' };
    hostile = await raise({ title: HOSTILE, owner: 'force-lead', due: { on: '2023-11-10' }, ...late });
    await (await served.as('commissioner')).does('agreeAction', { ref: hostile, ...late });
    sensitive = await raise({ title: 'Nobody outside may read this', marking: 'OFFICIAL_SENSITIVE' });
    storied = await tellAStory();
    questioned = await agreedAtNoMeeting();
    mistaken = await scheduledByMistake();
    const person = (await officer.does('addPerson', { name: 'Ada Byron', contact: 'ada@example.org' })).person.ref;
    await officer.does('appointHolder', { post: 'chief-constable', person, interim: true });
    const paper = { body: 'CGB', title: 'Minutes of 21 June 2023', kind: 'MINUTES' };
    const document = (await officer.does('recordDocument', paper)).document.ref;
    examples = { document, action: storied, meeting: 'CGB-2023-06-21', body: 'CGB', post: 'chief-constable', person };
    await served.ready();
    browser = await chromium.launch({
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
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await served?.remove();
  });

  async function raise(input: Record<string, unknown>): Promise<string> {
    return (await officer.does('raiseAction', { body: 'CGB', ...input })).action.ref;
  }

  /** An action to which everything happened that a timeline can show, published at the end. */
  async function tellAStory(): Promise<string> {
    const [commissioner, lead, monitoring] = await Promise.all([
      served.as('commissioner'),
      served.as('force-lead'),
      served.as('monitoring-officer'),
    ]);
    const ref = await raise({
      title: 'Report on vetting backlogs',
      owner: 'force-lead',
      organisation: 'FORCE',
      priority: 'HIGH',
      due: { on: '2023-12-01', phrase: 'by the start of December' },
    });
    await commissioner.does('agreeAction', { ref, authority: { decision: 'PCC-2023-14' } });
    await lead.does('giveActionUpdate', { ref, text: 'Begun.\nTwo of five backlogs are cleared.' });
    await lead.does('giveActionUpdate', { ref, text: 'This belongs to another action.' });
    await lead.does('addActionEvidence', { ref, title: 'Backlog figures', fileName: 'backlogs.xlsx' });
    await officer.does('extendActionDueDate', { ref, due: { on: '2023-12-20' }, reason: 'The figures come late.' });
    const { ledger } = await (await ready(officer)).asks('History', { ref, asOf: {} });
    const events: readonly Json[] = ledger.action.history.edges.map(({ node }: Json) => node);
    await officer.does('correctAction', {
      ref,
      event: events[0].id,
      path: 'due.on',
      is: '2023-12-02',
      reason: 'Misread.',
    });
    await monitoring.does('voidActionEvent', { ref, event: events[3].id, reason: 'Given to the wrong action.' });
    await officer.does('recordOtherwiseStated', {
      record: ref,
      path: 'owner',
      says: 'chief-constable',
      source: { document: 'Letter of 3 November', paragraph: '2' },
    });
    await lead.does('reportActionComplete', { ref, text: 'All five are cleared.' });
    await commissioner.does('returnAction', { ref, reason: 'One is not.' });
    await monitoring.does('publishAction', { ref });
    return ref;
  }

  /** An action that was agreed at a meeting which turned out not to have been held. */
  async function agreedAtNoMeeting(): Promise<string> {
    const [commissioner, monitoring] = await Promise.all([served.as('commissioner'), served.as('monitoring-officer')]);
    const meeting = (await officer.does('scheduleMeeting', { body: 'CGB', on: '2023-11-20' })).meeting.ref;
    await officer.does('holdMeeting', { ref: meeting });
    const ref = await raise({ title: 'Report on detention times', owner: 'force-lead' });
    await commissioner.does('agreeAction', { ref, authority: { meeting } });
    const { ledger } = await (await ready(officer)).asks('AnyRecord', { ref: meeting });
    const held = ledger.record.history.edges.find(({ node }: Json) => node.type === 'MeetingHeld').node.id;
    await monitoring.does('voidMeetingEvent', { ref: meeting, event: held, reason: 'Nobody came.' });
    return ref;
  }

  async function scheduledByMistake(): Promise<string> {
    const { ref } = (await officer.does('scheduleMeeting', { body: 'CGB', on: '2023-12-20' })).meeting;
    const { ledger } = await (await ready(officer)).asks('AnyRecord', { ref });
    const event = ledger.record.history.edges[0].node.id;
    await (await served.as('monitoring-officer')).does('voidMeetingEvent', { ref, event, reason: 'Another board’s.' });
    return ref;
  }

  async function ready(client: Client): Promise<Client> {
    await served.ready();
    return client;
  }

  async function open(
    options: { readonly viewport?: typeof WIDE; readonly scripts?: boolean; readonly as?: string } = {},
  ): Promise<BrowserContext> {
    const { viewport = WIDE, scripts = false } = options;
    const context = await browser.newContext({ viewport, javaScriptEnabled: scripts, bypassCSP: scripts });
    context.on('request', (request) => asked.add(request.url()));
    if (options.as !== undefined) await signIn(context, options.as);
    return context;
  }

  async function signIn(context: BrowserContext, post: string): Promise<void> {
    const page = await context.newPage();
    await page.goto(`${served.url}/sign-in`);
    await page.locator(`input[value="${post}"]`).check();
    await page.getByRole('button', { name: 'Continue' }).click();
    // Left open until its context is closed: a page that is closed while it loads was seen never to finish closing.
    await page.waitForLoadState('load');
  }

  async function inContext<Result>(
    options: Parameters<typeof open>[0],
    look: (page: Page) => Promise<Result>,
  ): Promise<Result> {
    const context = await open(options);
    try {
      return await look(await context.newPage());
    } finally {
      await Promise.race([context.close(), new Promise((resume) => setTimeout(resume, CLOSING_MS))]);
    }
  }

  async function shot(page: Page, name: string): Promise<void> {
    const { width } = page.viewportSize() ?? WIDE;
    await page.screenshot({ path: join(SCREENSHOTS, `${name}-${width}.png`), fullPage: true });
  }

  /** Every page that there is, by what it shows. Posts see it that are named. */
  function everyPage(): readonly {
    readonly name: string;
    readonly path: string;
    readonly status?: number;
    readonly as?: string;
  }[] {
    return [
      { name: 'home', path: '/' },
      { name: 'home-then', path: '/?on=2023-06-30&recorded=2023-07-01' },
      { name: 'actions', path: '/actions' },
      { name: 'actions-then', path: '/actions?on=2023-06-30' },
      {
        name: 'actions-filtered',
        path: '/actions?text=CGB&meeting=CGB-2023-06-21&published=complete',
        as: 'opcc-officer',
      },
      { name: 'actions-empty', path: '/actions?on=2023-01-01' },
      { name: 'actions-none-passes', path: '/actions?on=2023-01-02&text=nothing' },
      { name: 'action-not-yet', path: '/actions/CGB-2023-06-A4?on=2023-05-01', status: 404 },
      { name: 'actions-too-long', path: `/actions?text=${'x'.repeat(201)}`, status: 400 },
      { name: 'action', path: '/actions/CGB-2023-06-A7' },
      { name: 'action-then', path: '/actions/CGB-2023-06-A1?on=2023-06-30&recorded=2023-10-31T14:30&clock=stated' },
      { name: 'action-storied', path: `/actions/${storied}`, as: 'force-lead' },
      { name: 'action-hostile', path: `/actions/${hostile}`, as: 'opcc-officer' },
      { name: 'action-questioned', path: `/actions/${questioned}`, as: 'opcc-officer' },
      { name: 'questioned', path: '/questioned', as: 'opcc-officer' },
      { name: 'questioned-empty', path: '/questioned' },
      ...KINDS_SHOWN.map(({ many }) => ({ name: `${many}-all`, path: `/${many}`, as: 'opcc-officer' })),
      ...KINDS_SHOWN.map(({ many }) => ({ name: `${many}-published`, path: `/${many}?on=2023-10-31` })),
      ...KINDS_SHOWN.map(({ many, one }) => ({ name: one, path: `/${many}/${examples[one]}`, as: 'opcc-officer' })),
      { name: 'meetings-filtered', path: '/meetings?status=held&body=CGB' },
      { name: 'meeting-then', path: '/meetings/CGB-2023-07-17?on=2023-06-30' },
      { name: 'meeting-mistaken', path: `/meetings/${mistaken}`, as: 'opcc-officer' },
      { name: 'meeting-not-yet', path: '/meetings/CGB-2023-06-21?on=2001-01-01', status: 404 },
      { name: 'body-published', path: '/bodies/CGB' },
      { name: 'post-published', path: '/posts/chief-constable?on=2023-11-01' },
      { name: 'sign-in', path: '/sign-in?ended=yes' },
      { name: 'sign-in-again', path: '/sign-in?return=%2Factions', as: 'force-lead' },
      { name: 'bad-dates', path: '/actions?owner=chief-constable&on=2023-02-30&recorded=2023-13-01', status: 400 },
      { name: 'no-such-record', path: '/actions/CGB-2023-04-A99?on=2023-06-30', status: 404 },
      { name: 'no-such-page', path: '/nowhere', status: 404 },
      { name: 'bad-address', path: '/actions?status=done', status: 400 },
    ];
  }

  async function visit(page: Page, path: string, status = 200): Promise<void> {
    const answer = await page.goto(`${served.url}${path}`);
    expect([path, answer?.status()]).toEqual([path, status]);
  }

  /** What axe finds on a page, with everything on it unfolded. */
  async function findings(page: Page): Promise<readonly string[]> {
    await page.evaluate(`for (const one of document.querySelectorAll('details')) one.open = true`);
    await page.addScriptTag({ path: AXE });
    const { violations }: AxeResults = await page.evaluate(`axe.run(document, { runOnly: ${JSON.stringify(RULES)} })`);
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  }

  it.each([
    ['wide', WIDE],
    ['narrow', NARROW],
  ])('has nothing for axe to find on any page, in a %s window', async (_, viewport) => {
    const found: string[] = [];
    for (const as of [undefined, 'opcc-officer', 'force-lead']) {
      await inContext({ viewport, scripts: true, ...(as === undefined ? {} : { as }) }, async (page) => {
        for (const { name, path, status } of everyPage().filter((one) => one.as === as)) {
          await visit(page, path, status);
          await shot(page, name);
          found.push(...(await findings(page)).map((finding) => `${name}: ${finding}`));
        }
      });
    }
    expect(found).toEqual([]);
  });

  it('would be told by axe of a box without a label and of a picture without words', async () => {
    await inContext({ scripts: true }, async (page) => {
      await visit(page, '/actions');
      await page.evaluate(
        `document.querySelector('label[for=owner]').remove(); document.querySelector('main').append(new Image())`,
      );
      expect((await findings(page)).map((finding) => finding.split(':')[0])).toEqual(
        expect.arrayContaining(['select-name', 'image-alt']),
      );
    });
  });

  it('fits every page into the narrowest window, without scrolling to the side', async () => {
    await inContext({ viewport: NARROWEST, scripts: true, as: 'opcc-officer' }, async (page) => {
      for (const { name, path, status } of everyPage()) {
        await visit(page, path, status);
        await page.evaluate(`for (const one of document.querySelectorAll('details')) one.open = true`);
        expect([name, await page.evaluate('document.scrollingElement.scrollWidth')]).toEqual([name, NARROWEST.width]);
      }
    });
  });

  it('shows owner and due date of each action on a telephone without scrolling to the side, each under its name', async () => {
    await inContext({ viewport: NARROW, as: 'opcc-officer' }, async (page) => {
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
    await inContext({}, async (page) => {
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

  it('gives every page a title of its own, one main heading, and no script', async () => {
    const titles = new Map<string, string>();
    await inContext({}, async (page) => {
      for (const { name, path, status } of everyPage().filter(({ as }) => as === undefined)) {
        await visit(page, path, status);
        titles.set(name, await page.title());
        expect([name, await page.locator('h1').count(), await page.locator('script').count()]).toEqual([name, 1, 0]);
        expect([name, (await page.title()).startsWith('Error: ')]).toEqual([
          name,
          (await page.locator('.govuk-error-summary').count()) === 1,
        ]);
        expect(await page.locator('html').getAttribute('lang')).toBe('en-GB');
      }
    });
    // Both say that there is nothing: one of them, on which day.
    expect(new Set(titles.values()).size).toBe(titles.size);
  });

  it('prints no code on any page', async () => {
    await inContext({ as: 'force-lead' }, async (page) => {
      for (const { path, status } of everyPage()) {
        await visit(page, path, status);
        const text = await page.locator('body').innerText();
        expect(text.match(/\b[A-Z]+_[A-Z_]+\b|\b\d{4}-\d{2}-\d{2}T|\[object|undefined|\bnull\b|NaN/g) ?? []).toEqual(
          [],
        );
      }
    });
  });

  it('takes the whole way by keyboard alone, without any script', async () => {
    await inContext({}, async (page) => {
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
    await inContext({}, async (page) => {
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

  it('tells no future, on either clock, and takes the end of today for now', async () => {
    await inContext({}, async (page) => {
      await visit(page, '/actions?on=2023-11-21', 400);
      expect(await page.getByRole('alert').innerText()).toContain('The date must be today or in the past');
      await visit(page, '/actions?recorded=2023-11-21', 400);
      expect(await page.getByRole('alert').innerText()).toContain('The date recorded by must be now or in the past');
      await visit(page, '/actions?recorded=2023-11-20');
      expect(await page.locator('caption').innerText()).toBe('12 actions');
    });
  });

  it('counts as the papers stood on 9 October 2023, and as the ledger alone could know', async () => {
    await inContext({}, async (page) => {
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
    const absent = sensitive.replace(/.{5}$/, 'zzzzz');
    expect(await seenBy(sensitive)).toEqual(await seenBy(absent));
    expect((await seenBy(sensitive))[0]).toBe(404);
    await inContext({ as: 'opcc-officer' }, async (page) => {
      await visit(page, `/actions/${sensitive}`);
      await page.getByRole('heading', { name: 'Nobody outside may read this' }).waitFor();
      await visit(page, `/actions/${absent}`, 404);
    });
  });

  it('shows as words whatever was typed, and runs none of it', async () => {
    await inContext({ scripts: true, as: 'opcc-officer' }, async (page) => {
      for (const path of [`/actions/${hostile}`, `/actions?text=${encodeURIComponent(HOSTILE)}`]) {
        await visit(page, path);
        expect(await page.title()).toMatch(/Accountability ledger$/);
        expect(await page.locator('main script, main img').count()).toBe(0);
        expect(await page.locator('main').innerText()).toContain('<script>document.title');
      }
    });
  });

  it('shows a correction, a void, a dispute and a return for what they are', async () => {
    await inContext({ as: 'force-lead' }, async (page) => {
      await visit(page, `/actions/${storied}`);
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
    for (let count = 0; count < 16; count += 1) await raise({ title: `Action for the second page ${count}` });
    await served.ready();
    await inContext({ as: 'opcc-officer' }, async (page) => {
      await visit(page, '/actions');
      const total = await page.locator('caption').innerText();
      const first = await page.locator('tbody th a').allInnerTexts();
      expect(first).toHaveLength(25);
      await raise({ title: 'Raised while somebody reads' });
      await served.ready();
      await page.getByRole('link', { name: 'Next page' }).click();
      expect(await page.locator('caption').innerText()).toBe(total);
      const second = await page.locator('tbody th a').allInnerTexts();
      expect(first.length + second.length).toBe(Number(total.split(' ')[0]));
      expect(first.filter((ref) => second.includes(ref))).toEqual([]);
      await shot(page, 'second-page');
      await page.getByRole('link', { name: 'Previous page' }).click();
      expect(await page.locator('tbody th a').allInnerTexts()).toEqual(first);
      expect(await page.locator('caption').innerText()).toBe(total);
      // A list asked for anew has the new action.
      await visit(page, '/actions');
      expect(await page.locator('caption').innerText()).not.toBe(total);
    });
  });

  it('shows each post what it may see, and the public what was published once signed out', async () => {
    await inContext({ as: 'opcc-officer' }, async (page) => {
      await visit(page, `/actions/${hostile}`);
      await page.getByRole('link', { name: /^change/ }).click();
      await page.getByRole('button', { name: 'Stop acting as OPCC officer' }).click();
      expect(new URL(page.url()).pathname).toBe(`/actions/${hostile}`);
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
          await inContext({ viewport, scripts: true }, async (page) => {
            await page.goto(`${server.url}/actions`);
            await shot(page, name);
            expect(await findings(page)).toEqual([]);
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
    await inContext({ scripts: true }, async (page) =>
      page.setContent('<img src="http://elsewhere.invalid/pixel.png">'),
    );
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
