import {
  addDays,
  END_OF_DAYS,
  isCommonFact,
  type CivilDate,
  type Instant,
  type StateOver,
  type ToldAt,
} from '../ledger/index.ts';
import { followers } from './amend.ts';
import { statedInstants } from './clocks.ts';
import type {
  Cause,
  ComparedBases,
  ComparedBasis,
  NamedRecord,
  RecordsOfBody,
  Telling,
  ToldRecord,
  World,
} from './comparison.ts';
import { GrowingReading } from './growing-reading.ts';
import type { KnownEvent } from './types.ts';

/*
 * The course of one record from one basis to another, place by place: what is told of it at each, and what brought it there. Other records that it
 * is told by come along, each known and in effect as far as the walk has come.
 */

/** One more thing happened, after which the record is told so; null: it does not stand. */
export interface Place {
  readonly cause: Cause;
  readonly told: ToldRecord | null;
}

/** How a record is asked for, whatever the places at which. */
export interface Asked extends NamedRecord {
  /** A RAG rule by which its colour is told. */
  readonly rag?: string | undefined;
  /** Reads what bands by the versions that are in force at closing. */
  readonly closing?: boolean | undefined;
  /** Stops at facts that change nothing too: publications, markings, what is stated otherwise. */
  readonly everyFact?: boolean | undefined;
}

/** The readings of one comparison: those of the two states of knowledge are made once for each record, and shared. */
export class Readings {
  readonly world: World;
  readonly bases: ComparedBases;
  /** By their references: the registers of the records that were ever a mistake. */
  readonly mistaken: ReadonlyMap<string, string>;
  readonly #registers: ReadonlyMap<string, Telling>;
  readonly #isProven: boolean;
  readonly #instants = new Map<string, (event: KnownEvent) => Instant>();
  readonly #before = new Map<string, GrowingReading>();
  readonly #after = new Map<string, GrowingReading>();
  readonly #pending = new Map<string, readonly Learned[]>();
  readonly #named = new Map<string, readonly NamedRecord[]>();
  readonly #dayAfter = new Map<CivilDate, CivilDate>();

  constructor(world: World, bases: ComparedBases) {
    this.world = world;
    this.bases = bases;
    this.#isProven = bases.clock === 'PROVEN';
    this.mistaken = new Map(world.mistaken.map(({ ref, register }) => [ref, register]));
    this.#registers = new Map(world.registers.map((register) => [register.name, register]));
  }

  register(name: string): Telling {
    const register = this.#registers.get(name);
    if (register === undefined) throw new TypeError(`there is no register ${name}`);
    return register;
  }

  isLoaded({ register, ref }: NamedRecord): boolean {
    return this.world.eventsOf(register, ref) !== undefined;
  }

  /** The events that the reader may see; none of a record that was not loaded. */
  eventsOf({ register, ref }: NamedRecord): readonly KnownEvent[] {
    return this.world.eventsOf(register, ref) ?? [];
  }

  /** As it was known at the basis before. Whoever lets it grow makes one of their own. */
  before(record: NamedRecord): GrowingReading {
    return this.#once(this.#before, record, () => this.read(record, this.bases.before));
  }

