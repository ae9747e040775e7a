import { given, pastEvent, type Circumstances, type Past } from '../../spec-kit/index.ts';
import {
  cadenceInWords,
  inForceOn,
  partiesOn,
  type CadenceLink,
  type ClosureRoute,
  type RuleLink,
} from '../../rules/index.ts';
import {
  RULE_EVENTS,
  RULE_REFUSALS,
  rules,
  type AddedRule,
  type AddRule,
  type RuleCommand,
  type RuleEvent,
} from './index.ts';

type Told = Past<RuleEvent>;

const ROUTE = 'HMICFRS-closure';
const POLICY = 'JARAP-due-dates';
const ALLOWANCE = 'CGB-late-actions';
const known: Circumstances = {
  links: Object.fromEntries(['HMICFRS', 'JARAP', 'CGB'].map((ref) => [`directory/${ref}`, { record: 'BODY', ref }])),
};
const why: Circumstances = { ...known, envelope: { reason: 'The panel agreed it.' } };

const says = (...parties: readonly (keyof ClosureRoute)[]): ClosureRoute => ({
  ownerSays: parties.includes('ownerSays'),
  officeSays: parties.includes('officeSays'),
  auditorSays: parties.includes('auditorSays'),
  originatorSays: parties.includes('originatorSays'),
});
const added = (ref: string, kind: AddedRule['kind'], more: object = {}): Told => ({
  type: 'RuleAdded',
  effectiveOn: '2023-01-01',
  facts: { ref, kind, body: ref.split('-')[0]!, ...more },
  texts: ['title'],
});
const ADDED = added(ROUTE, 'CLOSURE_ROUTE');
const FIRST: Told = {
  type: 'ClosureRouteSet',
  effectiveOn: '2023-04-01',
  facts: { version: '1', ...says('ownerSays', 'officeSays', 'originatorSays') },
  texts: ['reason'],
};
const SECOND: Told = {
  type: 'ClosureRouteSet',
  effectiveOn: '2023-09-01',
  facts: { version: '2', ...says('ownerSays', 'officeSays') },
};
const ended = (effectiveOn: string): Told => ({ type: 'RuleEnded', effectiveOn, facts: {}, texts: ['reason'] });

function rule(past: readonly Told[]): AddedRule {
  const { state } = given(rules, past);
  if (state.status === 'NOT_ADDED') throw new Error('there is no such rule');
  return state;
}

const add = (more: Partial<AddRule>): AddRule => ({
  type: 'AddRule',
  kind: 'RAG',
  body: 'JARAP',
  title: 'A rule',
  ...more,
});
const set = (...parties: readonly (keyof ClosureRoute)[]): RuleCommand => ({
  type: 'SetClosureRoute',
  ref: ROUTE,
  ...says(...parties),
});

