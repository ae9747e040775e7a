import { addDays, firstInstantOf, type CivilDate, type JsonObject, type RecordEvent } from '../../libs/ledger/index.ts';

/*
 * A second opinion on comparing two bases, by the rules as they are written (docs/comparing.md, docs/time.md): a walk that folds the raw events
 * anew for every place, one more at a time, and every day by itself. It shares no code with libs/timeline. What a register tells of a state, and what
 * its events are called, it is handed: what is looked at here is what lies between two bases.
 */

/** An event, its place in the ledger, and when the ledger itself recorded it. */
export type Raw = RecordEvent & { readonly sequence: number; readonly recordedAt: string };

/** What is known of a register: how it folds and what it tells. */
export interface RawRegister {
  readonly name: string;
  readonly initial: unknown;
  evolve(state: unknown, event: RecordEvent): unknown;
  upcast(event: RecordEvent, to?: number): RecordEvent;
  refOf(state: unknown): string | null;
  readonly told: {
    fields(state: unknown, at: object): Record<string, unknown>;
    readonly movements: Record<string, string | ((movement: object) => string) | undefined>;
    readonly banded?: readonly string[] | undefined;
    colour?(state: unknown, rag: string, at: object): unknown;
    throughout?(here: unknown, closing: unknown, day: string): unknown;
  };
}

export interface RawRecord {
  readonly register: RawRegister;
  readonly ref: string;
  readonly body: string;
  readonly events: readonly Raw[];
}

export interface NaiveBasis {
  readonly effective: string;
  readonly recorded: string;
  readonly sequence: number;
}

export interface NaiveQuestion {
  readonly clock: 'PROVEN' | 'STATED';
  readonly before: NaiveBasis;
  readonly after: NaiveBasis;
  readonly passes: (one: NaiveTold) => boolean;
  readonly cellOf: (one: NaiveTold) => string | null;
  readonly rag?: string | undefined;
  readonly closing?: boolean | undefined;
  withoutLinksTo(state: unknown, isNothing: (ref: string) => boolean): unknown;
}

export interface NaiveTold {
  readonly state: unknown;
  readonly told: Record<string, unknown>;
}

export interface NaiveStep {
  readonly change: string;
  readonly kinds: readonly string[];
  readonly fields: readonly { readonly name: string; readonly causes: readonly string[] }[];
}

export interface NaiveAnswer {
  readonly told: NaiveTold | null;
  readonly knownNow: NaiveTold | null;
  readonly closing: NaiveTold | null;
  readonly restated: NaiveStep | null;
  readonly moved: NaiveStep | null;
  /** `kind from > to`, of the bridge by the cells asked for; null where there is no line. */
  readonly lines: readonly (string | null)[];
  readonly cells: readonly string[];
}

/** Rules that are left out one at a time, to see that the comparison notices. */
export const NAIVE_FAULTS = [
  'the day comes after the events of it',
  'before is not heeded',
  'restatements go by position alone',
  'positions are not heeded',
  'the first change of cell counts',
] as const;
export type NaiveFault = (typeof NAIVE_FAULTS)[number];

