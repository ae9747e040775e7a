import fc from 'fast-check';
import {
  addDays,
  BEGINNING_OF_DAYS,
  instantOf,
  millisecondsOf,
  type CivilDate,
  type RecordEvent,
} from '../../libs/ledger/index.ts';
import { actions } from '../../libs/registers/actions/index.ts';
import { directory } from '../../libs/registers/directory/index.ts';
import { meetings } from '../../libs/registers/meetings/index.ts';
import { recommendations } from '../../libs/registers/recommendations/index.ts';
import {
  amend,
  contains,
  createTimeline,
  END_OF_SEQUENCE,
  isAbsent,
  knownAt,
  naiveSnapshot,
  snapshotOf,
  type Foldable,
  type KnownEvent,
  type Rectangle,
  type RecordingClock,
  type RecordTimeline,
  type Snapshot,
} from '../../libs/timeline/index.ts';
import {
  ACTION_WORDS,
  DAYS,
  FIRST_DAY,
  histories,
  MEETING_WORDS,
  PLEDGE_WORDS,
  pledges,
  POST_WORDS,
  RECOMMENDATION_WORDS,
  type Vocabulary,
} from './histories.ts';
import { faultsOf } from './one-answer-everywhere.ts';
import { Table, toldOf, type Told } from './told.ts';

const SEED = 20231009;
/** Histories of each property below. More by hand: `HISTORIES=5000`. */
const NUM_RUNS = Number(process.env['HISTORIES'] ?? 60);
type Whose = readonly [Foldable<unknown, RecordEvent>, Vocabulary];
const REGISTERS = {
  pledges: [pledges, PLEDGE_WORDS],
  actions: [actions, ACTION_WORDS],
  meetings: [meetings, MEETING_WORDS],
  directory: [directory, POST_WORDS],
  recommendations: [recommendations, RECOMMENDATION_WORDS],
} as unknown as Readonly<Record<'pledges' | 'actions' | 'meetings' | 'directory' | 'recommendations', Whose>>;
const CLOCKS: readonly RecordingClock[] = ['PROVEN', 'STATED'];

interface Basis {
  readonly effective: CivilDate;
  readonly recorded: string;
  readonly clock: RecordingClock;
  readonly sequence: number;
}
// A mutation control is a variant of one of these, given to the same property.
type MakeTimeline = <State, Event extends RecordEvent>(
  register: Foldable<State, Event>,
  clock: RecordingClock,
) => RecordTimeline<State>;
type Tell = <State, Event extends RecordEvent>(
  register: Foldable<State, Event>,
  clock: RecordingClock,
  events: readonly KnownEvent[],
) => Told<State>;
type Answer = <State, Event extends RecordEvent>(
  register: Foldable<State, Event>,
  events: readonly KnownEvent[],
  at: Basis,
) => Snapshot<State>;

/** Every place at which an answer could change, and those beside it. */
function bases(events: readonly KnownEvent[], clock: RecordingClock): fc.Arbitrary<Basis> {
  const instants = events.flatMap(({ recordedAt }) =>
    [-1, 0, 1].map((ms) => instantOf(millisecondsOf(recordedAt) + ms)),
  );
  const statedInstants = events.flatMap(({ stated }) =>
    stated === undefined
      ? []
      : [`${addDays(stated, -1)}T23:00:00.000Z`, `${stated}T00:00:00.000Z`, `${stated}T12:00:00.000Z`],
  );
  return fc.record({
    effective: fc.oneof(
      fc.integer({ min: -14, max: DAYS + 2 }).map((days) => addDays(FIRST_DAY, days)),
      fc.constant(BEGINNING_OF_DAYS),
    ),
    recorded: fc.constantFrom(...instants, ...statedInstants),
    clock: fc.constant(clock),
    sequence: fc.constantFrom(...events.map(({ sequence }) => sequence), END_OF_SEQUENCE - 1),
  });
}

