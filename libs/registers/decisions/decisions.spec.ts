import { OFFICIAL_OPEN } from '../../ledger/index.ts';
import { given, pastEvent, type Circumstances, type Past } from '../../spec-kit/index.ts';
import {
  decisions,
  openingsIn,
  outstandingIn,
  unadvisedIn,
  type DecisionCommand,
  type DecisionEvent,
  type ProposedDecision,
} from './index.ts';

type Told = Past<DecisionEvent>;

const REF = 'CGB-2023-04-D1';
const OTHER = 'CGB-2023-04-D2';
const ON_IT = { ref: REF } as const;

const PROPOSED: Told = {
  type: 'DecisionProposed',
  effectiveOn: '2023-04-03',
  facts: { ref: REF, body: 'CGB', maker: 'COMMISSIONER', due: { on: '2023-06-21' } },
  texts: ['title'],
};
const OF_THE_BODY: Told = { ...PROPOSED, facts: { ref: REF, body: 'CGB', maker: 'BODY' } };
const DRAFTED: Told = { type: 'DecisionDrafted', effectiveOn: '2023-04-10', texts: ['recommendation'] };
const ADVISED: Told = {
  type: 'DecisionAdvised',
  effectiveOn: '2023-05-02',
  facts: { adviceOn: 'LEGAL', applies: true },
  by: 'monitoring-officer',
  texts: ['advice'],
};
const MADE: Told = {
  id: 'made',
  type: 'DecisionMade',
  effectiveOn: '2023-06-21',
  facts: {
    basisOn: '2023-06-21',
    basisRecorded: '2023-06-21T12:00:00.000Z',
    basisClock: 'STATED',
    cites: ['CGB-2023-06-E1'],
  },
  by: 'commissioner',
  texts: ['decided', 'reason'],
};
const CONDITION: Told = {
  id: 'the-condition',
  type: 'DecisionConditionSet',
  effectiveOn: '2023-06-21',
  facts: { targetOn: '2023-07-31' },
  by: 'commissioner',
  texts: ['subjectTo'],
};
const RECORDED: Told = { type: 'DecisionRecorded', effectiveOn: '2023-06-22', facts: { publicInterest: true } };
const DEFERRED: Told = { type: 'DecisionDeferred', effectiveOn: '2023-06-21', facts: {}, texts: ['reason'] };
const REVOKED: Told = { type: 'DecisionRevoked', effectiveOn: '2023-08-01', texts: ['reason'] };

const READY = [PROPOSED, DRAFTED, ADVISED];
const DONE = [...READY, MADE];

const of = (past: readonly Told[], more: object = {}) => ({ ...given(decisions, past).state, ...more });
const known: Circumstances = {
  links: {
    'directory/CGB': { record: 'BODY', ref: 'CGB' },
    'directory/estates-lead': { record: 'POST', ref: 'estates-lead' },
    [`decisions/${REF}`]: of(READY),
    [`decisions/${OTHER}`]: of(DONE, { ref: OTHER }),
    'decisions/CGB-2023-04-D3': of(READY, { ref: 'CGB-2023-04-D3' }),
    'decisions/CGB-2023-04-D4': of([...DONE, REVOKED], { ref: 'CGB-2023-04-D4' }),
    'documents/CGB-2023-06-E1': { status: 'CURRENT', ref: 'CGB-2023-06-E1' },
    'actions/CGB-2023-06-A1': { status: 'AGREED', ref: 'CGB-2023-06-A1' },
  },
};
const why: Circumstances = { ...known, envelope: { reason: 'It was agreed.' } };
const at = (meeting: string, heldOn: string): Circumstances => ({
  ...why,
  heldOn,
  envelope: { reason: 'It was agreed.', authority: { meeting } },
});

