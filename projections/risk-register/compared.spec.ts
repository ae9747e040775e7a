import { bridgeIn, byRulesOfClosing, changedIn, openEnds } from '../../libs/read-models/index.ts';
import { ledgerBeingRead, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import { faultsOfSums, linesOf } from '../../test/property/compared-lists.ts';
import { risksCompared } from './compared-queries.ts';

const why = { reason: 'As the board said.' };
const steps = Array.from({ length: 4 }, (_, index) => ({ score: index + 1 }));

/** A scale whose bands change on 1 April, and three risks: one that is scored anew in May, one that is never, and one that is closed. */
describe('the bands of risks, compared over a change of their scale', () => {
  let ledger: LedgerBeingRead;
  const refs: Record<string, string> = {};

  beforeAll(async () => {
    ledger = await ledgerBeingRead({ at: '2024-01-10T12:00:00.000Z' });
    const [officer, monitoring, lead] = ['opcc-officer', 'monitoring-officer', 'force-lead'].map((post) =>
      ledger.as(post as 'opcc-officer'),
    );
    const since = { effectiveOn: '2024-01-01', ...why };
    await officer!.does({ type: 'AddBody', as: 'CGB', name: 'Board', ...since });
    await monitoring!.does({
      ...{ type: 'AddRule', kind: 'SCORE_SCALE', body: 'CGB', title: 'Scores', as: 'scores', ...since },
    });
    const set = (effectiveOn: string, high: number) =>
      monitoring!.does({
        ...{ type: 'SetScoreScale', ref: 'CGB-scores', likelihoods: steps, impacts: steps, effectiveOn, ...why },
        bands: [
          { band: 'High', least: high, most: 16, reviewMonths: 1 },
          { band: 'Low', least: 1, most: high - 1, reviewMonths: 3 },
        ],
      });
    await set('2024-01-01', 9);
    for (const title of ['scored anew', 'scored once', 'never scored']) {
      const risk = { type: 'ProposeRisk', body: 'CGB', register: 'OPCC', kind: 'THREAT', owner: 'force-lead' };
      refs[title] = await officer!.does({ ...risk, title, effectiveOn: '2024-01-05', ...why });
      await officer!.does({ type: 'RegisterRisk', ref: refs[title], effectiveOn: '2024-01-05', ...why });
    }
    const scored = (title: string, likelihood: number, impact: number, effectiveOn: string) =>
      lead!.does({
        ...{ type: 'ScoreRisk', ref: refs[title]!, of: 'CURRENT', rule: 'CGB-scores', likelihood, impact },
        ...{ effectiveOn, ...why },
      });
    await scored('scored anew', 2, 2, '2024-01-06');
    await scored('scored once', 2, 4, '2024-01-06');
    ledger.clock.set('2024-06-30T12:00:00.000Z');
    await set('2024-04-01', 8);
    await scored('scored anew', 4, 4, '2024-05-01');
  });
  afterAll(() => ledger.remove());

  const ends = async () =>
    openEnds((asOf) => ledger.view(asOf), { effective: '2024-02-01' }, { effective: '2024-06-01' });

  it('are re-banded by the rule where the scale changed, in a line of its own, and moved where the risk was scored', async () => {
    const bridge = await bridgeIn(await ends(), risksCompared, 'BAND', {});
    expect(await linesOf(bridge)).toEqual([
      ['MOVED', 'RE_SCORED', 'Low', 'High', [refs['scored anew']]],
      ['MOVED', 'RE_BANDED', 'Low', 'High', [refs['scored once']]],
    ]);
    expect(bridge.cells.map(({ key, told, closing }) => [key, told, closing])).toEqual([
      ['High', 0, 2],
      ['Low', 2, 0],
      [null, 1, 1],
    ]);
    expect(faultsOfSums(bridge)).toEqual([]);
  });

  it('are all by the version in force at closing where that is asked for: only the risk moves then', async () => {
    const bridge = await bridgeIn(byRulesOfClosing(await ends()), risksCompared, 'BAND', {});
    expect(await linesOf(bridge)).toEqual([['MOVED', 'RE_SCORED', 'Low', 'High', [refs['scored anew']]]]);
    expect(bridge.cells.map(({ key, told, closing }) => [key, told, closing])).toEqual([
      ['High', 1, 2],
      ['Low', 1, 0],
      [null, 1, 1],
    ]);
    expect(faultsOfSums(bridge)).toEqual([]);
    const kinds = (await changedIn(byRulesOfClosing(await ends()), risksCompared, {}).all()).flatMap(
      ({ comparison: { moved } }) => moved?.kinds ?? [],
    );
    expect(kinds).toContain('RE_SCORED');
    expect(kinds).not.toContain('RE_BANDED');
  });

  it('change what a filter by band lets through, though nothing was recorded of the risk', async () => {
    const found = await changedIn(await ends(), risksCompared, { band: ['High'] }).all();
    expect(found.map(({ comparison: { ref, moved } }) => [ref, moved?.change]).toSorted()).toEqual(
      [
        [refs['scored anew'], 'ENTERED'],
        [refs['scored once'], 'ENTERED'],
      ].toSorted(),
    );
  });
});
