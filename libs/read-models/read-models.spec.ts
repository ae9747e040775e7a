import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { PUBLIC, readerFor, type Reader } from '../access/index.ts';
import { OFFICIAL_OPEN, type Marking } from '../ledger/index.ts';
import { StoreUnavailable, type EventStore } from '../event-store/index.ts';
import { rehearse } from '../event-store-sqlite/index.ts';
import { actionTracker } from '../../projections/action-tracker/projection.ts';
import { countActions, findAction, historyOf, listActions, PROJECTIONS } from '../../projections/index.ts';
import { FULL, ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import { openDatabase } from '../sqlite/index.ts';
import {
  incompleteIn,
  refuseDamaged,
  startReadModels,
  tableOf,
  type ReadModels,
  type ReadModelsOptions,
} from './index.ts';

let ledger: LedgerBeingRead;
let officer: ReturnType<LedgerBeingRead['as']>;
let commissioner: ReturnType<LedgerBeingRead['as']>;
let monitoring: ReturnType<LedgerBeingRead['as']>;

beforeEach(async () => {
  ledger = await ledgerBeingRead();
  officer = ledger.as('opcc-officer');
  commissioner = ledger.as('commissioner');
  monitoring = ledger.as('monitoring-officer');
  await officer.does({ type: 'AddBody', as: 'CGB', name: 'Corporate Governance Board' });
});
afterEach(() => ledger.remove());

const raise = (title = 'Bring a paper', more: object = {}) =>
  officer.does({ type: 'RaiseAction', body: 'CGB', title, owner: 'force-lead', ...more });
const streamOf = async (ref: string): Promise<string> => {
  const { events } = await ledger.ledger.store.readAll();
  for (const { stream, bytes } of events)
    if (stream.startsWith('actions-') && Buffer.from(bytes).includes(`"ref":"${ref}"`)) return stream;
  throw new Error(`no stream of ${ref}`);
};
const append = async (stream: string, bytes: Uint8Array, type = 'ActionAgreed') => {
  const { store } = ledger.ledger;
  const version = (await store.readStream(stream)).events.length;
  const result = await store.append(stream, version, [{ id: crypto.randomUUID(), type, bytes }]);
  if (result.outcome !== 'stored') throw new Error(JSON.stringify(result));
};

describe('starting', () => {
  const others: ReadModels[] = [];
  let folder: string;
  let built: number;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'read-models-'));
    built = 0;
  });
  afterEach(async () => {
    for (const models of others.splice(0)) await models.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(options: Partial<ReadModelsOptions> = {}): Promise<ReadModels> {
    const { store, keys, clock, registers } = ledger.ledger;
    const logger = {
      info: (_: object, message: string) => void (built += message.includes('being built') ? 1 : 0),
      warn: () => undefined,
    };
    const models = await startReadModels({
      store,
      keys,
      clock,
      registers,
      projections: PROJECTIONS,
      file: join(folder, 'rows.sqlite'),
      logger,
      ...options,
    });
    others.push(models);
    return models;
  }
  async function stop(): Promise<void> {
    await others.pop()?.close();
  }
  async function refsIn(models: ReadModels): Promise<readonly string[]> {
    return (await listActions(await models.openView({}, FULL), {}, {})).edges.map(({ node }) => node.ref);
  }

  it('builds the tables when there are none, and goes on with them the next time', async () => {
    const first = await raise();
    expect(await refsIn(await start())).toEqual([first]);
    expect(built).toBe(1);
    await stop();
    const second = await raise();
    const models = await start();
    expect(await models.waitFor((await ledger.ledger.store.head())!)).toBe(true);
    expect(await refsIn(models)).toEqual([first, second]);
    expect(built).toBe(1);
  });

  it('builds them anew when a projection has changed', async () => {
    await raise();
    await start();
    await stop();
    await start({
      projections: PROJECTIONS.map((one) =>
        one.name === actionTracker.name ? { ...one, version: one.version + 1 } : one,
      ),
    });
    expect(built).toBe(2);
  });

  it('builds them anew when they are of another ledger', async () => {
    await raise();
    await start();
    await stop();
    const other = await ledgerBeingRead();
    try {
      const { store, keys } = other.ledger;
      expect(await refsIn(await start({ store, keys }))).toEqual([]);
      expect(built).toBe(2);
    } finally {
      await stop();
      await other.remove();
    }
  });

  it('builds them anew when the log was put back to an earlier day, and even when it has grown otherwise since', async () => {
    const first = await raise();
    const ahead = rehearse(ledger.ledger.store);
    const stream = await streamOf(first);
    const agreed = (await ahead.readStream(stream)).events[0]!;
    await ahead.append('actions-gone', 0, [{ id: crypto.randomUUID(), type: 'ActionRaised', bytes: agreed.bytes }]);
    const readToTheEnd = async () => {
      expect(await (await start({ store: ahead })).waitFor((await ahead.head())!)).toBe(true);
      await stop();
    };
    await readToTheEnd();
    await start();
    expect(built).toBe(2);
    await stop();
    await readToTheEnd();
    await raise();
    await raise();
    await start();
    expect(built).toBe(3);
  });

  it('throws away what is no table at all', async () => {
    copyFileSync(join(import.meta.dirname, 'read-models.ts'), join(folder, 'rows.sqlite'));
    expect(await refsIn(await start())).toEqual([]);
    expect(built).toBe(1);
  });

  /** The store of a ledger, away until it is told otherwise, or after so many pages were read. */
  function awayAtFirst(of: EventStore = ledger.ledger.store, pages = 0) {
    let isAway = true;
    const away = { comes: () => (isAway = false), pages };
    const unless = async <Result>(answer: () => Promise<Result>): Promise<Result> => {
      if (isAway) throw new StoreUnavailable('away');
      return answer();
    };
    const store: EventStore = {
      append: (...asked) => of.append(...asked),
      readStream: (...asked) => unless(() => of.readStream(...asked)),
      readAll: (after) =>
        isAway && (away.pages -= 1) >= 0
          ? of.readAll(after, 1).then((page) => ({ ...page, atEnd: false }))
          : unless(() => of.readAll(after)),
      head: () => unless(() => of.head()),
      last: () => unless(() => of.last()),
      isBefore: (a, b) => of.isBefore(a, b),
      follow: (after, follower) => of.follow(after, follower),
      close: () => Promise.resolve(),
    };
    return { ...away, store };
  }

  it('serves what it has while the store is away, and goes on when it comes', async () => {
    const ref = await raise();
    await start();
    await stop();
    const { store, comes } = awayAtFirst();
    const models = await start({ store });
    expect(await refsIn(models)).toEqual([ref]);
    expect(await models.status()).toMatchObject({ behind: true, connection: 'down', headSeen: null });
    const later = await raise();
    comes();
    expect(await models.waitFor((await ledger.ledger.store.head())!)).toBe(true);
    expect(await refsIn(models)).toEqual([ref, later]);
    expect(await models.status()).toMatchObject({ behind: false, connection: 'up' });
    expect(built).toBe(1);
  });

  it.each([
    ['from the start', 0],
    ['in the middle of building', 3],
  ])('builds when the store comes, though it was away %s', async (_, pages) => {
    const refs = [await raise(), await raise()];
    const { store, comes } = awayAtFirst(ledger.ledger.store, pages);
    const starting = start({ store });
    expect(await Promise.race([starting, pause(400, 'still waiting')])).toBe('still waiting');
    comes();
    expect(await refsIn(await starting)).toEqual(refs);
  });

  it('looks, when the store comes, whether what it serves is of this log, and builds anew if it is not', async () => {
    const ref = await raise();
    const ahead = rehearse(ledger.ledger.store);
    const event = (await ahead.readStream(await streamOf(ref))).events[0]!;
    await ahead.append('actions-gone', 0, [{ id: crypto.randomUUID(), type: 'ActionRaised', bytes: event.bytes }]);
    expect(await (await start({ store: ahead })).waitFor((await ahead.head())!)).toBe(true);
    await stop();
    const { store, comes } = awayAtFirst();
    const models = await start({ store });
    expect(built).toBe(1);
    comes();
    while ((await models.status()).behind) await pause(10);
    expect(built).toBe(2);
    expect(await refsIn(models)).toEqual([ref]);
  });

  it('is not behind by what it reads in a moment: how it is tells nobody that something was written', async () => {
    let lateMs = 0;
    const { store, comes } = awayAtFirst();
    comes();
    const models = await start({
      store: {
        ...store,
        follow: (after, follower) =>
          store.follow(after, {
            ...follower,
            async events(events, caughtUp) {
              await pause(lateMs);
              await follower.events(events, caughtUp);
            },
          }),
      },
    });
    await raise();
    expect(await models.waitFor((await ledger.ledger.store.head())!)).toBe(true);
    lateMs = 60;
    await raise();
    expect(await models.status()).toMatchObject({ behind: false });
    lateMs = 1_000;
    await raise();
    expect(await models.status()).toMatchObject({ behind: true });
  });

  it('gives up waiting for the store when it is told to', async () => {
    await raise();
    const stopping = new AbortController();
    const starting = start({ store: awayAtFirst().store, signal: stopping.signal });
    await pause(50);
    stopping.abort();
    await expect(starting).rejects.toThrow('closed before they were built');
  });
});