  after(record: NamedRecord): GrowingReading {
    return this.#once(this.#after, record, () =>
      this.pending(record).length === 0 ? this.before(record) : this.read(record, this.bases.after),
    );
  }

  read(record: NamedRecord, { recorded, sequence }: ComparedBasis): GrowingReading {
    const instantOf = this.#instantsOf(record);
    const known = this.eventsOf(record).filter((event) => event.sequence <= sequence && instantOf(event) <= recorded);
    return new GrowingReading(this.register(record.register), known);
  }

  /** What came to be known between the two bases, in the order of recording: by the instant on the clock, then by position. */
  pending(record: NamedRecord): readonly Learned[] {
    return this.#once(this.#pending, record, () => {
      const { before, after } = this.bases;
      const instantOf = this.#instantsOf(record);
      const learned: Learned[] = [];
      for (const event of this.eventsOf(record)) {
        const instant = instantOf(event);
        const isKnownAt = (at: ComparedBasis) => event.sequence <= at.sequence && instant <= at.recorded;
        if (isKnownAt(after) && !isKnownAt(before)) learned.push({ event, instant });
      }
      return learned.sort((a, b) =>
        a.instant < b.instant ? -1 : a.instant > b.instant ? 1 : a.event.sequence - b.event.sequence,
      );
    });
  }

  /** Of those that were ever a mistake: the records that its events name. What none of them names, no state of it links to. */
  mistakenNamedBy(record: NamedRecord): readonly NamedRecord[] {
    if (this.mistaken.size === 0) return [];
    return this.#once(this.#named, record, () => {
      const refs = new Set<string>();
      for (const event of this.eventsOf(record)) noteStrings(event, (one) => this.mistaken.has(one) && refs.add(one));
      return [...refs].map((ref) => ({ register: this.mistaken.get(ref)!, ref }));
    });
  }

  dayAfter(day: CivilDate): CivilDate {
    return kept(this.#dayAfter, day, () => addDays(day, 1));
  }

  /** Of what was not loaded nothing is kept: other walks go on meanwhile, and are to miss it too. */
  #once<Value>(of: Map<string, Value>, record: NamedRecord, make: () => Value): Value {
    return this.isLoaded(record) ? kept(of, nameOf(record), make) : make();
  }

  #instantsOf(record: NamedRecord): (event: KnownEvent) => Instant {
    if (this.#isProven) return recordedAtOf;
    return this.#once(this.#instants, record, () => {
      const events = this.eventsOf(record);
      if (events.every(({ stated }) => stated === undefined)) return recordedAtOf;
      const statedInstantOf = statedInstants();
      const instants = new Map(events.map((event) => [event, statedInstantOf(event)]));
      return (event: KnownEvent) => instants.get(event)!;
    });
  }
}

function noteStrings(value: unknown, note: (one: string) => void): void {
  if (typeof value === 'string') note(value);
  else if (typeof value === 'object' && value !== null)
    for (const member of Object.values(value)) noteStrings(member, note);
}

function recordedAtOf({ recordedAt }: KnownEvent): Instant {
  return recordedAt;
}

interface Learned {
  readonly event: KnownEvent;
  readonly instant: Instant;
}

/** A record within a walk, and how far that has come in it. */
interface Walked {
  readonly record: NamedRecord;
  readonly reading: GrowingReading;
  /** How many facts are in effect. */
  count: number;
  /** The next thing that happens to it within the walk; null where nothing more does. */
  next(): Step | null;
  /** Takes that in. */
  take(): void;
}

/** Something that happens to a record, and where in the walk that is. */
interface Step {
  readonly event: KnownEvent;
  readonly key: Key;
}

/** The day or the instant, then the position, then the place among those that stand just before one another. */
type Key = readonly [when: string, position: number, place: number];

const AT_THE_BEGINNING: Key = ['', 0, 0];
const AT_THE_END: Key = ['~', 0, 0];

function comesBefore(one: Key, other: Key): boolean {
  if (one[0] !== other[0]) return one[0] < other[0];
  return one[1] !== other[1] ? one[1] < other[1] : one[2] < other[2];
}

/** What the walks through knowledge and through days have of their own. */
interface Going {
  readonly goesByDays: boolean;
  /** @param reading all that is known of it at the second basis, where that was read already */
  begin(record: NamedRecord, reading?: GrowingReading): Walked;
  /** Does that event change what is told of any record on the day of the walk? */
  tells(step: Step): boolean;
}

/** The places of one step, and what is told at its end. */
export type Way = Generator<Place, ToldRecord | null>;

/** What is told of a record from one basis to the other. Both ways are walked place by place, as whoever asks goes on, and one after the other. */
export interface Course {
  readonly told: ToldRecord | null;
  /** From told to known now: what came to be known in between, in the order of recording, read on the day of the first basis. */
  readonly restated: Way;
  /**
   * From known now to closing, day by day: first the day itself, then the events of all records that took effect on it, by position, each with a `before`
   * just before the event that it names.
   */
  readonly moved: Way;
  /** What was asked for on the way and had not been loaded. Where there is any, nothing that was told holds. */
  readonly missed: ReadonlyMap<string, NamedRecord | RecordsOfBody>;
}

