import { join } from 'node:path';
import { PUBLIC } from '../access/index.ts';
import { OFFICIAL_OPEN } from '../ledger/index.ts';
import { StoreUnavailable } from '../event-store/index.ts';
import { PROJECTIONS } from '../../projections/index.ts';
import { FULL, ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import { recordAsOf, startReadModels, type ReadModels } from './index.ts';

let ledger: LedgerBeingRead;
beforeEach(async () => {
  ledger = await ledgerBeingRead({ at: '2023-06-30T22:30:00.000Z' });
});
afterEach(() => ledger.remove());

describe('a basis', () => {
  it('is today in London, now, by the dates that sources state, at the head', async () => {
    const { basis } = await ledger.view();
    // Half past eleven in the evening in London, in British Summer Time.
    expect(basis).toEqual({
      effective: '2023-06-30',
      recorded: '2023-06-30T22:30:00.000Z',
      clock: 'STATED',
      position: null,
      settled: false,
      timeZone: 'Europe/London',
    });
    ledger.clock.forward(30 * 60_000);
    expect((await ledger.view()).basis.effective).toBe('2023-07-01');
  });

  it('takes any instant of RFC 3339, and echoes it in UTC with milliseconds', async () => {
    const recordedAs = async (recorded: string) => (await ledger.view({ recorded })).basis.recorded;
    expect(await recordedAs('2023-06-30T20:15:30+01:00')).toBe('2023-06-30T19:15:30.000Z');
    expect(await recordedAs('2023-06-30t20:15:30.123987z')).toBe('2023-06-30T20:15:30.123Z');
    expect(await recordedAs('2023-06-30T23:30:00.000+01:00')).toBe('2023-06-30T22:30:00.000Z');
  });

  it.each([
    ['a day ahead of today', { effective: '2023-07-01' }, 'asOf.effective'],
    ['a day that never was', { effective: '2023-02-30' }, 'asOf.effective'],
    ['an instant more than 5 s ahead of now', { recorded: '2023-06-30T22:30:05.001Z' }, 'asOf.recorded'],
    ['an instant without an offset', { recorded: '2023-06-30T22:00:00' }, 'asOf.recorded'],
    ['an instant on a day that never was', { recorded: '2023-02-30T22:00:00Z' }, 'asOf.recorded'],
    ['an hour that never strikes', { recorded: '2023-06-29T24:00:00Z' }, 'asOf.recorded'],
    ['a position that was made up', { position: 'bm8' }, 'asOf.position'],
  ])('refuses %s', async (_, asOf, field) => {
    await expect(ledger.view(asOf)).rejects.toMatchObject({
      name: 'BadBasis',
      field,
      message: expect.stringMatching(/^[A-Z].*\.$/) as string,
    });
  });

  it('takes an instant up to 5 s ahead of now for now: clocks differ', async () => {
    for (const recorded of ['2023-06-30T22:30:00.001Z', '2023-06-30T22:30:05.000Z'])
      expect((await ledger.view({ recorded })).basis.recorded).toBe('2023-06-30T22:30:00.000Z');
  });

  it('is never before the head, though the clock was set back: by default it leaves nothing out', async () => {
    await ledger.as('opcc-officer').does({ type: 'AddBody', as: 'CGB', name: 'Board' });
    ledger.clock.forward(-60_000);
    const view = await ledger.view();
    expect(view.basis).toMatchObject({ recorded: '2023-06-30T22:30:00.000Z', effective: '2023-06-30' });
    expect(await recordAsOf(view, 'directory', 'CGB')).toMatchObject({ ref: 'CGB' });
    // Control: by the clock alone it would be left out.
    const byTheClock = await ledger.view({ recorded: '2023-06-30T22:29:00.000Z' });
    expect(await recordAsOf(byTheClock, 'directory', 'CGB')).toBeNull();
    // Now is the head: what lies more than 5 s ahead of it is refused, and no more than that reads as it.
    expect((await ledger.view({ recorded: '2023-06-30T22:30:04.000Z' })).basis.recorded).toBe(
      '2023-06-30T22:30:00.000Z',
    );
    await expect(ledger.view({ recorded: '2023-06-30T22:30:05.001Z' })).rejects.toMatchObject({ name: 'BadBasis' });
  });

  it('is never before the last event that its reader may see, and tells nothing of a later one', async () => {
    await ledger.as('opcc-officer').does({ type: 'AddBody', as: 'CGB', name: 'Board' });
    ledger.clock.forward(60_000);
    const marking = { ...OFFICIAL_OPEN, sensitive: true };
    await ledger.as('opcc-officer').does({ type: 'AddBody', as: 'SECRET', name: 'Hidden', marking });
    ledger.clock.forward(-90_000);
    expect((await ledger.view({}, FULL)).basis.recorded).toBe('2023-06-30T22:31:00.000Z');
    expect((await ledger.view({}, OFFICIAL)).basis.recorded).toBe('2023-06-30T22:30:00.000Z');
    expect((await ledger.view({}, PUBLIC)).basis.recorded).toBe('2023-06-30T22:29:30.000Z');
  });

  it('refuses a position to wait for that was made up, and takes one that another audience was given', async () => {
    await expect(ledger.models.openView({}, FULL, { atLeast: 'bm8' })).rejects.toMatchObject({
      name: 'BadBasis',
      field: 'atLeast',
    });
    await ledger.as('opcc-officer').does({ type: 'AddBody', as: 'CGB', name: 'Board' });
    const { position } = (await ledger.view()).basis;
    const pinned = await ledger.view({ position: position! }, PUBLIC);
    expect(pinned.basis.position).toBeNull();
    expect((await ledger.view({ position: position! })).basis.position).toBe(position);
  });
});

describe('an answer', () => {
  const others: ReadModels[] = [];
  afterEach(async () => {
    for (const models of others.splice(0)) await models.close();
  });
  const writer = { undecided: null as string | null, undecidedSince: () => writer.undecided };
  const reach = { away: false };

  async function reading(options: { writes?: boolean } = {}): Promise<ReadModels> {
    writer.undecided = null;
    reach.away = false;
    const { store, keys, clock, registers } = ledger.ledger;
    const watched = {
      append: store.append.bind(store),
      readStream: store.readStream.bind(store),
      readAll: store.readAll.bind(store),
      head: () => (reach.away ? Promise.reject(new StoreUnavailable('away')) : store.head()),
      last: store.last.bind(store),
      isBefore: store.isBefore.bind(store),
      follow: store.follow.bind(store),
      close: () => Promise.resolve(),
    };
    const models = await startReadModels({
      store: watched,
      keys,
      clock,
      registers,
      projections: PROJECTIONS,
      file: join(ledger.folder, `other-${others.length}.sqlite`),
      ...(options.writes === false ? {} : { writer }),
    });
    others.push(models);
    return models;
  }
  const at = '2023-06-30T22:30:00.000Z';
  const settled = async (models: ReadModels, recorded = at) =>
    (await models.openView({ recorded }, FULL)).basis.settled;

  it('is settled once something was recorded later', async () => {
    const models = await reading({ writes: false });
    expect(await settled(models)).toBe(false);
    ledger.clock.forward(1);
    await ledger.as('opcc-officer').does({ type: 'AddBody', as: 'CGB', name: 'Board' });
    expect(await models.waitFor((await ledger.ledger.store.head())!)).toBe(true);
    expect(await settled(models)).toBe(true);
    expect(await settled(models, '2023-06-30T22:30:00.001Z')).toBe(false);
  });

  it('is settled ten seconds later on a quiet log, and nothing is ever stamped so early again', async () => {
    const models = await reading();
    ledger.clock.forward(9_999);
    expect(await settled(models)).toBe(false);
    expect(ledger.ledger.keys.settledFloor.read()).toBe(0);
    ledger.clock.forward(1);
    expect(await settled(models)).toBe(true);
    expect(ledger.ledger.keys.settledFloor.read()).toBe(Date.parse(at));
    // A clock that is set back cannot slip a fact in.
    ledger.clock.set('2023-06-30T22:00:00.000Z');
    const said = { type: 'AddBody', as: 'CGB', name: 'Board', effectiveOn: '2023-06-30' };
    expect(await ledger.as('opcc-officer').submit(said)).toMatchObject({ outcome: 'unavailable' });
    ledger.clock.set(at);
    const outcome = await ledger.as('opcc-officer').submit(said);
    if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome));
    expect(outcome.stamped > at).toBe(true);
  });

  it('is not settled while an append is undecided, or the store does not answer', async () => {
    const models = await reading();
    ledger.clock.forward(60_000);
    writer.undecided = at;
    expect(await settled(models)).toBe(false);
    expect(ledger.ledger.keys.settledFloor.read()).toBe(0);
    writer.undecided = null;
    reach.away = true;
    expect(await settled(models)).toBe(false);
    reach.away = false;
    expect(await settled(models)).toBe(true);
  });

  describe('to a reader who may not see what is written', () => {
    const hidden = { type: 'AddBody', name: 'Hidden', marking: { ...OFFICIAL_OPEN, sensitive: true } };
    const official = async (models: ReadModels, recorded = at) =>
      (await models.openView({ recorded }, OFFICIAL)).basis.settled;
    const read = async (models: ReadModels) =>
      expect(await models.waitFor((await ledger.ledger.store.head())!)).toBe(true);

    it('is settled once something was recorded later that they may see, and no sooner for what they may not', async () => {
      const models = await reading();
      ledger.clock.forward(1);
      await ledger.as('opcc-officer').does({ ...hidden, as: 'HID' });
      await read(models);
      expect(await settled(models)).toBe(true);
      expect(await official(models)).toBe(false);
      await ledger.as('opcc-officer').does({ type: 'AddBody', as: 'CGB', name: 'Board' });
      await read(models);
      expect(await official(models)).toBe(true);
    });

    it('is settled ten seconds later, whatever is being written or was written just now', async () => {
      const models = await reading();
      ledger.clock.forward(9_999);
      await ledger.as('opcc-officer').does({ ...hidden, as: 'HID' });
      await read(models);
      expect(await official(models)).toBe(false);
      ledger.clock.forward(1);
      writer.undecided = '2023-06-30T22:30:09.000Z';
      await ledger.as('opcc-officer').does({ ...hidden, as: 'HIDE' });
      expect(await official(models)).toBe(true);
      expect(await official(models, '2023-06-30T22:30:01.000Z')).toBe(false);
    });
  });

  it('is not settled by a process that cannot know of appends under way', async () => {
    const models = await reading({ writes: false });
    ledger.clock.forward(86_400_000);
    expect(await settled(models)).toBe(false);
  });

  it('is not settled while the store holds what is not known here', async () => {
    const models = await reading();
    await models.close();
    others.pop();
    await ledger.as('opcc-officer').does({ type: 'AddBody', as: 'CGB', name: 'Board' });
    ledger.clock.forward(60_000);
    const { store, keys, clock, registers } = ledger.ledger;
    const deaf = await startReadModels({
      store: {
        ...store,
        head: () => store.head(),
        isBefore: (a, b) => store.isBefore(a, b),
        readAll: () => Promise.resolve({ events: [], atEnd: true }),
        follow: () => ({ stop: () => Promise.resolve() }),
      },
      keys,
      clock,
      registers,
      projections: PROJECTIONS,
      file: join(ledger.folder, 'deaf.sqlite'),
      writer,
    });
    others.push(deaf);
    expect(await settled(deaf)).toBe(false);
  });
});
