import { randomUUID } from 'node:crypto';
import { parseStored } from '../../libs/event-store/index.ts';
import { openSqliteKeyStore } from '../../libs/keys/index.ts';
import { join } from 'node:path';
import { machineIds, openRunningLedger, type RunningLedger } from '../../libs/running-ledger/index.ts';
import { actingAs, ledgerInAFolder, standingClock, type LedgerInAFolder } from '../../test/ledger-in-a-folder.ts';
import { acceptClockCommand } from './accept-clock-command.ts';
import { EXIT, endingPlainly } from './exit-codes.ts';

const NOON = '2023-10-09T12:00:00.000Z';
const DAY = 86_400_000;

/** What a command says on a terminal. */
function terminal() {
  const said: string[] = [];
  const speak = (text: string, status: number) => (said.push(text), status);
  return { said, say: speak, complain: speak, show: () => undefined };
}

describe("an operator's word on the clock", () => {
  let house: LedgerInAFolder;
  const open: RunningLedger[] = [];
  beforeEach(async () => {
    house = await ledgerInAFolder({ at: NOON });
    await house.as('opcc-officer').does({ type: 'AddBody', as: 'CGB', name: 'Board' });
    await house.ledger.close();
  });
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
    await house.remove();
  });

  async function reopened(
    at: string,
    steady?: () => number,
  ): Promise<RunningLedger & { clock: ReturnType<typeof standingClock> }> {
    const clock = { ...standingClock(at), ...(steady === undefined ? {} : { steady }) };
    const ledger = await openRunningLedger({ store: 'sqlite', name: 'spec', data: house.folder }, 'spec', { clock });
    open.push(ledger);
    return { ...ledger, clock };
  }
  async function closeAll() {
    for (const one of open.splice(0)) await one.close();
  }
  const adding = (of: RunningLedger) =>
    actingAs(() => of.dispatch, 'opcc-officer').submit({
      type: 'AddBody',
      as: `B${randomUUID().slice(0, 4).toUpperCase()}`,
      name: 'x',
    });
  async function accept(
    at: string,
    args: readonly string[] = ['--reason', 'The time server was wrong.', '--operator', 'A. Operator'],
  ) {
    const spoken = terminal();
    const env = { LEDGER_DATA: house.folder, LEDGER_NAME: 'spec' };
    const status = await endingPlainly(
      () => acceptClockCommand(args, env, spoken, { clock: standingClock(at) }),
      spoken,
    );
    return { status, said: spoken.said.join('') };
  }
  async function everyStored() {
    const of = await reopened(NOON);
    const { events } = await of.store.readAll();
    const stored = events.map(parseStored);
    await closeAll();
    return stored;
  }

  it('is needed when the clock is a day back at the start: nothing is written until then, and writing goes on after it', async () => {
    const back = '2023-10-07T12:00:00.000Z';
    const before = await reopened(back);
    expect(await before.dispatch.checkClock()).toEqual({ is: 'BEHIND', by: 2 * DAY });
    expect(await adding(before)).toMatchObject({ outcome: 'unavailable' });
    await closeAll();

    const { status, said } = await accept(back);
    expect([status, said]).toEqual([EXIT.DONE, expect.stringMatching(/2 days behind.*accepted/)]);

    const after = await reopened(back);
    expect(await after.dispatch.checkClock()).toBeNull();
    expect(await adding(after)).toMatchObject({ outcome: 'accepted', stamped: back });
    await closeAll();
    const [declared, ...others] = (await everyStored()).filter(({ header }) => header.type === 'OperatorDeclared');
    expect(others).toEqual([]);
    expect(declared!.parts.find(({ name }) => name === 'facts')!.value).toEqual({
      matter: 'CLOCK_ACCEPTED',
      details: { trouble: 'BEHIND', seconds: 2 * 86_400, clock: back },
    });
    expect(JSON.stringify(declared)).not.toMatch(/time server|A\. Operator/);
  });

  it('lets writing go on where an answer was called settled ahead of the clock, and changes no such answer', async () => {
    const settledTo = Date.parse(NOON) + 3 * DAY;
    const keys = openSqliteKeyStore({ file: join(house.folder, 'keys.sqlite'), ids: machineIds });
    keys.settledFloor.raise(settledTo);
    keys.close();
    expect((await accept(NOON)).status).toBe(EXIT.DONE);
    const after = await reopened(NOON);
    expect(await adding(after)).toMatchObject({ outcome: 'accepted', stamped: NOON });
    await closeAll();
    // Every event after the word reads as recorded later than what was settled: the greatest stamp up to it.
    const stored = await everyStored();
    const word = stored.findIndex(({ header }) => header.type === 'OperatorDeclared');
    expect(Date.parse(stored[word]!.header.stamped)).toBeGreaterThan(settledTo);
    expect(stored.slice(word + 1)).toHaveLength(3);
  });

  it('is needed when the clock jumped ahead by more than a day while the ledger ran, after a restart too', async () => {
    const running = await reopened(NOON, () => 0);
    await running.dispatch.checkClock();
    running.clock.forward(2 * DAY);
    expect(await adding(running)).toMatchObject({ outcome: 'unavailable' });
    await closeAll();
    const ahead = '2023-10-11T12:01:00.000Z';
    const restarted = await reopened(ahead);
    expect(await adding(restarted)).toMatchObject({ outcome: 'unavailable' });
    await closeAll();
    expect(await accept(ahead)).toEqual({ status: EXIT.DONE, said: expect.stringMatching(/2 days more.*accepted/) });
    expect(await adding(await reopened(ahead))).toMatchObject({ outcome: 'accepted', stamped: ahead });
  });

  it('is not recorded when nothing is the matter, when no reason is given, or under an option that there is none', async () => {
    expect(await accept(NOON)).toEqual({ status: EXIT.DONE, said: expect.stringContaining('Nothing is the matter') });
    expect((await accept(NOON, [])).status).toBe(EXIT.USAGE);
    expect(await accept(NOON, ['--reasons', 'x'])).toEqual({
      status: EXIT.USAGE,
      said: expect.stringContaining('--reasons'),
    });
    expect(await accept(NOON, ['--reason', 'in\u202eorder'])).toEqual({
      status: EXIT.USAGE,
      said: expect.stringContaining('--reason: This text holds a character that turns the direction of writing'),
    });
    expect((await accept(NOON, ['--reason', '\uFEFF\n'])).status).toBe(EXIT.USAGE);
    expect((await everyStored()).filter(({ header }) => header.type === 'OperatorDeclared')).toEqual([]);
  });

  it('waits until the server has stopped', async () => {
    await reopened(NOON);
    expect((await accept(NOON)).status).toBe(EXIT.LEDGER_IN_USE);
  });
});
