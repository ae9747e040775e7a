import { AUDIENCES, visibleEvents } from '../access/index.ts';
import { COMMON_FACT_TYPES, type Instant, type Register } from '../ledger/index.ts';
import {
  amend,
  asItStood,
  createTimeline,
  fold,
  statedInstantOf,
  type KnownEvent,
  type Rectangle,
  type RectangleChanges,
  type RecordTimeline,
  type Snapshot,
} from '../timeline/index.ts';
import { AUDIENCE_BIT, CLOCK_BIT } from './projection.ts';
import type { ParkedRow } from './tables.ts';

/** An event of the record, or the place of one that cannot be read. */
export type LoggedFact =
  KnownEvent | { readonly sequence: number; readonly recordedAt: Instant; readonly unreadable: true };

/** A rectangle, for whom and for which clocks it is, and what the projections make of it. */
export interface PlacedRectangle<Drawn> {
  readonly audiences: number;
  readonly clocks: number;
  readonly rectangle: Rectangle<unknown>;
  /** Number of the first rectangle with this very snapshot, for which it was drawn. */
  readonly drawnFor: number;
  readonly drawn: Drawn;
}

type NewBounds = RectangleChanges<unknown>['shortened'][number];

export interface ShortenedRectangle {
  readonly audiences: number;
  readonly clocks: number;
  readonly bounds: NewBounds;
}

/** What the latest events do to the rectangles of their record. */
export interface FoldChanges<Drawn> {
  /** All that was there before is to go first. */
  readonly afresh: boolean;
  readonly added: readonly PlacedRectangle<Drawn>[];
  /** Rectangles that were there before and have new bounds. */
  readonly shortened: readonly ShortenedRectangle[];
}

/** From where on the record cannot be applied, why, and which audiences would see it. */
export type Parked = Pick<ParkedRow, 'sequence' | 'reason' | 'audiences'>;

/** What the projections of a register make of one state of one of its records. Pure; asked once for each snapshot. */
export type Draw<Drawn> = (snapshot: Snapshot<unknown>, ref: string) => Drawn;

interface Seen {
  audiences: number;
  readonly events: readonly KnownEvent[];
}
interface RectangleSet {
  readonly clocks: number;
  readonly timeline: RecordTimeline<unknown>;
}
interface Group extends Readonly<Seen> {
  readonly sets: readonly RectangleSet[];
}
interface Reading {
  readonly seen: readonly Seen[];
  readonly wouldSee: number;
  readonly rights: ReadonlyMap<number, number>;
  readonly stop: Pick<Parked, 'sequence' | 'reason'> | null;
}

/**
 * One record, folded for each audience on each clock. Audiences that may see the same events share one set of rectangles, and
 * a record without imported facts has one set for both clocks.
 *
 * An event that this version does not know or cannot apply parks the record, which stays as it was just before. What is hidden later
 * is hidden all the same; and where an unknown kind may have hidden it, only the full audience goes on seeing it. An event that is
 * damaged in the store leaves nothing of its record that could be shown as fact: there are no rows, for anybody.
 */
export class RecordFold<Drawn> {
  readonly #register: Register;
  readonly #draw: Draw<Drawn>;
  readonly #kinds: ReadonlySet<string>;
  readonly #drawn = new WeakMap<Snapshot<unknown>, Pick<PlacedRectangle<Drawn>, 'drawnFor' | 'drawn'>>();
  readonly #facts: LoggedFact[] = [];
  readonly #events: KnownEvent[] = [];
  #groups: readonly Group[] = [];
  /** Sequence of the first event that is damaged. */
  #damagedFrom = Infinity;
  #parked: Parked | null = null;
  #rights: ReadonlyMap<number, number> = new Map();

  constructor(register: Register, draw: Draw<Drawn>) {
    this.#register = register;
    this.#draw = draw;
    this.#kinds = new Set(register.kinds.map(({ type, schema }) => `${type}/${schema}`));
  }

  /** How many events it holds: what it costs to keep. */
  get size(): number {
    return this.#facts.length;
  }

  get parked(): Parked | null {
    return this.#parked;
  }

  /** Audiences that may see each event, by its sequence. Nobody sees one that cannot be read. */
  get rights(): ReadonlyMap<number, number> {
    return this.#rights;
  }

