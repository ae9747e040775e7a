import { addDays, addMonths, type CivilDate } from '../../ledger/index.ts';
import {
  areComparable,
  bandedOn,
  bandedThen,
  productOf,
  type Banded,
  type ScoreGiven,
  type ScoreScaleLink,
} from '../../rules/index.ts';
import type { RiskScoreOf, RiskStatus } from './fields.ts';
import { ControlsRead } from './controls.ts';
import { latestScore, type ProposedRisk, type RiskControl, type RiskScore } from './state.ts';

/*
 * Where a risk stands on a day. How often it is reviewed, and what may be compared, its scale says, which is another record: so it is worked out
 * here, from the state on that day and the scale as it is then. Pure.
 */

/** The score scale of that reference, as it is on the day; null where there is none for the reader. */
export type ScaleOf = (rule: string | undefined) => ScoreScaleLink;

/** A score, how it reads on the day, and how it read by the version at its own day. */
export interface ScoreRead {
  readonly score: RiskScore;
  readonly now: Banded;
  readonly then: Banded;
}

/** What is so of a risk on a day, each by itself. Of one that is not on a register, or has ended, none is. */
export interface RiskConditions {
  /** No current score. */
  readonly unscored: boolean;
  /** Neither scored nor reviewed since it was registered, reopened, or came to its responsible officer. */
  readonly isNew: boolean;
  /** Its review was due before the day. */
  readonly reviewOverdue: boolean;
  /** Its acceptance ran out, and it was neither accepted, scored nor reviewed since. */
  readonly acceptanceLapsed: boolean;
  /** One of those four. */
  readonly awaitingReview: boolean;
  /** An additional control is not in place, and its day lies before the day. */
  readonly controlOverdue: boolean;
  /** An additional control is not in place. */
  readonly controlTasked: boolean;
  /** Its current score is at its target or below; of an opportunity, at it or above. */
  readonly atTarget: boolean;
  readonly withinAppetite: boolean;
  readonly accepted: boolean;
  /** One of those three. */
  readonly controlled: boolean;
  /** It has no control that was not given up. */
  readonly withoutControls: boolean;
  /** Its current score is in the highest band of its scale. */
  readonly high: boolean;
  /** High, and no assurance of the third line in the twelve months up to the day. */
  readonly highUnassured: boolean;
  /** Its current score is below the one before, and no control was put in place between the two. */
  readonly fellWithoutControl: boolean;
  /** The version in force has other axes than the one on which it was scored. */
  readonly toBeScoredAnew: boolean;
}

export interface RiskStanding {
  readonly status: RiskStatus;
  readonly conditions: RiskConditions;
  /** The last day on which its review is in time; null where its band does not say, or it was never looked at. */
  readonly reviewDue: CivilDate | null;
  readonly scores: { readonly [of in RiskScoreOf]?: ScoreRead };
  /**
   * How the current score is to the one before, and to the target: less, more or as much; null where there are not both, or they are on
   * different axes.
   */
  readonly sinceBefore: Compared | null;
  readonly toTarget: Compared | null;
}

export type Compared = 'LOWER' | 'HIGHER' | 'SAME';

/** So many months back assurance of the third line counts: a year, as plans of internal audit are. */
export const THIRD_LINE_MONTHS = 12;

/** How a score reads on a day. */
export function scoreRead(score: RiskScore, scaleOf: ScaleOf, day: CivilDate): ScoreRead {
  const scale = scaleOf(score.rule);
  return { score, now: bandedOn(scale, score, day), then: bandedThen(scale, score) };
}

/** @param controls its controls, where they were read already */
export function standingOn(
  state: ProposedRisk,
  scaleOf: ScaleOf,
  day: CivilDate,
  controls: ControlsRead = new ControlsRead().of(state.controls),
): RiskStanding {
  const scores: { [of in RiskScoreOf]?: ScoreRead } = {};
  for (const of of ['INHERENT', 'CURRENT', 'TARGET'] as const) {
    const score = latestScore(state, of);
    if (score !== undefined) scores[of] = scoreRead(score, scaleOf, day);
  }
  const { CURRENT: current, TARGET: target } = scores;
  const before = scoreBefore(state);
  const reviewDue = reviewDueOf(state, current?.now ?? null);
  const isOpen = state.status === 'REGISTERED' && state.ended === undefined;
  const sinceBefore = compared(current?.score, before, scaleOf);
  const toTarget = compared(current?.score, target?.score, scaleOf);
  const conditions = isOpen
    ? conditionsOf(state, { current, before, reviewDue, sinceBefore, toTarget, scaleOf, controls, day })
    : NONE;
  return {
    status: state.ended?.how ?? (isOpen ? statusBy(conditions) : 'PROPOSED'),
    conditions,
    reviewDue: isOpen ? reviewDue : null,
    scores,
    sinceBefore,
    toTarget,
  };
}

/** The first that holds: the statuses of the register of Leicestershire Police (see the README). */
export function statusBy({
  awaitingReview,
  controlOverdue,
  controlTasked,
  controlled,
}: Pick<RiskConditions, 'awaitingReview' | 'controlOverdue' | 'controlTasked' | 'controlled'>): RiskStatus {
  if (awaitingReview) return 'AWAITING_REVIEW';
  if (controlOverdue) return 'OVERDUE_CONTROL';
  if (controlTasked) return 'CONTROLS_TASKED';
  return controlled ? 'CONTROLLED' : 'MANAGED';
}