describe('a rule is added', () => {
  const reference = (more: Partial<AddRule>) => {
    const { decision } = given(rules, []).when(add(more), known);
    return 'reference' in decision ? decision.reference : null;
  };

  it('under the reference of its body and the words that follow, or none', () => {
    expect(reference({ as: 'rag' })).toEqual({ series: 'rules', stem: 'JARAP-rag', style: 'EXACT' });
    expect(reference({ as: 'rag-2' })).toMatchObject({ stem: 'JARAP-rag-2' });
  });

  it('under a reference that the ledger gives, where a body has one rule of the kind', () => {
    expect(reference({ kind: 'CLOSURE_ROUTE', body: 'HMICFRS' })).toMatchObject({ stem: ROUTE });
    expect(reference({ kind: 'LATE_ALLOWANCE', body: 'CGB', register: 'ACTIONS' })).toMatchObject({ stem: ALLOWANCE });
  });

  it('with what it is about and whose it is, and no version', () => {
    given(rules, [])
      .when(add({ kind: 'LATE_ALLOWANCE', body: 'CGB', register: 'ACTIONS' }), known)
      .thenEvents([{ type: 'RuleAdded', facts: { kind: 'LATE_ALLOWANCE', body: 'CGB', register: 'ACTIONS' } }]);
    expect(rule([ADDED])).toMatchObject({ status: 'NO_VERSION', versions: [] });
  });

  it('is refused for one fault after another, in their order', () => {
    const steps: readonly (readonly [string, Partial<AddRule>])[] = [
      ['NAME_NEEDED', {}],
      ['NAME_NOT_TAKEN', { kind: 'CLOSURE_ROUTE', as: 'route' }],
      ['MALFORMED_NAME', { as: 'RAG' }],
      ['MALFORMED_NAME', { as: 'a/b' }],
      ['MALFORMED_NAME', { as: 'x'.repeat(59) }],
      ['RESERVED_NAME', { as: 'closure' }],
      ['RESERVED_NAME', { as: 'late' }],
      ['RESERVED_NAME', { as: 'late-actions' }],
      ['REGISTER_NEEDED', { kind: 'LATE_ALLOWANCE' }],
      ['REGISTER_NOT_TAKEN', { as: 'rag', register: 'ACTIONS' }],
    ];
    for (const [code, more] of steps) given(rules, []).when(add(more), known).thenRefused(code);
    const listed = Object.keys(RULE_REFUSALS);
    const places = steps.map(([code]) => listed.indexOf(code));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    // What is reserved is the whole word: these are names like any other.
    for (const as of ['closures', 'latest', 'x'.repeat(58)])
      expect(given(rules, []).when(add({ as }), known).decision).toHaveProperty('events');
  });

  it('is added once (ALREADY_ADDED), as a late or restored event would find', () => {
    const { state } = given(rules, [ADDED]);
    const again = { ...pastEvent('rules', ADDED, 2), id: 'event-2' } as RuleEvent;
    expect(rules.mayFollow(state, again)?.code).toBe('ALREADY_ADDED');
    expect(rules.evolve(state, again)).toBe(state);
  });

  it('is refused where the directory knows no such body', () => {
    given(rules, [])
      .when(add({ as: 'rag', body: 'NONE' }), known)
      .thenRefused('UNKNOWN_BODY');
  });
});

