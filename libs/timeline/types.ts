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
}

/** What another source says otherwise of one field. */
export interface Dispute {
  readonly event: EventId;
  /** The event whose field is disputed, when one was named. */
  readonly target?: EventId;
  readonly path: string;
  readonly says: JsonValue | TextRef;
}

/** All that is true of one record at one basis, as the events given tell it. */
export interface Snapshot<State> {
  readonly state: State;
  readonly mayAlreadyHold: readonly MayAlreadyHold[];
  readonly disputed: readonly Dispute[];
}

/** Half-open: from the first value to just before the second. */
export type Interval<T> = readonly [from: T, to: T];

/**
 * A region of constant state. On the proven clock `known` is all of time (`''` to `'~'`) and what was known is told by
 * `sequence` alone; on the stated clock `known` bounds the stated instant and `sequence` the position.
 */
export interface Rectangle<State> {
  /** Unique within the record's rectangles of one clock, counted from 1 in the order in which they were made; the same after every rebuild. */
  readonly number: number;
  readonly effective: Interval<CivilDate>;
  readonly known: Interval<Instant>;
  readonly sequence: Interval<number>;
  readonly snapshot: Snapshot<State>;
}

/** What one more event does to a record's rectangles. */
export interface RectangleChanges<State> {
  /** Rectangles (by number) whose bounds shrank: the new bounds. */
  readonly shortened: readonly Pick<Rectangle<State>, 'number' | 'effective' | 'known' | 'sequence'>[];
  readonly added: readonly Rectangle<State>[];
}
