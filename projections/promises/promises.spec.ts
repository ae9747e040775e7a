import { readerFor } from '../../libs/access/index.ts';
import { FULL, ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import { countActions, findAction, findMeeting, historyOf, listActions } from '../index.ts';
import { actionsKeeping, listPromises, promiseKeptBy, type PromiseFilter } from './queries.ts';

const SENSITIVE = { classification: 'OFFICIAL', sensitive: true, session: 'OPEN' } as const;
const EARLIER = { reason: 'Typed from the minutes.' };

/** Promises in the minutes of the Corporate Governance Board that no action list held (S1:L2001, L2033, L2355), and some made up beside them. */
describe('promises in the minutes', () => {
  let ledger: LedgerBeingRead;
  let officer: ReturnType<LedgerBeingRead['as']>;
  let monitoring: ReturnType<LedgerBeingRead['as']>;
  const minuted: Record<string, string> = {};
  let kept: string;
  let hidden: string;

  beforeAll(async () => {
    ledger = await ledgerBeingRead({ at: '2023-04-01T12:00:00.000Z' });
    officer = ledger.as('opcc-officer');
    monitoring = ledger.as('monitoring-officer');
    for (const as of ['CGB', 'JARAP']) await officer.does({ type: 'AddBody', as, name: as });
    await officer.does({ type: 'AddPost', as: 'estates-lead', name: 'Head of Estates', capacity: 'force-lead' });
    await officer.does({ type: 'AddPost', as: 'fleet-lead', name: 'Head of Fleet', capacity: 'force-lead' });
    for (const [body, on] of [
      ['CGB', '2023-04-19'],
      ['JARAP', '2023-05-02'],
      ['CGB', '2023-06-21'],
    ]) {
      ledger.clock.set(`${on}T12:00:00.000Z`);
      const ref = await officer.does({ type: 'ScheduleMeeting', body, on });
      await officer.does({ type: 'HoldMeeting', ref });
    }
    const minute = async (ref: string, item: string, more: object = {}) => {
      await officer.does({ type: 'MinuteItem', ref, item, text: `What was said at ${item}`, promise: true, ...more });
      const items = (await findMeeting(await ledger.view(), ref))!.state.items;
      minuted[item] = items.find((one) => one.item === item)!.event;
    };
    await minute('CGB-2023-06-21', '5(i)');
    await minute('CGB-2023-04-19', '3(i)', { owner: 'estates-lead', effectiveOn: '2023-04-19', ...EARLIER });
    await minute('CGB-2023-04-19', '4(i)', { effectiveOn: '2023-04-19', ...EARLIER });
    await minute('CGB-2023-04-19', '8', { effectiveOn: '2023-04-19', ...EARLIER, promise: false });
    await minute('CGB-2023-04-19', '9', { effectiveOn: '2023-04-19', ...EARLIER, session: 'CLOSED' });
    await minute('JARAP-2023-05-02', '2', { effectiveOn: '2023-05-02', ...EARLIER });
    ledger.clock.set('2023-07-01T12:00:00.000Z');
    const raise = (item: string, meeting: string, more: object) =>
      officer.does({ type: 'RaiseAction', meeting, title: `Keep ${item}`, keepsPromise: minuted[item], ...more });
    kept = await raise('3(i)', 'CGB-2023-04-19', { effectiveOn: '2023-06-25' });
    hidden = await raise('4(i)', 'CGB-2023-04-19', { marking: SENSITIVE });
  });
  afterAll(() => ledger.remove());

  const listed = async (filter: PromiseFilter, asOf = {}, reader = FULL) =>
    (await listPromises(await ledger.view(asOf, reader), filter, {})).edges.map(
      ({ node: { meeting, minute, actions } }) => [meeting, minute.item, ...actions],
    );

  it('are told with the actions that keep them, by meeting and as they were minuted', async () => {
    expect(await listed({})).toEqual([
      ['CGB-2023-04-19', '3(i)', kept],
      ['CGB-2023-04-19', '4(i)', hidden],
      ['CGB-2023-04-19', '9'],
      ['JARAP-2023-05-02', '2'],
      ['CGB-2023-06-21', '5(i)'],
    ]);
    expect(await listed({ kept: true, body: 'CGB' })).toHaveLength(2);
    expect(await listed({ meeting: 'JARAP-2023-05-02' })).toEqual([['JARAP-2023-05-02', '2']]);
    expect(await listed({ meeting: 'JARAP-2023-05-02', body: 'CGB' })).toEqual([]);
  });

  it('never became actions, to a reader, where no action keeps them that the reader may see', async () => {
    expect(await listed({ kept: false })).toEqual([
      ['CGB-2023-04-19', '9'],
      ['JARAP-2023-05-02', '2'],
      ['CGB-2023-06-21', '5(i)'],
    ]);
    expect(await listed({ kept: false }, {}, OFFICIAL)).toEqual([
      ['CGB-2023-04-19', '4(i)'],
      ['JARAP-2023-05-02', '2'],
      ['CGB-2023-06-21', '5(i)'],
    ]);
  });

  it('are kept from the day on which the action was raised, and as soon as that is known', async () => {
    expect(await listed({ kept: true }, { effective: '2023-06-24' })).toEqual([]);
    expect(await listed({ kept: true }, { effective: '2023-06-25' })).toEqual([['CGB-2023-04-19', '3(i)', kept]]);
    expect(await listed({ kept: true }, { recorded: '2023-06-30T12:00:00.000Z' })).toEqual([]);
    expect(await listed({}, { effective: '2023-05-01' })).toHaveLength(3);
  });

  it('are told of by the action that keeps them, and the action by the minute, at one basis', async () => {
    const view = await ledger.view();
    expect(await promiseKeptBy(view, (await findAction(view, kept))!.state)).toMatchObject({
      meeting: 'CGB-2023-04-19',
      minute: { item: '3(i)', owner: 'estates-lead' },
    });
    expect(await actionsKeeping(view, minuted['3(i)']!)).toEqual([kept]);
    expect(await actionsKeeping(view, minuted['8']!)).toEqual([]);
  });

  it('are no link of the action to a reader who may not see what was minuted, on its page or in its history', async () => {
    const meeting = 'CGB-2023-04-19';
    const event = minuted['3(i)']!;
    const mark = (to: object) => monitoring.does({ type: 'Mark', ref: meeting, event, to }, 'meetings');
    const seen = async (reader = OFFICIAL) => {
      const view = await ledger.view({}, reader);
      const action = (await findAction(view, kept))!;
      const [raised] = (await historyOf(view, kept, {})).edges;
      return [
        action.state.keepsPromise,
        raised!.node.facts['keepsPromise'],
        (await promiseKeptBy(view, action.state))?.minute.item,
      ];
    };
    expect(await seen()).toEqual([event, event, '3(i)']);
    await mark(SENSITIVE);
    expect(await seen()).toEqual([undefined, undefined, undefined]);
    expect(await seen(FULL)).toEqual([event, event, '3(i)']);
    expect(await listed({ kept: true }, {}, OFFICIAL)).toEqual([]);
    expect(await actionsKeeping(await ledger.view({}, OFFICIAL), event)).toEqual([kept]);
    await mark({ ...SENSITIVE, sensitive: false });
    expect(await seen()).toEqual([event, event, '3(i)']);
  });

  it('that are kept by an action of a closed session are marked like it', async () => {
    const ref = await officer.does({
      type: 'RaiseAction',
      meeting: 'CGB-2023-04-19',
      title: 'Keep 9',
      keepsPromise: minuted['9'],
    });
    expect(await findAction(await ledger.view(), ref)).not.toBeNull();
    expect(await findAction(await ledger.view({}, OFFICIAL), ref)).toBeNull();
    expect(ref).toMatch(/-A[a-z][a-z0-9]{4}$/);
  });

  it('are one page after another in that order, and cost as many questions, however many there are', async () => {
    const view = await ledger.view();
    const first = await listPromises(view, {}, { first: 2 });
    const second = await listPromises(view, {}, { first: 10, after: first.endCursor! });
    expect([first.totalCount, first.hasNextPage, second.hasNextPage]).toEqual([5, true, false]);
    expect(second.edges.map(({ node }) => node.minute.item)).toEqual(['9', '2', '5(i)']);
    const cost = async (filter: PromiseFilter) => {
      const asking = await ledger.view();
      const before = ledger.models.questions;
      await listPromises(asking, filter, {});
      return ledger.models.questions - before;
    };
    expect(await cost({ meeting: 'CGB-2023-04-19' })).toBe(await cost({ meeting: 'JARAP-2023-05-02' }));
    expect(await cost({ body: 'CGB' })).toBe(await cost({ body: 'JARAP' }));
  });

  describe('an action that several posts own', () => {
    let together: string;
    const estates = readerFor('estates-lead', 'force-lead');
    const fleet = readerFor('fleet-lead', 'force-lead');

    beforeAll(async () => {
      together = await officer.does({
        type: 'RaiseAction',
        body: 'JARAP',
        title: 'Share the workshop',
        owner: 'estates-lead',
        owners: ['commissioner', 'fleet-lead'],
        marking: SENSITIVE,
      });
    });

    it('is seen whole by a force lead whose post owns it with others, and by no other', async () => {
      for (const [reader, sees] of [
        [estates, true],
        [fleet, true],
        [readerFor('force-lead', 'force-lead'), false],
        [OFFICIAL, false],
      ] as const) {
        const view = await ledger.view({}, reader);
        const action = await findAction(view, together);
        expect([action !== null, (await view.text(action?.state.title)) !== null]).toEqual([sees, sees]);
      }
    });

    it('is found by each of its owners, and counts under the one that leads', async () => {
      const view = await ledger.view();
      const owned = async (owner: string) => (await listActions(view, { owner }, {})).edges.map(({ node }) => node.ref);
      for (const owner of ['estates-lead', 'commissioner', 'fleet-lead'])
        expect(await owned(owner)).toEqual([together]);
      expect(await owned('force-lead')).toEqual([]);
      expect(
        (await listActions(view, { owner: 'fleet-lead', body: 'JARAP', status: ['PROPOSED'] }, {})).totalCount,
      ).toBe(1);
      expect((await listActions(view, { owner: 'fleet-lead', body: 'CGB' }, {})).totalCount).toBe(0);
      expect((await countActions(view, 'OWNER', { body: 'JARAP' })).map(({ key, count }) => [key, count])).toEqual([
        ['estates-lead', 1],
      ]);
      for (const owner of ['estates-lead', 'commissioner', 'fleet-lead'])
        expect(await countActions(view, 'OWNER', { owner })).toMatchObject([{ key: 'estates-lead', count: 1 }]);
      expect(await countActions(view, 'STATUS', { owner: 'fleet-lead' })).toMatchObject([
        { key: 'PROPOSED', count: 1 },
      ]);
    });

    it('is worked on by any of its owners, and reported complete by the one that leads', async () => {
      await ledger.as('commissioner').does({ type: 'AgreeAction', ref: together });
      const other = ledger.as('fleet-lead', undefined, 'force-lead');
      await other.does({ type: 'GiveActionUpdate', ref: together, text: 'Begun.' });
      await other.does({ type: 'AddActionEvidence', ref: together, title: 'Plan' });
      expect(await other.fails({ type: 'ReportActionComplete', ref: together })).toBe('forbidden');
      const stranger = ledger.as('force-lead');
      expect(await stranger.fails({ type: 'GiveActionUpdate', ref: together, text: 'x' })).toBe('not-found');
    });

    it('is no longer for whoever does not own it today, whatever the day asked about', async () => {
      await officer.does({ type: 'ReassignAction', ref: together, owner: 'estates-lead', owners: ['commissioner'] });
      expect(await findAction(await ledger.view({ recorded: '2023-07-01T12:00:00.000Z' }, fleet), together)).toBeNull();
      expect(await findAction(await ledger.view({}, estates), together)).not.toBeNull();
      expect((await listActions(await ledger.view(), { owner: 'fleet-lead' }, {})).totalCount).toBe(0);
      await officer.does({ type: 'ReassignAction', ref: together, owner: 'fleet-lead', owners: ['estates-lead'] });
      expect(await findAction(await ledger.view({}, fleet), together)).not.toBeNull();
    });

    it('hides its owners from those who may not see them, one by one', async () => {
      const open = await officer.does({
        type: 'RaiseAction',
        body: 'JARAP',
        title: 'Open to all',
        owner: 'estates-lead',
        owners: ['fleet-lead', 'commissioner'],
      });
      const mark = (post: string, sensitive: boolean) =>
        monitoring.does({ type: 'Mark', ref: post, to: { ...SENSITIVE, sensitive } }, 'directory');
      const owners = async (reader = OFFICIAL) => {
        const { state } = (await findAction(await ledger.view({}, reader), open))!;
        return [state.owner, state.owners];
      };
      await mark('fleet-lead', true);
      expect(await owners()).toEqual(['estates-lead', ['commissioner']]);
      expect(await owners(FULL)).toEqual(['estates-lead', ['fleet-lead', 'commissioner']]);
      expect((await listActions(await ledger.view({}, OFFICIAL), { owner: 'fleet-lead' }, {})).totalCount).toBe(0);
      await mark('fleet-lead', false);
      await mark('estates-lead', true);
      expect(await owners()).toEqual([undefined, ['fleet-lead', 'commissioner']]);
      await mark('estates-lead', false);
    });
  });
});
