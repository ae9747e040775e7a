import {
  BEGINNING_OF_DAYS,
  earlier,
  END_OF_DAYS,
  isCommonFact,
  later,
  type CivilDate,
  type EventId,
  type Instant,
  type RecordEvent,
} from '../ledger/index.ts';
import { mistakeIn, readingOf, type Foldable } from './amend.ts';
import { statedInstantOf } from './clocks.ts';
import { sameValue } from './same-value.ts';
import { covers, isAbout, spansOf } from './snapshot.ts';
import type { Interval, KnownEvent, RecordingClock, Rectangle, RectangleChanges, Snapshot } from './types.ts';

/** Before and after every instant: the open ends of what was known when. */
export const BEGINNING_OF_KNOWLEDGE: Instant = '';
export const END_OF_KNOWLEDGE: Instant = '~';
/** After every number in the ledger: the end of a rectangle that still stands. */
export const END_OF_SEQUENCE: number = Number.MAX_SAFE_INTEGER;

const ALL_TIME: Interval<Instant> = [BEGINNING_OF_KNOWLEDGE, END_OF_KNOWLEDGE];
const NO_CHANGES: RectangleChanges<never> = { shortened: [], added: [] };
const NOTHING: readonly never[] = [];

/** A place in a record's timeline. On the proven clock any `known` will do. */
export interface Place {
  readonly effective: CivilDate;
  readonly known: Instant;
  readonly sequence: number;
}

/**
 * One record's timeline on one clock, growing event by event.
 *
 * Its rectangles never overlap. At every place in one of them the record is what {@link naiveSnapshot} says; where there is
 * none, the record does not exist. A rectangle that is superseded is closed at the number of the event that superseded it and
 * kept: it tells what was believed before.
 */
export interface RecordTimeline<State> {
  /**
   * Takes in the next event of the record, in the order of the log.
   *
   * A fact that is last in effective and in known order is folded once, whatever went before. Any other event (late, an
   * amendment, `before` another) folds the record anew for each state of knowledge from its own on.
   * @throws RangeError when the event's number is not greater than the last one's
   */
  add(event: KnownEvent): RectangleChanges<State>;
  /** All rectangles so far, by number. */
  rectangles(): readonly Rectangle<State>[];
  /** All that is known, on any day after the last fact. A fact dated ahead counts. */
  readonly snapshotNow: Snapshot<State>;
}

/** An empty timeline. On the proven clock what was known is told by `sequence`, and `known` is all of time. */
export function createTimeline<State, Event extends RecordEvent>(
  register: Foldable<State, Event>,
  clock: RecordingClock,
): RecordTimeline<State> {
  return new GrowingTimeline(register, clock);
}

/** Is that place within the rectangle? */
export function contains(
  rectangle: Pick<Rectangle<unknown>, 'effective' | 'known' | 'sequence'>,
  place: Place,
): boolean {
  const { effective, known, sequence } = rectangle;
  return (
    effective[0] <= place.effective &&
    place.effective < effective[1] &&
    known[0] <= place.known &&
    place.known < known[1] &&
    sequence[0] <= place.sequence &&
    place.sequence < sequence[1]
  );
}

interface Box {
  readonly effective: Interval<CivilDate>;
  readonly known: Interval<Instant>;
}

interface Cell<State> extends Box {
  readonly snapshot: Snapshot<State>;
}

class GrowingTimeline<State, Event extends RecordEvent> implements RecordTimeline<State> {
  readonly #register: Foldable<State, Event>;
  readonly #clock: RecordingClock;
  readonly #events: KnownEvent[] = [];
  /** When each event was known, beside `#events`. Empty on the proven clock. */
  readonly #instants: Instant[] = [];
  readonly #rectangles: Rectangle<State>[] = [];
  /** Still standing, of the latest knowledge, by effective day. */
  #head: Rectangle<State>[] = [];
  /** Still standing, of earlier knowledge. */
  #past: Rectangle<State>[] = [];
  /** Ids that events name and that were not known when they did: only partial histories have any. */
  readonly #awaited = new Set<EventId>();
  #disputed = false;
  /** Nothing holds while the fact that opened the record is void, whatever else is recorded meanwhile. */
  #isMistake = false;
  // The end of the latest column, so that a fact at the end is folded without its forerunners.
  #state: State;
  #lastDay: CivilDate = BEGINNING_OF_DAYS;
  #lastKnown: Instant = BEGINNING_OF_KNOWLEDGE;
  /** The day of the last fact in fold order whose day is known. */
  #knownDay: CivilDate | null = null;

  constructor(register: Foldable<State, Event>, clock: RecordingClock) {
    this.#register = register;
    this.#clock = clock;
    this.#state = register.initial;
  }

