import { join } from 'node:path';
import { readerFor, type Reader } from '../libs/access/index.ts';
import { startReadModels, type AsOf, type ReadModels } from '../libs/read-models/index.ts';
import type { Refusal } from '../libs/ledger/index.ts';
import { POLICIES, PolicyRunner } from '../libs/policies/index.ts';
import { PROJECTIONS } from '../projections/index.ts';
import { ledgerInAFolder } from './ledger-in-a-folder.ts';

export const FULL: Reader = readerFor('opcc-officer', 'opcc-officer');
export const OFFICIAL: Reader = readerFor('jarap-member', 'jarap-member');

/** A real ledger in a folder of its own, with its read models beside it. */
export async function ledgerBeingRead(options: { at?: string } = {}) {
  const written = await ledgerInAFolder(options);
  const { store, keys, clock, registers, dispatch } = written.ledger;
  const file = join(written.folder, 'read-models.sqlite');
  let refusedBecauseOf: (cause: string) => Refusal | null = () => null;
  const start = () =>
    startReadModels({
      store,
      keys,
      clock,
      registers,
      projections: PROJECTIONS,
      policies: POLICIES,
      refusedBecauseOf: (cause) => refusedBecauseOf(cause),
      file,
      writer: dispatch,
    });
  let models: ReadModels = await start();

  async function caughtUp(): Promise<void> {
    const head = await store.head();
    if (head !== null && !(await models.waitFor(head))) throw new Error('reading did not catch up');
  }

  return {
    ...written,
    file,
    get models() {
      return models;
    },
    /** The ledger at a basis, after reading has caught up. Default reader: one who may see everything. */
    async view(asOf: AsOf = {}, reader: Reader = FULL) {
      await caughtUp();
      return models.openView(asOf, reader);
    },
    caughtUp,
    /** Draws what policies owe, as the server does. One runner for each call: what was refused is tried again. */
    async drawConsequences(): Promise<PolicyRunner> {
      const runner = new PolicyRunner({
        ledgerId: written.ledger.ledgerId,
        outstanding: () => models.outstanding(),
        submit: (submission) => dispatch.submit(submission),
        waitFor: (position) => models.waitFor(position),
        onTrouble: (about) => {
          throw new Error(`a policy could not do what it has to: ${JSON.stringify(about)}`);
        },
      });
      refusedBecauseOf = (cause) => runner.refusedBecauseOf(cause);
      await caughtUp();
      await runner.run();
      return runner;
    },
    async restart() {
      await models.close();
      models = await start();
    },
    async remove() {
      await models.close();
      await written.remove();
    },
  };
}

export type LedgerBeingRead = Awaited<ReturnType<typeof ledgerBeingRead>>;
