import fc from 'fast-check';
import { addDays, addMonths, daysBetween, type CivilDate } from '../../ledger/index.ts';
import type { RuleLink, ScoreScale } from '../../rules/index.ts';
import { given, type Past } from '../../spec-kit/index.ts';
import {
  lastDayOverdue,
  risks,
  standingOn,
  type ProposedRisk,
  type RiskConditions,
  type RiskEvent,
  type RiskStatus,
  type ScaleOf,
} from './index.ts';

type Told = Past<RiskEvent>;

const REF = 'CGB-2023-01-K1';
const steps = (most: number) => Array.from({ length: most }, (_, index) => ({ score: index + 1 }));
/** Leicestershire: high from 9, reviewed monthly; medium and low every three months. */
const FOUR: ScoreScale = {
  likelihoods: steps(4),
  impacts: steps(4),
  bands: [
    { band: 'High', least: 9, most: 16, reviewMonths: 1 },
    { band: 'Medium', least: 5, most: 8, reviewMonths: 3 },
    { band: 'Low', least: 1, most: 4, reviewMonths: 3 },
  ],
};
const scaleOfVersions = (...versions: readonly (readonly [from: CivilDate, ScoreScale])[]): RuleLink<ScoreScale> => ({
  ref: 'CGB-scores',
  kind: 'SCORE_SCALE',
  body: 'CGB',
  versions: versions.map(([from, content], index) => ({
    event: `v${index}`,
    version: String(index + 1),
    from,
    content,
  })),
});
const LEICESTERSHIRE = scaleOfVersions(['2020-01-01', FOUR]);
const by =
  (rule: RuleLink<ScoreScale>): ScaleOf =>
  (ref) =>
    ref === rule.ref ? rule : null;

const PROPOSED: Told = {
  type: 'RiskProposed',
  effectiveOn: '2023-01-02',
  facts: { ref: REF, body: 'CGB', register: 'FORCE', kind: 'THREAT', owner: 'force-lead' },
  texts: ['title'],
};
const registered = (on: CivilDate): Told => ({ type: 'RiskRegistered', effectiveOn: on });
const scored = (on: CivilDate, likelihood: number, impact: number, more: object = {}): Told => ({
  type: 'RiskScored',
  effectiveOn: on,
  facts: { of: 'CURRENT', rule: 'CGB-scores', version: '1', likelihood, impact, ...more },
  texts: ['reason'],
});
const target = (on: CivilDate, likelihood: number, impact: number, more: object = {}): Told =>
  scored(on, likelihood, impact, { of: 'TARGET', targetOn: '2024-06-30', ...more });
const reviewed = (on: CivilDate): Told => ({ type: 'RiskReviewed', effectiveOn: on });
const control = (id: string, on: CivilDate, targetOn?: CivilDate): Told => ({
  id,
  type: 'RiskControlAdded',
  effectiveOn: on,
  facts: { kind: targetOn === undefined ? 'EXISTING' : 'ADDITIONAL', ...(targetOn === undefined ? {} : { targetOn }) },
  texts: ['measure'],
});
const inPlace = (id: string, on: CivilDate): Told => ({
  type: 'RiskControlReported',
  effectiveOn: on,
  facts: { control: id, standing: 'IN_PLACE' },
});
const asked = (on: CivilDate, until: CivilDate): Told => ({
  type: 'RiskAcceptanceRequested',
  effectiveOn: on,
  facts: { side: 'FORCE', until },
  texts: ['reason'],
});
const accepted = (on: CivilDate, until: CivilDate): Told => ({
  type: 'RiskAcceptanceGranted',
  effectiveOn: on,
  facts: { until },
});
const moved = (
  type: 'RiskEscalated' | 'RiskDeescalated',
  on: CivilDate,
  register: 'FORCE' | 'JOINT' | 'OPCC',
): Told => ({
  type,
  effectiveOn: on,
  facts: { register },
  texts: ['reason'],
});

/** As the fold leaves it at the end of a day: with what took effect by then. */
function stateOn(story: readonly Told[], day: CivilDate): ProposedRisk {
  const { state } = given(
    risks,
    story.filter(({ effectiveOn }) => effectiveOn! <= day),
  );
  if (state.status === 'NOT_PROPOSED') throw new Error(`there is no risk on ${day}`);
  return state;
}

