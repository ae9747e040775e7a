import type { EventId, RecordEvent } from './event.ts';
import type { Marking } from './marking.ts';

/** An event with its place in the ledger: its number, in the order of the log. */
export type PlacedEvent = RecordEvent & { readonly sequence: number };

/** A marking that a record must be given, and the event because of which it must. */
export interface OwedMark {
  readonly cause: EventId;
  readonly to: Marking;
}

/**
 * A policy that marks records of one register because of facts of another. It is always on: for native and imported facts, and for what
 * was recorded before there was such a policy. Until a record has been marked, it reads as hidden to those from whom the mark hides it.
 */
export interface MarkingPolicy {
  /** Part of the ids of its commands, for ever. */
  readonly name: string;
  /** The register of the facts that cause it, and the commands that write them. */
  readonly causes: { readonly register: string; readonly commands: readonly string[] };
  /** The register of the records that it marks. */
  readonly marks: string;
  /** The record, of the register of causes, from which an opened record arises; null for one that arises from none. Pure. */
  originOf(opening: RecordEvent): string | null;
  /** Every series in which the reference of a record that arises from that one may be reserved: where the writer finds them. Pure. */
  seriesFrom(origin: readonly RecordEvent[]): readonly string[];
  /** May this event ever be the reason why something must be marked? What is owed is worked out only if one was. Pure. */
  hides(event: RecordEvent): boolean;
  /** What a record is still to be marked as, in the order of the causes. All events of both, in the order of the log. Pure. */
  owed(origin: readonly PlacedEvent[], record: readonly PlacedEvent[]): readonly OwedMark[];
}

/** A consequence that is still to be drawn: this record is to be marked so, because of that event. */
export interface Consequence {
  readonly policy: string;
  readonly register: string;
  readonly ref: string;
  readonly to: Marking;
  readonly cause: RecordEvent;
}