const NEW: DecisionCommand = {
  type: 'ProposeDecision',
  body: 'CGB',
  maker: 'COMMISSIONER',
  title: 'Five electric cars',
};
const MAKE: DecisionCommand = { type: 'MakeDecision', ...ON_IT, decided: 'Five electric cars are bought.' };
const commands = {
  draft: { type: 'DraftDecision', ...ON_IT, recommendation: 'Buy five.' },
  reject: { type: 'RejectDecisionOption', ...ON_IT, option: 'Lease them.' },
  advise: { type: 'AdviseOnDecision', ...ON_IT, adviceOn: 'FINANCE', applies: true, advice: 'It is affordable.' },
  delegate: { type: 'DelegateDecision', ...ON_IT, delegate: 'estates-lead' },
  defer: { type: 'DeferDecision', ...ON_IT },
  refuse: { type: 'RefuseDecision', ...ON_IT },
  drop: { type: 'DropDecision', ...ON_IT },
  condition: { type: 'SetDecisionCondition', ...ON_IT, subjectTo: 'The queries are answered.' },
  record: { type: 'RecordDecision', ...ON_IT, publicInterest: true },
  publish: { type: 'PublishDecisionNotice', ...ON_IT, publishedAt: 'example.org/decisions/1' },
  withhold: { type: 'WithholdDecision', ...ON_IT, exemption: 'Schedule 12A, paragraph 3' },
  vary: { type: 'VaryDecision', ...ON_IT, variation: 'Four cars.' },
  revoke: { type: 'RevokeDecision', ...ON_IT },
  supersede: { type: 'SupersedeDecision', ...ON_IT, supersededBy: OTHER },
} as const satisfies { readonly [name: string]: DecisionCommand };

function stateOf(past: readonly Told[]): ProposedDecision {
  const { state } = given(decisions, past);
  if (state.status === 'NOT_PROPOSED') throw new Error('there is no such decision');
  return state;
}

describe('proposing a decision', () => {
  it('says who is to decide, and by when, and gives it a reference of its body and month', () => {
    const { decision } = given(decisions, []).when(
      { ...NEW, summary: 'For the neighbourhoods.', due: { meeting: 'CGB-2023-06-21', phrase: 'next CGB' } },
      {
        ...known,
        links: { ...known.links, 'meetings/CGB-2023-06-21': { ref: 'CGB-2023-06-21' } },
        effectiveOn: '2023-04-03',
      },
    );
    expect(decision).toEqual({
      events: [
        {
          type: 'DecisionProposed',
          facts: { body: 'CGB', maker: 'COMMISSIONER', due: { meeting: 'CGB-2023-06-21' } },
          texts: { title: 'Five electric cars', summary: 'For the neighbourhoods.', phrase: 'next CGB' },
        },
      ],
      reference: { series: 'CGB-2023-04', stem: 'CGB-2023-04-D', style: 'NEXT' },
    });
  });

  it('is to be decided on one day only, also after a correction', () => {
    const twice = { ...PROPOSED, facts: { ...PROPOSED.facts, due: { on: '2023-06-21', meeting: 'CGB-2023-06-21' } } };
    const event = pastEvent('decisions', twice, 1) as DecisionEvent;
    expect(decisions.mayFollow(decisions.initial, event)?.code).toBe('DUE_AMBIGUOUS');
  });

  it('gives one that not everybody may know of a reference that tells of no others', () => {
    const { decision } = given(decisions, []).when(NEW, {
      ...known,
      envelope: { marking: { ...OFFICIAL_OPEN, sensitive: true } },
    });
    expect(decision).toMatchObject({ reference: { style: 'RANDOM' } });
  });

  it('is refused twice, with two days, and before anything else is said of it', () => {
    given(decisions, [PROPOSED]).when(NEW, known).thenRefused('ALREADY_PROPOSED');
    given(decisions, [])
      .when({ ...NEW, due: { on: '2023-06-21', meeting: 'CGB-2023-06-21' } }, known)
      .thenRefused('AMBIGUOUS');
    given(decisions, []).when(commands.draft, known).thenRefused('NOT_PROPOSED');
  });
});

