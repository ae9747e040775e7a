import DataLoader from 'dataloader';
import { sql } from 'kysely';
import type { CivilDate, Instant } from '../ledger/index.ts';
import { END_OF_KNOWLEDGE, type Caveat, type Interval } from '../timeline/index.ts';
import { dayOfNumber } from './interval-tree.ts';
import type { LedgerView } from './ledger-view.ts';
import { CLOCK_BIT, tableOf, type PlacedColumns } from './projection.ts';
import type { RecordName } from './record-events.ts';
import { everyRecordOf } from './record-states.ts';
import { stateFrom } from './state-differences.ts';
import { maySee, opened } from './view.ts';

/** Where a state of a record holds, or what answers about it are to be read with. */
export interface HeldRectangle {
  readonly days: Interval<CivilDate>;
  readonly known: Interval<Instant>;
  readonly value: StateNumber | Caveat;
}

export interface StateNumber {
  readonly state: number;
}

/** All that a record was said to be up to the view's position, on its clock, as far as its reader may see it. */
export interface RecordRectangles {
  readonly held: readonly HeldRectangle[];
  /** Many at once are one question. */
  readonly stateOf: (number: StateNumber) => Promise<unknown>;
}

/** What of a rectangle is read. */
const BOUNDS = [
  'record',
  'audiences',
  'clocks',
  'effective_from',
  'effective_to',
  'known_from',
  'known_to',
  'sequence_from',
  'sequence_to',
] as const satisfies readonly (keyof PlacedColumns)[];

interface Row extends Pick<PlacedColumns, (typeof BOUNDS)[number]> {
  readonly state: number;
  /** Of a caveat. */
  readonly json: string | null;
  readonly recorded_from: Instant;
  readonly recorded_to: Instant | null;
}

/**
 * The rectangles of a record, whatever day and whatever instant they are for. One question, so that states and caveats are never read from
 * two sides of a change.
 */
export async function rectanglesOf(view: LedgerView, { register, ref }: RecordName): Promise<RecordRectangles> {
  const { answering, point, reader } = opened(view);
  const table = sql.table(tableOf(everyRecordOf(view, register)));
  const columns = (of: string) => sql.join(BOUNDS.map((name) => sql.ref(`${of}.${name}`)));
  const { rows } = await sql<Row>`
    with own as (
      select ${columns('row')}, row.state, null as json from ${table} as row
      where row.ref = ${ref} and (row.clocks & ${CLOCK_BIT[point.clock]}) <> 0
        and ${maySee({ reader, answering }, sql.ref('row.audiences'), sql.ref('row.record'))}),
    held as (
      select * from own union all
      select ${columns('caveats')}, 0, caveats.json from caveats
      where (caveats.record, caveats.audiences, caveats.clocks) in (select record, audiences, clocks from own))
    select held.*, first.recorded_at as recorded_from, last.recorded_at as recorded_to
    from held
    join log_events as first on first.sequence = held.sequence_from
    left join log_events as last on last.sequence = held.sequence_to and held.sequence_to <= ${point.sequence}
    where held.sequence_from <= ${point.sequence}`.execute(answering.tables().query);
  const states = new DataLoader<number, unknown>((numbers) => statesOf(view, rows[0], numbers), { maxBatchSize: 500 });
  return {
    held: rows.flatMap((row) => {
      const known = knownIn(row, point.sequence);
      if (known === null || known[0] >= known[1]) return [];
      const days: Interval<CivilDate> = [dayOfNumber(row.effective_from), dayOfNumber(row.effective_to)];
      return [{ days, known, value: row.json === null ? { state: row.state } : (JSON.parse(row.json) as Caveat) }];
    }),
    stateOf: ({ state }) => states.load(state),
  };
}

/** A row of the stated clock alone was known by its stated instants, any other by when the ledger recorded it. Null if it counts no longer. */
function knownIn(row: Row, sequence: number): Interval<Instant> | null {
  if (row.clocks !== CLOCK_BIT.STATED) return [row.recorded_from, row.recorded_to ?? END_OF_KNOWLEDGE];
  return row.sequence_to > sequence ? [row.known_from, row.known_to] : null;
}

async function statesOf(
  view: LedgerView,
  of: Row | undefined,
  numbers: readonly number[],
): Promise<readonly unknown[]> {
  if (of === undefined) return numbers.map(() => null);
  const { record, audiences, clocks } = of;
  const { rows } = await sql<{ readonly number: number; readonly json: string }>`
    select last.number, states.json from states as last
    join states on states.record = last.record and states.audiences = last.audiences and states.clocks = last.clocks
      and states.number >= last.base and states.number <= last.number
    where last.record = ${record} and last.audiences = ${audiences} and last.clocks = ${clocks}
      and last.number in (${sql.join(numbers)})
    order by last.number, states.number`.execute(opened(view).answering.tables().query);
  const chains = new Map<number, string[]>(numbers.map((number) => [number, []]));
  for (const { number, json } of rows) chains.get(number)?.push(json);
  return numbers.map((number) => stateFrom(chains.get(number)!));
}
