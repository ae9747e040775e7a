import type { Reader } from '../access/index.ts';
import type { LogPosition } from '../event-store/index.ts';
import type { CivilDate, Instant, TextRef } from '../ledger/index.ts';
import type { RecordingClock } from '../timeline/index.ts';

/** What a reader asks to be answered from. All optional: today, now, STATED, the head. */
export interface AsOf {
  readonly effective?: CivilDate;
  readonly recorded?: string;
  readonly clock?: RecordingClock;
  /** Opaque, from an earlier answer's basis: nothing after it counts. */
  readonly position?: string;
  /** Reference of a meeting, which is then the point in time: `effective` and `recorded` are not given. See `at-meeting.ts`. */
  readonly meeting?: string;
  /** Of a meeting: as it was told, or its day as known now. */
  readonly view?: ViewOfMeeting;
}

/** A meeting as a point in time: by what had been recorded by its cut-off, or by all that is known. */
export type ViewOfMeeting = 'TOLD' | 'KNOWN_NOW';

/** What an answer was given from. Passing `position` back repeats it. */
export interface Basis {
  readonly effective: CivilDate;
  readonly recorded: Instant;
  readonly clock: RecordingClock;
  /** Opaque, encrypted per audience: the last event that this reader may see, at or before the basis. Null in an empty ledger. */
  readonly position: string | null;
  readonly settled: boolean;
  readonly timeZone: 'Europe/London';
}

/** How a view is opened. */
export interface ViewOptions {
  /** Waits, bounded, until reading includes that position. */
  readonly atLeast?: string;
  readonly waitMs?: number;
  /**
   * False where nobody can ask what the basis is, as in the payload of a command: then its `position` is null and `settled` false,
   * which would cost as much to find out as the record that is shown. Default true.
   */
  readonly tellsBasis?: boolean;
  /** `asOf.position`, for whoever in this process has the store's own: nothing after it counts. */
  readonly pinned?: LogPosition;
  /** True for whoever reads much: every question of the view is answered in another thread. Default: only those that may take long. */
  readonly apart?: boolean;
}

/** Under which name a basis is asked for: of one answer, or as one of the two ends of a comparison. */
export type BasisAsked = 'asOf' | 'before' | 'after';

/** A reader's question cannot be answered as it was put. */
export class BadBasis extends Error {
  override readonly name = 'BadBasis';
  readonly field:
    'seen' | 'atLeast' | 'first' | 'after' | 'before' | `${BasisAsked}.${keyof AsOf}` | 'panel' | 'since' | 'until';
  constructor(field: BadBasis['field'], sentence: string) {
    super(sentence);
    this.field = field;
  }
}

/** Reads do not yet include the position that was asked for. */
export class NotYet extends Error {
  override readonly name = 'NotYet';
}

/**
 * The ledger as a value: one basis, one reader. Every list, count and record below it answers from that basis; queries of
 * the projections take it as their first argument. It owns its loaders, so that nothing is asked twice in one request.
 */
export interface LedgerView {
  readonly basis: Basis;
  readonly reader: Reader;
  /** Words of the ledger, or null once erased or not for this reader. Loaded in batches. */
  text(ref: TextRef | undefined): Promise<string | null>;
}

export interface PageWanted {
  /** 1 to 500. Default 50. */
  readonly first?: number;
  readonly after?: string;
}

export interface Page<Row> {
  readonly totalCount: number;
  readonly edges: readonly { readonly cursor: string; readonly node: Row }[];
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}
