import { PUBLIC, readerFor } from '../../libs/access/index.ts';
import type { Register } from '../../libs/ledger/index.ts';
import { actions } from '../../libs/registers/actions/index.ts';
import { pastEvent } from '../../libs/spec-kit/index.ts';
import { FULL, ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import { countActions, findAction, findPost, listActions, listMeetings } from '../index.ts';
import { historyRows, madeSo } from './projection.ts';
import { findRecord, historyOf, listLinksToNothing, sourceOfEvent, whatMadeIt } from './queries.ts';

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

describe('the fact that made the status of a record what it is', () => {
  const statusOf = (state: unknown) => (state as { readonly status: string }).status;
  const RAISING = { ...RAISED, effectiveOn: '2023-06-21' };
  const AGREED = { type: 'ActionAgreed', id: 'agreed', effectiveOn: '2023-06-22' };
  const UPDATE = (id: string, effectiveOn: string) => ({ type: 'UpdateGiven', id, effectiveOn, texts: ['update'] });
  const made = (past: Parameters<typeof known>[0], effective = '2023-12-31') =>
    madeSo(
      register,
      known(past).map(({ event }) => event),
      effective,
      statusOf,
    )?.id ?? null;

  it('is the last that changed it by that day, and no later one that left it', () => {
    const past = [RAISING, AGREED, UPDATE('first', '2023-07-01'), UPDATE('second', '2023-08-01')];
    expect(made(past)).toBe('first');
    expect(made(past, '2023-06-30')).toBe('agreed');
    expect(made(past, '2023-06-20')).toBeNull();
  });

  it('is in force, on its day as corrected', () => {
    const voided = { type: 'Voided', facts: { target: 'agreed' } };
    expect(made([RAISING, AGREED, voided])).toBe('raised');
    const moved = { type: 'Corrected', facts: { target: 'agreed', schema: 1, path: 'effectiveOn', is: '2023-09-01' } };
    expect(made([RAISING, AGREED, moved], '2023-08-01')).toBe('raised');
    expect(made([RAISING, { type: 'Voided', facts: { target: 'raised' } }])).toBeNull();
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

  it('says what made a status what it is, as far as the reader may see', async () => {
    const statusOf = (state: unknown) => (state as { readonly status: string }).status;
    const why = async (reader = FULL) => whatMadeIt(await ledger.view({}, reader), ref, statusOf);
    expect(await why()).toMatchObject({ type: 'UpdateGiven', by: 'force-lead', authority: null });
    expect(await why(OFFICIAL)).toMatchObject({ type: 'ActionAgreed', by: 'commissioner' });
    expect(await why(PUBLIC)).toBeNull();
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

describe('a record that was recorded by mistake', () => {
  const REASON = 'It was another board’s.';
  const readers = { PUBLIC, OFFICIAL, FULL };
  let ledger: LedgerBeingRead;
  let officer: ReturnType<LedgerBeingRead['as']>;
  let monitoring: ReturnType<LedgerBeingRead['as']>;
  let published: string;
  let restricted: string;
  let before: { recorded: string; position: string };

  const openingOf = async (ref: string) => (await historyOf(await ledger.view(), ref, {})).edges[0]!.node.id;
  const answer = async (ref: string, reader = FULL, asOf = {}) => {
    const view = await ledger.view(asOf, reader);
    const found = await findRecord(view, ref);
    const { mistake } = found ?? {};
    return {
      record: found === null ? null : mistake === null ? 'STANDS' : 'RECORDED_BY_MISTAKE',
      why: mistake === null || mistake === undefined ? null : [mistake.by?.post, await view.text(mistake.reason)],
      action: (await findAction(view, ref))?.ref ?? null,
      listed: (await listActions(view, {}, {})).edges.some(({ node }) => node.ref === ref),
      counted: (await countActions(view, 'STATUS', {})).reduce((sum, { count }) => sum + count, 0),
      history: (await historyOf(view, ref, {})).edges.map(({ node }) => node.type),
    };
  };
  const GONE = {
    record: 'RECORDED_BY_MISTAKE',
    why: ['monitoring-officer', REASON],
    action: null,
    listed: false,
    counted: 0,
  };
  const ABSENT = { record: null, why: null, action: null, listed: false, counted: 0, history: [] };

  beforeAll(async () => {
    ledger = await ledgerBeingRead({ at: '2023-06-21T12:00:00.000Z' });
    officer = ledger.as('opcc-officer');
    monitoring = ledger.as('monitoring-officer');
    await officer.does({ type: 'AddBody', as: 'CGB', name: 'Board' });
    const raising = { type: 'RaiseAction', body: 'CGB', title: 'Open', owner: 'force-lead' };
    published = await officer.does(raising);
    const SENSITIVE = { classification: 'OFFICIAL', sensitive: true, session: 'OPEN' } as const;
    restricted = await officer.does({ ...raising, marking: SENSITIVE });
    await ledger.as('commissioner').does({ type: 'AgreeAction', ref: published });
    await monitoring.does({ type: 'Publish', ref: published });
    await ledger.as('force-lead').does({ type: 'GiveActionUpdate', ref: published, text: 'Begun.' });
    const { basis } = await ledger.view();
    before = { recorded: '2023-06-21T12:00:30Z', position: basis.position! };
    ledger.clock.forward(60_000);
    for (const ref of [published, restricted])
      await monitoring.does({ type: 'Void', ref, event: await openingOf(ref), reason: REASON });
  });
  afterAll(() => ledger.remove());

  it('is in no list and no count, and answers as that to whoever could see it, with who voided it and why', async () => {
    const all = ['ActionRaised', 'ActionAgreed', 'Published', 'UpdateGiven', 'Voided'];
    for (const clock of ['STATED', 'PROVEN'] as const) {
      expect(await answer(published, FULL, { clock })).toEqual({ ...GONE, history: all });
      expect(await answer(published, OFFICIAL, { clock })).toEqual({ ...GONE, history: all });
      expect(await answer(published, PUBLIC, { clock })).toEqual({
        ...GONE,
        history: ['ActionRaised', 'ActionAgreed', 'Published', 'Voided'],
      });
    }
  });

  it('is no less hidden from whoever could not see it, its owner aside', async () => {
    const lead = readerFor('force-lead', 'force-lead');
    for (const reader of [FULL, lead]) expect(await answer(restricted, reader)).toMatchObject(GONE);
    for (const reader of [OFFICIAL, PUBLIC, readerFor('other-lead', 'force-lead')])
      expect(await answer(restricted, reader)).toEqual(ABSENT);
  });

  it('stands as ever at a basis from before, and is absent on the days before it was opened', async () => {
    for (const asOf of [{ recorded: before.recorded }, { recorded: before.recorded, clock: 'PROVEN' as const }])
      for (const reader of Object.values(readers))
        expect(await answer(published, reader, asOf)).toMatchObject({
          record: 'STANDS',
          action: published,
          listed: true,
        });
    expect(await answer(published, FULL, { position: before.position })).toMatchObject({
      record: 'STANDS',
      counted: 2,
    });
    for (const reader of Object.values(readers))
      expect(await answer(published, reader, { effective: '2023-06-20' })).toMatchObject({
        record: null,
        action: null,
        counted: 0,
      });
  });

  it('is hidden by marking it while it is void, and opened again', async () => {
    const to = { classification: 'OFFICIAL', sensitive: true } as const;
    await monitoring.does({ type: 'Mark', ref: published, to });
    expect(await answer(published, OFFICIAL)).toEqual(ABSENT);
    expect(await answer(published, PUBLIC)).toEqual(ABSENT);
    expect(await answer(published)).toMatchObject(GONE);
    await monitoring.does({ type: 'Mark', ref: published, to: { ...to, sensitive: false } });
    expect(await answer(published, PUBLIC)).toMatchObject(GONE);
  });

  it('is found so after a rebuild and a restart too, row for row', async () => {
    expect(await ledger.models.compare()).toEqual({ equal: true, differing: [], overlapping: [] });
    await ledger.restart();
    expect(await answer(restricted, readerFor('force-lead', 'force-lead'))).toMatchObject(GONE);
    await ledger.models.rebuild();
    for (const reader of Object.values(readers)) expect(await answer(published, reader)).toMatchObject(GONE);
  });

  it('is exactly what stood once it is restored, for everybody', async () => {
    const states = async (asOf: object) =>
      Promise.all(
        Object.values(readers).map(async (reader) => {
          const view = await ledger.view(asOf, reader);
          return (await listActions(view, {}, {})).edges.map(({ node }) => node);
        }),
      );
    const stood = await states({ position: before.position });
    expect(stood.map((actions) => actions.length)).toEqual([1, 1, 2]);
    for (const ref of [published, restricted])
      await monitoring.does({ type: 'Restore', ref, event: await openingOf(ref), reason: 'It was ours after all.' });
    expect(await states({})).toEqual(stood);
    expect(await answer(published, PUBLIC)).toMatchObject({ record: 'STANDS', why: null, listed: true });
    expect(await ledger.models.compare()).toEqual({ equal: true, differing: [], overlapping: [] });
  });

  it('was opened by an import: the clock of its papers knows of the void from the day that they state', async () => {
    const importing = (post: 'opcc-officer' | 'monitoring-officer', said: object, stated: string) =>
      ledger.ledger.dispatch.submit({
        register: 'actions',
        command: said as never,
        envelope: {
          commandId: crypto.randomUUID(),
          stated,
          effectiveOn: '2023-03-01',
          reason: REASON,
        },
        caller: { post, person: 'p', capacity: post },
        importId: 'papers',
      });
    ledger.clock.forward(60_000);
    const opened = await importing(
      'opcc-officer',
      { type: 'RaiseAction', body: 'CGB', title: 'Printed' },
      '2023-03-02',
    );
    if (opened.outcome !== 'accepted') throw new Error(JSON.stringify(opened));
    const { ref, events } = opened;
    const voided = await importing('monitoring-officer', { type: 'Void', ref, event: events[0] }, '2023-04-01');
    if (voided.outcome !== 'accepted') throw new Error(JSON.stringify(voided));
    const at = (recorded: string, clock: 'STATED' | 'PROVEN') => answer(ref, FULL, { recorded, clock });
    expect(await at('2023-03-01T12:00:00Z', 'STATED')).toMatchObject({ record: null });
    expect(await at('2023-03-31T12:00:00Z', 'STATED')).toMatchObject({ record: 'STANDS', action: ref });
    expect(await at('2023-04-01T12:00:00Z', 'STATED')).toMatchObject({ record: 'RECORDED_BY_MISTAKE', action: null });
    expect(await at('2023-04-01T12:00:00Z', 'PROVEN')).toMatchObject({ record: null });
    expect(await answer(ref, FULL, { clock: 'PROVEN' })).toMatchObject({ record: 'RECORDED_BY_MISTAKE' });
  });

  it('may be of any register', async () => {
    const meeting = await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on: '2023-09-25' });
    await officer.does({ type: 'AddPost', as: 'deputy', name: 'Deputy' });
    for (const [register, ref] of [
      ['meetings', meeting],
      ['directory', 'deputy'],
    ] as const) {
      await monitoring.does({ type: 'Void', ref, event: await openingOf(ref), reason: REASON }, register);
      expect(await findRecord(await ledger.view(), ref)).toMatchObject({ ref, register, mistake: { type: 'Voided' } });
    }
    expect((await listMeetings(await ledger.view(), {}, {})).totalCount).toBe(0);
    expect(await findPost(await ledger.view(), 'deputy')).toBeNull();
    expect(await findRecord(await ledger.view(), 'nobody')).toBeNull();
    expect(await findRecord(await ledger.view(), 'no reference ')).toBeNull();
  });
});

describe('a link to a record that was recorded by mistake', () => {
  const why = { reason: 'It was another board’s.' };
  let ledger: LedgerBeingRead;
  let officer: ReturnType<LedgerBeingRead['as']>;
  let monitoring: ReturnType<LedgerBeingRead['as']>;
  let before: string;
  const made: Record<string, string> = {};

  const openingOf = async (ref: string) => (await historyOf(await ledger.view(), ref, {})).edges[0]!.node.id;
  const registerOf = (ref: string) =>
    ref.includes('-A') ? 'actions' : /^[A-Z]+-\d/.test(ref) ? 'meetings' : 'directory';
  const voidAndBack = async (type: 'Void' | 'Restore', ref: string) =>
    monitoring.does({ type, ref, event: await openingOf(ref), ...why }, registerOf(ref));
  const links = async (reader = FULL, asOf = {}) =>
    (await listLinksToNothing(await ledger.view(asOf, reader), {})).edges.map(({ node }) => [
      node.record,
      node.field,
      node.names,
    ]);
  const MISTAKES = ['meeting', 'merged', 'owner', 'person', 'body'];

  beforeAll(async () => {
    ledger = await ledgerBeingRead({ at: '2023-06-21T12:00:00.000Z' });
    officer = ledger.as('opcc-officer');
    monitoring = ledger.as('monitoring-officer');
    made['body'] = await officer.does({ type: 'AddBody', as: 'OLD', name: 'Old board' });
    await officer.does({ type: 'AddBody', as: 'CGB', name: 'Board' });
    made['owner'] = await officer.does({ type: 'AddPost', as: 'estates-lead', name: 'Estates', body: 'OLD' });
    made['person'] = await officer.does({ type: 'AddPerson', name: 'A. N. Other' });
    made['post'] = await officer.does({ type: 'AddPost', as: 'fleet-lead', name: 'Fleet', body: 'OLD' });
    await officer.does({ type: 'AppointHolder', ref: 'fleet-lead', person: made['person'] }, 'directory');
    made['meeting'] = await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on: '2023-06-21' });
    const held = await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on: '2023-06-20' });
    await officer.does({ type: 'HoldMeeting', ref: held, on: '2023-06-20' });
    made['minutes'] = held;
    const promise = { type: 'MinuteItem', ref: held, text: 'Promised', promise: true };
    await officer.does({ ...promise, owner: made['owner'], due: { meeting: made['meeting'] } });
    const raising = { type: 'RaiseAction', title: 'Due', body: 'CGB' };
    made['raised'] = await officer.does({
      ...raising,
      meeting: made['meeting'],
      owner: made['owner'],
      due: { meeting: made['meeting'] },
    });
    made['merged'] = await officer.does(raising);
    made['into'] = await officer.does(raising);
    for (const ref of [made['merged'], made['into']])
      await ledger.as('commissioner').does({ type: 'AgreeAction', ref });
    await officer.does({ type: 'MergeAction', ref: made['into'], into: made['merged'], ...why });
    before = (await ledger.view()).basis.position!;
    ledger.clock.forward(60_000);
    for (const name of MISTAKES) await voidAndBack('Void', made[name]!);
  });
  afterAll(() => ledger.remove());

  it.each([
    ['full', FULL],
    ['official', OFFICIAL],
  ])('reads, filters and counts as a link to nothing, for the audience %s', async (_, reader) => {
    const view = await ledger.view({}, reader);
    const raised = (await findAction(view, made['raised']!))!;
    expect(raised.state).toMatchObject({ status: 'PROPOSED', body: 'CGB' });
    for (const link of ['meeting', 'owner']) expect(raised.state).not.toHaveProperty(link);
    expect(raised.due).toMatchObject({ original: null, current: null, unanchored: true });
    expect((await findAction(view, made['into']!))!.state).not.toHaveProperty('continuedAs');
    expect((await findPost(view, made['post']))!).toMatchObject({ holders: [] });
    expect((await findPost(view, made['post']))!.state).not.toHaveProperty('body');
    const [item] = (await listMeetings(view, {}, {})).edges[0]!.node.state.items;
    expect(item).toMatchObject({ promise: true });
    expect([item?.owner, item?.due?.meeting]).toEqual([undefined, undefined]);
    for (const filter of [{ meeting: made['meeting']! }, { owner: made['owner']! }, { body: 'OLD' }])
      expect((await listActions(view, filter, {})).totalCount).toBe(0);
    for (const by of ['OWNER', 'MEETING'] as const)
      expect(await countActions(view, by, {})).toMatchObject([{ key: null, count: 2 }]);
  });

  it('is listed with what it names, though what was recorded of it stands in the history unchanged', async () => {
    const expected = [
      [made['minutes'], 'items.due.meeting', made['meeting']],
      [made['minutes'], 'items.owner', made['owner']],
      [made['raised'], 'due.current.meeting', made['meeting']],
      [made['raised'], 'due.original.meeting', made['meeting']],
      [made['raised'], 'meeting', made['meeting']],
      [made['raised'], 'owner', made['owner']],
      [made['into'], 'continuedAs', made['merged']],
      [made['post'], 'body', 'OLD'],
      [made['post'], 'holders.person', made['person']],
    ];
    for (const reader of [FULL, OFFICIAL]) expect(await links(reader)).toEqual(expect.arrayContaining(expected));
    expect(await links()).toHaveLength(expected.length);
    expect(await links(PUBLIC)).toEqual([]);
    const [raising] = (await historyOf(await ledger.view(), made['raised']!, {})).edges;
    expect(raising?.node.facts).toMatchObject({ meeting: made['meeting'], owner: made['owner'] });
  });

  it('leads where it led at a basis from before, and names nothing that a reader may not see', async () => {
    expect(await links(FULL, { position: before })).toEqual([]);
    const then = (await findAction(await ledger.view({ position: before }), made['raised']!))!;
    expect(then.state).toMatchObject({ meeting: made['meeting'], owner: made['owner'] });
    expect(then.due).toMatchObject({ original: '2023-06-21', current: '2023-06-21' });
    const marking = { classification: 'OFFICIAL', sensitive: true } as const;
    await monitoring.does({ type: 'Mark', ref: made['meeting']!, to: marking }, 'meetings');
    expect((await links(OFFICIAL)).filter(([, , names]) => names === made['meeting'])).toEqual([]);
    expect((await links()).filter(([, , names]) => names === made['meeting'])).toHaveLength(4);
    await monitoring.does({ type: 'Mark', ref: made['meeting']!, to: { ...marking, sensitive: false } }, 'meetings');
    await monitoring.does({ type: 'Mark', ref: made['raised']!, to: marking });
    expect((await links(OFFICIAL)).filter(([record]) => record === made['raised'])).toEqual([]);
    await monitoring.does({ type: 'Mark', ref: made['raised']!, to: { ...marking, sensitive: false } });
  });

  it('is paged, the same after a rebuild, and leads there again once the record is restored', async () => {
    const [first] = (await listLinksToNothing(await ledger.view(), { first: 1 })).edges;
    const rest = await listLinksToNothing(await ledger.view(), { after: first!.cursor });
    expect([rest.totalCount, rest.edges.length]).toEqual([9, 8]);
    expect(await ledger.models.compare()).toMatchObject({ equal: true });
    const listed = await links();
    await ledger.models.rebuild();
    expect(await links()).toEqual(listed);
    for (const name of MISTAKES) await voidAndBack('Restore', made[name]!);
    expect(await links()).toEqual([]);
    const { state, due } = (await findAction(await ledger.view(), made['raised']!))!;
    expect([state.meeting, state.owner, due.current]).toEqual([made['meeting'], made['owner'], '2023-06-21']);
  });
});
