import { belongsTo } from './scope.ts';
import { AUDIENCES, isOfTheRecord, seesNext, visibilityOf, visibilityWith, visibleEvents } from '../access/index.ts';
import { COMMON_FACT_TYPES, type EventId, type Instant, type Register } from '../ledger/index.ts';
import {
  amend,
  asItStood,
  createTimeline,
  fold,
  statedInstants,
  type Caveat,
  type KnownEvent,
  type NamesIn,
  type Naming,
  type Rectangle,
  type RectangleChanges,
  type RecordTimeline,
} from '../timeline/index.ts';
import { AUDIENCE_BIT, CLOCK_BIT } from './projection.ts';
import { LinkFacts, OF_NO_LINK, type OfLink } from './link-facts.ts';
import { StateKeeper, type KeptState } from './state-differences.ts';
import type { ParkedRow } from './tables.ts';

/** An event of the record, or the place of one that cannot be read. */
export type LoggedFact =
  | KnownEvent
  | {
      readonly sequence: number;
      readonly recordedAt: Instant;
      readonly unreadable: true;
      /** It stands in the place of another record's event. */
      readonly stray?: true;
    };

/** A rectangle, and for whom and for which clocks it is. */
export interface Placed<Value> {
  readonly audiences: number;
  readonly clocks: number;
  readonly rectangle: Rectangle<Value>;
}

/** A state's rectangle, what the projections make of the state, and how it is kept if this is the first rectangle with it. */
export interface PlacedState<Drawn> extends Placed<unknown> {
  readonly drawn: Drawn;
  readonly kept: KeptState | null;
}

/** An event of the record, as its rights stand. */
export interface EventRights {
  readonly sequence: number;
  readonly audiences: number;
}

/** A new event of the record. */
export interface RecordedFact extends EventRights {
  /** When it was recorded on the clock of stated dates. */
  readonly knownAt: Instant;
  readonly imported: boolean;
  readonly ofLink: OfLink;
}

/** What the latest events do to their record. */
export interface FoldChanges<Drawn> {
  readonly recorded: readonly RecordedFact[];
  /** Earlier events that other audiences see than before. */
  readonly rights: readonly EventRights[];
  /** All rectangles that were there before are to go first. */
  readonly afresh: boolean;
  readonly states: readonly PlacedState<Drawn>[];
  readonly caveats: readonly Placed<Caveat>[];
  readonly namings: readonly Placed<Naming>[];
  /** Rectangles that were there before and have new bounds. */
  readonly shortened: {
    readonly states: readonly Placed<unknown>[];
    readonly caveats: readonly Placed<Caveat>[];
    readonly namings: readonly Placed<Naming>[];
  };
}

/** From where on the record cannot be applied, why, and which audiences would see it. */
export type Parked = Pick<ParkedRow, 'sequence' | 'reason' | 'audiences'>;

/** What the projections of a register make of one state of one of its records. Pure. */
export type Draw<Drawn> = (state: unknown, ref: string) => Drawn;

interface Seen {
  audiences: number;
  readonly events: readonly KnownEvent[];
}
interface RectangleSet {
  readonly clocks: number;
  readonly timeline: RecordTimeline<unknown>;
  readonly keeper: StateKeeper;
}
/** Audiences that see the same events, and what these fold to. */
interface Group {
  readonly audiences: number;
  readonly events: KnownEvent[];
  readonly sets: readonly RectangleSet[];
}
interface Reading {
  readonly seen: readonly Seen[];
  readonly wouldSee: number;
  readonly rights: ReadonlyMap<EventId, number>;
  readonly stop: Pick<Parked, 'sequence' | 'reason'> | null;
}
interface Added<Drawn> {
  readonly states: PlacedState<Drawn>[];
  readonly caveats: Placed<Caveat>[];
  readonly namings: Placed<Naming>[];
  readonly shortened: {
    readonly states: Placed<unknown>[];
    readonly caveats: Placed<Caveat>[];
    readonly namings: Placed<Naming>[];
  };
}

function nothingAdded<Drawn>(): Added<Drawn> {
  return { states: [], caveats: [], namings: [], shortened: { states: [], caveats: [], namings: [] } };
}

const UNOPENED = visibilityOf([]);

