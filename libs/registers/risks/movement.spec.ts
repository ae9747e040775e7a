import fc from 'fast-check';
import { addDays, daysBetween, type CivilDate, type RecordEvent } from '../../ledger/index.ts';
import type { RuleLink, ScoreScale } from '../../rules/index.ts';
import { pastEvent, type AnyPast } from '../../spec-kit/index.ts';
import { amend, fold } from '../../timeline/index.ts';
import {
  isOnRegister,
  movementOf,
  risks,
  standingOn,
  type Amendment,
  type RiskEvent,
  type RiskMoved,
  type RiskMovement,
  type RiskState,
  type ScaleOf,
} from './index.ts';

const steps = (most: number) => Array.from({ length: most }, (_, index) => ({ score: index + 1 }));
const axes = (most: number, ...bands: ScoreScale['bands']): ScoreScale => ({
  ...{ likelihoods: steps(most), impacts: steps(most) },
  bands,
});
const FOUR = axes(
  4,
  { band: 'High', least: 9, most: 16, reviewMonths: 1 },
  { band: 'Medium', least: 5, most: 8, reviewMonths: 3 },
  { band: 'Low', least: 1, most: 4, reviewMonths: 3 },
);
/** Calls 8 high. */
const STRICTER = axes(
  4,
  { band: 'High', least: 8, most: 16, reviewMonths: 1 },
  { band: 'Medium', least: 4, most: 7, reviewMonths: 2 },
  { band: 'Low', least: 1, most: 3, reviewMonths: 3 },
);
const FIVE = axes(5, { band: 'High', least: 15, most: 25 }, { band: 'Low', least: 1, most: 14, reviewMonths: 6 });

const scale = (...versions: readonly (readonly [from: CivilDate, ScoreScale])[]): ScaleOf => {
  const rule: RuleLink<ScoreScale> = {
    ...{ ref: 'CGB-scores', kind: 'SCORE_SCALE', body: 'CGB' },
    versions: versions.map(([from, content], index) => ({
      ...{ event: `version-${index + 1}`, version: String(index + 1) },
      ...{ from, content },
    })),
  };
  return (ref) => (ref === 'CGB-scores' ? rule : null);
};
const ONE_VERSION = scale(['2020-01-01', FOUR]);

const proposed: AnyPast = {
  ...{ id: 'proposed', type: 'RiskProposed', effectiveOn: '2023-01-02', texts: ['title'] },
  facts: { ref: 'CGB-2023-01-K1', body: 'CGB', register: 'FORCE', kind: 'THREAT', owner: 'force-lead' },
};
const said = (type: string, on: CivilDate, facts: AnyPast['facts'] = {}, id = `${type} ${on}`): AnyPast => ({
  ...{ id, type, facts, effectiveOn: on, texts: ['reason'], by: 'force-lead' },
});
const registered = (on: CivilDate) => said('RiskRegistered', on);
const scored = (on: CivilDate, likelihood: number, impact: number, more: AnyPast['facts'] = {}) =>
  said('RiskScored', on, { of: 'CURRENT', rule: 'CGB-scores', version: '1', likelihood, impact, ...more });
const target = (on: CivilDate, likelihood: number, impact: number, targetOn: CivilDate) => ({
  ...scored(on, likelihood, impact, { of: 'TARGET', targetOn }),
  id: `target ${on}`,
});
const control = (id: string, on: CivilDate, targetOn?: CivilDate): AnyPast => ({
  ...said('RiskControlAdded', on, targetOn === undefined ? { kind: 'EXISTING' } : { kind: 'ADDITIONAL', targetOn }, id),
  texts: ['measure'],
});
const reported = (on: CivilDate, id: string, standing: string) =>
  said('RiskControlReported', on, { control: id, standing });
const amending = (type: 'Voided' | 'Restored', of: string, id = `${type} ${of}`): AnyPast => ({
  ...said(type, '2023-06-21', { target: of }, id),
});
const corrected = (of: string, path: string, is: string | number): AnyPast => ({
  ...said('Corrected', '2023-06-21', { target: of, schema: 1, path, is }, `Corrected ${of}`),
});

