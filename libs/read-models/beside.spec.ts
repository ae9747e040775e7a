import { PUBLIC, type Reader } from '../access/index.ts';
import { addDays, earlier, instantOf } from '../ledger/index.ts';
import { countActions, listActions } from '../../projections/index.ts';
import { FULL, ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import { viewBeside, type AsOf, type LedgerView } from './index.ts';

let ledger: LedgerBeingRead;
let officer: ReturnType<LedgerBeingRead['as']>;
const FIRST = '2023-06-20';
const DAYS = Array.from({ length: 7 }, (_, day) => addDays(FIRST, day));

/** One action a day, each recorded late at night in London, agreed a day late, one in two of them hidden; published one day after. */
beforeAll(async () => {
  ledger = await ledgerBeingRead({ at: `${FIRST}T12:00:00.000Z` });
  officer = ledger.as('opcc-officer');
  await officer.does({ type: 'AddBody', as: 'CGB', name: 'Board' });
  for (const [index, day] of DAYS.entries()) {
    // 22:59:59 UTC is the last second of that day in London, in British Summer Time.
    ledger.clock.set(`${day}T22:59:59.000Z`);
    const marking = { classification: 'OFFICIAL', sensitive: index % 2 === 1, session: 'OPEN' } as const;
    const ref = await officer.does({ type: 'RaiseAction', body: 'CGB', title: `Of day ${index}`, marking });
    ledger.clock.set(`${addDays(day, 1)}T09:00:00.000Z`);
    await ledger.as('commissioner').does({ type: 'AgreeAction', ref, effectiveOn: day, reason: 'Late.' });
    if (index % 2 === 0) await ledger.as('monitoring-officer').does({ type: 'Publish', ref });
  }
});
afterAll(() => ledger.remove());

const answerOf = async (view: LedgerView) => ({
  counts: (await countActions(view, 'STATUS', {})).map(({ key, count }) => [key, count]),
  refs: (await listActions(view, {}, {})).edges.map(({ node }) => [node.ref, node.state.status]),
});

describe('a view beside another', () => {
  it.each<[string, Reader]>([
    ['whoever may see everything', FULL],
    ['a reader from whom much is hidden', OFFICIAL],
    ['the public', PUBLIC],
  ])('answers %s what a view opened at that basis answers, from every basis', async (_, reader) => {
    let unlike = 0;
    for (const clock of ['STATED', 'PROVEN'] as const)
      for (const recorded of [undefined, '2023-06-23T12:00:00.000Z']) {
        const asOf: AsOf = { clock, ...(recorded === undefined ? {} : { recorded }) };
        const view = await ledger.view(asOf, reader);
        for (const effective of [DAYS[2]!, DAYS[6]!])
          for (const knownBy of [undefined, DAYS[0]!, DAYS[3]!]) {
            const beside = await viewBeside(view, { effective, ...(knownBy === undefined ? {} : { knownBy }) });
            const upTo = knownBy === undefined ? view.basis.recorded : `${knownBy}T22:59:59.999Z`;
            const opened = await ledger.view(
              { clock, effective, recorded: earlier(upTo, view.basis.recorded) },
              reader,
            );
            const { position: _pinned, settled: _settled, ...basis } = opened.basis;
            expect(beside.basis).toMatchObject(basis);
            const answer = await answerOf(beside);
            expect([basis, answer]).toEqual([basis, await answerOf(opened)]);
            if (JSON.stringify(answer) !== JSON.stringify(await answerOf(view))) unlike += 1;
          }
      }
    // Control: the bases tell different things.
    expect(unlike).toBeGreaterThan(10);
  });

  it('counts what was recorded in the last second of the day in London, and nothing of the next', async () => {
    const view = await ledger.view();
    const known = async (knownBy: string) =>
      (await listActions(await viewBeside(view, { effective: '2023-06-26', knownBy }), {}, {})).totalCount;
    expect([await known('2023-06-19'), await known('2023-06-20'), await known('2023-06-21')]).toEqual([0, 1, 2]);
  });

  it('never knows more than the view beside which it stands, whatever is written meanwhile', async () => {
    const view = await ledger.view();
    const before = await answerOf(view);
    ledger.clock.set('2023-06-27T12:00:00.000Z');
    await officer.does({ type: 'RaiseAction', body: 'CGB', title: 'Meanwhile', effectiveOn: '2023-06-26' });
    await ledger.caughtUp();
    const { effective } = view.basis;
    expect(await answerOf(await viewBeside(view, { effective }))).toEqual(before);
    expect(await answerOf(await viewBeside(view, { effective, knownBy: '2023-07-30' }))).toEqual(before);
    // Control: a view that is opened now knows it.
    expect((await listActions(await ledger.view({ effective }), {}, {})).totalCount).toBe(before.refs.length + 1);
    expect((await ledger.view()).basis.recorded).toBe(instantOf(Date.parse('2023-06-27T12:00:00.000Z')));
  });

  it('is opened once, however often it is asked for, and asks nothing twice', async () => {
    const view = await ledger.view();
    const where = { effective: '2023-06-22', knownBy: '2023-06-22' };
    const [one, other] = await Promise.all([viewBeside(view, where), viewBeside(view, { ...where })]);
    expect(one).toBe(other);
    await answerOf(one);
    const asked = ledger.models.questions;
    await viewBeside(view, where);
    expect(ledger.models.questions).toBe(asked);
  });
});
