import type { LedgerView } from '../../libs/read-models/index.ts';
import {
  ACTION_GROUPINGS,
  countActions,
  findAction,
  historyOf,
  listActions,
  listBodies,
  listContradictions,
  listMeetings,
  listPosts,
  listQuestions,
} from '../../projections/index.ts';
import { FULL, ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../ledger-being-read.ts';

const ACTIONS = 40;
const HIDDEN = { classification: 'OFFICIAL', sensitive: true, session: 'OPEN' } as const;

/** Questions of every kind that is answered in another thread, or may be. */
const QUESTIONS: { readonly [what: string]: (view: LedgerView) => Promise<unknown> } = {
  'a search': (view) => listActions(view, { text: 'paper' }, {}),
  'a list of those in a state': (view) => listActions(view, { status: ['PROPOSED'] }, {}),
  'a list of those of an owner': (view) => listActions(view, { owner: 'force-lead' }, { first: 10 }),
  'a list of all': (view) => listActions(view, {}, {}),
  ...Object.fromEntries(
    ACTION_GROUPINGS.map((by) => [`counts by ${by}`, (view: LedgerView) => countActions(view, by, {})]),
  ),
  contradictions: (view) => listContradictions(view, {}),
  questions: (view) => listQuestions(view, {}),
  meetings: (view) => listMeetings(view, {}, {}),
  'the directory': async (view) => [await listBodies(view), await listPosts(view)],
  'a record with its history': async (view) => {
    const [first] = (await listActions(view, {}, { first: 1 })).edges;
    const ref = first?.node.ref ?? '';
    return [await findAction(view, ref), await historyOf(view, ref, {}), await view.text(first?.node.state.title)];
  },
};
const answersOf = async (view: LedgerView) =>
  Object.fromEntries(
    await Promise.all(Object.entries(QUESTIONS).map(async ([what, ask]) => [what, await ask(view)] as const)),
  );

describe('what is read while the ledger changes', () => {
  let ledger: LedgerBeingRead;
  let officer: ReturnType<LedgerBeingRead['as']>;
  const refs: string[] = [];

  beforeEach(async () => {
    refs.splice(0);
    ledger = await ledgerBeingRead({ at: '2023-10-09T11:00:00.000Z' });
    officer = ledger.as('opcc-officer');
    await officer.does({ type: 'AddBody', as: 'CGB', name: 'Board' });
    const meeting = await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on: '2023-10-09' });
    for (let n = 0; n < ACTIONS; n += 1)
      refs.push(
        await officer.does({
          type: 'RaiseAction',
          meeting,
          title: `Write paper ${n}`,
          owner: 'force-lead',
          ...(n % 4 === 0 ? { marking: HIDDEN } : {}),
        }),
      );
    const source = { document: 'D' };
    await officer.does({ type: 'RecordOtherwiseStated', ref: refs[1]!, path: 'owner', says: 'estates-lead', source });
    await ledger.caughtUp();
  });
  afterEach(() => ledger.remove());

  /** Supersedes what was read of many records. */
  const agreeAll = async () => {
    ledger.clock.forward(60_000);
    for (const ref of refs) await ledger.as('commissioner').does({ type: 'AgreeAction', ref });
    await ledger.caughtUp();
  };

  it.each([
    ['in another thread', true],
    ['in this one', false],
  ])('is read as at its basis also once that was superseded, %s', async (_, apart) => {
    for (const reader of [FULL, OFFICIAL]) {
      const before = await answersOf(await ledger.models.openView({}, reader, { apart }));
      const late = await ledger.models.openView({}, reader, { apart });
      if (reader === FULL) await agreeAll();
      else await ledger.as('force-lead').does({ type: 'GiveActionUpdate', ref: refs[2]!, text: 'Begun.' });
      await ledger.caughtUp();
      expect(await answersOf(late)).toEqual(before);
    }
  });

  it('is read alike in another thread and in this one', async () => {
    await agreeAll();
    for (const reader of [FULL, OFFICIAL])
      for (const asOf of [{}, { recorded: '2023-10-09T11:00:30.000Z' }, { effective: '2023-10-08' }])
        expect(await answersOf(await ledger.models.openView(asOf, reader, { apart: true }))).toEqual(
          await answersOf(await ledger.models.openView(asOf, reader, { apart: false })),
        );
  });

  it('is read of one world while tables are built anew and put in place, and none of it is lost', async () => {
    const view = await ledger.models.openView({}, OFFICIAL, { apart: true });
    const before = await answersOf(view);
    let rebuilding = true;
    const rebuilt = (async () => {
      for (let round = 0; round < 5; round += 1) await ledger.models.rebuild();
    })().finally(() => (rebuilding = false));
    let rounds = 0;
    while (rebuilding) {
      const [again, anew] = await Promise.all([
        answersOf(view),
        ledger.models.openView({}, OFFICIAL, { apart: true }).then(answersOf),
      ]);
      expect([again, anew]).toEqual([before, before]);
      rounds += 1;
    }
    await rebuilt;
    expect(rounds).toBeGreaterThan(1);
    expect(await ledger.models.compare()).toMatchObject({ equal: true });
    await agreeAll();
    expect((await listActions(await ledger.view(), { status: ['AGREED'] }, {})).totalCount).toBe(ACTIONS);
  });

  it('is read with its words or without them while they are erased, and without them afterwards', async () => {
    const view = await ledger.models.openView({}, FULL, { apart: true });
    const { edges } = await listActions(view, {}, { first: 500 });
    const titles = edges.map(({ node }) => node.state.title!);
    const during = Promise.all([
      ...titles.map((title) => view.text(title)),
      ...titles.map(async (_, n) => (await listActions(view, { text: `paper ${n}` }, {})).totalCount),
    ]);
    ledger.models.eraseTexts(titles);
    for (const found of await during)
      if (typeof found === 'string') expect(found).toMatch(/^Write paper/);
      else expect([null, 0, 1, 11]).toContain(found);
    for (const apart of [true, false]) {
      const after = await ledger.models.openView({}, FULL, { apart });
      expect((await listActions(after, { text: 'paper' }, {})).totalCount).toBe(0);
      expect(await Promise.all(titles.map((title) => after.text(title)))).toEqual(titles.map(() => null));
    }
  });
});
