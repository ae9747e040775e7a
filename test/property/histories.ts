import fc from 'fast-check';
import {
  addDays,
  commonKinds,
  instantOf,
  kind,
  OFFICIAL_OPEN,
  type CivilDate,
  type CommonFact,
  type Instant,
  type JsonObject,
  type Marking,
  type RecordEvent,
  type Refusal,
  type Register,
  type TextRef,
} from '../../libs/ledger/index.ts';
import type { KnownEvent } from '../../libs/timeline/index.ts';

/** A small register whose state tells every fact that was folded, in its order: no mistake of order or choice can hide. */
export type PledgeEvent =
  | RecordEvent<
      'PledgeMade',
      { readonly ref: string; readonly due?: { readonly on?: CivilDate } & JsonObject },
      'title'
    >
  | RecordEvent<'PledgeMoved', { readonly level: number }, 'why'>
  | RecordEvent<'PledgeNoted', Record<string, never>, never>
  | RecordEvent<'PledgeKept', Record<string, never>, never>
  | CommonFact;

export type PledgeState =
  | { readonly status: 'NOT_MADE' }
  | {
      readonly status: 'OPEN' | 'KEPT';
      readonly ref: string;
      readonly title: TextRef | null;
      readonly due: CivilDate | null;
      readonly level: number;
      readonly steps: readonly string[];
    };

const NOT_MADE: PledgeState = { status: 'NOT_MADE' };

export const pledges: Register<PledgeState, PledgeEvent> = {
  name: 'pledges',
  singular: 'pledge',
  kinds: [
    kind('pledges', 'PledgeMade', 1, { texts: ['title'] }),
    kind('pledges', 'PledgeMoved', 2, { texts: ['why'] }),
    kind('pledges', 'PledgeNoted', 1),
    kind('pledges', 'PledgeKept', 1),
    ...commonKinds('pledges'),
  ],
  opening: ['PledgeMade'],
  initial: NOT_MADE,
  evolve(state, event) {
    if (event.type === 'PledgeMade') {
      if (state.status !== 'NOT_MADE') return state;
      const { ref, due } = event.facts;
      const title = event.texts.title ?? null;
      return {
        status: 'OPEN',
        ref,
        title,
        due: due?.on ?? null,
        level: 0,
        steps: [`${event.id}@${event.effectiveOn}`],
      };
    }
    if (state.status === 'NOT_MADE') return state;
    const steps = [...state.steps, `${event.id}@${event.effectiveOn}`];
    if (event.type === 'PledgeMoved') return { ...state, level: event.facts.level, steps };
    if (event.type === 'PledgeKept') return { ...state, status: 'KEPT', steps };
    return state;
  },
  mayFollow(state, event): Refusal | null {
    if (event.type === 'PledgeMade') {
      return state.status === 'NOT_MADE' ? null : { code: 'MADE_ALREADY', sentence: 'This pledge is made already.' };
    }
    if (state.status === 'OPEN') return null;
    return { code: 'NOT_OPEN', sentence: 'This pledge is not open.' };
  },
  decide: () => ({ events: [] }),
  declared: {},
  mayIssue: {},
  opens: [],
  links: () => [],
  // Schema 1 of PledgeMoved held the level in words' stead as `to`.
  upcast(event, to = 2) {
    if (event.type !== 'PledgeMoved' || event.schema >= to) return event as PledgeEvent;
    const { to: level, ...facts } = event.facts;
    return { ...event, schema: 2, facts: { ...facts, level: level ?? 0 } } as PledgeEvent;
  },
  correctable: {},
  disputable: ['due'],
  linesAt: () => false,
  lists: {},
  lateAfterDays: 7,
  ownersOf: () => [],
  refOf: (state) => (state.status === 'NOT_MADE' ? null : state.ref),
  seriesOf: () => null,
  refusals: { MADE_ALREADY: 'This pledge is made already.', NOT_OPEN: 'This pledge is not open.' },
};

export const FIRST_DAY: CivilDate = '2023-03-20';
/** Days over which random facts take effect. British Summer Time begins within them. */
export const DAYS = 30;

const dayArbitrary = fc.integer({ min: 0, max: DAYS }).map((days) => addDays(FIRST_DAY, days));

/** What the actions register and the toy have in common for a generator: types that open, types that follow, values to correct. */
export interface Vocabulary {
  readonly register: string;
  /** `text`: the field that carries its words. Default: `title`. */
  readonly opening: { readonly type: string; readonly facts: JsonObject; readonly text?: string };
  readonly following: readonly { readonly type: string; readonly facts: JsonObject; readonly schema?: number }[];
  readonly corrections: readonly { readonly path: string; readonly is?: JsonObject[string] }[];
}

