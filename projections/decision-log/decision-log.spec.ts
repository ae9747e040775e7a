import { OFFICIAL_OPEN } from '../../libs/ledger/index.ts';
import { FULL, ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import { countDecisions, listDecisions, type DecisionFilter } from './queries.ts';

const hidden = { marking: { ...OFFICIAL_OPEN, sensitive: true } };

let ledger: LedgerBeingRead;
let officer: ReturnType<LedgerBeingRead['as']>;
let commissioner: ReturnType<LedgerBeingRead['as']>;
const refs: Record<string, string> = {};

async function ready(title: string, more: object = {}): Promise<string> {
  const ref = await officer.does({ type: 'ProposeDecision', body: 'CGB', maker: 'COMMISSIONER', title, ...more });
  await officer.does({ type: 'DraftDecision', ref, recommendation: 'Do it.' });
  await officer.does({ type: 'AdviseOnDecision', ref, adviceOn: 'FINANCE', applies: false });
  return (refs[title] = ref);
}

const found = async (filter: DecisionFilter, reader = FULL, effective?: string) => {
  const view = await ledger.view(effective === undefined ? {} : { effective }, reader);
  const { edges, totalCount } = await listDecisions(view, filter, {});
  expect(totalCount).toBe(edges.length);
  return edges.map(({ node }) => Object.keys(refs).find((title) => refs[title] === node.ref)!).sort();
};

beforeAll(async () => {
  ledger = await ledgerBeingRead({ at: '2024-01-10T12:00:00.000Z' });
  officer = ledger.as('opcc-officer');
  commissioner = ledger.as('commissioner');
  await officer.does({ type: 'AddBody', as: 'CGB', name: 'Board' });
  const meeting = await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on: '2024-01-20' });
  await ready('planned for a day', { due: { on: '2024-01-15' } });
  await ready('planned for a meeting', { due: { meeting } });
  await ready('planned for no day', { due: { phrase: 'later' } });
  const made = await ready('made', { due: { on: '2024-01-15' } });
  await commissioner.does({ type: 'MakeDecision', ref: made, decided: 'Subject to satisfied queries.' });
  await commissioner.does({ type: 'SetDecisionCondition', ref: made, subjectTo: 'Queries.', targetOn: '2024-02-01' });
  const logged = await ready('in the log', { due: { on: '2024-01-15' } });
  await commissioner.does({ type: 'MakeDecision', ref: logged, decided: 'Agreed.' });
  await officer.does({ type: 'RecordDecision', ref: logged, publicInterest: true });
  await ready('hidden', { due: { on: '2024-01-15' }, ...hidden });
  ledger.clock.set('2024-03-01T12:00:00.000Z');
});
afterAll(() => ledger.remove());

describe('the log of decisions', () => {
  it('tells which planned decisions never reached it, once their day has passed', async () => {
    expect(await found({ neverRecorded: true }, FULL, '2024-01-15')).toEqual([]);
    expect(await found({ neverRecorded: true }, FULL, '2024-01-16')).toEqual(['hidden', 'made', 'planned for a day']);
    expect(await found({ neverRecorded: true })).toEqual([
      'hidden',
      'made',
      'planned for a day',
      'planned for a meeting',
    ]);
    expect(await found({ neverRecorded: true }, OFFICIAL)).not.toContain('hidden');
  });

  it('tells which conditions are outstanding, and which are past their day', async () => {
    expect(await found({ conditionsOutstanding: true })).toEqual(['made']);
    expect(await found({ conditionsOverdue: true }, FULL, '2024-02-01')).toEqual([]);
    expect(await found({ conditionsOverdue: true }, FULL, '2024-02-02')).toEqual(['made']);
  });

  it('finds what was decided by its words, who made it, and what is of public interest', async () => {
    expect(await found({ text: 'queries' })).toEqual(['made']);
    expect(await found({ madeBy: 'commissioner' })).toEqual(['in the log', 'made']);
    expect(await found({ publicInterest: true })).toEqual(['in the log']);
    expect(await found({ decidedFrom: '2024-01-10', decidedTo: '2024-01-10' })).toEqual(['in the log', 'made']);
    expect(await found({ body: 'NONE' })).toEqual([]);
  });

  it('counts what it lists, for each reader', async () => {
    const counts = async (reader = FULL) =>
      (await countDecisions(await ledger.view({}, reader), 'STATUS', {})).map(({ key, count }) => [key, count]);
    expect(await counts()).toEqual([
      ['ADVISED', 4],
      ['MADE', 1],
      ['RECORDED', 1],
    ]);
    expect(await counts(OFFICIAL)).toEqual([
      ['ADVISED', 3],
      ['MADE', 1],
      ['RECORDED', 1],
    ]);
  });
});
