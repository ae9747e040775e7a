import type { Reader } from '../../libs/access/index.ts';
import { OFFICIAL_OPEN } from '../../libs/ledger/index.ts';
import { viewOver, type AsOf, type EntriesWanted, type EntryGrouping } from '../../libs/read-models/index.ts';
import { FULL, ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import { delaysOf } from './entry-delays.ts';
import { entryDelays, listLateEntries } from './entry-queries.ts';
import { historyOf, wordsOf } from './queries.ts';

const SENSITIVE = { ...OFFICIAL_OPEN, sensitive: true };
const LATE = { reason: 'The minutes came late.' };

describe('how long entries took', () => {
  const took = (...days: readonly number[]) =>
    delaysOf(days.map((delayDays) => ({ delayDays, late: delayDays > 7, count: 1 })));

  it('is told by the middle one, by nine of ten and by the longest, all of them days that one of them took', () => {
    const ten = took(9, 0, 3, 1, 1, 40, 2, 8, 30, 5);
    expect(ten).toMatchObject({ count: 10, late: 4, medianDays: 3, ninetiethDays: 30, longestDays: 40 });
    expect(took(4, 2)).toMatchObject({ medianDays: 2, ninetiethDays: 4, longestDays: 4 });
    expect(took(6)).toMatchObject({ medianDays: 6, ninetiethDays: 6, longestDays: 6 });
  });

  it('is shared out over bands: ahead, the same day, a week, a month, a quarter, more', () => {
    const { bands } = took(-3, -1, 0, 1, 7, 8, 30, 31, 90, 91, 400);
    expect(bands.map(({ fromDays, toDays, count }) => [fromDays, toDays, count])).toEqual([
      [null, -1, 2],
      [0, 0, 1],
      [1, 7, 2],
      [8, 30, 2],
      [31, 90, 2],
      [91, null, 2],
    ]);
  });

  it('is nothing of none', () => {
    expect(took()).toMatchObject({ count: 0, late: 0, medianDays: null, ninetiethDays: null, longestDays: null });
  });
});

/*
 * A board to which actions are entered in June and July 2023. Each update says in its words what it is. Actions allow seven days.
 */
describe('late entries', () => {
  let ledger: LedgerBeingRead;
  let action: string;

  const officer = () => ledger.as('opcc-officer');
  const noon = (day: string) => ledger.clock.set(`${day}T12:00:00.000Z`);
  const raise = (title: string, more: object = {}) =>
    officer().does({ type: 'RaiseAction', body: 'CGB', title, owner: 'force-lead', ...more });
  const update = (text: string, effectiveOn: string, more: object = {}) =>
    ledger.as('force-lead').does({ type: 'GiveActionUpdate', ref: action, text, effectiveOn, ...LATE, ...more });
  const eventSaying = async (text: string): Promise<string> => {
    const view = await ledger.view();
    for (const { node } of (await historyOf(view, action, { first: 500 })).edges)
      if ((await wordsOf(view, node)) === text) return node.id;
    throw new Error(`nothing says ${text}`);
  };
  const late = async (wanted: EntriesWanted = {}, asOf: AsOf = {}, reader: Reader = FULL) => {
    const view = await ledger.view(asOf, reader);
    const page = await listLateEntries(view, wanted, { first: 500 });
    expect(page.totalCount).toBe(page.edges.length);
    for (const { node } of page.edges) expect(node.event.late).toBe(true);
    expect((await entryDelays(view, wanted)).late).toBe(page.totalCount);
    return Promise.all(page.edges.map(async ({ node }) => (await wordsOf(view, node.event)) ?? node.event.type));
  };
  const groups = async (by: EntryGrouping, wanted: EntriesWanted = {}, asOf: AsOf = {}, reader: Reader = FULL) => {
    const { groups: all, count } = await entryDelays(await ledger.view(asOf, reader), wanted, by);
    expect(all.reduce((sum, group) => sum + group.count, 0)).toBe(count);
    return all.map(({ key, label, count: entries, late: some }) => [key, label, entries, some]);
  };

  beforeAll(async () => {
    ledger = await ledgerBeingRead({ at: '2023-06-01T12:00:00.000Z' });
    await officer().does({ type: 'AddBody', as: 'CGB', name: 'Board' });
    await officer().does({ type: 'AddPost', as: 'chief-constable', name: 'Chief', capacity: 'force-lead' });
    await officer().does({ type: 'AddBody', as: 'FEN', name: 'Made up', illustrative: true });
    await officer().does({ type: 'AddPost', as: 'fen-lead', name: 'A post', capacity: 'force-lead', body: 'FEN' });
    const person = await officer().does({ type: 'AddPerson', name: 'Nobody' });
    await officer().does({ type: 'AppointHolder', ref: 'fen-lead', person });
    action = await raise('An action');
    await ledger.as('commissioner').does({ type: 'AgreeAction', ref: action });
    noon('2023-06-20');
    await update('on the last day that is allowed', '2023-06-13');
    await update('a day too late', '2023-06-12');
    await update('taken back', '2023-06-02');
    await update('of another day', '2023-06-19');
    const hidden = await raise('Hidden', { effectiveOn: '2023-06-02', ...LATE });
    await raise('Made up', { body: 'FEN', effectiveOn: '2023-06-02', ...LATE });
    const mistaken = await raise('By mistake', { effectiveOn: '2023-06-02', ...LATE });
    const linked = await raise('Linked to what is hidden');
    noon('2023-07-05');
    const chief = ledger.as('chief-constable', 'person-c', 'force-lead');
    await chief.does({ type: 'RaiseAction', body: 'CGB', title: 'By the chief', effectiveOn: '2023-06-05', ...LATE });
    const link = { type: 'LinkRecord', ref: linked, to: hidden, as: 'FOLLOWS_FROM' };
    await officer().does({ ...link, effectiveOn: '2023-06-20', ...LATE });
    const monitoring = ledger.as('monitoring-officer');
    // Hidden since: what is hidden already is linked to by an entry that is hidden too.
    await monitoring.does({ type: 'Mark', ref: hidden, to: SENSITIVE });
    const { edges } = await historyOf(await ledger.view(), mistaken, {});
    await monitoring.does({ type: 'Void', ref: mistaken, event: edges[0]!.node.id, reason: 'By mistake.' });
    await monitoring.does({ type: 'Void', ref: action, event: await eventSaying('taken back'), reason: 'No.' });
    await officer().does({
      ...{ type: 'Correct', ref: action, event: await eventSaying('of another day'), path: 'effectiveOn' },
      ...{ is: '2023-06-03', ...LATE },
    });
  });
  afterAll(() => ledger.remove());

  it('are the facts that were recorded later than is allowed, by the days on which they took effect: the last first', async () => {
    expect(await late()).toEqual(['Linked', 'By the chief', 'Hidden', 'of another day', 'a day too late']);
  });

  it('are as known at the basis: what was not yet corrected, nor taken back', async () => {
    expect(await late({}, { recorded: '2023-06-21T12:00:00.000Z' })).toEqual([
      'By mistake',
      'Hidden',
      'taken back',
      'a day too late',
    ]);
  });

  it('are told by the day asked about: none that took effect since', async () => {
    expect(await late({}, { effective: '2023-06-04' })).toEqual(['Hidden', 'of another day']);
  });

  it('have nothing that their reader may not see, and count it nowhere: neither an entry nor a link to what is hidden', async () => {
    expect(await late({}, {}, OFFICIAL)).toEqual(['By the chief', 'of another day', 'a day too late']);
    expect(await groups('REGISTER', {}, {}, OFFICIAL)).toEqual([
      ['actions', 'actions', 7, 3],
      ['directory', 'directory', 2, 0],
    ]);
  });

  it('have nothing of illustrative bodies, nor of persons who belong to none but such, unless those are asked for', async () => {
    expect(await groups('REGISTER')).toEqual([
      ['actions', 'actions', 9, 5],
      ['directory', 'directory', 2, 0],
    ]);
    const view = await viewOver(await ledger.view(), { illustrative: true });
    const { groups: madeUp } = await entryDelays(view, {}, 'REGISTER');
    expect(madeUp.map(({ key, count, late: some }) => [key, count, some])).toEqual([
      ['actions', 1, 1],
      ['directory', 4, 0],
    ]);
    const page = await listLateEntries(view, {}, {});
    expect(await Promise.all(page.edges.map(({ node }) => wordsOf(view, node.event)))).toEqual(['Made up']);
  });

  it('are counted by the post that entered them, by register and by the month in which they were recorded', async () => {
    expect(await groups('POST')).toEqual([
      ['chief-constable', 'Chief', 1, 1],
      ['commissioner', 'commissioner', 1, 0],
      ['force-lead', 'force-lead', 3, 2],
      ['opcc-officer', 'opcc-officer', 6, 2],
    ]);
    expect(await groups('MONTH')).toEqual([
      ['2023-06', '2023-06', 9, 3],
      ['2023-07', '2023-07', 2, 2],
    ]);
  });

  it('are those of one register, post or period where that is asked for', async () => {
    expect(await late({ post: 'chief-constable' })).toEqual(['By the chief']);
    expect(await late({ post: 'force-lead' })).toEqual(['of another day', 'a day too late']);
    expect(await late({ register: 'directory' })).toEqual([]);
    expect(await late({ recordedFrom: '2023-07-05' })).toEqual(['Linked', 'By the chief']);
    expect(await late({ recordedTo: '2023-07-04' })).toEqual(['Hidden', 'of another day', 'a day too late']);
  });

  it('tell nothing of a post that their reader may not see', async () => {
    noon('2023-07-06');
    await ledger.as('monitoring-officer').does({ type: 'Mark', ref: 'chief-constable', to: SENSITIVE }, 'directory');
    expect(await groups('POST', {}, {}, OFFICIAL)).toEqual([
      ['commissioner', 'commissioner', 1, 0],
      ['force-lead', 'force-lead', 3, 2],
      ['opcc-officer', 'opcc-officer', 3, 0],
      [null, 'by nobody whom you may see', 1, 1],
    ]);
    expect(await late({ post: 'chief-constable' }, {}, OFFICIAL)).toEqual([]);
    expect(await late({ post: 'chief-constable' })).toEqual(['By the chief']);
  });

  it('are read page by page, each once', async () => {
    const view = await ledger.view();
    const seen: string[] = [];
    for (let after: string | undefined; ;) {
      const page = await listLateEntries(view, {}, { first: 2, ...(after === undefined ? {} : { after }) });
      seen.push(...page.edges.map(({ node }) => node.event.id));
      if (!page.hasNextPage) break;
      after = page.endCursor!;
    }
    const whole = await listLateEntries(view, {}, {});
    expect(seen).toEqual(whole.edges.map(({ node }) => node.event.id));
    await expect(listLateEntries(view, {}, { after: 'bm8' })).rejects.toMatchObject({ field: 'after' });
    await expect(listLateEntries(view, {}, { first: 0 })).rejects.toMatchObject({ field: 'first' });
  });
});
