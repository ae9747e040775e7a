import { ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import { agendaOf, countAgendaItems, listAgendaItems, type AgendaFilter } from './queries.ts';

/** The Corporate Governance Board of 2023, whose Neighbourhood Active was put off from meeting to meeting. */
describe('the agenda of all meetings', () => {
  let ledger: LedgerBeingRead;
  const item: Record<string, string> = {};

  beforeAll(async () => {
    ledger = await ledgerBeingRead({ at: '2023-03-01T12:00:00.000Z' });
    const officer = ledger.as('opcc-officer');
    for (const as of ['CGB', 'JARAP']) await officer.does({ type: 'AddBody', as, name: as });
    for (const on of ['2023-03-20', '2023-04-19', '2023-05-17', '2023-06-21', '2023-07-17', '2023-09-25'])
      await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on });
    await officer.does({ type: 'ScheduleMeeting', body: 'JARAP', on: '2023-05-02' });
    await officer.does({ type: 'CancelMeeting', ref: 'CGB-2023-05-17', reason: 'Nobody could come.' });
    const list = async (name: string, ref: string, more: object = {}) => {
      await officer.does({ type: 'ListAgendaItem', ref, title: name, ...more });
      const { items } = await found({ meeting: ref });
      item[name] = items.at(-1)!.item.event;
    };
    const held = async (ref: string) => {
      ledger.clock.set(`${ref.slice(-10)}T18:00:00.000Z`);
      await officer.does({ type: 'HoldMeeting', ref });
    };
    await list('Active', 'CGB-2023-04-19', { item: '5' });
    await list('Rent', 'CGB-2023-04-19', { item: '9', session: 'CLOSED' });
    await held('CGB-2023-03-20');
    await held('CGB-2023-04-19');
    const [active, rent] = ['Active', 'Rent'].map((name) => item[name]);
    await officer.does({ type: 'PassOverAgendaItem', ref: 'CGB-2023-04-19', agendaItem: active });
    await officer.does({ type: 'PassOverAgendaItem', ref: 'CGB-2023-04-19', agendaItem: rent });
    await officer.does({ type: 'DeferAgendaItem', ref: 'CGB-2023-04-19', agendaItem: active, to: 'CGB-2023-06-21' });
    await list('Active again', 'CGB-2023-06-21', { fromMeeting: 'CGB-2023-04-19', continues: active });
    await list('Forgotten', 'CGB-2023-06-21');
    await held('CGB-2023-06-21');
    const within = { how: 'between', from: '2024-01-01', to: '2024-01-31' };
    await officer.does({ type: 'DeferAgendaItem', ref: 'CGB-2023-06-21', agendaItem: item['Active again'], within });
    await officer.does({ type: 'DeferAgendaItem', ref: 'CGB-2023-06-21', agendaItem: item['Active again'] });
    await held('CGB-2023-07-17');
    await held('CGB-2023-09-25');
    await held('JARAP-2023-05-02').catch(() => undefined);
  });
  afterAll(() => ledger.remove());

  async function found(filter: AgendaFilter, asOf = {}, reader?: typeof OFFICIAL) {
    const view = await ledger.view(asOf, reader);
    const items = (await listAgendaItems(view, filter, {})).edges.map(({ node }) => node);
    return { view, items, titles: await Promise.all(items.map(({ item: { title } }) => view.text(title))) };
  }

  it('tells what was listed and never reached, by board, and nothing of a closed session to those who may not know', async () => {
    expect((await found({ neverReached: true })).titles).toEqual(['Rent', 'Forgotten']);
    expect((await found({ neverReached: true }, {}, OFFICIAL)).titles).toEqual(['Forgotten']);
    expect(await countAgendaItems(await ledger.view(), { neverReached: true })).toEqual([{ key: 'CGB', count: 2 }]);
    expect(await countAgendaItems(await ledger.view({}, OFFICIAL), { neverReached: true })).toEqual([
      { key: 'CGB', count: 1 },
    ]);
    expect((await found({ neverReached: true, body: 'JARAP' })).titles).toEqual([]);
  });

  it('tells how often an item was put off and where to, from the first meeting that had it to the last', async () => {
    const { items } = await found({ deferredTimes: 3 });
    expect(
      items.map(({ meeting, deferrals, item: { fromMeeting } }) => [meeting, fromMeeting, deferrals.length]),
    ).toEqual([['CGB-2023-06-21', 'CGB-2023-04-19', 3]]);
    expect(
      items[0]!.deferrals.map(({ meeting, putOffTo, within }) => [
        meeting,
        putOffTo ?? within?.to ?? 'a later meeting',
      ]),
    ).toEqual([
      ['CGB-2023-04-19', 'CGB-2023-06-21'],
      ['CGB-2023-06-21', '2024-01-31'],
      ['CGB-2023-06-21', 'a later meeting'],
    ]);
    const [first] = (await found({ meeting: 'CGB-2023-04-19' })).items;
    expect([first!.deferrals.length, first!.continuedAt]).toEqual([1, ['CGB-2023-06-21']]);
  });

  it('answers for an earlier day, before anything came of what was listed', async () => {
    const then = await found({}, { effective: '2023-04-18' });
    expect(then.items.map(({ item: { status }, neverReached }) => [status, neverReached])).toEqual([
      ['LISTED', false],
      ['LISTED', false],
    ]);
  });

  it('tells the agenda of an illustrative meeting that is named, and leaves it out of every list', async () => {
    ledger.clock.set('2023-10-01T12:00:00.000Z');
    const officer = ledger.as('opcc-officer');
    await officer.does({ type: 'AddBody', as: 'FEN', name: 'A made-up panel', illustrative: true });
    const ref = await officer.does({ type: 'ScheduleMeeting', body: 'FEN', on: '2023-11-20' });
    await officer.does({ type: 'ListAgendaItem', ref, title: 'Made up' });
    const { view, titles } = await found({});
    expect(titles).not.toContain('Made up');
    expect((await agendaOf(view, ref)).map(({ meeting }) => meeting)).toEqual([ref]);
    expect((await agendaOf(view, 'CGB-2023-06-21')).length).toBe(2);
  });
});
