import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readerFor } from '../../libs/access/index.ts';
import { addDays, daysBetween } from '../../libs/ledger/index.ts';
import { groupsOf, rowsAsOf, tableOf, type LedgerView } from '../../libs/read-models/index.ts';
import { countTotals, createTotals, totalsSetsOf } from '../../libs/read-models/running-totals.ts';
import { INDEX_WORDS, LINES_AT_ONCE } from '../../libs/read-models/words-index.ts';
import { openDatabase, type SqliteDatabase } from '../../libs/sqlite/index.ts';
import { actionTracker } from '../../projections/action-tracker/projection.ts';
import { countActions, listActions, PROJECTIONS } from '../../projections/index.ts';
import { chance, type Chance } from './chance.ts';
import { BODIES, RARE_WORDS } from './history.ts';
import type { Ledgers, OpenLedger } from './ledgers.ts';
import { inTurns, measured, median, quantile, timed, type Measured } from './measuring.ts';

const READER = readerFor('opcc-officer', 'opcc-officer');
const ROUNDS = 60;
const WARM_UP = 10;
const TABS_MS = 10;
const DAY_MS = 50;
const OTHERS_MS = 60;
const SEARCH_MS = 50;
/** Words in more of the records than this are told of, and held to nothing. */
const RARE_SHARE = 0.01;

const COUNTS: {
  readonly [what: string]: readonly [atMost: number, count: (view: LedgerView, random: Chance) => Promise<unknown>];
} = {
  'actions by status': [TABS_MS, (view) => countActions(view, 'STATUS', {})],
  'actions of one body by status': [
    TABS_MS,
    (view, random) => countActions(view, 'STATUS', { body: random.skewed(BODIES) }),
  ],
  'actions by body': [TABS_MS, (view) => countActions(view, 'BODY', {})],
  'overdue actions by status': [DAY_MS, (view) => countActions(view, 'STATUS', { overdue: true })],
  'actions by owner': [OTHERS_MS, (view) => countActions(view, 'OWNER', {})],
};

/** Counts as known now, of today and of a random day, as after a write: nothing that was counted before is remembered. */
export async function totals(ledgers: Ledgers, shapes: readonly number[]): Promise<Measured[]> {
  const lines: Measured[] = [];
  for (const events of shapes) {
    const open = await ledgers.open(events);
    const plain = plainHistory(open);
    try {
      for (const [what, [atMost, count]] of Object.entries(COUNTS)) {
        const random = chance(`totals/${what}`);
        const times: number[] = [];
        for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
          const view = await viewOf(open, random);
          const took = await timed(() => count(view, random));
          if (round >= WARM_UP) times.push(took);
        }
        const line = { row: 'totals', measured: median(times), unit: ' ms' };
        const limitIs = 'the longest that it may take';
        lines.push(
          measured({ ...line, what: `${what}, ${events} events, median`, limit: atMost, limitIs, aim: { atMost: 1 } }),
        );
      }
      const random = chance('totals/beside');
      const [kept, rows, scanned] = await inTurns(ROUNDS, [
        async () => {
          const view = await viewOf(open, random);
          return timed(() => countActions(view, 'STATUS', {}));
        },
        async () => {
          const view = await viewOf(open, random);
          return timed(() => groupsOf(view, rowsAsOf(view, actionTracker, true), 'status'));
        },
        () => timed(() => plain.count(random)),
      ]);
      for (const [limit, limitIs] of [
        [rows!, 'counting the rows'],
        [scanned!, 'a plain SQL history table, with an index of status and days'],
      ] as const)
        lines.push(
          measured({
            ...{ row: 'totals', what: `actions by status, ${events} events, median`, measured: kept!, unit: ' ms' },
            ...{ limit, limitIs, aim: { atMost: 1 } },
          }),
        );
    } finally {
      plain.close();
      await open.close();
    }
  }
  return lines;
}

async function viewOf({ models, history }: OpenLedger, random: Chance): Promise<LedgerView> {
  models.eraseTexts([]);
  const days = daysBetween(history.from, history.to);
  const effective = random.happens(0.5) ? {} : { effective: addDays(history.from, random.between(days >> 1, days)) };
  return models.openView(effective, READER);
}

/** What anybody would write first: a row for each state of each action as known now, from its day to that of the next. */
function plainHistory({ folder, history }: OpenLedger) {
  const database = openDatabase(':memory:', { durable: false });
  database.prepare('ATTACH ? AS rows').run(join(folder, 'read-models.sqlite'));
  const table = tableOf(actionTracker);
  database.exec(`
    CREATE TABLE plain AS SELECT record, status, body, effective_from AS since, effective_to AS until FROM rows.${table}
      WHERE sequence_to = 2147483647 AND (audiences & 4) <> 0 AND (clocks & 2) <> 0;
    CREATE INDEX plain_status ON plain (status, since, until);`);
  const last = database.prepare<[], number>('SELECT max(since) FROM plain').pluck().get()!;
  const days = daysBetween(history.from, history.to);
  const ask = database.prepare('SELECT status, count(*) FROM plain WHERE since <= ? AND until > ? GROUP BY status');
  return {
    count(random: Chance) {
      const day = random.happens(0.5) ? last : last - random.between(0, days >> 1);
      return ask.all(day, day);
    },
    close: () => void database.close(),
  };
}