/** The answers at a basis: on the proven clock the instant is first turned into a number in the ledger. */
function lookUp<State>({ states, caveats }: Told<State>, events: readonly KnownEvent[], at: Basis) {
  const recorded = events.filter(({ recordedAt }) => recordedAt <= at.recorded).map(({ sequence }) => sequence);
  const sequence = at.clock === 'STATED' ? at.sequence : Math.min(at.sequence, Math.max(0, ...recorded));
  const place = { effective: at.effective, known: at.recorded, sequence };
  const holding = caveats.filter((caveat) => contains(caveat, place)).map(({ value }) => value);
  return states.filter((state) => contains(state, place)).map(({ value }) => snapshotOf(value, holding));
}

function historiesWithBases(words: Vocabulary, clock: RecordingClock) {
  return histories(words).chain((events) =>
    fc.record({ events: fc.constant(events), at: fc.array(bases(events, clock), { minLength: 20, maxLength: 40 }) }),
  );
}

function rectanglesAreTheNaiveFold<State, Event extends RecordEvent>(
  register: Foldable<State, Event>,
  words: Vocabulary,
  clock: RecordingClock,
  tell: Tell = toldOf,
  answer: Answer = naiveSnapshot,
  numRuns = 300,
): void {
  fc.assert(
    fc.property(historiesWithBases(words, clock), ({ events, at }) => {
      const told = tell(register, clock, events);
      for (const basis of at) {
        const expected = answer(register, events, basis);
        expect(lookUp(told, events, basis)).toEqual(isAbsent(register, expected) ? [] : [expected]);
      }
    }),
    { seed: SEED, numRuns },
  );
}

function everyPlaceHasOneAnswer<State, Event extends RecordEvent>(
  register: Foldable<State, Event>,
  words: Vocabulary,
  clock: RecordingClock,
  tell: Tell = toldOf,
): void {
  fc.assert(
    fc.property(histories(words), (events) => {
      expect(faultsOf(register, clock, events, tell(register, clock, events))).toEqual([]);
    }),
    { seed: SEED, numRuns: NUM_RUNS },
  );
}

function changesGiveTheSameTable(clock: RecordingClock, make: MakeTimeline = createTimeline): void {
  fc.assert(
    fc.property(histories(PLEDGE_WORDS), (events) => {
      const timeline = make(pledges, clock);
      const states = new Table<unknown>();
      const caveats = new Table<unknown>();
      events.forEach((event, index) => {
        const changes = timeline.add(event);
        states.heed(changes.states);
        caveats.heed(changes.caveats);
        const told = toldOf(pledges, clock, events.slice(0, index + 1));
        expect({ states: states.rows, caveats: caveats.rows, namings: [] }).toEqual(told);
      });
    }),
    { seed: SEED, numRuns: 100 },
  );
}

function settledAnswersStay(answer: Answer = naiveSnapshot): void {
  fc.assert(
    fc.property(historiesWithBases(PLEDGE_WORDS, 'PROVEN'), ({ events, at }) => {
      for (const basis of at) {
        // Settled: from here on, everything is recorded after the instant asked for.
        const settled = events.findIndex(({ recordedAt }) => recordedAt > basis.recorded);
        if (settled === -1) continue;
        const first = answer(pledges, events.slice(0, settled + 1), basis);
        for (let length = settled + 2; length <= events.length; length += 1) {
          expect(answer(pledges, events.slice(0, length), basis)).toEqual(first);
        }
      }
    }),
    { seed: SEED, numRuns: 200 },
  );
}

function theDayOfAnAmendmentDoesNotMatter(answer: Answer = naiveSnapshot): void {
  const scene = fc.tuple(historiesWithBases(PLEDGE_WORDS, 'PROVEN'), fc.integer({ min: 1, max: 90 }));
  fc.assert(
    fc.property(scene, ([{ events, at }, days]) => {
      const amendments = ['Corrected', 'Voided', 'Restored', 'OtherwiseStated'];
      const moved = events.map((event) =>
        amendments.includes(event.type) ? { ...event, effectiveOn: addDays(event.effectiveOn, days) } : event,
      );
      for (const basis of at) expect(answer(pledges, moved, basis)).toEqual(answer(pledges, events, basis));
    }),
    { seed: SEED, numRuns: 200 },
  );
}