describe('following', () => {
  it('says how far it is by the store, not by its own mark', async () => {
    await ledger.caughtUp();
    expect(await ledger.models.status()).toMatchObject({
      behind: false,
      connection: 'up',
      parked: 0,
      rebuilding: false,
    });
    const following = ledger.models.waitFor('999999999', 50);
    expect(await following).toBe(false);
  });

  it('waits for a position that a command was answered with', async () => {
    const outcome = await officer.submit({ type: 'RaiseAction', body: 'CGB', title: 'Bring a paper' });
    if (outcome.outcome !== 'accepted') throw new Error(outcome.outcome);
    const atLeast = ledger.models.encodePosition(FULL, outcome.position);
    const view = await ledger.models.openView({}, FULL, { atLeast });
    expect(await findAction(view, outcome.ref)).not.toBeNull();
    expect(view.basis.position).toBe(atLeast);
  });

  it('answers NOT_YET when reading does not include it in time', async () => {
    const atLeast = ledger.models.encodePosition(FULL, '999999999');
    await expect(ledger.models.openView({}, FULL, { atLeast, waitMs: 20 })).rejects.toMatchObject({ name: 'NotYet' });
    await expect(ledger.models.openView({ position: atLeast }, FULL, { waitMs: 20 })).rejects.toMatchObject({
      name: 'NotYet',
    });
  });
});

