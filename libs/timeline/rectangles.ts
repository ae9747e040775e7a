import {
  BEGINNING_OF_DAYS,
  END_OF_DAYS,
  isCommonFact,
  type CivilDate,
  type EventId,
  type Instant,
  type RecordEvent,
} from '../ledger/index.ts';
import { foldPlaces, mistakeIn, orderOf, readingOf, type Foldable } from './amend.ts';
import { statedInstants } from './clocks.ts';
import { spansOf } from './snapshot.ts';
import {
  BEGINNING_OF_KNOWLEDGE,
  END_OF_KNOWLEDGE,
  Standing,
  type Box,
  type Cell,
  type Column,
  type Numbers,
} from './standing.ts';
import { sameValue } from './same-value.ts';
import type {
  Bounds,
  Caveat,
  Dispute,
  Interval,
  KnownEvent,
  MayAlreadyHold,
  Naming,
  RecordingClock,
  RectangleChanges,
  TimelineChanges,
} from './types.ts';

const ALL_TIME: Interval<Instant> = [BEGINNING_OF_KNOWLEDGE, END_OF_KNOWLEDGE];
const UNCHANGED: RectangleChanges<never> = { shortened: [], added: [] };
const NO_CHANGES: TimelineChanges<never> = { states: UNCHANGED, caveats: UNCHANGED, namings: UNCHANGED };

/** The other records that a state names, by reference. Pure. */
export type NamesIn<State> = (state: State) => ReadonlyMap<string, Naming>;
const NO_NAMES: ReadonlyMap<string, Naming> = new Map();

/** A place in a record's timeline. On the proven clock any `known` will do. */
export interface Place {
  readonly effective: CivilDate;
  readonly known: Instant;
  readonly sequence: number;
}

/**
 * One record's timeline on one clock, growing event by event.
 *
 * The rectangles of its states never overlap. At every place in one of them the record's state is what {@link naiveSnapshot} says;
 * where there is none, the record does not exist. Beside them stand those of its caveats: at a place where the record exists, those
 * that hold there are what may already hold of it and what is disputed. (Where it does not exist nobody asks.) So a state is kept
 * once, however many facts may already hold within its days. Of each record that it names there are rectangles too: where it names it.
 *
 * A rectangle that is superseded is closed at the number of the event that superseded it and told of: it says what was believed
 * before. The timeline itself keeps only what still stands.
 */
export interface RecordTimeline<State> {
  /**
   * Takes in the next event of the record, in the order of the log.
   *
   * A fact that is last in effective and in known order is folded once, whatever went before. Any other event (late, an
   * amendment, `before` another) folds the record anew for each state of knowledge from its own on.
   * @throws RangeError when the event's number is not greater than the last one's
   */
  add(event: KnownEvent): TimelineChanges<State>;
  /** All that is known, on any day after the last fact. A fact dated ahead counts. */
  readonly stateNow: State;
}

/**
 * An empty timeline. On the proven clock what was known is told by `sequence`, and `known` is all of time.
 * @param namesIn default: a state names nothing
 */
export function createTimeline<State, Event extends RecordEvent>(
  register: Foldable<State, Event>,
  clock: RecordingClock,
  namesIn: NamesIn<State> = () => NO_NAMES,
): RecordTimeline<State> {
  return new GrowingTimeline(register, clock, namesIn);
}

/** Is that place within the bounds? */
export function contains({ effective, known, sequence }: Bounds, place: Place): boolean {
  return (
    effective[0] <= place.effective &&
    place.effective < effective[1] &&
    known[0] <= place.known &&
    place.known < known[1] &&
    sequence[0] <= place.sequence &&
    place.sequence < sequence[1]
  );
}

/** All that holds of a record in one stretch of knowledge. */
interface Reading<State> {
  readonly known: Interval<Instant>;
  readonly states: readonly Cell<State>[];
  readonly caveats: ReadonlyMap<EventId, Cell<Caveat>>;
}

/** What holds beside the states, each by a name of its own. */
class Beside<Value> {
  readonly #standing = new Map<string, Standing<Value>>();
  readonly #numbers: Numbers = { last: 0 };

  /** See {@link Standing.put}. */
  put(name: string, box: Box, value: Value | null, sequence: number): RectangleChanges<Value> {
    return this.#of(name).put(box, value, sequence);
  }

  /** See {@link Standing.replace}. `cells`: where it holds within each of these stretches of knowledge, by name. */
  replace(
    known: readonly Interval<Instant>[],
    cells: readonly ReadonlyMap<string, readonly Cell<Value>[]>[],
    sequence: number,
  ): RectangleChanges<Value> {
    const changes = [...new Set([...this.#standing.keys(), ...cells.flatMap((one) => [...one.keys()])])].map((name) => {
      const columns: Column<Value>[] = known.map((one, index) => ({
        known: one,
        cells: cells[index]?.get(name) ?? [],
      }));
      const standing = this.#of(name);
      const changed = standing.replace(columns, sequence);
      if (standing.isEmpty) this.#standing.delete(name);
      return changed;
    });
    return joined(changes);
  }

  #of(name: string): Standing<Value> {
    let standing = this.#standing.get(name);
    if (standing === undefined) this.#standing.set(name, (standing = new Standing(this.#numbers)));
    return standing;
  }
}

