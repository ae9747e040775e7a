import { growingRecords } from './growing-records.ts';
import type { Ledgers, Say } from './ledgers.ts';
import { measured, median, type Measured } from './measuring.ts';

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
  const growing = await growingRecords(ledgers.emptyFolder());
  const { send } = growing;
  try {
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
    await growing.caughtUp();
    const { written, seen } = await growing.oneMoreOfEach(shorts, long, update);
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
    await growing.close();
  }
}
