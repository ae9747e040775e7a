import {
  countActions,
  historyOf,
  linksOf,
  listActions,
  listCitations,
  listNaming,
  LISTS,
  pageOfBodies,
  pageOfPeople,
} from '../../projections/index.ts';
import type { Reader } from '../access/index.ts';
import { FULL, ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import {
  hasIllustrative,
  isIllustrative,
  recordAsOf,
  viewOver,
  type AsOf,
  type LedgerView,
  type OfBodies,
} from './index.ts';

const SECRET = { marking: { classification: 'OFFICIAL', sensitive: true, session: 'OPEN' } } as const;
let ledger: LedgerBeingRead;
const officer = () => ledger.as('opcc-officer');
const raise = (body: string, more: object = {}) =>
  officer().does({ type: 'RaiseAction', body, title: 'Review', ...more });
const does = (said: { type: string } & Record<string, unknown>) => officer().does(said, 'directory');

beforeEach(async () => {
  ledger = await ledgerBeingRead({ at: '2023-10-09T11:00:00.000Z' });
  await does({ type: 'AddBody', as: 'CGB', name: 'Board', effectiveOn: '2023-10-01' });
  await does({ type: 'AddBody', as: 'DEMO', name: 'Made up', illustrative: true, effectiveOn: '2023-10-01' });
  await does({ type: 'AddBody', as: 'JARAP', name: 'Panel', effectiveOn: '2023-10-01' });
}, 60_000);
afterEach(() => ledger.remove());

const refsOf = ({ edges }: { readonly edges: readonly { readonly node: { readonly ref: string } }[] }) =>
  edges.map(({ node }) => node.ref);
async function actionsOf(of: OfBodies, at: AsOf = {}, reader: Reader = FULL, refs: readonly string[] = []) {
  return refsOf(await listActions(await viewOver(await ledger.view(at, reader), of, refs), {}, {}));
}
const hide = (ref: string) =>
  ledger
    .as('monitoring-officer')
    .does(
      { type: 'Mark', ref, to: { classification: 'OFFICIAL', sensitive: true }, reason: 'Names a witness.' },
      'directory',
    );
async function openingOf(ref: string): Promise<string> {
  return (await historyOf(await ledger.view(), ref, {})).edges[0]!.node.id;
}

describe('an illustrative body', () => {
  it('is in no list and no count, unless it is asked for or named', async () => {
    const [real, made] = [await raise('CGB'), await raise('DEMO')];
    expect(await actionsOf({})).toEqual([real]);
    expect(await actionsOf({ illustrative: false })).toEqual([real]);
    expect(await actionsOf({ illustrative: true })).toEqual([made]);
    expect(await actionsOf({ bodies: ['DEMO'] })).toEqual([made]);
    expect(await actionsOf({ bodies: ['DEMO', 'CGB'] })).toEqual([real, made]);
    expect(await actionsOf({ bodies: ['DEMO', 'CGB'], illustrative: false })).toEqual([real]);
    expect(await actionsOf({ bodies: [] })).toEqual([]);
    expect(await actionsOf({}, {}, FULL, [made])).toEqual([real, made]);
    expect(await countActions(await ledger.view(), 'BODY', {})).toEqual([{ key: 'CGB', label: 'Board', count: 1 }]);
    expect(refsOf(await pageOfBodies(await ledger.view(), {}))).toEqual(['CGB', 'JARAP']);
  });

  it('is named to the lists of pages and of reported totals by whatever they are narrowed by', async () => {
    await raise('CGB');
    const meeting = await officer().does({
      type: 'ScheduleMeeting',
      body: 'DEMO',
      on: '2023-10-09',
      effectiveOn: '2023-10-05',
    });
    const made = await raise('DEMO', { meeting, owner: 'force-lead' });
    const found = async (asked: Parameters<(typeof LISTS)['action']['list']>[1]) =>
      refsOf(await LISTS.action.list(await ledger.view(), asked, {}));
    for (const asked of [
      { body: 'DEMO' },
      { meeting },
      { text: ` ${made} ` },
      { bodies: 'DEMO' },
      { illustrative: true },
    ] as const)
      expect(await found(asked)).toEqual([made]);
    expect(await found({ owner: 'force-lead' })).toEqual([]);
    expect(await found({ text: 'Review', body: 'CGB' })).toHaveLength(1);
  });

  it('stays left out at every basis, and where it was recorded by mistake', async () => {
    const made = await raise('DEMO', { effectiveOn: '2023-10-02' });
    ledger.clock.set('2023-10-10T11:00:00.000Z');
    const before = (await ledger.view()).basis.position!;
    const voiding = { type: 'Void', ref: 'DEMO', event: await openingOf('DEMO'), reason: 'By mistake.' };
    await ledger.as('monitoring-officer').does(voiding, 'directory');
    for (const at of [
      {},
      { effective: '2023-10-02' },
      { position: before },
      { recorded: '2023-10-09T12:00:00.000Z' },
    ]) {
      expect(await actionsOf({}, at)).toEqual([]);
      expect(await isIllustrative(await ledger.view(at), made)).toBe(true);
    }
    expect(await isIllustrative(await ledger.view(), 'DEMO')).toBe(true);
  });

  it('has the people who hold posts of it and of no other, and no others', async () => {
    const people = await Promise.all(
      ['Adams', 'Baker', 'Clark', 'Davis'].map((name) => does({ type: 'AddPerson', name })),
    );
    for (const [as, body] of [
      ['demo-lead', 'DEMO'],
      ['real-lead', 'CGB'],
      ['lead-of-none', undefined],
    ] as const)
      await does({ type: 'AddPost', as, name: as, ...(body === undefined ? {} : { body }) });
    const holds = (ref: string, person: string) => does({ type: 'AppointHolder', ref, person, shared: true });
    await holds('demo-lead', people[0]!);
    await holds('demo-lead', people[1]!);
    await holds('real-lead', people[1]!);
    await holds('demo-lead', people[2]!);
    await holds('lead-of-none', people[2]!);
    const listed = async (of: OfBodies) => refsOf(await pageOfPeople(await viewOver(await ledger.view(), of), {}));
    expect(await listed({})).toEqual(people.slice(1));
    expect(await listed({ illustrative: true })).toEqual([people[0]]);
    expect(await listed({ bodies: ['CGB'] })).toEqual([people[1]]);
  });

  it('is not told of beside a real record, and is beside its own', async () => {
    const [real, made, other] = [await raise('CGB'), await raise('DEMO'), await raise('DEMO')];
    for (const to of [real, other])
      await officer().does({ type: 'LinkRecord', ref: made, to, as: 'IS_ABOUT' }, 'actions');
    const paper = await officer().does({ type: 'RecordDocument', body: 'CGB', title: 'Paper', kind: 'REPORT' });
    const cited = { document: 'Paper', record: paper };
    await raise('DEMO', { source: cited });
    const ofReal = await raise('CGB', { source: cited });
    const view = await ledger.view();
    expect(await linksOf(view, real)).toEqual([]);
    expect((await linksOf(view, other)).map(({ other: one }) => one.ref)).toEqual([made]);
    expect((await listNaming(view, real, {})).totalCount).toBe(0);
    expect(refsOf(await listNaming(view, other, {}))).toEqual([made]);
    expect((await listCitations(view, paper, {})).edges.map(({ node }) => node.record.ref)).toEqual([ofReal]);
  });
});

describe('what a reader may not see', () => {
  it('makes no record illustrative: those of a hidden body read as those of no body do', async () => {
    const made = await raise('DEMO');
    const of = async (reader: Reader): Promise<unknown> => {
      const view = await ledger.view({}, reader);
      return [
        hasIllustrative(view),
        await isIllustrative(view, made),
        await actionsOf({}, {}, reader),
        await actionsOf({ illustrative: true }, {}, reader),
      ];
    };
    expect(await of(OFFICIAL)).toEqual([true, true, [], [made]]);
    await hide('DEMO');
    expect(await of(OFFICIAL)).toEqual([false, false, [made], []]);
    expect(await actionsOf({ bodies: ['DEMO'] }, {}, OFFICIAL)).toEqual([]);
    expect(await of(FULL)).toEqual([true, true, [], [made]]);
  });

  it('is read by nobody, neither said of a body nor found by it, and leaves no fact of that', async () => {
    const real = await raise('CGB');
    await does({ type: 'AddBody', as: 'SECRET', name: 'Secret', ...SECRET });
    await does({ type: 'AddBody', as: 'LATER', name: 'Hidden later' });
    const hidden = [await raise('SECRET'), await raise('LATER')];
    for (const reads of ['SECRET', 'LATER']) await does({ type: 'BeginReading', ref: 'JARAP', reads });
    await hide('LATER');
    const told = async () => {
      const view = await ledger.view({}, OFFICIAL);
      const { state } = (await recordAsOf(view, 'directory', 'JARAP'))!;
      const facts = (await historyOf(view, 'JARAP', {})).edges.map(({ node }) => node.type);
      return [
        state,
        facts,
        await actionsOf({ readBy: 'JARAP' }, {}, OFFICIAL),
        await LISTS.action.choices['readBy']!(view),
      ];
    };
    const [state, facts, listed, choices] = await told();
    expect(state).not.toHaveProperty('reads');
    expect([facts, listed, choices]).toEqual([['BodyAdded'], [], []]);
    expect(await actionsOf({ readBy: 'JARAP' })).toEqual(hidden.toSorted());
    await does({ type: 'BeginReading', ref: 'JARAP', reads: 'CGB' });
    expect((await told()).slice(1)).toEqual([['BodyAdded', 'ReadingBegun'], [real], ['JARAP']]);
    await hide('JARAP');
    expect(await actionsOf({ readBy: 'JARAP' }, {}, OFFICIAL)).toEqual([]);
  });
});

describe('a body that reads others', () => {
  it('reads them from the day on which that begins to that on which it ends, as it was known', async () => {
    const real = await raise('CGB', { effectiveOn: '2023-10-02' });
    const reading = { ref: 'JARAP', reads: 'CGB' };
    await does({ type: 'BeginReading', ...reading, effectiveOn: '2023-10-03' });
    await does({ type: 'EndReading', ...reading, effectiveOn: '2023-10-06' });
    const on = (effective: string, more: AsOf = {}) => actionsOf({ readBy: 'JARAP' }, { effective, ...more });
    expect([await on('2023-10-02'), await on('2023-10-03'), await on('2023-10-05'), await on('2023-10-06')]).toEqual([
      [],
      [real],
      [real],
      [],
    ]);
    const ending = (await historyOf(await ledger.view(), 'JARAP', {})).edges.at(-1)!.node.id;
    ledger.clock.set('2023-10-10T11:00:00.000Z');
    await ledger
      .as('monitoring-officer')
      .does({ type: 'Void', ref: 'JARAP', event: ending, reason: 'It goes on.' }, 'directory');
    expect(await on('2023-10-06')).toEqual([real]);
    expect(await on('2023-10-06', { recorded: '2023-10-09T12:00:00.000Z' })).toEqual([]);
  });

  it('names what it reads, also where that is illustrative', async () => {
    const made = await raise('DEMO');
    await does({ type: 'BeginReading', ref: 'JARAP', reads: 'DEMO' });
    expect(await actionsOf({ readBy: 'JARAP' })).toEqual([made]);
    expect(await actionsOf({ readBy: 'JARAP', illustrative: false })).toEqual([]);
    expect(await actionsOf({ readBy: 'JARAP', bodies: ['CGB'] })).toEqual([]);
    expect(await actionsOf({}, {}, FULL, ['JARAP'])).toEqual([made]);
  });
});

it('asks no more of the tables for many rows than for few, and no more for a list of everything than where nothing is illustrative', async () => {
  for (let count = 0; count < 30; count += 1) await raise(count % 2 === 0 ? 'CGB' : 'DEMO');
  const asked = async (ask: (view: LedgerView) => Promise<unknown>) => {
    const view = await ledger.view();
    const before = ledger.models.questions;
    await ask(view);
    return ledger.models.questions - before;
  };
  const told = async (view: LedgerView, first: number) => {
    const { edges } = await listActions(await viewOver(view, { bodies: ['DEMO', 'CGB'] }), {}, { first });
    await Promise.all(edges.map(({ node }) => isIllustrative(view, node.ref)));
  };
  // What was counted once is not counted again.
  await told(await ledger.view(), 1);
  expect(await asked((view) => told(view, 15))).toBe(await asked((view) => told(view, 2)));
  const everything = (view: LedgerView) => LISTS.action.list(view, {}, {});
  const beside = await asked(everything);
  await hide('DEMO');
  const official = await ledger.view({}, OFFICIAL);
  const before = ledger.models.questions;
  await everything(official);
  expect(beside).toBeLessThanOrEqual(ledger.models.questions - before);
});
