import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Caller } from '../../libs/dispatch/index.ts';
import { startReadModels } from '../../libs/read-models/index.ts';
import { openRunningLedger } from '../../libs/running-ledger/index.ts';
import { PROJECTIONS } from '../../projections/index.ts';
import { settingsOf, type Ledgers, type Say } from './ledgers.ts';
import { measured, median, timed, type Measured } from './measuring.ts';

const SHORT = 10;
const LONG = 3_000;
/** Commands to each kind of record, in turn. Each goes to a short record of its own, which so stays short. */
const TURNS = 60;
const AIM = 1.5;

/**
 * One command on a record with a long history against one on a record with a short one, taken in turn: decided and on the disk, and then
 * also brought into the read models.
 */
export async function longRecords(ledgers: Ledgers, say: Say): Promise<Measured[]> {
  const ledger = await openRunningLedger(settingsOf(ledgers.emptyFolder()), 'bench');
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
  try {
    const send = async (register: string, post: Caller['post'], command: object) => {
      const caller = { post, person: `p-${post}`, capacity: post } as Caller;
      const envelope = { commandId: randomUUID() };
      const outcome = await dispatch.submit({ register, command: command as never, envelope, caller });
      if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome));
      return outcome;
    };
    await send('directory', 'opcc-officer', { type: 'AddBody', as: 'CGB', name: 'Corporate Governance Board' });
    const update = (ref: string) =>
      send('actions', 'force-lead', { type: 'GiveActionUpdate', ref, text: 'The review goes on.' });
    const action = async (events: number): Promise<string> => {
      const raised = { type: 'RaiseAction', body: 'CGB', title: 'Review of demand', owner: 'force-lead' };
      const { ref } = await send('actions', 'opcc-officer', raised);
      await send('actions', 'commissioner', { type: 'AgreeAction', ref });
      for (let written = 2; written < events; written += 1) await update(ref);
      return ref;
    };
    say(`writing an action of ${LONG} events`);
    const long = await action(LONG);
    const shorts: string[] = [];
    for (let turn = 0; turn < TURNS; turn += 1) shorts.push(await action(SHORT));
    await models.waitFor((await store.head())!, 60_000);

    const written: { short: number[]; long: number[] } = { short: [], long: [] };
    const seen: { short: number[]; long: number[] } = { short: [], long: [] };
    for (const short of shorts) {
      for (const [kind, ref] of [
        ['short', short],
        ['long', long],
      ] as const) {
        let position = '';
        const write = await timed(async () => {
          ({ position } = await update(ref));
        });
        const read = await timed(() => models.waitFor(position));
        written[kind].push(write);
        seen[kind].push(write + read);
      }
    }
    const line = { row: 'long-records', unit: ' ms', limitIs: `on one of ${SHORT} events`, aim: { atMost: AIM } };
    return [
      measured({
        ...line,
        what: `one command on a record of ${LONG} events, decided and durable`,
        measured: median(written.long),
        limit: median(written.short),
      }),
      measured({
        ...line,
        what: `one command on a record of ${LONG} events, decided, durable and visible`,
        measured: median(seen.long),
        limit: median(seen.short),
      }),
    ];
  } finally {
    await models.close();
    await ledger.close();
  }
}
