import type { CivilDate, EventId, Instant, JsonValue, RecordEvent, TextRef } from '../ledger/index.ts';

/** An event with its place in the ledger, as projections see it. */
export interface KnownEvent extends RecordEvent {
  /** Number of the event in the ledger, from 1, without gaps. The same after every rebuild. */
  readonly sequence: number;
  /** The greatest stamp up to and including this event's position. */
  readonly recordedAt: Instant;
}

/** Which recorded time counts: the ledger's own stamps, or the dates that imported sources state. */
export type RecordingClock = 'PROVEN' | 'STATED';

/** A fact whose source gives no day, on a day within its span: it may already have taken effect. */
export interface MayAlreadyHold {
  readonly event: EventId;
  readonly type: string;
  /** Null when no fact with a known day stands before it in fold order. */
  readonly from: CivilDate | null;
  readonly to: CivilDate;
  /** Of a fact that makes or ends a link: where that leads. Whoever may not see that record is told nothing of it. */
  readonly linkedTo?: string;
}

/** What another source says otherwise of one field. */
export interface Dispute {
  readonly event: EventId;
  /** The event whose field is disputed, when one was named. */
  readonly target?: EventId;
  readonly path: string;
  readonly says: JsonValue | TextRef;
  /** Where the link leads that is disputed, as of {@link MayAlreadyHold}. */
  readonly linkedTo?: string;
}

/** All that is true of one record at one basis, as the events given tell it. */
export interface Snapshot<State> {
  readonly state: State;
  /** In fold order. */
  readonly mayAlreadyHold: readonly MayAlreadyHold[];
  /** In order of recording. */
  readonly disputed: readonly Dispute[];
}

/**
 * What an answer has to be read with, beside the state. `place`: text by which those of a kind stand in their order, which is fold
 * order for the first kind, and the order of recording for the second.
 */
export type Caveat = { readonly place: string } & (
  | { readonly kind: 'MAY_ALREADY_HOLD'; readonly span: MayAlreadyHold }
  | { readonly kind: 'DISPUTED'; readonly dispute: Dispute }
);

/** That a record names another: by its reference, and the fields of the state that do. */
export interface Naming {
  readonly ref: string;
  /** As the state has them, in their order, each once. */
  readonly fields: readonly string[];
}

/** Half-open: from the first value to just before the second. */
export type Interval<T> = readonly [from: T, to: T];

/** Where something holds. On the proven clock `known` is all of time (`''` to `'~'`), and what was known is told by `sequence` alone. */
export interface Bounds {
  readonly effective: Interval<CivilDate>;
  /** Stated instants. */
  readonly known: Interval<Instant>;
  /** Numbers in the ledger. */
  readonly sequence: Interval<number>;
}

/** A region within which one value holds: a state of the record, a caveat, or that it names another. */
export interface Rectangle<Value> extends Bounds {
  /** Unique within the record's states, its caveats or its namings, of one clock, counted from 1 in the order in which they were made; the same after every rebuild. */
  readonly number: number;
  /** Number of the first rectangle that was made for this very value, of which the others were cut: the value need be kept only once. */
  readonly origin: number;
  readonly value: Value;
}

/** What one more event does to rectangles. */
export interface RectangleChanges<Value> {
  /** Rectangles of before whose bounds shrank, as they are now. */
  readonly shortened: readonly Rectangle<Value>[];
  readonly added: readonly Rectangle<Value>[];
}

/** What one more event does to a record's timeline. */
export interface TimelineChanges<State> {
  readonly states: RectangleChanges<State>;
  readonly caveats: RectangleChanges<Caveat>;
  readonly namings: RectangleChanges<Naming>;
}
