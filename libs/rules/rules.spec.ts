import fc from 'fast-check';
import { addDays } from '../ledger/index.ts';
import {
  allowanceOn,
  bandOf,
  DEFAULT_ROUTE,
  inForceOn,
  PARTIES,
  partiesOf,
  partiesOn,
  policyBreaches,
  ragOf,
  reviewIntervalOf,
  routesOver,
  scoresWithoutBand,
  standing,
  unreachableCase,
  versionNumbered,
  type ClosureRoute,
  type RagCase,
  type RagFacts,
  type RuleLink,
  type RuleVersion,
  type ScoreScale,
  type Standing,
} from './index.ts';

const rule = <Content>(kind: RuleLink['kind'], ...versions: readonly Partial<RuleVersion<Content>>[]) =>
  ({
    ref: 'HMICFRS-closure',
    kind,
    body: 'HMICFRS',
    versions: versions.map((one, index) => ({ event: `e${index}`, version: `${index + 1}`, ...one })),
  }) as RuleLink<Content>;

const route = (...says: readonly (keyof ClosureRoute)[]): ClosureRoute => ({
  ownerSays: says.includes('ownerSays'),
  officeSays: says.includes('officeSays'),
  auditorSays: says.includes('auditorSays'),
  originatorSays: says.includes('originatorSays'),
});

describe('which version is in force', () => {
  const allowance = rule<{ days: number }>(
    'LATE_ALLOWANCE',
    { from: '2023-04-01', content: { days: 14 } },
    { from: '2023-06-01', until: '2023-09-01', content: { days: 21 } },
    { from: '2024-01-01', content: { days: 3 } },
  );

  it.each([
    ['2023-03-31', null],
    ['2023-04-01', '1'],
    ['2023-05-31', '1'],
    ['2023-06-01', '2'],
    ['2023-08-31', '2'],
    ['2023-09-01', null],
    ['2023-12-31', null],
    ['2024-01-01', '3'],
  ])('on %s it is %s', (day, version) => {
    expect(inForceOn(allowance, day)?.version ?? null).toBe(version);
  });

  it('is the one set last, of two from one day', () => {
    const twice = rule('RAG', { from: '2023-04-01' }, { from: '2023-04-01' });
    expect(inForceOn(twice, '2023-04-01')?.version).toBe('2');
  });

  it('does not matter to what was given by another: that one is found by its number', () => {
    expect(versionNumbered(allowance, '1')?.content.days).toBe(14);
    expect(versionNumbered(allowance, '7')).toBeNull();
  });

  it('on the day of recording says after how many days an entry is late, and else the register does', () => {
    expect(allowanceOn(allowance, '2023-05-31', 7)).toBe(14);
    expect(allowanceOn(allowance, '2023-06-01', 7)).toBe(21);
    expect(allowanceOn(allowance, '2023-09-01', 7)).toBe(7);
    expect(allowanceOn(null, '2023-06-01', 28)).toBe(28);
  });
});

/** As the three bodies have it. JARAP: red is outstanding past its target, amber outstanding within it, green complete, grey not adopted. */
const JARAP: readonly RagCase[] = [
  { standing: 'CLOSED', colour: 'GREEN' },
  { standing: 'NOT_ADOPTED', colour: 'GREY' },
  { standing: 'OPEN', pastCurrent: true, colour: 'RED' },
  { standing: 'OPEN', colour: 'AMBER' },
];
/** City of London: green implemented; red past its deadline, or will not be done; white not theirs or dependent; amber in hand. */
const CITY: readonly RagCase[] = [
  { standing: 'NOT_APPLICABLE', colour: 'WHITE' },
  { standing: 'DEPENDENT', colour: 'WHITE' },
  { standing: 'CLOSED', colour: 'GREEN' },
  { standing: 'NOT_ADOPTED', colour: 'RED' },
  { standing: 'OPEN', pastCurrent: true, colour: 'RED' },
  { standing: 'OPEN', colour: 'AMBER' },
];
/** Reading: bands of the share complete, and red where less than half is done and the date is past. */
const READING: readonly RagCase[] = [
  { standing: 'CLOSED', colour: 'GREEN' },
  { standing: 'OPEN', pastCurrent: true, shareBelow: 50, colour: 'RED' },
  { standing: 'OPEN', shareBelow: 75, colour: 'AMBER' },
  { standing: 'OPEN', shareBelow: 101, colour: 'GREEN' },
];

