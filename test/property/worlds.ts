import fc from 'fast-check';
import { visibleEvents, type Audience } from '../../libs/access/index.ts';
import {
  addDays,
  instantOf,
  millisecondsOf,
  OFFICIAL_OPEN,
  type JsonObject,
  type JsonValue,
} from '../../libs/ledger/index.ts';
import { REGISTERS } from '../../libs/registers/index.ts';
import type { ComparedBases, KnownEvent, Telling, World } from '../../libs/timeline/index.ts';
import {
  ACTION_WORDS,
  DAYS,
  FIRST_DAY,
  histories,
  MEETING_WORDS,
  POST_WORDS,
  RECOMMENDATION_WORDS,
  type Vocabulary,
} from './histories.ts';

/* Histories of several records that turn on each other: what is due at a meeting that moves, scored by a scale that changes, closed by a route. */

const MEETING = 'CGB-2023-04-19';
const SCALE = 'FIRM-risks';

const DUE_AT_MEETING: Vocabulary = {
  ...ACTION_WORDS,
  following: [
    ...ACTION_WORDS.following,
    { type: 'DueDateExtended', facts: { due: { meeting: MEETING } } },
    { type: 'DueDateExtended', facts: { due: { on: '2023-04-02' } } },
    { type: 'ActionDeferred', facts: { meeting: MEETING } },
    { type: 'ActionMerged', facts: { into: 'CGB-2023-04-A2' } },
    { type: 'ActionWithdrawn', facts: {} },
    { type: 'ActionReassigned', facts: { owner: 'chief-constable' } },
  ],
  corrections: [...ACTION_WORDS.corrections, { path: 'due', is: { meeting: MEETING } }],
};

const DUE_RECOMMENDATION: Vocabulary = {
  ...RECOMMENDATION_WORDS,
  following: [
    ...RECOMMENDATION_WORDS.following,
    { type: 'RecommendationDueDateMoved', facts: { due: { meeting: MEETING } } },
    { type: 'RiskAccepted', facts: { until: '2023-04-10' } },
  ],
  corrections: [...RECOMMENDATION_WORDS.corrections, { path: 'until', is: '2023-04-05' }],
};

const RISK_WORDS: Vocabulary = {
  register: 'risks',
  opening: {
    type: 'RiskProposed',
    facts: { ref: 'CGB-R1', body: 'CGB', register: 'FORCE', kind: 'THREAT', owner: 'force-lead' },
  },
  following: [
    { type: 'RiskRegistered', facts: {} },
    { type: 'RiskAllocated', facts: { owner: 'performance-lead' } },
    ...[1, 3, 5].map((likelihood) => ({
      type: 'RiskScored',
      facts: { of: 'CURRENT', rule: SCALE, version: '1', likelihood, impact: 4 },
    })),
    {
      type: 'RiskScored',
      facts: { of: 'TARGET', rule: SCALE, version: '1', likelihood: 2, impact: 2, targetOn: '2023-04-30' },
    },
    { type: 'RiskReviewed', facts: {} },
    { type: 'RiskAppetiteSet', facts: { rule: SCALE, version: '1', most: 8 } },
    { type: 'RiskControlAdded', facts: { kind: 'ADDITIONAL', targetOn: '2023-04-03' } },
    { type: 'RiskControlAdded', facts: { kind: 'EXISTING' } },
    { type: 'RiskControlAssured', facts: { control: 'e3', line: 'THIRD', opinion: 'SUBSTANTIAL' } },
    { type: 'RiskControlReported', facts: { control: 'e3', standing: 'IN_PLACE' } },
    { type: 'RiskAcceptanceGranted', facts: { until: '2023-04-08' } },
    { type: 'RiskEscalated', facts: { register: 'JOINT' } },
    { type: 'RiskDeescalated', facts: { register: 'FORCE' } },
    { type: 'RiskClosed', facts: {} },
    { type: 'RiskReopened', facts: {} },
  ],
  corrections: [{ path: 'likelihood', is: 2 }, { path: 'until', is: '2023-04-12' }, { path: 'title' }],
};