function appendsFoldOnlyThemselves(clock: RecordingClock, make: MakeTimeline = createTimeline): void {
  let folded = 0;
  const counting: typeof pledges = {
    ...pledges,
    evolve(state, event) {
      folded += 1;
      return pledges.evolve(state, event);
    },
  };
  const timeline = make(counting, clock);
  inOrder(500).forEach((event) => {
    const { states, caveats } = timeline.add(event);
    expect(states.shortened.length).toBeLessThanOrEqual(1);
    expect(states.added.length).toBeLessThanOrEqual(clock === 'PROVEN' ? 2 : 3);
    expect(caveats.shortened).toEqual([]);
    expect(caveats.added.length).toBe(event.dated === undefined ? 0 : 1);
  });
  expect(folded).toBe(500);
}

describe.each(CLOCKS)('the timeline of a record on the clock %s', (clock) => {
  it('answers at every day, instant and position as folding its events anew would', () => {
    rectanglesAreTheNaiveFold(pledges, PLEDGE_WORDS, clock);
  });

  it.each(['actions', 'meetings', 'directory', 'recommendations'] as const)(
    'does so for the register %s too',
    (name) => {
      rectanglesAreTheNaiveFold(...REGISTERS[name], clock, toldOf, naiveSnapshot, 2 * NUM_RUNS);
    },
  );

  it.each(['pledges', 'actions', 'meetings', 'directory', 'recommendations'] as const)(
    'holds one answer, and no second, for every place at which a record of %s exists',
    (name) => {
      everyPlaceHasOneAnswer(...REGISTERS[name], clock);
    },
  );

  it('tells of each event what a table must change, and the table is the same after a rebuild', () => {
    changesGiveTheSameTable(clock);
  });

  it('folds a fact at the end once, whatever went before, and changes at most one rectangle', () => {
    appendsFoldOnlyThemselves(clock);
  });
});

describe('what two corrections leave alike', () => {
  const told = (words: Vocabulary, ...facts: readonly Partial<KnownEvent>[]): readonly KnownEvent[] =>
    facts.map((fact, index) => ({
      ...inOrder(1)[0]!,
      ...words.opening,
      register: words.register,
      stream: `${words.register}-1`,
      id: `e${index + 1}`,
      version: index + 1,
      sequence: index + 1,
      ...fact,
    }));

  it.each(CLOCKS)('is one state where a meeting is cancelled before the day to which it was moved (%s)', (clock) => {
    const events = told(
      MEETING_WORDS,
      { effectiveOn: '2023-03-28' },
      {
        type: 'Corrected',
        facts: { target: 'e1', schema: 1, path: 'effectiveOn', is: '2023-03-04' },
        effectiveOn: '2023-03-31',
      },
      { type: 'MeetingCancelled', facts: {}, effectiveOn: '2023-03-22' },
    );
    expect(faultsOf(meetings, clock, events, toldOf(meetings, clock, events))).toEqual([]);
  });

  it.each(CLOCKS)('is one state where an action is withdrawn before the day of its voided agreement (%s)', (clock) => {
    const events = told(
      ACTION_WORDS,
      { effectiveOn: '2023-03-11' },
      { type: 'ActionAgreed', facts: {}, effectiveOn: '2023-03-21' },
      { type: 'Voided', facts: { target: 'e2' }, effectiveOn: '2023-03-31' },
      { type: 'ActionWithdrawn', facts: {}, effectiveOn: '2023-03-13' },
    );
    expect(faultsOf(actions, clock, events, toldOf(actions, clock, events))).toEqual([]);
  });
});

describe('an answer of the ledger', () => {
  it('never changes on the proven clock once it is settled', () => {
    settledAnswersStay();
  });

  it('heeds an amendment whatever the effective day that the amendment itself bears', () => {
    theDayOfAnAmendmentDoesNotMatter();
  });

  it('is the same in whatever order the events are handed in, and exists for any subset of them', () => {
    const scene = histories(PLEDGE_WORDS).chain((events) =>
      fc.tuple(fc.constant(events), fc.shuffledSubarray([...events])),
    );
    fc.assert(
      fc.property(scene, ([events, subset]) => {
        const sorted = events.filter((event) => subset.includes(event));
        expect(amend(pledges, subset)).toEqual(amend(pledges, sorted));
      }),
      { seed: SEED, numRuns: 200 },
    );
  });
});

