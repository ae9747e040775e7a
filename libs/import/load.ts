import { EventDamaged, parseStored, type EventStore, type LoggedEvent } from '../event-store/index.ts';
import type { Caller } from '../dispatch/index.ts';
import type { Control, StoredEvent, StreamName } from '../ledger/index.ts';
import { drawing } from '../policies/index.ts';
import { importBegun, importFinished, type RunningLedger } from '../running-ledger/index.ts';
import { IMPORT_LIMITS } from './folder.ts';
import { readImport } from './read.ts';
import { runImport, type ImportOutcome, type ImportProgress } from './run.ts';
import type { ImportPlan } from './plan.ts';
import type { Problem } from './problems.ts';

const PAGE = 500;

/** The files are read, every row is tried, every row is written. */
export type LoadPhase = 'reading' | 'rehearsal' | 'load';

export interface LoadOptions {
  /** Check everything against the ledger, and write nothing. */
  readonly dryRun: boolean;
  /** The operator: stands in `enteredBy` of every event. */
  readonly caller: Caller;
  /** The operator says that it may add posts of authority (commissioner, opcc-officer, monitoring-officer), their holders, and subjects. */
  readonly grants?: boolean;
  /** Of reading in bytes, of the others in rows. */
  readonly progress?: (phase: LoadPhase, progress: ImportProgress) => void;
}

export type LoadOutcome =
  ImportOutcome | { readonly outcome: 'unreadable'; readonly problems: readonly Problem[]; readonly found: number };

/**
 * Loads a folder of papers into a ledger, whole or not at all: first the files are read, then every row is rehearsed on top of
 * what is stored, with what policies make follow from it, and only when all have passed are they written. A load that is cut off is finished by running it again;
 * until then health says so.
 */
export async function loadFolder(ledger: RunningLedger, folder: string, options: LoadOptions): Promise<LoadOutcome> {
  const read = await readImport(folder, IMPORT_LIMITS, (progress) => options.progress?.('reading', progress));
  if ('problems' in read) return { outcome: 'unreadable', problems: read.problems, found: read.found };
  const { plan } = read;
  const before = await loadedByImport(ledger.store, plan.id);
  const run = {
    ledgerId: ledger.ledgerId,
    caller: options.caller,
    grants: options.grants === true,
    loadedBefore: async (commandId: string) => before.get(commandId) ?? null,
  };

  const rehearsal = ledger.rehearsal();
  const rehearsed = await runImport(plan, {
    ...run,
    mode: 'rehearsal',
    submit: drawing(rehearsal, ledger.ledgerId).submit,
    noticesOf: rehearsal.noticesFor(options.caller),
    progress: (progress) => options.progress?.('rehearsal', progress),
  });
  rehearsal.close();
  if (options.dryRun || rehearsed.outcome !== 'passed') return rehearsed;
  const written = await write(ledger, plan, {
    ...run,
    mode: 'load',
    submit: drawing(ledger.dispatch, ledger.ledgerId).submit,
    progress: (progress) => options.progress?.('load', progress),
  });
  // They were looked for in the rehearsal, where nothing is written yet.
  return written.outcome === 'passed' && rehearsed.noticed !== undefined
    ? { ...written, noticed: rehearsed.noticed }
    : written;
}

async function write(
  ledger: RunningLedger,
  plan: ImportPlan,
  run: Parameters<typeof runImport>[1],
): Promise<ImportOutcome> {
  const { data } = ledger.settings;
  importBegun(data, { importId: plan.id, rows: plan.rows.length });
  const outcome = await runImport(plan, run);
  if (outcome.outcome === 'passed') importFinished(data);
  return outcome;
}

/** What earlier runs of an import wrote: commandId → the command and the record that it wrote to. One pass over the log. */
async function loadedByImport(
  store: EventStore,
  importId: string,
): Promise<Map<string, { command: string; ref: string }>> {
  const refs = new Map<StreamName, string>();
  const loaded = new Map<string, { command: string; ref: string }>();
  let after = undefined;
  for (;;) {
    const page = await store.readAll(after, PAGE);
    for (const event of page.events) {
      const stored = wholeOf(event);
      // What needs a damaged event is refused as it is sent.
      if (stored === null) continue;
      const { header, parts } = stored;
      const facts = parts.find(({ name }) => name === 'facts')?.value as { ref?: string } | undefined;
      const ctl = parts.find(({ name }) => name === 'ctl')?.value as unknown as Control | undefined;
      if (typeof facts?.ref === 'string' && ctl?.version === 1) refs.set(header.stream, facts.ref);
      if (ctl?.command.import !== importId) continue;
      loaded.set(ctl.command.id, { command: ctl.command.name, ref: refs.get(header.stream) ?? '' });
    }
    if (page.atEnd) return loaded;
    after = page.events.at(-1)?.position;
  }
}

function wholeOf(event: LoggedEvent): StoredEvent | null {
  try {
    return parseStored(event);
  } catch (cause) {
    if (cause instanceof EventDamaged) return null;
    throw cause;
  }
}