const ITEM_WORDS: Vocabulary = {
  register: 'forward-plan',
  opening: {
    type: 'ForwardPlanItemSuggested',
    facts: { ref: 'CGB-F1', body: 'CGB', recurrence: 'NONE', purpose: 'DECISION', plannedFor: { on: '2023-04-19' } },
  },
  following: [
    { type: 'ForwardPlanItemRevised', facts: { sponsor: 'force-lead' } },
    { type: 'ForwardPlanItemScheduled', facts: { plannedFor: { meeting: MEETING }, paperDueOn: '2023-04-05' } },
    {
      type: 'ForwardPlanItemScheduled',
      facts: { plannedFor: { dated: { how: 'between', from: '2023-04-01', to: '2023-04-30' } } },
    },
    { type: 'ForwardPlanPaperCommissioned', facts: { paperDueOn: '2023-04-07' } },
    { type: 'ForwardPlanPaperReceived', facts: {} },
    { type: 'ForwardPlanItemPresented', facts: { meeting: MEETING } },
    { type: 'ForwardPlanItemDeferred', facts: { plannedFor: { meeting: MEETING } } },
    { type: 'ForwardPlanItemDropped', facts: {} },
  ],
  corrections: [{ path: 'paperDueOn', is: '2023-04-02' }, { path: 'sponsor', is: 'finance-lead' }, { path: 'title' }],
};

const DECISION_WORDS: Vocabulary = {
  register: 'decisions',
  opening: {
    type: 'DecisionProposed',
    facts: { ref: 'CGB-2023-04-D1', body: 'CGB', maker: 'BODY', due: { meeting: MEETING } },
  },
  following: [
    { type: 'DecisionDrafted', facts: {} },
    { type: 'DecisionAdvised', facts: { adviceOn: 'FINANCE', applies: true } },
    { type: 'DecisionDelegated', facts: { delegate: 'force-lead' } },
    { type: 'DecisionMade', facts: {} },
    { type: 'DecisionDeferred', facts: { due: { on: '2023-04-06' } } },
    { type: 'DecisionConditionSet', facts: { targetOn: '2023-04-04', owner: 'force-lead' } },
    { type: 'DecisionRecorded', facts: { publicInterest: true } },
    { type: 'DecisionRevoked', facts: {} },
  ],
  corrections: [{ path: 'due', is: { on: '2023-04-01' } }, { path: 'title' }],
};

const DOCUMENT_WORDS: Vocabulary = {
  register: 'documents',
  opening: {
    type: 'DocumentRecorded',
    facts: { ref: 'HMICFRS-D1', body: 'HMICFRS', kind: 'INSPECTION_REPORT', version: '1', date: '2023-03-20' },
  },
  following: [
    { type: 'DocumentVersionAdded', facts: { version: '2', date: '2023-04-01' } },
    { type: 'DocumentRedacted', facts: { version: '1' } },
    { type: 'DocumentWithdrawn', facts: {} },
    { type: 'DocumentReplaced', facts: { supersededBy: 'HMICFRS-D2' } },
    { type: 'DocumentRetained', facts: { until: '2030-01-01' } },
  ],
  corrections: [{ path: 'date', is: '2023-03-21' }, { path: 'title' }],
};

const axis = [1, 2, 3, 4, 5].map((score) => ({ score }));
const bands = (most: number) => [
  { band: 'Low', least: 1, most, reviewMonths: 1 },
  { band: 'High', least: most + 1, most: 25, reviewMonths: 2 },
];

const SCALE_WORDS: Vocabulary = {
  register: 'rules',
  opening: { type: 'RuleAdded', facts: { ref: SCALE, kind: 'SCORE_SCALE', body: 'FIRM' } },
  following: [
    { type: 'ScoreScaleSet', facts: { version: '1', likelihoods: axis, impacts: axis, bands: bands(8) } },
    { type: 'ScoreScaleSet', facts: { version: '2', likelihoods: axis, impacts: axis, bands: bands(15) } },
    { type: 'RuleEnded', facts: {} },
  ],
  corrections: [{ path: 'bands', is: bands(11) }, { path: 'title' }],
};

const ROUTE_WORDS: Vocabulary = {
  register: 'rules',
  opening: { type: 'RuleAdded', facts: { ref: 'HMICFRS-closure', kind: 'CLOSURE_ROUTE', body: 'HMICFRS' } },
  following: [
    ['1', true, false],
    ['2', true, true],
  ].map(([version, ownerSays, officeSays]) => ({
    type: 'ClosureRouteSet',
    facts: { version, ownerSays, officeSays, auditorSays: false, originatorSays: false } as JsonObject,
  })),
  corrections: [{ path: 'officeSays', is: true }, { path: 'title' }],
};

const RAG_WORDS: Vocabulary = {
  register: 'rules',
  opening: { type: 'RuleAdded', facts: { ref: 'CGB-rag', kind: 'RAG', body: 'CGB' } },
  following: [
    {
      type: 'RagRuleSet',
      facts: {
        version: '1',
        cases: [
          { standing: 'CLOSED', colour: 'GREEN' },
          { pastCurrent: true, colour: 'RED' },
        ],
      },
    },
    { type: 'RagRuleSet', facts: { version: '2', cases: [{ colour: 'AMBER' }] } },
    { type: 'RuleEnded', facts: {} },
  ],
  corrections: [{ path: 'title' }],
};

