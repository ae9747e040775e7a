import type { LedgerView } from '../../libs/read-models/index.ts';
import {
  countRecommendations,
  listRecommendations,
  recommendationAges,
  recommendationsFirstDue,
} from '../../projections/index.ts';
import { FULL, ledgerBeingRead, type LedgerBeingRead } from '../ledger-being-read.ts';
import { inTurns, measured, timed, type Measured } from './measuring.ts';

const MANY = Number(process.env['RECOMMENDATIONS'] ?? 2_000);
const ORIGINATORS = 10;
/** Of how many the closure route changed: of these the words themselves are read. */
const CHANGED = 2;
const ROUNDS = 40;
const LONGEST_PAGE_MS = 10;
const WHY = { reason: 'As the paper says.' };

/** Lists and figures that turn on where recommendations stand. Each says how much it found. */
const QUESTIONS: { readonly [what: string]: (view: LedgerView) => Promise<number> } = {
  'page of 50 recommendations of everything': async (view) =>
    (await listRecommendations(view, {}, { first: 50 })).totalCount,
  'page of 50 that are closed': async (view) =>
    (await listRecommendations(view, { status: ['CLOSED'] }, { first: 50 })).totalCount,
  'page of 50 that are overdue': async (view) =>
    (await listRecommendations(view, { overdue: true }, { first: 50 })).totalCount,
  'counts by status': async (view) =>
    (await countRecommendations(view, 'STATUS', {})).reduce((sum, { count }) => sum + count, 0),
  'ages by owner': async (view) => (await recommendationAges(view, {}, 'OWNER')).count,
  'what was first due in a quarter': async (view) => {
    const period = { from: '2023-04-01', to: '2023-06-30', doneBy: '2023-09-30' };
    return (await recommendationsFirstDue(view, {}, period)).total.due;
  },
};

/** What recommendations cost of which another record says where they stand. */
export async function recommendationLists(): Promise<Measured[]> {
  const ledger = await ledgerBeingRead({ at: '2023-10-09T11:00:00.000Z' });
  try {
    await fill(ledger);
    const lines: Measured[] = [];
    for (const [what, ask] of Object.entries(QUESTIONS)) {
      const asking = async () => {
        // As after a write: what was counted before counts no longer.
        ledger.models.eraseTexts([]);
        const view = await ledger.models.openView({}, FULL);
        return timed(async () => {
          if ((await ask(view)) === 0) throw new Error(`${what} found nothing`);
        });
      };
      await inTurns(5, [asking]);
      const [median = NaN] = await inTurns(ROUNDS, [asking]);
      lines.push(
        measured({
          row: 'recommendations',
          what: `${what}, of ${MANY} by ${ORIGINATORS}, ${CHANGED} of whom changed their closure route, median`,
          measured: median,
          unit: ' ms',
          limit: LONGEST_PAGE_MS,
          limitIs: 'the longest that a page may take',
          aim: what.startsWith('page') ? { atMost: 1 } : null,
        }),
      );
    }
    return lines;
  } finally {
    await ledger.remove();
  }
}

async function fill(ledger: LedgerBeingRead): Promise<void> {
  const officer = ledger.as('opcc-officer');
  const commissioner = ledger.as('commissioner');
  const monitoring = ledger.as('monitoring-officer');
  const lead = ledger.as('force-lead');
  const since = { effectiveOn: '2022-01-01', ...WHY };
  await officer.does({ type: 'AddBody', as: 'CGB', name: 'Board' });
  for (let n = 0; n < ORIGINATORS; n += 1) {
    await officer.does({ type: 'AddBody', as: `BY${n}`, name: `Body ${n}`, ...since });
    if (n >= CHANGED) continue;
    await monitoring.does({ type: 'AddRule', kind: 'CLOSURE_ROUTE', body: `BY${n}`, title: 'Route', ...since });
    for (const [effectiveOn, officeSays] of [
      ['2022-01-01', true],
      ['2023-07-01', false],
    ]) {
      const route = { ownerSays: true, officeSays, auditorSays: false, originatorSays: false };
      await monitoring.does({ type: 'SetClosureRoute', ref: `BY${n}-closure`, ...route, effectiveOn, ...WHY } as never);
    }
  }
  const one = async (n: number) => {
    const due = { on: `2023-${String(1 + (n % 12)).padStart(2, '0')}-15` };
    const made = { body: 'CGB', originator: `BY${n % ORIGINATORS}`, kind: 'RECOMMENDATION', title: `One ${n}`, due };
    const ref = await officer.does({
      type: 'MakeRecommendation',
      ...made,
      owner: 'force-lead',
      effectiveOn: '2023-01-02',
      ...WHY,
    });
    const said = { ref, word: 'DONE', ...WHY };
    const day = `2023-06-${String(1 + (n % 28)).padStart(2, '0')}`;
    if (n % 2 === 0) await lead.does({ type: 'SayOwnerWord', ...said, effectiveOn: day });
    if (n % 4 === 0) await commissioner.does({ type: 'SayOfficeWord', ...said, effectiveOn: '2023-07-10' });
  };
  for (let from = 0; from < MANY; from += 50)
    await Promise.all(Array.from({ length: Math.min(50, MANY - from) }, (_, n) => one(from + n)));
  await ledger.caughtUp();
}