describe('a record with an event that cannot be applied', () => {
  it('is shown as damaged when its event is, and holds up no other', async () => {
    const [parked, other] = [await raise('Parked'), await raise('Other')];
    await append(await streamOf(parked), Buffer.from('{"header": "of another program"}'));
    await commissioner.does({ type: 'WithdrawAction', ref: other, reason: 'No longer needed.' });
    const view = await ledger.view();
    expect(await findAction(view, parked)).toBeNull();
    await expect(refuseDamaged(view, 'actions', parked)).rejects.toMatchObject({ name: 'RecordDamaged', ref: parked });
    expect((await historyOf(view, parked, {})).edges).toEqual([]);
    await expect(refuseDamaged(view, 'actions', other)).resolves.toBeUndefined();
    expect((await findAction(view, other))?.state.status).toBe('WITHDRAWN');
    expect(await incompleteIn(view, 'actions')).toBe(1);
    expect(await incompleteIn(view, 'meetings')).toBe(0);
    expect(await ledger.models.status()).toMatchObject({ behind: false, parked: 1, damaged: [expect.any(String)] });
    expect(await ledger.models.compare()).toEqual({ equal: true, differing: [], overlapping: [] });
  });

  it('is shown as damaged to all who might have seen it, at every basis, and to nobody from whom it was hidden', async () => {
    const [ref, hidden] = [await raise(), await raise('Hidden', { marking: { ...OFFICIAL_OPEN, sensitive: true } })];
    const { position } = (await ledger.view({}, OFFICIAL)).basis;
    await append(await streamOf(ref), Buffer.from('no JSON'));
    await append(await streamOf(hidden), Buffer.from('no JSON'));
    for (const view of [
      await ledger.view({}, OFFICIAL),
      await ledger.view({ position: position as string }, OFFICIAL),
      await ledger.view({}, PUBLIC),
      await ledger.view(),
    ]) {
      expect(await findAction(view, ref)).toBeNull();
      await expect(refuseDamaged(view, 'actions', ref)).rejects.toMatchObject({ name: 'RecordDamaged' });
      const seesHidden = view.reader.audience === 'full';
      expect(await incompleteIn(view, 'actions')).toBe(seesHidden ? 2 : 1);
      const asked = refuseDamaged(view, 'actions', hidden);
      if (seesHidden) await expect(asked).rejects.toMatchObject({ name: 'RecordDamaged' });
      else await expect(asked).resolves.toBeUndefined();
    }
  });

  it('stays in sight when the event is of a kind of tomorrow, and comes back to life with a version that knows it', async () => {
    const ref = await raise();
    await commissioner.does({ type: 'AgreeAction', ref });
    const { store, keys, clock, registers } = ledger.ledger;
    const today = registers.map((register) =>
      register.name === 'actions'
        ? { ...register, kinds: register.kinds.filter(({ type }) => type !== 'ActionAgreed') }
        : register,
    );
    const file = join(ledger.folder, 'of-yesterday.sqlite');
    const yesterday = await startReadModels({ store, keys, clock, registers: today, projections: PROJECTIONS, file });
    const view = await yesterday.openView({}, OFFICIAL);
    expect((await findAction(view, ref))?.state.status).toBe('PROPOSED');
    expect(await incompleteIn(view, 'actions')).toBe(1);
    await yesterday.close();
    const updated = await startReadModels({ store, keys, clock, registers, projections: PROJECTIONS, file });
    await updated.rebuild();
    const later = await updated.openView({}, OFFICIAL);
    expect((await findAction(later, ref))?.state.status).toBe('AGREED');
    expect(await incompleteIn(later, 'actions')).toBe(0);
    await updated.close();
  });

  it('is parked when its register throws', async () => {
    const [ref, other] = [await raise('One'), await raise('Two')];
    await commissioner.does({ type: 'AgreeAction', ref });
    const { store, keys, clock, registers } = ledger.ledger;
    const throwing = registers.map((register) => ({
      ...register,
      evolve: (state: unknown, event: Parameters<typeof register.evolve>[1]) => {
        if (event.type === 'ActionAgreed') throw new TypeError('a mistake of tomorrow');
        return register.evolve(state, event);
      },
    }));
    const models = await startReadModels({
      store,
      keys,
      clock,
      registers: throwing,
      projections: PROJECTIONS,
      file: join(ledger.folder, 'throwing.sqlite'),
    });
    const view = await models.openView({}, FULL);
    expect((await listActions(view, {}, {})).edges.map(({ node }) => [node.ref, node.state.status])).toEqual([
      [ref, 'PROPOSED'],
      [other, 'PROPOSED'],
    ]);
    expect(await incompleteIn(view, 'actions')).toBe(1);
    await models.close();
  });
});

