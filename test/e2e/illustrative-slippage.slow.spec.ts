import { standingClock } from '../ledger-in-a-folder.ts';
import type { Client, Json } from './client.ts';
import { AFTERWARDS, loadRows, READY_WITHIN_MS } from './illustrative-panel.ts';
import { becomesReady, newPlace, serveLedger, type ServedLedger } from './served-ledger.ts';

/*
 * What slipped of what the illustrative panel follows up. What is expected was worked out by hand from the rows of `recommendation-facts.csv` and `recommendations.csv`, and from nothing
 * that the ledger answers:
 *
 * | Audit | Recommendation | Lead | First due | Granted on | Put off to | Days |
 * |---|---|---|---|---|---|---|
 * | A1 | A1-6 | fen-head-of-estates-and-fleet | 2024-07-31 | 2024-07-22 | 2024-10-09 | 70 |
 * | A3 | A3-7 | fen-head-of-procurement | 2024-09-30 | 2024-09-23 | 2024-12-17 | 78 |
 * | A4 | A4-5 | fen-head-of-digital | 2024-12-31 | 2024-12-23 | 2025-03-17 | 76 |
 * | | again | | | 2025-03-31, recorded on 1 April: after 17 March | 2025-06-16 | 91 |
 * | A5 | A5-5 | fen-head-of-commissioning | 2025-03-31 | 2025-03-24 | 2025-06-16 | 77 |
 * | A5 | A5-11 | fen-chief-finance-officer | 2025-03-31 | 2025-03-24 | 2025-06-16 | 77 |
 * | A6 | A6-2 | fen-head-of-digital | 2025-03-31 | 2025-03-24 | 2025-06-09 | 70 |
 * | A9 | A9-4 | fen-head-of-digital | 2025-05-30 | 2025-05-21 | 2025-08-18 | 80 |
 *
 * Two that were asked for were refused (A1-12, A5-13), and one is not decided (the second of A5-11): none of these moved anything.
 */
describe('what slipped of what the illustrative panel follows up', () => {
  let served: ServedLedger;
  let officer: Client;

  beforeAll(async () => {
    const place = await newPlace('sqlite');
    expect(await loadRows(place)).toMatchObject({ outcome: 'passed' });
    served = await serveLedger({ store: 'sqlite', place, clock: standingClock(AFTERWARDS) });
    await becomesReady(served.url, READY_WITHIN_MS);
    officer = await served.as('opcc-officer');
  }, 600_000);
  afterAll(() => served?.remove());

  const OF = 'filter: { illustrative: true, register: "recommendations" }';
  const counted = async (by: string, fields = 'count moves late totalDays'): Promise<readonly Json[]> => {
    const { ledger } = await officer.runs(`{ ledger { slippageCounts(by: ${by}, ${OF}) { key label ${fields} } } }`);
    return ledger.slippageCounts;
  };

  it('is by audit what the table says', async () => {
    const found = await counted('PUBLICATION');
    const { ledger } = await officer.runs(
      `{ ledger { slippage(${OF}) { edges { node { publication totalDays moveCount } } } } }`,
    );
    expect(ledger.slippage.edges).toHaveLength(7);
    expect(found.map(({ count, moves, late, totalDays }) => [count, moves, late, totalDays])).toEqual([
      [1, 1, 0, 70],
      [1, 1, 0, 78],
      [1, 2, 1, 167],
      [2, 2, 0, 154],
      [1, 1, 0, 70],
      [1, 1, 0, 80],
    ]);
    expect(found.every(({ key }) => key !== null)).toBe(true);
  });

  it('is by owner what the table says', async () => {
    const found = await counted('OWNER');
    expect(found.map(({ key, count, moves, late, totalDays }) => [key, count, moves, late, totalDays])).toEqual([
      ['fen-chief-finance-officer', 1, 1, 0, 77],
      ['fen-head-of-commissioning', 1, 1, 0, 77],
      ['fen-head-of-digital', 3, 4, 1, 317],
      ['fen-head-of-estates-and-fleet', 1, 1, 0, 70],
      ['fen-head-of-procurement', 1, 1, 0, 78],
    ]);
  });

  it('is by month of the first date what the table says', async () => {
    const found = await counted('MONTH');
    expect(found.map(({ key, count, totalDays }) => [key, count, totalDays])).toEqual([
      ['2024-07', 1, 70],
      ['2024-09', 1, 78],
      ['2024-12', 1, 167],
      ['2025-03', 3, 224],
      ['2025-05', 1, 80],
    ]);
  });

  it('has as recorded by the end of March 2025 one move fewer, as the second extension of one was entered the day after', async () => {
    const { ledger } = await officer.runs(
      `query ($asOf: AsOf) { ledger(asOf: $asOf) { slippage(${OF}) { edges { node { original current moveCount } } } } }`,
      { asOf: { effective: '2025-03-31', recorded: '2025-03-31T21:59:59.000Z' } },
    );
    const one = ledger.slippage.edges
      .map(({ node }: Json) => node)
      .find(({ original }: Json) => original === '2024-12-31');
    expect(one).toEqual({ original: '2024-12-31', current: '2025-03-17', moveCount: 1 });
  });

  /*
   * Of the risks: thirteen rows of moveRiskControl, of twelve controls or fewer, as two were moved twice (kiosks, exchange). Of the actions: one was put off to the panel of January 2025, and the panel
   * of 24 June 2025 moved to 15 July.
   */
  it('has the eleven controls that were moved, two of them twice, and what moved with the panel of June 2025', async () => {
    const { ledger } = await officer.runs(`{ ledger {
      slippageCounts(by: REGISTER, filter: { illustrative: true }) { key count extended movedWithMeeting }
      slippage(filter: { illustrative: true, kind: MOVED_WITH_MEETING }) { edges { node { moves { kind from to days fact { record type reason } } } } } } }`);
    const risks = ledger.slippageCounts.find(({ key }: Json) => key === 'risks');
    expect(risks).toEqual({ key: 'risks', count: 11, extended: 13, movedWithMeeting: 0 });
    for (const { node } of ledger.slippage.edges)
      expect(node.moves).toContainEqual({
        ...{ kind: 'MOVED_WITH_MEETING', from: '2025-06-24', to: '2025-07-15', days: 21 },
        fact: {
          record: 'FENPANEL-2025-06-24',
          type: 'MeetingPostponed',
          reason: 'The accounts are not ready for audit.',
        },
      });
    expect(ledger.slippage.edges.length).toBeGreaterThan(0);
  });
});