describe('mutation controls: each fault turns its property red', () => {
  // A control only has to fail: nobody reads its counterexample.
  beforeAll(() => fc.configureGlobal({ endOnFailure: true }));
  afterAll(() => fc.resetConfigureGlobal());

  const timelineThat =
    (change: <Value>(rectangle: Rectangle<Value>) => readonly Rectangle<Value>[]): Tell =>
    (register, clock, events) => {
      const { states, caveats, namings } = toldOf(register, clock, events);
      return { states: states.flatMap(change), caveats: caveats.flatMap(change), namings };
    };
  const forgetsNames: Tell = (register, clock, events) => {
    const told = toldOf(register, clock, events);
    const { namings } = told;
    return { ...told, namings: namings.filter(({ sequence }) => sequence[1] === END_OF_SEQUENCE) };
  };
  const forgetsWhatWasBelieved = timelineThat((one) => (one.sequence[1] === END_OF_SEQUENCE ? [one] : []));
  const neverCloses = timelineThat((one) => [{ ...one, sequence: [one.sequence[0], END_OF_SEQUENCE] }]);
  const closesOneTooLate = timelineThat((one) => [{ ...one, sequence: [one.sequence[0], one.sequence[1] + 1] }]);
  const includesTheLastDay = timelineThat((one) => [
    { ...one, effective: [one.effective[0], addDays(one.effective[1], 1)] },
  ]);
  const leavesTheOneBeforeStanding = timelineThat((one) => [
    { ...one, effective: [addDays(one.effective[0], -1), one.effective[1]] },
  ]);
  const refolds: MakeTimeline = (register, clock) => {
    const timeline = createTimeline(register, clock);
    const events: KnownEvent[] = [];
    return {
      add(event) {
        events.push(event);
        naiveSnapshot(register, events, { effective: event.effectiveOn, recorded: event.recordedAt, clock });
        return timeline.add(event);
      },
      get stateNow() {
        return timeline.stateNow;
      },
    };
  };
  const renumbers: MakeTimeline = (register, clock) => {
    const timeline = createTimeline(register, clock);
    return {
      add(event) {
        const { states, ...beside } = timeline.add(event);
        return { states: { ...states, shortened: states.shortened.slice(1) }, ...beside };
      },
      get stateNow() {
        return timeline.stateNow;
      },
    };
  };
  const filtersAmendmentsByTheirOwnDay: Answer = (register, events, at) =>
    naiveSnapshot(
      register,
      events.filter((event) => event.type !== 'Corrected' || event.effectiveOn <= at.effective),
      at,
    );
  const reachesBackToAnEarlierDay: Answer = (register, events, at) => {
    const snapshot = naiveSnapshot(register, events, at);
    if (isAbsent(register, snapshot)) return snapshot;
    const amended = amend(register, knownAt(events, at));
    const earlierDay = (to: CivilDate) =>
      amended.findLast(({ dated, effectiveOn }) => dated === undefined && effectiveOn < to)?.effectiveOn ?? null;
    const spans = amended.flatMap(({ id, type, dated, effectiveOn: to }) =>
      dated === undefined ? [] : [{ event: id, type, from: dated.from ?? earlierDay(to), to }],
    );
    const holding = spans.filter(({ from, to }) => (from ?? BEGINNING_OF_DAYS) <= at.effective && at.effective < to);
    return { ...snapshot, mayAlreadyHold: holding };
  };
  const trustsTheWritersClock: Answer = (register, events, at) =>
    naiveSnapshot(
      register,
      events.map((event) => ({ ...event, recordedAt: event.stamped })),
      at,
    );
  const believesEveryStatedDay: Answer = (register, events, at) =>
    naiveSnapshot(
      register,
      // Without its forerunners, nothing holds back the day that an import states.
      events.filter((event) => at.clock === 'PROVEN' || naiveKnows(event, at)),
      { ...at, recorded: '~' },
    );
  const naiveKnows = (event: KnownEvent, { recorded }: Basis): boolean =>
    (event.stated === undefined ? event.recordedAt : `${event.stated}T00:00:00.000Z`) <= recorded;

  it.each([
    ['forgets what was believed before', forgetsWhatWasBelieved],
    ['never closes a rectangle', neverCloses],
    ['closes a rectangle one event too late', closesOneTooLate],
    ['lets a rectangle hold on the day on which the next begins', includesTheLastDay],
  ])('a timeline that %s', (_, broken) => {
    for (const clock of CLOCKS) {
      expect(() => rectanglesAreTheNaiveFold(pledges, PLEDGE_WORDS, clock, broken)).toThrow(/Property failed/);
    }
  });

  it('a timeline whose rectangles overlap, and one that has a gap', () => {
    for (const clock of CLOCKS)
      for (const [register, words] of Object.values(REGISTERS))
        for (const broken of [neverCloses, leavesTheOneBeforeStanding, forgetsWhatWasBelieved])
          expect(() => everyPlaceHasOneAnswer(register, words, clock, broken)).toThrow(/Property failed/);
  });

  it('a timeline that forgets what a record named before', () => {
    for (const clock of CLOCKS)
      for (const [register, words] of [REGISTERS.actions, REGISTERS.meetings])
        expect(() => everyPlaceHasOneAnswer(register, words, clock, forgetsNames)).toThrow(/Property failed/);
  });

  it('a timeline that does not say which rectangle it shortened', () => {
    for (const clock of CLOCKS) expect(() => changesGiveTheSameTable(clock, renumbers)).toThrow(/Property failed/);
  });

  it('a timeline that folds the whole record for each event', () => {
    for (const clock of CLOCKS) expect(() => appendsFoldOnlyThemselves(clock, refolds)).toThrow(/to be 500/);
  });

  it('an answer that filters corrections by their own effective day', () => {
    expect(() => theDayOfAnAmendmentDoesNotMatter(filtersAmendmentsByTheirOwnDay)).toThrow(/Property failed/);
    for (const clock of CLOCKS) {
      const withFault = () =>
        rectanglesAreTheNaiveFold(pledges, PLEDGE_WORDS, clock, toldOf, filtersAmendmentsByTheirOwnDay);
      expect(withFault).toThrow(/Property failed/);
    }
  });

  it('an answer that lets a fact without a day hold before the one that stands before it', () => {
    for (const clock of CLOCKS) {
      const withFault = () =>
        rectanglesAreTheNaiveFold(pledges, PLEDGE_WORDS, clock, toldOf, reachesBackToAnEarlierDay);
      expect(withFault).toThrow(/Property failed/);
    }
  });

  it('an answer that trusts the stamps of a writer whose clock went back', () => {
    expect(() => settledAnswersStay(trustsTheWritersClock)).toThrow(/Property failed/);
  });

  it('an answer that takes every stated day at its word', () => {
    const withFault = () => rectanglesAreTheNaiveFold(pledges, PLEDGE_WORDS, 'STATED', toldOf, believesEveryStatedDay);
    expect(withFault).toThrow(/Property failed/);
  });
});

/** `count` facts of one record, each after the one before it on every clock. */
function inOrder(count: number): readonly KnownEvent[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `e${index + 1}`,
    register: 'pledges',
    type: index === 0 ? 'PledgeMade' : 'PledgeMoved',
    schema: index === 0 ? 1 : 2,
    stream: 'pledges-1',
    version: index + 1,
    sequence: index + 1,
    stamped: instantOf(Date.UTC(2023, 3, 1) + index * 86_400_000),
    recordedAt: instantOf(Date.UTC(2023, 3, 1) + index * 86_400_000),
    ...(index % 2 === 0 ? { stated: addDays('2023-04-01', index) } : {}),
    ...(index % 3 === 2 ? { dated: { to: addDays(FIRST_DAY, index), how: 'by' as const } } : {}),
    effectiveOn: addDays(FIRST_DAY, index),
    marking: { classification: 'OFFICIAL', sensitive: false, session: 'OPEN' },
    facts: index === 0 ? { ref: 'P1' } : { level: index },
    texts: {},
    actor: { enteredBy: { post: 'opcc-officer' } },
  }));
}
