import { END_OF_DAYS } from '../ledger/index.ts';
import { END_OF_KNOWLEDGE } from '../timeline/index.ts';
import { dayNumberOf, OPEN_SEQUENCE } from './interval-tree.ts';
import { STANDARD_COLUMNS, tableOf, type AnyProjection, type PlacedColumns } from './projection.ts';

/*
 * How many records stand with which values of some columns, by the day, as known now. What is kept is how the number changes: from that day
 * on so many more, or fewer. The changes are summed over spans of 1, 8, 64, 512 and 4,096 days, each of which begins where it is a whole
 * multiple of its length, so that the sum up to any day is that of a few spans, however many days there are.
 *
 * What was believed before is in the rows alone: here a row counts as long as nothing has superseded it.
 */

/** A span of one level has eight of the level below it. */
const BITS_OF_LEVEL = 3;
const LEVELS = 5;
const LAST_DAY = dayNumberOf(END_OF_DAYS);

/** Columns of one projection by whose values together records are counted. The body to which a record belongs is always among them. */
interface TotalsSet {
  readonly table: string;
  readonly columns: readonly string[];
}

/** Columns that tell the rows of such a table apart, before those of the set. */
const PLACE = ['level', 'span', 'audiences', 'clocks'] as const;

export function totalsSetsOf(projection: Pick<AnyProjection, 'name' | 'version' | 'totals'>): readonly TotalsSet[] {
  return (projection.totals ?? []).map((columns, index) => ({
    table: `${tableOf(projection)}_totals_${index + 1}`,
    columns: ['belongs_to', ...columns],
  }));
}

/** The spans whose sum is that of all days up to one, from the first of each up to, but without, the last. Pure. */
export function spansUpTo(
  day: number,
): readonly { readonly level: number; readonly from: number; readonly to: number }[] {
  return Array.from({ length: LEVELS }, (_, level) => {
    const span = day >> (BITS_OF_LEVEL * level);
    const isTop = level === LEVELS - 1;
    return { level, from: isTop ? 0 : (span >> BITS_OF_LEVEL) << BITS_OF_LEVEL, to: level === 0 ? span + 1 : span };
  });
}

/** SQL: the tables of one projection, empty. */
export function createTotals(projection: AnyProjection): string {
  return totalsSetsOf(projection)
    .map(
      ({ table, columns }) => `CREATE TABLE ${table} (
        level INTEGER NOT NULL, span INTEGER NOT NULL, audiences INTEGER NOT NULL, clocks INTEGER NOT NULL,
        ${columns.map((column) => `${column} NOT NULL`).join(', ')},
        change INTEGER NOT NULL, PRIMARY KEY (${[...PLACE, ...columns].join(', ')})) WITHOUT ROWID;`,
    )
    .join('\n');
}

/** SQL: counts all that stands in the rows of a projection, which were written without counting them. */
export function countTotals(projection: AnyProjection): string {
  const rows = tableOf(projection);
  const stands = `sequence_to = ${OPEN_SEQUENCE} AND known_to = '${END_OF_KNOWLEDGE}'`;
  return totalsSetsOf(projection)
    .flatMap(({ table, columns }) => {
      const by = ['audiences', 'clocks', ...columns].join(', ');
      const values = ['audiences', 'clocks', ...columns.map((one) => `coalesce(${one}, '') AS ${one}`)].join(', ');
      const days = `INSERT INTO ${table} SELECT 0, day, ${by}, sum(change) FROM (
          SELECT effective_from AS day, 1 AS change, ${values} FROM ${rows} WHERE ${stands}
          UNION ALL SELECT effective_to, -1, ${values} FROM ${rows} WHERE ${stands} AND effective_to < ${LAST_DAY}
        ) GROUP BY day, ${by} HAVING sum(change) <> 0;`;
      const spans = Array.from(
        { length: LEVELS - 1 },
        (_, level) => `INSERT INTO ${table} SELECT ${level + 1}, span >> ${BITS_OF_LEVEL}, ${by}, sum(change)
          FROM ${table} WHERE level = ${level} GROUP BY span >> ${BITS_OF_LEVEL}, ${by} HAVING sum(change) <> 0;`,
      );
      return [days, ...spans];
    })
    .join('\n');
}

/** The tables, the columns that tell their rows apart, and which rows say anything: where as many came as went nothing does. */
export function keysOfTotals(
  projection: AnyProjection,
): readonly (readonly [table: string, key: string, which: string])[] {
  return totalsSetsOf(projection).map(
    ({ table, columns }) => [table, [...PLACE, ...columns].join(', '), 'change <> 0'] as const,
  );
}

