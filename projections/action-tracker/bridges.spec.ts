import type { Reader } from '../../libs/access/index.ts';
import { OFFICIAL_OPEN } from '../../libs/ledger/index.ts';
import {
  bridgeIn,
  endsOver,
  moversIn,
  openEnds,
  viewOver,
  type AsOf,
  type OfBodies,
} from '../../libs/read-models/index.ts';
import { opened } from '../../libs/read-models/view.ts';
import { FULL, ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import type { Said } from '../../test/ledger-in-a-folder.ts';
import { linesOf } from '../../test/property/compared-lists.ts';
import { historyOf } from '../index.ts';
import { actionsCompared } from './compared-queries.ts';
import type { ActionFilter, ActionGrouping } from './queries.ts';

const why = { reason: 'As the minutes say.' };
const DAY = { effective: '2024-03-01' };

interface Asked {
  readonly bodies?: OfBodies;
  readonly filter?: ActionFilter;
  readonly reader?: Reader;
}

/** Of each of these actions the rows tell a last change of cell. Where it would be another than walking its events tells, it has to be walked. */
describe('the actions in the lines of a bridge', () => {
  let ledger: LedgerBeingRead;
  let recorded: string;
  const refs: Record<string, string> = {};

  beforeAll(async () => {
    ledger = await ledgerBeingRead({ at: '2024-06-01T12:00:00.000Z' });
    const as = (post: string) => ledger.as(post);
    const [officer, commissioner, monitoring, lead] = [
      'opcc-officer',
      'commissioner',
      'monitoring-officer',
      'force-lead',
    ].map(as);
    const since = { effectiveOn: '2024-01-01', ...why };
    const on = (effectiveOn: string) => ({ effectiveOn, ...why });
    await officer!.does({ type: 'AddBody', as: 'CGB', name: 'Board', ...since });
    for (const body of ['IAB', 'PAN']) await officer!.does({ type: 'AddBody', as: body, name: body, ...since });
    for (const post of ['never-was', 'never-was-either'])
      await officer!.does({ type: 'AddPost', as: post, name: post, ...since });
    const agreed = async (title: string, effectiveOn = '2024-01-02', owner = 'force-lead', body = 'CGB') => {
      const ref = await officer!.does({ type: 'RaiseAction', body, title, owner, ...on(effectiveOn) });
      await commissioner!.does({ type: 'AgreeAction', ref, ...on(effectiveOn) });
      return (refs[title] = ref);
    };
    const update = (title: string, effectiveOn: string) =>
      lead!.does({ type: 'GiveActionUpdate', ref: refs[title]!, text: 'It goes on.', ...on(effectiveOn) });
    const report = (title: string, effectiveOn: string) =>
      lead!.does({ type: 'ReportActionComplete', ref: refs[title]!, text: 'Done.', ...on(effectiveOn) });
    const eventsOf = async (title: string) =>
      (await historyOf(await ledger.view(), refs[title]!, {})).edges.map(({ node }) => node);
    const eventOf = async (title: string, type: string) => (await eventsOf(title)).find((one) => one.type === type)!.id;
    const correct = async (title: string, type: string, path: string, is: unknown) =>
      officer!.does({ ...{ type: 'Correct', ref: refs[title]!, event: await eventOf(title, type), path, is }, ...why });
    const takeBack = async (title: string, type: string, by: 'Void' | 'Restore' = 'Void') =>
      monitoring!.does({ type: by, ref: refs[title]!, event: await eventOf(title, type), ...why });

    await agreed('went on and was done');
    await update('went on and was done', '2024-03-10');
    await report('went on and was done', '2024-04-10');
    const link = { type: 'LinkRecord', to: 'IAB', as: 'IS_ABOUT', ref: refs['went on and was done']! };
    await officer!.does({ ...link, ...on('2024-04-10') }, 'actions');
    await agreed('done and sent back in a day');
    await update('done and sent back in a day', '2024-03-10');
    await report('done and sent back in a day', '2024-04-01');
    await commissioner!.does({ type: 'ReturnAction', ref: refs['done and sent back in a day']!, ...on('2024-04-01') });
    await agreed('dated anew');
    await update('dated anew', '2024-03-10');
    await correct('dated anew', 'UpdateGiven', 'effectiveOn', '2024-03-15');
    await officer!.does({
      type: 'ReassignAction',
      ref: refs['dated anew']!,
      owner: 'opcc-officer',
      ...on('2024-03-15'),
    });
    const done = await agreed('went on, and done in secret');
    await update('went on, and done in secret', '2024-03-10');
    const inSecret = { ref: done, marking: { ...OFFICIAL_OPEN, sensitive: true } };
    await officer!.does({ type: 'DeferAction', ...inSecret, ...on('2024-03-20') });
    await lead!.does({ type: 'ReportActionComplete', ...inSecret, text: 'Done.', ...on('2024-04-10') });
    await agreed('went on, and linked to a secret mistake');
    await update('went on, and linked to a secret mistake', '2024-03-10');
    const secret = {
      type: 'RaiseAction',
      body: 'CGB',
      title: 'secret',
      owner: 'opcc-officer',
      marking: inSecret.marking,
    };
    refs['secret'] = await officer!.does({ ...secret, ...on('2024-01-02') });
    const linked = { ref: refs['went on, and linked to a secret mistake']!, to: refs['secret'], as: 'IS_ABOUT' };
    await officer!.does({ type: 'LinkRecord', ...linked, ...on('2024-01-03') }, 'actions');
    await takeBack('secret', 'ActionRaised');
    await agreed('raised and agreed in a day', '2024-03-12');
    await agreed('went on and was put off');
    await update('went on and was put off', '2024-03-10');
    await officer!.does({ type: 'DeferAction', ref: refs['went on and was put off']!, ...on('2024-04-01') });

    await agreed('put off and taken up');
    await update('put off and taken up', '2024-01-10');
    const takenUp = { ref: refs['put off and taken up']! };
    await officer!.does({ type: 'ReassignAction', ...takenUp, owner: 'commissioner', ...on('2024-03-10') });
    await officer!.does({ type: 'DeferAction', ...takenUp, ...on('2024-03-20') });
    await commissioner!.does({ type: 'GiveActionUpdate', ...takenUp, text: 'Taken up.', ...on('2024-04-01') });

    for (const title of ['owner corrected', 'raised by mistake', 'back after a mistake']) await agreed(title);
    await agreed('owned by one who never was', '2024-01-02', 'never-was');
    await agreed('of a board that is read since', '2024-01-02', 'force-lead', 'IAB');
    await agreed('said to be owned by one who never was');
    await agreed('not done after all');
    await report('not done after all', '2024-02-01');
    const importing = async (said: Said, stated: string) => {
      const { effectiveOn, ...command } = said;
      const outcome = await ledger.ledger.dispatch.submit({
        register: 'actions',
        command: command,
        envelope: { commandId: crypto.randomUUID(), stated, effectiveOn: effectiveOn as string },
        caller: { post: 'opcc-officer', person: 'p', capacity: 'opcc-officer' },
        importId: 'papers',
      });
      if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome));
      return outcome.ref;
    };
    const raised = { type: 'RaiseAction', body: 'CGB', title: 'imported', owner: 'force-lead' };
    refs['imported'] = await importing({ ...raised, effectiveOn: '2024-01-01' }, '2024-01-01');
    const ofImported = { type: 'ReassignAction', ref: refs['imported'] };
    await importing({ ...ofImported, owner: 'opcc-officer', effectiveOn: '2024-01-10' }, '2024-01-10');

    recorded = (await ledger.view()).basis.recorded;
    ledger.clock.forward(60_000);
    await agreed('learned', '2024-02-10');
    await correct('owner corrected', 'ActionRaised', 'owner', 'opcc-officer');
    await takeBack('raised by mistake', 'ActionRaised');
    await update('back after a mistake', '2024-02-10');
    await takeBack('back after a mistake', 'ActionRaised');
    await takeBack('back after a mistake', 'ActionRaised', 'Restore');
    await takeBack('not done after all', 'ActionReportedComplete');
    await correct('of a board that is read since', 'ActionRaised', 'title', 'Of a board');
    await officer!.does({ type: 'BeginReading', ref: 'PAN', reads: 'IAB', ...since });
    await correct('said to be owned by one who never was', 'ActionRaised', 'owner', 'never-was-either');
    for (const post of ['never-was', 'never-was-either']) {
      const [{ node }] = (await historyOf(await ledger.view(), post, {})).edges as never as [{ node: { id: string } }];
      await monitoring!.does({ type: 'Void', ref: post, event: node.id, ...why }, 'directory');
    }
    await takeBack('imported', 'ActionReassigned');
    // Recorded after that, and stated before it.
    await importing({ ...ofImported, owner: 'commissioner', effectiveOn: '2024-01-05' }, '2024-01-25');
  });
  afterAll(() => ledger.remove());

  /** The kinds of the lines in which each is, and whether its rows told them. The lines are those of walking all. */
  const moved = async (
    by: ActionGrouping,
    before: AsOf,
    after: AsOf,
    { bodies = {}, filter = {}, reader = FULL }: Asked = {},
  ) => {
    const all = await openEnds((asOf) => ledger.view(asOf, reader), before, after);
    const ends = await endsOver(all, (view) => viewOver(view, bodies));
    const grouping = actionsCompared.by[by];
    const { column: _, ...walkedAlone } = grouping;
    const walking = { ...actionsCompared, by: { ...actionsCompared.by, [by]: walkedAlone } };
    const lines = await linesOf(await bridgeIn(ends, actionsCompared, by, filter));
    expect(lines).toEqual(await linesOf(await bridgeIn(ends, walking, by, filter)));
    const titles = new Map(
      (
        await opened(ends.closing).answering.tables().query.selectFrom('records').select(['record', 'ref']).execute()
      ).map(({ record, ref }) => [record, Object.keys(refs).find((title) => refs[title] === ref)!]),
    );
    const each = (await moversIn(ends, actionsCompared, grouping, filter)).flatMap(({ records, cells, walked }) =>
      records.map((record) => [
        titles.get(record)!,
        [...[cells.restated, cells.moved].flatMap((line) => line?.kind ?? []), walked === null ? 'by rows' : 'walked'],
      ]),
    );
    return Object.fromEntries(each) as Record<string, string[]>;
  };

  it('are told by rows of what moved, but for what happened within a day and what was dated anew', async () => {
    expect(await moved('STATUS', DAY, { effective: '2024-05-01' })).toEqual({
      'went on and was done': ['REPORTED', 'by rows'],
      'went on and was put off': ['DEFERRED', 'by rows'],
      'done and sent back in a day': ['SENT_BACK', 'walked'],
      'dated anew': ['PROGRESSED', 'walked'],
      'raised and agreed in a day': ['AGREED', 'walked'],
      'went on, and done in secret': ['REPORTED', 'by rows'],
      'went on, and linked to a secret mistake': ['PROGRESSED', 'walked'],
    });
  });

  it('are told by the rows of what their reader may see, and by no others', async () => {
    expect(await moved('STATUS', DAY, { effective: '2024-05-01' }, { reader: OFFICIAL })).toMatchObject({
      'went on, and done in secret': ['PROGRESSED', 'by rows'],
      'went on, and linked to a secret mistake': ['PROGRESSED', 'by rows'],
    });
  });

  it('are told by rows where of the facts of a day one alone may have turned the column', async () => {
    expect(await moved('OWNER', DAY, { effective: '2024-05-01' })).toMatchObject({
      'raised and agreed in a day': ['RAISED', 'by rows'],
    });
  });

  it('are walked where the rows tell a change from one value to another of the same cell', async () => {
    expect(await moved('PUBLISHED', DAY, { effective: '2024-05-01' })).toMatchObject({
      'went on and was done': ['REPORTED', 'by rows'],
      'went on and was put off': ['PROGRESSED', 'walked'],
    });
  });

  it('are told by rows of what was restated, but for what was void in between', async () => {
    expect(await moved('STATUS', { ...DAY, recorded }, DAY)).toEqual({
      learned: ['LEARNED', 'by rows'],
      'not done after all': ['VOIDED', 'by rows'],
      'raised by mistake': ['VOIDED', 'walked'],
      'back after a mistake': ['RESTORED', 'walked'],
    });
  });

  it('are walked where they name what was recorded by mistake', async () => {
    expect(await moved('OWNER', { ...DAY, recorded, clock: 'PROVEN' }, { ...DAY, clock: 'PROVEN' })).toMatchObject({
      'owner corrected': ['CORRECTED', 'by rows'],
      'owned by one who never was': ['OTHER_RECORD', 'walked'],
      'said to be owned by one who never was': ['OTHER_RECORD', 'walked'],
    });
  });

  it('are walked where what is imported came to be known in another order than it was recorded', async () => {
    const then = { ...DAY, recorded: '2024-01-20T12:00:00.000Z' };
    expect(await moved('OWNER', then, DAY)).toMatchObject({ imported: ['VOIDED', 'walked'] });
  });

  it('are walked where the list is narrowed: who was not in it in between came back into the cell', async () => {
    const until = { effective: '2024-05-01' };
    expect(await moved('OWNER', DAY, until)).toMatchObject({ 'put off and taken up': ['RE_OWNED', 'by rows'] });
    expect(await moved('OWNER', DAY, until, { filter: { status: ['IN_PROGRESS'] } })).toMatchObject({
      'put off and taken up': ['PROGRESSED', 'walked'],
    });
  });

  it('are walked where they were there before, and not in the list', async () => {
    expect(await moved('STATUS', { ...DAY, recorded }, DAY, { bodies: { readBy: 'PAN' } })).toEqual({
      'of a board that is read since': ['CORRECTED', 'walked'],
    });
  });
});