const CADENCE_WORDS: Vocabulary = {
  register: 'rules',
  opening: { type: 'RuleAdded', facts: { ref: 'CGB-cadence', kind: 'CADENCE', body: 'CGB' } },
  following: [
    { type: 'CadenceSet', facts: { version: '1', every: 2, unit: 'MONTHS' } },
    { type: 'CadenceSet', facts: { version: '2', every: 26, unit: 'WEEKS' } },
    { type: 'RuleEnded', facts: {} },
  ],
  corrections: [{ path: 'every', is: 1 }, { path: 'title' }],
};

/** A record of each register that is compared, and the records that it turns on. */
export const SUBJECTS: { readonly [name: string]: readonly [Vocabulary, ...Vocabulary[]] } = {
  action: [DUE_AT_MEETING, MEETING_WORDS, POST_WORDS],
  recommendation: [DUE_RECOMMENDATION, MEETING_WORDS, ROUTE_WORDS, RAG_WORDS],
  risk: [RISK_WORDS, SCALE_WORDS],
  'forward plan item': [ITEM_WORDS, MEETING_WORDS, CADENCE_WORDS],
  decision: [DECISION_WORDS, MEETING_WORDS],
  meeting: [MEETING_WORDS],
  document: [DOCUMENT_WORDS],
  post: [POST_WORDS],
  rule: [SCALE_WORDS],
};

/** One record of a world. */
export interface WorldRecord {
  readonly register: Telling;
  readonly ref: string;
  readonly body: string;
  readonly events: readonly KnownEvent[];
}

/** Histories of the records of a subject, interleaved in one ledger, as one audience may see them. */
export function worlds(subject: string, maxLength = 12): fc.Arbitrary<readonly WorldRecord[]> {
  return worldsOf(SUBJECTS[subject]!, maxLength);
}

/** The same, in other words. */
export function worldsOf(words: readonly [Vocabulary, ...Vocabulary[]], maxLength = 12) {
  const each = words.map((one, index) => histories(one, index === 0 ? maxLength : 6));
  const audience = fc.constantFrom<Audience>('full', 'full', 'full', 'full', 'official', 'public');
  return fc.tuple(fc.tuple(...each), audience).map(([all, reader]) => {
    const own = all.map((events, index) => settled(words[index]!, events).map((event) => called(event, String(index))));
    const log = own
      .flat()
      .map((event, index) => ({ event, index }))
      // Each history is in the order of its own log already.
      .sort((a, b) =>
        a.event.recordedAt < b.event.recordedAt ? -1 : a.event.recordedAt > b.event.recordedAt ? 1 : a.index - b.index,
      );
    const places = new Map(log.map(({ event }, place) => [event.id, 3 * place + 1]));
    return words.map((one, index): WorldRecord => {
      const events = own[index]!.map((event) => ({ ...event, sequence: places.get(event.id)! }));
      return {
        register: REGISTERS.find(({ name }) => name === one.register) as unknown as Telling,
        ref: one.opening.facts['ref'] as string,
        body: (one.opening.facts['body'] as string | undefined) ?? '',
        events: visibleEvents(events, reader),
      };
    });
  });
}

/** So many of the facts that may follow take effect on the first days, so that most worlds have something in them that can change. */
const SETTLED: { readonly [register: string]: number } = { rules: 1, risks: 3, actions: 1, 'forward-plan': 2 };

/** A history that begins on the first day, in the open, with the first facts that may follow. */
function settled(words: Vocabulary, [opening, ...rest]: readonly KnownEvent[]): readonly KnownEvent[] {
  const { dated: _, ...first } = { ...opening!, effectiveOn: FIRST_DAY, marking: OFFICIAL_OPEN };
  const many = SETTLED[words.register] ?? 0;
  const facts = words.following.slice(0, many).map(({ type, facts: said }, index): KnownEvent => {
    const { stated: __, before: ___, ...plain } = first;
    const effectiveOn = addDays(FIRST_DAY, index + 1);
    return { ...plain, id: `s${index + 1}`, type, facts: said, texts: {}, version: index + 2, effectiveOn };
  });
  return restoring([first, ...facts, ...rest.map((event) => ({ ...event, version: event.version + many }))]);
}

/** What is restored is what was voided last, or nothing would come back. */
function restoring(events: readonly KnownEvent[]): readonly KnownEvent[] {
  return events.map((event, index) => {
    const voided = events.slice(0, index).findLast(({ type }) => type === 'Voided');
    return event.type !== 'Restored' || voided === undefined
      ? event
      : { ...event, facts: { ...event.facts, target: voided.facts['target'] as string } };
  });
}

