import { ledgerInAFolder, type LedgerInAFolder } from '../../test/ledger-in-a-folder.ts';
import type { EventStore } from '../event-store/index.ts';
import { foldOf } from './folds.ts';
import { recordLoader } from './records.ts';

describe('a record that this process has written to', () => {
  let house: LedgerInAFolder;
  let stream: string;

  beforeAll(async () => {
    house = await ledgerInAFolder();
    const officer = house.as('opcc-officer');
    await officer.does({ type: 'AddBody', as: 'CGB', name: 'Board' });
    const raised = { type: 'RaiseAction', body: 'CGB', title: 'Review', owner: 'force-lead', reason: 'As agreed' };
    const ref = await officer.does({ ...raised, source: { document: 'Minutes', publishedOn: '2023-06-21' } });
    await house.as('commissioner').does({ type: 'AgreeAction', ref, authority: { decision: 'D-1' } });
    await house.as('force-lead').does({ type: 'GiveActionUpdate', ref, text: 'Begun.' });
    const { events } = await house.ledger.store.readAll();
    stream = events.find((event) => event.stream.startsWith('actions-'))!.stream;
  });
  afterAll(() => house.remove());

  it.each([0, 1, 2])('is known as it would be read, when it had %i events before', async (before) => {
    const { store, registers } = house.ledger;
    const byName = new Map(registers.map((register) => [register.name, register]));
    const actions = byName.get('actions')!;
    const { events } = await store.readStream(stream);
    expect(events).toHaveLength(3);
    const read = await recordLoader(store, byName).load(stream);
    const shorter: Pick<EventStore, 'readStream'> = {
      readStream: (_, after = 0) => Promise.resolve({ events: events.slice(after, before), atEnd: true }),
    };
    const loader = recordLoader(shorter as EventStore, byName);
    let written = await loader.load(stream);
    for (const event of events.slice(before))
      written = loader.wrote(written, [{ ...event, type: 'any' }], event.position);
    expect(written).toEqual(read);
    expect(foldOf(actions, written.events)).toEqual(foldOf(actions, read.events));
    expect((await loader.load(stream)).version).toBe(3);
  });
});
