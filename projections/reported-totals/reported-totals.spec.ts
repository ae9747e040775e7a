import { PUBLIC, type Reader } from '../../libs/access/index.ts';
import { listOfRecords, type ConditionInput, inCapitals } from '../../libs/declarations/index.ts';
import { OFFICIAL_OPEN, type Marking } from '../../libs/ledger/index.ts';
import { recordAsOf, type AsOf, type LedgerView } from '../../libs/read-models/index.ts';
import { REGISTERS } from '../../libs/registers/index.ts';
import type { RecordedDocument } from '../../libs/registers/documents/index.ts';
import { FULL, ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import { countIn, heldBeside, historyOf, LISTS, listTotals, type TotalFilter } from '../index.ts';

let ledger: LedgerBeingRead;
let officer: ReturnType<LedgerBeingRead['as']>;
let monitoring: ReturnType<LedgerBeingRead['as']>;
const onDay = (day: string) => ledger.clock.set(`${day}T12:00:00.000Z`);
const why = { reason: 'As the minutes say.' };
const papers: Record<string, string> = {};
const actions: string[] = [];

/**
 * Of the board's three actions of June one is signed off in July. The paper of 14 July says so: 1 of 3. On 1 September it becomes known that
 * another had been withdrawn on 10 July, and a fourth, of a hidden meeting of June, is entered late. So of 14 July: known then 3, of which 1 is
 * signed off; known in October 4, of which 1 is signed off and 1 withdrawn.
 */
beforeAll(async () => {
  ledger = await ledgerBeingRead({ at: '2023-06-01T12:00:00.000Z' });
  officer = ledger.as('opcc-officer');
  monitoring = ledger.as('monitoring-officer');
  const commissioner = ledger.as('commissioner');
  for (const as of ['CGB', 'JARAP', 'SECRET'] as const)
    await officer.does({
      type: 'AddBody',
      as,
      name: as,
      ...(as === 'SECRET' ? { marking: { ...OFFICIAL_OPEN, sensitive: true } } : {}),
    });
  await officer.does({ type: 'AddPost', as: 'hidden-lead', name: 'h', marking: { ...OFFICIAL_OPEN, sensitive: true } });
  onDay('2023-06-21');
  for (const title of ['One', 'Two', 'Three']) {
    const ref = await officer.does({
      type: 'RaiseAction',
      body: 'CGB',
      title,
      owner: 'force-lead',
      due: { on: '2023-07-12' },
    });
    await commissioner.does({ type: 'AgreeAction', ref });
    actions.push(ref);
  }
  onDay('2023-07-11');
  await ledger.as('force-lead').does({ type: 'ReportActionComplete', ref: actions[0]!, text: 'Done.' });
  await commissioner.does({ type: 'SignOffAction', ref: actions[0]!, authority: { delegation: 'SoD-4' } });
  onDay('2023-07-14');
  const record = (title: string, more: object) =>
    officer.does({ type: 'RecordDocument', body: 'CGB', title, kind: 'REPORT', ...more });
  papers['july'] = await record('Tracker of July', { date: '2023-07-14' });
  papers['undated'] = await record('A slide', {});
  onDay('2023-09-01');
  const late = { effectiveOn: '2023-07-10', ...why };
  await commissioner.does({ type: 'WithdrawAction', ref: actions[1]!, ...late });
  await officer.does({
    ...{ type: 'RaiseAction', body: 'CGB', title: 'Hidden', owner: 'hidden-lead', effectiveOn: '2023-06-21', ...why },
    marking: { ...OFFICIAL_OPEN, sensitive: true },
  });
  onDay('2023-10-09');
});
afterAll(() => ledger.remove());

interface Printed {
  readonly number?: number;
  readonly list?: string;
  readonly filter?: readonly ConditionInput[];
  readonly asAt?: string;
  readonly version?: string;
  readonly marking?: Marking;
}
const report = (paper: string, { number = 1, list = 'ACTION', asAt = '2023-07-14', ...more }: Printed = {}) =>
  officer.does({ type: 'ReportTotal', ref: papers[paper]!, list, asAt, number, counts: 'What it says.', ...more });

/** What is held beside each total of a document, in the order in which they are reported. */
async function beside(paper: string, asOf: AsOf = {}, reader: Reader = FULL) {
  const view = await ledger.view(asOf, reader);
  const { edges } = await listTotals(view, { document: papers[paper]! }, {});
  return Promise.all(
    edges.map(async ({ node }) => {
      const { asKnownThen, asKnownNow } = await heldBeside(view, node, countIn);
      return [node.total.number, asKnownThen, asKnownNow];
    }),
  );
}
const fresh = async (name: string, more: object = { date: '2023-07-14' }) => {
  papers[name] = await officer.does({ type: 'RecordDocument', body: 'CGB', title: name, kind: 'REPORT', ...more });
};
const refsOf = async (view: LedgerView, wanted: TotalFilter) =>
  (await listTotals(view, wanted, {})).edges.map(({ node }) => [node.document.ref, node.total.number]);

describe('a total that a paper reports', () => {
  it('stands beside what was held at that day, as known by the day of the paper and as known now', async () => {
    await report('july', { number: 3 });
    await report('july', { number: 1, filter: [{ filter: 'status', is: ['SIGNED_OFF'] }] });
    await report('july', { number: 2, filter: [{ filter: 'status', is: ['AGREED', 'IN_PROGRESS'] }] });
    await report('july', { number: 9, filter: [{ filter: 'status', is: ['WITHDRAWN'] }] });
    expect(await beside('july')).toEqual([
      [3, 3, 4],
      [1, 1, 1],
      [2, 2, 1],
      [9, 0, 1],
    ]);
  });

  it('is counted at the day as at which it is reported, though the paper is of a later one', async () => {
    await fresh('later');
    for (const asAt of ['2023-06-20', '2023-06-21', '2023-07-10', '2023-07-11'])
      await report('later', { asAt, number: 0, filter: [{ filter: 'status', is: ['SIGNED_OFF', 'WITHDRAWN'] }] });
    // The latest day first. The withdrawal of 10 July was not known by the 14th.
    expect(await beside('later')).toEqual([
      [0, 1, 2],
      [0, 0, 1],
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });

  it('is of the day of the version that prints it, and where nothing bears a day, of that from which it is reported', async () => {
    await officer.does({
      ...{
        type: 'AddDocumentVersion',
        ref: papers['july']!,
        version: '2',
        changed: 'All.',
        date: '2023-09-02',
        ...why,
      },
    });
    await report('july', { number: 5, version: '2' });
    expect((await beside('july')).at(-1)).toEqual([5, 4, 4]);
    await officer.does({
      ...{ type: 'ReportTotal', ref: papers['undated']!, list: 'ACTION', asAt: '2023-07-14', number: 6, counts: 'c' },
      ...{ effectiveOn: '2023-07-15', ...why },
    });
    expect(await beside('undated')).toEqual([[6, 3, 4]]);
  });

  it('answers from the basis that is asked for: now is then what was known by it', async () => {
    onDay('2023-10-20');
    await ledger
      .as('commissioner')
      .does({ type: 'WithdrawAction', ref: actions[2]!, effectiveOn: '2023-07-13', ...why });
    onDay('2023-10-21');
    const [, , open] = await beside('july');
    expect(open).toEqual([2, 2, 0]);
    const [, , before] = await beside('july', { recorded: '2023-10-19T12:00:00.000Z' });
    expect(before).toEqual([2, 2, 1]);
    // Nothing was reported by the day before it was.
    expect(await beside('july', { effective: '2023-10-08' })).toEqual([]);
    expect(await beside('july', { recorded: '2023-10-08T12:00:00.000Z' })).toEqual([]);
  });

  it('is counted for its reader alone: what is hidden from them is in neither number', async () => {
    expect((await beside('july', {}, OFFICIAL))[0]).toEqual([3, 3, 3]);
    await fresh('published');
    await report('published', { number: 3 });
    await monitoring.does({ type: 'Publish', ref: papers['published']! }, 'documents');
    expect(await beside('published', {}, PUBLIC)).toEqual([[3, 0, 0]]);
    expect(await beside('july', {}, PUBLIC)).toEqual([]);
  });

  it('by a record that the reader may not see names nothing, and tells no number', async () => {
    await fresh('named');
    await report('named', {
      filter: [
        { filter: 'body', is: ['CGB'] },
        { filter: 'owner', is: ['hidden-lead'] },
      ],
    });
    await report('named', { filter: [{ filter: 'body', is: ['SECRET'] }] });
    expect(await beside('named')).toEqual([
      [1, 0, 1],
      [1, 0, 0],
    ]);
    expect(await beside('named', {}, OFFICIAL)).toEqual([
      [1, null, null],
      [1, null, null],
    ]);
    const seen = await recordAsOf<RecordedDocument>(await ledger.view({}, OFFICIAL), 'documents', papers['named']);
    expect(seen!.state.totals.map(({ filter }) => filter)).toEqual([
      [{ filter: 'body', ofRecord: 'CGB' }, { filter: 'owner' }],
      [{ filter: 'body' }],
    ]);
  });

  it('in closed session is told to nobody who may not know of it', async () => {
    await fresh('closed');
    await report('closed', { marking: { ...OFFICIAL_OPEN, session: 'CLOSED' }, list: 'MEETING', number: 77 });
    expect(await beside('closed')).toEqual([[77, 0, 0]]);
    expect(await beside('closed', {}, OFFICIAL)).toEqual([]);
    const view = await ledger.view({}, OFFICIAL);
    expect((await listTotals(view, { list: 'MEETING' }, {})).totalCount).toBe(0);
  });

  it('is corrected and taken back like any fact', async () => {
    await fresh('amended');
    await report('amended', { number: 3 });
    const reported = (await historyOf(await ledger.view(), papers['amended']!, {})).edges.at(-1)!.node;
    const correct = (path: string, is: unknown) =>
      officer.does({ type: 'Correct', ref: papers['amended']!, event: reported.id, path, is, ...why }, 'documents');
    await correct('number', 4);
    await correct('asAt', '2023-06-20');
    expect(await beside('amended')).toEqual([[4, 0, 0]]);
    await expect(correct('filter', [{ filter: 'overdue' }])).rejects.toThrow(/NOT_CORRECTABLE/);
    await monitoring.does({ type: 'Void', ref: papers['amended']!, event: reported.id, ...why }, 'documents');
    expect(await beside('amended')).toEqual([]);
  });

  it('counts any list by any filter that it declares, and what is overdue by the day as at which it is counted', async () => {
    await fresh('any');
    await report('any', { list: 'BODY' });
    await report('any', { list: 'DOCUMENT', asAt: '2023-10-09', filter: [{ filter: 'kind', is: ['REPORT'] }] });
    await report('any', { asAt: '2023-07-12', filter: [{ filter: 'overdue' }] });
    await report('any', { asAt: '2023-07-13', filter: [{ filter: 'overdue' }] });
    const [documents, bodies, after, on] = await beside('any');
    expect(documents![1]).toBe(2);
    expect(bodies).toEqual([1, 3, 3]);
    expect(on).toEqual([1, 0, 0]);
    // Two were open past 12 July as known then; of one it is known since that it was withdrawn before, of the other on the 13th.
    expect(after).toEqual([1, 2, 0]);
  });
});

describe('the totals of a list', () => {
  it('are found by list, by document and by their conditions, whatever their order; as at the latest day first', async () => {
    const view = await ledger.view();
    await fresh('found', { date: '2023-10-01' });
    const both = [{ filter: 'body', is: ['JARAP'] }, { filter: 'overdue' }];
    await report('found', { number: 41, filter: both, asAt: '2023-08-01' });
    await report('found', { number: 42, filter: both.toReversed(), asAt: '2023-09-01' });
    await report('found', { number: 43, filter: both.slice(0, 1), asAt: '2023-09-01' });
    const now = await ledger.view();
    const conditions = [{ filter: 'overdue' }, { filter: 'body', ofRecord: 'JARAP' }];
    expect(await refsOf(now, { list: 'ACTION', conditions })).toEqual([
      [papers['found'], 42],
      [papers['found'], 41],
    ]);
    expect(await refsOf(now, { list: 'DOCUMENT', conditions })).toEqual([]);
    expect(await refsOf(view, { list: 'ACTION', conditions })).toEqual([]);
    expect(await refsOf(now, { list: 'ACTION', document: papers['found']! })).toHaveLength(3);
    expect((await refsOf(now, { list: 'ACTION', conditions: [] })).map(([, number]) => number)).toContain(3);
  });

  it('are paged, each by its own event', async () => {
    const view = await ledger.view();
    const all = (await listTotals(view, { list: 'ACTION' }, {})).edges.map(({ cursor }) => cursor);
    const first = await listTotals(view, { list: 'ACTION' }, { first: 2 });
    const rest = await listTotals(view, { list: 'ACTION' }, { first: 500, after: first.endCursor! });
    expect([...first.edges, ...rest.edges].map(({ cursor }) => cursor)).toEqual(all);
    expect(new Set(all).size).toBe(first.totalCount);
  });

  it('ask no more questions for fifty totals than for five, where nothing is counted', async () => {
    await fresh('many');
    for (let number = 0; number < 50; number += 1) await report('many', { number, list: 'PERSON' });
    const asked = async (first: number) => {
      const view = await ledger.view();
      const before = ledger.models.questions;
      expect((await listTotals(view, { list: 'PERSON' }, { first })).edges).toHaveLength(first);
      return ledger.models.questions - before;
    };
    expect(await asked(50)).toBe(await asked(5));
  });
});

describe('every list', () => {
  it('declares the filters by which it is counted, once for its pages and for whoever reports a total', () => {
    const declared = Object.assign({}, ...REGISTERS.map(({ lists }) => lists)) as Record<
      string,
      Record<string, unknown>
    >;
    expect(Object.keys(declared).sort()).toEqual(Object.keys(LISTS).sort());
    expect(Object.keys(listOfRecords.members).sort()).toEqual(Object.keys(LISTS).map(inCapitals).sort());
    for (const [kind, { shown }] of Object.entries(LISTS))
      expect([kind, Object.keys(declared[kind]!)]).toEqual([
        kind,
        Object.entries(shown.filters).flatMap(([name, filter]) =>
          filter.kind === 'words' || filter.kind === 'number' ? [] : [name],
        ),
      ]);
  });
});