describe('preparing a decision', () => {
  it('goes from proposed over drafted to advised', () => {
    expect([stateOf([PROPOSED]), stateOf([PROPOSED, DRAFTED]), stateOf(READY)].map(({ status }) => status)).toEqual([
      'PROPOSED',
      'DRAFTED',
      'ADVISED',
    ]);
  });

  it('refuses advice on what nobody drafted, which a paper may print all the same', () => {
    given(decisions, [PROPOSED]).when(commands.advise, known).thenRefused('NOT_DRAFTED');
    given(decisions, [PROPOSED])
      .when(commands.advise, { ...known, imported: true })
      .thenEvents(['DecisionAdvised']);
  });

  it('takes “not applicable” for advice, and refuses advice without words', () => {
    const past = [PROPOSED, DRAFTED];
    const { advice: _, ...unworded } = commands.advise;
    given(decisions, past).when(unworded, known).thenRefused('ADVICE_NEEDED', 'advice');
    given(decisions, past)
      .when({ ...unworded, applies: false }, known)
      .thenEvents([{ type: 'DecisionAdvised', facts: { adviceOn: 'FINANCE', applies: false } }]);
    given(decisions, past)
      .when(unworded, { ...known, imported: true })
      .thenEvents(['DecisionAdvised']);
  });

  it('keeps the latest advice of each heading, in the order of the headings, and knows those that nobody spoke to', () => {
    const again: Told = { ...ADVISED, id: 'again' };
    const onFinance: Told = { ...ADVISED, facts: { adviceOn: 'FINANCE', applies: false }, texts: [] };
    const state = stateOf([...READY, again, onFinance]);
    expect(state.advice.map(({ adviceOn, event, applies }) => [adviceOn, event, applies])).toEqual([
      ['FINANCE', 'event-5', false],
      ['LEGAL', 'again', true],
    ]);
    expect(unadvisedIn(state)).toEqual(['EQUALITY', 'RISK', 'PLAN', 'COMMUNICATIONS']);
  });

  it('keeps options with why each was rejected', () => {
    given(decisions, [PROPOSED]).when(commands.reject, known).thenRefused('OPTION_NEEDS_REASON', 'reason');
    given(decisions, [PROPOSED]).when(commands.reject, why).thenEvents(['DecisionOptionRejected']);
    const rejected: Told = { id: 'option', type: 'DecisionOptionRejected', texts: ['option', 'reason'] };
    expect(stateOf([PROPOSED, rejected]).options).toMatchObject([
      { option: { part: 'text/option' }, why: { part: 'text/reason' } },
    ]);
  });

  it('marks the closed part as of a closed session, however else it is marked, and the open part as it is told', () => {
    const write = (part: 'OPEN' | 'CLOSED', marking?: object) => {
      const { decision } = given(decisions, [PROPOSED]).when(
        { type: 'WriteDecisionPart', ...ON_IT, part, content: 'Words.' },
        { ...known, envelope: marking === undefined ? {} : { marking: { ...OFFICIAL_OPEN, ...marking } } },
      );
      return 'events' in decision ? decision.events[0]!.marking : decision;
    };
    expect(write('OPEN')).toBeUndefined();
    expect(write('CLOSED')).toEqual({ ...OFFICIAL_OPEN, session: 'CLOSED' });
    expect(write('CLOSED', { sensitive: true })).toEqual({ ...OFFICIAL_OPEN, sensitive: true, session: 'CLOSED' });
    const closed: Told = { id: 'closed', type: 'DecisionPartWritten', facts: { part: 'CLOSED' }, texts: ['content'] };
    expect(stateOf([PROPOSED, closed])).toMatchObject({ closedPart: { event: 'closed' } });
    expect(stateOf([PROPOSED, closed]).openPart).toBeUndefined();
  });

  it('delegates it on an authority alone, to another than has it', () => {
    const byScheme: Circumstances = { ...known, envelope: { authority: { delegation: 'SoD-4' } } };
    given(decisions, [PROPOSED]).when(commands.delegate, known).thenRefused('DELEGATION_NEEDS_AUTHORITY', 'authority');
    given(decisions, [PROPOSED]).when(commands.delegate, byScheme).thenEvents(['DecisionDelegated']);
    const delegated: Told = {
      type: 'DecisionDelegated',
      facts: { delegate: 'estates-lead' },
      authority: { delegation: 'SoD-4' },
    };
    given(decisions, [PROPOSED, delegated])
      .when(commands.delegate, byScheme)
      .thenRefused('NOTHING_CHANGES', 'delegate');
    expect(stateOf([PROPOSED, delegated]).delegated).toMatchObject({
      delegate: 'estates-lead',
      authority: { delegation: 'SoD-4' },
    });
    expect(decisions.ownersOf(stateOf([PROPOSED, delegated]))).toEqual(['estates-lead']);
  });
});

