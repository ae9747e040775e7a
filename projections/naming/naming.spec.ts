import { PUBLIC, readerFor } from '../../libs/access/index.ts';
import type { NamingGroup, PageWanted } from '../../libs/read-models/index.ts';
import { FULL, ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import { historyOf } from '../record-history/queries.ts';
import { countRecordsNaming, listNaming } from './queries.ts';

const SENSITIVE = { classification: 'OFFICIAL', sensitive: true, session: 'OPEN' } as const;

describe('what names a record', () => {
  let ledger: LedgerBeingRead;
  let officer: ReturnType<LedgerBeingRead['as']>;
  const june = 'CGB-2023-06-21';
  const july = 'CGB-2023-07-19';
  let open: string;
  let hidden: string;
  let person: string;
  const before = { recorded: '2023-06-21T12:00:30Z' };

  const naming = async (
    ref: string,
    reader = FULL,
    asOf = {},
    wanted: PageWanted & { groups?: readonly NamingGroup[] } = {},
  ) => {
    const view = await ledger.view(asOf, reader);
    const page = await listNaming(view, ref, wanted);
    return page.edges.map(({ node }) => [node.ref, node.fields.join(' ')]);
  };

  beforeAll(async () => {
    ledger = await ledgerBeingRead({ at: '2023-06-21T12:00:00.000Z' });
    officer = ledger.as('opcc-officer');
    await officer.does({ type: 'AddBody', as: 'CGB', name: 'Board' });
    await officer.does({ type: 'AddPost', as: 'estates-lead', name: 'Estates', body: 'CGB' });
    person = await officer.does({ type: 'AddPerson', name: 'A. Lead' });
    await officer.does({
      type: 'AppointHolder',
      ref: 'estates-lead',
      person,
      interim: false,
      shared: false,
    });
    for (const on of ['2023-06-21', '2023-07-19']) await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on });
    await officer.does({ type: 'HoldMeeting', ref: june, on: '2023-06-21' });
    const raising = { type: 'RaiseAction', body: 'CGB', owner: 'estates-lead', meeting: june, due: { meeting: july } };
    open = await officer.does({ ...raising, title: 'Open' });
    hidden = await officer.does({ ...raising, title: 'Hidden', marking: SENSITIVE });
    ledger.clock.forward(60_000);
    await ledger.as('commissioner').does({ type: 'AgreeAction', ref: open, authority: { meeting: june } });
    await officer.does({ type: 'ReassignAction', ref: open, owner: 'force-lead' });
  });
  afterAll(() => ledger.remove());

  it('is told with the fields that do, and with its heading', async () => {
    expect(await naming(june)).toEqual([
      [open, 'meeting'],
      [hidden, 'meeting'],
    ]);
    expect(await naming(july)).toEqual([
      [open, 'due.original.meeting due.current.meeting'],
      [hidden, 'due.original.meeting due.current.meeting'],
    ]);
    expect(await naming(person)).toEqual([['estates-lead', 'holders.person']]);
    const view = await ledger.view();
    const [first] = (await listNaming(view, june, {})).edges;
    expect(await view.text(first!.node.heading)).toBe('Open');
  });

  it('is by register, then by the fields that do, then by reference', async () => {
    expect((await naming('CGB')).map(([ref]) => ref)).toEqual([open, hidden, 'estates-lead', june, july]);
    expect((await naming('CGB', FULL, {}, { groups: [{ register: 'meetings' }] })).map(([ref]) => ref)).toEqual([
      june,
      july,
    ]);
    expect(await naming('CGB', FULL, {}, { groups: [{ register: 'risks' }] })).toEqual([]);
    const view = await ledger.view();
    expect(await countRecordsNaming(view, 'CGB')).toEqual([
      { register: 'actions', fields: ['body'], count: 2 },
      { register: 'directory', fields: ['body'], count: 1 },
      { register: 'meetings', fields: ['body'], count: 2 },
    ]);
    expect((await listNaming(view, 'CGB', { groups: [{ register: 'meetings' }] })).totalCount).toBe(2);
  });

  it('is what did so on the day and at the moment asked about, on both clocks', async () => {
    expect((await naming('estates-lead')).map(([ref]) => ref)).toEqual([hidden]);
    expect((await naming('force-lead')).map(([ref]) => ref)).toEqual([open]);
    for (const clock of ['STATED', 'PROVEN'] as const) {
      const asOf = { ...before, clock };
      expect((await naming('estates-lead', FULL, asOf)).map(([ref]) => ref)).toEqual([open, hidden]);
      expect(await naming('force-lead', FULL, asOf)).toEqual([]);
    }
    expect(await naming('CGB', FULL, { effective: '2023-06-20' })).toEqual([]);
  });

  it('is as much as the reader may see of both, in pages and counts too', async () => {
    expect((await naming(june, OFFICIAL)).map(([ref]) => ref)).toEqual([open]);
    const view = await ledger.view({}, OFFICIAL);
    const page = await listNaming(view, 'CGB', { first: 1 });
    expect([page.totalCount, page.hasNextPage]).toEqual([4, true]);
    const next = await listNaming(view, 'CGB', { first: 1, after: page.endCursor! });
    expect(next.edges.map(({ node }) => node.ref)).toEqual(['estates-lead']);
    expect(await naming('CGB', PUBLIC)).toEqual([]);
    // The owner sees what its post owns, and the rest like anybody of its audience.
    expect((await naming(june, readerFor('estates-lead', 'force-lead'))).map(([ref]) => ref)).toEqual([open, hidden]);
    expect((await naming(june, readerFor('force-lead', 'force-lead'))).map(([ref]) => ref)).toEqual([open]);
  });

  it('is nothing for a record that is hidden from the reader, though what names it is not', async () => {
    const closed = await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on: '2023-08-01', marking: SENSITIVE });
    const ref = await officer.does({ type: 'RaiseAction', body: 'CGB', title: 'Due then', due: { meeting: closed } });
    expect((await naming(closed)).map(([one]) => one)).toEqual([ref]);
    expect(await naming(closed, OFFICIAL)).toEqual([]);
    expect(await countRecordsNaming(await ledger.view({}, OFFICIAL), closed)).toEqual([]);
  });

  it('asks the same few questions however many there are and however many are hidden', async () => {
    const asked = async (reader = OFFICIAL) => {
      const view = await ledger.view({}, reader);
      const count = ledger.models.questions;
      await listNaming(view, 'CGB', { first: 2 });
      return ledger.models.questions - count;
    };
    const few = await asked();
    for (let n = 0; n < 20; n += 1) {
      const marking = n % 2 === 0 ? {} : { marking: SENSITIVE };
      await officer.does({ type: 'RaiseAction', body: 'CGB', title: `More ${n}`, owner: 'estates-lead', ...marking });
    }
    expect(await asked()).toBe(few);
    expect(few).toBeLessThanOrEqual(6);
  });

  it('is nothing for one that was recorded by mistake, and what did is back with it', async () => {
    const monitoring = ledger.as('monitoring-officer');
    const opening = (await historyOf(await ledger.view(), july, {})).edges[0]!.node.id;
    const there = await naming(july);
    await monitoring.does({ type: 'Void', ref: july, event: opening, reason: 'Twice.' }, 'meetings');
    expect(await naming(july)).toEqual([]);
    expect((await naming('CGB')).map(([ref]) => ref)).not.toContain(july);
    await monitoring.does({ type: 'Restore', ref: july, event: opening, reason: 'Not twice.' }, 'meetings');
    expect(await naming(july)).toEqual(there);
  });

  it('refuses a cursor of another list', async () => {
    await expect(naming('CGB', FULL, {}, { after: 'WyIxIiwiMiJd' })).rejects.toMatchObject({ field: 'after' });
  });

  it('is told of one way of naming alone', async () => {
    const raised = { register: 'actions', fields: ['meeting'] };
    const due = { register: 'actions', fields: ['due.original.meeting', 'due.current.meeting'] };
    const both = await officer.does({
      type: 'RaiseAction',
      body: 'CGB',
      title: 'Both',
      meeting: june,
      due: { meeting: june },
    });
    expect((await naming(june)).map(([ref]) => ref)).toEqual([open, hidden, both]);
    expect((await naming(june, FULL, {}, { groups: [raised, { register: 'directory' }] })).map(([ref]) => ref)).toEqual(
      [open, hidden],
    );
    expect(await naming(june, FULL, {}, { groups: [due] })).toEqual([]);
    const page = await listNaming(await ledger.view(), june, { first: 1, groups: [raised] });
    expect([page.totalCount, page.hasNextPage]).toEqual([2, true]);
  });

  it('is the same after a rebuild, row for row', async () => {
    const there = await naming('CGB');
    expect(await ledger.models.compare()).toEqual({ equal: true, differing: [], overlapping: [] });
    await ledger.models.rebuild();
    expect(await naming('CGB')).toEqual(there);
  });
});