  get snapshotNow(): Snapshot<State> {
    return this.#latest()?.snapshot ?? { state: this.#state, mayAlreadyHold: NOTHING, disputed: NOTHING };
  }

  rectangles(): readonly Rectangle<State>[] {
    return this.#rectangles.slice();
  }

  add(event: KnownEvent): RectangleChanges<State> {
    const previous = this.#events.at(-1);
    if (previous !== undefined && event.sequence <= previous.sequence) {
      throw new RangeError(`event ${event.sequence} of the ledger came after event ${previous.sequence}`);
    }
    this.#events.push(event);
    let known = BEGINNING_OF_KNOWLEDGE;
    if (this.#clock === 'STATED') {
      known = statedInstantOf(event, this.#events);
      this.#instants.push(known);
    }
    if (event.type === 'Published' || event.type === 'Marked') return NO_CHANGES;
    const changes = this.#comesLast(event, known) ? this.#append(event, known) : this.#readAgain(event, known);
    if (known > this.#lastKnown) this.#lastKnown = known;
    return changes;
  }

  #latest(): Rectangle<State> | undefined {
    const last = this.#head.at(-1);
    return last?.effective[1] === END_OF_DAYS ? last : undefined;
  }

  #comesLast(event: KnownEvent, known: Instant): boolean {
    return (
      event.effectiveOn >= this.#lastDay &&
      known >= this.#lastKnown &&
      event.before === undefined &&
      !(this.#awaited.size > 0 && this.#awaited.has(event.id)) &&
      // A record that comes into being has the disputes that waited for it.
      !(this.#disputed && this.#latest() === undefined) &&
      !this.#isMistake &&
      !isCommonFact(event)
    );
  }

  #append(event: KnownEvent, known: Instant): RectangleChanges<State> {
    const { effectiveOn, sequence } = event;
    const fact = this.#register.upcast(event);
    const state = this.#register.evolve(this.#state, fact);
    const unchanged = state === this.#state;
    this.#state = state;
    this.#lastDay = effectiveOn;
    if (event.dated !== undefined) return this.#appendSpan(event, known);
    this.#knownDay = effectiveOn;
    if (unchanged) return NO_CHANGES;
    const last = this.#latest();
    const exists = this.#register.refOf(state) !== null;
    if (last === undefined && !exists) return NO_CHANGES;
    const effective: Interval<CivilDate> = [effectiveOn, END_OF_DAYS];
    const knownFrom: Interval<Instant> = known === BEGINNING_OF_KNOWLEDGE ? ALL_TIME : [known, END_OF_KNOWLEDGE];
    const change = new Change(this.#rectangles, sequence);
    for (const old of this.#standingFrom(effectiveOn)) this.#keep(change.carve(old, { effective, known: knownFrom }));
    if (exists) {
      const snapshot: Snapshot<State> = {
        state,
        mayAlreadyHold: NOTHING,
        disputed: last?.snapshot.disputed ?? NOTHING,
      };
      this.#head.push(change.open({ effective, known: knownFrom, snapshot }));
    }
    return change.changes();
  }

  /** A fact whose source gives no day, at the end: within its span all stays as it is, and names the fact. */
  #appendSpan(event: KnownEvent, known: Instant): RectangleChanges<State> {
    const { dated, effectiveOn: to } = event;
    const from = dated?.from ?? this.#knownDay;
    const span = { event: event.id, type: event.type, from, to };
    const state = this.#state;
    const start = earlier(from ?? BEGINNING_OF_DAYS, to);
    const met = this.#standingFrom(start);
    const knownFrom: Interval<Instant> = [known, END_OF_KNOWLEDGE];
    const change = new Change(this.#rectangles, event.sequence);
    const cells: Cell<State>[] = [];
    for (const old of met) {
      this.#keep(change.carve(old, { effective: [start, END_OF_DAYS], known: knownFrom }));
      const begin = later(old.effective[0], start);
      const end = earlier(old.effective[1], to);
      if (begin >= end) continue;
      const snapshot = { ...old.snapshot, mayAlreadyHold: [...old.snapshot.mayAlreadyHold, span] };
      cells.push({ effective: [begin, end], known: knownFrom, snapshot });
    }
    if (this.#register.refOf(state) !== null) {
      const disputed = met.at(-1)?.snapshot.disputed ?? NOTHING;
      cells.push({
        effective: [to, END_OF_DAYS],
        known: knownFrom,
        snapshot: { state, mayAlreadyHold: NOTHING, disputed },
      });
    }
    for (const cell of cells) this.#head.push(change.open(cell));
    return change.changes();
  }

  /**
   * Takes out what stands of the latest knowledge on that day and later: one rectangle or more, for neighbours may be alike where
   * what lay between them was taken back.
   */
  #standingFrom(day: CivilDate): readonly Rectangle<State>[] {
    let first = this.#head.length;
    while (first > 0 && (this.#head[first - 1] as Rectangle<State>).effective[1] > day) first -= 1;
    return this.#head.splice(first);
  }

  #keep(standing: readonly Rectangle<State>[]): void {
    for (const rectangle of standing) {
      if (rectangle.known[1] === END_OF_KNOWLEDGE) this.#head.push(rectangle);
      else this.#past.push(rectangle);
    }
  }

  /** Reads the whole record again in every state of knowledge that counts this event, and replaces what comes out otherwise. */
  #readAgain(event: KnownEvent, known: Instant): RectangleChanges<State> {
    this.#note(event);
    this.#isMistake = mistakeIn(this.#events) !== null;
    const change = new Change(this.#rectangles, event.sequence);
    const boxes: Box[] = [];
    const cells: Cell<State>[] = [];
    let standing = [...this.#head, ...this.#past];
    for (const column of this.#columnsFrom(known)) {
      const was = standing.filter(({ known: [from, to] }) => from <= column[0] && column[0] < to);
      const is = this.#readColumn(column);
      const differing = differences(was.sort(byDay), is, column);
      stack(boxes, differing.boxes, () => true);
      stack(cells, differing.cells, (a, b) => sameValue(a.snapshot, b.snapshot));
    }
    for (const box of boxes) standing = standing.flatMap((old) => (meet(old, box) ? change.carve(old, box) : [old]));
    for (const cell of cells) standing.push(change.open(cell));
    this.#head = [];
    this.#past = [];
    this.#keep(standing);
    this.#head.sort(byDay);
    return change.changes();
  }

  #note(event: KnownEvent): void {
    if (event.type === 'OtherwiseStated') this.#disputed = true;
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

  #readColumn(column: Interval<Instant>): readonly Cell<State>[] {
    const events =
      this.#instants.length === 0
        ? this.#events
        : this.#events.filter((_, i) => (this.#instants[i] as Instant) <= column[0]);
    const { amended, disputes } = readingOf(this.#register, events);
    const spans = spansOf(amended);
    const days = new Set<CivilDate>();
    for (const { effectiveOn } of amended) days.add(effectiveOn);
    for (const { from } of spans) if (from !== null) days.add(from);
    const cells: Cell<State>[] = [];
    const sorted = [...days].sort();
    let state = this.#register.initial;
    let folded = 0;
    sorted.forEach((day, index) => {
      for (; folded < amended.length && (amended[folded] as Event).effectiveOn <= day; folded += 1) {
        state = this.#register.evolve(state, amended[folded] as Event);
      }
      if (this.#register.refOf(state) === null) return;
      const inEffect = amended.slice(0, folded);
      const snapshot = {
        state,
        mayAlreadyHold: spans.filter((span) => covers(span, day)),
        disputed: disputes.filter((dispute) => isAbout(dispute, inEffect)),
      };
      cells.push({ effective: [day, sorted[index + 1] ?? END_OF_DAYS], known: column, snapshot });
    });
    if (column[1] === END_OF_KNOWLEDGE) this.#standAtEndOf(amended, state);
    return cells;
  }

  #standAtEndOf(amended: readonly Event[], state: State): void {
    this.#state = state;
    this.#lastDay = amended.at(-1)?.effectiveOn ?? BEGINNING_OF_DAYS;
    this.#knownDay = amended.findLast(({ dated }) => dated === undefined)?.effectiveOn ?? null;
  }
}

/** What one event does to a record's rectangles, being gathered. Keeps the list of all of them up to date. */
class Change<State> {
  readonly #all: Rectangle<State>[];
  readonly #sequence: number;
  readonly #firstNew: number;
  readonly #shortened = new Set<number>();

  constructor(all: Rectangle<State>[], sequence: number) {
    this.#all = all;
    this.#sequence = sequence;
    this.#firstNew = all.length + 1;
  }

  open(cell: Cell<State>): Rectangle<State> {
    return this.#added(cell.effective, cell.known, [this.#sequence, END_OF_SEQUENCE], cell.snapshot);
  }

  /**
   * Takes the box out of a standing rectangle: what lies outside stands on, what lies inside is closed. The first of these
   * pieces keeps the number.
   * @returns the pieces that stand on
   */
  carve(old: Rectangle<State>, box: Box): readonly Rectangle<State>[] {
    const [dayFrom, dayTo] = old.effective;
    const [knownFrom, knownTo] = old.known;
    const from = later(dayFrom, box.effective[0]);
    const to = earlier(dayTo, box.effective[1]);
    const within: Interval<CivilDate> = from === dayFrom && to === dayTo ? old.effective : [from, to];
    const begin = later(knownFrom, box.known[0]);
    const end = earlier(knownTo, box.known[1]);
    const standing: Rectangle<State>[] = [];
    let whole = true;
    const piece = (
      effective: Interval<CivilDate>,
      known: Interval<Instant>,
      sequence: Interval<number>,
    ): Rectangle<State> => {
      if (!whole) return this.#added(effective, known, sequence, old.snapshot);
      whole = false;
      return this.#shrunk({ number: old.number, effective, known, sequence, snapshot: old.snapshot });
    };
    if (dayFrom < from) standing.push(piece([dayFrom, from], old.known, old.sequence));
    if (to < dayTo) standing.push(piece([to, dayTo], old.known, old.sequence));
    if (knownFrom < begin) standing.push(piece(within, [knownFrom, begin], old.sequence));
    if (end < knownTo) standing.push(piece(within, [end, knownTo], old.sequence));
    const inside: Interval<Instant> = begin === knownFrom && end === knownTo ? old.known : [begin, end];
    piece(within, inside, [old.sequence[0], this.#sequence]);
    return standing;
  }

  changes(): RectangleChanges<State> {
    const shortened: Rectangle<State>[] = [];
    for (const number of this.#shortened) shortened.push(this.#all[number - 1] as Rectangle<State>);
    return { shortened, added: this.#all.slice(this.#firstNew - 1) };
  }

  #added(
    effective: Interval<CivilDate>,
    known: Interval<Instant>,
    sequence: Interval<number>,
    snapshot: Snapshot<State>,
  ): Rectangle<State> {
    const rectangle = { number: this.#all.length + 1, effective, known, sequence, snapshot };
    this.#all.push(rectangle);
    return rectangle;
  }

  #shrunk(rectangle: Rectangle<State>): Rectangle<State> {
    this.#all[rectangle.number - 1] = rectangle;
    if (rectangle.number < this.#firstNew) this.#shortened.add(rectangle.number);
    return rectangle;
  }
}

/** Where two rows of cells by day, of one column, say different things: the boxes to clear, and what belongs there now. */
function differences<State>(
  was: readonly Cell<State>[],
  is: readonly Cell<State>[],
  known: Interval<Instant>,
): { readonly boxes: readonly Box[]; readonly cells: readonly Cell<State>[] } {
  const days = [...new Set([...was, ...is].flatMap(({ effective }) => effective))].sort();
  const boxes: { effective: Interval<CivilDate>; known: Interval<Instant> }[] = [];
  const cells: { effective: Interval<CivilDate>; known: Interval<Instant>; snapshot: Snapshot<State> }[] = [];
  let w = 0;
  let i = 0;
  for (let d = 0; d + 1 < days.length; d += 1) {
    const from = days[d] as CivilDate;
    const to = days[d + 1] as CivilDate;
    while (w < was.length && (was[w] as Cell<State>).effective[1] <= from) w += 1;
    while (i < is.length && (is[i] as Cell<State>).effective[1] <= from) i += 1;
    const before = startedBy(was[w], from);
    const after = startedBy(is[i], from);
    if (sameValue(before?.snapshot, after?.snapshot)) continue;
    const box = boxes.at(-1);
    if (box?.effective[1] === from) box.effective = [box.effective[0], to];
    else boxes.push({ effective: [from, to], known });
    if (after === undefined) continue;
    const cell = cells.at(-1);
    if (cell?.effective[1] === from && sameValue(cell.snapshot, after.snapshot))
      cell.effective = [cell.effective[0], to];
    else cells.push({ effective: [from, to], known, snapshot: after.snapshot });
  }
  return { boxes, cells };
}

function startedBy<State>(cell: Cell<State> | undefined, day: CivilDate): Cell<State> | undefined {
  return cell !== undefined && cell.effective[0] <= day ? cell : undefined;
}

/** Adds the boxes of the next column, each joined to the one it continues, if that alike spans the same days. */
function stack<B extends Box>(boxes: B[], next: readonly B[], alike: (a: B, b: B) => boolean): void {
  const count = boxes.length;
  for (const box of next) {
    const [from, to] = box.effective;
    const at = boxes.findIndex(
      (one, index) =>
        index < count &&
        one.known[1] === box.known[0] &&
        one.effective[0] === from &&
        one.effective[1] === to &&
        alike(one, box),
    );
    if (at === -1) boxes.push(box);
    else boxes[at] = { ...box, known: [(boxes[at] as B).known[0], box.known[1]] };
  }
}

function meet(a: Box, b: Box): boolean {
  return (
    a.effective[0] < b.effective[1] &&
    b.effective[0] < a.effective[1] &&
    a.known[0] < b.known[1] &&
    b.known[0] < a.known[1]
  );
}

function byDay(a: Box, b: Box): number {
  return a.effective[0] < b.effective[0] ? -1 : a.effective[0] > b.effective[0] ? 1 : 0;
}