describe('who decides', () => {
  const delegated: Told = { type: 'DecisionDelegated', facts: { delegate: 'estates-lead' } };
  const rule = (command: DecisionCommand, past: readonly Told[]) =>
    decisions.mayIssueThis?.(command, given(decisions, past).state, []);

  it('is the commissioner, or the office for the body, or the delegate alone', () => {
    for (const command of [MAKE, commands.defer, commands.refuse, commands.condition, commands.vary, commands.revoke]) {
      expect(rule(command, READY)).toEqual(['commissioner']);
      expect(rule(command, [OF_THE_BODY])).toEqual(['opcc-officer', 'monitoring-officer', 'commissioner']);
      expect(rule(command, [...READY, delegated])).toBe('LEAD');
    }
  });

  it('remains the first maker’s to delegate', () => {
    expect(rule(commands.delegate, [...READY, delegated])).toEqual(['commissioner']);
    expect(rule(commands.record, READY)).toBeUndefined();
    expect(rule(MAKE, [])).toBeUndefined();
  });

  it('is advised on law by the monitoring officer and on money by an officer of finance', () => {
    expect(rule({ ...commands.advise, adviceOn: 'LEGAL' }, READY)).toEqual(['monitoring-officer', 'external']);
    expect(rule(commands.advise, READY)).toEqual(['opcc-officer', 'external']);
    expect(rule({ ...commands.advise, adviceOn: 'PLAN' }, READY)).toBeUndefined();
  });
});

