import { sql, type RawBuilder } from 'kysely';
import type { LedgerView } from './ledger-view.ts';
import { isEventKnownAt, maySee, numberLookedAt, opened } from './view.ts';

/** References of the records that were recorded by mistake, with their registers. */
export type Mistakes = ReadonlyMap<string, string>;

const NONE: Mistakes = new Map();

/**
 * The records that are void at the view's basis, as its reader may know: nothing of them holds, and what links to them links to nothing. One
 * question for a view; for whoever may see everything none as long as no record of the ledger was ever void. Others would be told by that
 * that a hidden one was.
 */
export function mistakesAt(view: LedgerView): Promise<Mistakes> {
  return opened(view).loader(mistakesAt, () => read(view));
}

async function read(view: LedgerView): Promise<Mistakes> {
  const { answering, point, reader } = opened(view);
  const tables = answering.tables();
  if (reader.audience === 'full' && !tables.hasMistakes()) return NONE;
  const found = await tables.query
    .selectFrom('mistakes')
    .innerJoin('record_events', (join) =>
      join
        .onRef('record_events.record', '=', 'mistakes.record')
        .onRef('record_events.sequence', '=', 'mistakes.sequence'),
    )
    .innerJoin('records', 'records.record', 'mistakes.record')
    .select(['records.register', 'records.ref', 'mistakes.voids'])
    .where(isEventKnownAt(point, 'record_events'))
    .where(maySee(opened(view), numberLookedAt('record_events.audiences'), sql.ref('mistakes.record')))
    .orderBy('mistakes.record')
    .orderBy('mistakes.sequence')
    .execute();
  // Of each record the last word counts.
  const mistakes = new Map<string, string>();
  for (const { register, ref, voids } of found) {
    if (ref === null) continue;
    if (voids === 1) mistakes.set(ref, register);
    else mistakes.delete(ref);
  }
  return mistakes;
}

/** SQL: the numbers and references of the records that were ever void, as far as the reader may know of them: whenever that was. */
export function everMistaken(view: LedgerView): RawBuilder<unknown> {
  const { answering, reader } = opened(view);
  return sql`(select distinct mistakes.record as record, records.register as register, records.ref as ref
    from mistakes cross join records on records.record = mistakes.record
    cross join record_events as why on why.record = mistakes.record and why.sequence = mistakes.sequence
    where records.ref is not null and ${maySee({ reader, answering }, numberLookedAt('why.audiences'), sql.ref('mistakes.record'))})`;
}