const standing = (story: readonly Told[], day: CivilDate, scale = LEICESTERSHIRE) =>
  standingOn(stateOn(story, day), by(scale), day);

type Line = readonly [from: CivilDate, status: RiskStatus, ...so: readonly (keyof RiskConditions)[]];

/** Which conditions turn on days: the rest is asked by itself below. */
const WALKED = [
  'unscored',
  'isNew',
  'reviewOverdue',
  'acceptanceLapsed',
  'controlOverdue',
  'controlTasked',
  'atTarget',
  'accepted',
] as const;

function walk(story: readonly Told[], table: readonly Line[], last: CivilDate, scale = LEICESTERSHIRE) {
  const [[first]] = table as [Line];
  const days = Array.from({ length: daysBetween(first, last) + 1 }, (_, index) => addDays(first, index));
  const told = days.map((day) => {
    const { status, conditions } = standing(story, day, scale);
    return [day, status, ...WALKED.filter((one) => conditions[one])];
  });
  const written = days.map((day) => {
    const [, ...line] = table.findLast(([from]) => from <= day)!;
    return [day, ...line];
  });
  expect(told).toEqual(written);
  return days.length;
}

describe('where a risk stands, on each day of a year', () => {
  it('is due for review on the last day of a shorter month, scored high on 31 January', () => {
    const story = [
      PROPOSED,
      registered('2023-01-16'),
      scored('2023-01-31', 3, 4),
      reviewed('2023-03-05'),
      scored('2023-04-05', 4, 4),
      scored('2023-05-31', 2, 4),
      reviewed('2023-11-30'),
    ];
    const days = walk(
      story,
      [
        ['2023-01-02', 'PROPOSED'],
        ['2023-01-16', 'AWAITING_REVIEW', 'unscored', 'isNew'],
        ['2023-01-31', 'MANAGED'],
        // Monthly, so due on 28 February: the last day of that month.
        ['2023-03-01', 'AWAITING_REVIEW', 'reviewOverdue'],
        ['2023-03-05', 'MANAGED'],
        // Due on 5 April, on which it was scored.
        ['2023-04-05', 'MANAGED'],
        ['2023-05-06', 'AWAITING_REVIEW', 'reviewOverdue'],
        // Medium from 31 May, so due after three months: on 31 August.
        ['2023-05-31', 'MANAGED'],
        ['2023-09-01', 'AWAITING_REVIEW', 'reviewOverdue'],
        // Due on 29 February.
        ['2023-11-30', 'MANAGED'],
      ],
      '2024-01-01',
    );
    expect(days).toBe(365);
    expect(standing(story, '2024-01-01').reviewDue).toBe('2024-02-29');
  });

  it('is overdue for a control, due for review, both at once, accepted until a day, escalated and back', () => {
    const story = [
      PROPOSED,
      registered('2023-01-02'),
      scored('2023-01-02', 3, 3),
      target('2023-01-02', 2, 2),
      control('training', '2023-01-10', '2023-01-20'),
      reviewed('2023-02-02'),
      {
        type: 'RiskControlMoved',
        effectiveOn: '2023-02-10',
        facts: { control: 'training', targetOn: '2023-03-31' },
        texts: ['reason'],
      },
      reviewed('2023-03-10'),
      inPlace('training', '2023-04-12'),
      reviewed('2023-04-12'),
      asked('2023-05-01', '2023-06-30'),
      accepted('2023-05-03', '2023-06-30'),
      reviewed('2023-05-03'),
      reviewed('2023-06-03'),
      reviewed('2023-07-10'),
      asked('2023-07-12', '2023-08-31'),
      accepted('2023-07-14', '2023-08-31'),
      moved('RiskEscalated', '2023-07-20', 'JOINT'),
      scored('2023-08-08', 3, 2),
      moved('RiskDeescalated', '2023-08-20', 'FORCE'),
      scored('2023-10-02', 2, 2),
    ] as readonly Told[];
    const days = walk(
      story,
      [
        ['2023-01-02', 'MANAGED'],
        ['2023-01-10', 'CONTROLS_TASKED', 'controlTasked'],
        ['2023-01-21', 'OVERDUE_CONTROL', 'controlOverdue', 'controlTasked'],
        // Reviewed on the last day on which it was in time.
        ['2023-02-10', 'CONTROLS_TASKED', 'controlTasked'],
        ['2023-03-03', 'AWAITING_REVIEW', 'reviewOverdue', 'controlTasked'],
        ['2023-03-10', 'CONTROLS_TASKED', 'controlTasked'],
        ['2023-04-01', 'OVERDUE_CONTROL', 'controlOverdue', 'controlTasked'],
        // Both at once: the review was due on 10 April.
        ['2023-04-11', 'AWAITING_REVIEW', 'reviewOverdue', 'controlOverdue', 'controlTasked'],
        ['2023-04-12', 'MANAGED'],
        // Asking changes nothing.
        ['2023-05-03', 'CONTROLLED', 'accepted'],
        // The last day of the acceptance is 30 June; nobody looked at it between.
        ['2023-07-01', 'AWAITING_REVIEW', 'acceptanceLapsed'],
        // And its review was due on 3 July.
        ['2023-07-04', 'AWAITING_REVIEW', 'reviewOverdue', 'acceptanceLapsed'],
        // Reviewed after the acceptance ran out: it stands as it did before.
        ['2023-07-10', 'MANAGED'],
        // A new acceptance, which no change of register touches.
        ['2023-07-14', 'CONTROLLED', 'accepted'],
        // Scored medium before it ran out on 31 August, so it lapses all the same; due on 8 November.
        ['2023-09-01', 'AWAITING_REVIEW', 'acceptanceLapsed'],
        ['2023-10-02', 'CONTROLLED', 'atTarget'],
      ],
      '2024-01-01',
    );
    expect(days).toBe(365);
    expect([
      stateOn(story, '2023-07-19').register,
      stateOn(story, '2023-07-20').register,
      stateOn(story, '2023-08-20').register,
    ]).toEqual(['FORCE', 'JOINT', 'FORCE']);
    expect(stateOn(story, '2023-08-20').ended).toBeUndefined();
  });

  it('awaits review under a new responsible officer and after it was opened again, and under another co-owner does not', () => {
    const given_ = (on: CivilDate, owner: string, owners?: string[]): Told => ({
      type: 'RiskAllocated',
      effectiveOn: on,
      facts: { owner, ...(owners === undefined ? {} : { owners }) },
    });
    const story = [
      PROPOSED,
      registered('2023-01-02'),
      scored('2023-01-03', 1, 2),
      given_('2023-01-10', 'force-lead', ['estates-lead']),
      given_('2023-01-20', 'people-lead'),
      reviewed('2023-01-25'),
      { type: 'RiskClosureRequested', effectiveOn: '2023-02-01', facts: { side: 'FORCE' }, texts: ['reason'] },
      { type: 'RiskClosed', effectiveOn: '2023-02-02' },
      { type: 'RiskReopened', effectiveOn: '2023-02-20', texts: ['reason'] },
      scored('2023-02-22', 1, 1),
    ] as readonly Told[];
    walk(
      story,
      [
        ['2023-01-02', 'AWAITING_REVIEW', 'unscored', 'isNew'],
        ['2023-01-03', 'MANAGED'],
        ['2023-01-20', 'AWAITING_REVIEW', 'isNew'],
        ['2023-01-25', 'MANAGED'],
        ['2023-02-02', 'CLOSED'],
        ['2023-02-20', 'AWAITING_REVIEW', 'isNew'],
        ['2023-02-22', 'MANAGED'],
      ],
      '2023-05-22',
    );
  });
});

