import {
  kindOfRecord,
  pathOfKind,
  type FiltersShown,
  type RecordKind,
  type RecordShown,
} from '../../../../libs/declarations/index.ts';
import type { Ages, LedgerView, Page, PageWanted } from '../../../../libs/read-models/index.ts';
import type { AnyRecordAsOf, Counts, RecordList, ScoredMatrix } from '../../../../projections/index.ts';

export type { AnyRecordAsOf } from '../../../../projections/index.ts';

/** What an address asks of any list: of a few members, one. */
export type AnyAsked = { readonly [filter: string]: string | true | undefined };

/** A kind of record as the frame of the pages takes it: any kind in the same way. */
export interface KindOnPages {
  readonly kind: RecordKind;
  readonly register: string;
  /** What several are called, in words. */
  readonly many: string;
  readonly shown: RecordShown<AnyRecordAsOf>;
  readonly reads: {
    find(view: LedgerView, ref: string): Promise<AnyRecordAsOf | null>;
    list(view: LedgerView, asked: AnyAsked, page: PageWanted): Promise<Page<AnyRecordAsOf>>;
    counts(view: LedgerView, asked: AnyAsked): Promise<Counts>;
    /** How old those of them are that are open; null for a kind of which nothing stays open. */
    ages(view: LedgerView, asked: AnyAsked): Promise<Ages | null>;
    /** Null for a kind that shows no matrix. */
    matrix(view: LedgerView, asked: AnyAsked): Promise<ScoredMatrix | null>;
    readonly stood: RecordList['stood'];
    readonly choices: RecordList['choices'];
    readonly readFrom: readonly string[];
  };
}

/** A kind of record on the pages, by what its register shows and the queries of its list. */
export function kindOnPages(kind: RecordKind, list: RecordList): KindOnPages {
  const { register, many } = kindOfRecord(kind);
  const { shown, choices, readFrom } = list;
  return {
    ...{ kind, register, many, shown },
    reads: {
      ...{ choices, readFrom },
      find: (view, ref) => list.find(view, ref),
      stood: (view, record) => list.stood(view, record),
      list: (view, asked, page) => list.list(view, amongAlternatives(shown.filters, asked), page),
      counts: (view, asked) => list.counts(view, amongAlternatives(shown.filters, asked)),
      ages: (view, asked) => list.ages(view, amongAlternatives(shown.filters, asked)),
      matrix: (view, asked) => list.matrix(view, amongAlternatives(shown.filters, asked)),
    },
  };
}

/** What an address asks, as a list is asked for it: the one member that it names is the only alternative. */
export function amongAlternatives(filters: FiltersShown, asked: AnyAsked) {
  const all = Object.entries(asked).map(([name, value]) => [
    name,
    filters[name]?.kind === 'oneOf' && typeof value === 'string' ? [value] : value,
  ]);
  return Object.fromEntries(all) as Parameters<RecordList['list']>[1];
}

/** The list of a kind, as an address: `/actions`. */
export function listPath({ kind }: Pick<KindOnPages, 'kind'>): string {
  return pathOfKind(kind);
}

/** The page of a record, as an address: `/actions/CGB-2023-06-A4`. */
export function recordPath(kind: Pick<KindOnPages, 'kind'>, ref: string): string {
  return `${listPath(kind)}/${ref}`;
}