describe('rights', () => {
  it('are those of today, for every reading of the past', async () => {
    const ref = await raise('Open to all');
    const beforePublishing = (await ledger.view()).basis.recorded;
    expect(await findAction(await ledger.view({}, PUBLIC), ref)).toBeNull();
    expect((await ledger.view({}, PUBLIC)).basis.position).toBeNull();
    ledger.clock.forward(60_000);
    await monitoring.does({ type: 'Publish', ref }, 'actions');
    const view = await ledger.view({ recorded: beforePublishing }, PUBLIC);
    expect(await view.text((await findAction(view, ref))?.state.title)).toBe('Open to all');
    expect(view.basis.position).not.toBeNull();
    expect((await countActions(view, 'STATUS', {})).map(({ count }) => count)).toEqual([1]);
    await monitoring.does(
      { type: 'Mark', ref, to: { classification: 'OFFICIAL', sensitive: true, session: 'OPEN' } },
      'actions',
    );
    for (const reader of [PUBLIC, OFFICIAL]) {
      const hidden = await ledger.view({ recorded: beforePublishing }, reader);
      expect(await findAction(hidden, ref)).toBeNull();
      expect((await historyOf(hidden, ref, {})).totalCount).toBe(0);
      expect(await countActions(hidden, 'STATUS', {})).toEqual([]);
    }
    expect(await findAction(await ledger.view({}, FULL), ref)).not.toBeNull();
    expect(await ledger.models.compare()).toEqual({ equal: true, differing: [], overlapping: [] });
  });

  it('come back with an event that was hidden for a while, in its history too', async () => {
    const ref = await raise();
    const sensitive: Marking = { classification: 'OFFICIAL', sensitive: true, session: 'OPEN' };
    const open = { ...sensitive, sensitive: false };
    await commissioner.does({ type: 'AgreeAction', ref });
    const owner = ledger.as('force-lead');
    await owner.does({ type: 'GiveActionUpdate', ref, text: 'Not for everybody.', marking: sensitive });
    const historyFor = async (reader: Reader) =>
      (await historyOf(await ledger.view({}, reader), ref, {})).edges.map(({ node }) => node.type);
    const agreed = (await historyOf(await ledger.view(), ref, {})).edges[1]!.node.id;
    await monitoring.does({ type: 'Mark', ref, event: agreed, to: sensitive, reason: 'To be checked.' }, 'actions');
    expect(await historyFor(OFFICIAL)).toEqual(['ActionRaised']);
    await monitoring.does({ type: 'Mark', ref, event: agreed, to: open, reason: 'Checked.' }, 'actions');
    expect((await findAction(await ledger.view({}, OFFICIAL), ref))?.state.status).toBe('AGREED');
    expect(await historyFor(OFFICIAL)).toEqual(['ActionRaised', 'ActionAgreed', 'Marked', 'Marked']);
    await monitoring.does({ type: 'Publish', ref }, 'actions');
    const published = await historyFor(PUBLIC);
    expect(published).toContain('ActionAgreed');
    const publication = (await historyOf(await ledger.view(), ref, {})).edges.at(-1)!.node.id;
    await monitoring.does({ type: 'Void', ref, event: publication, reason: 'Too early.' }, 'actions');
    expect(await historyFor(PUBLIC)).toEqual([]);
    await monitoring.does({ type: 'Restore', ref, event: publication, reason: 'In time now.' }, 'actions');
    expect(await historyFor(PUBLIC)).toEqual(published);
    expect(await ledger.models.compare()).toMatchObject({ equal: true });
  });

  it('let a force lead see all of what the post owns today, words included', async () => {
    const secret: { marking: object } = { marking: { classification: 'OFFICIAL', sensitive: true, session: 'OPEN' } };
    const ref = await raise('For the owner alone', secret);
    const owner = readerFor('force-lead', 'force-lead');
    const another = readerFor('another-lead', 'force-lead');
    const view = await ledger.view({}, owner);
    expect(await view.text((await findAction(view, ref))?.state.title)).toBe('For the owner alone');
    expect((await historyOf(view, ref, {})).totalCount).toBe(1);
    expect(view.basis.position).toBe((await ledger.view({}, owner)).basis.position);
    for (const reader of [another, OFFICIAL]) {
      const hidden = await ledger.view({}, reader);
      expect(await findAction(hidden, ref)).toBeNull();
      const { state } = (await findAction(await ledger.view(), ref))!;
      expect(await hidden.text(state.title)).toBeNull();
      expect((await listActions(hidden, { text: 'owner' }, {})).totalCount).toBe(0);
    }
  });

  it('give no position away that tells of what is hidden', async () => {
    await raise('Open');
    const before = (await ledger.view({}, OFFICIAL)).basis.position;
    await raise('Hidden', { marking: { classification: 'OFFICIAL', sensitive: true, session: 'OPEN' } });
    expect((await ledger.view({}, OFFICIAL)).basis.position).toBe(before);
    expect((await ledger.view({}, FULL)).basis.position).not.toBe(before);
  });
});