describe('when the scale of a risk changes', () => {
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
      { band: 'Lesser', least: 1, most: 14, reviewMonths: 6 },
    ],
  };
  const story = [
    PROPOSED,
    registered('2023-01-02'),
    target('2023-01-02', 2, 4),
    scored('2023-01-02', 2, 3),
    scored('2023-04-03', 2, 4),
  ];

  it('is due for review as the bands in force say, and its score stays as it was given', () => {
    const changed = scaleOfVersions(['2020-01-01', FOUR], ['2023-05-15', STRICTER]);
    walk(
      story,
      [
        ['2023-01-02', 'CONTROLLED', 'atTarget'],
        // Medium: due on 2 April, and scored anew on the day after.
        ['2023-04-03', 'CONTROLLED', 'atTarget'],
        // High from the day of the new bands on: due monthly, so on 3 May.
        ['2023-05-15', 'AWAITING_REVIEW', 'reviewOverdue', 'atTarget'],
      ],
      '2023-05-31',
      changed,
    );
    const { CURRENT } = standing(story, '2023-05-31', changed).scores;
    expect([CURRENT!.now.band?.band, CURRENT!.then.band?.band]).toEqual(['High', 'Medium']);
    expect(CURRENT!.score).toMatchObject({ likelihood: 2, impact: 4, version: '1' });
  });

  it('is to be scored anew on other axes, keeps the band of its own version, and is set against nothing on them', () => {
    const changed = scaleOfVersions(['2020-01-01', FOUR], ['2023-05-15', FIVE]);
    const before = standing(story, '2023-05-14', changed);
    expect([before.conditions.toBeScoredAnew, before.toTarget, before.sinceBefore]).toEqual([false, 'SAME', 'HIGHER']);
    const after = standing(story, '2023-05-15', changed);
    expect(after.conditions.toBeScoredAnew).toBe(true);
    expect(after.scores.CURRENT!.now).toMatchObject({ version: '1', band: { band: 'Medium' } });
    const anew = [...story, scored('2023-06-01', 2, 4, { version: '2' })];
    const scoredAnew = standing(anew, '2023-06-01', changed);
    expect(scoredAnew).toMatchObject({ toTarget: null, sinceBefore: null, status: 'MANAGED' });
    expect(scoredAnew.conditions).toMatchObject({ atTarget: false, fellWithoutControl: false, toBeScoredAnew: false });
    expect(scoredAnew.scores.TARGET!.now.isToBeScoredAnew).toBe(true);
  });

  it('has neither band nor review for a reader of whom the scale is kept, and is set against nothing', () => {
    const unseen = standingOn(stateOn(story, '2023-12-31'), () => null, '2023-12-31');
    expect(unseen).toMatchObject({ status: 'MANAGED', reviewDue: null, toTarget: null, sinceBefore: null });
    expect(unseen.scores.CURRENT!.now).toMatchObject({ version: null, band: null });
  });
});

