import { sql, type RawBuilder } from 'kysely';
import type { LedgerView } from './ledger-view.ts';
import { tableOf, type AnyProjection } from './projection.ts';
import { askedApart, isWord, namingsByName, opened, textsHold } from './view.ts';
import { globOf } from './words.ts';
import { sequenceOfLine, trigramsOf, wholeWord, wholeWordOf } from './words-index.ts';

/*
 * Which records words find. Where the words may stand the index of trigrams knows (`words-index.ts`). Whether they do, whether the reader may read
 * them there, and whether the record holds them at the basis is asked of what it finds, by the very conditions by which all rows are asked where
 * the index is of no use: of words of fewer than three characters, and of what stands in more lines than it pays to look up.
 */

/** To look a line up costs some times as much as to pass over a row: from one in so many events on, all rows are looked through. */
const ONE_IN = 10;

/** Where words are looked for. */
export interface SoughtIn {
  /** Columns that name an event and a part of it. */
  readonly texts: readonly (readonly [event: string, part: string])[];
  /** Columns of which the words must be the whole; beside its reference. */
  readonly whole?: { readonly [column: string]: string };
}

/**
 * SQL: do the texts of a row hold the words, as far as the reader may read them, or is the record called that: by its reference, by a name, or by
 * the whole of a column? A part of these would find too much.
 */
export async function isFoundBy(
  view: LedgerView,
  projection: AnyProjection,
  words: string,
  { texts, whole = {} }: SoughtIn,
): Promise<RawBuilder<boolean>> {
  const called = Object.entries({ ref: words, ...whole });
  const isIt = called.map(([column, value]) => isWord(`row.${column}`, value));
  const condition = sql<boolean>`(${sql.join([...isIt, textsHold(view, texts, words)], sql` or `)})`;
  const trigrams = trigramsOf(words);
  if (trigrams === null || (await standInMany(view, trigrams))) return condition;
  const table = sql.table(tableOf(projection));
  const named = Object.entries(whole).map(
    ([column, value]) => sql`select named.record from ${table} as named
      where named.${sql.ref(column)} is not null and ${sql.raw(wholeWord(`named.${column}`))} = ${wholeWordOf(value)}`,
  );
  const pattern = `*${globOf(words)}*`;
  const candidates = sql.join(
    [
      sql`select found.record from words_index cross join texts as found
        on found.sequence = ${sql.raw(sequenceOfLine('words_index.rowid'))} and found.line = words_index.rowid
        where words_index match ${trigrams} and lower(found.content) glob ${pattern}`,
      sql`select latest.record from texts as latest
        where latest.sequence > (select upto from words_indexed) and lower(latest.content) glob ${pattern}`,
      sql`select namings.record ${namingsByName(view, words)}`,
      sql`select called.record from records as called
        where ${sql.raw(wholeWord('called.ref'))} = ${wholeWordOf(words)}`,
      ...named,
    ],
    sql` union `,
  );
  // Found by the record, whatever else the list is narrowed by.
  return sql<boolean>`(row.rowid in (select own.rowid from (${candidates}) as sought cross join ${table} as own
    on own.record = sought.record) and ${condition})`;
}

/** Do all of these stand in more lines than it pays to look up? */
async function standInMany(view: LedgerView, trigrams: string): Promise<boolean> {
  const { answering, point } = opened(view);
  const { query } = answering.tables();
  const most = Math.ceil(point.sequence / ONE_IN);
  const question = sql<{ readonly lines: number }>`select count(*) as lines from (
    select 1 from words_index where words_index match ${trigrams} limit ${most + 1})`;
  const [found] = await askedApart<{ readonly lines: number }>(view, { compile: () => question.compile(query) });
  return (found?.lines ?? 0) > most;
}