interface Known {
  readonly current: ScoreRead | undefined;
  readonly before: RiskScore | undefined;
  readonly reviewDue: CivilDate | null;
  readonly sinceBefore: Compared | null;
  readonly toTarget: Compared | null;
  readonly scaleOf: ScaleOf;
  readonly controls: ControlsRead;
  readonly day: CivilDate;
}

function conditionsOf(state: ProposedRisk, known: Known): RiskConditions {
  const { current, before, reviewDue, sinceBefore, toTarget, scaleOf, controls, day } = known;
  const { acceptance, appetite, isNew, kind } = state;
  const unscored = current === undefined;
  const reviewOverdue = reviewDue !== null && reviewDue < day;
  const accepted = acceptance !== undefined && (acceptance.until === undefined || acceptance.until >= day);
  const acceptanceLapsed = acceptance !== undefined && !accepted && !isLookedAtAfter(state, acceptance.until!);
  const atTarget = toTarget !== null && toTarget !== (kind === 'OPPORTUNITY' ? 'LOWER' : 'HIGHER');
  const withinAppetite =
    current !== undefined &&
    appetite !== undefined &&
    areComparable(scaleOf(appetite.rule), current.score, appetite) &&
    productOf(current.score) <= appetite.most;
  const high = current?.now.isHighest === true;
  const { first: firstTarget } = controls.targets;
  const { last: thirdLine } = controls.assured;
  return {
    unscored,
    isNew,
    reviewOverdue,
    acceptanceLapsed,
    awaitingReview: unscored || isNew || reviewOverdue || acceptanceLapsed,
    controlOverdue: firstTarget !== null && firstTarget < day,
    controlTasked: controls.tasked > 0,
    atTarget,
    withinAppetite,
    accepted,
    controlled: atTarget || withinAppetite || accepted,
    withoutControls: controls.standing === 0,
    high,
    highUnassured: high && (thirdLine === null || thirdLine < addMonths(day, -THIRD_LINE_MONTHS)),
    fellWithoutControl: sinceBefore === 'LOWER' && !isOneBetween(controls, before!, current!.score),
    toBeScoredAnew: current?.now.isToBeScoredAnew === true,
  };
}

const NONE: RiskConditions = {
  unscored: false,
  isNew: false,
  reviewOverdue: false,
  acceptanceLapsed: false,
  awaitingReview: false,
  controlOverdue: false,
  controlTasked: false,
  atTarget: false,
  withinAppetite: false,
  accepted: false,
  controlled: false,
  withoutControls: false,
  high: false,
  highUnassured: false,
  fellWithoutControl: false,
  toBeScoredAnew: false,
};

export const CONDITIONS = Object.keys(NONE) as readonly (keyof RiskConditions)[];

/** Due so many calendar months after it was last looked at, as its band says. It is overdue the day after. */
function reviewDueOf({ lookedAt }: ProposedRisk, banded: Banded | null): CivilDate | null {
  const months = banded?.band?.reviewMonths;
  return lookedAt === undefined || months === undefined ? null : addMonths(lookedAt.effectiveOn, months);
}

/**
 * The last day of those on which a risk was looked at that is reviewed after so many months, and is overdue on that day. A table so tells them
 * apart without counting months.
 */
export function lastDayOverdue(months: number, day: CivilDate): CivilDate {
  // Months are clipped, so a few days of the month before may be as late; none later than three days after.
  let looked = addDays(addMonths(day, -months), 3);
  while (addMonths(looked, months) >= day) looked = addDays(looked, -1);
  return looked;
}

function isLookedAtAfter({ lookedAt }: ProposedRisk, day: CivilDate): boolean {
  return lookedAt !== undefined && lookedAt.effectiveOn > day;
}

/** The current score before the latest one. */
export function scoreBefore({ scores }: Pick<ProposedRisk, 'scores'>): RiskScore | undefined {
  const latest = scores.findLastIndex(({ of }) => of === 'CURRENT');
  return scores.findLast(({ of }, index) => of === 'CURRENT' && index < latest);
}

function compared(one: ScoreGiven | undefined, other: ScoreGiven | undefined, scaleOf: ScaleOf): Compared | null {
  if (one === undefined || other === undefined || !areComparable(scaleOf(one.rule), one, other)) return null;
  const [is, was] = [productOf(one), productOf(other)];
  return is === was ? 'SAME' : is < was ? 'LOWER' : 'HIGHER';
}

/** Was a control put in place after the one score was given, and by the time of the other? */
export function isControlledBetween(
  controls: readonly RiskControl[],
  { effectiveOn: after }: RiskScore,
  { effectiveOn: by }: RiskScore,
): boolean {
  return controls.some(({ inPlaceOn }) => inPlaceOn !== undefined && inPlaceOn > after && inPlaceOn <= by);
}

function isOneBetween({ inPlace }: ControlsRead, after: RiskScore, { effectiveOn: by }: RiskScore): boolean {
  const next = inPlace.from(addDays(after.effectiveOn, 1));
  return next !== null && next <= by;
}
