import { isCommonFact, type CivilDate, type EventId, type RecordEvent } from '../ledger/index.ts';
import { amend, mistakeIn, type Foldable } from './amend.ts';
import type { KnownEvent } from './types.ts';

/**
 * One record as it is read while more and more of it becomes known: at any time what {@link amend} says of all that is known.
 *
 * A fact that comes at the end costs itself, and an amendment what it amends and the folding of what follows that; whatever went before is neither
 * sorted nor folded again. What is rarer (`before` another, the opening void, events that come to be known before those that they name) reads the
 * record anew.
 */
export class GrowingReading<State = unknown, Event extends RecordEvent = RecordEvent> {
  readonly #register: Foldable<State, Event>;
  /** What is known, by version. */
  #known: KnownEvent[];
  readonly #byId = new Map<EventId, KnownEvent>();
  /** By the fact that they are about in the end: a void of a correction is about what that corrects. */
  readonly #amendments = new Map<EventId, KnownEvent[]>();
  readonly #awaited = new Set<EventId>();
  #hasBefore = false;
  #isMistake = false;
  #amended: Event[] = [];
  /** After so many of the facts in force, as far as that was asked for; undefined where it was let go of. */
  readonly #states: (State | undefined)[];

  constructor(register: Foldable<State, Event>, known: readonly KnownEvent[]) {
    this.#register = register;
    this.#known = known.toSorted((a, b) => a.version - b.version);
    this.#states = [register.initial];
    for (const event of this.#known) this.#note(event);
    this.#readAnew();
  }

  /** The facts in force, as corrected, in fold order. */
  get amended(): readonly Event[] {
    return this.#amended;
  }

  /** The event that opened the record is void: nothing of it holds. */
  get isMistake(): boolean {
    return this.#isMistake;
  }

  /** How many facts are in effect at the end of that day. */
  countOn(day: CivilDate): number {
    let [from, to] = [0, this.#amended.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.#amended[middle]!.effectiveOn <= day) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  /** The state after so many facts in fold order. */
  stateAfter(count: number): State {
    let folded = Math.min(count, this.#states.length - 1);
    while (this.#states[folded] === undefined) folded -= 1;
    let state: State = this.#states[folded]!;
    for (; folded < count; folded += 1) {
      if (folded % ONE_IN > 0 && folded > ONE_IN) this.#states[folded] = undefined;
      this.#states[folded + 1] = state = this.#register.evolve(state, this.#amended[folded]!);
    }
    return state;
  }

  /** Takes in an event that was not known, whichever of the record it is. */
  know(event: KnownEvent): void {
    const last = this.#known.at(-1);
    const isNext = last === undefined || last.version < event.version;
    const isAwaited = this.#awaited.has(event.id);
    if (isNext) this.#known.push(event);
    else this.#known = [...this.#known, event].sort((a, b) => a.version - b.version);
    const about = this.#note(event);
    if (STANDS_BESIDE.has(event.type)) return;
    if (!isNext || isAwaited || this.#hasBefore || this.#isMistake || event.before !== undefined || event.version === 1)
      return this.#readAnew();
    if (!isCommonFact(event)) return this.#insert(this.#register.upcast(event));
    const fact = about === null ? undefined : this.#byId.get(about);
    // An amendment of what is not known, or of an amendment that is none, amends nothing.
    if (fact === undefined || isCommonFact(fact)) return;
    if (fact.version === 1 && event.type !== 'Corrected') return this.#readAnew();
    this.#amendAgain(fact);
  }

  /** @returns the fact that an amendment is about in the end; null for any other event, and where that is not known */
  #note(event: KnownEvent): EventId | null {
    this.#byId.set(event.id, event);
    this.#hasBefore ||= event.before !== undefined;
    const { target } = event.facts as { readonly target?: EventId };
    for (const named of [event.before, target])
      if (named !== undefined && !this.#byId.has(named)) this.#awaited.add(named);
    if (!isCommonFact(event) || target === undefined) return null;
    const amended = this.#byId.get(target);
    const about = amended?.type === 'Corrected' ? (amended.facts['target'] as EventId) : target;
    const of = this.#amendments.get(about);
    if (of === undefined) this.#amendments.set(about, [event]);
    else of.push(event);
    return about;
  }

  #readAnew(): void {
    const amended = amend(this.#register, this.#known);
    this.#isMistake = mistakeIn(this.#known) !== null;
    let same = 0;
    // Facts that nothing amends are read as the same values only where the schema needs no lifting, so few are kept.
    while (same < amended.length && amended[same] === this.#amended[same]) same += 1;
    this.#amended = [...amended];
    this.#states.length = Math.min(this.#states.length, same + 1);
  }

  /** Reads one fact again with all that amends it, and puts it where it now belongs. */
  #amendAgain(fact: KnownEvent): void {
    const at = this.#amended.findIndex(({ id }) => id === fact.id);
    const [amended] = amend(this.#register, [fact, ...this.#amendments.get(fact.id)!]);
    if (at >= 0) {
      this.#amended.splice(at, 1);
      this.#states.length = Math.min(this.#states.length, at + 1);
    }
    if (amended !== undefined) this.#insert(amended);
  }

  #insert(fact: Event): void {
    let at = this.countOn(fact.effectiveOn);
    while (at > 0 && isAfter(this.#amended[at - 1]!, fact)) at -= 1;
    this.#amended.splice(at, 0, fact);
    this.#states.length = Math.min(this.#states.length, at + 1);
  }
}

/** Of a long record one state in so many is kept: each may hold a list as long as the record, and the others are folded again in no time. */
const ONE_IN = 16;

/** What changes no state. */
const STANDS_BESIDE: ReadonlySet<string> = new Set(['OtherwiseStated', 'Published', 'Marked']);

function isAfter(one: RecordEvent, other: RecordEvent): boolean {
  return one.effectiveOn === other.effectiveOn && one.version > other.version;
}
