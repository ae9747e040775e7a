import type { Marked } from './common-facts.ts';
import type { Authority, EventId, RecordEvent, TextRef } from './event.ts';
import type { JsonValue } from './json.ts';
import type { Marking } from './marking.ts';
import type { Command, Source } from './register.ts';

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

/** What a command says: values, and words of the cause in the place of words. */
export type WithWords = JsonValue | TextRef | undefined | { readonly [field: string]: WithWords };

/** What a policy would have opened because of an event. Its words stand where the cause has them: nobody has read them yet. */
export interface Opening<Cause extends RecordEvent = RecordEvent> {
  /** As it reads now. It opens one record: what opens several is several events. */
  readonly cause: Cause;
  /** The command that opens it. A member may be words of the cause. */
  readonly command: { readonly type: string; readonly [field: string]: WithWords };
  /** On whose say: the record of the cause, where that can be an authority; else that of the cause. */
  readonly authority?: Authority;
  /** As strict as the cause and its record are now. */
  readonly marking: Marking;
}

/** What a policy has still to open. */
export type OwedOpening = Opening<PlacedEvent>;

/**
 * A policy that opens records of one register because of facts of another. It is switched on and off by a rule of the body, and acts on native
 * facts that were recorded while it was on: what a paper prints opens nothing, since papers bring what came of it.
 */
export interface OpeningPolicy {
  /** Part of the ids of its commands, for ever, and who typed what it opens. */
  readonly name: string;
  /** The register of the facts that cause it, their types, and the commands that write them. */
  readonly causes: {
    readonly register: string;
    readonly types: readonly string[];
    readonly commands: readonly string[];
  };
  /** The register of what it opens, and the command by which it does. */
  readonly opens: string;
  readonly opensBy: string;
  /** The register of the rules that switch policies. */
  readonly switchedBy: string;
  /** The rule by which it is switched on for that record; null for a record of no body. Pure. */
  switchOf(origin: readonly RecordEvent[]): string | null;
  /** The event because of which a record was opened, by whomever; null for one that names none. Pure. */
  causeOf(opening: RecordEvent): EventId | null;
  /** What an event of a record opens, whoever opens it and whether or not the policy is on; null where it stands no more, or opens nothing. Pure. */
  wouldOpen(origin: readonly RecordEvent[], cause: EventId): Opening | null;
  /** All that facts of a record open: those that stand and were recorded while it was on. All events of both, in the order of the log. Pure. */
  owed(origin: readonly PlacedEvent[], switches: readonly PlacedEvent[]): readonly OwedOpening[];
}

export type Policy = MarkingPolicy | OpeningPolicy;

/** A consequence that is still to be drawn: the command that a policy gives, because of that event. */
export interface Consequence {
  readonly policy: string;
  readonly register: string;
  /** What tells it from all else that the policy does because of that event: the record that it marks, or the place of what it opens, which is the only one. */
  readonly which: string;
  readonly command: Command;
  readonly marking: Marking;
  readonly cause: RecordEvent;
  /** Of what is opened: what it takes from its cause beside who did it and when. Its words are open. */
  readonly taken?: { readonly authority?: Authority; readonly reason?: string; readonly source?: Source };
}

/** The consequence of a mark that is owed. */
export function markingOwed(
  { name, marks }: Pick<MarkingPolicy, 'name' | 'marks'>,
  ref: string,
  to: Marking,
  cause: RecordEvent,
): Consequence {
  const command: Command & Pick<Marked['facts'], 'to'> = { type: 'Mark', ref, to: { ...to } };
  return { policy: name, register: marks, which: ref, command, marking: to, cause };
}