interface Told {
  /** Known when the panel was told, and recorded since. */
  readonly then: readonly AnyPast[];
  readonly since?: readonly AnyPast[];
  readonly before?: CivilDate;
  readonly after?: CivilDate;
  readonly scaleThen?: ScaleOf;
  readonly scaleNow?: ScaleOf;
}

function moves({ then, since = [], ...at }: Told): RiskMovement {
  const all = [...then, ...since].map((past, index) => pastEvent('risks', past, index + 1));
  const inForce = (events: readonly RecordEvent[]) => amend<RiskState, RiskEvent>(risks, events);
  const amendments = (events: readonly RecordEvent[]): readonly Amendment[] =>
    events.flatMap(({ id, type, facts }) =>
      ['Corrected', 'Voided', 'Restored'].includes(type) ? [{ id, type, target: facts['target'] as string }] : [],
    );
  const [first, later] = [all.slice(0, then.length), all.slice(then.length)];
  return movementOf(
    {
      ...{ told: inForce(first), known: inForce(all), recorded: new Set(first.map(({ id }) => id)) },
      ...{ amendedSince: amendments(later), amendments: amendments(all) },
    },
    { before: '2023-03-31', after: '2023-06-30', scaleThen: ONE_VERSION, scaleNow: ONE_VERSION, ...at },
  );
}

/** `NEW 2023-04-03`, with how it was restated, and `not` where it is not so. */
const brief = ({ kind, step, restatement, cause, on, stands }: RiskMoved) =>
  [step === 'RESTATED' ? `${restatement ?? cause}:` : [], stands ? [] : 'not', cause === 'DAY' ? 'day' : [], kind, on]
    .flat()
    .join(' ');
const happened = (told: Told) => moves(told).moved.map(brief);
const REGISTERED = [proposed, registered('2023-01-10')];

