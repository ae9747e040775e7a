import { join } from 'node:path';
import { tableOf } from '../../libs/read-models/index.ts';
import { openDatabase } from '../../libs/sqlite/index.ts';
import { PROJECTIONS } from '../../projections/index.ts';

/** A basis as the plain table knows it: the number of a day, and of the last event that counts. */
export interface PlainPoint {
  readonly day: number;
  readonly sequence: number;
}

/** What a comparison of the plain table says: how many actions differ, and the first of them. */
export interface PlainComparison {
  readonly count: number;
  readonly first: readonly unknown[];
}

export interface PlainHistory {
  /** Actions whose row is another at the two points: how many, and the first so many of them by reference. */
  compare(before: PlainPoint, after: PlainPoint, rows: number): PlainComparison;
  close(): void;
}

/**
 * The peer that an engineer builds in an afternoon: one table of actions with a row for each stretch of days and of knowledge over which one was
 * the same, by its key and by its bounds in ordinary indexes, without readers, words apart, clocks or causes. Filled from the ledger's own rows, so
 * that both tell the same.
 */
export function plainHistoryOf(folder: string): PlainHistory {
  const database = openDatabase(':memory:', { durable: false });
  fill(database, join(folder, 'read-models.sqlite'));
  const at = (one: string, place: string) =>
    `${one}.day_from <= @${place}Day and ${one}.day_to > @${place}Day and ${one}.known_from <= @${place}Sequence and ${one}.known_to > @${place}Sequence`;
  // Either side once, and then each action's own: a join of the two would go through one of them for each row of the other.
  const differing = `
    select one.ref as ref, max(case side when 0 then one.status end) as was, max(case side when 1 then one.status end) as status,
           max(case side when 0 then one.owner end) as had, max(case side when 1 then one.owner end) as owner,
           max(case side when 0 then one.due_on end) as due_before, max(case side when 1 then one.due_on end) as due_on,
           max(case side when 0 then one.title end) as title_before, max(case side when 1 then one.title end) as title
    from (select 0 as side, * from history as one where ${at('one', 'before')}
          union all select 1 as side, * from history as one where ${at('one', 'after')}) as one
    group by one.record having count(*) = 1 or min(one.version) <> max(one.version)`;
  const compareCount = database.prepare(`select count(*) as count from (${differing})`);
  const comparePage = database.prepare(`${differing} order by 1 limit @rows`);
  const countIn = (row: unknown) => (row as { readonly count: number }).count;
  return {
    compare(before, after, rows) {
      const points = {
        ...{ beforeDay: before.day, beforeSequence: before.sequence },
        ...{ afterDay: after.day, afterSequence: after.sequence },
      };
      return { count: countIn(compareCount.get(points)), first: comparePage.all({ ...points, rows }) };
    },
    close: () => database.close(),
  };
}

/** Audience *full*, on the proven clock: the bits by which the read models say so. */
const FULL = 4;
const PROVEN = 1;

function fill(database: ReturnType<typeof openDatabase>, readModels: string): void {
  const table = tableOf(PROJECTIONS.find(({ register, everyRecord }) => register === 'actions' && everyRecord)!);
  database.exec(`
    attach database '${readModels.replaceAll("'", "''")}' as ledger;
    create table history (record integer not null, ref text not null, version integer not null, status text not null, owner text, body text, due_on text,
      title text, day_from integer not null, day_to integer not null, known_from integer not null, known_to integer not null);
    insert into history
      select row.record, row.ref, row.state, row.status, row.owner, row.body, row.due_on,
             (select texts.content from ledger.log_events join ledger.texts on texts.sequence = log_events.sequence
              where log_events.event = row.title_event and texts.part = row.title_part),
             row.effective_from, row.effective_to, row.sequence_from, row.sequence_to
      from ledger.${table} as row
      where (row.audiences & ${FULL}) <> 0 and (row.clocks & ${PROVEN}) <> 0
      order by row.record, row.effective_from;
    create index history_by_record on history (record, day_from, known_from);
    create index history_by_day on history (day_from, day_to, known_from, known_to);
    detach database ledger;
    analyze;
  `);
}
