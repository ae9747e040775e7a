import type { CivilDate } from './dates.ts';

/*
 * What of a record is *told* at a basis, and what each of its events is called when it moves the record. Registers declare both; comparing
 * (`libs/timeline/compare.ts`) asks them. See docs/comparing.md.
 */

/**
 * What is told of a record, plain values by the path of each field, as corrections and disputes name it. What is not there or undefined is not told: to
 * spread a state and put undefined in the place of what is not told of it costs a fraction of spreading the rest of it.
 */
export interface ToldFields {
  readonly [path: string]: unknown;
}

/** What a record was from one day to the day before another. */
export interface StateOver<State = unknown> {
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly state: State;
}

/**
 * The day on which something is told, and other records as they are known there. Whatever turns on the day alone says so here, so that whoever
 * walks through the days knows on which of them to ask again.
 */
export interface ToldAt {
  readonly day: CivilDate;
  /** Does that day lie before the one that is asked about? Never of a day that there is not. */
  isPast(day: CivilDate | null | undefined): boolean;
  /** Notes that on these days something may be told otherwise, by the day alone. */
  turnsOn(...days: readonly CivilDate[]): void;
  /** Another record, on that day; null where there is none for the reader. */
  record<State>(register: string, ref: string | undefined): State | null;
  /** What another record was up to that day, in the order of days. */
  statesOf<State>(register: string, ref: string): readonly StateOver<State>[];
  /** The records of a register that belong to a body, on that day. */
  ofBody<State>(register: string, body: string): readonly State[];
  /**
   * What is kept from one telling of the record to the next, by its name: what was gone through already is not gone through again. It changes nothing
   * of what is told, so whoever tells once keeps nothing.
   */
  readonly kept?: <Value>(name: string, make: () => Value) => Value;
}

/** What changed when an event took effect, as far as its kind may turn on it. Null: there was no record. */
export interface Movement {
  readonly before: ToldFields | null;
  readonly after: ToldFields | null;
}

/** What a movement is called: always the same, or as it turned out. */
export type KindOfMovement = MovementKind | ((movement: Movement) => MovementKind);

/** The words of all registers for a movement. Labels: `movementKind` of `libs/declarations`. */
export const MOVEMENT_KINDS = [
  'RAISED',
  'REGISTERED',
  'AGREED',
  'ANSWERED',
  'SCHEDULED',
  'PROGRESSED',
  'EVIDENCED',
  'REPORTED',
  'SAID',
  'SENT_BACK',
  'RE_OWNED',
  'RE_DATED',
  'RE_SCORED',
  'RE_WORDED',
  'RE_GRADED',
  'REVIEWED',
  'ASKED',
  'REFUSED',
  'GRANTED',
  'CONTROLLED',
  'RESPONSE_CHOSEN',
  'DEFERRED',
  'POSTPONED',
  'CANCELLED',
  'HELD',
  'MINUTED',
  'ARRANGED',
  'ADVISED',
  'CONSULTED',
  'DELEGATED',
  'DECIDED',
  'VARIED',
  'PRESENTED',
  'RECORDED',
  'PUBLISHED',
  'WITHHELD',
  'ISSUED',
  'VERSION_ADDED',
  'VERSION_SET',
  'ESCALATED',
  'DE_ESCALATED',
  'ACCEPTED',
  'JUDGED',
  'CLOSED',
  'MERGED',
  'SUPERSEDED',
  'WITHDRAWN',
  'DROPPED',
  'ENDED',
  'REOPENED',
  'APPOINTED',
  'LINKED',
  'NAMED',
] as const;
export type MovementKind = (typeof MOVEMENT_KINDS)[number];

/** What a register tells of its records, and what each of its events is as a movement. One that is forgotten does not compile. */
export interface Tells<State = unknown, Type extends string = string> {
  /** What is told of a record that is there, on a day. Total over whatever links lead nowhere. */
  readonly fields: (state: State, at: ToldAt) => ToldFields;
  readonly movements: { readonly [type in Type]: KindOfMovement };
  /** The fields that a score scale or a RAG rule decides: what changes of them because the rule did is *re-banded*. */
  readonly banded?: readonly string[];
  /** The colour of a record by the RAG rule of that reference; absent where no rule colours its records. */
  readonly colour?: (state: State, rag: string, at: ToldAt) => unknown;
  /**
   * Of a record that bands others: the one to be read where all is banded by what is in force on the day of closing; else the one that is read there
   * anyhow (`here`). Null: there is none for the reader.
   */
  readonly throughout?: (here: State | null, closing: State | null, day: CivilDate) => State | null;
}