describe('a version of a rule', () => {
  it('is numbered one more than the greatest, unless whoever sets it says otherwise', () => {
    const version = (past: readonly Told[], given_?: string) => {
      const command = { ...set('auditorSays'), ...(given_ === undefined ? {} : { version: given_ }) } as RuleCommand;
      const { decision } = given(rules, past).when(command, known);
      return 'events' in decision ? decision.events[0]!.facts['version'] : decision.refusal.code;
    };
    const tenth = { ...SECOND, facts: { ...SECOND.facts, version: '10' } } as Told;
    const worded = { ...SECOND, facts: { ...SECOND.facts, version: '2.1' } } as Told;
    expect(version([ADDED])).toBe('1');
    expect(version([ADDED, FIRST, tenth])).toBe('11');
    expect(version([ADDED, FIRST, worded])).toBe('2');
    expect(version([ADDED, FIRST], '3.0')).toBe('3.0');
    expect(version([ADDED, FIRST], '1')).toBe('VERSION_EXISTS');
  });

  it('is in force from its day until the next one is', () => {
    const read = rule([ADDED, FIRST, SECOND]) as unknown as RuleLink<ClosureRoute>;
    const on = (day: string) => [inForceOn(read, day)?.version, partiesOn(read, day).join(' ')];
    expect(on('2023-03-31')).toEqual([undefined, 'OWNER OFFICE']);
    expect(on('2023-04-01')).toEqual(['1', 'OWNER OFFICE ORIGINATOR']);
    expect(on('2023-08-31')).toEqual(['1', 'OWNER OFFICE ORIGINATOR']);
    expect(on('2023-09-01')).toEqual(['2', 'OWNER OFFICE']);
  });

  it('is in force no longer from the day on which the rule ends, and a new one puts the rule in force again', () => {
    const again = { ...SECOND, effectiveOn: '2024-01-01' } as Told;
    expect(rule([ADDED, FIRST, ended('2023-06-30')])).toMatchObject({ status: 'ENDED' });
    const read = rule([ADDED, FIRST, ended('2023-06-30'), again]);
    expect(read.status).toBe('IN_FORCE');
    expect(read.versions.map(({ version, until }) => [version, until])).toEqual([
      ['1', '2023-06-30'],
      ['2', undefined],
    ]);
    const on = (day: string) => inForceOn(read, day)?.version ?? null;
    expect([on('2023-06-29'), on('2023-06-30'), on('2023-12-31'), on('2024-01-01')]).toEqual(['1', null, null, '2']);
  });

  it('keeps its number and its content when the next one comes', () => {
    const [before] = rule([ADDED, FIRST]).versions;
    expect(rule([ADDED, FIRST, SECOND, ended('2024-01-01')]).versions[0]).toEqual(before);
  });

  it('may be set ahead, as may the end', () => {
    const forward = RULE_EVENTS.filter((event) => 'forwardDated' in event).map(({ type }) => type);
    expect(forward).toEqual(RULE_EVENTS.map(({ type }) => type).filter((type) => type !== 'RuleAdded'));
  });

  it('is refused for one fault after another, in their order', () => {
    const policy = added(POLICY, 'DUE_DATE_POLICY');
    given(rules, []).when(set('ownerSays'), known).thenRefused('NOT_ADDED');
    given(rules, [policy]).when(set('ownerSays'), known).thenRefused('OTHER_KIND');
    given(rules, [ADDED, FIRST])
      .when({ ...set(), version: '1' } as RuleCommand, known)
      .thenRefused('VERSION_EXISTS');
    given(rules, [ADDED, FIRST]).when(set(), known).thenRefused('ROUTE_ASKS_NOBODY');
    given(rules, [ADDED, FIRST])
      .when(set('ownerSays', 'officeSays', 'originatorSays'), known)
      .thenRefused('NOTHING_CHANGES');
    given(rules, [ADDED, FIRST])
      .when(set('ownerSays'), known)
      .thenEvents([{ type: 'ClosureRouteSet', facts: { version: '2', ...says('ownerSays') } }]);
  });

  it('is refused of a policy that asks nothing', () => {
    const past = [added(POLICY, 'DUE_DATE_POLICY')];
    const asking = (asks: object): RuleCommand => ({ type: 'SetDueDatePolicy', ref: POLICY, ...asks });
    given(rules, past).when(asking({}), known).thenRefused('POLICY_ASKS_NOTHING');
    given(rules, past)
      .when(asking({ dateNeeded: false }), known)
      .thenRefused('POLICY_ASKS_NOTHING');
    given(rules, past)
      .when(asking({ mostExtensions: 0 }), known)
      .thenEvents([{ type: 'DueDatePolicySet', facts: { version: '1', mostExtensions: 0 } }]);
  });

  it('is refused of an opening policy that opens nothing, which the ledger names', () => {
    const ref = 'CGB-opening';
    const past = [added(ref, 'OPENING_POLICY')];
    const opening = (opens: object): RuleCommand => ({ type: 'SetOpeningPolicy', ref, ...opens });
    given(rules, past).when(opening({}), known).thenRefused('POLICY_OPENS_NOTHING', 'decisionsOpenActions');
    given(rules, past)
      .when(opening({ decisionsOpenActions: false, conversionsOpenItems: false }), known)
      .thenRefused('POLICY_OPENS_NOTHING');
    given(rules, past)
      .when(opening({ conversionsOpenItems: true }), known)
      .thenEvents([{ type: 'OpeningPolicySet', facts: { version: '1', conversionsOpenItems: true } }]);
    const add = (more: object = {}): RuleCommand => ({
      type: 'AddRule',
      kind: 'OPENING_POLICY',
      body: 'CGB',
      title: 'x',
      ...more,
    });
    given(rules, [])
      .when(add({ as: 'opening' }), known)
      .thenRefused('NAME_NOT_TAKEN');
    given(rules, [])
      .when({ type: 'AddRule', kind: 'RAG', body: 'CGB', title: 'x', as: 'opening' }, known)
      .thenRefused('RESERVED_NAME');
  });

  it('is taken in force on that day for what it is compared with, not the one set last', () => {
    const past = [added(ALLOWANCE, 'LATE_ALLOWANCE', { register: 'ACTIONS' })];
    const days = (count: number): RuleCommand => ({ type: 'SetLateAllowance', ref: ALLOWANCE, days: count });
    const fourteen: Told = { type: 'LateAllowanceSet', effectiveOn: '2023-04-01', facts: { version: '1', days: 14 } };
    given(rules, [...past, fourteen])
      .when(days(14), known)
      .thenRefused('NOTHING_CHANGES');
    given(rules, [...past, fourteen, ended('2023-05-01')])
      .when(days(14), known)
      .thenEvents([{ type: 'LateAllowanceSet', facts: { version: '2', days: 14 } }]);
  });
});