function joined<Value>(changes: readonly RectangleChanges<Value>[]): RectangleChanges<Value> {
  return {
    shortened: changes.flatMap(({ shortened }) => shortened),
    added: changes.flatMap(({ added }) => added),
  };
}

class GrowingTimeline<State, Event extends RecordEvent> implements RecordTimeline<State> {
  readonly #register: Foldable<State, Event>;
  readonly #clock: RecordingClock;
  readonly #namesIn: NamesIn<State>;
  readonly #events: KnownEvent[] = [];
  readonly #statedInstantOf = statedInstants();
  /** When each event was known, beside `#events`. Empty on the proven clock. */
  readonly #instants: Instant[] = [];
  readonly #states = new Standing<State>({ last: 0 });
  /** By the event that each is about: one that gives no day, or one that says otherwise. */
  readonly #caveats = new Beside<Caveat>();
  /** By the reference that is named. */
  readonly #namings = new Beside<Naming>();
  /** Ids that events name and that were not known when they did: only partial histories have any. */
  readonly #awaited = new Set<EventId>();
  /** Nothing holds while the fact that opened the record is void, whatever else is recorded meanwhile. */
  #isMistake = false;
  // The end of the latest column, so that a fact at the end is folded without its forerunners.
  #state: State;
  #names = NO_NAMES;
  #lastDay: CivilDate = BEGINNING_OF_DAYS;
  #lastKnown: Instant = BEGINNING_OF_KNOWLEDGE;
  /** The day of the last fact in fold order whose day is known. */
  #knownDay: CivilDate | null = null;
  #lastSequence = 0;

  constructor(register: Foldable<State, Event>, clock: RecordingClock, namesIn: NamesIn<State>) {
    this.#register = register;
    this.#clock = clock;
    this.#namesIn = namesIn;
    this.#state = register.initial;
  }

  get stateNow(): State {
    return this.#state;
  }

  add(event: KnownEvent): TimelineChanges<State> {
    if (event.sequence <= this.#lastSequence)
      throw new RangeError(`event ${event.sequence} of the ledger came after event ${this.#lastSequence}`);
    this.#lastSequence = event.sequence;
    this.#events.push(event);
    let known = BEGINNING_OF_KNOWLEDGE;
    if (this.#clock === 'STATED') {
      known = this.#statedInstantOf(event);
      this.#instants.push(known);
    }
    if (event.type === 'Published' || event.type === 'Marked') return NO_CHANGES;
    const changes = this.#comesLast(event, known) ? this.#append(event, known) : this.#readAgain(event, known);
    if (known > this.#lastKnown) this.#lastKnown = known;
    return changes;
  }

  #comesLast(event: KnownEvent, known: Instant): boolean {
    return (
      event.effectiveOn >= this.#lastDay &&
      known >= this.#lastKnown &&
      event.before === undefined &&
      !(this.#awaited.size > 0 && this.#awaited.has(event.id)) &&
      !this.#isMistake &&
      !isCommonFact(event)
    );
  }

  #append(event: KnownEvent, known: Instant): TimelineChanges<State> {
    const { effectiveOn, sequence, dated } = event;
    const fact = this.#register.upcast(event);
    const state = this.#register.evolve(this.#state, fact);
    const isUnchanged = state === this.#state || (this.#states.last === undefined && !this.#exists(state));
    this.#state = state;
    this.#lastDay = effectiveOn;
    const knownFrom: Interval<Instant> = known === BEGINNING_OF_KNOWLEDGE ? ALL_TIME : [known, END_OF_KNOWLEDGE];
    const box: Box = { effective: [effectiveOn, END_OF_DAYS], known: knownFrom };
    const states = isUnchanged ? UNCHANGED : this.#states.put(box, this.#exists(state) ? state : null, sequence);
    const namings = isUnchanged ? UNCHANGED : this.#nameNow(state, box, sequence);
    if (dated === undefined) {
      this.#knownDay = effectiveOn;
      return states === UNCHANGED ? NO_CHANGES : { states, caveats: UNCHANGED, namings };
    }
    const [span] = spansOf([fact], this.#knownDay);
    const cell = spanCell(span as MayAlreadyHold, foldPlaces([fact])(fact));
    if (cell === null) return { states, caveats: UNCHANGED, namings };
    const caveats = this.#caveats.put(event.id, { ...cell, known: knownFrom }, cell.value, sequence);
    return { states, caveats, namings };
  }

  /** From here on the record names what this state does. */
  #nameNow(state: State, box: Box, sequence: number): RectangleChanges<Naming> {
    const [was, is] = [this.#names, this.#namesOf(state)];
    this.#names = is;
    const changed = [...new Set([...was.keys(), ...is.keys()])].filter((ref) => !sameValue(was.get(ref), is.get(ref)));
    return changed.length === 0
      ? UNCHANGED
      : joined(changed.map((ref) => this.#namings.put(ref, box, is.get(ref) ?? null, sequence)));
  }

  #namesOf(state: State): ReadonlyMap<string, Naming> {
    return this.#exists(state) ? this.#namesIn(state) : NO_NAMES;
  }

  #exists(state: State): boolean {
    return this.#register.refOf(state) !== null;
  }

  /** Reads the whole record again in every state of knowledge that counts this event, and replaces what comes out otherwise. */
  #readAgain(event: KnownEvent, known: Instant): TimelineChanges<State> {
    this.#note(event);
    this.#isMistake = mistakeIn(this.#events) !== null;
    const readings = this.#columnsFrom(known).map((column) => this.#read(column));
    const states = this.#states.replace(
      readings.map(({ known, states: cells }) => ({ known, cells })),
      event.sequence,
    );
    const stretches = readings.map(({ known }) => known);
    const caveats = readings.map((reading) => new Map([...reading.caveats].map(([id, cell]) => [id, [cell]])));
    const namings = readings.map((reading) => this.#namingCells(reading.states));
    return {
      states,
      caveats: this.#caveats.replace(stretches, caveats, event.sequence),
      namings: this.#namings.replace(stretches, namings, event.sequence),
    };
  }

  #namingCells(states: readonly Cell<State>[]): ReadonlyMap<string, readonly Cell<Naming>[]> {
    const cells = new Map<string, Cell<Naming>[]>();
    for (const { effective, value: state } of states)
      for (const [ref, value] of this.#namesIn(state)) {
        const of = cells.get(ref) ?? [];
        cells.set(ref, of);
        of.push({ effective, value });
      }
    return cells;
  }