describe('making a decision', () => {
  it('needs a draft and advice, which a paper may not print', () => {
    given(decisions, [PROPOSED]).when(MAKE, why).thenRefused('NOT_DRAFTED');
    given(decisions, [PROPOSED, DRAFTED]).when(MAKE, why).thenRefused('NOT_ADVISED');
    given(decisions, [PROPOSED])
      .when(MAKE, { ...why, imported: true })
      .thenEvents(['DecisionMade']);
  });

  it('is made once: what came of it ends the preparing', () => {
    for (const command of [MAKE, commands.draft, commands.advise, commands.reject, commands.refuse, commands.drop])
      given(decisions, DONE).when(command, why).thenRefused('DECISION_TAKEN');
    given(decisions, DONE)
      .when(commands.delegate, { ...why, envelope: { authority: { delegation: 'SoD-4' } } })
      .thenRefused('DECISION_TAKEN');
  });

  it('is taken by a body at a meeting of it alone, held since it was proposed', () => {
    const past = [OF_THE_BODY, DRAFTED, ADVISED];
    given(decisions, past).when(MAKE, why).thenRefused('MEETING_DECIDES', 'authority.meeting');
    given(decisions, past)
      .when(MAKE, at('JARAP-2023-06-21', '2023-06-21'))
      .thenRefused('OTHER_BODY_MET', 'authority.meeting');
    given(decisions, past)
      .when(MAKE, at('CGB-2023-04-02', '2023-04-02'))
      .thenRefused('AUTHORITY_BEFORE_PROPOSED', 'authority.meeting');
    given(decisions, past).when(MAKE, at('CGB-2023-06-21', '2023-06-21')).thenEvents(['DecisionMade']);
    given(decisions, past)
      .when(MAKE, { ...why, imported: true })
      .thenEvents(['DecisionMade']);
    const delegated: Told = { type: 'DecisionDelegated', facts: { delegate: 'estates-lead' } };
    given(decisions, [...past, delegated])
      .when(MAKE, why)
      .thenEvents(['DecisionMade']);
  });

  it('holds the instant of entry as its basis where it is entered on its day, with the last event then', () => {
    given(decisions, READY)
      .when(
        { ...MAKE, cites: ['CGB-2023-06-E1', 'CGB-2023-06-A1'] },
        { ...why, now: '2023-10-09T14:30:00.000Z', lastEvent: 'the-last' },
      )
      .thenEvents([
        {
          type: 'DecisionMade',
          facts: {
            basisOn: '2023-10-09',
            basisRecorded: '2023-10-09T14:30:00.000Z',
            basisClock: 'STATED',
            lastEvent: 'the-last',
            cites: ['CGB-2023-06-E1', 'CGB-2023-06-A1'],
          },
        },
      ]);
  });

  it('holds the end of its day where it is entered later: of a summer day that of London', () => {
    const { decision } = given(decisions, READY).when(MAKE, { ...why, effectiveOn: '2023-06-21' });
    expect(decision).toMatchObject({
      events: [{ facts: { basisOn: '2023-06-21', basisRecorded: '2023-06-21T22:59:59.999Z' } }],
    });
  });

  it('takes another basis, of a day and an instant before it', () => {
    const { decision } = given(decisions, READY).when(
      { ...MAKE, basisOn: '2023-06-14', basisRecorded: '2023-06-15T10:00:00+01:00' },
      { ...why, effectiveOn: '2023-06-21' },
    );
    expect(decision).toMatchObject({
      events: [{ facts: { basisOn: '2023-06-14', basisRecorded: '2023-06-15T09:00:00.000Z' } }],
    });
  });

  it('refuses a basis after its day, or after now', () => {
    const onThatDay: Circumstances = { ...why, effectiveOn: '2023-06-21' };
    given(decisions, READY)
      .when({ ...MAKE, basisOn: '2023-06-22' }, onThatDay)
      .thenRefused('BASIS_AFTER_DECISION', 'basisOn');
    given(decisions, READY)
      .when({ ...MAKE, basisRecorded: '2023-06-21T23:00:00Z' }, onThatDay)
      .thenRefused('BASIS_AFTER_DECISION', 'basisRecorded');
    given(decisions, READY)
      .when({ ...MAKE, basisRecorded: '2023-06-21T22:59:59.999Z' }, onThatDay)
      .thenEvents(['DecisionMade']);
    given(decisions, READY)
      .when({ ...MAKE, basisRecorded: '2023-10-09T12:00:00.001Z' }, why)
      .thenRefused('BASIS_AFTER_NOW', 'basisRecorded');
  });

  it('of a paper has its day and the stated clock as its basis, and no event', () => {
    given(decisions, READY)
      .when({ ...MAKE, basisOn: '2023-06-14' }, { ...why, imported: true })
      .thenRefused('BASIS_OF_A_PAPER', 'basisOn');
    const [made] = given(decisions, READY)
      .when({ ...MAKE, cites: ['CGB-2023-06-E1'] }, { ...why, imported: true, lastEvent: 'the-last' })
      .thenEvents(['DecisionMade']);
    expect(made!.facts).toEqual({ cites: ['CGB-2023-06-E1'] });
    const printed: Told = { type: 'DecisionMade', effectiveOn: '2023-06-21', imported: true, facts: {} };
    expect(stateOf([...READY, printed]).outcome?.basis).toEqual({
      on: '2023-06-21',
      recorded: '2023-06-21T22:59:59.999Z',
      clock: 'STATED',
    });
  });

  it('asks for the last event at its basis, and for none of a paper or of any other command', () => {
    const asked = (command: DecisionCommand, imported = false) =>
      decisions.citesAt?.(command, {
        effectiveOn: '2023-06-21',
        now: '2023-06-21T12:00:00.000Z',
        imported,
      } as never);
    expect(asked(MAKE)).toBe('2023-06-21T12:00:00.000Z');
    expect(asked({ ...MAKE, basisRecorded: '2023-06-20T10:00:00Z' })).toBe('2023-06-20T10:00:00.000Z');
    expect(asked(MAKE, true)).toBeNull();
    expect(asked(commands.record)).toBeNull();
  });

  it('does not cite itself', () => {
    given(decisions, READY)
      .when({ ...MAKE, cites: [REF] }, why)
      .thenRefused('SAME_DECISION', 'cites');
  });
});

