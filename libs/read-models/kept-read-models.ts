import { existsSync } from 'node:fs';
import type { Reader } from '../access/index.ts';
import type { KeysToRead } from '../keys/index.ts';
import type { Clock, Instant, Policy, Register } from '../ledger/index.ts';
import { viewOpener } from './basis.ts';
import type { AsOf, LedgerView } from './ledger-view.ts';
import { positionTokens } from './positions.ts';
import type { AnyProjection } from './projection.ts';
import { openSqliteTablesToRead } from './sqlite-tables.ts';

export interface KeptReadModelsOptions {
  /** Where a server keeps its tables. */
  readonly file: string;
  readonly keys: Pick<KeysToRead, 'ledgerId' | 'secret'>;
  readonly clock: Clock;
  readonly registers: readonly Register[];
  readonly projections: readonly AnyProjection[];
  readonly policies?: readonly Policy[];
}

/** The tables as another process keeps them. Nothing is written, and nobody is held up. */
export interface KeptReadModels {
  /**
   * The ledger at a basis, for a reader. Whether a quiet log is settled this process cannot know.
   * @throws BadBasis, NotYet
   */
  openView(asOf: AsOf, reader: Reader): Promise<LedgerView>;
  /** The instant at which the last event was recorded that the tables include and the reader may see; null where there is none. */
  includesTo(reader: Reader): Promise<Instant | null>;
  close(): void;
}

/** There are no tables here that this program can read. The message is a sentence for whoever asked. */
export class ReadModelsNotKept extends Error {
  override readonly name = 'ReadModelsNotKept';
}

/**
 * Reads the tables that a server keeps, whether or not it runs: all of them as they are now, also where it writes on, or puts others in their place.
 * @throws ReadModelsNotKept when they are missing, of another version of this program, or of another ledger
 */
export function openKeptReadModels(options: KeptReadModelsOptions): KeptReadModels {
  const { file, keys, projections, policies = [] } = options;
  if (!existsSync(file))
    throw new ReadModelsNotKept(
      `There are no read models at ${file}. Start the server on this folder once: it builds them from the log.`,
    );
  const tables = openSqliteTablesToRead(file, projections, keys.ledgerId() ?? '');
  if (tables === null)
    throw new ReadModelsNotKept(
      `The read models at ${file} are of another version of this program, or of another ledger. Start this version's server on this folder once: it builds them anew.`,
    );
  const checkpoint = tables.checkpoint();
  const views = viewOpener({
    ...options,
    opening: policies.filter((policy) => 'opens' in policy),
    refusedBecauseOf: undefined,
    tokens: positionTokens(keys),
    tables: () => tables,
    checkpoint: () => checkpoint,
    // Never asked: only a process that writes can tell that a quiet log is settled.
    store: { head: () => Promise.resolve(null) },
    keys: { settledFloor: { read: () => 0, raise: () => undefined, lower: () => undefined } },
    waitFor: (position) => Promise.resolve(tables.sequenceAt(position) !== null),
  });
  return {
    openView: (asOf, reader) => views.open(asOf, reader, { waitMs: 0 }),
    includesTo: async (reader) =>
      reader.audience === 'full' ? (checkpoint?.recordedAt ?? null) : views.lastSeen(reader),
    close: () => tables.close(),
  };
}
