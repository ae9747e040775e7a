import { join } from 'node:path';
import { readerFor } from '../../libs/access/index.ts';
import { addDays, daysBetween, instantOf } from '../../libs/ledger/index.ts';
import { tableOf, type LedgerView } from '../../libs/read-models/index.ts';
import { openDatabase } from '../../libs/sqlite/index.ts';
import { findAction, listActions, PROJECTIONS, type ActionFilter } from '../../projections/index.ts';
import { chance, type Chance } from './chance.ts';
import { BODIES } from './history.ts';
import type { Ledgers, OpenLedger } from './ledgers.ts';
import { measured, median, quantile, timed, type Measured } from './measuring.ts';

const READER = readerFor('opcc-officer', 'opcc-officer');
const POINTS = 2_000;
const PAGES = 400;
const WARM_UP = 100;
const ROWS = 50;
const LONGEST_PAGE_MS = 10;

/** One record at a random past basis, in the longest history and in the shortest. */
export async function pointQueries(ledgers: Ledgers, shapes: readonly number[]): Promise<Measured[]> {
  const [fewest, most] = [Math.min(...shapes), Math.max(...shapes)];
  if (fewest === most) return [];
  const [short, long] = [await ledgers.open(fewest), await ledgers.open(most)];
  try {
    const times = { short: [] as number[], long: [] as number[] };
    let missing = 0;
    const random = { short: chance('points'), long: chance('points') };
    for (let query = 0; query < WARM_UP + POINTS; query += 1) {
      let found = 0;
      const took = {
        short: await timed(async () => (found += Number(await askOne(short, random.short)))),
        long: await timed(async () => (found += Number(await askOne(long, random.long)))),
      };
      missing += 2 - found;
      if (query < WARM_UP) continue;
      times.short.push(took.short);
      times.long.push(took.long);
    }
    mustMostlyAnswer(2 * (WARM_UP + POINTS), missing);
    return [
      measured({
        row: 'point',
        what: `one action as of a past date, ${most} events, median`,
        measured: median(times.long),
        unit: ' ms',
        limit: median(times.short),
        limitIs: `the same with ${fewest} events`,
        aim: { atMost: 1.5 },
      }),
    ];
  } finally {
    await long.close();
    await short.close();
  }
}

/** An action at a random past basis on or after the month in which it was raised. */
async function askOne(of: OpenLedger, random: Chance): Promise<boolean> {
  const ref = random.oneOf(of.history.refs);
  const [, month = ''] = /-(\d{4}-\d{2})-/.exec(ref) ?? [];
  const view = await viewOfThePast(of, random, `${month}-28`);
  const action = await findAction(view, ref);
  await view.text(action?.state.title);
  return action !== null;
}

/** The lists that an office looks at, each on a page drawn from its beginning, with how many there are in all. */
const LISTS: { readonly [list: string]: (random: Chance) => ActionFilter } = {
  'of one body and status': (random) => ({
    body: random.skewed(BODIES),
    status: [random.oneOf(['IN_PROGRESS', 'SIGNED_OFF'])],
  }),
  'of one body': (random) => ({ body: random.skewed(BODIES) }),
  'of one owner': (random) => ({ owner: `lead-${random.between(1, 20)}` }),
  'of one body, overdue': (random) => ({ body: random.skewed(BODIES), overdue: true }),
  'of everything': () => ({}),
};

/** Pages of fifty rows at random past bases, in the longest history. */
export async function listPages(ledgers: Ledgers, events: number): Promise<Measured[]> {
  const open = await ledgers.open(events);
  try {
    const bare = await bareSelects(join(open.folder, 'read-models.sqlite'));
    const lines: Measured[] = [];
    for (const [list, filterOf] of Object.entries(LISTS)) {
      const random = chance(`pages/${list}`);
      const times: number[] = [];
      const processor: number[] = [];
      let missing = 0;
      for (let page = 0; page < WARM_UP + PAGES; page += 1) {
        const before = process.cpuUsage();
        const took = await timed(async () => {
          const view = await viewOfThePast(open, random);
          const { edges } = await listActions(view, filterOf(random), { first: ROWS });
          if (edges.length === 0) missing += 1;
        });
        const { user, system } = process.cpuUsage(before);
        if (page < WARM_UP) continue;
        times.push(took);
        processor.push((user + system) / 1_000);
      }
      mustMostlyAnswer(WARM_UP + PAGES, missing);
      const line = { row: 'list', measured: quantile(times, 0.99), unit: ' ms' };
      const longest = { limit: LONGEST_PAGE_MS, limitIs: 'the longest that a page may take' };
      lines.push(
        measured({
          ...line,
          what: `page of ${ROWS} actions ${list} as of a past date, ${events} events, p99`,
          ...longest,
          aim: { atMost: 1 },
        }),
        // What a page costs when others do not keep it waiting for a processor.
        measured({
          ...line,
          ...longest,
          measured: quantile(processor, 0.99),
          what: `page of ${ROWS} actions ${list}, p99 of processor time`,
          aim: null,
        }),
        measured({
          ...line,
          measured: median(times),
          what: `page of ${ROWS} actions ${list}, median`,
          limit: bare,
          limitIs: `a bare SELECT of ${ROWS} rows by primary key`,
          aim: null,
        }),
      );
    }
    return lines;
  } finally {
    await open.close();
  }
}

async function bareSelects(file: string): Promise<number> {
  const database = openDatabase(file, { durable: false });
  const table = tableOf(PROJECTIONS.find(({ register }) => register === 'actions')!);
  try {
    const random = chance('bare');
    const last = database.prepare<[], number>(`SELECT max(rowid) FROM ${table}`).pluck().get()!;
    const wanted = Array.from({ length: ROWS }, () => '?').join(', ');
    const select = database.prepare(`SELECT * FROM ${table} WHERE rowid IN (${wanted})`);
    const times: number[] = [];
    for (let page = 0; page < WARM_UP + PAGES; page += 1) {
      const ids = Array.from({ length: ROWS }, () => random.between(1, last));
      times.push(await timed(() => select.all(...ids)));
    }
    return median(times.slice(WARM_UP));
  } finally {
    database.close();
  }
}

/** Nothing is quicker to find than nothing: figures of empty answers would say nothing. */
function mustMostlyAnswer(asked: number, missing: number): void {
  if (missing > asked / 4) throw new Error(`${missing} of ${asked} questions found nothing`);
}

/** A random day of the history from the given one on, as known at a random instant on that day or later. */
function viewOfThePast({ models, history }: OpenLedger, random: Chance, from = history.from): Promise<LedgerView> {
  const days = daysBetween(history.from, history.to);
  const effective = random.between(Math.min(days, Math.max(1, daysBetween(history.from, from))), days);
  const recorded = random.between(effective, days);
  const noon = Date.parse(`${addDays(history.from, recorded)}T12:00:00.000Z`);
  return models.openView({ effective: addDays(history.from, effective), recorded: instantOf(noon) }, READER);
}
