import { sql, type RawBuilder } from 'kysely';
import { daysOfMeeting, slippageOf, type DateSlippage, type DayOfMeeting, type KnownThen } from '../timeline/index.ts';
import type { EventId, Register, TextRef } from '../ledger/index.ts';
import type { LedgerView } from './ledger-view.ts';
import { seesLink } from './links.ts';
import type { RecordProjection } from './projection.ts';
import { MOVES_A_DATE } from './questionable.ts';
import { eventsAsOf, eventsOf, type EventOfRecord } from './record-events.ts';
import { everyRecordOf } from './record-states.ts';
import { inTurns } from './turns.ts';
import {
  askedApart,
  isAmong,
  isEventKnownAt,
  maySee,
  numberLookedAt,
  onceFor,
  opened,
  registerNamed,
  rowsAsOf,
} from './view.ts';

/*
 * How what is due slipped at a basis (docs/slippage.md). Records are read of which an event may have moved a due date, as its type says, and those that were ever due at
 * a meeting that moved; of these the few events that say something of due dates. What the reader may not see makes no record be read.
 */

/** A record with due dates of which at least one was moved. What is not for the reader, or was recorded by mistake, is named by nothing of it. */
export interface SlippedRecord {
  readonly register: string;
  readonly ref: string;
  /** The post that leads. */
  readonly owner: string | null;
  readonly body: string | null;
  /** The paper in which it was published. */
  readonly publication: string | null;
  readonly heading: TextRef | null;
  readonly dates: readonly DateSlippage[];
}

/** A record as its row tells it at the basis. */
interface FoundRow {
  readonly ref: string;
  readonly sortKey: string;
  readonly owner: string | null;
  readonly body: string | null;
  readonly publication: string | null;
  readonly titleEvent: EventId | null;
  readonly titlePart: TextRef['part'] | null;
}

/** The columns that hold the post that leads, by whatever name a register has for it. */
const LEADS = ['owner', 'sponsor', 'delegate'];

/** Records read at once, so that others have their turn in between. */
const AT_ONCE = 200;
/** Chunks under way, so that one is read while another is worked on. */
const CHUNKS_AT_ONCE = 3;
/** What amends a fact. */
const AMENDING = ['Corrected', 'Voided', 'Restored'];

/**
 * The records of a register of which a due date was moved by the view's day, as far as its reader may know, in the order of its lists. They are of
 * the bodies of which the view's lists are.
 */
export async function slippedRecords(view: LedgerView, name: string): Promise<readonly SlippedRecord[]> {
  const register = registerNamed(view, name);
  if (register?.dues === undefined) return [];
  const { meetings, numbers } = await onceFor(view, slippedRecords, () => whatMayHaveSlipped(view));
  const found = await inTurns(
    inChunks(numbers.get(name) ?? []),
    (chunk) => readTogether(view, register, chunk),
    CHUNKS_AT_ONCE,
  );
  const all = found.flat().sort((a, b) => (a.row.sortKey < b.row.sortKey ? -1 : 1));
  // What is due at a meeting that did not move has its day all the same.
  const named = new Set(all.flatMap(({ known }) => known.flatMap(({ event }) => meetingsNamed(register, event))));
  const others = [...named].filter((ref) => !meetings.has(ref));
  const days = new Map([...meetings, ...(await daysOfMeetings(view, others))]);
  const moved = all.flatMap(({ row, known }) => {
    const dates = slippageOf(register, known, view.basis.effective, (meeting) => days.get(meeting) ?? []);
    return dates.some(({ moves }) => moves.length > 0) ? [{ row, dates }] : [];
  });
  const shown = await linksThatHold(
    view,
    moved.flatMap(({ row: { owner, body, publication } }) => [owner, body, publication]),
  );
  return moved.map(({ row, dates }) => {
    const { ref, titleEvent: event, titlePart: part } = row;
    return {
      ...{ register: name, ref, owner: shown(row.owner), body: shown(row.body), publication: shown(row.publication) },
      heading: event === null || part === null ? null : { event, part },
      dates,
    };
  });
}

/** The meetings that moved, with their days, and the numbers of all records of which a date may have moved, by register. */
async function whatMayHaveSlipped(view: LedgerView) {
  const moving = await recordsMoving(view);
  const refs = moving.flatMap(({ register, ref }) => (register === 'meetings' && ref !== null ? [ref] : []));
  // Those that had more than one day.
  const meetings = new Map(
    [...(await daysOfMeetings(view, refs))].filter(([, all]) => new Set(all.flatMap(({ day }) => day ?? [])).size > 1),
  );
  const due = await recordsEverDueAt(view, [...meetings.keys()]);
  const numbers = new Map<string, Set<number>>();
  for (const { register, record } of [...moving, ...due]) {
    const of = numbers.get(register);
    if (of === undefined) numbers.set(register, new Set([record]));
    else of.add(record);
  }
  return { meetings, numbers };
}

/** The rows of some records of a register, each with the events that say something of its due dates. */
async function readTogether(view: LedgerView, register: Register, numbers: readonly number[]) {
  const projection = everyRecordOf(view, register.name) as RecordProjection;
  const column = (...names: readonly string[]) => {
    const name = names.find((one) => Object.hasOwn(projection.columns, one));
    return sql<string | null>`${name === undefined ? sql`null` : sql.ref(`row.${name}`)}`;
  };
  const rows = await askedApart<FoundRow>(
    view,
    rowsAsOf(view, projection, false, numberLookedAt('row.audiences'))
      .where(isAmong(sql.ref('row.record'), numbers))
      .select([sql<string>`row.ref`.as('ref'), sql<string>`row.sort_key`.as('sortKey')])
      .select([column(...LEADS).as('owner'), column('body').as('body'), column('publication').as('publication')])
      .select([column('title_event').as('titleEvent'), column('title_part').as('titlePart')]),
  );
  const refs = rows.map(({ ref }) => ref);
  const known = refs.length === 0 ? new Map<string, readonly KnownThen[]>() : await datingEvents(view, register, refs);
  return rows.map((row) => ({ row, known: known.get(row.ref) ?? [] }));
}