/** One record compared, the slow way. */
export function naiveComparison(
  world: readonly RawRecord[],
  record: RawRecord,
  question: NaiveQuestion,
  fault?: NaiveFault,
): NaiveAnswer {
  const { before, after, clock } = question;
  const instants = new Map<Raw, string>();
  for (const { events } of world) for (const event of events) instants.set(event, instantOf(event, events, clock));
  const isKnown = (event: Raw, at: NaiveBasis) =>
    (fault === 'positions are not heeded' || event.sequence <= at.sequence) && instants.get(event)! <= at.recorded;
  const all = world.flatMap(({ events }) => events);
  const knownBefore = all.filter((event) => isKnown(event, before));
  const knownAfter = all.filter((event) => isKnown(event, after) || isKnown(event, before));
  const tell = (known: readonly Raw[], day: CivilDate, inEffect: (event: RecordEvent) => boolean) =>
    tellOf(world, record, new Set(known), day, inEffect, question, new Set(knownAfter));

  const by = (day: CivilDate) => (event: RecordEvent) => event.effectiveOn <= day;
  const told = tell(knownBefore, before.effective, by(before.effective));

  // Restated: one more event known at a time, on the day of the first basis.
  const learned = knownAfter
    .filter((event) => !knownBefore.includes(event))
    .sort((a, b) =>
      fault === 'restatements go by position alone' || instants.get(a) === instants.get(b)
        ? a.sequence - b.sequence
        : instants.get(a)! < instants.get(b)!
          ? -1
          : 1,
    );
  const restating: Place[] = [];
  let known = knownBefore;
  for (const event of learned) {
    known = [...known, event];
    restating.push({ cause: event, told: tell(known, before.effective, by(before.effective)) });
  }
  const knownNow = tell(knownAfter, before.effective, by(before.effective));

  // Moved: each day by itself, first the day, then the events of all records, one more in effect at a time.
  const facts = world.flatMap((one) => factsOf(one, new Set(knownAfter)));
  const moving: Place[] = [];
  for (let day = addDays(before.effective, 1); day <= after.effective; day = addDays(day, 1)) {
    const done = new Set<string>();
    const inEffect = (event: RecordEvent) => event.effectiveOn < day || done.has(event.id);
    const theDay = () => moving.push({ cause: day, told: tell(knownAfter, day, inEffect) });
    if (fault !== 'the day comes after the events of it') theDay();
    for (const event of orderOfDay(
      facts.filter(({ effectiveOn }) => effectiveOn === day),
      fault === 'before is not heeded',
    )) {
      done.add(event.id);
      moving.push({
        cause: event,
        told: tell(knownAfter, fault === 'the day comes after the events of it' ? addDays(day, -1) : day, inEffect),
      });
    }
    if (fault === 'the day comes after the events of it') theDay();
  }
  const closing = tell(knownAfter, after.effective, by(after.effective));
  const restated = stepOf(record, question, 'RESTATED', told, knownNow, restating, fault);
  const moved = stepOf(record, question, 'MOVED', knownNow, closing, moving, fault);
  return {
    ...{ told, knownNow, closing, restated: restated.step, moved: moved.step, lines: [restated.line, moved.line] },
    cells: [told, knownNow, closing].map((one) => cellIn(question, one)),
  };
}

/** What is asked of a record from its beginning. */
export interface NaiveReplay {
  readonly clock: NaiveQuestion['clock'];
  readonly at: NaiveBasis;
  readonly order: 'RECORDED' | 'EFFECTIVE';
  readonly withoutLinksTo: NaiveQuestion['withoutLinksTo'];
}

/** One step: `EVENT <id>`, `OTHER_RECORD <id>` or `DAY <day>`, what is told after it, and what of that is another. */
export interface NaiveReplayed {
  readonly cause: string;
  readonly told: NaiveTold['told'] | null;
  readonly changed: readonly string[];
}

/** Everything that happened to one record up to a basis, the slow way: folded anew after each. */
export function naiveReplay(
  world: readonly RawRecord[],
  record: RawRecord,
  { clock, at, order, withoutLinksTo }: NaiveReplay,
): readonly NaiveReplayed[] {
  const instants = new Map<Raw, string>();
  for (const { events } of world) for (const event of events) instants.set(event, instantOf(event, events, clock));
  const known = world
    .flatMap(({ events }) => events)
    .filter((event) => event.sequence <= at.sequence && instants.get(event)! <= at.recorded);
  const question = { clock, before: at, after: at, passes: () => true, cellOf: () => null, withoutLinksTo };
  const tell = (among: readonly Raw[], day: CivilDate, inEffect: (event: RecordEvent) => boolean) =>
    tellOf(world, record, new Set(among), day, inEffect, question, new Set(known));
  const isOwn = ({ id }: Raw) => record.events.some((one) => one.id === id);
  const places: (Place & { readonly always: boolean })[] = [];
  if (order === 'RECORDED') {
    const learned = known.toSorted((a, b) =>
      instants.get(a)! === instants.get(b)! ? a.sequence - b.sequence : instants.get(a)! < instants.get(b)! ? -1 : 1,
    );
    for (const [index, event] of learned.entries())
      places.push({
        cause: event,
        told: tell(learned.slice(0, index + 1), at.effective, ({ effectiveOn }) => effectiveOn <= at.effective),
        always: isOwn(event) && (COMMON.includes(event.type) || event.effectiveOn <= at.effective),
      });
  } else {
    const facts = world.flatMap((one) => factsOf(one, new Set(known)));
    const first = facts.map(({ effectiveOn }) => effectiveOn).sort()[0] ?? at.effective;
    for (let day = first; day <= at.effective; day = addDays(day, 1)) {
      const done = new Set<string>();
      const inEffect = (event: RecordEvent) => event.effectiveOn < day || done.has(event.id);
      places.push({ cause: day, told: tell(known, day, inEffect), always: false });
      for (const event of orderOfDay(facts.filter(({ effectiveOn }) => effectiveOn === day))) {
        done.add(event.id);
        places.push({ cause: event, told: tell(known, day, inEffect), always: isOwn(event) });
      }
    }
  }
  let here: NaiveTold | null = null;
  return places.flatMap(({ cause, told, always }) => {
    const changed = pathsOf(here, told);
    here = told;
    if (!always && changed.length === 0) return [];
    const called =
      typeof cause === 'string' ? `DAY ${cause}` : `${isOwn(cause) ? 'EVENT' : 'OTHER_RECORD'} ${cause.id}`;
    return [{ cause: called, told: told?.told ?? null, changed: changed.toSorted() }];
  });
}

