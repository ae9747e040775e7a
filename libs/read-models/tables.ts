import type { Kysely } from 'kysely';
import type { LogPosition } from '../event-store/index.ts';
import type { EventId, Instant, TextRef } from '../ledger/index.ts';
import type { Bounds, Caveat, Naming } from '../timeline/index.ts';
import { dayNumberOf, nodeOf, sequenceEndOf } from './interval-tree.ts';
import { sortKeyOf, type AnyProjection, type PlacedColumns } from './projection.ts';
import type { KeptState } from './state-differences.ts';

/** The log as the read models hold it: immutable, one row for each event of the ledger. */
export interface LogEventRow {
  /** Number of the event in the ledger, from 1, without gaps. */
  readonly sequence: number;
  /** Its id, or for one that is damaged a name that no event has: see {@link damagedName}. */
  readonly event: string;
  readonly position: LogPosition;
  /** The greatest stamp up to this event. */
  readonly recorded_at: Instant;
  /**
   * The event as the domain sees it, as JSON; of a reservation of a reference its facts alone; null for all others of no register
   * and for what could not be read.
   */
  readonly body: string | null;
}

/** An event of a record, with the rights of today. */
export interface RecordEventRow {
  readonly record: number;
  readonly sequence: number;
  /** Audiences that may see the event, by {@link AUDIENCE_BIT}. */
  readonly audiences: number;
  /** When it was recorded on the clock of stated dates. */
  readonly known_at: Instant;
  /** 1 if an import states its day. */
  readonly imported: number;
  /** The number of its effective day, as it was recorded; null for a fact that every register has, and for one that could not be read. */
  readonly effective: number | null;
  /** Null for one that could not be read. */
  readonly type: string | null;
  /** The number of the London day on which the ledger recorded it, and of the one on which it was on the clock of stated dates. */
  readonly recorded_on: number;
  readonly known_on: number;
  /** The post that entered it; null for one that could not be read. */
  readonly entered_by: string | null;
}

/**
 * A fact because of which a list of facts has to read its record, and cannot go by the days of {@link RecordEventRow} alone: one that takes others
 * back or gives them back (`VOIDS`), says another day of one (`DATES`) or anything else (`AMENDS`), and one that makes or ends a link (`LINKS`), of which
 * whoever may not see the other end is told nothing.
 */
export interface FactApartRow {
  readonly record: number;
  readonly sequence: number;
  /** Null for what no list has to read a record for: it was said of a link. */
  readonly does: 'VOIDS' | 'DATES' | 'AMENDS' | 'LINKS' | null;
  /** The number of the event that makes or ends a link, of that one itself and of what was said of it; null for all others. */
  readonly link: number | null;
  /** The number of the event of which it was said, of what was said of a link. */
  readonly said_of: number | null;
  /** The reference to which it says that the link leads; null where it says nothing of that. */
  readonly leads_to: string | null;
  /** The register of which that is one; null for what is no record. */
  readonly register: string | null;
}

export interface RecordRow {
  /** Number in the ledger of its first event. */
  readonly record: number;
  readonly stream: string;
  readonly register: string;
  /** Its latest reference: null for a record that never came to be. */
  readonly ref: string | null;
  /** The posts that own it as the whole ledger tells it now, with a space before and after each; null while none does. */
  readonly owners_now: string | null;
  /** The body to which it belongs, as the whole ledger tells it now; null for none. */
  readonly belongs_to: string | null;
}

/** An event that makes its record void, or lifts that. */
export interface MistakeRow {
  readonly record: number;
  readonly sequence: number;
  /** 1: from here on the record is void; 0: it stands again. */
  readonly voids: number;
}

/** Where the state of a record names another record. */
export interface NamingRow extends PlacedColumns {
  /** The reference that is named. */
  readonly named: string;
  readonly register: string;
  /** Of the record that names it. */
  readonly ref: string;
  /** Its place among all that name the same one: see {@link placeAmongNaming}. */
  readonly place: string;
  /** Those of its state that name it, as JSON. */
  readonly fields: string;
}

