import { OFFICIAL_OPEN } from '../../ledger/index.ts';
import type { RuleLink, ScoreScale } from '../../rules/index.ts';
import { eventIn, given, type Circumstances, type Past } from '../../spec-kit/index.ts';
import { RISK_REFUSALS, risks, type ProposedRisk, type RiskCommand, type RiskEvent } from './index.ts';

type Told = Past<RiskEvent>;

const REF = 'CGB-2023-04-K1';
const OTHER = 'CGB-2023-04-K2';
const PAPER = 'CGB-2023-06-E1';
const ON_IT = { ref: REF } as const;

const PROPOSED: Told = {
  type: 'RiskProposed',
  effectiveOn: '2023-04-03',
  facts: { ref: REF, body: 'CGB', register: 'FORCE', kind: 'THREAT', owner: 'force-lead', owners: ['estates-lead'] },
  texts: ['title'],
};
const onRegister = (register: 'FORCE' | 'OPCC' | 'JOINT'): Told =>
  ({ ...PROPOSED, facts: { ...PROPOSED.facts, register } }) as Told;
const REGISTERED: Told = { type: 'RiskRegistered', effectiveOn: '2023-04-05' };
const CONTROL: Told = {
  id: 'the-control',
  type: 'RiskControlAdded',
  effectiveOn: '2023-04-10',
  facts: { kind: 'ADDITIONAL', owner: 'people-lead', targetOn: '2023-09-30' },
  texts: ['measure'],
};
const ASKED: Told = {
  type: 'RiskAcceptanceRequested',
  effectiveOn: '2023-06-01',
  by: 'finance-lead',
  person: 'person-asker',
  facts: { side: 'FORCE', until: '2023-12-31' },
  texts: ['reason'],
};
const CLOSING_ASKED: Told = {
  type: 'RiskClosureRequested',
  effectiveOn: '2023-06-01',
  by: 'finance-lead',
  facts: { side: 'FORCE' },
  texts: ['reason'],
};
const MERGED: Told = { type: 'RiskMerged', effectiveOn: '2023-07-01', facts: { into: OTHER } };
const OPEN = [PROPOSED, REGISTERED];

const steps = (most: number) => Array.from({ length: most }, (_, index) => ({ score: index + 1 }));
const SCALE: RuleLink<ScoreScale> = {
  ref: 'CGB-scores',
  kind: 'SCORE_SCALE',
  body: 'CGB',
  versions: [
    { event: 'v', version: '3', from: '2023-04-01', content: { likelihoods: steps(4), impacts: steps(4), bands: [] } },
  ],
};

const of = (past: readonly Told[], more: object = {}) => ({ ...given(risks, past).state, ...more });
const known: Circumstances = {
  links: {
    'directory/CGB': { record: 'BODY', ref: 'CGB' },
    'directory/estates-lead': { record: 'POST', ref: 'estates-lead' },
    'directory/people-lead': { record: 'POST', ref: 'people-lead' },
    'rules/CGB-scores': SCALE,
    'rules/CGB-closure': { ...SCALE, ref: 'CGB-closure', kind: 'CLOSURE_ROUTE', versions: [] },
    'rules/NEW-scores': { ...SCALE, ref: 'NEW-scores', versions: [] },
    [`risks/${REF}`]: of(OPEN),
    [`risks/${OTHER}`]: of(OPEN, { ref: OTHER }),
    'risks/CGB-2023-04-K3': of([...OPEN, MERGED], { ref: 'CGB-2023-04-K3' }),
    [`documents/${PAPER}`]: { status: 'CURRENT', ref: PAPER },
  },
};
const why: Circumstances = { ...known, envelope: { reason: 'It was agreed.' } };
const decider: Circumstances = { ...why, by: { post: 'deputy-lead', person: 'person-dep' } };