describe('what else may come of a decision', () => {
  it('is put off with a reason, as often as need be, and keeps from when to when', () => {
    given(decisions, READY).when(commands.defer, known).thenRefused('DEFERRAL_NEEDS_REASON', 'reason');
    const later: Told = { ...DEFERRED, facts: { due: { on: '2023-09-25' } } };
    const state = stateOf([...READY, later, DEFERRED]);
    expect(state).toMatchObject({ status: 'DEFERRED', firstDue: { on: '2023-06-21' } });
    expect(state.deferrals.map(({ from, due }) => [from, due])).toEqual([
      [{ on: '2023-06-21' }, { on: '2023-09-25' }],
      [{ on: '2023-09-25' }, undefined],
    ]);
    expect(state.due).toBeUndefined();
    given(decisions, [...READY, later])
      .when(MAKE, why)
      .thenEvents(['DecisionMade']);
    expect(stateOf([...READY, later, RECORDED, MADE])).toMatchObject({ status: 'MADE' });
  });

  it('is refused or dropped with a reason', () => {
    given(decisions, READY).when(commands.refuse, known).thenRefused('REFUSAL_NEEDS_REASON', 'reason');
    given(decisions, [PROPOSED]).when(commands.refuse, why).thenRefused('NOT_DRAFTED');
    given(decisions, READY).when(commands.refuse, why).thenEvents(['DecisionRefused']);
    given(decisions, [PROPOSED]).when(commands.drop, known).thenRefused('DROPPING_NEEDS_REASON', 'reason');
    given(decisions, [PROPOSED]).when(commands.drop, why).thenEvents(['DecisionNotTaken']);
    expect(stateOf([PROPOSED, { type: 'DecisionNotTaken', texts: ['reason'] }])).toMatchObject({ status: 'NOT_TAKEN' });
  });
});

describe('the log of decisions', () => {
  it('takes what came of a decision, once, and not what nobody has decided', () => {
    given(decisions, READY).when(commands.record, known).thenRefused('NOTHING_TO_RECORD');
    given(decisions, DONE)
      .when(commands.record, known)
      .thenEvents([{ type: 'DecisionRecorded', facts: { publicInterest: true } }]);
    given(decisions, [...DONE, RECORDED])
      .when(commands.record, known)
      .thenRefused('ALREADY_RECORDED');
    expect(stateOf([...DONE, RECORDED])).toMatchObject({ status: 'RECORDED', recorded: { publicInterest: true } });
  });

  it('publishes or withholds what is in it, and withholds nothing that was published', () => {
    const published: Told = { type: 'DecisionNoticePublished', effectiveOn: '2023-07-01', facts: {} };
    const withheld: Told = { type: 'DecisionWithheld', effectiveOn: '2023-06-30', texts: ['reason'] };
    given(decisions, DONE).when(commands.publish, known).thenRefused('NOT_RECORDED');
    given(decisions, [...DONE, RECORDED])
      .when(commands.withhold, known)
      .thenRefused('WITHHOLDING_NEEDS_REASON', 'reason');
    given(decisions, [...DONE, RECORDED])
      .when(commands.withhold, why)
      .thenEvents(['DecisionWithheld']);
    expect(stateOf([...DONE, RECORDED, withheld])).toMatchObject({ status: 'WITHHELD' });
    expect(stateOf([...DONE, RECORDED, withheld, published])).toMatchObject({ status: 'PUBLISHED' });
    given(decisions, [...DONE, RECORDED, published])
      .when(commands.withhold, why)
      .thenRefused('ALREADY_PUBLISHED');
  });
});