/** The course of a record. It is one walk, first through knowledge and then through days: so nothing is read or folded twice. */
export function courseOf(readings: Readings, asked: Asked): Course {
  const walk = new Walk(readings, asked, throughKnowledge(readings, asked.everyFact));
  const told = walk.tell();
  return { told, restated: restatedIn(walk, told), moved: movedIn(walk, readings), missed: walk.missed };
}

function* restatedIn(walk: Walk, told: ToldRecord | null): Way {
  let last = told;
  for (const place of walk.places()) {
    last = place.told;
    yield place;
  }
  // All that was taken in since tells nothing on that day.
  return last;
}

function* movedIn(walk: Walk, readings: Readings): Way {
  walk.turnTo(throughDays(readings));
  yield* walk.places();
  return walk.tellAtTheEnd();
}

function throughKnowledge(readings: Readings, everyFact = false): Going {
  const day = readings.bases.before.effective;
  return {
    goesByDays: false,
    begin(record) {
      const pending = readings.pending(record);
      // What does not grow is shared.
      const reading = pending.length === 0 ? readings.before(record) : readings.read(record, readings.bases.before);
      let taken = 0;
      const walked: Walked = {
        ...{ record, reading, count: reading.countOn(day) },
        next() {
          const one = pending[taken];
          return one === undefined ? null : { event: one.event, key: [one.instant, one.event.sequence, 0] };
        },
        take() {
          reading.know(pending[taken]!.event);
          taken += 1;
          walked.count = reading.countOn(day);
        },
      };
      return walked;
    },
    tells: ({ event }) =>
      (everyFact || !STANDS_BESIDE.has(event.type)) && (isCommonFact(event) || event.effectiveOn <= day),
  };
}

function throughDays(readings: Readings): Going {
  const { before, after } = readings.bases;
  return {
    goesByDays: true,
    begin(record, reading = readings.after(record)) {
      const facts = reading.amended as readonly KnownEvent[];
      const first = reading.countOn(before.effective);
      const last = reading.countOn(after.effective);
      const keyOf = keysWithin(facts, first, last);
      const walked: Walked = {
        ...{ record, reading, count: first },
        next() {
          const event = facts[walked.count];
          return walked.count >= last || event === undefined ? null : { event, key: keyOf(walked.count) };
        },
        take() {
          walked.count += 1;
        },
      };
      return walked;
    },
    tells: () => true,
  };
}

/** Where each fact stands among those of all records on its day: by its position, or just before the fact that its `before` names. */
function keysWithin(facts: readonly KnownEvent[], first: number, last: number): (index: number) => Key {
  if (!facts.some(({ before }) => before !== undefined))
    return (index) => [facts[index]!.effectiveOn, facts[index]!.sequence, index];
  const followerOf = followers(facts.slice(first, last));
  return (index) => {
    let root = facts[index]!;
    for (let next = followerOf(root); next !== undefined; next = followerOf(root)) root = next;
    return [root.effectiveOn, root.sequence, index];
  };
}

/** What changes no state. */
const STANDS_BESIDE: ReadonlySet<string> = new Set(['OtherwiseStated', 'Published', 'Marked']);

/** Places to which a walk goes on that missed something, and so tells nothing, to ask at once for what it misses further on. */
const IN_VAIN = 30;

/** One record on its way, with those that it is told by. */
class Walk {
  readonly #readings: Readings;
  readonly #asked: Asked;
  readonly #at: ToldAt;
  #way: Going;
  /** The day on which it is told. */
  #day: CivilDate;
  #walked = new Map<string, Walked>();
  #own: Walked;
  /** Where the walk is: what is told by another record takes in all of it up to there. */
  #reached: Key = AT_THE_BEGINNING;
  /** The records by which it was told last. */
  #by = new Set<string>();
  /** The next day on which it is told otherwise by the day alone. */
  #nextTurn: CivilDate = END_OF_DAYS;
  /** The first day of those that are to be past, from that of the walk on. */
  #nextToPass: CivilDate = END_OF_DAYS;
  /** What is kept from one telling to the next. */
  readonly #kept = new Map<string, unknown>();
  readonly missed = new Map<string, NamedRecord | RecordsOfBody>();