describe('what became of a risk since a panel last met', () => {
  it('is new when it was registered since, though it was closed again', () => {
    const then = [proposed, registered('2023-04-03'), said('RiskClosed', '2023-05-02')];
    expect(happened({ then })).toEqual(['NEW 2023-04-03', 'CLOSED 2023-05-02']);
  });

  it('counts from the day after the panel was told, to the last day asked about', () => {
    const days = ['2023-03-31', '2023-04-01', '2023-06-30', '2023-07-01'];
    const then = [...REGISTERED, ...days.map((day) => said('RiskReworded', day))];
    expect(happened({ then })).toEqual(['RE_WORDED 2023-04-01', 'RE_WORDED 2023-06-30']);
  });

  it('was escalated, de-escalated, given to another owner, accepted, reopened or merged', () => {
    const then = [
      ...REGISTERED,
      said('RiskEscalated', '2023-04-02', { register: 'JOINT' }),
      said('RiskDeescalated', '2023-04-03', { register: 'FORCE' }),
      said('RiskAllocated', '2023-04-04', { owner: 'force-lead' }),
      said('RiskAllocated', '2023-04-05', { owner: 'estates-lead' }),
      said('RiskAcceptanceGranted', '2023-04-06', { until: '2024-01-01' }),
      said('RiskClosed', '2023-04-07'),
      said('RiskReopened', '2023-04-08'),
      said('RiskMerged', '2023-04-09', { into: 'CGB-2023-01-K2' }),
    ];
    const { moved } = moves({ then });
    expect(moved.map(({ kind }) => kind)).toEqual([
      ...['ESCALATED', 'DEESCALATED', 'RE_OWNED', 'ACCEPTED', 'CLOSED', 'REOPENED', 'MERGED'],
    ]);
    expect(moved[0]!.registers).toEqual(['FORCE', 'JOINT']);
    expect(moved[2]!.owners).toEqual(['force-lead', 'estates-lead']);
    expect(moved.at(-1)!.other).toBe('CGB-2023-01-K2');
  });

  it('tells who scored it and why, and that the score fell with no new control', () => {
    const then = [
      ...REGISTERED,
      scored('2023-03-15', 4, 4),
      scored('2023-04-10', 4, 3),
      control('c', '2023-04-20', '2023-05-01'),
      reported('2023-05-01', 'c', 'IN_PLACE'),
      scored('2023-05-02', 3, 3),
      scored('2023-06-01', 4, 3),
    ];
    const { moved, scores } = moves({ then });
    expect(moved.map(brief)).toEqual([
      'SCORE_FELL 2023-04-10',
      'FELL_WITHOUT_CONTROL 2023-04-10',
      'CONTROL_ADDED 2023-04-20',
      'CONTROL_IN_PLACE 2023-05-01',
      'SCORE_FELL 2023-05-02',
      'SCORE_ROSE 2023-06-01',
    ]);
    expect(moved[0]).toMatchObject({
      did: { by: 'force-lead' },
      why: { part: 'text/reason' },
      score: { likelihood: 4, impact: 3 },
      scoreBefore: { likelihood: 4, impact: 4 },
    });
    expect(scores.map(({ effectiveOn }) => effectiveOn)).toEqual(['2023-04-10', '2023-05-02', '2023-06-01']);
  });

  it('sets scores on different axes against each other nowhere', () => {
    const scaleNow = scale(['2020-01-01', FOUR], ['2023-05-01', FIVE]);
    const then = [...REGISTERED, scored('2023-03-01', 2, 2), scored('2023-05-02', 4, 4, { version: '2' })];
    const { moved } = moves({ then, scaleNow, scaleThen: scaleNow });
    expect(moved.map(brief)).toEqual(['SCORED_ON_OTHER_AXES 2023-05-02']);
  });

  it('had controls added, dropped and put on another day, and some fell overdue', () => {
    const then = [
      ...REGISTERED,
      control('was', '2023-02-01', '2023-03-30'),
      control('falls', '2023-02-01', '2023-04-09'),
      control('done late', '2023-04-01', '2023-05-01'),
      control('dropped', '2023-04-02', '2023-08-01'),
      reported('2023-05-04', 'done late', 'IN_PLACE'),
      reported('2023-05-05', 'dropped', 'GIVEN_UP'),
      said('RiskControlMoved', '2023-06-01', { control: 'falls', targetOn: '2023-09-01' }),
    ];
    const { moved } = moves({ then });
    expect(moved.map(brief)).toEqual([
      'CONTROL_ADDED 2023-04-01',
      'CONTROL_ADDED 2023-04-02',
      'day CONTROL_OVERDUE 2023-04-10',
      'day CONTROL_OVERDUE 2023-05-02',
      'CONTROL_IN_PLACE 2023-05-04',
      'CONTROL_DROPPED 2023-05-05',
      'CONTROL_RE_DATED 2023-06-01',
    ]);
    const overdue = moved.filter(({ kind }) => kind === 'CONTROL_OVERDUE');
    expect(overdue.map((one) => [one.control, one.overdue])).toEqual([
      ['falls', { due: '2023-04-09', until: '2023-05-31' }],
      ['done late', { due: '2023-05-01', until: '2023-05-03' }],
    ]);
  });

  it('was reviewed with nothing changed, though it was scored as it had been, and not when anything else was said', () => {
    const then = [...REGISTERED, scored('2023-03-01', 2, 2)];
    const [again, review] = [scored('2023-04-10', 2, 2), said('RiskReviewed', '2023-05-01')];
    expect(happened({ then: [...then, again, review] })).toEqual(['REVIEWED_UNCHANGED 2023-05-01']);
    const other = said('RiskResponseChosen', '2023-05-02', { response: 'TREAT' });
    expect(happened({ then: [...then, again, review, other] })).toEqual([]);
  });

  it('was not reviewed when due: high risks after a month, by the months of February and March', () => {
    const then = [...REGISTERED, scored('2023-03-31', 4, 4), said('RiskReviewed', '2023-05-03')];
    const { moved } = moves({ then });
    // Due on 30 April, as April has no 31st; reviewed on 3 May, so due again on 3 June.
    expect(moved.map((one) => [brief(one), one.overdue])).toEqual([
      ['day REVIEW_MISSED 2023-05-01', { due: '2023-04-30', until: '2023-05-02' }],
      ['REVIEWED_UNCHANGED 2023-05-03', undefined],
      ['day REVIEW_MISSED 2023-06-04', { due: '2023-06-03', until: null }],
    ]);
  });

  it('is banded otherwise by its scale, which is no change of the risk', () => {
    const scaleNow = scale(['2020-01-01', FOUR], ['2023-05-01', STRICTER]);
    const then = [...REGISTERED, scored('2023-03-31', 2, 4)];
    const { moved, daysInBands } = moves({ then, scaleNow, scaleThen: ONE_VERSION });
    expect(moved.map(brief)).toEqual(['RE_BANDED 2023-05-01', 'day REVIEW_MISSED 2023-05-01']);
    expect(moved[0]).toMatchObject({ cause: 'OTHER_RECORD', event: 'version-2', other: 'CGB-scores' });
    // 1 to 30 April, and 1 May to 30 June.
    expect(daysInBands).toEqual([
      { where: 'IN_BAND', band: 'Medium', days: 30 },
      { where: 'IN_BAND', band: 'High', days: 61 },
    ]);
  });

  it('spends each of the days in a band or in none', () => {
    const then = [
      proposed,
      registered('2023-04-11'),
      scored('2023-04-21', 4, 4),
      scored('2023-05-01', 2, 4),
      said('RiskClosed', '2023-06-30'),
    ];
    // 1 to 10 April and 30 June; 11 to 20 April; 21 to 30 April; 1 May to 29 June.
    expect(moves({ then }).daysInBands).toEqual([
      { where: 'NOT_ON_REGISTER', band: null, days: 11 },
      { where: 'UNSCORED', band: null, days: 10 },
      { where: 'IN_BAND', band: 'High', days: 10 },
      { where: 'IN_BAND', band: 'Medium', days: 60 },
    ]);
  });
});

