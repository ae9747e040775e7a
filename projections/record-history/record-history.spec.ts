import { PUBLIC } from '../../libs/access/index.ts';
import type { Register } from '../../libs/ledger/index.ts';
import { actions } from '../../libs/registers/actions/index.ts';
import { pastEvent } from '../../libs/spec-kit/index.ts';
import { FULL, ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import { historyRows } from './projection.ts';
import { historyOf, sourceOfEvent } from './queries.ts';

const register = actions as unknown as Register;

function known(past: readonly Parameters<typeof pastEvent>[1][]) {
  return past.map((one, index) => {
    const event = pastEvent('actions', one, index + 1);
    const recordedAt = event.stated === undefined ? event.stamped : `${event.stated}T00:00:00.000Z`;
    return { event: { ...event, sequence: index + 1, recordedAt: event.stamped }, recordedAt };
  });
}
const at = { effective: '2023-12-31', clock: 'STATED' } as const;
const RAISED = {
  type: 'ActionRaised',
  id: 'raised',
  facts: { ref: 'CGB-2023-06-A1', body: 'CGB', due: { on: '2023-09-25' } },
  texts: ['title', 'document'],
};

describe('the history of a record', () => {
  it('counts the days from taking effect to being recorded, and calls late what the register does not allow', () => {
    const rows = historyRows(
      register,
      known([
        { ...RAISED, effectiveOn: '2023-06-21', stamped: '2023-06-21T12:00:00.000Z' },
        { type: 'ActionAgreed', effectiveOn: '2023-06-21', stamped: '2023-06-28T12:00:00.000Z' },
        {
          type: 'UpdateGiven',
          effectiveOn: '2023-06-21',
          stamped: '2023-06-29T12:00:00.000Z',
          texts: ['update', 'reason'],
        },
      ]),
      at,
    );
    expect(rows.map(({ delayDays, late }) => [delayDays, late])).toEqual([
      [0, false],
      [7, false],
      [8, true],
    ]);
  });

  it('counts an imported fact from the day that its source states, on the stated clock', () => {
    const imported = known([
      { ...RAISED, effectiveOn: '2023-06-21', stated: '2023-06-25', stamped: '2024-01-01T12:00:00.000Z' },
    ]);
    expect(historyRows(register, imported, at)).toMatchObject([
      { delayDays: 4, late: false, stated: '2023-06-25', recordedAt: '2024-01-01T12:00:00.000Z' },
    ]);
    const proven = imported.map(({ event }) => ({ event, recordedAt: event.recordedAt }));
    expect(historyRows(register, proven, { ...at, clock: 'PROVEN' })).toMatchObject([{ delayDays: 194, late: true }]);
  });

  it('shows what each correction changed, and the fact as the last one leaves it', () => {
    const rows = historyRows(
      register,
      known([
        RAISED,
        { type: 'Corrected', id: 'first', facts: { target: 'raised', schema: 1, path: 'due.on', is: '2023-10-25' } },
        { type: 'Corrected', id: 'words', facts: { target: 'raised', schema: 1, path: 'title' }, texts: ['is'] },
        { type: 'Corrected', id: 'second', facts: { target: 'raised', schema: 1, path: 'due.on', is: '2023-11-25' } },
        { type: 'Corrected', id: 'day', facts: { target: 'raised', schema: 1, path: 'effectiveOn', is: '2023-06-19' } },
      ]),
      at,
    );
    expect(rows[0]).toMatchObject({
      effectiveOn: '2023-06-19',
      facts: { due: { on: '2023-11-25' } },
      text: { event: 'words', part: 'text/is' },
      amended: [
        { by: 'first', path: 'due.on', was: '2023-09-25', is: '2023-10-25' },
        {
          by: 'words',
          path: 'title',
          was: { event: 'raised', part: 'text/title' },
          is: { event: 'words', part: 'text/is' },
        },
        { by: 'second', path: 'due.on', was: '2023-10-25', is: '2023-11-25' },
        { by: 'day', path: 'effectiveOn', was: '2023-06-21', is: '2023-06-19' },
      ],
    });
    expect(rows).toHaveLength(5);
    expect(rows.slice(1).every(({ late, amended }) => !late && amended.length === 0)).toBe(true);
  });

  it('marks what was voided, until it is restored', () => {
    const events = [
      RAISED,
      { type: 'ActionAgreed', id: 'agreed' },
      { type: 'Voided', facts: { target: 'agreed' } },
      { type: 'Restored', facts: { target: 'agreed' } },
    ];
    expect(historyRows(register, known(events.slice(0, 3)), at).map(({ voided }) => voided)).toEqual([
      false,
      true,
      false,
    ]);
    expect(historyRows(register, known(events), at).map(({ voided }) => voided)).toEqual([false, false, false, false]);
  });

  it('does not lay on a correction that was voided', () => {
    const rows = historyRows(
      register,
      known([
        RAISED,
        { type: 'Corrected', id: 'wrong', facts: { target: 'raised', schema: 1, path: 'due.on', is: '2023-10-25' } },
        { type: 'Voided', facts: { target: 'wrong' } },
      ]),
      at,
    );
    expect(rows[0]).toMatchObject({ facts: { due: { on: '2023-09-25' } }, amended: [] });
    expect(rows[1]).toMatchObject({ voided: true });
  });

  it('leaves out what took effect later, but no amendment', () => {
    const events = known([
      { ...RAISED, effectiveOn: '2023-06-21' },
      { type: 'ActionAgreed', id: 'agreed', effectiveOn: '2023-07-01' },
      {
        type: 'Corrected',
        effectiveOn: '2023-08-01',
        facts: { target: 'raised', schema: 1, path: 'due.on', is: '2023-10-25' },
      },
    ]);
    expect(historyRows(register, events, { ...at, effective: '2023-06-30' }).map(({ type }) => type)).toEqual([
      'ActionRaised',
      'Corrected',
    ]);
  });

  it('names the source, the first words and who did it, and nobody where a paper names none', () => {
    const [event] = known([
      {
        ...RAISED,
        publishedOn: '2023-10-02',
        actor: { enteredBy: { post: 'opcc-officer' }, authority: 'notStated' as const },
      },
    ]);
    expect(historyRows(register, [event!], at)).toMatchObject([
      {
        by: null,
        enteredBy: { post: 'opcc-officer' },
        authority: 'notStated',
        source: { document: { event: 'raised', part: 'text/document' }, publishedOn: '2023-10-02' },
        text: { event: 'raised', part: 'text/title' },
      },
    ]);
  });
});

describe('asked of a ledger', () => {
  let ledger: LedgerBeingRead;
  let ref: string;

  beforeAll(async () => {
    ledger = await ledgerBeingRead({ at: '2023-06-21T12:00:00.000Z' });
    const officer = ledger.as('opcc-officer');
    await officer.does({ type: 'AddBody', as: 'CGB', name: 'Board' });
    ref = await officer.does({
      type: 'RaiseAction',
      body: 'CGB',
      title: 'Open',
      owner: 'force-lead',
      source: { document: 'Minutes', paragraph: '8(a)' },
    });
    ledger.clock.forward(60_000);
    await ledger.as('commissioner').does({ type: 'AgreeAction', ref });
    ledger.clock.forward(60_000);
    const secret = { classification: 'OFFICIAL' as const, sensitive: true, session: 'OPEN' as const };
    await ledger.as('force-lead').does({ type: 'GiveActionUpdate', ref, text: 'Sensitive', marking: secret });
  });
  afterAll(() => ledger.remove());

  const typesFor = async (reader = FULL, asOf = {}) =>
    (await historyOf(await ledger.view(asOf, reader), ref, {})).edges.map(({ node }) => node.type);

  it('tells each reader what they may see, without a gap', async () => {
    expect(await typesFor(FULL)).toEqual(['ActionRaised', 'ActionAgreed', 'UpdateGiven']);
    expect(await typesFor(OFFICIAL)).toEqual(['ActionRaised', 'ActionAgreed']);
    expect(await typesFor(PUBLIC)).toEqual([]);
    expect((await historyOf(await ledger.view({}, OFFICIAL), ref, {})).totalCount).toBe(2);
  });

  it('tells what was known at an earlier moment', async () => {
    expect(await typesFor(FULL, { recorded: '2023-06-21T12:01:30Z' })).toEqual(['ActionRaised', 'ActionAgreed']);
    expect(await typesFor(FULL, { effective: '2023-06-20' })).toEqual([]);
  });

  it('gives each event a position to which the ledger can be asked to go back', async () => {
    const view = await ledger.view();
    const [first] = (await historyOf(view, ref, {})).edges;
    expect(await typesFor(FULL, { position: first!.node.position })).toEqual(['ActionRaised']);
  });

  it('is paged by event, so that no cursor tells how much is hidden', async () => {
    const view = await ledger.view({}, OFFICIAL);
    const first = await historyOf(view, ref, { first: 1 });
    expect(first).toMatchObject({ totalCount: 2, hasNextPage: true });
    const second = await historyOf(view, ref, { first: 1, after: first.endCursor! });
    expect(second.edges.map(({ node }) => node.type)).toEqual(['ActionAgreed']);
    expect(second.hasNextPage).toBe(false);
    await expect(historyOf(view, ref, { after: 'WyJub3doZXJlIl0' })).rejects.toMatchObject({ field: 'after' });
  });

  it('opens the source of an event for whoever may see the event', async () => {
    const view = await ledger.view();
    const [first] = (await historyOf(view, ref, {})).edges;
    const source = await sourceOfEvent(view, first!.node.id);
    expect(await view.text(source?.document)).toBe('Minutes');
    expect(await view.text(source?.paragraph)).toBe('8(a)');
    expect(await sourceOfEvent(await ledger.view({}, PUBLIC), first!.node.id)).toBeNull();
  });

  it('is empty for what is no reference of any register', async () => {
    expect(await historyOf(await ledger.view(), 'nonsense ', {})).toMatchObject({ totalCount: 0, edges: [] });
  });
});