/** Each of these references for the reader; null for what leads nowhere. */
async function linksThatHold(view: LedgerView, refs: readonly (string | null)[]) {
  const named = [...new Set(refs)].filter((ref) => ref !== null);
  // Asked also where nothing is named: how often the tables are asked would tell of links that nothing else tells of.
  const [, ...seen] = await Promise.all(['', ...named].map((ref) => seesLink(view, ref)));
  const shown = new Set(named.filter((_, index) => seen[index]));
  return (ref: string | null) => (ref !== null && shown.has(ref) ? ref : null);
}

/** As an event reads before it is amended, and as any amendment of it may make it read. */
function meetingsNamed({ dues }: Register, event: KnownThen['event']): readonly string[] {
  const { is } = event.facts as { readonly is?: unknown };
  const said = [
    ...dues!.said(event).map(({ due }) => due?.meeting),
    (is as { meeting?: unknown } | undefined)?.meeting,
    is,
  ];
  return said.filter((one) => typeof one === 'string');
}

function inChunks(of: Iterable<number>): readonly (readonly number[])[] {
  const numbers = [...of];
  const chunks: (readonly number[])[] = [];
  for (let from = 0; from < numbers.length; from += AT_ONCE) chunks.push(numbers.slice(from, from + AT_ONCE));
  return chunks;
}

/** SQL: events of a table of that name that the reader may see at the basis. */
function isSeen(view: LedgerView, table: string): RawBuilder<boolean> {
  const { point } = opened(view);
  return sql<boolean>`${isEventKnownAt(point, table)}
    and ${maySee(opened(view), numberLookedAt(`${table}.audiences`), sql.ref(`${table}.record`))}`;
}

/** A record by its number. */
interface NumberedRecord {
  readonly register: string;
  readonly record: number;
}

/** The records of every register with an event that may have moved a due date. */
function recordsMoving(view: LedgerView): Promise<readonly (NumberedRecord & { readonly ref: string | null })[]> {
  return asked(
    view,
    sql`select distinct records.register as register, records.record as record, records.ref as ref from questionable
      join record_events as events on events.record = questionable.record and events.sequence = questionable.sequence
      join records on records.record = events.record
      where questionable.name = ${MOVES_A_DATE} and ${isSeen(view, 'events')}`,
  );
}

async function daysOfMeetings(
  view: LedgerView,
  refs: readonly string[],
): Promise<ReadonlyMap<string, readonly DayOfMeeting[]>> {
  const register = registerNamed(view, 'meetings');
  if (register === null || refs.length === 0) return new Map();
  const days = new Map<string, readonly DayOfMeeting[]>();
  for (const [ref, known] of await datingEvents(view, register, refs))
    days.set(ref, daysOfMeeting(register, known, view.basis.effective));
  return days;
}

/** The records that ever named one of these meetings as where something of theirs is due. */
async function recordsEverDueAt(view: LedgerView, meetings: readonly string[]): Promise<readonly NumberedRecord[]> {
  if (meetings.length === 0) return [];
  const { registers } = opened(view).answering;
  const held = [...new Set(registers.flatMap(({ dues }) => dues?.heldIn ?? []))];
  const isHeld = held.map((member) => sql`fields.value glob ${`${member}.*`}`);
  return asked(
    view,
    sql`select distinct namings.register as register, namings.record as record from namings
      where ${isAmong(sql.ref('namings.named'), meetings)}
        and exists (select 1 from json_each(namings.fields) as fields where ${sql.join(isHeld, sql` or `)})
        and ${maySee(opened(view), numberLookedAt('namings.audiences'), sql.ref('namings.record'))}`,
  );
}

/** Of records of a register the events that say something of due dates, and what amends them: as the reader may know them. */
async function datingEvents(
  view: LedgerView,
  register: Register,
  refs: readonly string[],
): Promise<ReadonlyMap<string, readonly KnownThen[]>> {
  const types = [...new Set([...register.opening, ...register.dues!.saying, ...AMENDING])];
  const found = await eventsOf(view, (known) =>
    known
      .where('records.register', '=', register.name)
      .where(isAmong(sql.ref('records.ref'), refs))
      .where(sql<boolean>`record_events.type in (${sql.join(types)})`)
      .orderBy('record_events.sequence'),
  );
  const byRef = new Map<string, EventOfRecord[]>();
  for (const one of found) {
    const all = byRef.get(one.record.ref);
    if (all === undefined) byRef.set(one.record.ref, [one]);
    else all.push(one);
  }
  // A fact that stands before one that was not read may stand elsewhere among these.
  const partial = [...byRef].filter(([, all]) => {
    const ids = new Set(all.map(({ event }) => event.id));
    return all.some(({ event: { before } }) => before !== undefined && !ids.has(before));
  });
  const whole = await Promise.all(
    partial.map(async ([ref]) => [ref, await eventsAsOf(view, { register: register.name, ref })] as const),
  );
  return new Map<string, readonly KnownThen[]>([...byRef, ...whole]);
}

function asked<Row>(view: LedgerView, question: RawBuilder<unknown>): Promise<readonly Row[]> {
  const tables = opened(view).answering.tables();
  return tables.readApart<Row>(question.compile(tables.query));
}
