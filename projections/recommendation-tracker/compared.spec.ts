import {
  bridgeIn,
  bridgeOfColours,
  byRulesOfClosing,
  openEnds,
  recordsOfColour,
} from '../../libs/read-models/index.ts';
import type { BASES } from '../../libs/timeline/index.ts';
import { ledgerBeingRead, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import { faultsOfSums, linesOf } from '../../test/property/compared-lists.ts';
import { recommendationColours, recommendationsCompared } from './compared-queries.ts';

const why = { reason: 'As the board said.' };
const CASES = [
  { label: 'Complete', colour: 'GREEN', standing: 'CLOSED' },
  { label: 'Outstanding past its target', colour: 'RED', standing: 'OPEN', pastCurrent: true },
  { label: 'Outstanding', colour: 'AMBER', standing: 'OPEN' },
];

/**
 * From 1 February to 1 June: one falls due on 1 March, one is closed on 10 March, one is not due before July, and of one it was learned later that it had been made
 * in January. From 1 May the rule calls yellow what it called amber.
 */
describe('the colours of recommendations, compared', () => {
  let ledger: LedgerBeingRead;
  let recorded: string;
  const refs: Record<string, string> = {};

  beforeAll(async () => {
    ledger = await ledgerBeingRead({ at: '2024-01-10T12:00:00.000Z' });
    const as = (post: string) => ledger.as(post);
    const [officer, monitoring, lead, commissioner] = [
      as('opcc-officer'),
      as('monitoring-officer'),
      as('force-lead'),
      as('commissioner'),
    ];
    const since = { effectiveOn: '2024-01-01', ...why };
    await officer.does({ type: 'AddBody', as: 'CGB', name: 'Board', ...since });
    await officer.does({ type: 'AddBody', as: 'HMI', name: 'Inspectorate', ...since });
    await monitoring.does({ type: 'AddRule', kind: 'RAG', body: 'CGB', title: 'Colours', as: 'rag', ...since });
    await monitoring.does({ type: 'SetRagRule', ref: 'CGB-rag', cases: CASES, ...since });
    const made = async (title: string, due: string) => {
      const one = { type: 'MakeRecommendation', body: 'CGB', originator: 'HMI', kind: 'RECOMMENDATION', title };
      const more = { owner: 'force-lead', due: { on: due }, effectiveOn: '2024-01-05', ...why };
      refs[title] = await officer.does({ ...one, ...more });
    };
    await made('late', '2024-03-01');
    await made('closed', '2024-03-31');
    await made('in hand', '2024-07-31');
    recorded = (await ledger.view()).basis.recorded;
    ledger.clock.set('2024-06-01T12:00:00.000Z');
    await made('learned', '2024-02-10');
    await lead.does({
      ...{ type: 'SayOwnerWord', ref: refs['closed']!, word: 'DONE', effectiveOn: '2024-03-09', ...why },
    });
    await commissioner.does({
      ...{ type: 'SayOfficeWord', ref: refs['closed']!, word: 'DONE', effectiveOn: '2024-03-10', ...why },
    });
    const yellow = CASES.map((one) => (one.colour === 'AMBER' ? { ...one, colour: 'YELLOW' } : one));
    await monitoring.does({ type: 'SetRagRule', ref: 'CGB-rag', cases: yellow, effectiveOn: '2024-05-01', ...why });
  });
  afterAll(() => ledger.remove());

  const ends = () =>
    openEnds((asOf) => ledger.view(asOf), { effective: '2024-02-01', recorded }, { effective: '2024-06-01' });

  it('came by what was learned, by what was done, by the day itself, and by the rule: each in a line of its own', async () => {
    const at = await ends();
    const bridge = await bridgeOfColours(
      at,
      recommendationsCompared,
      recommendationColours(at, 'CGB-rag', undefined),
      {},
    );
    expect(await linesOf(bridge)).toEqual([
      ['RESTATED', 'LEARNED', undefined, 'AMBER', [refs['learned']]],
      ['MOVED', 'CLOSED', 'AMBER', 'GREEN', [refs['closed']]],
      ['MOVED', 'DAY', 'AMBER', 'RED', [refs['late'], refs['learned']]],
      ['MOVED', 'RE_BANDED', 'AMBER', 'YELLOW', [refs['in hand']]],
    ]);
    expect(bridge.cells.map(({ key, told, knownNow, closing }) => [key, told, knownNow, closing])).toEqual([
      ['RED', 0, 0, 2],
      ['AMBER', 3, 4, 0],
      ['YELLOW', 0, 0, 1],
      ['GREEN', 0, 0, 1],
    ]);
    expect(faultsOfSums(bridge)).toEqual([]);
  });

  it('stand in the cell of their colour at each basis, alone and of each group', async () => {
    const at = await ends();
    const inCell = async (key: string | null, basis: (typeof BASES)[number], by?: 'OWNER') => {
      const table = recommendationColours(at, 'CGB-rag', by);
      const { edges } = await recordsOfColour(at[basis], table, { key, filter: {} }, { first: 10 });
      return edges.map(({ node }) => Object.keys(refs).find((title) => refs[title] === node.ref)).toSorted();
    };
    expect(await inCell('AMBER', 'told')).toEqual(['closed', 'in hand', 'late']);
    expect(await inCell('AMBER', 'knownNow')).toEqual(['closed', 'in hand', 'late', 'learned']);
    expect(await inCell('AMBER', 'closing')).toEqual([]);
    expect(await inCell('RED', 'closing')).toEqual(['late', 'learned']);
    expect(await inCell(null, 'closing')).toEqual([]);
    expect(await inCell('RED force-lead', 'closing', 'OWNER')).toEqual(['late', 'learned']);
    expect(await inCell('RED commissioner', 'closing', 'OWNER')).toEqual([]);
    const none = recommendationColours(at, 'CGB-nothing', undefined);
    const without = async (key: string | null) =>
      (await recordsOfColour(at.closing, none, { key, filter: {} }, { first: 10 })).totalCount;
    expect([await without('RED'), await without(null)]).toEqual([0, 4]);
  });

  it('are all by the version in force at closing where that is asked for', async () => {
    const at = byRulesOfClosing(await ends());
    const bridge = await bridgeOfColours(
      at,
      recommendationsCompared,
      recommendationColours(at, 'CGB-rag', undefined),
      {},
    );
    expect(bridge.lines.filter(({ kind }) => kind === 'RE_BANDED')).toEqual([]);
    expect(bridge.cells.find(({ key }) => key === 'YELLOW')).toMatchObject({ told: 3, knownNow: 4, closing: 1 });
    expect(faultsOfSums(bridge)).toEqual([]);
  });

  it('are told beside the groups that are asked for', async () => {
    const at = await ends();
    const bridge = await bridgeOfColours(
      at,
      recommendationsCompared,
      recommendationColours(at, 'CGB-rag', 'OWNER'),
      {},
    );
    expect(bridge.cells.map(({ key, label, closing }) => [key, label, closing])).toEqual([
      ['RED force-lead', 'force-lead, red', 2],
      ['AMBER force-lead', 'force-lead, amber', 0],
      ['YELLOW force-lead', 'force-lead, yellow', 1],
      ['GREEN force-lead', 'force-lead, green', 1],
    ]);
    expect(faultsOfSums(bridge)).toEqual([]);
  });

  it('are closed by the words of the route, in the list by status', async () => {
    const bridge = await bridgeIn(await ends(), recommendationsCompared, 'STATUS', {});
    expect(await linesOf(bridge)).toEqual([
      ['RESTATED', 'LEARNED', undefined, 'ALLOCATED', [refs['learned']]],
      ['MOVED', 'CLOSED', 'ALLOCATED', 'CLOSED', [refs['closed']]],
    ]);
  });
});