describe('erasing', () => {
  it('takes words out of the tables, the search and every rebuild', async () => {
    const ref = await raise('Personal matter of somebody');
    const { title } = (await findAction(await ledger.view(), ref))!.state;
    const { keys, store } = ledger.ledger;
    const stored = JSON.parse(
      Buffer.from((await store.readStream(await streamOf(ref))).events[0]!.bytes).toString(),
    ) as {
      parts: readonly { name: string; key?: string }[];
    };
    keys.destroy(stored.parts.filter(({ name }) => name === 'text/title').map(({ key }) => key!));
    ledger.models.eraseTexts([title!]);
    for (const step of ['erased', 'rebuilt']) {
      const view = await ledger.view();
      expect([step, await view.text(title)]).toEqual([step, null]);
      expect((await listActions(view, { text: 'somebody' }, {})).totalCount).toBe(0);
      expect(await findAction(view, ref)).not.toBeNull();
      await ledger.models.rebuild();
    }
  });
});

describe('erased words', () => {
  const WORDS = 'qzjxkvwy';
  const isInFiles = () =>
    ['', '-wal'].map((suffix) => {
      const file = join(ledger.folder, `read-models.sqlite${suffix}`);
      return existsSync(file) && readFileSync(file).includes(WORDS);
    });
  /** Of an action with these words, in the file itself and in its write-ahead log. */
  const written = async () => {
    const ref = await raise(`About ${WORDS}`);
    await ledger.caughtUp();
    const database = openDatabase(join(ledger.folder, 'read-models.sqlite'), { durable: false });
    database.pragma('wal_checkpoint(PASSIVE)');
    database.close();
    expect(isInFiles()).toEqual([true, true]);
    return (await findAction(await ledger.view(), ref))!.state.title!;
  };

  it('are gone at once from the file of the tables and from its write-ahead log', async () => {
    ledger.models.eraseTexts([await written()]);
    expect(isInFiles()).toEqual([false, false]);
  });

  it('are gone, where somebody reads meanwhile, once that is over and something is written or read', async () => {
    const title = await written();
    const reading = openDatabase(join(ledger.folder, 'read-models.sqlite'), { readonly: true, durable: false });
    reading.exec('BEGIN');
    expect(reading.prepare('SELECT count(*) FROM texts').pluck().get()).toBeGreaterThan(0);
    ledger.models.eraseTexts([title]);
    expect(isInFiles()).toContain(true);
    reading.exec('COMMIT');
    reading.close();
    const view = await ledger.models.openView({}, FULL, { apart: true });
    expect((await listActions(view, { text: WORDS }, {})).totalCount).toBe(0);
    expect(isInFiles()).toEqual([false, false]);
  });
});

