import { sql, type RawBuilder } from 'kysely';
import type { LedgerView } from './ledger-view.ts';
import { tableOf, type AnyProjection } from './projection.ts';
import { askedApart, holdsAt, isWord, namingsByName, mayRead, opened, textsHold } from './view.ts';
import { globOf } from './words.ts';
import { sequenceOfLine, trigramsOf, wholeWord, wholeWordOf } from './words-index.ts';

/*
 * Which records words find. Where the words may stand the index of trigrams knows (`words-index.ts`). Whether they do, whether the reader may read
 * them there, and whether the record holds them at the basis is asked of each line that it finds. Where the index is of no use all rows are asked
 * the same: of words of fewer than three characters, and of what stands in more lines than it pays to look up.
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
export async function isFoundBy(...sought: Parameters<typeof soughtBy>): Promise<RawBuilder<boolean>> {
  return (await soughtBy(...sought)).isFound;
}

/** The same, and whether the index finds them: they are then looked up one by one, and not among all that is filed for the basis. */
export async function soughtBy(
  view: LedgerView,
  projection: AnyProjection,
  words: string,
  { texts, whole = {} }: SoughtIn,
): Promise<{ readonly isFound: RawBuilder<boolean>; readonly isLookedUp: boolean }> {
  const called = Object.entries({ ref: words, ...whole });
  const isIt = called.map(([column, value]) => isWord(`row.${column}`, value));
  const holds = (places: SoughtIn['texts']) =>
    sql<boolean>`(${sql.join([...isIt, textsHold(view, places, words)], sql` or `)})`;
  const trigrams = trigramsOf(words);
  if (trigrams === null || (await standInMany(view, trigrams))) return { isFound: holds(texts), isLookedUp: false };
  const table = sql.table(tableOf(projection));
  const pattern = `*${globOf(words)}*`;
  const lines = sql`
    select found.* from words_index cross join texts as found
      on found.sequence = ${sql.raw(sequenceOfLine('words_index.rowid'))} and found.line = words_index.rowid
      where words_index match ${trigrams} and lower(found.content) glob ${pattern}
    union all select latest.* from texts as latest
      where latest.sequence > (select upto from words_indexed) and lower(latest.content) glob ${pattern}`;
  const named = Object.entries(whole).map(
    ([column, value]) => sql`select named.record from ${table} as named
      where named.${sql.ref(column)} is not null and ${sql.raw(wholeWord(`named.${column}`))} = ${wholeWordOf(value)}`,
  );
  const byName = sql.join(
    [
      sql`select namings.record ${namingsByName(view, words)}`,
      sql`select called.record from records as called
        where ${sql.raw(wholeWord('called.ref'))} = ${wholeWordOf(words)}`,
      ...named,
    ],
    sql` union `,
  );
  const isText = texts.map(
    ([event, part]) => sql`(log_events.event = ${sql.ref(event)} and texts.part = ${sql.ref(part)})`,
  );
  // By the reference of a record, which never changes, what holds of it is found without a look at all that ever did.
  const holding = (sought: string) => sql`cross join records as own on own.record = ${sql.ref(`${sought}.record`)}
    cross join ${table} as row on row.ref = own.ref and ${holdsAt(opened(view).point, 'row')}`;
  // Found by what holds the words, whatever else the list is narrowed by.
  const isFound = sql<boolean>`row.rowid in (
    select row.rowid from (${lines}) as texts cross join log_events on log_events.sequence = texts.sequence
      ${holding('texts')} and (${sql.join(isText, sql` or `)})
      cross join record_events on record_events.record = texts.record and record_events.sequence = texts.sequence
      where ${mayRead(opened(view))}
    union all select row.rowid from (${byName}) as sought ${holding('sought')} and ${holds([])})`;
  return { isFound, isLookedUp: true };
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