describe('a scale', () => {
  const scale = (...levels: readonly { level: string; meaning?: string }[]): RuleCommand => ({
    type: 'SetPriorityScale',
    ref: 'JARAP-priorities',
    levels,
  });
  const SCALE = added('JARAP-priorities', 'PRIORITY_SCALE');
  const SCORES = added('JARAP-scores', 'SCORE_SCALE');
  const scoring = (bands: readonly object[], steps = [{ score: 1 }, { score: 2 }]): RuleCommand =>
    ({ type: 'SetScoreScale', ref: 'JARAP-scores', likelihoods: steps, impacts: steps, bands }) as RuleCommand;

  it('holds its levels in clear and their meanings as words, a line for each', () => {
    const [drafted] = given(rules, [SCALE])
      .when(scale({ level: 'Fundamental', meaning: 'Act at once.' }, { level: 'Housekeeping' }), known)
      .thenEvents(['PriorityScaleSet']);
    expect(drafted).toMatchObject({
      facts: { version: '1', levels: [{ level: 'Fundamental' }, { level: 'Housekeeping' }] },
      texts: { levelsMeaning: 'Act at once.\n–' },
    });
  });

  it('keeps in the state where its words stand, by field and column', () => {
    const set_: Told = {
      type: 'PriorityScaleSet',
      facts: { version: '1', levels: [{ level: 'High' }] },
      texts: ['levelsMeaning', 'reason'],
    };
    expect(rule([SCALE, set_]).versions).toEqual([
      {
        ...{ event: 'event-2', version: '1', from: '2023-06-21', content: { levels: [{ level: 'High' }] } },
        why: { event: 'event-2', part: 'text/reason' },
        words: { levels: { meaning: { event: 'event-2', part: 'text/levelsMeaning' } } },
      },
    ]);
  });

  it('is taken anew though its levels are the same, as its words may not be', () => {
    const set_: Told = { type: 'PriorityScaleSet', facts: { version: '1', levels: [{ level: 'High' }] } };
    given(rules, [SCALE, set_])
      .when(scale({ level: 'High', meaning: 'Act.' }), known)
      .thenEvents(['PriorityScaleSet']);
    given(rules, [SCALE, set_])
      .when(scale({ level: 'High' }), known)
      .thenRefused('NOTHING_CHANGES');
  });

  it('has each level, step and band once, and each score in one band at most', () => {
    given(rules, [SCALE])
      .when(scale({ level: 'High' }, { level: 'HIGH' }), known)
      .thenRefused('TWICE', 'levels');
    const low = { band: 'Low', least: 1, most: 2 };
    given(rules, [SCORES])
      .when(scoring([low], [{ score: 1 }, { score: 1 }]), known)
      .thenRefused('TWICE', 'likelihoods');
    given(rules, [SCORES])
      .when(scoring([low, { ...low, least: 3, most: 4 }]), known)
      .thenRefused('TWICE', 'bands');
    given(rules, [SCORES])
      .when(scoring([{ ...low, least: 3 }]), known)
      .thenRefused('UPSIDE_DOWN', 'bands');
    given(rules, [SCORES])
      .when(scoring([low, { band: 'High', least: 2, most: 4 }]), known)
      .thenRefused('BANDS_OVERLAP', 'bands');
    given(rules, [SCORES])
      .when(scoring([low, { band: 'High', least: 3, most: 4 }]), known)
      .thenEvents(['ScoreScaleSet']);
  });

  it('is corrected in its bands, cases and words, and never in what is given by it', () => {
    const paths = (type: keyof typeof rules.correctable) => (rules.correctable[type] ?? []).map(({ path }) => path);
    expect(paths('PriorityScaleSet')).toEqual(['levelsMeaning']);
    expect(paths('GradeScaleSet')).toEqual(['levelsMeaning']);
    expect(paths('ScoreScaleSet')).toEqual(['bands', 'likelihoodsMeaning', 'impactsMeaning']);
    expect(paths('RagRuleSet')).toEqual(['cases', 'casesLabel']);
  });
});

