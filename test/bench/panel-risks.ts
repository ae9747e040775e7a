import { join } from 'node:path';
import { projectRoot } from '../../apps/ledger/graphql/schema-files.ts';
import { readerFor } from '../../libs/access/index.ts';
import { loadFolder } from '../../libs/import/index.ts';
import { pseudonymOf } from '../../libs/keys/index.ts';
import { openRunningLedger } from '../../libs/running-ledger/index.ts';
import {
  countMoved,
  daysOfAll,
  listMoved,
  matrixMovement,
  meetingsHeld,
  risksOfPanel,
  type PanelAsked,
} from '../../projections/index.ts';
import { readModelsOf, settingsOf, type Ledgers, type Say } from './ledgers.ts';
import { measured, median, timed, type Measured } from './measuring.ts';

const POST = 'opcc-officer';
const READER = readerFor(POST, POST);
const EXAMPLE = join(projectRoot(), 'examples', 'jarap-illustrative');
const PANEL = 'FENPANEL';
const SCALE = 'FENPANEL-scores';
/** Rows of each list on the page. */
const ROWS = 20;
const WARM_UP = 2;
const ROUNDS = 7;
const LONGEST_MS = 250;

/** What the page of the risks of a panel asks, between one meeting that the illustrative panel held and the next, and from the last of them to now. */
export async function panelRisks(ledgers: Ledgers, say: Say): Promise<Measured[]> {
  const folder = ledgers.emptyFolder();
  const ledger = await openRunningLedger(settingsOf(folder), 'bench');
  try {
    say('loading the illustrative panel');
    const caller = { post: POST, person: pseudonymOf(ledger.keys, 'operator'), capacity: POST } as const;
    const { outcome } = await loadFolder(ledger, EXAMPLE, { dryRun: false, caller, grants: true });
    if (outcome !== 'passed') throw new Error(`the illustrative panel was not loaded: ${outcome}`);
    const models = await readModelsOf(ledger);
    try {
      const held = (await meetingsHeld(await models.openView({}, READER), PANEL)).map(({ ref }) => ref);
      const steps = held.map((since, index): PanelAsked => {
        const until = held[index + 1];
        return { panel: PANEL, since, ...(until === undefined ? {} : { until }) };
      });
      let most = 0;
      const ask = async (step: PanelAsked) => {
        // As after a write: nothing that was asked before is remembered.
        models.eraseTexts([]);
        const view = await models.openView({}, READER, { apart: true });
        const before = process.cpuUsage();
        const took = await timed(async () => {
          const { views, risks } = await risksOfPanel(view, step);
          most = Math.max(most, risks.length);
          const moved = countMoved(risks).map(({ step: of, kind }) =>
            listMoved(risks, { step: of, kind: [kind] }, { first: ROWS }),
          );
          const matrix = await matrixMovement(views, risks, SCALE, 'CURRENT');
          if (moved.length === 0 || daysOfAll(risks).length === 0 || matrix === null)
            throw new Error(`nothing became of risks since ${step.since}`);
        });
        const { user, system } = process.cpuUsage(before);
        return { took, processor: (user + system) / 1_000 };
      };
      const [times, processor]: [number[], number[]] = [[], []];
      for (const step of steps) {
        const ofStep: Awaited<ReturnType<typeof ask>>[] = [];
        for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
          const one = await ask(step);
          if (round >= WARM_UP) ofStep.push(one);
        }
        times.push(median(ofStep.map(({ took }) => took)));
        processor.push(median(ofStep.map((one) => one.processor)));
      }
      const line = { row: 'panel-risks', unit: ' ms', limit: LONGEST_MS, limitIs: 'the longest that it may take' };
      const what = `the risks of a panel since its last meeting, ${most} of them at most, of ${steps.length} meetings`;
      return [
        measured({ ...line, what: `${what}, median`, measured: median(times), aim: { atMost: 1 } }),
        measured({ ...line, what: `${what}, the slowest`, measured: Math.max(...times), aim: { atMost: 1 } }),
        // On a busy machine this says more.
        measured({ ...line, what: `${what}, processor's time, median`, measured: median(processor), aim: null }),
      ];
    } finally {
      await models.close();
    }
  } finally {
    await ledger.close();
  }
}
