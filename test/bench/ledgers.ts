import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startReadModels, type ReadModels } from '../../libs/read-models/index.ts';
import { openRunningLedger, type LedgerSettings, type RunningLedger } from '../../libs/running-ledger/index.ts';
import { PROJECTIONS } from '../../projections/index.ts';
import { chance } from './chance.ts';
import { OPENED_AT, writeHistory, type History } from './history.ts';

/** Says on stderr what is going on. */
export type Say = (words: string) => void;

/** A ledger that is open with its read models. */
export interface OpenLedger {
  readonly history: History;
  readonly ledger: RunningLedger;
  readonly models: ReadModels;
  readonly folder: string;
  close(): Promise<void>;
}

/** The ledgers of one run, each written when a row first needs it. */
export class Ledgers {
  readonly #folder: string;
  readonly #isKept: boolean;
  readonly #say: Say;
  #fresh = 0;

  /** @param keep a folder in which ledgers are left for the next run and found again; without it they go at the end. */
  constructor(say: Say, keep?: string) {
    this.#say = say;
    this.#isKept = keep !== undefined;
    this.#folder = keep ?? mkdtempSync(join(tmpdir(), 'ledger-bench-'));
    mkdirSync(this.#folder, { recursive: true });
  }

  /** Folder of a ledger with a history of so many events and with its read models built; closed. */
  async withHistory(events: number): Promise<string> {
    const folder = join(this.#folder, `history-${events}`);
    if (existsSync(join(folder, 'history.json'))) return folder;
    rmSync(folder, { recursive: true, force: true });
    const ledger = await openRunningLedger(settingsOf(folder), 'bench', {
      clock: { now: () => Date.parse(OPENED_AT) },
      ids: chance(`ids/${events}`),
    });
    const history = await writeHistory(ledger, events, (written) =>
      this.#say(`writing ${written} of ${events} events`),
    );
    this.#say(`building the read models of ${events} events`);
    const models = await readModelsOf(ledger);
    await models.close();
    await ledger.close();
    writeFileSync(join(folder, 'history.json'), JSON.stringify(history));
    return folder;
  }

  /** A ledger with a history of so many events, open. */
  async open(events: number): Promise<OpenLedger> {
    const folder = await this.withHistory(events);
    const history = JSON.parse(readFileSync(join(folder, 'history.json'), 'utf8')) as History;
    const ledger = await openRunningLedger(settingsOf(folder), 'bench');
    const models = await readModelsOf(ledger);
    return {
      history,
      ledger,
      models,
      folder,
      async close() {
        await models.close();
        await ledger.close();
      },
    };
  }

  /** A folder that nothing was ever put into. */
  emptyFolder(): string {
    const folder = join(this.#folder, `fresh-${process.pid}-${(this.#fresh += 1)}`);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  remove(): void {
    if (!this.#isKept) return rmSync(this.#folder, { recursive: true, force: true });
    for (let one = 1; one <= this.#fresh; one += 1)
      rmSync(join(this.#folder, `fresh-${process.pid}-${one}`), { recursive: true, force: true });
  }
}

export function settingsOf(folder: string): LedgerSettings {
  return { store: 'sqlite', name: 'bench', data: folder };
}

export function readModelsOf({
  store,
  keys,
  clock,
  registers,
  dispatch,
  settings,
}: RunningLedger): Promise<ReadModels> {
  const file = join(settings.data, 'read-models.sqlite');
  return startReadModels({ store, keys, clock, registers, projections: PROJECTIONS, file, writer: dispatch });
}
