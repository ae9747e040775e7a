import { show } from '../../../../libs/declarations/index.ts';
import type { Basis } from '../../../../libs/read-models/index.ts';
import type { RiskMoved, RiskScore } from '../../../../libs/registers/risks/index.ts';
import { addressOf } from '../frame/dates.ts';
import { linesOf, type Drawing } from '../../../../libs/wording/index.ts';
import type { Visit } from '../frame/visits.ts';
import {
  forecastRow,
  listIn,
  presentPanelRisks,
  rowOf,
  type ListDrawn,
  type PanelRisksContext,
} from './present-panel-risks.ts';

const drawing: Drawing = {
  isIllustrative: () => Promise.resolve(false),
  text: ({ part }) => Promise.resolve(`The ${part}.`),
  form: () => Promise.resolve(null),
  named: (ref) => Promise.resolve({ text: ref, href: `/x/${ref}` }),
  holders: () => Promise.resolve([]),
  status: (status) => status,
};
const drawn = async (cells: readonly Parameters<typeof linesOf>[0][]) =>
  Promise.all(
    cells.map(async (cell) =>
      (await linesOf(cell, drawing)).map((line) => line.map(({ text }) => text).join('')).join(' | '),
    ),
  );
const did = { event: 'e', effectiveOn: '2024-04-10', by: 'force-lead' } as NonNullable<RiskMoved['did']>;
const score = (likelihood: number, impact: number, more: Partial<RiskScore> = {}): RiskScore => ({
  ...did,
  of: 'CURRENT',
  version: '1',
  likelihood,
  impact,
  ...more,
});
const moved = (more: Partial<RiskMoved>): RiskMoved => ({
  ...{ kind: 'NEW', step: 'MOVED', restatement: null, stands: true, cause: 'EVENT', on: '2024-04-10' },
  ...{ event: 'e', amendment: null, did, why: { event: 'e', part: 'text/reason' } },
  ...more,
});
const row = (more: Partial<RiskMoved>) => drawn(rowOf('CGB-2024-01-K1', show.said('Radio'), moved(more)));

describe('a row of the risks of a panel', () => {
  it('says who scored it from what to what, and why', async () => {
    expect(await row({ kind: 'SCORE_FELL', score: score(2, 4), scoreBefore: score(4, 4) })).toEqual([
      ...['CGB-2024-01-K1 | Radio', '10 April 2024', 'From 16 (4 × 4) to 8 (2 × 4)', 'force-lead'],
      '“The text/reason.”',
    ]);
    expect((await row({ kind: 'FIRST_SCORED', score: score(2, 4) }))[2]).toBe('8 (2 × 4)');
    const target = score(1, 4, { targetOn: '2024-06-30' });
    expect((await row({ kind: 'TARGET_SET', score: target }))[2]).toBe('4 (1 × 4), by 30 June 2024');
  });

  it('says how it was restated, and that it is not so where it was taken back', async () => {
    const of = { step: 'RESTATED', restatement: 'VOIDED', stands: false } as const;
    expect((await row(of))[1]).toBe('10 April 2024 | Taken back since | Not so, by what is known now');
  });

  it('says of what the day decides when it was due, and whether it is overdue still', async () => {
    const overdue = { kind: 'REVIEW_MISSED', cause: 'DAY', event: null, did: null } as const;
    const { why: _, ...rest } = moved(overdue);
    const of = (until: string | null) =>
      drawn(rowOf('CGB-2024-01-K1', null, { ...rest, overdue: { due: '2024-04-09', until } }));
    expect(await of(null)).toEqual([
      ...['CGB-2024-01-K1', '10 April 2024', 'It was due by 9 April 2024 | It is overdue still', '', ''],
    ]);
    expect((await of('2024-05-01'))[2]).toContain('It was overdue until 1 May 2024');
  });

  it('says which band its scale took it from and to, which register, owner, control or risk it is about', async () => {
    const band = (name: string) => ({ version: '2', band: { band: name } }) as NonNullable<RiskMoved['bands']>[0];
    expect((await row({ kind: 'RE_BANDED', bands: [band('Medium'), band('High')], other: 'CGB-scores' }))[2]).toBe(
      'From Medium to High, by CGB-scores',
    );
    expect((await row({ kind: 'ESCALATED', registers: ['FORCE', 'JOINT'] }))[2]).toBe('From Force to Joint');
    expect((await row({ kind: 'RE_OWNED', owners: [null, 'force-lead'] }))[2]).toBe(
      'From nobody who is named to force-lead',
    );
    expect((await row({ kind: 'CONTROL_ADDED', measure: { event: 'e', part: 'text/measure' } }))[2]).toBe(
      'The text/measure.',
    );
    expect((await row({ kind: 'MERGED', other: 'CGB-2024-01-K2' }))[2]).toBe('It goes on in CGB-2024-01-K2');
  });

  it('sets what was forecast beside what came', async () => {
    const forecast = {
      target: score(1, 4),
      by: '2024-06-30',
      came: score(2, 4),
      outcome: 'MISSED',
      since: null,
    } as const;
    expect(await drawn(forecastRow('CGB-2024-01-K1', null, forecast))).toEqual([
      ...['CGB-2024-01-K1', '4 (1 × 4) by 30 June 2024', '8 (2 × 4)', 'Missed'],
    ]);
    const reached = { ...forecast, came: null, outcome: 'REACHED', since: '2024-05-01' } as const;
    expect((await drawn(forecastRow('CGB-2024-01-K1', null, reached))).slice(2)).toEqual([
      ...['Unscored', 'Reached, so since 1 May 2024'],
    ]);
  });
});