  constructor(readings: Readings, asked: Asked, way: Going) {
    this.#readings = readings;
    this.#asked = asked;
    this.#at = this.#toldAt();
    this.#way = way;
    this.#day = readings.bases.before.effective;
    this.#own = this.#of(asked);
  }

  /**
   * The places of the way, all of which it takes in. It was told where that begins: so it is known by what other records, and until which day, it is told
   * so.
   */
  *places(): Generator<Place> {
    const until = this.#readings.bases.after.effective;
    for (let inVain = 0; inVain < IN_VAIN; inVain += this.missed.size > 0 ? 1 : 0) {
      const next = this.#next();
      const day = this.#nextTurn;
      if (this.#way.goesByDays && day <= until && (next === null || day <= next.step.key[0])) {
        this.#reached = [day, -1, 0];
        yield { cause: { kind: 'DAY', day, event: null, record: null }, told: this.#tellOn(day) };
        continue;
      }
      if (next === null) return;
      const { walked, step } = next;
      this.#reached = step.key;
      if (this.#way.goesByDays) this.#day = step.key[0];
      const { event } = step;
      walked.take();
      if (!this.#way.tells(step)) continue;
      const isOwn = walked === this.#own;
      if (!isOwn && !this.#by.has(nameOf(walked.record))) continue;
      const kind = isOwn ? 'EVENT' : 'OTHER_RECORD';
      yield { cause: { kind, event, record: walked.record }, told: this.tell() };
    }
  }

  /** Goes on another way from where it is. All that is to be known of the records that came along so far is known. */
  turnTo(way: Going): void {
    this.#way = way;
    this.#reached = AT_THE_BEGINNING;
    const came = this.#walked;
    this.#walked = new Map();
    // Its own reading has grown to what is known; those of others are read once for all that are told by them.
    for (const [name, one] of came) {
      const walked = way.begin(one.record, one === this.#own ? one.reading : undefined);
      this.#walked.set(name, walked);
      if (one === this.#own) this.#own = walked;
    }
  }

  /** What is told of it at the end of the way, of all that took effect by that day. */
  tellAtTheEnd(): ToldRecord | null {
    this.#reached = AT_THE_END;
    return this.#tellOn(this.#readings.bases.after.effective);
  }

  #tellOn(day: CivilDate): ToldRecord | null {
    this.#day = day;
    return this.tell();
  }

  /** What is told of it here; null where it does not stand. */
  tell(): ToldRecord | null {
    const day = this.#day;
    const at = this.#at;
    this.#by = new Set();
    this.#nextTurn = END_OF_DAYS;
    this.#nextToPass = END_OF_DAYS;
    const { told, refOf } = this.#readings.register(this.#asked.register);
    const held = this.#own.reading.stateAfter(this.#own.count);
    const ref = refOf(held);
    if (ref === null) return null;
    const state = this.#holding(held, this.#asked);
    const { linked, names } = state as { readonly linked?: never; readonly names?: never };
    const { rag } = this.#asked;
    let fields = told.fields(state, at);
    if (linked !== undefined || names !== undefined) fields = { ...fields, linked, names };
    if (rag !== undefined && told.colour !== undefined) fields = { ...fields, rag: told.colour(state, rag, at) };
    if (this.#nextToPass < END_OF_DAYS) at.turnsOn(this.#readings.dayAfter(this.#nextToPass));
    return { ref, day, state, told: fields };
  }

  #toldAt(): ToldAt {
    const here = () => this.#day;
    return {
      get day() {
        return here();
      },
      turnsOn: (...days) => {
        for (const one of days) if (one > this.#day && one < this.#nextTurn) this.#nextTurn = one;
      },
      isPast: (one) => {
        if (one === undefined || one === null) return false;
        if (one >= this.#day && one < this.#nextToPass) this.#nextToPass = one;
        return one < this.#day;
      },
      record: <State>(register: string, ref: string | undefined) =>
        ref === undefined ? null : (this.#stateOf({ register, ref }) as State | null),
      statesOf: <State>(register: string, ref: string) =>
        this.#statesOf({ register, ref }) as readonly StateOver<State>[],
      kept: <Value>(name: string, make: () => Value) => kept(this.#kept, name, make) as Value,
      ofBody: <State>(register: string, body: string) =>
        this.#refsOfBody(register, body).flatMap((ref) => {
          const state = this.#stateOf({ register, ref });
          return state === null ? [] : [state as State];
        }),
    };
  }

  #stateOf(record: NamedRecord): unknown {
    const register = this.#readings.register(record.register);
    const { reading, count } = this.#toldBy(record);
    const state = reading.stateAfter(count);
    const here = register.refOf(state) === null ? null : this.#holding(state, record);
    if (this.#asked.closing !== true || register.told.throughout === undefined) return here;
    const { effective } = this.#readings.bases.after;
    const after = this.#readings.after(record);
    const closing = after.stateAfter(after.countOn(effective));
    return register.told.throughout(here, register.refOf(closing) === null ? null : closing, effective);
  }

  #statesOf(record: NamedRecord): readonly StateOver[] {
    const { refOf } = this.#readings.register(record.register);
    const { reading, count } = this.#toldBy(record);
    const states: StateOver[] = [];
    for (let index = 0; index < count; index += 1) {
      const from = reading.amended[index]!.effectiveOn;
      const to = index + 1 < count ? reading.amended[index + 1]!.effectiveOn : END_OF_DAYS;
      const state = reading.stateAfter(index + 1);
      if (from < to && refOf(state) !== null) states.push({ from, to, state: this.#holding(state, record) });
    }
    return states;
  }

  #refsOfBody(register: string, body: string): readonly string[] {
    const refs = this.#readings.world.refsOfBody(register, body);
    if (refs === undefined) this.missed.set(`${register} of ${body}`, { register, body });
    return refs ?? [];
  }

  #toldBy(record: NamedRecord): Walked {
    this.#by.add(nameOf(record));
    return this.#of(record);
  }

  /** A record, brought up to where the walk is. */
  #of(record: NamedRecord): Walked {
    const name = nameOf(record);
    let walked = this.#walked.get(name);
    if (walked === undefined) {
      if (!this.#readings.isLoaded(record)) this.missed.set(name, { register: record.register, ref: record.ref });
      this.#walked.set(name, (walked = this.#way.begin(record)));
      for (let next = walked.next(); next !== null && !comesBefore(this.#reached, next.key); next = walked.next())
        walked.take();
    }
    return walked;
  }

  /** What happens next, of all records that it was ever told by. */
  #next(): { readonly walked: Walked; readonly step: Step } | null {
    let first: { readonly walked: Walked; readonly step: Step } | null = null;
    for (const walked of this.#walked.values()) {
      const step = walked.next();
      if (step !== null && (first === null || comesBefore(step.key, first.step.key))) first = { walked, step };
    }
    return first;
  }

  /** The state without its links to what was recorded by mistake. */
  #holding(state: unknown, record: NamedRecord): unknown {
    const nothing = new Set<string>();
    for (const named of this.#readings.mistakenNamedBy(record))
      if (this.#toldBy(named).reading.isMistake) nothing.add(named.ref);
    return nothing.size === 0 ? state : this.#readings.world.withoutLinksTo(state, (ref) => nothing.has(ref));
  }
}

function nameOf({ register, ref }: NamedRecord): string {
  return `${register}/${ref}`;
}

function kept<Value>(of: Map<string, Value>, name: string, make: () => Value): Value {
  let value = of.get(name);
  if (value === undefined) of.set(name, (value = make()));
  return value;
}
