import { join } from 'node:path';
import { readerFor } from '../../libs/access/index.ts';
import { addDays, instantOf, type CivilDate, type RecordEvent } from '../../libs/ledger/index.ts';
import { bridgeIn, changedIn, dayNumberOf, openEnds, type ComparedEnds } from '../../libs/read-models/index.ts';
import { actions } from '../../libs/registers/actions/index.ts';
import { openDatabase } from '../../libs/sqlite/index.ts';
import { amend, fold } from '../../libs/timeline/index.ts';
import { COMPARED_LISTS } from '../../projections/index.ts';
import type { Ledgers, OpenLedger, Say } from './ledgers.ts';
import { measured, median, roundByRound, sideBySide, timed, type Measured } from './measuring.ts';
import { plainHistoryOf, type PlainPoint } from './plain-history.ts';

const READER = readerFor('opcc-officer', 'opcc-officer');
const ROWS = 50;
const ROUNDS = 7;
/** As many may differ where a comparison is to answer within {@link LONGEST_MS}. */
const FEW = 2_000;
const LONGEST_MS = 100;
const FULL = 4;

/** The two ends of a comparison of what there was by one day, as known then, with the end of the history. */
interface Ends {
  readonly from: CivilDate;
  readonly to: CivilDate;
}

/** What changed of the actions between two dates, its first page with how many, and the bridge of their statuses. */
export async function comparing(ledgers: Ledgers, shapes: readonly number[], say: Say): Promise<Measured[]> {
  const lines: Measured[] = [];
  for (const events of shapes) lines.push(...(await comparingOf(await ledgers.open(events), events, say)));
  return lines;
}

async function comparingOf(open: OpenLedger, events: number, say: Say): Promise<Measured[]> {
  const plain = plainHistoryOf(open.folder);
  try {
    const { from, to } = open.history;
    const few: Ends = { from: await lastDayWithFew(open, plain), to };
    const all: Ends = { from: addDays(from, 60), to };
    const lines: Measured[] = [];
    for (const [what, ends] of [
      ['few changed', few],
      ['nearly all changed', all],
    ] as const) {
      say(`comparing ${events} events, ${what}`);
      const points = [pointOf(open, ends.from), pointOf(open, ends.to)] as const;
      let changed = 0;
      const [compared, bridged, peer] = await roundByRound(ROUNDS, [
        () => timed(async () => (changed = (await compareOnce(open, ends)).totalCount)),
        () => timed(async () => bridgeIn(await endsOf(open, ends), COMPARED_LISTS.action!, 'STATUS', {})),
        () => timed(() => plain.compare(...points, ROWS)),
      ]);
      const row = 'comparing';
      const of = `${changed} actions changed, ${events} events`;
      if (ends === few)
        lines.push(
          measured({
            ...{ row, unit: ' ms', measured: median(compared!) },
            what: `first page and totals of a comparison, ${of}`,
            limit: LONGEST_MS,
            limitIs: 'the longest that it may take',
            aim: { atMost: 1 },
          }),
        );
      lines.push(
        sideBySide(compared!, peer!, {
          ...{ row, unit: ' ms' },
          what: `a comparison, ${of}`,
          limitIs: 'a plain history table, which tells no causes',
          aim: ends === few ? null : { atMost: 1 },
        }),
        sideBySide(bridged!, compared!, {
          ...{ row, unit: ' ms' },
          what: `a bridge by status, ${of}`,
          limitIs: 'its comparison',
          aim: { atMost: 1.5 },
        }),
      );
    }
    const replayed = await timed(() => replay(open));
    const compared = await timed(() => compareOnce(open, few));
    lines.push(
      measured({
        ...{ row: 'comparing', unit: ' ms', measured: compared },
        what: `a comparison of few, ${events} events`,
        limit: replayed,
        limitIs: 'the fold of all actions from their events, once',
        aim: null,
      }),
    );
    return lines;
  } finally {
    plain.close();
    await open.close();
  }
}

async function compareOnce(open: OpenLedger, ends: Ends) {
  return changedIn(await endsOf(open, ends), COMPARED_LISTS.action!, {}).page({ first: ROWS });
}

function endsOf({ models }: OpenLedger, { from, to }: Ends): Promise<ComparedEnds> {
  const open = (asOf: Parameters<typeof models.openView>[0]) => models.openView(asOf, READER, { apart: true });
  return openEnds(open, { effective: from, recorded: noonOf(from) }, { effective: to, recorded: noonOf(to) });
}

function noonOf(day: CivilDate) {
  return instantOf(Date.parse(`${day}T12:00:00.000Z`));
}

/** The first day from which at most so few actions changed to the end of the history. */
async function lastDayWithFew(open: OpenLedger, plain: ReturnType<typeof plainHistoryOf>): Promise<CivilDate> {
  const { to } = open.history;
  let [late, early] = [1, 1_500];
  while (early - late > 1) {
    const half = Math.floor((early + late) / 2);
    const { count } = plain.compare(pointOf(open, addDays(to, -half)), pointOf(open, to), 1);
    if (count <= FEW) late = half;
    else early = half;
  }
  return addDays(to, -late);
}

/** The same basis for the plain table: which knows days and the order of the log. */
function pointOf({ folder }: OpenLedger, day: CivilDate): PlainPoint {
  const database = openDatabase(join(folder, 'read-models.sqlite'), { readonly: true });
  try {
    const sequence = database
      .prepare<[string], number>('SELECT coalesce(max(sequence), 0) FROM log_events WHERE recorded_at <= ?')
      .pluck()
      .get(noonOf(day))!;
    return { day: dayNumberOf(day), sequence };
  } finally {
    database.close();
  }
}

/** All actions, folded from their events as whoever may see everything sees them: what an answer would cost that keeps nothing ready. */
function replay({ folder }: OpenLedger): void {
  const database = openDatabase(join(folder, 'read-models.sqlite'), { readonly: true });
  try {
    const rows = database
      .prepare<[], { readonly record: number; readonly body: string }>(
        `SELECT record_events.record AS record, log_events.body AS body FROM record_events
         JOIN records ON records.record = record_events.record JOIN log_events ON log_events.sequence = record_events.sequence
         WHERE records.register = 'actions' AND (record_events.audiences & ${FULL}) <> 0 AND log_events.body IS NOT NULL
         ORDER BY record_events.record, record_events.sequence`,
      )
      .iterate();
    let [of, told, folded]: [number, RecordEvent[], number] = [0, [], 0];
    const foldThem = () => {
      if (told.length > 0 && actions.refOf(fold(actions, amend(actions, told))) !== null) folded += 1;
      told = [];
    };
    for (const { record, body } of rows) {
      if (record !== of) foldThem();
      of = record;
      told.push(JSON.parse(body) as RecordEvent);
    }
    foldThem();
    if (folded === 0) throw new Error('no action was folded');
  } finally {
    database.close();
  }
}