const NEW: RiskCommand = {
  type: 'ProposeRisk',
  body: 'CGB',
  register: 'FORCE',
  kind: 'THREAT',
  title: 'The control room is without telephones',
};
const SCORE: RiskCommand = { type: 'ScoreRisk', ...ON_IT, of: 'CURRENT', rule: 'CGB-scores', likelihood: 3, impact: 4 };

function stateOf(past: readonly Told[]): ProposedRisk {
  const { state } = given(risks, past);
  if (state.status === 'NOT_PROPOSED') throw new Error('there is no such risk');
  return state;
}

/** Refused with each code in turn, as one fault after another is put right; then accepted. */
function putRightOneByOne(
  past: readonly Told[],
  steps: readonly (readonly [
    code: string,
    command: RiskCommand,
    circumstances?: Circumstances,
    past?: readonly Told[],
  ])[],
  atLast: readonly [command: RiskCommand, circumstances?: Circumstances],
): void {
  for (const [code, command, circumstances, otherPast = past] of steps)
    given(risks, otherPast).when(command, circumstances).thenRefused(code);
  expect(given(risks, past).when(...atLast).decision).toHaveProperty('events');
  const listed = Object.keys(RISK_REFUSALS);
  const places = steps.map(([code]) => listed.indexOf(code)).filter((place) => place !== -1);
  expect(places).toEqual([...places].sort((a, b) => a - b));
}

describe('proposing a risk', () => {
  it('keeps cause, event, effect and what it could cost, on whose register, and who is to own it', () => {
    const { decision } = given(risks, []).when(
      {
        ...NEW,
        cause: 'The exchange is out of support.',
        what: 'It fails.',
        effect: 'Calls are lost.',
        cost: 'A life.',
        category: 'TECHNOLOGY',
        owner: 'force-lead',
        owners: ['estates-lead', 'force-lead'],
      },
      { ...known, effectiveOn: '2023-04-03' },
    );
    expect(decision).toEqual({
      events: [
        {
          type: 'RiskProposed',
          facts: {
            body: 'CGB',
            register: 'FORCE',
            kind: 'THREAT',
            category: 'TECHNOLOGY',
            owner: 'force-lead',
            owners: ['estates-lead'],
          },
          texts: {
            title: 'The control room is without telephones',
            cause: 'The exchange is out of support.',
            what: 'It fails.',
            effect: 'Calls are lost.',
            cost: 'A life.',
          },
        },
      ],
      reference: { series: 'CGB-2023-04', stem: 'CGB-2023-04-K', style: 'NEXT' },
    });
  });

  it('gives one that not everybody may know of a reference that tells of no others', () => {
    const { decision } = given(risks, []).when(NEW, {
      ...known,
      envelope: { marking: { ...OFFICIAL_OPEN, sensitive: true } },
    });
    expect(decision).toMatchObject({ reference: { style: 'RANDOM' } });
  });

  it('is refused twice', () => {
    given(risks, [PROPOSED]).when(NEW, known).thenRefused('ALREADY_PROPOSED');
  });

  it('comes before everything else that is said of it', () => {
    given(risks, [])
      .when({ type: 'RegisterRisk', ...ON_IT })
      .thenRefused('NOT_PROPOSED');
  });
});

