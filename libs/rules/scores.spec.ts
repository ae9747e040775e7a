import {
  areComparable,
  bandedOn,
  bandedThen,
  haveSameAxes,
  highestBandOf,
  type RuleLink,
  type ScoreGiven,
  type ScoreScale,
} from './index.ts';

const steps = (most: number) => Array.from({ length: most }, (_, index) => ({ score: index + 1 }));
/** Leicestershire: 4 × 4; high from 9, reviewed monthly; medium from 5 and low from 1, every three months. */
const FOUR: ScoreScale = {
  likelihoods: steps(4),
  impacts: steps(4),
  bands: [
    { band: 'High', least: 9, most: 16, reviewMonths: 1 },
    { band: 'Medium', least: 5, most: 8, reviewMonths: 3 },
    { band: 'Low', least: 1, most: 4, reviewMonths: 3 },
  ],
};
const STRICTER: ScoreScale = {
  ...FOUR,
  bands: [
    { band: 'High', least: 6, most: 16, reviewMonths: 1 },
    { band: 'Low', least: 1, most: 5, reviewMonths: 6 },
  ],
};
const FIVE: ScoreScale = {
  likelihoods: steps(5),
  impacts: steps(5),
  bands: [
    { band: 'Severe', least: 15, most: 25, reviewMonths: 1 },
    { band: 'Lesser', least: 1, most: 14, reviewMonths: 2 },
  ],
};

const scale = (ref: string, ...versions: readonly (readonly [from: string, ScoreScale, until?: string])[]) =>
  ({
    ref,
    kind: 'SCORE_SCALE',
    body: 'CGB',
    versions: versions.map(([from, content, until], index) => ({
      event: `e${index}`,
      version: String(index + 1),
      from,
      content,
      ...(until === undefined ? {} : { until }),
    })),
  }) satisfies RuleLink<ScoreScale>;

const EIGHT: ScoreGiven = { rule: 'CGB-scores', version: '1', likelihood: 2, impact: 4 };

describe('how a score reads on a day', () => {
  const bandsChanged = scale('CGB-scores', ['2023-01-01', FOUR], ['2023-07-01', STRICTER]);
  const axesChanged = scale('CGB-scores', ['2023-01-01', FOUR], ['2023-07-01', FIVE]);

  it('is by the version in force then, where the bands alone changed', () => {
    expect(bandedOn(bandsChanged, EIGHT, '2023-06-30')).toMatchObject({ version: '1', band: { band: 'Medium' } });
    expect(bandedOn(bandsChanged, EIGHT, '2023-07-01')).toEqual({
      version: '2',
      band: STRICTER.bands[0],
      isHighest: true,
      isToBeScoredAnew: false,
    });
    expect(bandedThen(bandsChanged, EIGHT)).toMatchObject({ version: '1', band: { band: 'Medium' }, isHighest: false });
  });

  it('is by its own version, and it is to be scored anew, where the axes changed', () => {
    expect(bandedOn(axesChanged, EIGHT, '2023-06-30').isToBeScoredAnew).toBe(false);
    expect(bandedOn(axesChanged, EIGHT, '2023-07-01')).toMatchObject({
      version: '1',
      band: { band: 'Medium' },
      isToBeScoredAnew: true,
    });
  });

  it('is by its own version once the scale is in force no longer, and nothing is to be scored anew by it', () => {
    const ended = scale('CGB-scores', ['2023-01-01', FOUR, '2023-07-01']);
    expect(bandedOn(ended, EIGHT, '2023-08-01')).toMatchObject({ version: '1', isToBeScoredAnew: false });
  });

  it('has no band by a scale that is not for the reader, or that lacks the version or the step', () => {
    const nothing = { version: null, band: null, isHighest: false, isToBeScoredAnew: false };
    expect(bandedOn(null, EIGHT, '2023-06-30')).toEqual(nothing);
    expect(bandedOn(bandsChanged, { ...EIGHT, version: '7' }, '2023-06-30')).toEqual(nothing);
    expect(bandedOn(bandsChanged, { ...EIGHT, impact: 5 }, '2023-06-30')).toMatchObject({ version: '1', band: null });
  });

  it('is high in the band of the greatest scores, whatever that is called and wherever it stands', () => {
    expect(highestBandOf({ ...FIVE, bands: FIVE.bands.toReversed() })?.band).toBe('Severe');
    expect(highestBandOf({ ...FIVE, bands: [] })).toBeNull();
  });
});

describe('scores that are set against each other', () => {
  const changed = scale('CGB-scores', ['2023-01-01', FOUR], ['2023-04-01', STRICTER], ['2023-07-01', FIVE]);
  const on = (version: string, rule: string | undefined = 'CGB-scores') => ({
    version,
    ...(rule === undefined ? {} : { rule }),
  });

  it.each([
    ['of one version', on('1'), on('1'), true],
    ['of two versions with the same axes', on('1'), on('2'), true],
    ['of two versions with different axes', on('2'), on('3'), false],
    ['of two scales, though they have as many steps', on('1'), on('1', 'OTHER-scores'), false],
    ['of a version that is not there', on('9'), on('9'), false],
    ['of a scale that is not for the reader', { version: '1' }, { version: '1' }, false],
  ])('are those %s: %s', (_, one, other, are) => {
    expect(areComparable(changed, one, other)).toBe(are);
    expect(areComparable(changed, other, one)).toBe(are);
    expect(areComparable(null, one, other)).toBe(false);
  });

  it('have the same axes in whatever order the steps stand', () => {
    expect(haveSameAxes({ ...FOUR, impacts: FOUR.impacts.toReversed() }, FOUR)).toBe(true);
    expect(haveSameAxes(FOUR, { ...FOUR, impacts: steps(5) })).toBe(false);
  });
});
