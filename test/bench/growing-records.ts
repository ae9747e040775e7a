import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Caller } from '../../libs/dispatch/index.ts';
import { startReadModels } from '../../libs/read-models/index.ts';
import { openRunningLedger } from '../../libs/running-ledger/index.ts';
import { PROJECTIONS } from '../../projections/index.ts';
import { settingsOf } from './ledgers.ts';
import { timed } from './measuring.ts';

/** A ledger in a folder, with its read models, in which records are made to grow. */
export async function growingRecords(folder: string) {
  const ledger = await openRunningLedger(settingsOf(folder), 'bench');
  const { store, keys, clock, registers, dispatch, settings } = ledger;
  const file = join(settings.data, 'read-models.sqlite');
  const models = await startReadModels({
    store,
    keys,
    clock,
    registers,
    projections: PROJECTIONS,
    file,
    writer: dispatch,
  });
  return {
    models,
    /** @throws when the command is not accepted */
    async send(register: string, post: Caller['post'], command: object, envelope: object = {}) {
      const caller = { post, person: `p-${post}`, capacity: post } as Caller;
      const outcome = await dispatch.submit({
        ...{ register, command: command as never, caller },
        envelope: { commandId: randomUUID(), ...envelope },
      });
      if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome));
      return outcome;
    },
    /** Until everything that was written can be read. */
    caughtUp: async () => models.waitFor((await store.head())!, 60_000),
    /**
     * One command more to a short record and to the long one, in turns: until it is decided and on the disk, and until it can be read, in milliseconds.
     *
     * @param shorts the short record of each turn
     */
    async oneMoreOfEach(
      shorts: readonly string[],
      long: string,
      write: (ref: string, turn: number) => Promise<{ readonly position: string }>,
    ) {
      const written: { short: number[]; long: number[] } = { short: [], long: [] };
      const seen: typeof written = { short: [], long: [] };
      for (const [turn, short] of shorts.entries())
        for (const [kind, ref] of [
          ['short', short],
          ['long', long],
        ] as const) {
          let position = '';
          const writing = await timed(async () => {
            ({ position } = await write(ref, turn));
          });
          const reading = await timed(() => models.waitFor(position));
          written[kind].push(writing);
          seen[kind].push(writing + reading);
        }
      return { written, seen };
    },
    async close() {
      await models.close();
      await ledger.close();
    },
  };
}
