import { memoryKeyStore } from '../keys/index.ts';
import { parseStored } from '../event-store/index.ts';
import { ledgerInAFolder, standingClock, type LedgerInAFolder } from '../../test/ledger-in-a-folder.ts';
import { jumpsInMemory, stamps, type ClockJumps } from './stamps.ts';

const NOON = '2023-10-09T12:00:00.000Z';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A writer over a log whose last event bears that stamp, with a clock that stands until it is moved and waits by moving it. */
function writer(options: { lastStamped?: string; at?: string; jumps?: ClockJumps; steady?: boolean } = {}) {
  const { lastStamped, at = NOON, jumps = jumpsInMemory() } = options;
  const clock = standingClock(at);
  const passed = { steady: 0 };
  const waited: number[] = [];
  const keys = memoryKeyStore();
  const asked = { times: 0 };
  const written = stamps({
    clock: { now: clock.now, ...(options.steady === false ? {} : { steady: () => passed.steady }) },
    settledFloor: keys.settledFloor,
    store: {
      async last() {
        asked.times += 1;
        return lastStamped === undefined ? null : storedWith(lastStamped);
      },
    },
    jumps,
    async pause(milliseconds) {
      waited.push(milliseconds);
      clock.forward(milliseconds);
    },
  });
  return {
    ...written,
    clock,
    keys,
    waited,
    asked,
    jumps,
    /** Time that passes for both clocks, as an hour of work or of sleep does. */
    passes(milliseconds: number) {
      clock.forward(milliseconds);
      passed.steady += milliseconds;
    },
  };
}

let house: LedgerInAFolder;
let template: Awaited<ReturnType<LedgerInAFolder['ledger']['store']['last']>>;
beforeAll(async () => {
  house = await ledgerInAFolder({ at: NOON });
  template = await house.ledger.store.last();
});
afterAll(() => house.remove());

/** The last event of a log as a store gives it, written at that instant. */
async function storedWith(stamped: string) {
  const other = await ledgerInAFolder({ at: stamped });
  try {
    const last = await other.ledger.store.last();
    expect(parseStored(last!).header.stamped).toBe(stamped);
    return last ?? template;
  } finally {
    await other.remove();
  }
}

describe('a writer whose clock is behind the last stamp of the log', () => {
  it('writes at once when it is not, and asks the store once', async () => {
    const { ready, stamp, waited, asked } = writer({ lastStamped: NOON });
    expect([await ready(), await ready()]).toEqual([null, null]);
    expect([stamp(), waited, asked.times]).toEqual([NOON, [], 1]);
  });

  it('waits up to five seconds for it, and then writes after that stamp', async () => {
    const { ready, stamp, waited } = writer({ lastStamped: '2023-10-09T12:00:05.000Z' });
    expect(await ready()).toBeNull();
    expect(waited).toEqual([5_000]);
    expect(stamp()).toBe('2023-10-09T12:00:05.000Z');
  });

  it('stops, and says by how much, when it is behind by more; and goes on by itself when the clock is right again', async () => {
    const { ready, trouble, clock, waited } = writer({ lastStamped: '2023-10-09T12:01:00.000Z' });
    expect(await ready()).toEqual({ is: 'BEHIND', by: 60_000 });
    expect(trouble()).toEqual({ is: 'BEHIND', by: 60_000 });
    expect(waited).toEqual([]);
    clock.set('2023-10-09T12:01:00.000Z');
    expect([await ready(), trouble()]).toEqual([null, null]);
  });

  it('stops too when the clock is set back while it runs, before it stamps anything', async () => {
    const { ready, stamp, clock } = writer();
    await ready();
    stamp();
    clock.forward(-HOUR);
    expect(await ready()).toEqual({ is: 'BEHIND', by: HOUR });
  });

  it('stops when it is behind what an answer was called settled to', async () => {
    const { ready, keys } = writer();
    keys.settledFloor.raise(Date.parse(NOON) + DAY);
    expect(await ready()).toEqual({ is: 'BEHIND', by: DAY });
  });

  it('keeps the order of the log however often it is set back a little: each is waited for, and their sum is only a delay', async () => {
    const { ready, stamp, clock, waited, passes } = writer();
    const stamped: string[] = [];
    let truth = Date.parse(NOON);
    for (let day = 0; day < 20; day += 1) {
      expect(await ready()).toBeNull();
      stamped.push(stamp());
      passes(DAY);
      truth += DAY;
      expect(await ready()).toBeNull();
      stamped.push(stamp());
      clock.forward(-4_000);
      expect(await ready()).toBeNull();
      truth += waited.at(-1)!;
    }
    expect(waited).toEqual(stamped.slice(0, 20).map(() => 4_000));
    expect(stamped).toEqual(stamped.toSorted());
    // What the machine says is the only time there is: 20 times 4 s later than it seems.
    expect(truth - clock.now()).toBe(80_000);
  });

  it('is seen to write too early where the log is not asked (control)', async () => {
    const { stamp } = writer({ lastStamped: '2023-10-09T12:01:00.000Z' });
    expect(stamp() < '2023-10-09T12:01:00.000Z').toBe(true);
  });
});

describe('a clock that jumps ahead while the process runs', () => {
  it('stops the writer when it went ahead by more than a day of what passed', async () => {
    const { ready, clock, passes } = writer();
    await ready();
    passes(2 * HOUR);
    clock.forward(DAY + 1);
    expect(await ready()).toEqual({ is: 'JUMPED', by: DAY + 1 });
    passes(10 * HOUR);
    expect(await ready()).toEqual({ is: 'JUMPED', by: DAY + 1 });
  });

  it('stops it too when several jumps make more than a day together', async () => {
    const { ready, clock, passes } = writer();
    await ready();
    for (let jumps = 0; jumps < 3; jumps += 1) {
      expect(await ready()).toBeNull();
      passes(HOUR);
      clock.forward(10 * HOUR);
    }
    expect(await ready()).toEqual({ is: 'JUMPED', by: 30 * HOUR });
  });

  it.each([
    ['a weekend in which nothing was written', (of: ReturnType<typeof writer>) => of.passes(3 * DAY)],
    ['a day, and no more', (of: ReturnType<typeof writer>) => of.clock.forward(DAY)],
  ])('is none: %s', async (_, pass) => {
    const of = writer();
    await of.ready();
    pass(of);
    expect(await of.ready()).toBeNull();
  });

  it('is not looked for where no clock goes on in sleep', async () => {
    const { ready, clock } = writer({ steady: false });
    await ready();
    clock.forward(30 * DAY);
    expect(await ready()).toBeNull();
  });

  it('is not forgotten by a restart, and is gone when the clock is set back to where it was', async () => {
    const jumps = jumpsInMemory();
    const first = writer({ jumps });
    await first.ready();
    first.clock.forward(3 * DAY);
    expect(await first.ready()).not.toBeNull();
    const restarted = writer({ jumps, at: '2023-10-12T12:00:10.000Z' });
    expect(await restarted.ready()).toEqual({ is: 'JUMPED', by: 3 * DAY });
    restarted.clock.set('2023-10-09T12:05:00.000Z');
    expect([await restarted.ready(), jumps.read()]).toEqual([null, null]);
    // Control: without what was kept, a restart looks like time that passed.
    expect(await writer({ at: '2023-10-12T12:00:10.000Z' }).ready()).toBeNull();
  });
});