describe('a risk on its register', () => {
  it('is registered once, and reviewed, escalated and accepted only then', () => {
    putRightOneByOne(
      [PROPOSED],
      [['ALREADY_REGISTERED', { type: 'RegisterRisk', ...ON_IT }, known, OPEN]],
      [{ type: 'RegisterRisk', ...ON_IT }, known],
    );
    for (const command of [
      { type: 'ReviewRisk', ...ON_IT },
      { type: 'EscalateRisk', ...ON_IT, register: 'JOINT' },
      { type: 'RequestRiskAcceptance', ...ON_IT, side: 'FORCE', until: '2023-12-31' },
    ] as const)
      given(risks, [PROPOSED]).when(command, why).thenRefused('NOT_REGISTERED');
  });

  it('is given to its owners, the one that leads first, and not to those who have it', () => {
    given(risks, OPEN)
      .when({ type: 'AllocateRisk', ...ON_IT, owner: 'force-lead', owners: ['estates-lead', 'force-lead'] }, known)
      .thenRefused('NOTHING_CHANGES', 'owner');
    given(risks, OPEN)
      .when({ type: 'AllocateRisk', ...ON_IT, owner: 'estates-lead', owners: ['force-lead'] }, known)
      .thenEvents([{ type: 'RiskAllocated', facts: { owner: 'estates-lead', owners: ['force-lead'] } }]);
  });

  it('is reworded in part: what is left out stays', () => {
    given(risks, OPEN)
      .when({ type: 'RewordRisk', ...ON_IT }, known)
      .thenRefused('NOTHING_REWORDED');
    const reworded: Told = {
      id: 'again',
      type: 'RiskReworded',
      facts: { category: 'PEOPLE' },
      texts: ['effect'],
    };
    const before = stateOf(OPEN);
    const after = stateOf([...OPEN, reworded]);
    expect(after).toMatchObject({
      title: before.title,
      category: 'PEOPLE',
      effect: { event: 'again', part: 'text/effect' },
    });
  });

  it('goes to another register and back with all that it has, which closes nothing', () => {
    putRightOneByOne(
      OPEN,
      [
        ['ESCALATION_NEEDS_REASON', { type: 'EscalateRisk', ...ON_IT, register: 'FORCE' }, known],
        ['SAME_REGISTER', { type: 'EscalateRisk', ...ON_IT, register: 'FORCE' }, why],
      ],
      [{ type: 'EscalateRisk', ...ON_IT, register: 'JOINT' }, why],
    );
    given(risks, OPEN)
      .when({ type: 'DeescalateRisk', ...ON_IT, register: 'OPCC' }, why)
      .thenEvents([{ type: 'RiskDeescalated', facts: { register: 'OPCC' } }]);
    const back = stateOf([
      ...OPEN,
      CONTROL,
      { type: 'RiskEscalated', facts: { register: 'JOINT' } },
      { type: 'RiskDeescalated', facts: { register: 'FORCE' } },
    ]);
    expect(back).toMatchObject({ status: 'REGISTERED', register: 'FORCE', controls: [{ event: 'the-control' }] });
    expect(back.moves.map(({ is, fromRegister, toRegister }) => [is, fromRegister, toRegister])).toEqual([
      ['ESCALATED', 'FORCE', 'JOINT'],
      ['DEESCALATED', 'JOINT', 'FORCE'],
    ]);
    expect(back.ended).toBeUndefined();
  });

  it('is decided on by no meeting that was held before it was proposed', () => {
    given(risks, [PROPOSED])
      .when(
        { type: 'RegisterRisk', ...ON_IT },
        {
          ...known,
          heldOn: '2023-04-02',
          envelope: { authority: { meeting: 'CGB-2023-04-02' } },
        },
      )
      .thenRefused('AUTHORITY_BEFORE_PROPOSED', 'authority.meeting');
  });
});