/**
 * One record, folded for each audience on each clock. Audiences that may see the same events share one set of rectangles, and
 * a record without imported facts has one set for both clocks.
 *
 * An event that comes last and decides nobody's sight of earlier ones costs the same, however many went before. Any other makes
 * the record be read again.
 *
 * An event that this version does not know or cannot apply parks the record, which stays as it was just before. What is hidden later
 * is hidden all the same; and where an unknown kind may have hidden it, only the full audience goes on seeing it. An event that is
 * damaged in the store leaves nothing of its record that could be shown as fact: there are no rows, for anybody.
 */
export class RecordFold<Drawn> {
  readonly #register: Register;
  readonly #draw: Draw<Drawn>;
  readonly #namesIn: NamesIn<unknown>;
  readonly #kinds: ReadonlySet<string>;
  readonly #drawn = new WeakMap<object, Drawn>();
  readonly #facts: LoggedFact[] = [];
  readonly #events: KnownEvent[] = [];
  readonly #statedInstantOf = statedInstants();
  readonly #linkFacts = new LinkFacts();
  #visibility = UNOPENED;
  #groups: readonly Group[] = [];
  /** Sequence of the first event that is damaged. */
  #damagedFrom = Infinity;
  #parked: Parked | null = null;
  /** Audiences that may see each event. Nobody sees one that cannot be read. */
  #rights = new Map<EventId, number>();
  /** The latest reference that the full audience has seen it under. */
  #ref: string | null = null;

  /** @param namesIn default: nothing is named */
  constructor(register: Register, draw: Draw<Drawn>, namesIn: NamesIn<unknown> = () => new Map()) {
    this.#register = register;
    this.#draw = draw;
    this.#namesIn = namesIn;
    this.#kinds = new Set(register.kinds.map(({ type, schema }) => `${type}/${schema}`));
  }

  /** How many events it holds: what it costs to keep. */
  get size(): number {
    return this.#facts.length;
  }

  get parked(): Parked | null {
    return this.#parked;
  }

