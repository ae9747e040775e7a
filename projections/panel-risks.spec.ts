import { OFFICIAL_OPEN } from '../libs/ledger/index.ts';
import { BadBasis } from '../libs/read-models/index.ts';
import { BASES } from '../libs/timeline/index.ts';
import { FULL, ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../test/ledger-being-read.ts';
import { risksOfPanel, type PanelAsked } from './panel-risks.ts';
import { countMoved, daysOfAll, listMoved, matrixMovement } from './risk-register/movement-queries.ts';
import { findRisk, listRisks, type RiskMatrix } from './risk-register/queries.ts';

const why = { reason: 'As the panel asked.' };
const hidden = { marking: { ...OFFICIAL_OPEN, sensitive: true } };
const steps = (most: number) => Array.from({ length: most }, (_, index) => ({ score: index + 1 }));

let ledger: LedgerBeingRead;
let officer: ReturnType<LedgerBeingRead['as']>;
let lead: ReturnType<LedgerBeingRead['as']>;
const refs: Record<string, string> = {};
const onDay = (day: string) => ledger.clock.set(`${day}T12:00:00.000Z`);

async function registered(title: string, effectiveOn: string, more: object = {}): Promise<void> {
  const risk = { type: 'ProposeRisk', body: 'CGB', register: 'OPCC', kind: 'THREAT', owner: 'force-lead', title };
  refs[title] = await officer.does({ ...risk, effectiveOn, ...why, ...more });
  await officer.does({ type: 'RegisterRisk', ref: refs[title], effectiveOn, ...why });
}
const scored = (title: string, likelihood: number, impact: number, effectiveOn: string, more: object = {}) =>
  lead.does({
    ...{ type: 'ScoreRisk', ref: refs[title]!, of: 'CURRENT', rule: 'CGB-scores', likelihood, impact, effectiveOn },
    ...{ ...why, ...more },
  });

/**
 * A panel reads the board, and not the others. It met on 20 March 2024, and no papers gave a position: it was told what had been recorded by the end of
 * the 19th. The one of May was cancelled; that of 26 June had papers as at noon of the 17th. The scale calls 8 high from 1 April, and has five steps from
 * 1 June.
 */
beforeAll(async () => {
  ledger = await ledgerBeingRead({ at: '2024-01-10T12:00:00.000Z' });
  officer = ledger.as('opcc-officer');
  lead = ledger.as('force-lead');
  const monitoring = ledger.as('monitoring-officer');
  for (const [as, name] of Object.entries({ CGB: 'Board', OTH: 'Others', PAN: 'Panel', MUM: 'Reads nothing' }))
    await officer.does({ type: 'AddBody', as, name, effectiveOn: '2024-01-01', ...why });
  await officer.does({ type: 'BeginReading', ref: 'PAN', reads: 'CGB', effectiveOn: '2024-01-01', ...why });
  await officer.does({ type: 'BeginReading', ref: 'OTH', reads: 'CGB', effectiveOn: '2024-01-01', ...why });
  const scale = { type: 'AddRule', kind: 'SCORE_SCALE', body: 'CGB', title: 'Scores', as: 'scores' };
  await monitoring.does({ ...scale, effectiveOn: '2024-01-01', ...why });
  const bands = (high: number, most: number) => [
    { band: 'High', least: high, most, reviewMonths: 1 },
    { band: 'Low', least: 1, most: high - 1, reviewMonths: 6 },
  ];
  for (const [effectiveOn, size, high] of [
    ['2024-01-01', 4, 9],
    ['2024-04-01', 4, 8],
    ['2024-06-01', 5, 15],
  ] as const)
    await monitoring.does({
      ...{ type: 'SetScoreScale', ref: 'CGB-scores', effectiveOn, bands: bands(high, size * size) },
      ...{ likelihoods: steps(size), impacts: steps(size), ...why },
    });
  for (const on of ['2024-03-20', '2024-05-01', '2024-06-26'])
    refs[on] = await officer.does({ type: 'ScheduleMeeting', body: 'PAN', on, effectiveOn: '2024-01-10', ...why });
  refs['of others'] = await officer.does({ type: 'ScheduleMeeting', body: 'OTH', on: '2024-02-01', ...why });

  for (const title of ['stays', 'falls', 'rises late', 'banded', 'closes']) await registered(title, '2024-01-08');
  await registered('hidden', '2024-01-08', hidden);
  await registered('not read', '2024-01-08', { body: 'OTH' });
  await scored('stays', 1, 2, '2024-01-08');
  await scored('falls', 4, 4, '2024-01-08');
  await scored('rises late', 1, 1, '2024-01-08');
  await scored('banded', 2, 4, '2024-01-08');
  await scored('closes', 1, 1, '2024-01-08');
  await scored('hidden', 4, 4, '2024-01-08');
  await scored('falls', 1, 4, '2024-01-09', { of: 'TARGET', targetOn: '2024-05-31' });
  onDay('2024-03-20');
  await officer.does({ type: 'HoldMeeting', ref: refs['2024-03-20']!, effectiveOn: '2024-03-20', ...why });
  // After the papers, and of a day before them.
  await scored('rises late', 3, 3, '2024-03-15');
  onDay('2024-04-10');
  await registered('new', '2024-04-10');
  await registered('new and hidden', '2024-04-10', hidden);
  await scored('falls', 2, 4, '2024-04-10');
  await lead.does({ type: 'ReviewRisk', ref: refs['stays']!, effectiveOn: '2024-04-10', ...why });
  await officer.does({ type: 'CancelMeeting', ref: refs['2024-05-01']!, effectiveOn: '2024-04-10', ...why });
  onDay('2024-06-17');
  await officer.does({ type: 'IssuePapers', ref: refs['2024-06-26']!, effectiveOn: '2024-06-17', ...why });
  onDay('2024-06-20');
  await lead.does({ ...{ type: 'RequestRiskClosure', side: 'FORCE' }, ref: refs['closes']!, ...why });
  await ledger.as('commissioner').does({ type: 'CloseRisk', ref: refs['closes']!, ...why });
  onDay('2024-06-27');
  await officer.does({ type: 'HoldMeeting', ref: refs['2024-06-26']!, effectiveOn: '2024-06-26', ...why });
});
afterAll(() => ledger.remove());

const titleOf = (ref: string) => Object.keys(refs).find((title) => refs[title] === ref)!;
async function asked(more: Partial<PanelAsked> = {}, reader = FULL, asOf = {}) {
  return risksOfPanel(await ledger.view(asOf, reader), { panel: 'PAN', ...more });
}
const between = { since: 'PAN-2024-03-20', until: 'PAN-2024-06-26' };
const told = ({ risks }: Awaited<ReturnType<typeof asked>>) =>
  Object.fromEntries(
    risks.map(({ ref, moved }) => [titleOf(ref), moved.map(({ kind, step, on }) => `${step} ${kind} ${on}`)]),
  );

describe('what a panel is told of the risks that it reads since it last met', () => {
  it('is of the bodies that it reads, from the cut-off of one meeting to that of the next', async () => {
    const found = await asked(between);
    expect(found.reads).toEqual(['CGB']);
    const bases = Object.values(found.views).map(({ basis }) => [basis.effective, basis.recorded]);
    // A day in summer ends at 23:00 UTC, one in winter at midnight.
    expect(bases).toEqual([
      ['2024-03-19', '2024-03-19T23:59:59.999Z'],
      ['2024-03-19', '2024-06-17T12:00:00.000Z'],
      ['2024-06-17', '2024-06-17T12:00:00.000Z'],
    ]);
    expect(told(found)).toEqual({
      stays: ['MOVED REVIEWED_UNCHANGED 2024-04-10'],
      // High, and due on 8 February, it was overdue already. Scored 8 on 10 April it is high by the version of its own until its axes change, and after.
      falls: ['MOVED SCORE_FELL 2024-04-10', 'MOVED FELL_WITHOUT_CONTROL 2024-04-10', 'MOVED REVIEW_MISSED 2024-05-11'],
      // High from the day on which it was scored, so due on 15 April.
      'rises late': ['RESTATED SCORE_ROSE 2024-03-15', 'MOVED REVIEW_MISSED 2024-04-16'],
      // 8 is high from 1 April to 31 May, and was looked at in January.
      banded: ['MOVED RE_BANDED 2024-04-01', 'MOVED REVIEW_MISSED 2024-04-01', 'MOVED RE_BANDED 2024-06-01'],
      closes: [],
      hidden: [],
      new: ['MOVED NEW 2024-04-10'],
      'new and hidden': ['MOVED NEW 2024-04-10'],
    });
  });

  it('begins where the one before closed, by default with the last that was held, and ends at the basis', async () => {
    const found = await asked();
    expect([found.since.ref, found.until, found.views.told.basis.effective]).toEqual([
      'PAN-2024-06-26',
      null,
      '2024-06-17',
    ]);
    expect(told(found)['closes']).toEqual(['MOVED CLOSED 2024-06-20']);
    const earlier = await asked({}, FULL, { effective: '2024-05-20', recorded: '2024-05-20T12:00:00.000Z' });
    expect(earlier.since.ref).toBe('PAN-2024-03-20');
  });

  it('says of each risk where it stood at each basis what its own page says there', async () => {
    const { risks, views } = await asked(between);
    let stood = 0;
    for (const risk of risks)
      for (const name of BASES) {
        const page = await findRisk(views[name], risk.ref);
        expect(risk[name]?.standing ?? null).toEqual(page?.standing ?? null);
        if (page !== null) stood += 1;
      }
    expect(stood).toBe(6 + 6 + 8);
    for (const name of BASES) {
      const list = await listRisks(views[name], {}, { first: 500 });
      const own = risks.filter((risk) => risk[name] !== null).map(({ ref }) => ref);
      expect(own.toSorted()).toEqual(list.edges.map(({ node }) => node.ref).toSorted());
    }
  });

  it('counts as many risks of each kind as its list has', async () => {
    const { risks } = await asked(between);
    const counts = countMoved(risks);
    expect(counts.length).toBeGreaterThan(5);
    for (const { kind, step, count } of counts)
      expect(listMoved(risks, { kind: [kind], step }, {}).totalCount).toBe(count);
    expect(
      listMoved(risks, { changed: false }, {})
        .edges.map(({ node }) => titleOf(node.ref))
        .toSorted(),
    ).toEqual(['closes', 'hidden']);
    // Each of the 90 days of each of the risks is spent somewhere.
    expect(daysOfAll(risks).reduce((sum, { days }) => sum + days, 0)).toBe(90 * risks.length);
  });

  it('sets what was forecast beside what came', async () => {
    const { risks } = await asked(between);
    // 4 by 31 May; it was 8.
    expect(listMoved(risks, { forecast: ['MISSED'] }, {}).edges.map(({ node }) => titleOf(node.ref))).toEqual([
      'falls',
    ]);
  });

  it('draws the matrix at each basis with what went between its cells, so that every cell adds up', async () => {
    const { risks, views } = await asked(between);
    const found = (await matrixMovement(views, risks, 'CGB-scores', 'CURRENT'))!;
    expect(
      found.lines.map(({ step, by, from, to, refs: moved }) => [
        step,
        by,
        placed(from),
        placed(to),
        moved.map(titleOf),
      ]),
    ).toEqual([
      ['RESTATED', 'RISK', '1 × 1', '3 × 3', ['rises late']],
      ['MOVED', 'RISK', null, 'UNSCORED', ['new', 'new and hidden']],
      ['MOVED', 'SCALE', '1 × 1', 'OTHER_AXES', ['closes']],
      ['MOVED', 'SCALE', '1 × 2', 'OTHER_AXES', ['stays']],
      ['MOVED', 'SCALE', '2 × 4', 'OTHER_AXES', ['banded']],
      ['MOVED', 'SCALE', '3 × 3', 'OTHER_AXES', ['rises late']],
      ['MOVED', 'SCALE', '4 × 4', 'OTHER_AXES', ['falls', 'hidden']],
    ]);
    addsUp(found.told!, found.lines, 'RESTATED', found.knownNow!);
    addsUp(found.knownNow!, found.lines, 'MOVED', found.closing!);
    const earlier = await asked({ since: 'PAN-2024-03-20' }, FULL, { effective: '2024-05-20' });
    const before = (await matrixMovement(earlier.views, earlier.risks, 'CGB-scores', 'CURRENT'))!;
    expect(before.lines.map(({ from, to }) => [placed(from), placed(to)])).toContainEqual(['4 × 4', '2 × 4']);
    addsUp(before.knownNow!, before.lines, 'MOVED', before.closing!);
    expect(await matrixMovement(views, risks, 'CGB-nothing', 'CURRENT')).toBeNull();
  });

  type Lines = NonNullable<Awaited<ReturnType<typeof matrixMovement>>>['lines'];
  const placed = (place: Lines[number]['from']) =>
    place === null ? null : place.where === 'CELL' ? `${place.likelihood} × ${place.impact}` : place.where;
  function addsUp(opening: RiskMatrix, lines: Lines, step: string, closing: RiskMatrix): void {
    const counts = new Map<string, number>();
    const add = (place: string | null, count: number) => {
      if (place !== null) counts.set(place, (counts.get(place) ?? 0) + count);
    };
    const all = ({ cells, onOtherAxes, onOtherScales, unscored }: RiskMatrix, sign: number) => {
      for (const { likelihood, impact, count } of cells) add(`${likelihood} × ${impact}`, sign * count);
      add('OTHER_AXES', sign * onOtherAxes);
      add('OTHER_SCALE', sign * onOtherScales);
      add('UNSCORED', sign * unscored);
    };
    all(opening, 1);
    for (const line of lines.filter((one) => one.step === step)) {
      add(placed(line.from), -line.refs.length);
      add(placed(line.to), line.refs.length);
    }
    all(closing, -1);
    expect([...counts].filter(([, left]) => left !== 0)).toEqual([]);
  }

  it('is told to whoever may not see a risk as though there were none', async () => {
    const [whole, part] = [await asked(between), await asked(between, OFFICIAL)];
    const { hidden: _hidden, 'new and hidden': _new, ...seen } = told(whole);
    expect(told(part)).toEqual(seen);
    const [all, some] = [countMoved(whole.risks), countMoved(part.risks)];
    const newOnes = (counts: typeof all) => counts.find(({ kind }) => kind === 'NEW')!.count;
    expect([newOnes(all), newOnes(some)]).toEqual([2, 1]);
    const { lines, closing } = (await matrixMovement(part.views, part.risks, 'CGB-scores', 'CURRENT'))!;
    expect(lines.flatMap(({ refs: moved }) => moved.map(titleOf))).not.toContain('hidden');
    expect([closing!.onOtherAxes, closing!.unscored]).toEqual([5, 1]);
  });

  it.each([
    ['panel', { panel: 'NONE' }, 'There is no body under this reference, or it is not for you.'],
    ['panel', { panel: 'PAN-2024-03-20' }, 'There is no body under this reference, or it is not for you.'],
    [
      'since',
      { panel: 'MUM' },
      'This body had held no earlier meeting, as far as you may see: nothing was told to it before.',
    ],
    [
      'since',
      { since: 'PAN-2024-03-21' },
      'There is no meeting of this body under this reference, or it is not for you.',
    ],
    [
      'since',
      { since: 'OTH-2024-02-01' },
      'There is no meeting of this body under this reference, or it is not for you.',
    ],
    ['since', { since: 'PAN-2024-05-01' }, 'This meeting was cancelled, so that nothing was told to it.'],
    [
      'until',
      { ...between, until: 'CGB-2024-01-K1' },
      'There is no meeting of this body under this reference, or it is not for you.',
    ],
    [
      'until',
      { since: 'PAN-2024-06-26', until: 'PAN-2024-03-20' },
      'What this meeting had before it was drawn earlier than that of the other: turn the two.',
    ],
    [
      'since',
      { until: 'PAN-2024-03-20' },
      'This body had held no earlier meeting, as far as you may see: nothing was told to it before.',
    ],
  ])('refuses a wrong %s: %o', async (field, wrong, sentence) => {
    const refused = await asked(wrong).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(BadBasis);
    expect([(refused as BadBasis).field, (refused as BadBasis).message]).toEqual([field, sentence]);
  });

  it('refuses a meeting that lies ahead of the day asked about, and one that was not yet told anything', async () => {
    const refused = async (more: Partial<PanelAsked>, asOf: object) =>
      (await asked(more, FULL, asOf).catch((error: unknown) => error)) as BadBasis;
    const ahead = await refused({ since: 'PAN-2024-06-26' }, { effective: '2024-06-20' });
    expect([ahead.field, ahead.message]).toEqual(['since', 'This meeting lies ahead of the day that is asked about.']);
    const none = await refused({}, { effective: '2024-03-01' });
    expect(none.field).toBe('since');
  });
});
