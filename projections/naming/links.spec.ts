import { PUBLIC, type Reader } from '../../libs/access/index.ts';
import type { AsOf } from '../../libs/read-models/index.ts';
import { FULL, ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import { findAction, listActions } from '../action-tracker/queries.ts';
import { listContradictions } from '../contradictions/queries.ts';
import { listDocuments } from '../document-catalogue/queries.ts';
import { historyOf, listLinksToNothing } from '../record-history/queries.ts';
import { stepsOf } from '../steps/queries.ts';
import { linksOf, listCalled, namesOf } from './queries.ts';

const SENSITIVE = { classification: 'OFFICIAL', sensitive: true, session: 'OPEN' } as const;
const OPEN = { ...SENSITIVE, sensitive: false } as const;
const JUNE = { effectiveOn: '2023-06-21', reason: 'Typed from the minutes.' };

let ledger: LedgerBeingRead;
let officer: ReturnType<LedgerBeingRead['as']>;
let monitoring: ReturnType<LedgerBeingRead['as']>;

beforeAll(async () => {
  ledger = await ledgerBeingRead({ at: '2023-10-09T12:00:00.000Z' });
  officer = ledger.as('opcc-officer');
  monitoring = ledger.as('monitoring-officer');
  await officer.does({ type: 'AddBody', as: 'CGB', name: 'Board', ...JUNE });
});
afterAll(() => ledger.remove());

const raise = (title: string, more: object = {}) =>
  officer.does({ type: 'RaiseAction', body: 'CGB', title, ...JUNE, ...more });
const link = (ref: string, to: string, as = 'FOLLOWS_FROM', more: object = {}) =>
  officer.does({ type: 'LinkRecord', ref, to, as, ...JUNE, ...more }, 'actions');
const mark = (ref: string, to: object) => monitoring.does({ type: 'Mark', ref, to }, 'actions');
const about = async (ref: string, reader: Reader = FULL, asOf: AsOf = {}) =>
  (await linksOf(await ledger.view(asOf, reader), ref)).map(
    ({ direction, as, other }) => `${direction} ${as} ${other.ref}`,
  );
const history = async (ref: string, reader: Reader = FULL) =>
  (await historyOf(await ledger.view({}, reader), ref, { first: 500 })).edges.map(({ node }) => node);
const entry = async (ref: string, type: string) => (await history(ref)).findLast((one) => one.type === type)!.id;

describe('a link between two records', () => {
  it('is seen from both, at the same basis, and from the day on which it took effect until it ends', async () => {
    const [first, next] = [await raise('First'), await raise('Next')];
    await link(next, first, 'RE_RAISES', { effectiveOn: '2023-07-01' });
    ledger.clock.forward(60_000);
    await officer.does(
      {
        type: 'UnlinkRecord',
        ref: next,
        to: first,
        as: 'RE_RAISES',
        effectiveOn: '2023-08-01',
        reason: 'Two matters.',
      },
      'actions',
    );
    for (const [effective, holds] of [
      ['2023-06-30', false],
      ['2023-07-01', true],
      ['2023-07-31', true],
      ['2023-08-01', false],
    ] as const) {
      expect([effective, await about(next, FULL, { effective })]).toEqual([
        effective,
        holds ? [`TO RE_RAISES ${first}`] : [],
      ]);
      expect([effective, await about(first, FULL, { effective })]).toEqual([
        effective,
        holds ? [`FROM RE_RAISES ${next}`] : [],
      ]);
    }
    // As it was known before it was said to have ended.
    const before = { recorded: '2023-10-09T12:00:30Z' };
    expect(await about(first, FULL, before)).toEqual([`FROM RE_RAISES ${next}`]);
    expect(await about(next, FULL, before)).toEqual([`TO RE_RAISES ${first}`]);
  });

  it('leads from any register to any, as several things, and beside what else names it', async () => {
    const paper = await officer.does({ type: 'RecordDocument', body: 'CGB', title: 'Report', kind: 'REPORT', ...JUNE });
    const action = await raise('Act on it');
    await link(action, paper, 'IS_ABOUT');
    await link(action, paper, 'DEPENDS_ON');
    await link(action, 'CGB', 'IS_ABOUT');
    await officer.does({ type: 'LinkRecord', ref: paper, to: action, as: 'IS_EVIDENCE_OF', ...JUNE }, 'documents');
    expect(await about(paper)).toEqual([
      `TO IS_EVIDENCE_OF ${action}`,
      `FROM DEPENDS_ON ${action}`,
      `FROM IS_ABOUT ${action}`,
    ]);
    // The body is named by all that is raised at it, and linked to by this alone.
    expect(await about('CGB')).toEqual([`FROM IS_ABOUT ${action}`]);
  });

  it('is corrected, taken back and counted again like any fact', async () => {
    const [one, other, from] = [await raise('One'), await raise('Other'), await raise('From')];
    await link(from, one);
    const event = await entry(from, 'Linked');
    const correct = { type: 'Correct', ref: from, event, path: 'to', reason: 'Misread.' };
    await officer.does({ ...correct, is: other }, 'actions');
    expect([await about(one), await about(other)]).toEqual([[], [`FROM FOLLOWS_FROM ${from}`]]);
    expect(await officer.submit({ ...correct, is: from }, 'actions')).toMatchObject({
      outcome: 'refused',
      refusal: { code: 'WOULD_BE_IMPOSSIBLE' },
    });
    expect(await officer.submit({ ...correct, is: 'CGB-2001-01-A1' }, 'actions')).toMatchObject({
      outcome: 'refused',
      refusal: { code: 'UNKNOWN_RECORD' },
    });
    await monitoring.does({ type: 'Void', ref: from, event, reason: 'Never so.' }, 'actions');
    expect([await about(from), await about(other)]).toEqual([[], []]);
    await monitoring.does({ type: 'Restore', ref: from, event, reason: 'It was.' }, 'actions');
    expect(await about(from)).toEqual([`TO FOLLOWS_FROM ${other}`]);
  });

  it('leads nowhere while the other is recorded by mistake, and is told among what leads there', async () => {
    const [gone, from] = [await raise('Typed twice'), await raise('Goes on')];
    await link(from, gone);
    const event = await entry(gone, 'ActionRaised');
    await monitoring.does({ type: 'Void', ref: gone, event, reason: 'Twice.' }, 'actions');
    expect(await about(from)).toEqual([]);
    const { edges } = await listLinksToNothing(await ledger.view(), {});
    expect(edges.map(({ node }) => node)).toContainEqual({
      ...{ record: from, register: 'actions', field: 'linked.FOLLOWS_FROM', names: gone },
    });
  });

  describe('to what the reader may not see', () => {
    let from: string;
    let hidden: string;
    let event: string;
    const readers = [
      ['official', OFFICIAL],
      ['public', PUBLIC],
    ] as const;

    beforeAll(async () => {
      [from, hidden] = [await raise('Seen'), await raise('Hidden later')];
      await link(from, hidden, 'IS_ABOUT', { effectiveOn: '2023-07-03' });
      event = await entry(from, 'Linked');
      // A link of which the source gives no day, and what other sources, corrections and voids say of links.
      await link(from, hidden, 'DEPENDS_ON', { effectiveOn: undefined, dated: { how: 'by', to: '2023-09-01' } });
      const source = { source: { document: 'Another paper' } };
      await officer.does(
        { type: 'RecordOtherwiseStated', ref: from, event, path: 'to', says: 'another', ...source },
        'actions',
      );
      await officer.does(
        { type: 'Correct', ref: from, event, path: 'effectiveOn', is: '2023-07-04', reason: 'Misread.' },
        'actions',
      );
      await link(from, hidden, 'RE_RAISES');
      const another = await entry(from, 'Linked');
      await monitoring.does({ type: 'Void', ref: from, event: another, reason: 'Not so.' }, 'actions');
      await monitoring.does({ type: 'Publish', ref: from }, 'actions');
      await mark(hidden, SENSITIVE);
    });

    const told = async (reader: Reader) => {
      const views = await Promise.all(
        ['2023-08-01', '2023-10-09'].map((effective) => ledger.view({ effective }, reader)),
      );
      return Promise.all(
        views.map(async (view) => ({
          state: (await findAction(view, from))?.state,
          spans: (await findAction(view, from))?.mayAlreadyHold,
          disputes: (await findAction(view, from))?.disputed,
          links: await linksOf(view, from),
          history: (await historyOf(view, from, { first: 500 })).edges.map(({ node: { type, facts } }) => ({
            type,
            facts,
          })),
          contradictions: (await listContradictions(view, {})).edges.filter(({ node }) => node.record === from).length,
          steps: (await stepsOf(view, from)).effective,
        })),
      );
    };

    it('is told to those who may see it (control)', async () => {
      const [august, october] = await told(FULL);
      expect(JSON.stringify(august!.state)).toContain(hidden);
      expect([august!.spans!.length, august!.disputes!.length, august!.contradictions]).toEqual([1, 1, 1]);
      expect([august!.links.length, october!.links.length]).toEqual([1, 2]);
      expect(august!.steps).toEqual({ since: '2023-07-04', previous: '2023-06-21', next: '2023-09-01' });
      expect(august!.history.map(({ type }) => type)).toEqual([
        ...['ActionRaised', 'Linked', 'OtherwiseStated', 'Corrected', 'Linked', 'Voided', 'Published'],
      ]);
    });

    it.each(readers)('is no link at all for the %s audience, and nothing tells of one', async (_, reader) => {
      for (const at of await told(reader)) {
        expect(JSON.stringify(at)).not.toMatch(/linked|Linked|IS_ABOUT|DEPENDS_ON|RE_RAISES/);
        expect(JSON.stringify(at)).not.toContain(hidden);
        expect([at.spans, at.disputes, at.links, at.contradictions]).toEqual([[], [], [], 0]);
        expect(at.steps).toEqual({ since: '2023-06-21', previous: null, next: null });
        expect(at.history.map(({ type }) => type)).toEqual(['ActionRaised', 'Published']);
      }
    });

    it('is there again for whoever comes to see the other', async () => {
      await mark(hidden, OPEN);
      expect(await about(from, OFFICIAL)).toEqual([`TO IS_ABOUT ${hidden}`, `TO DEPENDS_ON ${hidden}`]);
      await mark(hidden, SENSITIVE);
    });

    it('was as hidden from the start where the other was', async () => {
      const [closed, open] = [await raise('Closed', { marking: SENSITIVE }), await raise('Open')];
      await link(open, closed);
      expect((await history(open, OFFICIAL)).map(({ type }) => type)).toEqual(['ActionRaised']);
      // What was decided of the link stays with it when the other is opened, until somebody opens that too.
      await mark(closed, OPEN);
      expect([await about(open, OFFICIAL), await about(closed, OFFICIAL)]).toEqual([[], []]);
    });

    it('is not told from the side of what they may see, where they may not see what says it', async () => {
      const [seen, unseen] = [await raise('Seen'), await raise('Unseen', { marking: SENSITIVE })];
      await link(unseen, seen);
      expect(await about(seen)).toEqual([`FROM FOLLOWS_FROM ${unseen}`]);
      expect(await about(seen, OFFICIAL)).toEqual([]);
    });
  });
});

describe('a name of a record', () => {
  const called = async (name: string, reader: Reader = FULL, asOf: AsOf = {}) =>
    (await listCalled(await ledger.view(asOf, reader), name)).map(({ ref }) => ref);
  const name = (ref: string, words: string, more: object = {}, register = 'actions') =>
    officer.does({ type: 'NameRecord', ref, name: words, ...JUNE, ...more }, register);

  it('finds it whole, whatever its capitals, spaces and dashes, in every list that searches and among all records', async () => {
    const action = await raise('Review the estate');
    const paper = await officer.does({ type: 'RecordDocument', body: 'CGB', title: 'Plan', kind: 'REPORT', ...JUNE });
    await name(action, 'CGB 23/07-P');
    await name(paper, 'cgb 23/07–p', {}, 'documents');
    for (const words of ['CGB 23/07-P', 'cgb23/07—p', ' Cgb 23 / 07 - P ']) {
      expect(await called(words)).toEqual([action, paper]);
      const view = await ledger.view();
      expect((await listActions(view, { text: words }, {})).edges.map(({ node }) => node.ref)).toEqual([action]);
      expect((await listDocuments(view, { text: words }, {})).edges.map(({ node }) => node.ref)).toEqual([paper]);
    }
    for (const words of ['CGB 23/07', '23/07-P', '', ' ']) expect(await called(words)).toEqual([]);
  });

  it('is of its days and of what was known, corrected and withdrawn like any fact', async () => {
    const ref = await raise('Named');
    await name(ref, '14/2018/P', { effectiveOn: '2023-07-01' });
    const event = await entry(ref, 'Named');
    ledger.clock.forward(60_000);
    const known = ledger.clock.now();
    await officer.does({ type: 'Correct', ref, event, path: 'name', is: '14/2018/Q', reason: 'Misread.' }, 'actions');
    await officer.does(
      { type: 'WithdrawName', ref, event, effectiveOn: '2023-08-01', reason: 'Numbered anew.' },
      'actions',
    );
    const at = (effective: string) => ({ effective });
    expect(await called('14/2018/q', FULL, at('2023-07-31'))).toEqual([ref]);
    expect(await namesOf(await ledger.view(at('2023-07-31')), ref)).toEqual(['14/2018/Q']);
    for (const day of ['2023-06-30', '2023-08-01']) expect(await called('14/2018/Q', FULL, at(day))).toEqual([]);
    expect(await called('14/2018/P', FULL, at('2023-07-31'))).toEqual([]);
    const before = { ...at('2023-07-31'), recorded: new Date(known - 1_000).toISOString() };
    expect(await called('14/2018/P', FULL, before)).toEqual([ref]);
    expect(await called('14/2018/Q', FULL, before)).toEqual([]);
  });

  it('finds nothing that the reader may not see, nor by a name that they may not read', async () => {
    const [hidden, open] = [await raise('Hidden', { marking: SENSITIVE }), await raise('Open')];
    await name(hidden, 'SECRET/1');
    await name(open, 'SECRET/1', { marking: SENSITIVE });
    await name(open, 'KNOWN/1');
    expect(await called('secret/1')).toEqual([open, hidden].sort());
    for (const reader of [OFFICIAL, PUBLIC]) expect(await called('secret/1', reader)).toEqual([]);
    expect(await called('known/1', OFFICIAL)).toEqual([open]);
    const view = await ledger.view({}, OFFICIAL);
    expect(await namesOf(view, open)).toEqual(['KNOWN/1']);
    expect((await listActions(view, { text: 'SECRET/1' }, {})).totalCount).toBe(0);
  });

  it('finds no record that was recorded by mistake', async () => {
    const ref = await raise('Typed twice');
    await name(ref, 'TWICE/1');
    const event = await entry(ref, 'ActionRaised');
    await monitoring.does({ type: 'Void', ref, event, reason: 'Twice.' }, 'actions');
    expect(await called('TWICE/1')).toEqual([]);
  });
});

it('asks the same few questions for the links and names of fifty records as for those of five', async () => {
  const refs: string[] = [];
  for (let n = 0; n < 50; n += 1) refs.push(await raise(`Many ${n}`));
  for (const [n, ref] of refs.entries()) {
    await link(ref, refs[(n + 1) % refs.length]!);
    await officer.does({ type: 'NameRecord', ref, name: `MANY/${n}` }, 'actions');
  }
  const asked = async (some: readonly string[], reader: Reader) => {
    const view = await ledger.view({}, reader);
    const before = ledger.models.questions;
    await Promise.all(some.map(async (ref) => [await linksOf(view, ref), await namesOf(view, ref)]));
    return ledger.models.questions - before;
  };
  for (const reader of [FULL, OFFICIAL]) {
    const few = await asked(refs.slice(0, 5), reader);
    expect(await asked(refs, reader)).toBeLessThanOrEqual(few);
    expect(few).toBeLessThanOrEqual(8);
  }
}, 60_000);