  /** Does that event of the record make it void (true), lift that (false), or neither (null)? */
  makesVoid(event: KnownEvent): boolean | null {
    return isOfTheRecord(this.#visibility, event) ? event.type === 'Voided' : null;
  }

  #whoseIs(state: unknown): Omit<Standing, 'ref'> {
    return { owners: this.#register.ownersOf(state), belongsTo: belongsTo(this.#register, state) };
  }

  /** The record's latest reference, the body to which it belongs, and the posts that own it by all that the ledger holds now. */
  standing(): Standing {
    if (this.#parked?.reason === 'damaged') return this.#standingWhenDamaged();
    const group = this.#groups.find(({ audiences }) => (audiences & AUDIENCE_BIT.full) !== 0);
    const timeline = group?.sets[0]?.timeline;
    if (group === undefined || timeline === undefined) return NOWHERE;
    const { stateNow } = timeline;
    const ref = this.#register.refOf(stateNow);
    if (ref !== null) return { ref, ...this.#whoseIs(stateNow) };
    // Recorded by mistake: whoever might see it, because they know its reference or own it, may see that.
    const stood = fold(this.#register, amend(this.#register, asItStood(group.events)));
    return { ref: this.#ref, ...this.#whoseIs(stood) };
  }

  /** Takes in the next events of the record, in the order of the log. */
  add(facts: readonly LoggedFact[]): FoldChanges<Drawn> {
    const before = this.#events.length;
    const instants = new Map<LoggedFact, Instant>();
    const links = new Map<LoggedFact, OfLink>();
    let visibility = this.#visibility;
    for (const fact of facts) {
      this.#facts.push(fact);
      if ('unreadable' in fact) {
        this.#damagedFrom = Math.min(this.#damagedFrom, fact.sequence);
        continue;
      }
      this.#events.push(fact);
      instants.set(fact, this.#statedInstantOf(fact));
      links.set(fact, this.#linkFacts.add(fact));
      visibility = visibilityWith(visibility, fact);
    }
    const isOrdinary =
      visibility === this.#visibility && this.#parked === null && facts.every((fact) => this.#isKnown(fact));
    this.#visibility = visibility;
    const old = this.#rights;
    const extended = isOrdinary ? this.#extendEach(facts as readonly KnownEvent[]) : null;
    const { afresh, added } = extended ?? this.#readAgain();
    const rights: EventRights[] = [];
    if (this.#rights !== old)
      for (const { id, sequence } of this.#events.slice(0, before)) {
        const audiences = this.#rights.get(id) ?? 0;
        if (audiences !== (old.get(id) ?? 0)) rights.push({ sequence, audiences });
      }
    const recorded = facts.map((fact) => ({
      sequence: fact.sequence,
      audiences: 'unreadable' in fact ? 0 : (this.#rights.get(fact.id) ?? 0),
      knownAt: instants.get(fact) ?? fact.recordedAt,
      imported: !('unreadable' in fact) && isImported(fact),
      ofLink: links.get(fact) ?? OF_NO_LINK,
    }));
    return { recorded, rights, afresh, ...added };
  }

  #isKnown(fact: LoggedFact): boolean {
    return !('unreadable' in fact) && this.#kinds.has(`${fact.type}/${fact.schema}`);
  }

  /**
   * Adds events that decide nobody's sight of others to the groups that see them. Null when a group parts over one of them, when
   * one gives the clocks rectangles of their own, or cannot be applied: then the record is read again.
   */
  #extendEach(events: readonly KnownEvent[]): { readonly afresh: false; readonly added: Added<Drawn> } | null {
    const plan: { readonly event: KnownEvent; readonly sees: number }[] = [];
    for (const event of events) {
      const sees = this.#seenBy(event);
      for (const { audiences, sets } of this.#groups) {
        const some = audiences & sees;
        if (some !== 0 && (some !== audiences || (sets.length === 1 && isImported(event)))) return null;
      }
      // What is seen decides who sees what amends it.
      this.#rights.set(event.id, sees);
      plan.push({ event, sees });
    }
    const added: Added<Drawn> = nothingAdded();
    try {
      for (const group of this.#groups) {
        const own = plan.flatMap(({ event, sees }) => ((group.audiences & sees) === 0 ? [] : [event]));
        this.#take(group, own, added);
      }
    } catch {
      // Reading again finds out which event it is.
      return null;
    }
    return { afresh: false, added };
  }

  /** The audiences, of those for whom the record exists, that may see its next event. */
  #seenBy(event: KnownEvent): number {
    const exists = this.#groups.reduce((bits, { audiences }) => bits | audiences, 0);
    return AUDIENCES.reduce((bits, audience) => {
      const bit = AUDIENCE_BIT[audience];
      const sees = (id: EventId) => ((this.#rights.get(id) ?? 0) & bit) !== 0;
      return (exists & bit) !== 0 && seesNext(audience, this.#visibility, event, sees) ? bits | bit : bits;
    }, 0);
  }

  #readAgain(): { readonly afresh: boolean; readonly added: Added<Drawn> } {
    const reading = this.#read();
    this.#rights = new Map(reading.rights);
    const extended = this.#extend(reading);
    return extended === null ? { afresh: true, added: this.#foldAfresh(reading) } : { afresh: false, added: extended };
  }

  /** Who may see which events, and where the first stands that this version does not understand. */
  #read(): Reading {
    if (this.#damagedFrom !== Infinity) {
      const stop = { sequence: this.#damagedFrom, reason: 'damaged' } as const;
      return { seen: [], wouldSee: this.#mightSee(), rights: new Map(), stop };
    }
    let stop: Reading['stop'] = null;
    let mayHide = false;
    for (const event of this.#events) {
      if (this.#isKnown(event)) continue;
      stop ??= { sequence: event.sequence, reason: 'unknown-kind' };
      mayHide ||= (COMMON_FACT_TYPES as readonly string[]).includes(event.type);
    }
    const rights = new Map<EventId, number>();
    const seen: Seen[] = [];
    let wouldSee = 0;
    for (const audience of AUDIENCES) {
      const events = visibleEvents(this.#events, audience, this.#visibility);
      const bit = AUDIENCE_BIT[audience];
      if (events.length > 0) wouldSee |= bit;
      if (events.length === 0 || (mayHide && audience !== 'full')) continue;
      for (const { id } of events) rights.set(id, (rights.get(id) ?? 0) | bit);
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
  #standingWhenDamaged(): Standing {
    try {
      const state = fold(this.#register, amend(this.#register, asItStood(this.#events)));
      return { ref: this.#register.refOf(state), ...this.#whoseIs(state) };
    } catch {
      return NOWHERE;
    }
  }

  /** Adds what is new at the ends. Null when that is not all that has changed, or when an event cannot be applied. */
  #extend({ seen, stop }: Reading): Added<Drawn> | null {
    if (this.#parked !== null || stop !== null || !continues(this.#groups, seen)) return null;
    const added: Added<Drawn> = nothingAdded();
    try {
      this.#groups.forEach((group, index) =>
        this.#take(group, (seen[index] as Seen).events.slice(group.events.length), added),
      );
    } catch {
      // Folding afresh finds out which event it is.
      return null;
    }
    return added;
  }

  #foldAfresh({ seen, wouldSee, stop }: Reading): Added<Drawn> {
    for (;;) {
      this.#parked = stop === null ? null : { ...stop, audiences: wouldSee };
      this.#ref = null;
      const added: Added<Drawn> = nothingAdded();
      try {
        const before = stop?.sequence ?? Infinity;
        this.#groups = seen.map(({ audiences, events }) => {
          const usable = stop === null ? events : events.filter(({ sequence }) => sequence < before);
          const group: Group = { audiences, events: [], sets: this.#setsFor(usable) };
          this.#take(group, usable, added);
          return group;
        });
        return added;
      } catch (cause) {
        if (!(cause instanceof NotApplicable)) throw cause;
        stop = { sequence: cause.sequence, reason: 'not-applicable' };
      }
    }
  }

  #setsFor(events: readonly KnownEvent[]): readonly RectangleSet[] {
    const setOf = (clock: keyof typeof CLOCK_BIT, clocks: number): RectangleSet => ({
      clocks,
      timeline: createTimeline(this.#register, clock, this.#namesIn),
      keeper: new StateKeeper(),
    });
    if (!events.some(isImported)) return [setOf('PROVEN', CLOCK_BIT.PROVEN | CLOCK_BIT.STATED)];
    return [setOf('PROVEN', CLOCK_BIT.PROVEN), setOf('STATED', CLOCK_BIT.STATED)];
  }

  /** Folds the next events of a group. @throws NotApplicable */
  #take(group: Group, events: readonly KnownEvent[], into: Added<Drawn>): void {
    const { audiences, sets } = group;
    for (const { clocks, timeline, keeper } of sets) {
      const states = new Latest<unknown>();
      const caveats = new Latest<Caveat>();
      const namings = new Latest<Naming>();
      for (const event of events) {
        try {
          const changes = timeline.add(event);
          states.heed(changes.states);
          caveats.heed(changes.caveats);
          namings.heed(changes.namings);
        } catch (cause) {
          throw new NotApplicable(event.sequence, cause);
        }
      }
      for (const rectangle of states.moved.values()) into.shortened.states.push({ audiences, clocks, rectangle });
      for (const rectangle of caveats.moved.values()) into.shortened.caveats.push({ audiences, clocks, rectangle });
      for (const rectangle of namings.moved.values()) into.shortened.namings.push({ audiences, clocks, rectangle });
      for (const rectangle of namings.made.values()) into.namings.push({ audiences, clocks, rectangle });
      for (const rectangle of caveats.made.values()) into.caveats.push({ audiences, clocks, rectangle });
      for (const rectangle of states.made.values()) {
        const { number, origin, value, sequence } = rectangle;
        const ref = this.#register.refOf(value) as string;
        if (clocks === sets[0]?.clocks && (audiences & AUDIENCE_BIT.full) !== 0) this.#ref = ref;
        const kept = origin === number ? keeper.keep(number, value) : null;
        into.states.push({ audiences, clocks, rectangle, kept, drawn: this.#drawnOf(value, ref, sequence[0]) });
      }
    }
    for (const event of events) group.events.push(event);
  }

  #drawnOf(state: unknown, ref: string, sequence: number): Drawn {
    let drawn = this.#drawn.get(state as object);
    if (drawn !== undefined) return drawn;
    try {
      drawn = this.#draw(state, ref);
    } catch (cause) {
      throw new NotApplicable(sequence, cause);
    }
    this.#drawn.set(state as object, drawn);
    return drawn;
  }
}

/** What is told of a record beside its rows. */
interface Standing {
  readonly ref: string | null;
  readonly owners: readonly string[];
  readonly belongsTo: string | null;
}
const NOWHERE: Standing = { ref: null, owners: [], belongsTo: null };

/** What several events in a row do to rectangles, each as the last of them leaves it. */
class Latest<Value> {
  readonly made = new Map<number, Rectangle<Value>>();
  readonly moved = new Map<number, Rectangle<Value>>();

  heed({ shortened, added }: RectangleChanges<Value>): void {
    for (const rectangle of shortened) {
      const of = this.made.has(rectangle.number) ? this.made : this.moved;
      of.set(rectangle.number, rectangle);
    }
    for (const rectangle of added) this.made.set(rectangle.number, rectangle);
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