/** An event of a world: its id, and those that it names, are of its record. */
function called(event: KnownEvent, record: string): KnownEvent {
  const of = (id: string) => `${record}${id}`;
  const { target, control } = event.facts as { readonly target?: string; readonly control?: string };
  return {
    ...event,
    id: of(event.id),
    stream: `${event.register}-${record}`,
    ...(event.before === undefined ? {} : { before: of(event.before) }),
    facts: {
      ...event.facts,
      ...(target === undefined ? {} : { target: of(target) }),
      ...(control === undefined ? {} : { control: of(control) }),
    },
    texts: Object.fromEntries(
      Object.entries(event.texts).map(([field, text]) => [field, { ...text!, event: of(event.id) }]),
    ),
  };
}

/** Members that hold references of the records of these worlds. */
const LINKS = ['meeting', 'rule', 'owner', 'body', 'originator', 'sponsor', 'delegate', 'to'];

/** The same value without those of its links that lead nowhere. */
export function withoutLinksTo<Value>(value: Value, isNothing: (ref: string) => boolean): Value {
  const stripped = (one: JsonValue, name: string): JsonValue | undefined => {
    if (typeof one === 'string') return LINKS.includes(name) && isNothing(one) ? undefined : one;
    if (Array.isArray(one)) return (one as readonly JsonValue[]).flatMap((each) => stripped(each, name) ?? []);
    if (typeof one !== 'object' || one === null) return one;
    const members = Object.entries(one as JsonObject).flatMap(([key, member]) => {
      const kept = member === undefined ? undefined : stripped(member, key);
      return kept === undefined ? [] : [[key, kept] as const];
    });
    return Object.fromEntries(members);
  };
  return stripped(value as JsonValue, '') as Value;
}

/** The world as comparing is given it. */
export function worldOf(records: readonly WorldRecord[]): World {
  return {
    registers: REGISTERS,
    eventsOf: (register, ref) => records.find((one) => one.register.name === register && one.ref === ref)?.events ?? [],
    refsOfBody: (register, body) =>
      records.flatMap((one) => (one.register.name === register && one.body === body ? one.ref : [])),
    mistaken: records.flatMap(({ register, ref, events }) => {
      const opening = events.find(({ version }) => version === 1)?.id;
      const isVoid = events.some(({ type, facts }) => type === 'Voided' && facts['target'] === opening);
      return isVoid ? [{ register: register.name, ref }] : [];
    }),
    withoutLinksTo,
  };
}

/** A basis that lies beside an event of the world, or anywhere. */
const basisArbitrary = fc.record({
  day: fc.integer({ min: -1, max: DAYS + 10 }),
  event: fc.nat({ max: 1000 }),
  by: fc.constantFrom('DAY', 'EVENT', 'END'),
  beside: fc.integer({ min: -1, max: 1 }),
  pinned: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat({ max: 1000 }) }),
});

type Chosen = typeof basisArbitrary extends fc.Arbitrary<infer T> ? T : never;
type Basis = ComparedBases['before'];

/** So many bases of a world, each no earlier than the one before it in any way. */
export const chosenBases = (many: number) => fc.array(basisArbitrary, { minLength: many, maxLength: many });

export function basesOf(records: readonly WorldRecord[], chosen: readonly Chosen[]): readonly Basis[] {
  const log = records.flatMap(({ events }) => events).sort((a, b) => a.sequence - b.sequence);
  const each = chosen.map(({ day, event: which, by, beside, pinned }): Basis => {
    const event = log[which % Math.max(log.length, 1)];
    const known = event === undefined ? '2023-04-01T00:00:00.000Z' : event.recordedAt;
    const last = log.at(-1);
    return {
      effective: event === undefined || by === 'DAY' ? addDays(FIRST_DAY, day) : addDays(event.effectiveOn, beside),
      recorded: by === 'END' ? (last?.recordedAt ?? known) : instantOf(millisecondsOf(known) + beside),
      sequence: pinned === null ? 1_000_000 : (log[pinned % Math.max(log.length, 1)]?.sequence ?? 1_000_000),
    };
  });
  const sorted = <Value>(values: readonly Value[]) => values.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const days = sorted(each.map(({ effective }) => effective));
  const instants = sorted(each.map(({ recorded }) => recorded));
  const sequences = sorted(each.map(({ sequence }) => sequence));
  return each.map((_, index) => ({
    effective: days[index]!,
    recorded: instants[index]!,
    sequence: sequences[index]!,
  }));
}