describe('what is so of a risk, each by itself', () => {
  const open = [PROPOSED, registered('2023-01-02')];
  const so = (story: readonly Told[], day: CivilDate) => standing(story, day).conditions;

  it('is at its target at it or below; an opportunity at it or above', () => {
    const at = (likelihood: number, kind: 'THREAT' | 'OPPORTUNITY') => {
      const proposed = { ...PROPOSED, facts: { ...PROPOSED.facts, kind } } as Told;
      const story = [
        proposed,
        registered('2023-01-02'),
        target('2023-01-03', 2, 2),
        scored('2023-01-03', likelihood, 2),
      ];
      return so(story, '2023-01-03').atTarget;
    };
    expect([1, 2, 3].map((likelihood) => at(likelihood, 'THREAT'))).toEqual([true, true, false]);
    expect([1, 2, 3].map((likelihood) => at(likelihood, 'OPPORTUNITY'))).toEqual([false, true, true]);
  });

  it('is within appetite up to the greatest score that is', () => {
    const within = (most: number, version = '1') =>
      so(
        [
          ...open,
          scored('2023-01-03', 2, 4),
          { type: 'RiskAppetiteSet', effectiveOn: '2023-01-04', facts: { rule: 'CGB-scores', version, most } },
        ],
        '2023-01-04',
      );
    expect([7, 8].map((most) => within(most).withinAppetite)).toEqual([false, true]);
    expect([7, 8].map((most) => within(most).controlled)).toEqual([false, true]);
    expect(within(8, '9').withinAppetite).toBe(false);
  });

  it('fell with no new control where none was put in place after the score before and by the new one', () => {
    const fell = (...more: readonly Told[]) =>
      so([...open, scored('2023-01-03', 4, 4), ...more, scored('2023-02-03', 2, 2)], '2023-02-03').fellWithoutControl;
    expect(fell()).toBe(true);
    expect(fell(control('one', '2023-01-20'))).toBe(false);
    expect(fell(control('one', '2023-01-20', '2023-03-01'))).toBe(true);
    expect(fell(control('one', '2023-01-20', '2023-03-01'), inPlace('one', '2023-02-03'))).toBe(false);
    expect(so([...open, scored('2023-01-03', 2, 2), scored('2023-02-03', 2, 2)], '2023-02-03').fellWithoutControl).toBe(
      false,
    );
    // One that was there before explains nothing, nor one that came after.
    const late = [...open, control('one', '2023-01-03'), scored('2023-01-03', 4, 4), scored('2023-02-03', 2, 2)];
    expect(so([...late, control('two', '2023-02-10')], '2023-02-10').fellWithoutControl).toBe(true);
  });

  it('is high and not assured without the third line in the twelve months before, whatever the others said', () => {
    const had = (line: 'FIRST' | 'SECOND' | 'THIRD', on: CivilDate): Told => ({
      type: 'RiskControlAssured',
      effectiveOn: on,
      facts: { control: 'one', line, opinion: 'LIMITED' },
    });
    const story = [
      ...open,
      control('one', '2023-01-02'),
      scored('2023-01-03', 3, 3),
      had('THIRD', '2023-02-28'),
      had('SECOND', '2024-02-01'),
    ];
    expect(['2023-02-27', '2023-02-28', '2024-02-29', '2024-03-01'].map((day) => so(story, day).highUnassured)).toEqual(
      [true, false, false, true],
    );
    expect(so([...open, scored('2023-01-03', 2, 4)], '2023-01-03')).toMatchObject({
      high: false,
      highUnassured: false,
    });
  });

  it('is without controls where all were given up, and waits for none of them', () => {
    const givenUp: Told = {
      type: 'RiskControlReported',
      effectiveOn: '2023-01-10',
      facts: { control: 'one', standing: 'GIVEN_UP' },
    };
    const story = [...open, control('one', '2023-01-03', '2023-01-05'), givenUp];
    expect(so(story, '2023-01-09')).toMatchObject({
      withoutControls: false,
      controlTasked: true,
      controlOverdue: true,
    });
    expect(so(story, '2023-01-10')).toMatchObject({
      withoutControls: true,
      controlTasked: false,
      controlOverdue: false,
    });
  });

  it('is nothing of a proposal, nor of one that has ended', () => {
    const nothing = (story: readonly Told[], day: CivilDate) => Object.values(so(story, day)).every((one) => !one);
    expect(nothing([PROPOSED], '2023-06-01')).toBe(true);
    const merged = [
      ...open,
      { type: 'RiskMerged', effectiveOn: '2023-02-01', facts: { into: 'CGB-2023-01-K2' } } as Told,
    ];
    expect(nothing(merged, '2023-01-31')).toBe(false);
    expect(nothing(merged, '2023-02-01')).toBe(true);
  });

  it('stays accepted of a paper that does not say until when', () => {
    const story = [
      ...open,
      scored('2023-01-03', 4, 4),
      { ...accepted('2023-01-04', ''), facts: {}, imported: true } as Told,
    ];
    expect(so(story, '2030-01-01')).toMatchObject({ accepted: true, acceptanceLapsed: false });
  });
});