describe('a slip in a rule', () => {
  const noticed = (event: Told) => {
    const told = { ref: 'r', event: pastEvent('rules', event, 2), namesakes: [], links: {} };
    return (rules.notices ?? []).flatMap(({ wants, says: say }) =>
      wants === undefined ? (say(told as unknown as Parameters<typeof say>[0])?.code ?? []) : [],
    );
  };

  it('is a case that nothing reaches', () => {
    const cases = (...all: readonly object[]): Told =>
      ({ type: 'RagRuleSet', facts: { version: '1', cases: all } }) as unknown as Told;
    const open = { colour: 'AMBER', standing: 'OPEN' };
    expect(noticed(cases(open, { ...open, colour: 'RED', pastCurrent: true }))).toEqual(['CASE_UNREACHABLE']);
    expect(noticed(cases({ ...open, colour: 'RED', pastCurrent: true }, open))).toEqual([]);
  });

  it('is a score that would be in no band', () => {
    const scale = (most: number): Told =>
      ({
        type: 'ScoreScaleSet',
        facts: {
          ...{ version: '1', likelihoods: [{ score: 1 }, { score: 2 }], impacts: [{ score: 1 }, { score: 2 }] },
          bands: [{ band: 'All', least: 1, most }],
        },
      }) as unknown as Told;
    expect(noticed(scale(3))).toEqual(['SCORES_WITHOUT_BAND']);
    expect(noticed(scale(4))).toEqual([]);
  });
});

describe('the end of a rule', () => {
  const end: RuleCommand = { type: 'EndRule', ref: ROUTE };

  it('needs a version in force, and a reason', () => {
    given(rules, []).when(end, known).thenRefused('NOT_ADDED');
    given(rules, [ADDED]).when(end, why).thenRefused('NOT_IN_FORCE');
    given(rules, [ADDED, FIRST]).when(end, known).thenRefused('END_NEEDS_REASON');
    given(rules, [ADDED, FIRST])
      .when(end, why)
      .thenEvents([{ type: 'RuleEnded', facts: {} }]);
    given(rules, [ADDED, FIRST, ended('2023-06-30')])
      .when(end, why)
      .thenRefused('NOT_IN_FORCE');
  });
});

describe('a rule', () => {
  it('is changed by the monitoring officer alone, by a correction too', () => {
    expect(new Set(Object.values(rules.mayIssue).map((rule) => JSON.stringify(rule)))).toEqual(
      new Set(['["monitoring-officer"]']),
    );
    expect(rules.mayIssueForRecord).toEqual({ Correct: ['monitoring-officer'] });
  });

  it('is corrected in what a version says, and never in its number, its kind or its body', () => {
    const paths = Object.values(rules.correctable).flatMap((all) => (all ?? []).map(({ path }) => path));
    expect(paths).toEqual(expect.arrayContaining(['title', 'ownerSays', 'mostExtensions', 'days']));
    for (const fixed of ['version', 'kind', 'body', 'ref', 'register']) expect(paths).not.toContain(fixed);
  });

  it('is folded from any of its events, in any order, without an error', () => {
    const all = [ADDED, FIRST, SECOND, ended('2024-01-01')];
    for (const first of all) for (const second of all) expect(() => given(rules, [second, first])).not.toThrow();
    expect(given(rules, [FIRST, ended('2024-01-01')]).state).toEqual({ status: 'NOT_ADDED' });
  });
});