export const PLEDGE_WORDS: Vocabulary = {
  register: 'pledges',
  opening: { type: 'PledgeMade', facts: { ref: 'P1', due: { on: '2023-06-30' } } },
  following: [
    { type: 'PledgeMoved', facts: { to: 3 }, schema: 1 },
    { type: 'PledgeMoved', facts: { level: 4 }, schema: 2 },
    { type: 'PledgeNoted', facts: {} },
    { type: 'PledgeKept', facts: {} },
  ],
  corrections: [
    { path: 'level', is: 7 },
    { path: 'due.on', is: '2023-07-31' },
    { path: 'due', is: null },
    { path: 'title' },
  ],
};

/** What every register has, and the toy, which is no register in use, has not. */
const LINKS: Vocabulary['following'] = [
  { type: 'Linked', facts: { to: 'CGB-2023-03-A9', as: 'FOLLOWS_FROM' } },
  { type: 'Linked', facts: { to: 'CGB-2023-03-A9', as: 'IS_ABOUT' } },
  { type: 'Linked', facts: { to: 'CGB-2023-03-20', as: 'IS_ABOUT' } },
  { type: 'Unlinked', facts: { to: 'CGB-2023-03-A9', as: 'FOLLOWS_FROM' } },
];

function onceIn<T>(times: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.oneof({ weight: times - 1, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });
}

/** The same for the register of actions, so that what is proven of the toy is seen to hold of a register in use. */
export const ACTION_WORDS: Vocabulary = {
  register: 'actions',
  opening: {
    type: 'ActionRaised',
    facts: { ref: 'CGB-2023-04-A1', body: 'CGB', owner: 'force-lead', due: { on: '2023-06-30' } },
  },
  following: [
    { type: 'ActionAgreed', facts: {} },
    { type: 'UpdateGiven', facts: {} },
    { type: 'DueDateExtended', facts: { due: { on: '2023-09-25' } } },
    { type: 'ActionReassigned', facts: { owner: 'performance-lead' } },
    { type: 'ActionReportedComplete', facts: {} },
    { type: 'ActionReturned', facts: {} },
    { type: 'ActionSignedOff', facts: {} },
    { type: 'ActionReopened', facts: {} },
  ],
  corrections: [{ path: 'due.on', is: '2023-07-31' }, { path: 'owner', is: 'finance-lead' }, { path: 'title' }],
};

/** A meeting: what it says of itself can come back to what it said before, so that neighbours in time are alike. */
export const MEETING_WORDS: Vocabulary = {
  register: 'meetings',
  opening: {
    type: 'MeetingScheduled',
    facts: { ref: 'CGB-2023-04-19', body: 'CGB', session: 'OPEN', on: '2023-04-19' },
  },
  following: [
    { type: 'MeetingCancelled', facts: {} },
    { type: 'MeetingPostponed', facts: { to: '2023-05-03' } },
    { type: 'MeetingPostponed', facts: {} },
    { type: 'MeetingHeld', facts: { on: '2023-04-19' } },
    { type: 'ItemMinuted', facts: { item: '5(iii)', session: 'OPEN', promise: true, owner: 'chief-constable' } },
  ],
  corrections: [{ path: 'on', is: '2023-04-20' }, { path: 'title' }],
};

/** A post of the directory and who holds it. */
export const POST_WORDS: Vocabulary = {
  register: 'directory',
  opening: { type: 'PostAdded', facts: { ref: 'chief-constable', body: 'CGB', capacity: 'force-lead' }, text: 'name' },
  following: [
    { type: 'HolderAppointed', facts: { person: 'person-aaaaa', interim: false, shared: false } },
    { type: 'HolderAppointed', facts: { person: 'person-bbbbb', interim: true, shared: true } },
    { type: 'HolderAppointed', facts: { person: 'person-ccccc', until: '2023-04-30', interim: false, shared: false } },
  ],
  corrections: [{ path: 'capacity', is: 'commissioner' }, { path: 'person', is: 'person-ddddd' }, { path: 'name' }],
};

export const MARKINGS: readonly Marking[] = [
  OFFICIAL_OPEN,
  { classification: 'OFFICIAL', sensitive: true, session: 'OPEN' },
  { classification: 'OFFICIAL', sensitive: false, session: 'CLOSED' },
];

const stepArbitrary = fc.record({
  what: fc.oneof(
    { weight: 10, arbitrary: fc.constant('OWN' as const) },
    { weight: 3, arbitrary: fc.constant('Corrected' as const) },
    { weight: 3, arbitrary: fc.constantFrom('CorrectedDay' as const, 'CorrectedSpan' as const) },
    { weight: 3, arbitrary: fc.constantFrom('Voided' as const, 'Restored' as const) },
    { weight: 2, arbitrary: fc.constantFrom('OtherwiseStated' as const, 'OPENING' as const) },
    { weight: 2, arbitrary: fc.constantFrom('Published' as const, 'Marked' as const) },
    { weight: 2, arbitrary: fc.constantFrom('LINKS' as const, 'NAMES' as const) },
  ),
  marking: onceIn(5, fc.constantFrom(...MARKINGS)),
  choice: fc.nat({ max: 1000 }),
  effectiveOn: dayArbitrary,
  /** Most facts come in order, three to a day. */
  inOrder: fc.integer({ min: 0, max: 3 }).map((n) => n > 0),
  target: fc.nat({ max: 1000 }),
  dated: onceIn(3, fc.record({ back: onceIn(2, fc.integer({ min: -1, max: 12 })) })),
  before: onceIn(7, fc.nat({ max: 1000 })),
  stated: onceIn(2, dayArbitrary),
  /** Minutes that the writer's clock went forward, or back. */
  ticked: fc.integer({ min: -2000, max: 6000 }),
  gap: fc.integer({ min: 1, max: 3 }),
});