describe('the days on which a risk was last looked at that is overdue', () => {
  it('are those up to the last one that counting months finds', () => {
    const anyDay = fc.nat(20_000).map((days) => addDays('1990-01-01', days));
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 120 }), (day, months) => {
        const last = lastDayOverdue(months, day);
        expect(addMonths(last, months) < day).toBe(true);
        expect(addMonths(addDays(last, 1), months) < day).toBe(false);
      }),
      { seed: 14, numRuns: 500 },
    );
  });
});

describe('what is told of a risk', () => {
  it('says on which day next one of its controls will be overdue', () => {
    const control = (targetOn: CivilDate): Told => ({
      ...{ type: 'RiskControlAdded', effectiveOn: '2023-01-04', texts: ['measure'] },
      facts: { kind: 'ADDITIONAL', targetOn },
    });
    const controls = ['2023-05-01', '2023-03-01', '2023-02-01', '2023-04-01'].map(control);
    const state = stateOn([PROPOSED, registered('2023-01-03'), ...controls], '2023-02-10');
    const asked: unknown[] = [];
    risks.told.fields(state, {
      ...{ day: '2023-02-10', turnsOn: () => undefined, record: () => null, statesOf: () => [], ofBody: () => [] },
      isPast: (day) => asked.push(day) < 0,
    });
    expect(asked).toContain('2023-03-01');
  });
});
