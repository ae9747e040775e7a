import { join } from 'node:path';
import { readerFor, PUBLIC, type Reader } from '../../../libs/access/index.ts';
import { BadArguments } from '../../../libs/arguments/index.ts';
import { openSqliteKeysToRead } from '../../../libs/keys/index.ts';
import type { Clock, Instant } from '../../../libs/ledger/index.ts';
import { POLICIES } from '../../../libs/policies/index.ts';
import {
  openKeptReadModels,
  type AsOf,
  type KeptReadModels,
  type LedgerView,
} from '../../../libs/read-models/index.ts';
import { READ_MODELS, REGISTERS, type LedgerSettings } from '../../../libs/running-ledger/index.ts';
import { capacityActedIn, PROJECTIONS } from '../../../projections/index.ts';

/** The ledger of a folder, for one reader. */
export interface Reading {
  open(asOf: AsOf): Promise<LedgerView>;
  /** When the last event was recorded that the tables include and the reader may see. */
  readonly includesTo: Instant | null;
}

const THE_PUBLIC = 'public';
/** For the directory's own word on a post, which does not depend on who asks. */
const EVERYTHING: Reader = { audience: 'full' };

/** Opens the tables of a folder for a post, and shuts them when `work` is done. Nothing is written to the folder. */
export async function whileReading<Result>(
  settings: Pick<LedgerSettings, 'data'>,
  as: string,
  clock: Clock,
  work: (reading: Reading) => Promise<Result>,
): Promise<Result> {
  const keys = openSqliteKeysToRead(join(settings.data, 'keys.sqlite'));
  let models: KeptReadModels | null = null;
  try {
    const kept = openKeptReadModels({
      ...{ file: join(settings.data, READ_MODELS), keys, clock },
      ...{ registers: REGISTERS, projections: PROJECTIONS, policies: POLICIES },
    });
    models = kept;
    const reader = await readerOf(kept, as);
    const open = (asOf: AsOf) => kept.openView(asOf, reader);
    return await work({ open, includesTo: await kept.includesTo(reader) });
  } finally {
    models?.close();
    keys.close();
  }
}

/** What the post may see today, as the server has it of whoever signs in. @throws BadArguments */
async function readerOf(models: KeptReadModels, as: string): Promise<Reader> {
  if (as === THE_PUBLIC) return PUBLIC;
  const capacity = await capacityActedIn(as, () => models.openView({}, EVERYTHING));
  if (capacity === null)
    throw new BadArguments(
      `--as: no post “${as}” acts in any capacity today. Name a post, such as jarap-member, or public.`,
    );
  return readerFor(as, capacity);
}