describe('a decision that was made', () => {
  it('alone has conditions, is varied, revoked or superseded, and only while it holds', () => {
    for (const command of [commands.condition, commands.vary, commands.revoke, commands.supersede]) {
      given(decisions, READY).when(command, why).thenRefused('NOT_MADE');
      given(decisions, DONE).when(command, why);
      given(decisions, [...DONE, REVOKED])
        .when(command, why)
        .thenRefused('DECISION_ENDED');
    }
    given(decisions, DONE).when(commands.vary, known).thenRefused('VARIATION_NEEDS_REASON', 'reason');
    given(decisions, DONE).when(commands.revoke, known).thenRefused('REVOCATION_NEEDS_REASON', 'reason');
    const varied: Told = { type: 'DecisionVaried', effectiveOn: '2023-07-02', texts: ['variation', 'reason'] };
    expect(stateOf([...DONE, varied])).toMatchObject({ status: 'MADE', variations: [{ effectiveOn: '2023-07-02' }] });
    expect(stateOf([...DONE, RECORDED, REVOKED])).toMatchObject({ status: 'REVOKED' });
  });

  it('is superseded by another that was made and holds', () => {
    given(decisions, DONE)
      .when({ ...commands.supersede, supersededBy: REF }, why)
      .thenRefused('SAME_DECISION', 'supersededBy');
    for (const other of ['CGB-2023-04-D3', 'CGB-2023-04-D4'])
      given(decisions, DONE)
        .when({ ...commands.supersede, supersededBy: other }, why)
        .thenRefused('OTHER_NOT_MADE', 'supersededBy');
    given(decisions, DONE).when(commands.supersede, why).thenEvents(['DecisionSuperseded']);
  });

  const ACTIONS = [
    { title: 'Find a site', owner: 'estates-lead', due: '2023-09-30', phrase: 'by the autumn' },
    { title: 'Tell the panel' },
  ];
  const CONDITIONS = [
    { subjectTo: 'Planning permission', targetOn: '2023-12-31', owner: 'estates-lead' },
    { subjectTo: 'Funds', targetOn: '2023-01-01' },
  ];
  const make = { type: 'MakeDecision', ...ON_IT, decided: 'It is built.' } as const;
  const then: Circumstances = { ...known, effectiveOn: '2023-06-21' };

  it('names the actions that it opens and its conditions as it is made, each as an entry of its own', () => {
    given(decisions, READY)
      .when({ ...make, actions: ACTIONS, conditions: CONDITIONS }, then)
      .thenEvents([
        'DecisionMade',
        {
          type: 'DecisionActionNamed',
          facts: { owner: 'estates-lead', due: { on: '2023-09-30' } },
          texts: { title: 'Find a site', phrase: 'by the autumn' },
        },
        { type: 'DecisionActionNamed', facts: {}, texts: { title: 'Tell the panel' } },
        { type: 'DecisionConditionSet', facts: { targetOn: '2023-12-31', owner: 'estates-lead' } },
        { type: 'DecisionConditionSet', facts: { targetOn: '2023-01-01' } },
      ]);
  });

  it('asks nobody to have done something before it was made', () => {
    const early = { title: 'Find a site', due: '2023-06-20' };
    given(decisions, READY)
      .when({ ...make, actions: [ACTIONS[0]!, early] }, then)
      .thenRefused('DUE_BEFORE_DECIDED', 'actions.1.due');
    given(decisions, READY)
      .when({ ...make, conditions: [{ ...CONDITIONS[1]!, owner: 'estates-lead' }] }, then)
      .thenRefused('DUE_BEFORE_DECIDED', 'conditions.0.targetOn');
    given(decisions, DONE)
      .when({ type: 'NameDecisionAction', ...ON_IT, title: 'Find a site', due: { on: '2023-06-20' } }, then)
      .thenRefused('DUE_BEFORE_DECIDED', 'due.on');
    given(decisions, DONE)
      .when(
        { type: 'SetDecisionCondition', ...ON_IT, subjectTo: 'Funds', targetOn: '2023-06-20', owner: 'estates-lead' },
        then,
      )
      .thenRefused('DUE_BEFORE_DECIDED', 'targetOn');
    given(decisions, READY)
      .when({ ...make, actions: [early] }, { ...then, imported: true })
      .thenEvents(['DecisionMade', 'DecisionActionNamed']);
  });

  it('is one where it names an action, and what an action may follow is what it names and the conditions that somebody sees to', () => {
    const named: Told = { id: 'named', type: 'DecisionActionNamed', effectiveOn: '2023-06-21', texts: ['title'] };
    const name: DecisionCommand = { type: 'NameDecisionAction', ...ON_IT, title: 'Find a site' };
    given(decisions, READY).when(name, then).thenRefused('NOT_MADE');
    given(decisions, [...DONE, REVOKED])
      .when(name, { ...known, effectiveOn: '2023-08-02' })
      .thenRefused('DECISION_ENDED');
    given(decisions, DONE).when(name, then).thenEvents(['DecisionActionNamed']);
    const followed: Told = { ...CONDITION, id: 'followed', facts: { owner: 'estates-lead' } };
    expect(openingsIn(stateOf([...DONE, CONDITION, followed, named]))).toEqual(['named', 'followed']);
  });

  it('tells of each condition whether it is met', () => {
    const ID = '00000000-0000-4000-8000-00000000000c';
    const report: DecisionCommand = { type: 'ReportDecisionCondition', ...ON_IT, condition: ID, standing: 'MET' };
    given(decisions, DONE).when(report, known).thenRefused('WITHOUT_CONDITIONS');
    given(decisions, [...DONE, CONDITION])
      .when(report, known)
      .thenRefused('UNKNOWN_CONDITION', 'condition');
    given(decisions, [...DONE, { ...CONDITION, id: ID }])
      .when(report, known)
      .thenEvents(['DecisionConditionReported']);
    const reported = (standing: 'MET' | 'NOT_MET' | 'FALLEN_AWAY'): Told => ({
      type: 'DecisionConditionReported',
      facts: { condition: 'the-condition', standing },
    });
    const outstanding = (past: readonly Told[]) => outstandingIn(stateOf([...DONE, CONDITION, ...past])).length;
    expect(
      [[], ['MET'], ['NOT_MET'], ['FALLEN_AWAY']].map((all) => outstanding(all.map((one) => reported(one as never)))),
    ).toEqual([1, 0, 1, 0]);
    // Nothing is waited for of a decision that holds no longer.
    expect(outstanding([REVOKED])).toBe(0);
  });

  it('is an authority from its day until it holds no longer', () => {
    expect(decisions.madeOn?.(stateOf(DONE))).toBe('2023-06-21');
    expect(decisions.madeOn?.(stateOf(READY))).toBeNull();
    expect(decisions.madeOn?.(stateOf([...READY, DEFERRED]))).toBeNull();
    expect(decisions.madeOn?.(stateOf([...DONE, REVOKED]))).toBeNull();
  });
});

describe('a reader who may not see how it began', () => {
  it('sees no decision, whatever came later', () => {
    expect(given(decisions, [DRAFTED, ADVISED, MADE, CONDITION, RECORDED, REVOKED]).state).toEqual({
      status: 'NOT_PROPOSED',
    });
  });

  it('sees nothing of a condition whose setting is hidden', () => {
    const report: Told = { type: 'DecisionConditionReported', facts: { condition: 'the-condition', standing: 'MET' } };
    expect(stateOf([...DONE, report])).toEqual(stateOf(DONE));
  });
});