describe('scoring a risk', () => {
  it('holds the version of the scale in force that day, and needs a rationale', () => {
    putRightOneByOne(
      OPEN,
      [
        ['SCORE_NEEDS_RATIONALE', { ...SCORE, rule: 'CGB-closure' }, known],
        ['NO_SUCH_SCALE', { ...SCORE, rule: 'CGB-closure' }, why],
        ['SCALE_NOT_IN_FORCE', { ...SCORE, rule: 'NEW-scores' }, why],
        ['NO_SUCH_STEP', { ...SCORE, impact: 5 }, why],
      ],
      [SCORE, why],
    );
    given(risks, OPEN)
      .when({ ...SCORE, likelihood: 5 }, why)
      .thenRefused('NO_SUCH_STEP', 'likelihood');
    given(risks, OPEN)
      .when(SCORE, why)
      .thenEvents([
        { type: 'RiskScored', facts: { of: 'CURRENT', rule: 'CGB-scores', version: '3', likelihood: 3, impact: 4 } },
      ]);
    given(risks, OPEN)
      .when(SCORE, { ...why, effectiveOn: '2023-03-31' })
      .thenRefused('SCALE_NOT_IN_FORCE', 'rule');
  });

  it('names the day of a target, which nothing else has; a paper need not', () => {
    const target = { ...SCORE, of: 'TARGET' } as RiskCommand;
    given(risks, OPEN).when(target, why).thenRefused('TARGET_DAY_NEEDED', 'targetOn');
    given(risks, OPEN)
      .when({ ...SCORE, targetOn: '2024-03-31' }, why)
      .thenRefused('TARGET_DAY_OF_NOTHING', 'targetOn');
    given(risks, OPEN)
      .when(target, { ...why, imported: true })
      .thenEvents(['RiskScored']);
  });

  it('keeps every score that it held, and is a review where it is of the risk as it is', () => {
    const scored = (id: string, of: 'CURRENT' | 'INHERENT', likelihood: number): Told => ({
      id,
      type: 'RiskScored',
      facts: { of, rule: 'CGB-scores', version: '3', likelihood, impact: 1 },
      texts: ['reason'],
    });
    const state = stateOf([...OPEN, scored('a', 'CURRENT', 1), scored('b', 'INHERENT', 4), scored('c', 'CURRENT', 2)]);
    expect(state.scores.map(({ event, of, likelihood, why: rationale }) => [event, of, likelihood, rationale])).toEqual(
      [
        ['a', 'CURRENT', 1, { event: 'a', part: 'text/reason' }],
        ['b', 'INHERENT', 4, { event: 'b', part: 'text/reason' }],
        ['c', 'CURRENT', 2, { event: 'c', part: 'text/reason' }],
      ],
    );
    expect(state.lookedAt?.event).toBe('c');
    expect(stateOf([...OPEN, scored('b', 'INHERENT', 4)])).toMatchObject({ isNew: true });
  });

  it('sets the appetite by a scale, and not by an owner', () => {
    const set: RiskCommand = { type: 'SetRiskAppetite', ...ON_IT, rule: 'CGB-scores', most: 8 };
    given(risks, OPEN)
      .when({ ...set, rule: 'CGB-closure' }, decider)
      .thenRefused('NO_SUCH_SCALE');
    given(risks, OPEN)
      .when(set, { ...known, by: { post: 'force-lead' } })
      .thenRefused('OWNER_MAY_NOT_DECIDE', 'by');
    given(risks, OPEN)
      .when(set, decider)
      .thenEvents([{ type: 'RiskAppetiteSet', facts: { rule: 'CGB-scores', version: '3', most: 8 } }]);
  });
});