/** The words of one part, opened. Held here alone; rows point to it. */
export interface TextRow {
  /** Of the event that carries it. */
  readonly sequence: number;
  readonly part: string;
  readonly record: number;
  /** 1 if the part's own marking keeps it to the full audience. */
  readonly restricted: number;
  readonly content: string;
  /** Of what a name may be, or a correction of one: as names are compared. */
  readonly called: string | null;
  /** Its number in the index of words: see `words-index.ts`. */
  readonly line: number;
}

/** A state of a record, as it is kept: whole, or as its difference from the one before. See `state-differences.ts`. */
export interface StateRow extends KeptState {
  readonly record: number;
  readonly audiences: number;
  readonly clocks: number;
  /** Of the first rectangle with this state. */
  readonly number: number;
}

/**
 * What answers about a record are to be read with, where it holds: a fact that may already hold, or a field that is disputed. It may
 * reach over days on which the record does not exist.
 */
export interface CaveatRow extends PlacedColumns {
  readonly kind: Caveat['kind'];
  /** The caveat as JSON. */
  readonly json: string;
}

/**
 * A name by which a fact may later be put in question: of the meeting that is its authority; of what ends a record as done, of the
 * persons who signed and typed it and of the post that signed.
 */
export interface QuestionableRow {
  readonly sequence: number;
  readonly record: number;
  readonly name: string;
}

/** A record whose later events cannot be applied by this version. */
export interface ParkedRow {
  readonly record: number;
  readonly register: string;
  /** The first event that could not be applied, and what stood in the way: a word of our own, never content. */
  readonly sequence: number;
  readonly reason: 'damaged' | 'unknown-kind' | 'not-applicable';
  /** Audiences that would see the record, as far as can be told. */
  readonly audiences: number;
}

/** Under which name a damaged event stands in {@link LogEventRow}: the id that the store gave may be that of another. */
export function damagedName(id: EventId, sequence: number): string {
  return `damaged ${id} ${sequence}`;
}

export interface Checkpoint {
  /** Of the last event. */
  readonly sequence: number;
  readonly position: LogPosition;
  readonly recordedAt: Instant;
  /** No event so far counts as recorded later than this, on either clock. */
  readonly knownTo: Instant;
  /** From where to follow on: at or after `position`. */
  readonly resume: LogPosition;
}

/** For queries through Kysely. Projections' tables are named in the query. */
/** A record that arises from another, for a policy that may mark it because of that. */
export interface ArisenRow {
  readonly policy: string;
  /** Reference of the record from which it arises. */
  readonly origin: string;
  readonly record: number;
}

/** A body that was added as illustrative, and who may see that it was. */
export interface IllustrativeBody {
  readonly record: number;
  readonly ref: string;
  /** Of the event that added it, by {@link AUDIENCE_BIT}. */
  readonly audiences: number;
}

/** A marking that a record is still to be given: until then it is withheld. */
export interface WithheldRow {
  readonly record: number;
  readonly policy: string;
  /** Id of the event because of which it is. */
  readonly cause: string;
  /** Of the record among those that arise from the same one, from 0. */
  readonly place: number;
  readonly sensitive: number;
  readonly session: 'OPEN' | 'CLOSED';
}

/** A record that was opened because of an event of another. */
export interface OpenedRow {
  readonly policy: string;
  readonly cause: EventId;
  readonly record: number;
}

/** What a policy has still to open because of an event of a record. */
export interface OwedRow {
  readonly policy: string;
  readonly record: number;
  readonly cause: EventId;
  /** Of the cause. */
  readonly sequence: number;
}

export interface ReadModelTables {
  readonly owed: OwedRow;
  readonly withheld: WithheldRow;
  readonly log_events: LogEventRow;
  readonly record_events: RecordEventRow;
  readonly records: RecordRow;
  readonly texts: TextRow;
  readonly questionable: QuestionableRow;
  readonly states: StateRow;
  readonly caveats: CaveatRow;
  readonly parked: ParkedRow;
  readonly mistakes: MistakeRow;
  readonly facts_apart: FactApartRow;
  readonly namings: NamingRow;
}