type Step = typeof stepArbitrary extends fc.Arbitrary<infer T> ? T : never;

/** Random histories of one record: late entries, corrections, voids, restorations, spans, `before`, stated days, a clock that jumps. */
export function histories(words: Vocabulary, maxLength = 14): fc.Arbitrary<readonly KnownEvent[]> {
  return fc.array(stepArbitrary, { minLength: 1, maxLength }).map((steps) => historyOf(words, steps));
}

function historyOf(words: Vocabulary, steps: readonly Step[]): readonly KnownEvent[] {
  const events: KnownEvent[] = [];
  let sequence = 0;
  let minutes = 0;
  let recordedAt: Instant = '';
  steps.forEach((step, index) => {
    sequence += step.gap;
    minutes += step.ticked;
    const stamped = instantOf(Date.UTC(2023, 3, 1) + minutes * 60_000);
    recordedAt = stamped > recordedAt ? stamped : recordedAt;
    const id = `e${index + 1}`;
    // Now and then it names itself or an event still to come: of a partial history, everything may be asked.
    const target = `e${1 + (step.target % (index + 2))}`;
    const effectiveOn = step.inOrder ? addDays(FIRST_DAY, Math.floor(index / 3) * 4) : step.effectiveOn;
    const named = step.before === null ? undefined : step.before % (index + 2);
    // A fact before another is of the same day, or the word has no meaning.
    const day = named === undefined ? effectiveOn : (events[named]?.effectiveOn ?? effectiveOn);
    const { texts, ...about } = contentOf(words, step, index, id, target);
    events.push({
      id,
      register: words.register,
      schema: 1,
      stream: `${words.register}-1`,
      version: index + 1,
      sequence,
      stamped,
      recordedAt,
      effectiveOn: day,
      ...(step.stated === null ? {} : { stated: step.stated }),
      ...(step.dated === null ? {} : { dated: spanOf(day, step.dated.back) }),
      ...(named === undefined ? {} : { before: `e${named + 1}` }),
      marking: step.marking ?? OFFICIAL_OPEN,
      texts: texts ?? {},
      actor: { enteredBy: { post: 'opcc-officer' } },
      ...about,
    });
  });
  return events;
}

function spanOf(to: CivilDate, back: number | null) {
  return back === null ? { to, how: 'by' as const } : { from: addDays(to, -back), to, how: 'between' as const };
}

function contentOf(
  words: Vocabulary,
  step: Step,
  index: number,
  id: string,
  target: string,
): { type: string; facts: JsonObject; schema?: number; texts?: { [field: string]: TextRef } } {
  const correction = (path: string, is?: JsonObject[string]) => ({
    type: 'Corrected',
    facts: { target, schema: words.register === 'pledges' ? 2 : 1, path, ...(is === undefined ? {} : { is }) },
    texts: is === undefined ? { is: { event: id, part: 'text/is' as const } } : {},
  });
  const chosen = <T>(from: readonly T[]): T => from[step.choice % from.length] as T;
  if (index === 0 || step.what === 'OPENING') {
    const { type, facts, text = 'title' } = words.opening;
    return { type, facts, texts: { [text]: { event: id, part: `text/${text}` } } };
  }
  switch (step.what) {
    case 'OWN':
      return chosen(words.following);
    case 'LINKS':
      return words.register === 'pledges' ? chosen(words.following) : chosen(LINKS);
    case 'NAMES':
      if (words.register === 'pledges') return chosen(words.following);
      return step.choice % 3 === 0
        ? { type: 'NameWithdrawn', facts: { target } }
        : { type: 'Named', facts: {}, texts: { name: { event: id, part: 'text/name' } } };
    case 'Corrected': {
      const { path, is } = chosen(words.corrections);
      return correction(path, is);
    }
    case 'CorrectedDay':
      return correction('effectiveOn', step.effectiveOn);
    case 'CorrectedSpan':
      return correction('dated', step.dated === null ? null : { ...spanOf(step.effectiveOn, step.dated.back) });
    case 'OtherwiseStated':
      return {
        type: step.what,
        facts: { ...(step.choice % 2 === 0 ? { target } : {}), path: 'due', says: step.choice },
      };
    case 'Published':
      return { type: step.what, facts: {} };
    case 'Marked':
      return {
        type: step.what,
        facts: { ...(step.choice % 4 === 0 ? {} : { target }), to: { ...MARKINGS[step.choice % 3]! } },
      };
    default:
      return { type: step.what, facts: { target: step.choice % 3 === 0 ? 'e1' : target } };
  }
}