type Value = string | number | null;
/** What of a row says whether and from when to when it counts, and under what. */
type Counted = Pick<
  PlacedColumns,
  'audiences' | 'clocks' | 'effective_from' | 'effective_to' | 'known_to' | 'sequence_to'
>;
type Prepare = (sql: string) => {
  all(...values: readonly unknown[]): unknown[];
  run(...values: readonly unknown[]): unknown;
};

interface Change {
  readonly upsert: string;
  readonly day: number;
  readonly values: readonly Value[];
  by: number;
}

interface Kept {
  readonly upsert: string;
  /** Where the values of its columns stand among those of a row after its bounds. */
  readonly places: readonly number[];
}

/**
 * Keeps the totals of rows as they are written, in the same transaction. Most facts of a record leave it in its group: what comes and goes on
 * one day under the same values is written nowhere.
 */
export class RunningTotals {
  readonly #prepare: Prepare;
  readonly #kept: ReadonlyMap<AnyProjection, readonly Kept[]>;
  #changes = new Map<string, Change>();

  constructor(prepare: Prepare, projections: readonly AnyProjection[]) {
    this.#prepare = prepare;
    this.#kept = new Map(projections.map((projection) => [projection, keptOf(projection)]));
  }

  /**
   * A row of these bounds has come (1) or is to go (-1).
   * @param values of its columns after those of its bounds, in the order in which they are written
   */
  heed(projection: AnyProjection, row: Counted, values: readonly Value[], by: 1 | -1): void {
    const kept = this.#kept.get(projection) ?? [];
    if (kept.length === 0 || row.sequence_to !== OPEN_SEQUENCE || row.known_to !== END_OF_KNOWLEDGE) return;
    for (const { upsert, places } of kept) {
      const under = [row.audiences, row.clocks, ...places.map((place) => values[place] ?? '')];
      this.#change(upsert, row.effective_from, under, by);
      if (row.effective_to < LAST_DAY) this.#change(upsert, row.effective_to, under, -by);
    }
  }

  /** The same of a row, or of all rows of a record, as they stand in the tables. */
  heedStanding(projection: AnyProjection, where: string, parameters: readonly unknown[], by: 1 | -1): void {
    if ((this.#kept.get(projection) ?? []).length === 0) return;
    const own = [...AFTER_BOUNDS, ...Object.keys(projection.columns)];
    const rows = this.#prepare(`SELECT ${[...COUNTED, ...own].join(', ')} FROM ${tableOf(projection)} ${where}`).all(
      ...parameters,
    ) as (Counted & { readonly [column: string]: Value })[];
    for (const row of rows)
      this.heed(
        projection,
        row,
        own.map((column) => row[column] ?? null),
        by,
      );
  }

  #change(upsert: string, day: number, values: readonly Value[], by: number): void {
    const name = JSON.stringify([upsert, day, values]);
    const change = this.#changes.get(name);
    if (change === undefined) this.#changes.set(name, { upsert, day, values, by });
    else change.by += by;
  }

  flush(): void {
    if (this.#changes.size === 0) return;
    const changes = this.#changes;
    this.#changes = new Map();
    for (const { upsert, day, values, by } of changes.values()) {
      if (by === 0) continue;
      const statement = this.#prepare(upsert);
      for (let level = 0; level < LEVELS; level += 1)
        statement.run(level, day >> (BITS_OF_LEVEL * level), ...values, by);
    }
  }

  forget(): void {
    this.#changes = new Map();
  }
}

const COUNTED = ['audiences', 'clocks', 'effective_from', 'effective_to', 'known_to', 'sequence_to'] as const;
const AFTER_BOUNDS = STANDARD_COLUMNS.slice(STANDARD_COLUMNS.indexOf('ref'));

function keptOf(projection: AnyProjection): readonly Kept[] {
  const own: readonly string[] = [...AFTER_BOUNDS, ...Object.keys(projection.columns)];
  return totalsSetsOf(projection).map(({ table, columns }) => {
    const all = [...PLACE, ...columns];
    return {
      upsert: `INSERT INTO ${table} VALUES (${all.map(() => '?').join(', ')}, ?)
        ON CONFLICT DO UPDATE SET change = change + excluded.change`,
      places: columns.map((column) => own.indexOf(column)),
    };
  });
}