describe('what was forecast of a risk', () => {
  const forecast = (by: CivilDate, ...more: readonly AnyPast[]) => {
    const then = [...REGISTERED, scored('2023-03-01', 4, 4), target('2023-03-02', 2, 2, by), ...more];
    const { outcome, since, came } = moves({ then }).forecast!;
    return [outcome, since, came?.effectiveOn];
  };

  it('was reached by the day, or was not, or has its day ahead', () => {
    const [low, high] = [scored('2023-05-01', 2, 2), scored('2023-05-20', 4, 4)];
    expect(forecast('2023-05-10', low)).toEqual(['REACHED', '2023-05-01', '2023-05-01']);
    expect(forecast('2023-05-10', low, high)).toEqual(['REACHED', '2023-05-01', '2023-05-01']);
    expect(forecast('2023-05-20', low, high)).toEqual(['MISSED', null, '2023-05-20']);
    expect(forecast('2023-06-30')).toEqual(['MISSED', null, '2023-03-01']);
    expect(forecast('2023-07-01')).toEqual(['AHEAD', null, '2023-03-01']);
  });

  it('ends with the risk', () => {
    expect(forecast('2023-05-10', said('RiskClosed', '2023-05-09'))[0]).toBe('ENDED');
  });

  it('is what the panel was told, though the target is another since', () => {
    const then = [...REGISTERED, scored('2023-03-01', 4, 4), target('2023-03-02', 2, 2, '2023-05-31')];
    const since = [target('2023-04-02', 3, 3, '2023-12-31')];
    const { forecast: told } = moves({ then, since });
    expect(told).toMatchObject({ target: { likelihood: 2 }, by: '2023-05-31', outcome: 'MISSED' });
    expect(moves({ then: REGISTERED, since: then.slice(2) }).forecast).toBeNull();
  });
});

