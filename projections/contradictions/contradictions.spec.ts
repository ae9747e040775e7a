import { PUBLIC } from '../../libs/access/index.ts';
import { openedAt } from '../../libs/read-models/index.ts';
import { ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import { listContradictions, type Contradiction } from './queries.ts';

/** Where the papers contradict each other: both versions are kept, with their sources. */
describe('contradictions', () => {
  let ledger: LedgerBeingRead;
  let ref: string;

  beforeAll(async () => {
    ledger = await ledgerBeingRead({ at: '2023-06-21T12:00:00.000Z' });
    const officer = ledger.as('opcc-officer');
    await officer.does({ type: 'AddBody', as: 'CGB', name: 'Board' });
    await officer.does({
      type: 'ScheduleMeeting',
      body: 'CGB',
      on: '2023-09-25',
      source: { document: 'Cadence paper' },
    });
    await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on: '2023-07-17' });
    ref = await officer.does({
      type: 'RaiseAction',
      body: 'CGB',
      title: 'Populate the tracker',
      owner: 'force-lead',
      due: { on: '2023-09-25' },
      source: { document: 'Minutes', paragraph: '8(a)' },
    });
    ledger.clock.forward(60_000);
    await officer.does(
      {
        type: 'RecordOtherwiseStated',
        ref,
        path: 'owner',
        says: 'chief-constable',
        source: { document: 'Action log', paragraph: 'row 3' },
      },
      'actions',
    );
    await officer.does(
      {
        type: 'RecordOtherwiseStated',
        ref,
        path: 'title',
        says: 'Fill in the tracker',
        source: { document: 'Action log' },
      },
      'actions',
    );
    await officer.does(
      { type: 'RecordOtherwiseStated', ref, path: 'status', says: 'SIGNED_OFF', source: { document: 'Annual report' } },
      'actions',
    );
    await officer.does(
      {
        type: 'RecordOtherwiseStated',
        ref: 'CGB-2023-09-25',
        path: 'date',
        says: '2023-09-26',
        source: { document: 'Panel pack' },
      },
      'meetings',
    );
  });
  afterAll(() => ledger.remove());

  async function told(asOf: object = {}, reader?: typeof OFFICIAL) {
    const view = await ledger.view(asOf, reader);
    const words = async (path: string, { value, source }: Contradiction['holds']) => [
      await openedAt(view, path, value),
      (await view.text(source?.document)) ?? null,
      (await view.text(source?.paragraph)) ?? null,
    ];
    const page = await listContradictions(view, {});
    return Promise.all(
      page.edges.map(async ({ node }) => [
        node.record,
        node.path,
        await words(node.path, node.holds),
        await words(node.path, node.says),
      ]),
    );
  }

  it('are listed for every register, with what each source says', async () => {
    expect(await told()).toEqual([
      [ref, 'owner', ['force-lead', 'Minutes', '8(a)'], ['chief-constable', 'Action log', 'row 3']],
      [ref, 'title', ['Populate the tracker', 'Minutes', '8(a)'], ['Fill in the tracker', 'Action log', null]],
      [ref, 'status', ['PROPOSED', null, null], ['SIGNED_OFF', 'Annual report', null]],
      ['CGB-2023-09-25', 'date', ['2023-09-25', 'Cadence paper', null], ['2023-09-26', 'Panel pack', null]],
    ]);
  });

  it('are those that were known, of records that existed, and that the reader may see', async () => {
    expect(await told({ recorded: '2023-06-21T12:00:30Z' })).toEqual([]);
    expect(await told({ effective: '2023-06-20' })).toEqual([]);
    expect(await told({}, PUBLIC)).toEqual([]);
    expect(await told({}, OFFICIAL)).toHaveLength(4);
  });

  it('show the value as the last correction leaves it', async () => {
    const monitoring = ledger.as('opcc-officer');
    const { events } = await ledger.ledger.store.readAll(undefined, 500);
    const raised = events.find(
      ({ bytes }) => Buffer.from(bytes).includes(`"ref":"${ref}"`) && Buffer.from(bytes).includes('ActionRaised'),
    )!;
    await monitoring.does(
      {
        type: 'RecordOtherwiseStated',
        ref,
        event: raised.id,
        path: 'due.on',
        says: '2023-10-25',
        source: { document: 'Action log' },
      },
      'actions',
    );
    expect((await told()).find(([, path]) => path === 'due.on')).toEqual([
      ref,
      'due.on',
      ['2023-09-25', 'Minutes', '8(a)'],
      ['2023-10-25', 'Action log', null],
    ]);
    ledger.clock.forward(60_000);
    await monitoring.does(
      { type: 'Correct', ref, event: raised.id, path: 'due.on', is: '2023-09-20', reason: 'Typo.' },
      'actions',
    );
    expect((await told()).find(([, path]) => path === 'due.on')).toEqual([
      ref,
      'due.on',
      ['2023-09-20', 'Minutes', '8(a)'],
      ['2023-10-25', 'Action log', null],
    ]);
  });

  it('are paged', async () => {
    const view = await ledger.view();
    const first = await listContradictions(view, { first: 3 });
    expect([first.totalCount, first.hasNextPage, first.edges.length]).toEqual([5, true, 3]);
    const rest = await listContradictions(view, { first: 3, after: first.endCursor! });
    expect([rest.hasNextPage, rest.edges.length]).toEqual([false, 2]);
  });
});