describe('the controls of a risk', () => {
  const ID = '00000000-0000-4000-8000-00000000000b';
  const controlled = [...OPEN, { ...CONTROL, id: ID } as Told];
  const add: RiskCommand = { type: 'AddRiskControl', ...ON_IT, measure: 'A second exchange', kind: 'ADDITIONAL' };

  it('have a day while they are to come, and none while they are there', () => {
    given(risks, OPEN).when(add, known).thenRefused('TARGET_DAY_NEEDED', 'targetOn');
    given(risks, OPEN)
      .when({ ...add, kind: 'EXISTING', targetOn: '2023-12-31' }, known)
      .thenRefused('TARGET_DAY_OF_NOTHING', 'targetOn');
    given(risks, OPEN)
      .when(add, { ...known, imported: true })
      .thenEvents(['RiskControlAdded']);
    given(risks, OPEN)
      .when({ ...add, targetOn: '2023-12-31', owner: 'people-lead' }, known)
      .thenEvents([
        {
          type: 'RiskControlAdded',
          facts: { kind: 'ADDITIONAL', owner: 'people-lead', targetOn: '2023-12-31' },
          texts: { measure: 'A second exchange' },
        },
      ]);
    const [there] = stateOf([...OPEN, { type: 'RiskControlAdded', facts: { kind: 'EXISTING' } }]).controls;
    expect(there).toMatchObject({ standing: 'IN_PLACE', inPlaceOn: '2023-06-21' });
  });

  it('are there before anything is said of one', () => {
    const report: RiskCommand = {
      type: 'ReportRiskControl',
      ...ON_IT,
      control: '00000000-0000-4000-8000-00000000000a',
    };
    putRightOneByOne(
      controlled,
      [
        ['WITHOUT_CONTROLS', { ...report, standing: 'IN_PLACE' }, known, OPEN],
        ['UNKNOWN_CONTROL', { ...report, standing: 'IN_PLACE' }, known],
      ],
      [{ ...report, control: ID, standing: 'IN_PLACE' }, known],
    );
  });

  it('are named by the entry that added them, and there is no other', () => {
    const unknown = '00000000-0000-4000-8000-00000000000a';
    const move: RiskCommand = { type: 'MoveRiskControl', ...ON_IT, control: unknown, targetOn: '2023-12-31' };
    const report: RiskCommand = { type: 'ReportRiskControl', ...ON_IT, control: unknown, standing: 'IN_PLACE' };
    const assure: RiskCommand = {
      ...{ type: 'AssureRiskControl', ...ON_IT, control: unknown },
      ...{ line: 'THIRD', opinion: 'LIMITED' },
    };
    for (const command of [move, report, assure])
      given(risks, [...OPEN, CONTROL])
        .when(command, decider)
        .thenRefused('UNKNOWN_CONTROL', 'control');
  });

  it('are moved to another day with a reason, and every move is kept; the first day is none', () => {
    const move: RiskCommand = { type: 'MoveRiskControl', ...ON_IT, control: ID, targetOn: '2023-09-30' };
    putRightOneByOne(
      controlled,
      [
        ['MOVE_NEEDS_REASON', move, known],
        ['NOTHING_CHANGES', move, why],
      ],
      [{ ...move, targetOn: '2023-12-31' }, why],
    );
    const moved: Told = {
      type: 'RiskControlMoved',
      facts: { control: ID, targetOn: '2023-12-31' },
      texts: ['reason'],
    };
    const [control] = stateOf([...controlled, moved]).controls;
    expect(control).toMatchObject({ firstTargetOn: '2023-09-30', targetOn: '2023-12-31' });
    expect(control!.moves.map(({ from, to }) => [from, to])).toEqual([['2023-09-30', '2023-12-31']]);
    const { targetOn: _, ...facts } = CONTROL.facts as { targetOn: string };
    const undated = { ...CONTROL, id: ID, facts, imported: true } as Told;
    expect(stateOf([...OPEN, undated, moved]).controls[0]).toMatchObject({ firstTargetOn: '2023-12-31', moves: [] });
  });

  it('are reported to be in place, given up, or to work well or not, and keep what is not said', () => {
    const report: RiskCommand = { type: 'ReportRiskControl', ...ON_IT, control: ID };
    given(risks, controlled).when(report, known).thenRefused('NOTHING_REPORTED');
    given(risks, controlled)
      .when({ ...report, text: 'It took over.' }, known)
      .thenEvents([{ type: 'RiskControlReported', facts: { control: ID }, texts: { update: 'It took over.' } }]);
    const reported = (effectiveOn: string, facts: object): Told => ({
      type: 'RiskControlReported',
      effectiveOn,
      facts: { control: ID, ...facts },
    });
    const after = (...reports: readonly Told[]) => stateOf([...controlled, ...reports]).controls[0];
    const inPlace = reported('2023-07-01', { standing: 'IN_PLACE', effectiveness: 'EFFECTIVE' });
    expect(after(inPlace, reported('2023-08-01', { owner: 'estates-lead' }))).toMatchObject({
      standing: 'IN_PLACE',
      inPlaceOn: '2023-07-01',
      effectiveness: 'EFFECTIVE',
      owner: 'estates-lead',
    });
    expect(after(inPlace, reported('2023-08-01', { standing: 'NOT_IN_PLACE' }))).not.toHaveProperty('inPlaceOn');
  });

  it('are assured of by line, each time anew, and not in the second or third line by who owns the risk or the control', () => {
    const assure = (line: 'FIRST' | 'SECOND' | 'THIRD'): RiskCommand => ({
      type: 'AssureRiskControl',
      ...ON_IT,
      control: ID,
      line,
      opinion: 'MODERATE',
      cites: PAPER,
    });
    for (const post of ['force-lead', 'estates-lead', 'people-lead']) {
      for (const line of ['SECOND', 'THIRD'] as const)
        given(risks, controlled)
          .when(assure(line), { ...known, by: { post } })
          .thenRefused('OWN_ASSURANCE', 'by');
      given(risks, controlled)
        .when(assure('FIRST'), { ...known, by: { post } })
        .thenEvents(['RiskControlAssured']);
    }
    given(risks, controlled)
      .when(assure('THIRD'), { ...known, by: { post: 'audit-firm' } })
      .thenEvents(['RiskControlAssured']);
    const had = (line: string, opinion: string): Told =>
      ({ type: 'RiskControlAssured', facts: { control: ID, line, opinion } }) as Told;
    const [control] = stateOf([
      ...controlled,
      had('THIRD', 'LIMITED'),
      had('FIRST', 'MODERATE'),
      had('THIRD', 'MODERATE'),
    ]).controls;
    expect(control!.assurance.map(({ line, opinion }) => [line, opinion])).toEqual([
      ['FIRST', 'MODERATE'],
      ['THIRD', 'MODERATE'],
    ]);
  });

  it('that the reader may not see are none: what is said of them leaves the risk as it is', () => {
    const moved: Told = { type: 'RiskControlMoved', facts: { control: ID, targetOn: '2023-12-31' } };
    expect(stateOf([...OPEN, moved])).toEqual(stateOf(OPEN));
  });
});