/** What a record is to one that it names: of that register, under these fields. The beginning of its {@link placeAmongNaming}. */
export function groupAmongNaming(register: string, fields: readonly string[]): string {
  return `${register} ${fields.join('+')}`;
}

/** Where a record stands among those that name the same one: by register, then by the fields that do, then as people count. */
export function placeAmongNaming(register: string, fields: readonly string[], ref: string): string {
  return `${groupAmongNaming(register, fields)} ${sortKeyOf(ref)}`;
}

/** A rectangle of a record, for some audiences and clocks. */
export interface PlacedBounds extends Bounds {
  readonly record: number;
  readonly audiences: number;
  readonly clocks: number;
  readonly number: number;
}

/** True if nothing lies between the bounds. */
export function isEmpty({ effective, known, sequence }: Bounds): boolean {
  return effective[0] >= effective[1] || known[0] >= known[1] || sequence[0] >= sequence[1];
}

/** The bounds as they are written: node, effective, known, sequence. */
export function placeOf({ effective, known, sequence }: Bounds): readonly (string | number)[] {
  return [
    nodeOf(effective, sequence),
    dayNumberOf(effective[0]),
    dayNumberOf(effective[1]),
    known[0],
    known[1],
    sequence[0],
    sequenceEndOf(sequence[1]),
  ];
}

/** A question in the words of the tables. */
export interface Question {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/**
 * One set of tables. Everything that depends on the SQL dialect or on the driver stands behind this interface, in
 * `sqlite-tables.ts`; questions are asked through {@link Tables.query}.
 *
 * Writing is synchronous and happens inside {@link Tables.transaction} alone, so no question sees half of a batch.
 */
export interface Tables {
  readonly query: Kysely<ReadModelTables>;
  /** The same, answered outside this thread: see {@link Tables.readApart}. Nothing can be written with it. */
  readonly queryApart: Kysely<ReadModelTables>;
  /** All rows of a short question, answered at once. It is prepared the first time that it comes in these words. */
  ask<Row>(question: Question): Row[];
  /**
   * All rows of a question that may take long, answered outside this thread from what is committed by then: a search, a count, a list
   * that is narrowed. Short questions are answered at once, here.
   */
  readApart<Row>(question: Question): Promise<Row[]>;
  /** Questions asked so far. Tests count with it. */
  readonly asked: { count: number };

  transaction(work: () => void): void;
  checkpoint(): Checkpoint | null;
  saveCheckpoint(checkpoint: Checkpoint): void;

  addLogEvent(row: LogEventRow): void;
  addText(row: Omit<TextRow, 'called' | 'line'>): void;
  addQuestionable(row: QuestionableRow): void;
  addRecordEvent(row: RecordEventRow): void;
  addMistake(row: MistakeRow): void;
  addFactApart(row: FactApartRow): void;
  setRights(record: number, sequence: number, audiences: number): void;
  saveRecord(row: RecordRow): void;
  park(row: ParkedRow): void;
  unpark(record: number): void;
  addState(row: StateRow): void;
  addCaveat(bounds: PlacedBounds, caveat: Caveat): void;
  addNaming(bounds: PlacedBounds, by: { readonly register: string; readonly ref: string }, naming: Naming): void;
  /** Values of the columns that are not of {@link PlacedColumns}: the standard ones, then the declared ones. */
  addRow(projection: AnyProjection, bounds: PlacedBounds, values: readonly (string | number | null)[]): void;
  /** New bounds of a row; empty ones take the row away. */
  setBounds(table: AnyProjection | 'caveats' | 'namings', bounds: PlacedBounds): void;
  /** Takes away all rows, states, caveats and namings of a record. */
  clearRows(projections: readonly AnyProjection[], record: number): void;
  eraseTexts(refs: readonly { readonly event: string; readonly part: string }[]): void;

