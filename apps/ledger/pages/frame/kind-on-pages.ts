import {
  kindOfRecord,
  type Asked,
  type FiltersShown,
  type RecordKind,
  type RecordShown,
  type ShownRecord,
} from '../../../../libs/declarations/index.ts';
import type { LedgerView, Page, PageWanted, RecordAsOf } from '../../../../libs/read-models/index.ts';

type LinkFilters<F extends FiltersShown> = {
  [Name in keyof F]: F[Name] extends { readonly kind: 'link' } ? Name : never;
}[keyof F];

/** How many there are in each group. */
type Counts = readonly { readonly key: string | null; readonly count: number }[];

/** How the ledger is asked for records of a kind: the queries of the projection that keeps them. */
export interface Reads<Rec, F extends FiltersShown> {
  find(view: LedgerView, ref: string): Promise<Rec | null>;
  list(view: LedgerView, asked: Asked<F>, page: PageWanted): Promise<Page<Rec>>;
  /** How many there are of each member of the filter by which tabs count. */
  counts?(view: LedgerView, asked: Asked<F>): Promise<Counts>;
  /** For each filter by another record: the references that find something. */
  readonly choices: { readonly [Name in LinkFilters<F>]: (view: LedgerView) => Promise<readonly string[]> };
  /** The registers of which a damaged record may be lacking in the list. */
  readonly readFrom: readonly string[];
}

/** What every record is at a basis, as pages know it. */
export type AnyRecordAsOf = Pick<RecordAsOf<unknown>, 'ref' | 'mayAlreadyHold' | 'disputed'>;
/** What an address asks of any list. */
export type AnyAsked = { readonly [filter: string]: string | true | undefined };

/** A kind of record as the frame of the pages takes it: any kind in the same way. */
export interface KindOnPages {
  readonly kind: RecordKind;
  readonly register: string;
  /** What several are called, in words and in the addresses of their pages. */
  readonly many: string;
  readonly shown: RecordShown<AnyRecordAsOf>;
  readonly reads: {
    find(view: LedgerView, ref: string): Promise<AnyRecordAsOf | null>;
    list(view: LedgerView, asked: AnyAsked, page: PageWanted): Promise<Page<AnyRecordAsOf>>;
    counts(view: LedgerView, asked: AnyAsked): Promise<Counts>;
    readonly choices: { readonly [filter: string]: (view: LedgerView) => Promise<readonly string[]> };
    readonly readFrom: readonly string[];
  };
}

/**
 * What a register shows, and the queries that answer it: the one place that checks that they fit. The frame handles each record with
 * what belongs to its kind, which TypeScript does not see, so it is said here.
 */
export function kindOnPages<Rec extends ShownRecord, F extends FiltersShown>(
  kind: RecordKind,
  shown: RecordShown<Rec, F>,
  reads: Reads<Rec & AnyRecordAsOf, F>,
): KindOnPages {
  const { register, many } = kindOfRecord(kind);
  const whole = { counts: () => Promise.resolve([]), ...reads };
  return { kind, register, many, shown, reads: whole } as unknown as KindOnPages;
}

/** The list of a kind, as an address: `/actions`. */
export function listPath({ many }: Pick<KindOnPages, 'many'>): string {
  return `/${many}`;
}

/** The page of a record, as an address: `/actions/CGB-2023-06-A4`. */
export function recordPath(kind: Pick<KindOnPages, 'many'>, ref: string): string {
  return `${listPath(kind)}/${ref}`;
}