describe('accepting and closing a risk', () => {
  const ask: RiskCommand = { type: 'RequestRiskAcceptance', ...ON_IT, side: 'FORCE', until: '2023-12-31' };
  const accept: RiskCommand = { type: 'AcceptRisk', ...ON_IT };
  const close: RiskCommand = { type: 'CloseRisk', ...ON_IT };

  it('is asked for with a reason, one thing at a time', () => {
    putRightOneByOne(
      OPEN,
      [
        ['REQUEST_PENDING', ask, why, [...OPEN, CLOSING_ASKED]],
        ['ACCEPTANCE_NEEDS_REASON', { ...ask, until: '2023-10-08' }, known],
        ['ACCEPTED_TO_THE_PAST', { ...ask, until: '2023-10-08' }, why],
      ],
      [ask, why],
    );
    given(risks, OPEN)
      .when({ type: 'RequestRiskClosure', ...ON_IT, side: 'OPCC' }, known)
      .thenRefused('CLOSING_NEEDS_REASON', 'reason');
    given(risks, OPEN)
      .when({ type: 'RequestRiskClosure', ...ON_IT, side: 'OPCC' }, why)
      .thenEvents([{ type: 'RiskClosureRequested', facts: { side: 'OPCC' } }]);
  });

  it('answers what was asked for and nothing else; only a paper need not say that it was', () => {
    for (const past of [OPEN, [...OPEN, CLOSING_ASKED]])
      given(risks, past).when(accept, decider).thenRefused('NOTHING_ASKED');
    for (const past of [OPEN, [...OPEN, ASKED]]) given(risks, past).when(close, decider).thenRefused('NOTHING_ASKED');
    given(risks, OPEN)
      .when({ type: 'RefuseRiskRequest', ...ON_IT }, decider)
      .thenRefused('NOTHING_ASKED');
    given(risks, OPEN)
      .when({ ...accept, until: '2023-12-31' }, { ...decider, imported: true })
      .thenEvents(['RiskAcceptanceGranted']);
  });

  it('accepts until the day that was asked for, or another', () => {
    const past = [...OPEN, ASKED];
    given(risks, past)
      .when(accept, decider)
      .thenEvents([{ type: 'RiskAcceptanceGranted', facts: { until: '2023-12-31' } }]);
    given(risks, past)
      .when({ ...accept, until: '2023-11-30' }, decider)
      .thenEvents([{ type: 'RiskAcceptanceGranted', facts: { until: '2023-11-30' } }]);
    given(risks, past)
      .when({ ...accept, until: '2023-10-08' }, decider)
      .thenRefused('ACCEPTED_TO_THE_PAST', 'until');
    const granted: Told = { type: 'RiskAcceptanceGranted', facts: { until: '2023-12-31' } };
    expect(stateOf([...past, granted])).toMatchObject({
      acceptance: { until: '2023-12-31', askedWhy: { part: 'text/reason' } },
    });
    expect(stateOf([...past, granted])).not.toHaveProperty('asked');
  });

  it('is refused to whoever owns it or asked for it, by post and by person, whoever types it', () => {
    const refused = (circumstances: Circumstances, code = 'OWNER_MAY_NOT_DECIDE') => {
      given(risks, [...OPEN, ASKED])
        .when(accept, { ...why, ...circumstances })
        .thenRefused(code, 'by');
      given(risks, [...OPEN, { ...CLOSING_ASKED, person: 'person-asker' }])
        .when(close, { ...why, ...circumstances })
        .thenRefused(code, 'by');
    };
    for (const post of ['force-lead', 'estates-lead', 'finance-lead']) refused({ by: { post, person: 'person-else' } });
    refused({ by: { post: 'deputy-lead', person: 'person-asker' } });
    refused({
      by: { post: 'deputy-lead', person: 'person-dep' },
      enteredBy: { post: 'opcc-officer', person: 'person-asker' },
    });
    const holders = [{ post: 'force-lead', person: 'person-dep', from: '2023-04-01', to: '2023-05-01' }];
    refused({ by: { post: 'deputy-lead', person: 'person-dep' }, holders });
    refused({ by: { post: 'deputy-lead', person: 'p-0123' }, holders }, 'DECIDER_UNKNOWN');
  });

  it('is refused with a reason, or taken back, and may be asked for again', () => {
    const refuse: RiskCommand = { type: 'RefuseRiskRequest', ...ON_IT };
    given(risks, [...OPEN, ASKED])
      .when(refuse, known)
      .thenRefused('REFUSAL_NEEDS_REASON', 'reason');
    given(risks, [...OPEN, ASKED])
      .when(refuse, { ...why, by: { post: 'finance-lead' } })
      .thenEvents(['RiskRequestRefused']);
    const state = stateOf([...OPEN, ASKED, { type: 'RiskRequestRefused', texts: ['reason'] }]);
    expect(state).toMatchObject({ requestsRefused: 1 });
    expect(state).not.toHaveProperty('asked');
    expect(state).not.toHaveProperty('acceptance');
  });

  it('ends it, and nothing more is said of it until it is opened again with a reason', () => {
    const closed = [...OPEN, CLOSING_ASKED, { type: 'RiskClosed', effectiveOn: '2023-07-01' } as Told];
    expect(stateOf(closed)).toMatchObject({ ended: { how: 'CLOSED', askedWhy: { part: 'text/reason' } } });
    given(risks, closed).when(SCORE, why).thenRefused('RISK_ENDED');
    given(risks, OPEN)
      .when({ type: 'ReopenRisk', ...ON_IT }, why)
      .thenRefused('NOTHING_TO_REOPEN');
    given(risks, closed)
      .when({ type: 'ReopenRisk', ...ON_IT }, known)
      .thenRefused('REOPENING_NEEDS_REASON', 'reason');
    given(risks, closed)
      .when({ type: 'ReopenRisk', ...ON_IT }, why)
      .thenEvents(['RiskReopened']);
    const reopened = stateOf([...closed, { type: 'RiskReopened', texts: ['reason'] }]);
    expect(reopened).toMatchObject({ status: 'REGISTERED', isNew: true });
    expect(reopened).not.toHaveProperty('ended');
  });

  it('merges it into another open one, not itself, and not by an owner', () => {
    const merge = (into: string): RiskCommand => ({ type: 'MergeRisk', ...ON_IT, into });
    putRightOneByOne(
      OPEN,
      [
        ['OWNER_MAY_NOT_DECIDE', merge(REF), { ...known, by: { post: 'force-lead' } }],
        ['SAME_RISK', merge(REF), decider],
        ['INTO_ENDED_RISK', merge('CGB-2023-04-K3'), decider],
      ],
      [merge(OTHER), decider],
    );
  });
});