describe('a RAG rule', () => {
  const is = (cases: readonly RagCase[], facts: Partial<RagFacts>) =>
    ragOf({ cases }, { standing: 'OPEN', pastCurrent: false, pastOriginal: false, ...facts })?.colour ?? null;

  it('has the colours of three that exist', () => {
    const of = (cases: readonly RagCase[]) => [
      is(cases, { standing: 'CLOSED', pastCurrent: true }),
      is(cases, { standing: 'NOT_ADOPTED' }),
      is(cases, { pastCurrent: true, pastOriginal: true }),
      is(cases, { pastOriginal: true }),
      is(cases, { standing: 'DEPENDENT', pastCurrent: true }),
      is(cases, { standing: 'ENDED_OTHERWISE' }),
    ];
    expect(of(JARAP)).toEqual(['GREEN', 'GREY', 'RED', 'AMBER', null, null]);
    expect(of(CITY)).toEqual(['GREEN', 'RED', 'RED', 'AMBER', 'WHITE', null]);
    const reading = (part: number, pastCurrent = false) => is(READING, { share: { part, of: 100 }, pastCurrent });
    expect([reading(49, true), reading(49), reading(50, true), reading(74), reading(75), reading(100)]).toEqual([
      'RED',
      'AMBER',
      'AMBER',
      'AMBER',
      'GREEN',
      'GREEN',
    ]);
  });

  it('has no colour for what no case fits', () => {
    expect(is(JARAP, { standing: 'NOT_APPLICABLE' })).toBeNull();
    expect(is([], {})).toBeNull();
  });

  it('takes a share that nobody claimed for none, not for nothing done', () => {
    expect(is(READING, { pastCurrent: true })).toBeNull();
  });

  it('compares a share as a fraction, not as a rounded percentage', () => {
    const below = (shareBelow: number) => is([{ shareBelow, colour: 'RED' }], { share: { part: 1, of: 3 } });
    expect([below(33), below(34)]).toEqual([null, 'RED']);
  });

  it('tells the first case that nothing can reach', () => {
    const arbitraryCase: fc.Arbitrary<RagCase> = fc.record(
      {
        standing: fc.constantFrom<Standing>('OPEN', 'CLOSED'),
        pastCurrent: fc.boolean(),
        pastOriginal: fc.boolean(),
        shareBelow: fc.constantFrom(25, 50),
        colour: fc.constant('RED' as const),
      },
      { requiredKeys: ['colour'] },
    );
    // Whatever the two may ask, these are all the facts that they can tell apart.
    const all: readonly RagFacts[] = Object.keys(standing.members).flatMap((one) =>
      [true, false].flatMap((pastCurrent) =>
        [true, false].flatMap((pastOriginal) =>
          [undefined, 10, 30, 60].map((part) => ({
            standing: one as Standing,
            pastCurrent,
            pastOriginal,
            ...(part === undefined ? {} : { share: { part, of: 100 } }),
          })),
        ),
      ),
    );
    fc.assert(
      fc.property(arbitraryCase, arbitraryCase, (first, second) => {
        const reached = all.some((facts) => ragOf({ cases: [first, second] }, facts) === second);
        expect(unreachableCase({ cases: [first, second] }) === null).toBe(reached);
      }),
      { seed: 13 },
    );
  });
});

