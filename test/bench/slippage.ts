import { readerFor } from '../../libs/access/index.ts';
import { addDays } from '../../libs/ledger/index.ts';
import { viewOver } from '../../libs/read-models/index.ts';
import { countSlippage, listSlippage } from '../../projections/index.ts';
import type { Ledgers, OpenLedger, Say } from './ledgers.ts';
import { measured, median, roundByRound, timed, type Measured } from './measuring.ts';

const READER = readerFor('opcc-officer', 'opcc-officer');
const ROUNDS = 5;
const ROWS = 50;
const LONGEST_MS = 250;

/** What slipped: its first page with how many, and the counts by owner, now and on a past day. */
export async function slipping(ledgers: Ledgers, shapes: readonly number[], say: Say): Promise<Measured[]> {
  const lines: Measured[] = [];
  for (const events of shapes) {
    say(`slippage of ${events} events`);
    const open = await ledgers.open(events);
    try {
      lines.push(...(await slippingOf(open, events)));
    } finally {
      await open.close();
    }
  }
  return lines;
}

async function slippingOf({ models, history }: OpenLedger, events: number): Promise<Measured[]> {
  const view = async (effective?: string) =>
    viewOver(await models.openView(effective === undefined ? {} : { effective }, READER, { apart: true }), {});
  let slipped = 0;
  const past = addDays(history.from, 60);
  const [page, counts, before] = await roundByRound(ROUNDS, [
    () => timed(async () => (slipped = (await listSlippage(await view(), {}, { first: ROWS })).totalCount)),
    () => timed(async () => countSlippage(await view(), 'OWNER', {})),
    () => timed(async () => listSlippage(await view(past), {}, { first: ROWS })),
  ]);
  const of = `${slipped} due dates moved, ${events} events`;
  const line = (what: string, rounds: readonly number[]) =>
    measured({
      ...{ row: 'slippage', unit: ' ms', measured: median(rounds), what: `${what}, ${of}` },
      ...{ limit: LONGEST_MS, limitIs: 'the longest that it may take', aim: null },
    });
  return [
    line('the first page', page!),
    line('the counts by owner', counts!),
    line('the first page, on a past day', before!),
  ];
}