interface Place {
  /** A day, or an event. */
  readonly cause: string | Raw;
  readonly told: NaiveTold | null;
}

function stepOf(
  record: RawRecord,
  question: NaiveQuestion,
  name: 'RESTATED' | 'MOVED',
  from: NaiveTold | null,
  to: NaiveTold | null,
  places: readonly Place[],
  fault?: NaiveFault,
): { readonly step: NaiveStep | null; readonly line: string | null } {
  const isIn = (one: NaiveTold | null) => one !== null && question.passes(one);
  const { told } = record.register;
  const isOwn = (event: Raw) => record.events.some(({ id }) => id === event.id);
  const happened: { kind: string; cause: string; paths: readonly string[]; cell: string }[] = [];
  let here = from;
  let [wasIn, wasOut] = [isIn(from), !isIn(from)];
  for (const { cause, told: next } of places) {
    const paths = pathsOf(here, next);
    if (paths.length > 0) {
      let kind = 'DAY';
      let called = `DAY ${typeof cause === 'string' ? cause : ''}`;
      if (typeof cause !== 'string') {
        const own = isOwn(cause);
        called = `${own ? 'EVENT' : 'OTHER_RECORD'} ${cause.id}`;
        if (!own)
          kind =
            cause.register === 'rules' && paths.some((path) => told.banded?.includes(path))
              ? 'RE_BANDED'
              : 'OTHER_RECORD';
        else if (name === 'RESTATED')
          kind = { Corrected: 'CORRECTED', Voided: 'VOIDED', Restored: 'RESTORED' }[cause.type] ?? 'LEARNED';
        else {
          const declared = told.movements[cause.type];
          kind =
            typeof declared === 'function'
              ? declared({ before: here?.told ?? null, after: next?.told ?? null })
              : String(declared);
        }
      }
      happened.push({ kind, cause: called, paths, cell: cellIn(question, next) });
    }
    here = next;
    wasIn ||= isIn(next);
    wasOut ||= !isIn(next);
  }
  const net = pathsOf(from, to);
  const change =
    isIn(from) !== isIn(to)
      ? isIn(from)
        ? 'LEFT'
        : 'ENTERED'
      : isIn(from)
        ? net.length > 0
          ? 'CHANGED'
          : wasOut
            ? 'RETURNED'
            : null
        : wasIn
          ? 'PASSED_THROUGH'
          : null;
  const shown =
    change === 'RETURNED' || change === 'PASSED_THROUGH' ? [...new Set(happened.flatMap(({ paths }) => paths))] : net;
  const kinds = [
    ...new Set(happened.filter(({ paths }) => paths.some((path) => shown.includes(path))).map(({ kind }) => kind)),
  ];
  const fields = shown
    .map((path) => ({
      name: path,
      causes: happened.filter(({ paths }) => paths.includes(path)).map(({ cause }) => cause),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const [left, entered] = [cellIn(question, from), cellIn(question, to)];
  // Just before the last change of cell it stood elsewhere, and since it has stood where it ends.
  const changes = happened.filter(({ cell }, index) => cell !== (index === 0 ? left : happened[index - 1]!.cell));
  const last = fault === 'the first change of cell counts' ? changes[0] : changes.at(-1);
  return {
    step: change === null ? null : { change, kinds, fields },
    line: left === entered ? null : `${last?.kind ?? ''} ${last?.cause ?? ''}: ${left} > ${entered}`,
  };
}

function cellIn({ passes, cellOf }: NaiveQuestion, one: NaiveTold | null): string {
  return one === null || !passes(one) ? 'nowhere' : JSON.stringify(cellOf(one));
}

function pathsOf(from: NaiveTold | null, to: NaiveTold | null): readonly string[] {
  const [was, is] = [from?.told ?? {}, to?.told ?? {}];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
    (path) => canonical(was[path]) !== canonical(is[path]),
  );
}

/** Equal values as equal text; what is undefined is not there. */
function canonical(value: unknown): string {
  return String(
    JSON.stringify(value, (_, one: unknown) =>
      typeof one === 'object' && one !== null && !Array.isArray(one)
        ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
        : one,
    ),
  );
}

/** What is told of a record on a day, by those facts of the known events that are in effect. */
function tellOf(
  world: readonly RawRecord[],
  record: RawRecord,
  known: ReadonlySet<Raw>,
  day: CivilDate,
  inEffect: (event: RecordEvent) => boolean,
  question: NaiveQuestion,
  knownAtClosing: ReadonlySet<Raw>,
): NaiveTold | null {
  const isNothing = (ref: string) => {
    const named = world.find((one) => one.ref === ref);
    return named !== undefined && isVoid(named, known);
  };
  const stateOf = (one: RawRecord, among: ReadonlySet<Raw>, isSo: (event: RecordEvent) => boolean) => {
    let state = one.register.initial;
    for (const fact of factsOf(one, among).filter(isSo)) state = one.register.evolve(state, fact);
    return one.register.refOf(state) === null ? null : question.withoutLinksTo(state, isNothing);
  };
  const named = (register: string, ref: string) =>
    world.find((one) => one.register.name === register && one.ref === ref);
  const state = stateOf(record, known, inEffect);
  if (state === null) return null;
  const at = {
    day,
    turnsOn: () => undefined,
    isPast: (one: string | null | undefined) => one != null && one < day,
    record(register: string, ref: string | undefined) {
      const other = ref === undefined ? undefined : named(register, ref);
      const here = other === undefined ? null : stateOf(other, known, inEffect);
      const throughout = other?.register.told.throughout;
      if (question.closing !== true || other === undefined || throughout === undefined) return here;
      const last = question.after.effective;
      return throughout(
        here,
        stateOf(other, knownAtClosing, ({ effectiveOn }) => effectiveOn <= last),
        last,
      );
    },
    statesOf(register: string, ref: string) {
      const other = named(register, ref);
      if (other === undefined) return [];
      const facts = factsOf(other, known).filter(inEffect);
      const days = [...new Set(facts.map(({ effectiveOn }) => effectiveOn))];
      return days.flatMap((from, index) => {
        const held = stateOf(other, known, (event) => inEffect(event) && event.effectiveOn <= from);
        return held === null ? [] : [{ from, to: days[index + 1] ?? '9999-12-31', state: held }];
      });
    },
    ofBody: (register: string, body: string) =>
      world
        .filter((one) => one.register.name === register && one.body === body)
        .flatMap((one) => stateOf(one, known, inEffect) ?? []),
  };
  const { linked, names } = state as { linked?: unknown; names?: unknown };
  const { told } = record.register;
  const colour =
    question.rag === undefined || told.colour === undefined ? {} : { rag: told.colour(state, question.rag, at) };
  return { state, told: { ...told.fields(state, at), linked, names, ...colour } };
}

const AMENDS = ['Corrected', 'Voided', 'Restored'];
const COMMON = [...AMENDS, 'OtherwiseStated', 'Published', 'Marked'];

function isVoid({ events }: RawRecord, known: ReadonlySet<Raw>): boolean {
  const there = events.filter((event) => known.has(event));
  const opening = there.find(({ version }) => version === 1);
  const last = there
    .filter(({ type, facts }) => ['Voided', 'Restored'].includes(type) && facts['target'] === opening?.id)
    .at(-1);
  return opening !== undefined && last?.type === 'Voided';
}

/** The facts of a record in force, as corrected, in the order in which they fold. */
export function factsOf(record: RawRecord, known: ReadonlySet<Raw>): readonly Raw[] {
  if (isVoid(record, known)) return [];
  const events = record.events.filter((event) => known.has(event));
  const takesBack = new Set(events.filter(({ type }) => type === 'Voided' || type === 'Restored').map(({ id }) => id));
  const isTakenBack = (id: string) =>
    !takesBack.has(id) &&
    events.filter(({ type, facts }) => (type === 'Voided' || type === 'Restored') && facts['target'] === id).at(-1)
      ?.type === 'Voided';
  const { upcast } = record.register;
  const facts = events
    .filter(({ type, id }) => !COMMON.includes(type) && !isTakenBack(id))
    .map((fact) => {
      let now: RecordEvent = fact;
      for (const { type, facts: said, texts, id } of events) {
        if (type !== 'Corrected' || said['target'] !== fact.id || isTakenBack(id)) continue;
        const schema = said['schema'] as number;
        if (now.schema < schema) now = upcast(now, schema);
        now = corrected(now, said['path'] as string, said['is'], (texts as { is?: unknown }).is);
      }
      return upcast(now) as Raw;
    })
    .sort((a, b) => (a.effectiveOn === b.effectiveOn ? a.version - b.version : a.effectiveOn < b.effectiveOn ? -1 : 1));
  const days = [...new Set(facts.map(({ effectiveOn }) => effectiveOn))];
  return days.flatMap((day) => orderOfDay(facts.filter(({ effectiveOn }) => effectiveOn === day)));
}

/** Facts of one day: by position, and each with a `before` just before the one that it names. Those in a circle keep their order. */
function orderOfDay(facts: readonly Raw[], isUnheeded = false): readonly Raw[] {
  const inOrder = [...facts].sort((a, b) => a.sequence - b.sequence);
  if (isUnheeded) return inOrder;
  const named = (fact: Raw) =>
    inOrder.find(({ id, stream }) => id === fact.before && stream === fact.stream && fact.before !== undefined);
  const isInCircle = (fact: Raw) => {
    let at = named(fact);
    for (let steps = 0; steps < inOrder.length && at !== undefined; steps += 1) {
      if (at === fact) return true;
      at = named(at);
    }
    return false;
  };
  const followed = (fact: Raw) => (isInCircle(fact) ? undefined : named(fact));
  const withThoseBefore = (fact: Raw): readonly Raw[] => [
    ...inOrder.filter((one) => followed(one) === fact).flatMap(withThoseBefore),
    fact,
  ];
  return inOrder.filter((fact) => followed(fact) === undefined).flatMap(withThoseBefore);
}

/** One correction laid on a fact: `null` takes a value away. */
function corrected(fact: RecordEvent, path: string, is: unknown, words: unknown): RecordEvent {
  if (words !== undefined) return { ...fact, texts: { ...fact.texts, [path]: words } } as RecordEvent;
  if (is === undefined) return fact;
  if (path === 'effectiveOn') {
    if (typeof is !== 'string') return fact;
    const { dated: _, ...known } = fact;
    return { ...known, effectiveOn: is };
  }
  if (path === 'dated') {
    const { dated: _, ...known } = fact;
    return is === null ? known : ({ ...fact, dated: is, effectiveOn: (is as { to: string }).to } as RecordEvent);
  }
  if (is === null && path in fact.texts) {
    const { [path]: _, ...texts } = fact.texts as Record<string, never>;
    return { ...fact, texts };
  }
  return { ...fact, facts: put(fact.facts, path.split('.'), is) };
}

function put(into: JsonObject, [first = '', ...rest]: readonly string[], is: unknown): JsonObject {
  const { [first]: inner, ...others } = into;
  if (rest.length === 0) return is === null ? others : ({ ...into, [first]: is } as JsonObject);
  const isObject = typeof inner === 'object' && inner !== null && !Array.isArray(inner);
  if (!isObject && is === null) return into;
  return { ...into, [first]: put(isObject ? (inner as JsonObject) : {}, rest, is) };
}

/** When it was recorded on a clock: a stated day is the first instant of it, and no earlier than the opening, and than what it amends. */
export function instantOf(event: Raw, events: readonly Raw[], clock: 'PROVEN' | 'STATED'): string {
  if (clock === 'PROVEN' || event.stated === undefined) return event.recordedAt;
  const stated = firstInstantOf(event.stated);
  const opening = events.find(({ version }) => version === Math.min(...events.map((one) => one.version)))!;
  const amended =
    COMMON.includes(event.type) &&
    events.find(({ id, version }) => id === event.facts['target'] && version < event.version);
  const bounds = [
    ...(opening.version < event.version ? [instantOf(opening, [opening], clock)] : []),
    ...(amended ? [instantOf(amended, events, clock)] : []),
  ];
  return [stated, ...bounds].sort().at(-1)!;
}