describe('a score scale', () => {
  /** Leicestershire, 2015: likelihood and impact of 1 to 4; 9 to 16 is high and reviewed monthly, the others every three months. */
  const scale: ScoreScale = {
    likelihoods: [1, 2, 3, 4].map((score) => ({ score })),
    impacts: [1, 2, 3, 4].map((score) => ({ score })),
    bands: [
      { band: 'High', least: 9, most: 16, reviewMonths: 1 },
      { band: 'Medium', least: 5, most: 8, reviewMonths: 3 },
      { band: 'Low', least: 1, most: 4 },
    ],
  };

  it('puts each product of a likelihood and an impact into its band', () => {
    const band = (likelihood: number, impact: number) => bandOf(scale, { likelihood, impact })?.band ?? null;
    expect([band(1, 4), band(2, 3), band(2, 4), band(3, 3), band(4, 4)]).toEqual([
      'Low',
      'Medium',
      'Medium',
      'High',
      'High',
    ]);
    expect([band(5, 1), band(0, 4)]).toEqual([null, null]);
  });

  it('says how often that is reviewed, where it does', () => {
    expect(reviewIntervalOf(scale, { likelihood: 3, impact: 3 })).toBe(1);
    expect(reviewIntervalOf(scale, { likelihood: 1, impact: 1 })).toBeNull();
  });

  it('tells which scores would be in no band', () => {
    expect(scoresWithoutBand(scale)).toEqual([]);
    expect(scoresWithoutBand({ ...scale, bands: scale.bands.slice(0, 1) })).toEqual([1, 2, 3, 4, 6, 8]);
  });
});

describe('a closure route', () => {
  it('asks for the parties that it names, and without one for owner and office', () => {
    expect(partiesOf(route('originatorSays', 'ownerSays'))).toEqual(['OWNER', 'ORIGINATOR']);
    expect(partiesOf(null)).toEqual(DEFAULT_ROUTE);
    expect(partiesOf(route('ownerSays', 'officeSays', 'auditorSays', 'originatorSays'))).toEqual(PARTIES);
  });

  it('is on every day the one that was turned to last', () => {
    const START = '2023-01-01';
    const version = fc.record({
      from: fc.nat(20),
      until: fc.option(fc.nat(5), { nil: undefined }),
      content: fc.constantFrom(route('ownerSays'), route('ownerSays', 'officeSays'), route('auditorSays')),
    });
    fc.assert(
      fc.property(fc.array(version, { maxLength: 5 }), (drawn) => {
        const versions = [...drawn]
          .sort((a, b) => a.from - b.from)
          .map(({ from, until, content }) => ({
            from: addDays(START, from),
            ...(until === undefined ? {} : { until: addDays(START, from + until) }),
            content,
          }));
        const read = rule<ClosureRoute>('CLOSURE_ROUTE', ...versions);
        const turns = routesOver(read);
        for (let day = -1; day < 28; day += 1) {
          const on = addDays(START, day);
          expect(turns.filter(({ from }) => from <= on).at(-1)!.parties).toEqual(partiesOn(read, on));
        }
        const told = turns.map(({ parties }) => parties.join());
        expect(told.some((one, index) => one === told[index - 1])).toBe(false);
      }),
      { seed: 13 },
    );
  });
});

describe('a due-date policy', () => {
  const unmoved = { madeOn: '2023-04-01', extensions: 0, extendedLate: 0, extendedWithoutReason: 0 };

  it('is kept by what it does not ask about', () => {
    const dates = { ...unmoved, original: null, extensions: 2, extendedLate: 1, extendedWithoutReason: 1 };
    expect(policyBreaches({}, dates)).toEqual([]);
  });

  it('tells each thing that was not kept', () => {
    const strict = { dateNeeded: true, mostDays: 30, mostExtensions: 1, beforeItPasses: true, reasonNeeded: true };
    const of = (original: string | null, moved: Partial<typeof unmoved> = {}) =>
      policyBreaches(strict, { ...unmoved, original, ...moved });
    expect(of('2023-05-01', { extensions: 1 })).toEqual([]);
    expect(of(null)).toEqual(['NO_DATE']);
    expect(of('2023-05-02')).toEqual(['TOO_FAR_OFF']);
    expect(of('2023-05-01', { extensions: 2 })).toEqual(['EXTENDED_TOO_OFTEN']);
    expect(of('2023-05-01', { extensions: 1, extendedLate: 1 })).toEqual(['EXTENDED_TOO_LATE']);
    expect(of('2023-05-01', { extensions: 1, extendedWithoutReason: 1 })).toEqual(['NO_REASON']);
  });
});
