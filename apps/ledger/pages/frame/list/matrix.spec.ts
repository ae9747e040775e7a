import type { Reader } from '../../../../../libs/access/index.ts';
import { OFFICIAL_OPEN } from '../../../../../libs/ledger/index.ts';
import { FULL, ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../../../../../test/ledger-being-read.ts';
import { KINDS } from '../../kinds.ts';
import { addressOf } from '../dates.ts';
import { drawingFor } from '../drawing.ts';
import type { AnyAsked } from '../kind-on-pages.ts';
import type { Visit } from '../visits.ts';
import { presentMatrix, readMatrix } from './matrix.ts';
import { readAsked } from './read-filter.ts';

const why = { reason: 'As the board said.' };
const hidden = { marking: { ...OFFICIAL_OPEN, sensitive: true } };
const kind = KINDS.risk;

/** `likelihood 3 (Likely)`: a step with its words. */
const steps = (...meanings: readonly string[]) => meanings.map((meaning, index) => ({ score: index + 1, meaning }));
const BANDS = [
  { band: 'High', least: 9, most: 16, colour: 'RED' },
  { band: 'Medium', least: 5, most: 8, colour: 'AMBER' },
  { band: 'Low', least: 1, most: 4 },
];

describe('a matrix of risks', () => {
  let ledger: LedgerBeingRead;
  let monitoring: ReturnType<LedgerBeingRead['as']>;
  let officer: ReturnType<LedgerBeingRead['as']>;

  beforeAll(async () => {
    ledger = await ledgerBeingRead({ at: '2024-01-10T12:00:00.000Z' });
    [officer, monitoring] = [ledger.as('opcc-officer'), ledger.as('monitoring-officer')];
    for (const as of ['CGB', 'OTH', 'NIL'])
      await officer.does({ type: 'AddBody', as, name: `Board ${as}`, effectiveOn: '2024-01-01', ...why });
    for (const [body, as, more] of [
      ['CGB', 'scores', {}],
      ['OTH', 'others', {}],
      ['CGB', 'quiet', hidden],
    ] as const) {
      const rule = { kind: 'SCORE_SCALE', body, title: `Scores ${as}`, as, effectiveOn: '2024-01-01' };
      const ref = await monitoring.does({ type: 'AddRule', ...rule, ...why, ...more });
      const axes = { likelihoods: steps('Rare', 'May be', 'Likely', 'Certain'), impacts: steps('A', 'B', 'C', 'D') };
      await set(ref, '2024-01-01', { ...axes, bands: BANDS }, more);
    }
    await scored({ likelihood: 3, impact: 4 });
    await scored({ likelihood: 3, impact: 4 });
    await scored({ likelihood: 1, impact: 2 });
    await scored({ likelihood: 2, impact: 2 }, 'OTH-others');
    await scored({ likelihood: 4, impact: 4 }, 'CGB-quiet');
    await scored(null);
    await scored({ likelihood: 2, impact: 1 }, 'CGB-scores', { of: 'TARGET', targetOn: '2025-03-31' });
    // The bands change on 1 April, and the axes on 1 June.
    const axes = { likelihoods: steps('Rare', 'May be', 'Likely', 'Certain'), impacts: steps('A', 'B', 'C', 'D') };
    const bands = [
      { band: 'Severe', least: 12, most: 16, colour: 'BLACK' },
      { band: 'Low', least: 1, most: 11, colour: 'GREEN' },
    ];
    await set('CGB-scores', '2024-04-01', { ...axes, bands });
    const five = steps('1', '2', '3', '4', '5');
    const all = [{ band: 'Any', least: 1, most: 25 }];
    await set('CGB-scores', '2024-06-01', { likelihoods: five, impacts: five, bands: all });
    ledger.clock.set('2024-06-10T12:00:00.000Z');
    await scored({ likelihood: 5, impact: 5 }, 'CGB-scores', { effectiveOn: '2024-06-05' });
  });
  afterAll(() => ledger.remove());

  function set(ref: string, effectiveOn: string, content: object, more = {}): Promise<string> {
    return monitoring.does({ type: 'SetScoreScale', ref, effectiveOn, ...content, ...why, ...more });
  }

  async function scored(score: object | null, rule = 'CGB-scores', more: object = {}): Promise<string> {
    const risk = { body: 'CGB', register: 'OPCC', kind: 'THREAT', title: 'A risk', owner: 'force-lead' };
    const on = { effectiveOn: '2024-01-05', ...why, ...('marking' in more ? hidden : {}) };
    // The officer owns it beside, so as to score it.
    const ref = await officer.does({ type: 'ProposeRisk', ...risk, owners: ['opcc-officer'], ...on });
    await officer.does({ type: 'RegisterRisk', ref, ...on });
    if (score !== null) await officer.does({ type: 'ScoreRisk', ref, of: 'CURRENT', rule, ...score, ...on, ...more });
    return ref;
  }

  async function matrix(asked: AnyAsked = {}, effective = '2024-02-29', reader: Reader = FULL) {
    const view = await ledger.view({ effective }, reader);
    const link: Visit['link'] = (path, parameters = []) => addressOf(path, {}, parameters);
    const read = await readMatrix(kind, view, asked, drawingFor({ view, link }, kind));
    return { view, shown: presentMatrix({ kind, asked, matrix: read }, { link, view })! };
  }
  type Shown = Awaited<ReturnType<typeof matrix>>['shown'];
  const cellsOf = ({ table }: Shown) => table!.rows.flatMap(({ cells }) => cells);
  const counted = (shown: Shown) =>
    cellsOf(shown)
      .filter(({ count }) => count !== '0')
      .map(({ count, says, band, classes }) => `${count}${says}${band} ${classes}`.trim());

  it('has the greatest likelihood on top, the words of each step, and in each cell its count and its band in words', async () => {
    const { shown } = await matrix();
    expect(shown.table).toMatchObject({
      caption:
        'How many have which current score, by Scores scores (CGB-scores), version 1, which is in force on 29 February 2024',
      corner: 'Likelihood (down) and impact (across)',
      columns: [
        { score: 1, means: 'A' },
        { score: 2, means: 'B' },
        { score: 3, means: 'C' },
        { score: 4, means: 'D' },
      ],
    });
    expect(shown.table!.rows.map(({ score, means }) => [score, means])).toEqual([
      [4, 'Certain'],
      [3, 'Likely'],
      [2, 'May be'],
      [1, 'Rare'],
    ]);
    expect(counted(shown)).toEqual([
      '2 risks: likelihood 3, impact 4, High ledger-band--red',
      '1 risk: likelihood 1, impact 2, Low',
    ]);
    expect(cellsOf(shown).map(({ band }) => band)).toHaveLength(16);
  });

  it('says how many are in no cell: on other axes, by other scales, without such a score', async () => {
    expect((await matrix()).shown.apart).toEqual([
      'In the matrix: 3 of 8.',
      '2 risks have a current score by another scale.',
      '3 risks have no current score.',
    ]);
    const { shown } = await matrix({}, '2024-06-10');
    expect(counted(shown)).toEqual(['1 risk: likelihood 5, impact 5, Any']);
    expect(shown.apart).toEqual([
      'In the matrix: 1 of 8.',
      '3 risks have a current score on other axes of this scale, which is in no cell.',
      '2 risks have a current score by another scale.',
      '2 risks have no current score.',
    ]);
  });

  it('is of the bands in force on the day, and says which version that is', async () => {
    const { shown } = await matrix({}, '2024-04-10');
    expect(shown.table!.caption).toContain('version 2, which is in force on 10 April 2024');
    expect(counted(shown)).toEqual([
      '2 risks: likelihood 3, impact 4, Severe ledger-band--black',
      '1 risk: likelihood 1, impact 2, Low ledger-band--green',
    ]);
  });

  it('offers each score, and each scale that the reader may see, that by which most are scored first', async () => {
    const choices = async (reader: Reader) =>
      (await matrix({}, '2024-02-29', reader)).shown.choices.map(({ label, items }) => [
        label,
        ...items.map(({ text, current, href }) => `${text}${current ? ' (this one)' : ''} ${href}`),
      ]);
    expect(await choices(FULL)).toEqual([
      ['Score', 'Inherent /risks?scored=inherent', 'Current (this one) /risks', 'Target /risks?scored=target'],
      [
        'Scale',
        'Scores scores (CGB-scores) (this one) /risks?scale=CGB-scores',
        'Scores quiet (CGB-quiet) /risks?scale=CGB-quiet',
        'Scores others (OTH-others) /risks?scale=OTH-others',
      ],
    ]);
    expect((await choices(OFFICIAL))[1]).toEqual([
      'Scale',
      'Scores scores (CGB-scores) (this one) /risks?scale=CGB-scores',
      'Scores others (OTH-others) /risks?scale=OTH-others',
    ]);
    expect(counted((await matrix({ scored: 'TARGET' })).shown)).toEqual(['1 risk: likelihood 2, impact 1, Low']);
  });

  it('keeps what else is asked for, and stays whole where one of its cells is', async () => {
    const asked = { body: 'CGB', scale: 'CGB-scores', likelihood: '3', impact: '4' };
    const { shown } = await matrix(asked);
    expect(counted(shown)).toHaveLength(2);
    expect(cellsOf(shown).filter(({ current }) => current)).toMatchObject([
      { count: '2', href: '/risks?body=CGB&scale=CGB-scores&likelihood=3&impact=4' },
    ]);
    expect((await matrix({ body: 'OTH' })).shown.nothing).toBe('There is no risk here to count.');
  });

  it('leads from each count to the list of as many risks, on every day and for every reader', async () => {
    let counts = 0;
    for (const effective of ['2024-02-29', '2024-04-10', '2024-06-10'])
      for (const reader of [FULL, OFFICIAL])
        for (const scored of ['INHERENT', 'CURRENT', 'TARGET'])
          for (const scale of ['CGB-scores', 'OTH-others', 'CGB-quiet']) {
            const { view, shown } = await matrix({ scored, scale }, effective, reader);
            for (const { score: likelihood, cells } of shown.table?.rows ?? [])
              for (const [at, { count, href }] of cells.entries()) {
                const impact = shown.table!.columns[at]!.score;
                const cell = { scored, scale, likelihood: String(likelihood), impact: String(impact) };
                // Where nothing stands there is no link, and the list is empty all the same.
                const { asked } =
                  href === null
                    ? { asked: cell }
                    : readAsked(kind.shown.filters, new URL(href, 'http://localhost').searchParams);
                expect((await kind.reads.list(view, asked, { first: 1 })).totalCount, href ?? '').toBe(Number(count));
                counts += href === null ? 0 : 1;
              }
          }
    expect(counts).toBeGreaterThan(20);
  });

  it('says so where no risk has such a score, and where there is none at all', async () => {
    expect((await matrix({ scored: 'INHERENT' })).shown).toMatchObject({
      ...{ nothing: 'Of the risks here (8) none has an inherent score by a scale.', table: null, apart: [] },
    });
    expect((await matrix({ scored: 'INHERENT' }, '2024-02-29', OFFICIAL)).shown.nothing).toContain('that you may see');
    expect((await matrix({}, '2023-12-31')).shown).toMatchObject({ nothing: 'There is no risk here to count.' });
  });

  it('tells nobody whether a scale is hidden from them or not there', async () => {
    const of = async (scale: string) =>
      JSON.stringify((await matrix({ scale }, '2024-02-29', OFFICIAL)).shown).replaceAll(scale, 'SCALE');
    expect(await of('CGB-quiet')).toBe(await of('CGB-never'));
    expect(await of('CGB-quiet')).not.toContain('quiet');
  });

  it('is the same for whoever may not see a risk, and asks as few questions for many as for few', async () => {
    const asks = async () => {
      const before = ledger.models.questions;
      await matrix();
      return ledger.models.questions - before;
    };
    const [few, unseeing] = [await asks(), JSON.stringify((await matrix({}, undefined, OFFICIAL)).shown)];
    expect(few).toBeGreaterThan(0);
    ledger.clock.set('2024-06-11T12:00:00.000Z');
    for (let more = 0; more < 20; more += 1)
      await scored({ likelihood: 1 + (more % 4), impact: 1 + (more % 3) }, 'CGB-scores', hidden);
    expect(JSON.stringify((await matrix({}, undefined, OFFICIAL)).shown)).toBe(unseeing);
    expect(counted((await matrix()).shown).length).toBeGreaterThan(5);
    expect(await asks()).toBeLessThanOrEqual(few);
  });
});