  /** When an event of this record was recorded on the clock of stated dates. */
  knownAt(event: KnownEvent): Instant {
    return event.stated === undefined ? event.recordedAt : statedInstantOf(event, this.#events);
  }

  /** The record's latest reference, and the post that owns it by all that the ledger holds now. */
  standing(): { readonly ref: string | null; readonly owner: string | null } {
    if (this.#parked?.reason === 'damaged') return this.#standingWhenDamaged();
    const group = this.#groups.find(({ audiences }) => (audiences & AUDIENCE_BIT.full) !== 0);
    const timeline = group?.sets[0]?.timeline;
    if (group === undefined || timeline === undefined) return { ref: null, owner: null };
    const { state } = timeline.snapshotNow;
    const ref = this.#register.refOf(state);
    if (ref !== null) return { ref, owner: this.#register.ownerOf(state) };
    // Recorded by mistake: whoever might see it, because they know its reference or own it, may see that.
    const stood = fold(this.#register, amend(this.#register, asItStood(group.events)));
    return { ref: lastRef(this.#register, timeline), owner: this.#register.ownerOf(stood) };
  }

  /** Takes in the next events of the record, in the order of the log. */
  add(facts: readonly LoggedFact[]): FoldChanges<Drawn> {
    for (const fact of facts) {
      this.#facts.push(fact);
      if (!('unreadable' in fact)) this.#events.push(fact);
      else this.#damagedFrom = Math.min(this.#damagedFrom, fact.sequence);
    }
    const reading = this.#read();
    this.#rights = reading.rights;
    return this.#extend(reading) ?? this.#foldAfresh(reading);
  }

  /** Who may see which events, and where the first stands that this version does not understand. */
  #read(): Reading {
    if (this.#damagedFrom !== Infinity) {
      const stop = { sequence: this.#damagedFrom, reason: 'damaged' } as const;
      return { seen: [], wouldSee: this.#mightSee(), rights: new Map(), stop };
    }
    let stop: Reading['stop'] = null;
    let mayHide = false;
    for (const fact of this.#events) {
      if (this.#kinds.has(`${fact.type}/${fact.schema}`)) continue;
      stop ??= { sequence: fact.sequence, reason: 'unknown-kind' };
      mayHide ||= (COMMON_FACT_TYPES as readonly string[]).includes(fact.type);
    }
    const rights = new Map<number, number>();
    const seen: Seen[] = [];
    let wouldSee = 0;
    for (const audience of AUDIENCES) {
      const events = visibleEvents(this.#events, audience);
      const bit = AUDIENCE_BIT[audience];
      if (events.length > 0) wouldSee |= bit;
      if (events.length === 0 || (mayHide && audience !== 'full')) continue;
      for (const { sequence } of events) rights.set(sequence, (rights.get(sequence) ?? 0) | bit);
      const same = seen.find((one) => one.events.length === events.length && beginsWith(events, one.events));
      if (same === undefined) seen.push({ audiences: bit, events });
      else same.audiences |= bit;
    }
    // A record of which nothing can be read is missing at least from the lists of those who may see everything.
    return { seen, wouldSee: wouldSee === 0 ? AUDIENCE_BIT.full : wouldSee, rights, stop };
  }

  /**
   * Audiences that might see a record of which something is damaged. What can be read hides it as ever; but what is damaged may have been
   * its opening or its publication. That a number of an open series exists is no secret.
   */
  #mightSee(): number {
    const isOpened = this.#events.some(({ version }) => version === 1);
    const isOpen = !isOpened || visibleEvents(this.#events, 'official').length > 0;
    return isOpen ? AUDIENCE_BIT.full | AUDIENCE_BIT.official | AUDIENCE_BIT.public : AUDIENCE_BIT.full;
  }

  /** What can be said of a record of which nothing is shown. */
  #standingWhenDamaged(): { readonly ref: string | null; readonly owner: string | null } {
    try {
      const state = fold(this.#register, amend(this.#register, asItStood(this.#events)));
      return { ref: this.#register.refOf(state), owner: this.#register.ownerOf(state) };
    } catch {
      return { ref: null, owner: null };
    }
  }

  /** Adds what is new at the ends. Null when that is not all that has changed, or when an event cannot be applied. */
  #extend({ seen, stop }: Reading): FoldChanges<Drawn> | null {
    if (this.#parked !== null || stop !== null || !continues(this.#groups, seen)) return null;
    const added: PlacedRectangle<Drawn>[] = [];
    const shortened: ShortenedRectangle[] = [];
    try {
      this.#groups = this.#groups.map(({ audiences, events: before, sets }, index) => {
        const { events } = seen[index] as Seen;
        for (const { clocks, timeline } of sets) {
          const made = new Map<number, Rectangle<unknown>>();
          const moved = new Map<number, NewBounds>();
          for (let at = before.length; at < events.length; at += 1) {
            const changes = timeline.add(events[at] as KnownEvent);
            for (const bounds of changes.shortened) {
              const own = made.get(bounds.number);
              if (own === undefined) moved.set(bounds.number, bounds);
              else made.set(bounds.number, { ...own, ...bounds });
            }
            for (const rectangle of changes.added) made.set(rectangle.number, rectangle);
          }
          for (const bounds of moved.values()) shortened.push({ audiences, clocks, bounds });
          for (const rectangle of made.values()) added.push(this.#placed(audiences, clocks, rectangle));
        }
        return { audiences, events, sets };
      });
    } catch {
      // Folding afresh finds out which event it is.
      return null;
    }
    return { afresh: false, added, shortened };
  }

  #foldAfresh({ seen, wouldSee, stop }: Reading): FoldChanges<Drawn> {
    for (;;) {
      this.#parked = stop === null ? null : { ...stop, audiences: wouldSee };
      try {
        const before = stop?.sequence ?? Infinity;
        this.#groups = seen.map(({ audiences, events }) => {
          const usable = stop === null ? events : events.filter(({ sequence }) => sequence < before);
          return { audiences, events: usable, sets: this.#setsOf(usable) };
        });
        const added = this.#groups.flatMap(({ audiences, sets }) =>
          sets.flatMap(({ clocks, timeline }) =>
            timeline.rectangles().map((rectangle) => this.#placed(audiences, clocks, rectangle)),
          ),
        );
        return { afresh: true, added, shortened: [] };
      } catch (cause) {
        if (!(cause instanceof NotApplicable)) throw cause;
        stop = { sequence: cause.sequence, reason: 'not-applicable' };
      }
    }
  }

  #setsOf(events: readonly KnownEvent[]): readonly RectangleSet[] {
    const setOf = (clock: keyof typeof CLOCK_BIT, clocks: number): RectangleSet => {
      const timeline = createTimeline(this.#register, clock);
      for (const event of events) {
        try {
          timeline.add(event);
        } catch (cause) {
          throw new NotApplicable(event.sequence, cause);
        }
      }
      return { clocks, timeline };
    };
    if (!events.some(isImported)) return [setOf('PROVEN', CLOCK_BIT.PROVEN | CLOCK_BIT.STATED)];
    return [setOf('PROVEN', CLOCK_BIT.PROVEN), setOf('STATED', CLOCK_BIT.STATED)];
  }

  #placed(audiences: number, clocks: number, rectangle: Rectangle<unknown>): PlacedRectangle<Drawn> {
    const { snapshot, number, sequence } = rectangle;
    let once = this.#drawn.get(snapshot);
    if (once === undefined) {
      try {
        once = { drawnFor: number, drawn: this.#draw(snapshot, this.#register.refOf(snapshot.state) as string) };
      } catch (cause) {
        throw new NotApplicable(sequence[0], cause);
      }
      this.#drawn.set(snapshot, once);
    }
    return { audiences, clocks, rectangle, ...once };
  }
}

/** An event made a register or a projection throw. */
class NotApplicable extends Error {
  override readonly name = 'NotApplicable';
  readonly sequence: number;
  constructor(sequence: number, cause: unknown) {
    super('an event cannot be applied', { cause });
    this.sequence = sequence;
  }
}

/** True if every group goes on as it was, with or without more events at its end. */
function continues(groups: readonly Group[], seen: readonly Seen[]): boolean {
  return (
    groups.length === seen.length &&
    groups.every(({ audiences, events, sets }, index) => {
      const next = seen[index] as Seen;
      return (
        audiences === next.audiences &&
        beginsWith(next.events, events) &&
        // The first imported fact of a record gives each clock rectangles of its own.
        (sets.length === 2 || !next.events.slice(events.length).some(isImported))
      );
    })
  );
}

function beginsWith(events: readonly KnownEvent[], beginning: readonly KnownEvent[]): boolean {
  return beginning.length <= events.length && beginning.every((event, index) => event === events[index]);
}

function isImported({ stated }: KnownEvent): boolean {
  return stated !== undefined;
}

function lastRef(register: Register, timeline: RecordTimeline<unknown>): string | null {
  const last = timeline.rectangles().at(-1);
  return last === undefined ? null : register.refOf(last.snapshot.state);
}
