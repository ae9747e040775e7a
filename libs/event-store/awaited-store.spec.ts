import { setTimeout as pause } from 'node:timers/promises';
import {
  awaitedStore,
  StoreDamaged,
  StoreUnavailable,
  type AwaitedStore,
  type EventStore,
  type Follower,
  type LoggedEvent,
} from './index.ts';

const EVENT = { id: 'e', stream: 's', version: 1, position: '1', bytes: new Uint8Array() } satisfies LoggedEvent;
const NEW = [{ id: 'e', type: 'E', bytes: new Uint8Array() }];

/** A store at an address at which, in turn, nothing, this ledger's log or another log answers. */
class Address {
  holds: 'nothing' | 'ours' | 'another' = 'nothing';
  appends = 0;
  followers: Follower[] = [];
  refused: unknown[] = [];

  readonly opened: EventStore = {
    append: () => {
      this.appends += 1;
      return Promise.resolve({ outcome: 'stored', version: 1, position: '1' });
    },
    readStream: () => this.#answer({ events: [EVENT], atEnd: true }),
    readAll: () => this.#answer({ events: [EVENT], atEnd: true }),
    head: () => this.#answer('1'),
    last: () => this.#answer(EVENT),
    isBefore: () => false,
    follow: (_, follower) => {
      this.followers.push(follower);
      return { stop: () => Promise.resolve() };
    },
    close: () => Promise.resolve(),
  };

  async #answer<Result>(result: Result): Promise<Result> {
    if (this.holds === 'nothing') throw new StoreUnavailable('away');
    return result;
  }

  /** @param looks false: whatever comes is taken for ours, as if nobody had thought of it */
  store(looks = true): AwaitedStore {
    return awaitedStore({
      open: () => this.#answer(this.opened),
      admit: async (store) => {
        await store.head();
        if (looks && this.holds === 'another') throw new StoreDamaged('another log');
      },
      isBefore: () => false,
      onRefused: (cause) => this.refused.push(cause),
    });
  }
}

describe('a store that may be away', () => {
  let address: Address;
  let store: AwaitedStore;
  let taken: string[];
  const follower: Follower = {
    events: (events) => Promise.resolve(void taken.push(...events.map(({ id }) => id))),
    connection: (state) => void taken.push(state),
  };
  beforeEach(() => {
    address = new Address();
    taken = [];
  });
  afterEach(() => store.close());

  async function soon(condition: () => boolean): Promise<void> {
    for (const until = performance.now() + 5_000; !condition(); await pause(5))
      if (performance.now() > until) throw new Error('it did not come about');
  }

  it('answers at once that it is away, writes nothing, and is there when it comes', async () => {
    store = address.store();
    const following = store.follow(null, follower);
    await expect(store.readAll()).rejects.toThrow(StoreUnavailable);
    expect(await store.append('s', 0, NEW)).toMatchObject({ outcome: 'unknown' });
    expect([store.isHere, address.appends, taken]).toEqual([false, 0, ['down']]);
    address.holds = 'ours';
    await store.firstHere;
    expect(await store.append('s', 0, NEW)).toMatchObject({ outcome: 'stored' });
    await soon(() => address.followers.length === 1);
    await address.followers[0]!.events([EVENT], true);
    expect(taken).toEqual(['down', 'up', 'e']);
    await following.stop();
  });

  it('is refused when another log answers in its place: nothing is read, passed on or written', async () => {
    store = address.store();
    store.follow(null, follower);
    address.holds = 'another';
    await expect(store.firstHere).rejects.toThrow(StoreDamaged);
    await expect(store.readAll()).rejects.toThrow(StoreUnavailable);
    await store.append('s', 0, NEW);
    expect([address.appends, address.followers.length, address.refused.length]).toEqual([0, 0, 1]);
  });

  it('is looked at again whenever it comes back, before anything that it says is passed on', async () => {
    address.holds = 'ours';
    store = address.store();
    store.follow(null, follower);
    await store.firstHere;
    await soon(() => address.followers.length === 1);
    const [behind] = address.followers;
    address.holds = 'nothing';
    behind!.connection?.('down');
    await store.append('s', 0, NEW);
    expect(address.appends).toBe(0);
    address.holds = 'another';
    behind!.connection?.('up');
    const passing = behind!.events([EVENT], true);
    await soon(() => address.refused.length === 1);
    await store.append('s', 0, NEW);
    expect(await Promise.race([passing, pause(50, 'held back')])).toBe('held back');
    expect([address.appends, taken]).toEqual([0, ['down', 'up', 'down', 'up']]);
  });

  it('would take another log for its own if it were not looked at (control)', async () => {
    store = address.store(false);
    address.holds = 'another';
    await store.firstHere;
    await store.append('s', 0, NEW);
    expect([address.appends, address.refused.length]).toEqual([1, 0]);
  });

  it('ends while it is waited for', async () => {
    store = address.store();
    const following = store.follow(null, follower);
    const stopping = following.stop();
    await store.close();
    await stopping;
    await expect(store.firstHere).rejects.toThrow();
  });
});