describe('what a panel was told otherwise than it is known now', () => {
  const then = [...REGISTERED, scored('2023-03-01', 2, 2)];

  it('was learned since, and moved nothing', () => {
    const since = [scored('2023-03-20', 4, 4)];
    expect(happened({ then, since })).toEqual([
      'LEARNED: SCORE_ROSE 2023-03-20',
      // It was due again on 20 April, a month after.
      'day REVIEW_MISSED 2023-04-21',
    ]);
  });

  it('was corrected since, which is no movement', () => {
    const since = [corrected('RiskScored 2023-03-01', 'impact', 1)];
    const { moved, told, knownNow, closing } = moves({ then, since, after: '2023-05-31' });
    expect(moved.map(brief)).toEqual(['CORRECTED: FIRST_SCORED 2023-03-01']);
    expect(moved[0]!.amendment).toBe('Corrected RiskScored 2023-03-01');
    expect([told, knownNow, closing].map((at) => at!.standing.scores.CURRENT!.score.impact)).toEqual([2, 1, 1]);
  });

  it('was corrected since, so that what the panel was told did not become of it', () => {
    const fell = [...REGISTERED, scored('2023-02-01', 2, 3), scored('2023-03-01', 2, 2)];
    const since = [corrected('RiskScored 2023-03-01', 'impact', 3)];
    expect(happened({ then: fell, since, after: '2023-05-31' })).toEqual([
      'CORRECTED: not SCORE_FELL 2023-03-01',
      'CORRECTED: not FELL_WITHOUT_CONTROL 2023-03-01',
    ]);
  });

  it('was taken back since, or restored since', () => {
    const voided = amending('Voided', 'RiskScored 2023-03-01');
    expect(happened({ then, since: [voided] })).toEqual(['VOIDED: not FIRST_SCORED 2023-03-01']);
    const restored = amending('Restored', 'RiskScored 2023-03-01');
    const again = moves({ then: [...then, voided], since: [restored], after: '2023-05-31' });
    expect(again.moved.map(brief)).toEqual(['RESTORED: FIRST_SCORED 2023-03-01']);
    expect(again.moved[0]!.amendment).toBe(restored.id);
  });

  it('was taken back with the whole risk', () => {
    const { moved, told, knownNow } = moves({ then, since: [amending('Voided', 'proposed')] });
    expect(moved.map(brief)).toEqual(['VOIDED: not NEW 2023-01-10', 'VOIDED: not FIRST_SCORED 2023-03-01']);
    expect([told === null, knownNow]).toEqual([false, null]);
  });

  it('left the days before for those after when its day was corrected: restated, and moved', () => {
    const since = [corrected('RiskScored 2023-03-01', 'effectiveOn', '2023-04-05')];
    expect(happened({ then, since })).toEqual(['CORRECTED: not FIRST_SCORED 2023-03-01', 'FIRST_SCORED 2023-04-05']);
  });

  it('was banded otherwise, or overdue, as of the same day', () => {
    const scaleNow = scale(['2020-01-01', FOUR], ['2023-03-15', STRICTER]);
    const story = [...REGISTERED, scored('2023-02-20', 2, 4), control('c', '2023-02-20', '2023-06-29')];
    const since = [corrected('c', 'targetOn', '2023-03-30')];
    expect(happened({ then: story, since, scaleNow, after: '2023-04-30' })).toEqual([
      'CORRECTED: CONTROL_ADDED 2023-02-20',
      'OTHER_RECORD: RE_BANDED 2023-03-31',
      'DAY: day CONTROL_OVERDUE 2023-03-31',
      'DAY: day REVIEW_MISSED 2023-03-31',
    ]);
  });
});

