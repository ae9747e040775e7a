import type { Instant } from '../ledger/index.ts';

/** What a column may hold besides nothing: both dialects know these two. Days and instants are text whose order is time. */
export type ColumnKind = 'text' | 'integer';
export interface Columns {
  readonly [column: string]: ColumnKind;
}
/** Values of the declared columns. All may be null. */
export type ValuesOf<C extends Columns> = {
  readonly [column in keyof C]: (C[column] extends 'integer' ? number : string) | null;
};

/** A record in one of its states: all that a row is made of. What may already hold and what is disputed stands beside, see `tables.ts`. */
export interface InState<State> {
  readonly state: State;
}

/**
 * Answers one question from the records of a register: one row for each rectangle of constant state, so that any past date is
 * an index lookup.
 *
 * `row` is pure. A change to what it gives, or to the columns, is a new `version`: the read models then rebuild themselves.
 */
export interface RecordProjection<State = never, C extends Columns = Columns> {
  /** Small letters, digits and underscores: the table is `<name>_v<version>`. */
  readonly name: string;
  readonly version: number;
  /** Name of the register whose records it reads. */
  readonly register: string;
  /** True if every state of every record of the register has a row here: other questions may then read records here too. */
  readonly everyRecord: boolean;
  /** Columns that lists are filtered, grouped or joined by. What is only shown stays in the snapshot. */
  readonly columns: C;
  /**
   * Columns by which lists are narrowed often enough to deserve an index. Each may carry others, by which what it finds is
   * narrowed further without a look at the rows.
   */
  readonly indexed: readonly (readonly [by: keyof C & string, ...carried: (keyof C & string)[]])[];
  /**
   * Sets of columns of few values by which records are counted often enough to keep running totals of how many there are with each combination,
   * in each body: see `running-totals.ts`.
   */
  readonly totals?: readonly (readonly (keyof C & string)[])[];
  /** Columns by the whole of which a record is found when words are looked for: see `search.ts`. */
  readonly wholeWords?: readonly (keyof C & string)[];
  /** Columns of days by which records are found that may be told otherwise once such a day has passed. */
  readonly days?: readonly (keyof C & string)[];
  /** Values of the columns, or null if records like this have no row here. `ref`: the reference of the record. */
  readonly row: (record: InState<State>, ref: string) => ValuesOf<C> | null;
  /** What lists are sorted by, different for every record. Default: {@link sortKeyOf} the reference. Pure. */
  readonly sortKey?: (record: InState<State>, ref: string) => string;
}

/** A projection whose state and columns nobody here needs to know. */
export interface AnyProjection extends Pick<
  RecordProjection,
  'name' | 'version' | 'register' | 'everyRecord' | 'columns'
> {
  readonly indexed: readonly (readonly [by: string, ...carried: string[]])[];
  readonly totals?: readonly (readonly string[])[];
  readonly wholeWords?: readonly string[];
  readonly days?: readonly string[];
  readonly row: (record: InState<never>, ref: string) => { readonly [column: string]: string | number | null } | null;
  readonly sortKey?: (record: InState<never>, ref: string) => string;
}

export function tableOf(projection: Pick<AnyProjection, 'name' | 'version'>): string {
  return `${projection.name}_v${projection.version}`;
}

/**
 * A reference as text that sorts as people count: A10 after A9. Each run of digits is headed by its length. Different references
 * have different keys.
 */
export function sortKeyOf(ref: string): string {
  return ref.replace(/\d+/g, (digits) => `${String.fromCharCode(47 + Math.min(digits.length, 10))}${digits}`);
}

/** Audiences as bits: one row serves all whose bit is set. */
export const AUDIENCE_BIT = { public: 1, official: 2, full: 4 } as const;
/** Clocks as bits: the rows of a record without imported facts serve both. */
export const CLOCK_BIT = { PROVEN: 1, STATED: 2 } as const;

/** Which rectangle a row is of, and where it holds. Intervals are half-open. */
export interface PlacedColumns {
  /** Number in the ledger of the record's first event. */
  readonly record: number;
  /** For whom: see {@link AUDIENCE_BIT}. */
  readonly audiences: number;
  /** On which clocks: see {@link CLOCK_BIT}. */
  readonly clocks: number;
  /** Number of the rectangle among those of this record, audience and clock. */
  readonly number: number;
  /** Where the rectangle is filed: see `interval-tree.ts`. */
  readonly node: number;
  /** Days as numbers: see `interval-tree.ts`. */
  readonly effective_from: number;
  readonly effective_to: number;
  readonly known_from: Instant;
  readonly known_to: Instant;
  readonly sequence_from: number;
  readonly sequence_to: number;
}

/** What every row of every record projection says beside the declared columns. */
export interface StandardColumns extends PlacedColumns {
  readonly ref: string;
  /** The body to which the record belongs in that state; null for none. See `bodies.ts`. */
  readonly belongs_to: string | null;
  /** Lists are in this order. No two records of a projection have the same. */
  readonly sort_key: string;
  /** Number of the first rectangle with this very state: it is kept once, in `states`. */
  readonly state: number;
}

/** The order in which the columns of {@link PlacedColumns} are written. */
export const PLACED_COLUMNS = [
  'record',
  'audiences',
  'clocks',
  'number',
  'node',
  'effective_from',
  'effective_to',
  'known_from',
  'known_to',
  'sequence_from',
  'sequence_to',
] as const satisfies readonly (keyof PlacedColumns)[];

/** The order in which rows of projections are written, before the declared columns. */
export const STANDARD_COLUMNS = [
  ...PLACED_COLUMNS,
  'ref',
  'belongs_to',
  'sort_key',
  'state',
] as const satisfies readonly (keyof StandardColumns)[];