  #note(event: KnownEvent): void {
    const { target } = event.facts as { readonly target?: EventId };
    for (const named of [event.before, target]) {
      if (named !== undefined && !this.#events.some(({ id }) => id === named)) this.#awaited.add(named);
    }
  }

  /** Stretches of time within which the same events were known, from the one that begins at `known`. */
  #columnsFrom(known: Instant): readonly Interval<Instant>[] {
    const begins = [...new Set([known, ...this.#instants.filter((instant) => instant > known)])].sort();
    return begins.map((begin, index) => [begin, begins[index + 1] ?? END_OF_KNOWLEDGE]);
  }

  #read(known: Interval<Instant>): Reading<State> {
    const events =
      this.#instants.length === 0
        ? this.#events
        : this.#events.filter((_, i) => (this.#instants[i] as Instant) <= known[0]);
    const { amended, disputes } = readingOf(this.#register, events);
    const states: Cell<State>[] = [];
    let state = this.#register.initial;
    amended.forEach((event, index) => {
      state = this.#register.evolve(state, event);
      const until = amended[index + 1]?.effectiveOn ?? END_OF_DAYS;
      if (until > event.effectiveOn && this.#exists(state))
        states.push({ effective: [event.effectiveOn, until], value: state });
    });
    if (known[1] === END_OF_KNOWLEDGE) this.#standAtEndOf(amended, state);

    return { known, states, caveats: caveatCells(amended, disputes, events) };
  }

  #standAtEndOf(amended: readonly Event[], state: State): void {
    this.#state = state;
    this.#names = this.#namesOf(state);
    this.#lastDay = amended.at(-1)?.effectiveOn ?? BEGINNING_OF_DAYS;
    this.#knownDay = amended.findLast(({ dated }) => dated === undefined)?.effectiveOn ?? null;
  }
}

/** Each caveat of a record where it holds, by the event that it is about. */
function caveatCells<Event extends RecordEvent>(
  amended: readonly Event[],
  disputes: readonly Dispute[],
  events: readonly RecordEvent[],
): ReadonlyMap<EventId, Cell<Caveat>> {
  const caveats = new Map<EventId, Cell<Caveat>>();
  const spans = spansOf(amended);
  if (spans.length === 0 && disputes.length === 0) return caveats;
  const inForce = new Map(amended.map((event) => [event.id, event]));
  const placeOf = foldPlaces(amended);
  for (const span of spans) {
    const cell = spanCell(span, placeOf(inForce.get(span.event) as Event));
    if (cell !== null) caveats.set(span.event, cell);
  }
  const orders = new Map(disputes.length === 0 ? [] : events.map((event) => [event.id, orderOf(event)]));
  for (const dispute of disputes) {
    const from = dispute.target === undefined ? BEGINNING_OF_DAYS : inForce.get(dispute.target)?.effectiveOn;
    if (from === undefined) continue;
    const value: Caveat = { kind: 'DISPUTED', place: orders.get(dispute.event) as string, dispute };
    caveats.set(dispute.event, { effective: [from, END_OF_DAYS], value });
  }
  return caveats;
}

/** Where a fact without a day may already hold: null for an empty span. */
function spanCell(span: MayAlreadyHold, place: string): Cell<Caveat> | null {
  const from = span.from ?? BEGINNING_OF_DAYS;
  return from >= span.to ? null : { effective: [from, span.to], value: { kind: 'MAY_ALREADY_HOLD', place, span } };
}
