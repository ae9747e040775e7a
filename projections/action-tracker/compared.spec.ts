import { changedIn, openEnds, type AsOf } from '../../libs/read-models/index.ts';
import { ledgerBeingRead, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import { historyOf } from '../index.ts';
import { actionsCompared } from './compared-queries.ts';
import type { ActionFilter } from './queries.ts';

const why = { reason: 'As the minutes say.' };

/** Of some actions nothing is recorded between the ends, and they are told otherwise all the same: each is found by what it is told by. */
describe('the actions that may be told otherwise', () => {
  let ledger: LedgerBeingRead;
  let recorded: string;
  const refs: Record<string, string> = {};

  beforeAll(async () => {
    ledger = await ledgerBeingRead({ at: '2024-06-01T12:00:00.000Z' });
    const as = (post: string) => ledger.as(post);
    const [officer, commissioner, monitoring] = [as('opcc-officer'), as('commissioner'), as('monitoring-officer')];
    const since = { effectiveOn: '2024-01-01', ...why };
    await officer.does({ type: 'AddBody', as: 'CGB', name: 'Board', ...since });
    const meeting = await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on: '2024-08-01', ...since });
    const opening = async (ref: string) => (await historyOf(await ledger.view(), ref, {})).edges[0]!.node.id;
    const agreed = async (title: string, more: object = {}) => {
      const ref = await officer.does({ type: 'RaiseAction', body: 'CGB', title, ...more, ...since });
      await commissioner.does({ type: 'AgreeAction', ref, ...since });
      return (refs[title] = ref);
    };
    await agreed('falls due', { due: { on: '2024-03-15' } });
    await agreed('due at a meeting', { due: { meeting } });
    const next = await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on: '2024-04-10', ...since });
    await agreed('due at the next meeting', { due: { meeting: next } });
    // By what was corrected since it was first due on a day on which it never was due: it was put off on the day on which it was raised.
    const first = await agreed('was first due', { due: { on: '2024-12-01' } });
    await commissioner.does({ type: 'ExtendActionDueDate', ref: first, due: { on: '2024-12-31' }, ...since });
    await officer.does({
      ...{ type: 'Correct', ref: first, event: await opening(first), path: 'due.on', is: '2024-03-15' },
      ...why,
    });
    await agreed('goes on in another');
    await agreed('the other');
    await agreed('old words');
    const mistaken = [];
    for (const name of ['first-lead', 'second-lead']) {
      const post = await officer.does({ type: 'AddPost', as: name, name, ...since });
      mistaken.push({ type: 'Void', ref: post, event: await opening(post), ...why });
      if (name === 'first-lead') await agreed('passes between mistakes', { owner: post });
      else
        await officer.does({
          ...{ type: 'ReassignAction', ref: refs['passes between mistakes']!, owner: post, effectiveOn: '2024-03-20' },
          ...why,
        });
    }
    for (const voids of mistaken) await monitoring.does(voids, 'directory');
    await agreed('the same', { due: { on: '2024-12-31' } });
    await officer.does({
      ...{ type: 'MergeAction', ref: refs['goes on in another']!, into: refs['the other'], effectiveOn: '2024-02-01' },
      ...why,
    });
    refs['later'] = await officer.does({
      type: 'RaiseAction',
      body: 'CGB',
      title: 'later',
      effectiveOn: '2024-03-20',
      ...why,
    });
    await officer.does({ type: 'PostponeMeeting', ref: meeting, to: '2024-09-01', effectiveOn: '2024-04-01', ...why });
    recorded = (await ledger.view()).basis.recorded;
    ledger.clock.forward(60_000);
    await monitoring.does({
      ...{ type: 'Void', ref: refs['the other']!, event: await opening(refs['the other']!), ...why },
    });
    const words = { ref: refs['old words']!, event: await opening(refs['old words']!) };
    await officer.does({ type: 'Correct', ...words, path: 'title', is: 'new words', ...why });
  });
  afterAll(() => ledger.remove());

  const changed = async (before: AsOf, after: AsOf, filter: ActionFilter = {}) => {
    const ends = await openEnds((asOf) => ledger.view(asOf), before, after);
    const titleOf = (ref: string) => Object.keys(refs).find((title) => refs[title] === ref)!;
    return Object.fromEntries(
      (await changedIn(ends, actionsCompared, filter).all()).map(({ comparison: { ref, restated, moved } }) => [
        titleOf(ref),
        [restated, moved].map((step) => (step === null ? null : [step.change, ...step.kinds])),
      ]),
    );
  };

  it('are those that the day alone decides, those of which something took effect, and those that name what changed', async () => {
    expect(await changed({ effective: '2024-03-01' }, { effective: '2024-04-30' })).toEqual({
      'falls due': [null, ['CHANGED', 'DAY']],
      'due at a meeting': [null, ['CHANGED', 'OTHER_RECORD']],
      'due at the next meeting': [null, ['CHANGED', 'DAY']],
      'was first due': [null, ['CHANGED', 'DAY']],
      later: [null, ['ENTERED', 'RAISED']],
    });
  });

  it('are those that link to what turned out to be a mistake, and those that were corrected', async () => {
    const day = { effective: '2024-03-01' };
    expect(await changed({ ...day, recorded }, day)).toEqual({
      'goes on in another': [['CHANGED', 'OTHER_RECORD'], null],
      'the other': [['LEFT', 'VOIDED'], null],
      'old words': [['CHANGED', 'CORRECTED'], null],
    });
  });

  it('are those too that stand in the list at none of the bases, and did in between', async () => {
    const agreed = await changed({ effective: '2023-12-31' }, { effective: '2024-03-01' }, { status: ['AGREED'] });
    expect(agreed['goes on in another']).toEqual([null, ['PASSED_THROUGH', 'RAISED', 'AGREED', 'MERGED']]);
  });

  it('are counted without one that passes from one mistake to another: its rows differ, and the same is told', async () => {
    const ends = await openEnds((asOf) => ledger.view(asOf), { effective: '2024-03-01' }, { effective: '2024-04-30' });
    expect(await changedIn(ends, actionsCompared, {}).count()).toBe(5);
  });

  it('are in the list at a basis where the list itself says so: by the words that they had there', async () => {
    const day = { effective: '2024-03-01' };
    expect(await changed({ ...day, recorded }, day, { text: 'old words' })).toEqual({
      'old words': [['LEFT', 'CORRECTED'], null],
    });
    expect(await changed({ ...day, recorded }, day, { text: 'new words' })).toEqual({
      'old words': [['ENTERED', 'CORRECTED'], null],
    });
  });
});