describe('how often a body meets', () => {
  const CADENCE = 'CGB-cadence';
  const set = (effectiveOn: string, facts: object): Told =>
    ({ type: 'CadenceSet', effectiveOn, facts }) as unknown as Told;
  /** The Corporate Governance Board: S0:L109, S1:L1917 and S1:L2545 of the papers of Leicestershire. */
  const PAST = [
    added(CADENCE, 'CADENCE'),
    set('2021-11-17', { version: '1', every: 2, unit: 'MONTHS' }),
    set('2023-01-01', { version: '2', every: 8, unit: 'WEEKS' }),
    set('2023-03-01', { version: '3', every: 4, unit: 'WEEKS' }),
    set('2023-07-17', { version: '4', every: 2, unit: 'MONTHS', months: [{ month: 12 }] }),
  ];
  const cadence = (past: readonly Told[]) => rule(past) as unknown as CadenceLink;

  it.each([
    ['2021-11-16', null],
    ['2022-06-01', 'every 2 months'],
    ['2023-02-28', 'every 8 weeks'],
    ['2023-03-20', 'every 4 weeks'],
    ['2023-07-16', 'every 4 weeks'],
    ['2023-07-17', 'every 2 months'],
  ])('tells which cadence applied on %s', (day, words) => {
    const version = inForceOn(cadence(PAST), day);
    expect(version === null ? null : cadenceInWords(version.content)).toBe(words);
  });

  it('keeps each version with the day from which it applied, whatever came after', () => {
    expect(cadence(PAST).versions.map(({ from, content }) => [from, cadenceInWords(content)])).toEqual([
      ['2021-11-17', 'every 2 months'],
      ['2023-01-01', 'every 8 weeks'],
      ['2023-03-01', 'every 4 weeks'],
      ['2023-07-17', 'every 2 months'],
    ]);
  });

  it('is one of a body, and named by the ledger', () => {
    expect(given(rules, []).when(add({ kind: 'CADENCE', body: 'CGB' }), known).decision).toMatchObject({
      reference: { stem: CADENCE, style: 'EXACT' },
    });
    given(rules, [])
      .when(add({ kind: 'CADENCE', body: 'CGB', as: 'meetings' }), known)
      .thenRefused('NAME_NOT_TAKEN', 'as');
    given(rules, [])
      .when(add({ kind: 'RAG', body: 'CGB', as: 'cadence' }), known)
      .thenRefused('RESERVED_NAME', 'as');
  });

  it('holds the months in clear, and seals what each is for', () => {
    const months = [{ month: 12, purpose: 'Finance only' }, { month: 8 }];
    given(rules, PAST)
      .when({ type: 'SetCadence', ref: CADENCE, every: 2, unit: 'MONTHS', months }, known)
      .thenEvents([
        {
          type: 'CadenceSet',
          facts: { version: '5', every: 2, unit: 'MONTHS', months: [{ month: 12 }, { month: 8 }] },
          texts: { monthsPurpose: 'Finance only\n–' },
        },
      ]);
  });

  it('refuses a month twice, and what the cadence says already', () => {
    const twice = {
      type: 'SetCadence',
      ref: CADENCE,
      every: 4,
      unit: 'WEEKS',
      months: [{ month: 1 }, { month: 1 }],
    } as const;
    given(rules, PAST).when(twice, known).thenRefused('TWICE', 'months');
    given(rules, PAST.slice(0, 4))
      .when({ type: 'SetCadence', ref: CADENCE, every: 4, unit: 'WEEKS' }, known)
      .thenRefused('NOTHING_CHANGES');
    given(rules, [ADDED])
      .when({ type: 'SetCadence', ref: ROUTE, every: 4, unit: 'WEEKS' }, known)
      .thenRefused('OTHER_KIND');
  });
});
