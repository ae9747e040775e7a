import type { Reader } from '../../libs/access/index.ts';
import { OFFICIAL_OPEN, type Authority } from '../../libs/ledger/index.ts';
import { recordAsOf, type AsOf, type LedgerView } from '../../libs/read-models/index.ts';
import { kindOfRecord, kindSpelt } from '../../libs/declarations/index.ts';
import { FULL, ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import { citedAtBasis, findDecision } from './queries.ts';

/*
 * A decision is read back with each record that it cites exactly as that stood at its basis, whatever was recorded of it since.
 */

const hidden = { marking: { ...OFFICIAL_OPEN, sensitive: true } };
const why = { reason: 'As the board said.' };

let ledger: LedgerBeingRead;
let officer: ReturnType<LedgerBeingRead['as']>;
let commissioner: ReturnType<LedgerBeingRead['as']>;
let monitoring: ReturnType<LedgerBeingRead['as']>;
let lead: ReturnType<LedgerBeingRead['as']>;
const at = (instant: string) => ledger.clock.set(instant);

/** The cited records: every second one is marked so that half the readers may see none of it. */
const open: string[] = [];
const closed: string[] = [];
const gone: string[] = [];
let decision = '';
/** What each reader saw of each record before anything else was recorded. */
const stood = new Map<Reader, ReadonlyMap<string, unknown>>();
let before = '';

async function statesOf(view: LedgerView, refs: readonly string[]): Promise<ReadonlyMap<string, unknown>> {
  const found = refs.map(async (ref) => {
    const record = await recordAsOf(view, kindOfRecord(kindSpelt(ref)!).register, ref);
    const { title } = (record?.state ?? {}) as { title?: { event: string; part: `text/${string}` } };
    return [ref, record === null ? null : { record, title: await view.text(title) }] as const;
  });
  return new Map(await Promise.all(found));
}

async function readBack(reader: Reader, asOf: AsOf = {}) {
  const view = await ledger.view(asOf, reader);
  const { state } = (await findDecision(view, decision))!;
  const cited = (await citedAtBasis(view, state))!;
  return { state, refs: cited.refs, states: await statesOf(cited.view, cited.refs), view: cited.view };
}

beforeAll(async () => {
  ledger = await ledgerBeingRead({ at: '2024-01-10T12:00:00.000Z' });
  officer = ledger.as('opcc-officer');
  commissioner = ledger.as('commissioner');
  monitoring = ledger.as('monitoring-officer');
  lead = ledger.as('force-lead');
  for (const as of ['CGB', 'HMI'])
    await officer.does({ type: 'AddBody', as, name: 'A body', effectiveOn: '2024-01-01', ...why });
  for (const [index, more] of [{}, hidden, {}, hidden].entries()) {
    const into = more === hidden ? closed : open;
    into.push(
      await officer.does({
        ...{ type: 'RaiseAction', body: 'CGB', title: `Action ${index}`, owner: 'force-lead' },
        ...{ due: { on: '2024-03-31' }, effectiveOn: '2024-01-05', ...why, ...more },
      }),
    );
  }
  for (const more of [{}, hidden])
    (more === hidden ? closed : open).push(
      await officer.does({
        ...{ type: 'RecordDocument', body: 'CGB', title: 'A paper', kind: 'REPORT', date: '2024-01-05', version: '1' },
        ...{ effectiveOn: '2024-01-05', ...more },
      }),
    );
  for (const more of [{}, hidden])
    (more === hidden ? closed : open).push(
      await officer.does({
        ...{ type: 'ProposeRisk', body: 'CGB', register: 'OPCC', kind: 'THREAT', owner: 'force-lead' },
        ...{ title: 'A risk', effectiveOn: '2024-01-05', ...why, ...more },
      }),
    );
  gone.push(
    await officer.does({ type: 'RaiseAction', body: 'CGB', title: 'A mistake', effectiveOn: '2024-01-05', ...why }),
  );
  decision = await officer.does({ type: 'ProposeDecision', body: 'CGB', maker: 'COMMISSIONER', title: 'Five cars' });
  await officer.does({ type: 'DraftDecision', ref: decision, recommendation: 'Buy five.' });
  await officer.does({ type: 'AdviseOnDecision', ref: decision, adviceOn: 'FINANCE', applies: false });
  // The last event then is one that half the readers may not see.
  await officer.does({ type: 'RecordDocument', body: 'CGB', title: 'A letter', kind: 'OTHER', ...hidden });
  const all = [...open, ...closed, ...gone];
  for (const reader of [FULL, OFFICIAL]) stood.set(reader, await statesOf(await ledger.view({}, reader), all));
  before = (await ledger.ledger.store.last())!.id;
  await commissioner.does({ type: 'MakeDecision', ref: decision, decided: 'Five cars are bought.', cites: all });
});
afterAll(() => ledger.remove());

type Saying = { readonly type: string } & Readonly<Record<string, unknown>>;

/** Ten later events on a record: late ones, corrections and voids among them. */
async function tenLater(ref: string): Promise<void> {
  const { register } = kindOfRecord(kindSpelt(ref)!);
  const eventsOf = async () => {
    await ledger.caughtUp();
    return ledger.models.eventsAfter(ledger.models.bearerOf(register, ref)!, 0)!;
  };
  const opening = (await eventsOf())[0]!.id;
  const say: readonly Saying[] =
    register === 'actions'
      ? [
          // Late: they took effect before the decision was made.
          { type: 'AgreeAction', ref, effectiveOn: '2024-01-07' },
          { type: 'GiveActionUpdate', ref, text: 'Late news.', effectiveOn: '2024-01-08' },
          { type: 'GiveActionUpdate', ref, text: 'It goes on.' },
          { type: 'AddActionEvidence', ref, title: 'A photograph' },
          { type: 'ExtendActionDueDate', ref, due: { on: '2024-09-30' } },
          { type: 'ReassignAction', ref, owner: 'opcc-officer' },
        ]
      : register === 'risks'
        ? [
            { type: 'RegisterRisk', ref, effectiveOn: '2024-01-06' },
            { type: 'ReviewRisk', ref, effectiveOn: '2024-01-08', text: 'Late news.' },
            { type: 'RewordRisk', ref, title: 'Another risk' },
            { type: 'ReviewRisk', ref, text: 'Again.' },
            { type: 'ChooseRiskResponse', ref, response: 'TREAT' },
            { type: 'ReviewRisk', ref, text: 'And again.' },
          ]
        : [
            { type: 'AddDocumentVersion', ref, version: '1.1', changed: 'A word.', effectiveOn: '2024-01-08' },
            { type: 'AddDocumentVersion', ref, version: '2', changed: 'Two words.' },
            { type: 'RetainDocument', ref, until: '2031-03-31', rule: 'The schedule' },
            { type: 'AddDocumentVersion', ref, version: '3', changed: 'Three words.' },
            { type: 'RetainDocument', ref, until: '2032-03-31', rule: 'The schedule' },
            { type: 'AddDocumentVersion', ref, version: '4', changed: 'Four words.' },
          ];
  const owners = ['GiveActionUpdate', 'AddActionEvidence', 'RewordRisk', 'ReviewRisk', 'ChooseRiskResponse'];
  for (const one of say) {
    const { type } = one;
    await (
      type === 'AgreeAction' || type === 'ExtendActionDueDate' ? commissioner : owners.includes(type) ? lead : officer
    ).does({ ...one, ...why });
  }
  const correct = (path: string, is: unknown, event = opening) =>
    officer.does({ type: 'Correct', ref, event, path, is, ...why }, register);
  await correct('title', 'As it should have read');
  await correct('effectiveOn', '2024-01-04');
  const late = (await eventsOf()).find(({ effectiveOn, id }) => effectiveOn === '2024-01-08' && id !== opening)!;
  await monitoring.does({ type: 'Void', ref, event: late.id, ...why }, register);
  await monitoring.does({ type: 'Restore', ref, event: late.id, ...why }, register);
}

describe('a decision that cites records', () => {
  beforeAll(async () => {
    at('2024-02-20T12:00:00.000Z');
    for (const ref of [...open, ...closed]) await tenLater(ref);
    // Recorded by mistake, as it turned out.
    await ledger.caughtUp();
    const [opening] = ledger.models.eventsAfter(ledger.models.bearerOf('actions', gone[0]!)!, 0)!;
    await monitoring.does({ type: 'Void', ref: gone[0]!, event: opening!.id, ...why });
  }, 60_000);

  it('changed in all of them since', async () => {
    const now = await statesOf(await ledger.view(), [...open, ...closed, ...gone]);
    for (const [ref, state] of stood.get(FULL)!) expect(now.get(ref)).not.toEqual(state);
  });

  it('gives whoever may see all each of them back exactly as it stood, what turned out to be a mistake among them', async () => {
    const { refs, states, state } = await readBack(FULL);
    expect(refs).toEqual([...open, ...closed, ...gone]);
    for (const ref of refs) expect(states.get(ref)).toEqual(stood.get(FULL)!.get(ref));
    expect(state.outcome?.basis).toEqual({
      on: '2024-01-10',
      recorded: expect.stringMatching(/^2024-01-10T12:00/) as string,
      clock: 'STATED',
      lastEvent: before,
    });
  });

  it('gives whoever may see half of them those, and tells of no others, nor of the last event then', async () => {
    const { refs, states, state } = await readBack(OFFICIAL);
    expect(refs).toEqual([...open, ...gone]);
    for (const ref of refs) expect(states.get(ref)).toEqual(stood.get(OFFICIAL)!.get(ref));
    expect(state.outcome?.cites).toEqual(open);
    expect(state.outcome?.basis).not.toHaveProperty('lastEvent');
    expect(JSON.stringify(state)).not.toContain(before);
    for (const ref of closed) expect(JSON.stringify(state)).not.toContain(ref);
  });

  it('reads the same back at every later basis, on both clocks', async () => {
    for (const asOf of [
      { effective: '2024-01-10', recorded: '2024-01-10T13:00:00.000Z' },
      { effective: '2024-01-15' },
      { effective: '2024-02-20', clock: 'PROVEN' },
    ] satisfies AsOf[]) {
      const { refs, states } = await readBack(FULL, asOf);
      expect(refs).toEqual([...open, ...closed, ...gone]);
      for (const ref of refs) expect(states.get(ref)).toEqual(stood.get(FULL)!.get(ref));
    }
  });

  it('leaves out what was recorded in the very instant of its basis, but after it', async () => {
    const { view } = await readBack(FULL);
    expect((await findDecision(view, decision))?.state.status).toBe('ADVISED');
  });
});

describe('a decision that was entered later than its day', () => {
  it('is read back at the end of its day, as recorded by then', async () => {
    at('2024-02-21T12:00:00.000Z');
    const late = await officer.does({
      ...{ type: 'ProposeDecision', body: 'CGB', maker: 'COMMISSIONER', title: 'A shelter' },
      ...{ effectiveOn: '2024-01-11', ...why },
    });
    await officer.does({
      type: 'DraftDecision',
      ref: late,
      recommendation: 'Build.',
      effectiveOn: '2024-01-11',
      ...why,
    });
    await officer.does({
      ...{ type: 'AdviseOnDecision', ref: late, adviceOn: 'FINANCE', applies: false },
      ...{ effectiveOn: '2024-01-11', ...why },
    });
    await commissioner.does({
      ...{ type: 'MakeDecision', ref: late, decided: 'It is built.', cites: [open[0]!, decision] },
      ...{ effectiveOn: '2024-01-12', ...why },
    });
    const view = await ledger.view();
    const { state } = (await findDecision(view, late))!;
    expect(state.outcome?.basis).toMatchObject({ on: '2024-01-12', recorded: '2024-01-12T23:59:59.999Z' });
    const cited = (await citedAtBasis(view, state))!;
    const states = await statesOf(cited.view, cited.refs);
    expect(states.get(open[0]!)).toEqual(stood.get(FULL)!.get(open[0]!));
    // The last event then is one that everybody may see; but that it is the last is for whoever may see everything.
    expect(state.outcome?.basis).toHaveProperty('lastEvent');
    const asSeen = (await findDecision(await ledger.view({}, OFFICIAL), late))!;
    expect(asSeen.state.outcome?.basis).not.toHaveProperty('lastEvent');
    // What it cites had been made the day before, and its late drafting was recorded by nobody then.
    expect((await findDecision(cited.view, decision))?.state.status).toBe('MADE');
    expect(await findDecision(cited.view, late)).toBeNull();
  });
});

describe('an authority that is a decision', () => {
  const update = (authority: Authority, more: object = {}) =>
    officer.submit({
      ...{ type: 'GiveActionUpdate', ref: open[0]!, text: 'As decided.', authority },
      ...{ ...why, ...more },
    });

  it('is one that was made by the day, and by a name of a register of papers whatever they print', async () => {
    at('2024-02-22T12:00:00.000Z');
    const proposed = await officer.does({
      type: 'ProposeDecision',
      body: 'CGB',
      maker: 'COMMISSIONER',
      title: 'A bench',
    });
    const secret = await officer.does({
      ...{ type: 'ProposeDecision', body: 'CGB', maker: 'COMMISSIONER', title: 'A secret' },
      ...hidden,
    });
    expect(secret).not.toBe('');
    const codes = [];
    for (const one of [
      update({ decision: proposed }),
      update({ decision: 'CGB-2001-01-D1' }),
      update({ decision }, { effectiveOn: '2024-01-09', by: 'force-lead' }),
      update({ decision }),
      update({ decision: 'OPCC-D/2024-03-04' }),
    ]) {
      const outcome = await one;
      codes.push(outcome.outcome === 'refused' ? outcome.refusal.code : outcome.outcome);
    }
    expect(codes).toEqual(['DECISION_NOT_MADE', 'UNKNOWN_DECISION', 'DECISION_NOT_MADE', 'accepted', 'accepted']);
  });
});