/** First pages of what words find, with how many there are in all. */
export async function searches(ledgers: Ledgers, shapes: readonly number[]): Promise<Measured[]> {
  const lines: Measured[] = [];
  for (const events of shapes) {
    const open = await ledgers.open(events);
    try {
      const all = (await listActions(await open.models.openView({}, READER), {}, { first: 1 })).totalCount;
      const asked = async (words: readonly string[]) => {
        const times: number[] = [];
        let most = 0;
        for (const [round, text] of words.entries()) {
          open.models.eraseTexts([]);
          const view = await open.models.openView({}, READER);
          const took = await timed(async () => {
            most = Math.max(most, (await listActions(view, { text }, { first: 50 })).totalCount);
          });
          if (round >= WARM_UP) times.push(took);
        }
        return { times, share: most / all };
      };
      const random = chance('search');
      const some = Array.from({ length: WARM_UP + 2 * ROUNDS }, () => random.oneOf(RARE_WORDS));
      const rare = await asked(some);
      const line = { row: 'search', unit: ' ms' };
      lines.push(
        measured({
          ...line,
          what: `page of what a word in at most ${(rare.share * 100).toFixed(2)} % of the records finds, ${events} events, p99`,
          measured: quantile(rare.times, 0.99),
          limit: SEARCH_MS,
          limitIs: 'the longest that it may take',
          aim: rare.share <= RARE_SHARE ? { atMost: 1 } : null,
        }),
      );
      // Two characters are in no trigram: every row of the list is looked through.
      const scanned = await asked(Array.from({ length: WARM_UP + 5 }, () => 'qz'));
      lines.push(
        measured({
          ...line,
          what: `the same, median`,
          measured: median(rare.times),
          limit: median(scanned.times),
          limitIs: 'looking through the words of every row',
          aim: { atMost: 1 },
        }),
      );
      for (const text of ['recruitment', 'the', 'fraud neighbourhood']) {
        const common = await asked(Array.from({ length: WARM_UP + 5 }, () => text));
        lines.push(
          measured({
            ...line,
            what: `page of what "${text}" finds, in ${Math.round(common.share * 100)} % of the records, ${events} events, median`,
            measured: median(common.times),
            limit: median(scanned.times),
            limitIs: 'looking through the words of every row',
            aim: null,
          }),
        );
      }
    } finally {
      await open.close();
    }
  }
  return lines;
}

/** What running totals and the index of words add to a rebuild, of which each is made at the end, and to what is written. */
export async function whatBothAdd(ledgers: Ledgers, events: number): Promise<Measured[]> {
  const { models, folder, close } = await ledgers.open(events);
  const copy = join(ledgers.emptyFolder(), 'rows.sqlite');
  try {
    const rebuilt = await timed(() => models.rebuild());
    copyFileSync(join(folder, 'read-models.sqlite'), copy);
    const database = openDatabase(copy, { durable: false });
    database.pragma('journal_mode = OFF');
    try {
      const before = sizeOf(database);
      const tables = PROJECTIONS.flatMap(totalsSetsOf).map(({ table }) => `DROP TABLE ${table};`);
      database.exec(tables.join(''));
      const ofTotals = before - sizeOf(database);
      database.exec('DROP TABLE words_index; UPDATE words_indexed SET upto = 0;');
      const ofWords = before - ofTotals - sizeOf(database);
      database.exec(PROJECTIONS.map(createTotals).join(''));
      database.exec(
        "CREATE VIRTUAL TABLE words_index USING fts5(words, content='', detail=none, columnsize=0, tokenize='trigram case_sensitive 1');",
      );
      const counting = await timed(() => database.exec(PROJECTIONS.map(countTotals).join('')));
      const indexing = await timed(() => database.exec(INDEX_WORDS));
      // The last lines again, as many as are taken in at once.
      const at = database
        .prepare<[number], number>('SELECT sequence FROM texts ORDER BY sequence DESC LIMIT 1 OFFSET ?')
        .pluck()
        .get(LINES_AT_ONCE)!;
      const batches: number[] = [];
      for (let round = 0; round < 20; round += 1) {
        database.prepare('UPDATE words_indexed SET upto = ?').run(at);
        batches.push(await timed(() => database.exec(`BEGIN; ${INDEX_WORDS} COMMIT;`)));
      }
      const line = { row: 'totals-added', limit: rebuilt, limitIs: 'the whole rebuild', unit: ' ms', aim: null };
      const size = { ...line, unit: ' MB', limit: before / 1e6, limitIs: 'all tables' };
      return [
        measured({
          ...line,
          what: `running totals, counted at the end of a rebuild, ${events} events`,
          measured: counting,
        }),
        measured({
          ...line,
          what: `the index of words, made at the end of a rebuild, ${events} events`,
          measured: indexing,
        }),
        measured({
          ...line,
          what: `the index of words for one line that is written, of ${LINES_AT_ONCE} at once`,
          measured: median(batches) / LINES_AT_ONCE,
          limit: rebuilt / events,
          limitIs: 'what an event takes of a rebuild',
        }),
        measured({ ...size, what: `running totals, ${events} events`, measured: ofTotals / 1e6 }),
        measured({ ...size, what: `the index of words, ${events} events`, measured: ofWords / 1e6 }),
      ];
    } finally {
      database.close();
      rmSync(copy, { force: true });
    }
  } finally {
    await close();
  }
}

function sizeOf(database: SqliteDatabase): number {
  const pragma = (name: string) => database.pragma(name, { simple: true }) as number;
  return (pragma('page_count') - pragma('freelist_count')) * pragma('page_size');
}