describe('over random histories', () => {
  const first = '2023-01-10';
  const day = fc.nat(200).map((days) => addDays(first, days));
  const event: fc.Arbitrary<AnyPast> = fc.oneof(
    fc.tuple(day, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })).map((args) => scored(...args)),
    day.map((on) => said('RiskReviewed', on)),
    fc.tuple(day, day).map(([on, by]) => control(`c ${on}`, on, by)),
    fc.tuple(day, day).map(([on, of]) => reported(on, `c ${of}`, 'IN_PLACE')),
    day.map((on) => said('RiskClosed', on)),
    day.map((on) => said('RiskReopened', on)),
  );
  const stories = fc
    .tuple(fc.array(event, { maxLength: 14 }), fc.array(event, { maxLength: 6 }), day, day, day)
    .map(([then, since, a, b, from]) => ({
      then: [proposed, registered(first), ...then].map((one, index) => ({ ...one, id: idOf(one, index) })),
      since: since.map((one, index) => ({ ...one, id: idOf(one, index + 100) })),
      ...{ before: a < b ? a : b, after: a < b ? b : a },
      scaleNow: scale(['2020-01-01', FOUR], [from, STRICTER]),
    }));
  /** Controls are named by their day. */
  const idOf = ({ id, type }: AnyPast, index: number) => (type === 'RiskControlAdded' ? id! : `event ${index}`);
  const isTold = ({ then, since }: { readonly then: readonly AnyPast[]; readonly since: readonly AnyPast[] }) => {
    const ids = [...then, ...since].map(({ id }) => id);
    return new Set(ids).size === ids.length;
  };

  /** Each day by itself, from nothing but the facts. */
  function dayByDay({ then, since, before, after, scaleNow }: Required<Omit<Told, 'scaleThen'>>) {
    const facts = amend(
      risks,
      [...then, ...since].map((past, index) => pastEvent('risks', past, index + 1)),
    );
    return Array.from({ length: daysBetween(before, after) }, (_, index) => addDays(before, index + 1)).map((on) => {
      const state = fold(
        risks,
        facts.filter(({ effectiveOn }) => effectiveOn <= on),
      );
      if (state.status === 'NOT_PROPOSED' || !isOnRegister(state)) return { on, where: 'none', reviewOverdue: false };
      const { scores, conditions } = standingOn(state, scaleNow, on);
      return { on, where: scores.CURRENT?.now.band?.band ?? 'unscored', reviewOverdue: conditions.reviewOverdue };
    });
  }

  it('a risk spends as many days in each band, and misses its reviews on the days, that each day by itself tells', () => {
    fc.assert(
      fc.property(stories.filter(isTold), (story) => {
        const { daysInBands, moved, knownNow } = moves(story);
        const days = dayByDay(story);
        const count = (where: string) => days.filter((one) => one.where === where).length;
        expect(daysInBands.reduce((sum, one) => sum + one.days, 0)).toBe(days.length);
        for (const { where, band, days: spent } of daysInBands)
          expect(spent).toBe(count(band ?? (where === 'UNSCORED' ? 'unscored' : 'none')));
        const began = days.filter(
          ({ reviewOverdue }, index) =>
            reviewOverdue &&
            !(index === 0 ? knownNow?.standing.conditions.reviewOverdue : days[index - 1]!.reviewOverdue),
        );
        const missed = moved.filter(({ kind, step }) => kind === 'REVIEW_MISSED' && step === 'MOVED');
        expect(missed.map(({ on }) => on)).toEqual(began.map(({ on }) => on));
      }),
      { seed: 16, numRuns: 60 },
    );
  });

  it('nothing moved between a day and itself, and nothing is restated of what was known', () => {
    fc.assert(
      fc.property(stories.filter(isTold), ({ then, before, scaleNow }) => {
        const { moved, daysInBands } = moves({ then, before, after: before, scaleNow, scaleThen: scaleNow });
        expect([moved, daysInBands]).toEqual([[], []]);
      }),
      { seed: 16, numRuns: 40 },
    );
  });
});