describe('who decides on a risk', () => {
  const OFFICE = ['opcc-officer', 'commissioner'];
  const FORCE = ['force-lead'];
  const may = (type: RiskCommand['type'], past: readonly Told[], more: object = {}) =>
    risks.mayIssueThis?.({ type, ...ON_IT, ...more }, given(risks, past).state, []);

  it.each([
    'SetRiskAppetite',
    'RefuseRiskRequest',
    'EscalateRisk',
    'DeescalateRisk',
    'MergeRisk',
    'ReopenRisk',
  ] as const)('lets whoever decides on its register issue %s', (type) => {
    expect(may(type, [onRegister('OPCC'), REGISTERED])).toEqual(OFFICE);
    expect(may(type, [onRegister('FORCE'), REGISTERED])).toEqual(FORCE);
    expect(may(type, [onRegister('JOINT'), REGISTERED])).toEqual([...OFFICE, ...FORCE]);
    expect(may(type, [])).toBeUndefined();
  });

  it('answers on the register that both keep by the other side than that which asked, and elsewhere by its own', () => {
    const asked = (register: 'FORCE' | 'OPCC' | 'JOINT', side: 'FORCE' | 'OPCC') =>
      [onRegister(register), REGISTERED, { ...ASKED, facts: { side, until: '2023-12-31' } }] as readonly Told[];
    for (const type of ['AcceptRisk', 'CloseRisk'] as const) {
      expect(may(type, asked('JOINT', 'FORCE'))).toEqual(OFFICE);
      expect(may(type, asked('JOINT', 'OPCC'))).toEqual(FORCE);
      expect(may(type, asked('OPCC', 'FORCE'))).toEqual(OFFICE);
      expect(may(type, asked('FORCE', 'OPCC'))).toEqual(FORCE);
      expect(may(type, [onRegister('JOINT'), REGISTERED])).toEqual([...OFFICE, ...FORCE]);
      expect(may(type, [])).toBeUndefined();
    }
  });

  it('lets nobody ask for the other side', () => {
    for (const type of ['RequestRiskAcceptance', 'RequestRiskClosure'] as const) {
      expect(may(type, OPEN, { side: 'FORCE' })).toEqual(FORCE);
      expect(may(type, OPEN, { side: 'OPCC' })).toEqual(OFFICE);
      expect(may(type, OPEN, { side: 'toString' })).toBeUndefined();
      expect(may(type, OPEN)).toBeUndefined();
    }
  });

  it('leaves everything else to whom its declaration says', () => {
    expect(may('ScoreRisk', OPEN)).toBeUndefined();
  });
});

it('is total: no event moves what was not proposed', () => {
  for (const { type } of risks.events)
    if (type !== 'RiskProposed')
      expect(risks.evolve(risks.initial, eventIn({}, type, {}) as never)).toEqual(risks.initial);
});