const basis = (effective: string, recorded: string): Basis => ({
  ...{ effective, recorded, clock: 'STATED', position: 'p1', settled: true, timeZone: 'Europe/London' },
});
const list = (step: 'MOVED' | 'RESTATED', kind: 'NEW' | 'CLOSED', count: number, hasNextPage = false): ListDrawn => ({
  ...{ step, kind, label: kind === 'NEW' ? 'New' : 'Closed', count },
  page: { totalCount: count, edges: [], hasNextPage, endCursor: 'c' },
});
function page(more: Partial<PanelRisksContext> = {}) {
  const link: Visit['link'] = (path, parameters = []) => addressOf(path, { on: '2024-07-01' }, parameters);
  const context: PanelRisksContext = {
    asked: { panel: 'PAN' },
    called: 'Panel',
    reads: [{ text: 'Board' }],
    since: { ref: 'PAN-2024-03-20' },
    until: null,
    held: ['PAN-2024-01-20', 'PAN-2024-03-20'],
    bases: {
      told: basis('2024-03-19', '2024-03-19T23:59:59.999Z'),
      knownNow: basis('2024-03-19', '2024-07-01T09:00:00.000Z'),
      closing: basis('2024-07-01', '2024-07-01T09:00:00.000Z'),
    },
    ...{
      total: 8,
      unchanged: 2,
      lists: [],
      forecasts: [],
      days: [],
      matrix: null,
      scales: [],
      incomplete: 0,
      trail: [],
    },
    ...more,
  };
  return presentPanelRisks(context, {
    link,
    view: { basis: { position: 'p1' } } as Visit['view'],
    dates: { on: '2024-07-01' },
  });
}

describe('the page of the risks of a panel', () => {
  it('names both ends, each with its day and its instant', () => {
    const { told, closing, since, unchanged, ends } = page();
    expect(since).toEqual({ ref: 'PAN-2024-03-20', href: '/meetings/PAN-2024-03-20?on=2024-07-01' });
    expect(told).toMatch(/^how they stood on 19 March 2024, as recorded by 19 March 2024/);
    expect(closing).toContain('1 July 2024');
    expect(unchanged).toBe('Of 8 risks, nothing became of 2.');
    expect(ends.kept).toEqual([{ name: 'on', value: '2024-07-01' }]);
  });

  it('counts what moved apart from what was restated, and leads from each count to its list', () => {
    const { summary, steps } = page({ lists: [list('RESTATED', 'NEW', 1), list('MOVED', 'NEW', 30, true)] });
    expect(summary?.rows).toEqual([
      {
        label: 'New',
        moved: { count: '30', href: '#moved-new' },
        restated: { count: '1', href: '#restated-new' },
      },
    ]);
    expect(steps.map(({ heading, lists }) => [heading, lists.map(({ id }) => id)])).toEqual([
      ['Moved since', ['moved-new']],
      ['Restated since', ['restated-new']],
    ]);
    expect(steps[0]!.lists[0]!.all).toEqual({
      href: '/panels/PAN/risks?step=moved&kind=new&on=2024-07-01',
      text: 'See all 30',
    });
  });

  it('shows one list alone where an address asks it, in pages, and refuses one that there is not', () => {
    const asked = { panel: 'PAN', list: { step: 'MOVED', kind: 'NEW' } } as const;
    const { summary, one, pagination, steps } = page({ asked, lists: [list('MOVED', 'NEW', 300, true)] });
    expect([summary, one?.back, pagination?.previous]).toEqual([null, '/panels/PAN/risks?on=2024-07-01', null]);
    expect(pagination?.next?.href).toContain('after=c');
    expect(steps.map(({ isAsked }) => isAsked)).toEqual([true, false]);
    const of = (address: string) => listIn(new URLSearchParams(address));
    expect([of(''), of('step=moved&kind=new'), of('step=moved'), of('step=moved&kind=nothing')]).toEqual([
      ...[undefined, asked.list, null, null],
    ]);
  });

  it('names the band of each cell in words, and says what went where and what did it', () => {
    const matrix = (count: number, unscored: number) => ({
      ...{ version: '1', isInForce: true, onOtherAxes: 0, onOtherScales: 0, unscored },
      ...{ likelihoods: [{ score: 1, meaning: null }], impacts: [{ score: 2, meaning: null }] },
      cells: [{ likelihood: 1, impact: 2, count, band: { band: 'Low', least: 1, most: 4, colour: 'GREEN' as const } }],
    });
    const refs = Array.from({ length: 14 }, (_, index) => `CGB-2024-01-K${index + 1}`);
    const cell = { where: 'CELL', likelihood: 1, impact: 2 } as const;
    const { matrix: shown } = page({
      matrix: {
        ...{ scale: 'CGB-scores', of: 'CURRENT', told: matrix(1, 14), knownNow: matrix(1, 14), closing: matrix(15, 0) },
        lines: [{ step: 'MOVED', by: 'RISK', from: { where: 'UNSCORED' }, to: cell, refs }],
      },
    });
    // What is known now of that day is as it was told.
    expect(shown!.tables.map(({ rows, apart }) => [rows[0]!.cells[0], apart])).toEqual([
      [{ count: '1', band: 'Low', classes: 'ledger-band--green' }, ['14 risks without a current score']],
      [{ count: '15', band: 'Low', classes: 'ledger-band--green' }, []],
    ]);
    expect(shown!.lines[0]).toMatchObject({ from: 'Unscored', to: '2 (1 × 2)', step: 'Moved', count: '14' });
    expect([shown!.lines[0]!.risks.length, shown!.lines[0]!.more]).toEqual([12, 'and 2 more']);
  });
});