describe('a rebuild', () => {
  it('serves questions throughout, takes in what is written meanwhile, and leaves the same rows', async () => {
    for (let n = 0; n < 60; n += 1) await raise(`Action ${n}`);
    const open = await ledger.view();
    expect((await listActions(open, {}, {})).totalCount).toBe(60);
    let written = false;
    let answeredMeanwhile = 0;
    // A rebuild of so little may be over before the first answer comes: then another one.
    for (let round = 0; round < 20 && answeredMeanwhile === 0; round += 1) {
      let done = false;
      const rebuilding = ledger.models.rebuild().then(() => (done = true));
      while (!done) {
        const view = await ledger.models.openView({}, FULL);
        expect((await listActions(view, {}, {})).totalCount).toBeGreaterThanOrEqual(60);
        if (!done) answeredMeanwhile += 1;
        if (!written) await raise('Meanwhile');
        written = true;
        await new Promise((resolve) => setImmediate(resolve));
      }
      await rebuilding;
    }
    expect(answeredMeanwhile).toBeGreaterThan(0);
    expect((await listActions(await ledger.view(), {}, {})).totalCount).toBe(61);
    expect((await listActions(open, {}, {})).totalCount).toBe(60);
    expect(await ledger.models.compare()).toEqual({ equal: true, differing: [], overlapping: [] });
    await ledger.restart();
    expect((await listActions(await ledger.view(), {}, {})).totalCount).toBe(61);
  });

  it('is told from tables in which a record stands in two states at once', async () => {
    const ref = await raise();
    await commissioner.does({ type: 'AgreeAction', ref });
    await ledger.caughtUp();
    const database = openDatabase(join(ledger.folder, 'read-models.sqlite'), { durable: false });
    const table = tableOf(actionTracker);
    database.prepare(`UPDATE ${table} SET effective_to = effective_to + 1 WHERE sequence_to < 1000`).run();
    database.prepare(`UPDATE ${table} SET sequence_to = 2000000000 WHERE sequence_to < 1000`).run();
    database.close();
    expect(await ledger.models.compare()).toEqual({ equal: false, differing: [table], overlapping: [table] });
  });

  it('is told from the tables that serve when these hold anything else', async () => {
    const ref = await raise();
    const { title } = (await findAction(await ledger.view(), ref))!.state;
    ledger.models.eraseTexts([title!]);
    expect(await ledger.models.compare()).toEqual({ equal: false, differing: ['texts'], overlapping: [] });
  });

  it('leaves everything as it was when the store goes away', async () => {
    const ref = await raise();
    await ledger.caughtUp();
    const { store } = ledger.ledger;
    const readAll = store.readAll.bind(store);
    store.readAll = () => Promise.reject(new StoreUnavailable('away'));
    await expect(ledger.models.rebuild()).rejects.toThrow(StoreUnavailable);
    store.readAll = readAll;
    expect(await findAction(await ledger.view(), ref)).not.toBeNull();
    expect((await ledger.models.status()).rebuilding).toBe(false);
  });
});
