import { KINDS_OF_RECORD, pathOfKind } from '../../../../libs/declarations/index.ts';
import { listCompared } from '../../../../projections/index.ts';
import { Browser, unescaped, type Page } from '../../../../test/e2e/browser.ts';
import type { Client, Json } from '../../../../test/e2e/client.ts';
import { demoToken, serveLedger, type ServedLedger } from '../../../../test/e2e/served-ledger.ts';
import { standingClock } from '../../../../test/ledger-in-a-folder.ts';

const HOSTILE = '<b id="taken">Vetting</b> {{ 7*7 }}';
const MANY = 16;
/** What was told on 30 June, from what was recorded by the end of 1 July, and 9 October. */
const ENDS = 'before=2023-06-30&before-recorded=2023-07-01&after=2023-10-09';
const late = { reason: 'Typed from the minutes.' };

describe('the pages that compare two dates', () => {
  const clock = standingClock('2023-06-21T11:00:00.000Z');
  let served: ServedLedger;
  let officer: Client;
  let tokens: { readonly officer: string; readonly official: string };
  /** Corrected, then reported complete. */
  let moved: string;
  let mistaken: string;
  let learned: string;
  let hidden: string;
  let meeting: string;
  /** A rule that colours recommendations. */
  let rag: string;

  beforeAll(async () => {
    served = await serveLedger({ store: 'sqlite', clock });
    const [commissioner, lead, monitoring] = await Promise.all([
      served.as('commissioner'),
      served.as('force-lead'),
      served.as('monitoring-officer'),
    ]);
    officer = await served.as('opcc-officer');
    tokens = {
      officer: await demoToken(served.url, 'opcc-officer'),
      official: await demoToken(served.url, 'jarap-member'),
    };
    const raise = async (input: object): Promise<string> =>
      (await officer.does('raiseAction', { body: 'CGB', owner: 'force-lead', ...input })).action.ref;
    const eventsOf = async (ref: string): Promise<readonly Json[]> => {
      await served.ready();
      return (await officer.asks('AnyRecord', { ref })).ledger.record.history.edges.map(({ node }: Json) => node);
    };
    await officer.does('addBody', { ref: 'CGB', name: 'Corporate Governance Board' });
    meeting = (await officer.does('scheduleMeeting', { body: 'CGB', on: '2023-06-21' })).meeting.ref;
    await officer.does('holdMeeting', { ref: meeting });
    rag = (await monitoring.does('addRule', { kind: 'RAG', body: 'CGB', title: 'Colours', as: 'rag' })).rule.ref;
    moved = await raise({ title: HOSTILE, due: { on: '2023-09-01' } });
    await commissioner.does('agreeAction', { ref: moved, authority: { decision: 'PCC-2023-14' } });
    mistaken = await raise({ title: 'Raised twice' });
    const scores = { kind: 'SCORE_SCALE', body: 'CGB', title: 'Scores', as: 'scores' };
    const scale: string = (await monitoring.does('addRule', scores)).rule.ref;
    /** Two by two is high, or low, by where it says that this begins. */
    const banded = (high: number, more: object) => {
      const steps = [1, 2].map((score) => ({ score }));
      const bands = [
        { band: 'High', least: high, most: 4, reviewMonths: 1 },
        { band: 'Low', least: 1, most: high - 1, reviewMonths: 6 },
      ];
      return monitoring.does('setScoreScale', { ref: scale, likelihoods: steps, impacts: steps, bands, ...more });
    };
    await banded(4, {});
    const recommendation = { body: 'CGB', originator: 'CGB', kind: 'RECOMMENDATION', title: 'Recommended' };
    await officer.does('makeRecommendation', { ...recommendation, owner: 'force-lead' });
    const risk = { body: 'CGB', register: 'OPCC', kind: 'THREAT', title: 'At risk', owner: 'force-lead' };
    const atRisk: string = (await officer.does('proposeRisk', risk)).risk.ref;
    await officer.does('registerRisk', { ref: atRisk });
    const score = { of: 'CURRENT', rule: scale, likelihood: 1, impact: 2 };
    await lead.does('scoreRisk', { ref: atRisk, ...score, reason: 'As the board said.' });
    clock.set('2023-07-10T11:00:00.000Z');
    const then = { effectiveOn: '2023-06-25', ...late };
    learned = await raise({ title: 'Learned late', ...then });
    hidden = await raise({ title: 'Nobody else may read this', marking: 'OFFICIAL_SENSITIVE', ...then });
    const [opened] = await eventsOf(moved);
    await officer.does('correctAction', {
      ref: moved,
      event: opened.id,
      path: 'due.on',
      is: '2023-09-15',
      reason: 'Misread.',
    });
    const [first] = await eventsOf(mistaken);
    await monitoring.does('voidActionEvent', { ref: mistaken, event: first.id, reason: 'Raised twice.' });
    for (let number = 1; number <= MANY; number += 1) await raise({ title: `One of many ${number}` });
    clock.set('2023-10-09T11:00:00.000Z');
    await banded(2, { effectiveOn: '2023-10-01', ...late });
    await lead.does('reportActionComplete', { ref: moved, text: 'All are cleared.' });
    clock.set('2023-10-10T11:00:00.000Z');
    await served.ready();
  }, 120_000);
  afterAll(() => served?.remove());

  const look = (path: string, as: 'officer' | 'official' | 'public' = 'officer'): Promise<Page> =>
    new Browser(as === 'public' ? {} : { authorization: `Bearer ${tokens[as]}` }).open(`${served.url}${path}`);
  const wordsOf = (html: string) =>
    unescaped(html.replace(/<head>.*?<\/head>|<[^>]*>/gs, ' ').replace(/\s+/g, ' ')) ?? '';
  /** The part of a page that tells of one record. */
  const entry = ({ html }: Page, ref: string) =>
    new RegExp(`<section class="ledger-entry" aria-labelledby="entry-${ref}">(.*?)</section>`, 's').exec(html)?.[1] ??
    '';
  const waysIn = (html: string) => [...html.matchAll(/href="([^"]+)"/g)].map(([, href]) => unescaped(href)!);

  it('tell what was restated apart from what moved, each field with its three values and the events behind it', async () => {
    const page = await look(`/actions/compare?${ENDS}`);
    expect([page.status, page.heading]).toEqual([200, 'What changed']);
    const words = wordsOf(entry(page, moved));
    expect(words).toContain('Restated: Changed (Corrected)');
    expect(words).toContain('Moved: Changed (');
    expect(words).toMatch(
      /Due date 1 September 2023 15 September 2023 Corrected, 10 July 2023; recorded 10 July 2023 at midday/,
    );
    expect(words).toMatch(/Status Agreed Unchanged: Agreed Reported complete Reported complete, 9 October 2023/);
    expect(wordsOf(entry(page, learned))).toContain('Restated: Entered the list (Learned)');
    expect(wordsOf(entry(page, mistaken))).toContain('Restated: Left the list (Recorded by mistake)');
    expect(wordsOf(page.html)).toContain(`${MANY + 4} actions changed`);
  });

  it('lead to the very event, and to the record as it stood at the later date', async () => {
    const shown = entry(await look(`/actions/compare?${ENDS}`), moved);
    const [record, ...events] = waysIn(shown).filter((way) => way.startsWith(`/actions/${moved}?`));
    expect(record).toBe(`/actions/${moved}?on=2023-10-09`);
    for (const way of events) expect((await look(way.split('#')[0]!)).html).toContain(`id="${way.split('#')[1]}"`);
    expect(events.length).toBeGreaterThan(2);
  });

  it('tell of one record all that changed, whatever the list is narrowed by', async () => {
    const page = await look(`/actions/compare?${ENDS}&only=${learned}`);
    expect(wordsOf(page.html)).toContain('What changed of one action');
    expect(wordsOf(entry(page, learned))).toContain('Title Not there Learned late');
    expect(wordsOf((await look(`/actions/compare?${ENDS}&only=CGB-2023-06-A99`)).html)).toContain(
      'nothing changed that you may see',
    );
    expect((await look(`/actions/compare?${ENDS}&only=CGB`)).status).toBe(404);
  });

  it('count by kind and by what became of the list, each the way to those, and say that kinds overlap', async () => {
    const page = await look(`/actions/compare?${ENDS}`);
    const words = wordsOf(page.html);
    for (const count of [
      'Learned (2)',
      'Corrected (1)',
      'Recorded by mistake (1)',
      `Raised (${MANY})`,
      `Entered (${MANY})`,
      'Left (1)',
    ])
      expect(words).toContain(count);
    expect(words).toContain('these groups overlap and do not add up');
    const [way] = waysIn(page.html).filter((one) => one.includes('change=restated.corrected'));
    expect(wordsOf((await look(way!)).html)).toContain('1 action that changed matches');
    expect((await look(`/actions/compare?${ENDS}&change=moved.nothing`)).status).toBe(400);
  });

  it('are narrowed as the list is, and entered or left by what a filter asks', async () => {
    const words = wordsOf((await look(`/actions/compare?${ENDS}&status=reported-complete`)).html);
    expect(words).toContain('1 action that changed matches');
    expect(words).toContain('Moved: Entered the list');
    expect(words).toContain('Remove this filter: Status: Reported complete');
  });

  it('lead over a bridge from what was told to what there is, which comes out in every group', async () => {
    const page = await look(`/actions/bridge?${ENDS}&by=status`);
    const words = wordsOf(page.html);
    expect(words).toContain('Opening, as told 2');
    expect(words).toContain('Opening, as known now 3');
    expect(words).toContain(`Closing ${MANY + 3}`);
    expect(page.html).toContain('<svg class="ledger-waterfall" role="img"');
    expect(page.html).not.toMatch(/<svg[^>]*style=|<script(?![^>]* src)/);
    const lines = waysIn(page.html).filter((way) => way.includes('line='));
    expect(lines.length).toBeGreaterThan(3);
    for (const way of lines) {
      const count = Number(
        new RegExp(`href="${way.replaceAll('&', '&amp;').replaceAll(/[?.+]/g, '\\$&')}">(\\d+)<`).exec(page.html)?.[1],
      );
      expect([way, wordsOf((await look(way)).html)]).toEqual([
        way,
        expect.stringMatching(new RegExp(` ${count} actions?\\. `)),
      ]);
    }
  });

  it('lead from each number of a group to the list that it counts, at that basis', async () => {
    const page = await look(`/actions/bridge?${ENDS}&by=status`);
    const cells = [...page.html.matchAll(/<a class="govuk-link" href="(\/actions\?[^"]*)">(\d+)</g)];
    expect(cells.length).toBeGreaterThan(4);
    for (const [, way, count] of cells)
      expect([way, wordsOf((await look(unescaped(way)!)).html)]).toEqual([
        way,
        expect.stringMatching(new RegExp(` ${count} actions? `)),
      ]);
  });

  it('lead to the records of a group that no list is narrowed to, as they stood there', async () => {
    const page = await look(`/actions/bridge?${ENDS}&by=meeting`);
    const ways = [...page.html.matchAll(/<a class="govuk-link" href="([^"]*basis=[^"]*)">(\d+)</g)];
    expect(ways.length).toBeGreaterThan(1);
    for (const [, way, count] of ways) {
      const { html, status } = await look(unescaped(way)!);
      expect([way, status, html.match(/<tbody[^]*?<\/tbody>/)?.[0].match(/<tr/g)?.length]).toEqual([
        way,
        200,
        Math.min(15, Number(count)),
      ]);
    }
    expect((await look(`/actions/bridge?${ENDS}&by=meeting&basis=told`)).status).toBe(400);
  });

  it('say their three bases in words, also at the foot, and that steps apart do not add', async () => {
    for (const path of ['compare', 'bridge']) {
      const words = wordsOf((await look(`/actions/${path}?${ENDS}`)).html);
      expect(words).toContain('As told 30 June 2023, from what was recorded by the end of 1 July 2023');
      expect(words).toContain('As known now 30 June 2023, from what was recorded by 10 October 2023 at midday');
      expect(words).toContain('At closing 9 October 2023, from what was recorded by 10 October 2023 at midday');
      expect(words).toContain('each step by itself does not');
      expect(words).toContain(
        'Compared: 30 June 2023, from what was recorded by the end of 1 July 2023; with 9 October 2023',
      );
    }
  });

  it('take a meeting for an end, and name the box where there is none', async () => {
    const page = await look(`/actions/compare?before-at-meeting=${meeting}&before-meeting-view=told&after=2023-10-09`);
    expect(page.status).toBe(200);
    expect(wordsOf(page.html)).toContain('As told 20 June 2023, from what was recorded by');
    const none = await look('/actions/compare?before-at-meeting=CGB-2023-06-22&before-meeting-view=told');
    expect(none.status).toBe(400);
    expect(none.html).toContain('href="#before-at-meeting"');
    expect(none.html).toContain('id="before-at-meeting"');
    expect(wordsOf(none.html)).toContain(
      'Earlier date: there is no meeting under this reference, or it is not for you',
    );
  });

  it.each([
    [
      'before=2023-10-09&after=2023-06-30',
      'before-on-day',
      'Earlier date: the date lies after the later one: turn the two dates round',
    ],
    ['before=2023-06-30&after=2023-10-11', 'after-on-day', 'Later date: the date must be today or in the past'],
    ['before=2023-06-31', 'before-on-day', 'Earlier date: the date must be a real date, like 30 6 2023'],
    [
      'before=2023-06-30&before-recorded=2023-10-01&after=2023-10-01&after-recorded=2023-09-01',
      'before-recorded-day',
      'Earlier date: the date recorded by lies after that of the later one: turn the two dates recorded by round',
    ],
  ])('refuse %s, naming the box, and keep what was typed', async (query, box, sentence) => {
    for (const path of ['compare', 'bridge']) {
      const page = await look(`/actions/${path}?${query}`);
      expect([page.status, page.html.includes(`href="#${box}"`), wordsOf(page.html).includes(sentence)]).toEqual([
        400,
        true,
        true,
      ]);
      expect(page.html).toMatch(/<title>\s*Error: /);
      expect(page.html).toMatch(new RegExp(`id="${box}"[^>]*value="[1-9]`));
    }
  });

  it('write the boxes of their form into an address that can be cited, and take the date of the page before', async () => {
    const form = await look('/actions/compare?owner=force-lead');
    expect(form.status).toBe(200);
    const typed = { 'before-on-day': '30', 'before-on-month': '6', 'before-on-year': '2023' };
    const browser = new Browser({ authorization: `Bearer ${tokens.officer}` });
    const page = await browser.submit(form, '/actions/compare', typed);
    expect(page.url.slice(served.url.length)).toBe('/actions/compare?owner=force-lead&before=2023-06-30');
    const before = await look('/actions?on=2023-06-30&owner=force-lead');
    const way = waysIn(before.html).find((one) => one.startsWith('/actions/compare'));
    expect(way).toBe('/actions/compare?owner=force-lead&before=2023-06-30');
    const led = await look('/actions/compare?owner=force-lead&on=2023-06-30');
    expect(led.url.slice(served.url.length)).toBe('/actions/compare?owner=force-lead&after=2023-06-30');
    expect(led.html).toMatch(/id="after-on-day"[^>]*value="30"/);
  });

  it('have nothing of what the reader may not see, in words, in counts or in ways', async () => {
    const seen = await look(`/actions/compare?${ENDS}`);
    expect(seen.html).toContain('Learned (2)');
    for (const path of [`compare?${ENDS}`, `bridge?${ENDS}`, `compare?${ENDS}&only=${hidden}`]) {
      const page = await look(`/actions/${path}`, 'official');
      expect(page.html.replaceAll(`only=${hidden}`, '').includes('Nobody else')).toBe(false);
      if (!path.includes('only')) expect(page.html).not.toContain(hidden);
    }
    const words = wordsOf((await look(`/actions/compare?${ENDS}`, 'official')).html);
    expect(words).toContain('Learned (1)');
    expect(words).toContain(`${MANY + 3} actions changed`);
    expect(wordsOf((await look(`/actions/compare?${ENDS}&only=${hidden}`, 'official')).html)).toContain(
      'nothing changed that you may see',
    );
    expect(wordsOf((await look(`/actions/compare?${ENDS}`, 'public')).html)).toContain(
      'None of the actions that you may see changed.',
    );
  });

  it('take bands and colours by the rule of each basis, or all by those at closing, and say which', async () => {
    const each = await look(`/risks/bridge?${ENDS}&by=band`);
    expect(wordsOf(each.html)).toContain('Bands and colours are by the rule that is in force at each of the three.');
    const way = waysIn(each.html).find((one) => one.includes('rule=closing'));
    expect(way).toBe(`/risks/bridge?${ENDS}&rule=closing&by=band`);
    const closing = await look(way!);
    expect(wordsOf(closing.html)).toContain('All bands and colours are by the rules that are in force at closing.');
    // Only the scale moved, and not the risk.
    expect([each, closing].map(({ html }) => wordsOf(html).includes('Moved: re-banded'))).toEqual([true, false]);
    expect(
      waysIn(closing.html)
        .filter((one) => one.startsWith('/risks/') && one.includes('by='))
        .every((one) => one.includes('rule=closing') || one.startsWith(`/risks/bridge?${ENDS}&by=band`)),
    ).toBe(true);
    expect(wordsOf((await look(`/actions/bridge?${ENDS}`)).html)).not.toContain('Bands and colours');
  });

  it('have a bridge of recommendations by the colours of each rule that colours them', async () => {
    const { html } = await look(`/recommendations/bridge?${ENDS}&by=${encodeURIComponent(`rag.${rag}`)}`);
    expect(wordsOf(html)).toContain(`Bridge by colour under ${rag}`);
    const ways = [...html.matchAll(/<a class="govuk-link" href="([^"]*basis=[^"]*)">(\d+)</g)];
    expect(ways.map(([, , count]) => count)).toContain('1');
    for (const [, way, count] of ways) {
      const page = await look(unescaped(way)!);
      expect([way, page.status, page.html.match(/<tbody[^]*?<\/tbody>/)?.[0].match(/<tr/g)?.length]).toEqual([
        way,
        200,
        Number(count),
      ]);
    }
    expect((await look(`/recommendations/bridge?${ENDS}&by=rag.CGB-nothing`)).status).toBe(400);
  });

  it('escape what somebody wrote', async () => {
    for (const path of ['compare', `compare?${ENDS}&only=${moved}`, 'bridge'].map((one) =>
      one.includes('?') ? one : `${one}?${ENDS}`,
    )) {
      const { html } = await look(`/actions/${path}`);
      expect(html).not.toContain('<b id="taken">');
    }
    expect((await look(`/actions/compare?${ENDS}`)).html).toContain('&lt;b id=&quot;taken&quot;&gt;Vetting');
  });

  it('stand for every kind of record of which a list is compared, a bridge where it offers groups', async () => {
    for (const kind of KINDS_OF_RECORD) {
      const list = listCompared(kind);
      const statuses = await Promise.all(
        ['compare', 'bridge'].map(async (path) => (await look(`${pathOfKind(kind)}/${path}?${ENDS}`)).status),
      );
      expect([kind, ...statuses]).toEqual([
        kind,
        list === null ? 404 : 200,
        (list?.groupings.length ?? 0) === 0 ? 404 : 200,
      ]);
    }
  });

  it('are paged, pinned to one place in the ledger, and lead back', async () => {
    const first = await look(`/actions/compare?${ENDS}`);
    const next = waysIn(first.html).find((way) => way.includes('entry='));
    expect(next).toContain('&at=');
    await officer.does('raiseAction', { body: 'CGB', title: 'Meanwhile', effectiveOn: '2023-10-01', ...late });
    await served.ready();
    const second = await look(next!);
    expect(wordsOf(second.html)).toContain(`${MANY + 4} actions changed`);
    const refs = [first, second].map(({ html }) =>
      [...html.matchAll(/aria-labelledby="entry-([^"]+)"/g)].map(([, ref]) => ref),
    );
    expect(refs.map(({ length }) => length)).toEqual([15, MANY + 4 - 15]);
    expect(new Set(refs.flat()).size).toBe(MANY + 4);
  });
});
