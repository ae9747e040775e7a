import { sql, type RawBuilder } from 'kysely';
import { daysOfMeeting, slippageOf, type DateSlippage, type DayOfMeeting, type KnownThen } from '../timeline/index.ts';
import type { Register } from '../ledger/index.ts';
import type { LedgerView } from './ledger-view.ts';
import type { RecordProjection } from './projection.ts';
import { MOVES_A_DATE } from './questionable.ts';
import { eventsAsOf, eventsOf, type EventOfRecord } from './record-events.ts';
import { everyRecordOf, recordsOf } from './record-states.ts';
import { inTurns } from './turns.ts';
import { isAmong, isEventKnownAt, maySee, numberLookedAt, opened, registerNamed, rowsAsOf } from './view.ts';

/*
 * How what is due slipped at a basis (docs/slippage.md). Records are read of which an event may have moved a due date, as its type says, and those that were ever due at
 * a meeting that moved; of these the few events that say something of due dates. What the reader may not see makes no record be read.
 */

/** A record with due dates of which at least one was moved. */
export interface SlippedRecord {
  readonly register: Register;
  readonly ref: string;
  readonly state: unknown;
  readonly dates: readonly DateSlippage[];
}

/** Records read at once, so that others have their turn in between. */
const AT_ONCE = 200;
/** What amends a fact. */
const AMENDING = ['Corrected', 'Voided', 'Restored'];

/**
 * The records of these registers of which a due date was moved by the view's day, as far as its reader may know, in the order of the register's lists. They are of
 * the bodies of which the view's lists are.
 */
export async function slippedRecords(
  view: LedgerView,
  registers: readonly string[],
): Promise<readonly SlippedRecord[]> {
  const meetings = await meetingsThatMoved(view);
  const numbers = [
    ...new Set([...(await recordsMoving(view)), ...(await recordsEverDueAt(view, [...meetings.keys()]))]),
  ];
  const slipped: SlippedRecord[] = [];
  for (const name of registers) {
    const register = registerNamed(view, name);
    if (register?.dues === undefined) continue;
    const projection = everyRecordOf(view, name) as RecordProjection;
    const chunks = numbersInChunks(numbers);
    const found = await inTurns(
      chunks,
      async (chunk) => {
        const rows = rowsAsOf(view, projection, false, numberLookedAt('row.audiences'));
        const records = await recordsOf(view, rows.where(isAmong(sql.ref('row.record'), chunk)));
        const known = await datingEvents(
          view,
          register,
          records.map(({ record }) => record.ref),
        );
        return records.map(({ sortKey, record: { ref, state } }) => ({
          sortKey,
          ref,
          state,
          known: known.get(ref) ?? [],
        }));
      },
      1,
    );
    const all = found.flat().sort((a, b) => (a.sortKey < b.sortKey ? -1 : 1));
    // What is due at a meeting that did not move has its day all the same.
    const named = new Set(all.flatMap(({ known }) => known.flatMap(({ event }) => meetingsNamed(register, event))));
    const days = new Map([
      ...meetings,
      ...(await daysOfMeetings(
        view,
        [...named].filter((ref) => !meetings.has(ref)),
      )),
    ]);
    for (const { ref, state, known } of all) {
      const dates = slippageOf(register, known, view.basis.effective, (meeting) => days.get(meeting) ?? []);
      if (dates.some(({ moves }) => moves.length > 0)) slipped.push({ register, ref, state, dates });
    }
  }
  return slipped;
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

function numbersInChunks(numbers: readonly number[]): readonly (readonly number[])[] {
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

/** The records of every register with an event that may have moved a due date, by their numbers. */
async function recordsMoving(view: LedgerView): Promise<readonly number[]> {
  const found = await asked<{ readonly record: number }>(
    view,
    sql`select distinct events.record as record from questionable
      join record_events as events on events.record = questionable.record and events.sequence = questionable.sequence
      where questionable.name = ${MOVES_A_DATE} and ${isSeen(view, 'events')}`,
  );
  return found.map(({ record }) => record);
}

/** The meetings that had more than one day by the view's day, with these. */
async function meetingsThatMoved(view: LedgerView): Promise<ReadonlyMap<string, readonly DayOfMeeting[]>> {
  const found = await asked<{ readonly ref: string }>(
    view,
    sql`select distinct records.ref as ref from questionable
      join record_events as events on events.record = questionable.record and events.sequence = questionable.sequence
      join records on records.record = events.record
      where questionable.name = ${MOVES_A_DATE} and records.register = 'meetings' and records.ref is not null
        and ${isSeen(view, 'events')}`,
  );
  const days = await daysOfMeetings(
    view,
    found.map(({ ref }) => ref),
  );
  return new Map([...days].filter(([, all]) => new Set(all.flatMap(({ day }) => day ?? [])).size > 1));
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

/** The records that ever named one of these meetings as where something of theirs is due, by their numbers. */
async function recordsEverDueAt(view: LedgerView, meetings: readonly string[]): Promise<readonly number[]> {
  if (meetings.length === 0) return [];
  const { registers } = opened(view).answering;
  const held = [...new Set(registers.flatMap(({ dues }) => dues?.heldIn ?? []))];
  const isHeld = held.map((member) => sql`fields.value glob ${`${member}.*`}`);
  const found = await asked<{ readonly record: number }>(
    view,
    sql`select distinct namings.record as record from namings
      where ${isAmong(sql.ref('namings.named'), meetings)}
        and exists (select 1 from json_each(namings.fields) as fields where ${sql.join(isHeld, sql` or `)})
        and ${maySee(opened(view), numberLookedAt('namings.audiences'), sql.ref('namings.record'))}`,
  );
  return found.map(({ record }) => record);
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