  addArisen(row: ArisenRow): void;
  /** A record was hidden once, so that what arises from it may have to be marked. */
  addHiding(row: ArisenRow): void;
  /** The record under that reference, if it was ever hidden. */
  hiding(policy: string, origin: string): number | null;
  /** Records that arise from another, in the order in which they were opened. */
  arisenFrom(policy: string, origin: string): readonly number[];
  originOf(policy: string, record: number): string | null;
  /** Sets all that a record is still to be marked as. */
  withhold(record: number, policy: string, owed: readonly Omit<WithheldRow, 'record' | 'policy'>[]): void;
  isWithheld(record: number): boolean;
  /** Records that are withheld, in the order of their numbers. */
  withheld(): readonly number[];

  /** A record was opened that names its cause: nothing more is owed because of that. */
  addOpened(row: OpenedRow): void;
  /** Facts of a record may open others. */
  addCausing(row: { readonly policy: string; readonly record: number }): void;
  isCausing(policy: string, record: number): boolean;
  /** Sets all that a record owes by a policy, but for what was opened already. */
  owe(policy: string, record: number, owed: readonly Omit<OwedRow, 'record' | 'policy'>[]): void;
  /** All that is still owed, in the order of the causes. */
  owed(): readonly OwedRow[];
  /** Words, whoever may read them; null once erased. */
  words(ref: TextRef): string | null;

  /** A body was added as illustrative. */
  addIllustrative(record: number): void;
  /** The bodies that were ever added as illustrative, by reference. */
  illustrative(): readonly IllustrativeBody[];

  /** Has an event of that id come, be it damaged? */
  isLogged(event: string): boolean;
  /** Has it come as it was written? */
  isWhole(event: string): boolean;
  /** The id of the first event at the checkpoint's position, and the position before it (null at the start of the log). */
  lastAppend(): { readonly event: string; readonly before: LogPosition | null } | null;
  record(stream: string): RecordRow | null;
  /** The stream of the record that bears a reference. */
  bearerOf(register: string, ref: string): string | null;
  /** The streams of all records of which some words, standing or not, and for whomever, are that name. */
  streamsCalled(name: string): readonly string[];
  /** All records of a register that bear a reference. */
  bearers(register: string): readonly { readonly ref: string; readonly stream: string }[];
  /** Number of the last event at that position, or null. */
  sequenceAt(position: LogPosition): number | null;
  /** The last event recorded by an instant, whatever it is of; null for none. */
  lastRecordedBy(instant: Instant): Pick<LogEventRow, 'event' | 'position' | 'recorded_at'> | null;
  /** The record's events after the first so many, in their order. */
  bodies(record: number, after?: number): readonly Pick<LogEventRow, 'sequence' | 'recorded_at' | 'body'>[];
  /** The same, with what this transaction has added. */
  written(record: number): readonly Pick<LogEventRow, 'sequence' | 'recorded_at' | 'body'>[];
  /** How many events of a record there are. */
  countOf(record: number): number;
  bodyAt(sequence: number): Pick<LogEventRow, 'sequence' | 'recorded_at' | 'body'>;
  parkedCount(): number;
  isParked(record: number): boolean;
  /** True once any record was ever void. */
  hasMistakes(): boolean;
  /** The reference that was reserved for the record of a stream, read off the whole log: for one whose opening is damaged. */
  reservedFor(stream: string): string | null;
  /** Ids of damaged events, as the store gave them, at most `most`; whatever stream they stand in. */
  damaged(most: number): readonly EventId[];

  /** Builds the indexes after a bulk load, in a thread of its own. Nothing may be written meanwhile. */
  index(): Promise<void>;
  /**
   * All rows as text, table by table in the order of their keys, as they are at the first step. `apart`: over a connection of
   * its own, so that these tables may be written to meanwhile.
   */
  dump(apart: boolean): Generator<readonly [table: string, row: string]>;
  /**
   * The tables in which two rectangles of one record hold at one place for one audience on one clock, or two of one caveat or of one name: there
   * should be none. One step for each record, null where all is well; as at the first step. `apart`: see {@link Tables.dump}.
   */
  overlapping(apart: boolean): Generator<string | null>;
  close(): void;
}
