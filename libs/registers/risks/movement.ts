import { ownersOf } from '../../access/index.ts';
import { addDays, stepOf, type CivilDate, type EventId, type Step, type TextRef } from '../../ledger/index.ts';
import { areComparable, productOf, type Banded } from '../../rules/index.ts';
import { sameValue } from '../../timeline/index.ts';
import type { RiskEvent } from './events.ts';
import type { RiskMovementStep, RiskRestatement, RiskMovementKind, RiskRegister } from './fields.ts';
import { evolve, latestScore, NOT_PROPOSED, type ProposedRisk, type RiskScore, type RiskState } from './state.ts';
import { isControlledBetween, scoreBefore, standingOn, type RiskStanding, type ScaleOf } from './status.ts';
import {
  controlsOverdue,
  daysInBands,
  isOnRegister,
  reBandedBetween,
  reBandedIn,
  reviewsOverdue,
  stretchesOf,
  type DaysInBand,
  type Overdue,
} from './stretches.ts';

/*
 * What became of a risk since a panel last met. The panel was told how it stood on one day, as known at one instant; it is told now how it stands on
 * another day, as known at another. What was so already on the day before, and was not yet known or was known otherwise, is *restated*; what came about
 * after it *moved*. See docs/time.md. Pure.
 */

/** A correction, a void or a restoration of another entry of the risk. */
export interface Amendment {
  readonly id: EventId;
  readonly type: string;
  readonly target: EventId;
}

/** A risk as it is known at the two instants. */
export interface RiskKnown {
  /** Its facts in force, corrected, in fold order, whatever their day: as known at the instant before. */
  readonly told: readonly RiskEvent[];
  /** The same, as known at the instant after. */
  readonly known: readonly RiskEvent[];
  /** The entries that were known at the instant before. */
  readonly recorded: ReadonlySet<EventId>;
  /** Those known at the instant after and not at the one before, in the order of recording. */
  readonly amendedSince: readonly Amendment[];
  /** Every amendment known at the instant after: what is amended may be one. */
  readonly amendments: readonly Amendment[];
}

/** The two days, and the scales as known at each of the two instants. */
export interface RiskTold {
  readonly before: CivilDate;
  readonly after: CivilDate;
  readonly scaleThen: ScaleOf;
  readonly scaleNow: ScaleOf;
}

/** A risk at one of the three bases. */
export interface RiskThere {
  readonly state: ProposedRisk;
  readonly standing: RiskStanding;
}

/** Something that became of it, and what did it: an entry of its own, the day itself, or another record. */
export interface RiskMoved {
  readonly kind: RiskMovementKind;
  readonly step: RiskMovementStep;
  /** Null for what moved, and for what was restated by another record or by what a restated day decides. */
  readonly restatement: RiskRestatement | null;
  /** False of what was told and is not so by what is known now. */
  readonly stands: boolean;
  readonly cause: 'EVENT' | 'DAY' | 'OTHER_RECORD';
  /** The day on which it is so. */
  readonly on: CivilDate;
  /** The entry that says so; of the other record where that is the cause. Null for the day itself. */
  readonly event: EventId | null;
  /** What corrected, took back or restored the entry. */
  readonly amendment: EventId | null;
  /** Who did, and why, of an entry of its own. */
  readonly did: Step | null;
  readonly why?: TextRef;
  /** The control that it is about: the entry that added it, and what it is. */
  readonly control?: EventId;
  readonly measure?: TextRef;
  /** The score that it is about, and the one before. */
  readonly score?: RiskScore;
  readonly scoreBefore?: RiskScore;
  readonly bands?: readonly [before: Banded, after: Banded];
  readonly registers?: readonly [from: RiskRegister, to: RiskRegister];
  readonly owners?: readonly [from: string | null, to: string | null];
  /** The risk in which it goes on, the rule that banded it otherwise. */
  readonly other?: string;
  /** What was due by when, and until when it was overdue: null while it still is. */
  readonly overdue?: { readonly due: CivilDate; readonly until: CivilDate | null };
}

/** What was forecast of a risk: a score by a day, and what came of it. */
export interface Forecast {
  readonly target: RiskScore;
  readonly by: CivilDate;
  /** The current score on that day, or on the last day asked about where that is earlier; null where it was unscored. */
  readonly came: RiskScore | null;
  /** `AHEAD`: the day has not come, and it is not there yet. `NOT_COMPARABLE`: unscored, or scored on other axes. */
  readonly outcome: 'REACHED' | 'MISSED' | 'AHEAD' | 'ENDED' | 'NOT_COMPARABLE';
  /** Of `REACHED`: the day of the score from which it has been there. */
  readonly since: CivilDate | null;
}

export interface RiskMovement {
  /** As told, as known now on that same day, and on the day after. Null where it does not stand there. */
  readonly told: RiskThere | null;
  readonly knownNow: RiskThere | null;
  readonly closing: RiskThere | null;
  /** What was restated, then what moved, each in order. */
  readonly moved: readonly RiskMoved[];
  /** Every score given in the days between, by what is known now. */
  readonly scores: readonly RiskScore[];
  /** The days after the first, up to the last. */
  readonly daysInBands: readonly DaysInBand[];
  /** Null where it had no target with a day, as it was told. */
  readonly forecast: Forecast | null;
}

export function movementOf(known: RiskKnown, at: RiskTold): RiskMovement {
  const { before, after, scaleThen, scaleNow } = at;
  const told = thereOn(known.told, before, scaleThen);
  const stretches = stretchesOf(known.known, before, after, scaleNow);
  const since = stretchesOf(known.known, addDays(before, 1), after, scaleNow);
  const [knownNow, closing] = [thereOn(known.known, before, scaleNow), thereOn(known.known, after, scaleNow)];
  const happened = known.known.length === 0 ? [] : happenedIn(known.known, scaleNow);
  const inStep = happened.filter(({ event: { effectiveOn } }) => before < effectiveOn && effectiveOn <= after);
  const moved: readonly RiskMoved[] = [
    ...inStep.flatMap(({ event, kinds }) => kinds.map((one) => ofEvent(event, one, 'MOVED', null, null))),
    ...reBandedIn(stretches, scaleNow).map((one) => ofScale(one, 'MOVED')),
    ...overdueMoved(controlsOverdue(stretches), known, at),
    ...reviewsOverdue(stretches).flatMap((one) =>
      one.from === before ? [] : [ofDay('REVIEW_MISSED', one, at, 'MOVED')],
    ),
    ...reviewedUnchanged(inStep),
  ];
  return {
    told,
    knownNow,
    closing,
    moved: [...restated(known, at, told, knownNow), ...inOrderOfDays(moved)],
    scores: inStep.flatMap(({ after: state, event }) =>
      event.type === 'RiskScored' && state.status !== 'NOT_PROPOSED'
        ? (state.scores.find((score) => score.event === event.id) ?? [])
        : [],
    ),
    daysInBands: before === after ? [] : daysInBands(since),
    forecast: forecastOf(told, known.known, at),
  };
}

function thereOn(facts: readonly RiskEvent[], day: CivilDate, scaleOf: ScaleOf): RiskThere | null {
  const state = stateOn(facts, day);
  return state.status === 'NOT_PROPOSED' ? null : { state, standing: standingOn(state, scaleOf, day) };
}

function stateOn(facts: readonly RiskEvent[], day: CivilDate): RiskState {
  let state = NOT_PROPOSED;
  for (const fact of facts) if (fact.effectiveOn <= day) state = evolve(state, fact);
  return state;
}

function inOrderOfDays(moved: readonly RiskMoved[]): readonly RiskMoved[] {
  return moved.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

/** What an entry made of it. */
type Made = Pick<
  RiskMoved,
  'kind' | 'control' | 'measure' | 'score' | 'scoreBefore' | 'registers' | 'owners' | 'other'
>;

interface Happened {
  readonly event: RiskEvent;
  readonly after: RiskState;
  readonly kinds: readonly Made[];
  /** True where it says of the risk what was said of it already. */
  readonly changesNothing: boolean;
}

/** What each entry made of it, in fold order. */
function happenedIn(facts: readonly RiskEvent[], scaleOf: ScaleOf): readonly Happened[] {
  let state = NOT_PROPOSED;
  return facts.map((event) => {
    const before = state;
    state = evolve(before, event);
    return {
      event,
      after: state,
      kinds: madeBy(event, before, state, scaleOf),
      changesNothing: changesNothing(event, before),
    };
  });
}

function madeBy(event: RiskEvent, before: RiskState, after: RiskState, scaleOf: ScaleOf): readonly Made[] {
  if (before.status === 'NOT_PROPOSED' || after.status === 'NOT_PROPOSED') return [];
  switch (event.type) {
    case 'RiskRegistered':
      return [{ kind: 'NEW' }];
    case 'RiskClosed':
      return [{ kind: 'CLOSED' }];
    case 'RiskMerged':
      return [{ kind: 'MERGED', ...(event.facts.into === undefined ? {} : { other: event.facts.into }) }];
    case 'RiskReopened':
      return [{ kind: 'REOPENED' }];
    case 'RiskEscalated':
      return [{ kind: 'ESCALATED', registers: [before.register, after.register] }];
    case 'RiskDeescalated':
      return [{ kind: 'DEESCALATED', registers: [before.register, after.register] }];
    case 'RiskScored':
      return scored(event.id, after, scaleOf);
    case 'RiskControlAdded':
      return [{ kind: 'CONTROL_ADDED', ...controlIn(after, event.id) }];
    case 'RiskControlMoved':
      return movesOf(before, event.facts.control) === movesOf(after, event.facts.control)
        ? []
        : [{ kind: 'CONTROL_RE_DATED', ...controlIn(after, event.facts.control) }];
    case 'RiskControlReported': {
      const { control } = event.facts;
      const [was, is] = [before, after].map(({ controls }) => controls.find((one) => one.event === control)?.standing);
      if (was === is || is === undefined || is === 'NOT_IN_PLACE') return [];
      return [{ kind: is === 'IN_PLACE' ? 'CONTROL_IN_PLACE' : 'CONTROL_DROPPED', ...controlIn(after, control) }];
    }
    case 'RiskAllocated': {
      const [from, to] = [before.owner ?? null, after.owner ?? null];
      const isOther = !sameValue(ownersOf(before), ownersOf(after));
      return isOther ? [{ kind: 'RE_OWNED', owners: [from, to] }] : [];
    }
    case 'RiskReworded':
      return [{ kind: 'RE_WORDED' }];
    case 'RiskAcceptanceGranted':
      return [{ kind: 'ACCEPTED' }];
    default:
      return [];
  }
}

function controlIn({ controls }: ProposedRisk, control: EventId): Pick<Made, 'control' | 'measure'> {
  const measure = controls.find(({ event }) => event === control)?.measure;
  return { control, ...(measure === undefined ? {} : { measure }) };
}

function movesOf({ controls }: ProposedRisk, control: EventId): number {
  return controls.find(({ event }) => event === control)?.moves.length ?? 0;
}

/** A score beside the one before it: the same score again is no change, and neither is one without anything to set it against. */
function scored(event: EventId, after: ProposedRisk, scaleOf: ScaleOf): readonly Made[] {
  const score = after.scores.find((one) => one.event === event)!;
  if (score.of === 'TARGET') return [{ kind: 'TARGET_SET', score, ...targetBefore(after) }];
  if (score.of !== 'CURRENT') return [];
  const before = scoreBefore(after);
  if (before === undefined) return [{ kind: 'FIRST_SCORED', score }];
  const both = { score, scoreBefore: before };
  if (!areComparable(scaleOf(score.rule), score, before)) return [{ kind: 'SCORED_ON_OTHER_AXES', ...both }];
  const [is, was] = [productOf(score), productOf(before)];
  if (is > was) return [{ kind: 'SCORE_ROSE', ...both }];
  if (is === was) return [];
  const isControlled = isControlledBetween(after.controls, before, score);
  return [
    { kind: 'SCORE_FELL', ...both },
    ...(isControlled ? [] : [{ kind: 'FELL_WITHOUT_CONTROL', ...both } as const]),
  ];
}

function targetBefore({ scores }: ProposedRisk): Pick<Made, 'scoreBefore'> {
  const before = scores.filter(({ of }) => of === 'TARGET').at(-2);
  return before === undefined ? {} : { scoreBefore: before };
}

/** It was looked at, or scored as it had been. */
function changesNothing(event: RiskEvent, before: RiskState): boolean {
  if (event.type === 'RiskReviewed') return true;
  if (event.type !== 'RiskScored' || before.status === 'NOT_PROPOSED') return false;
  const last = latestScore(before, event.facts.of);
  if (last === undefined) return false;
  const { of, rule, version, likelihood, impact, targetOn } = last;
  return sameValue({ of, rule, version, likelihood, impact, targetOn }, event.facts);
}

/** What is said of any record, such as that it is linked, says nothing of the risk itself. */
function reviewedUnchanged(inStep: readonly Happened[]): readonly RiskMoved[] {
  const own = inStep.filter(({ event }) => event.type.startsWith('Risk'));
  const looks = own.filter(
    ({ event }) => event.type === 'RiskReviewed' || (event.type === 'RiskScored' && event.facts.of === 'CURRENT'),
  );
  const last = looks.at(-1);
  if (last === undefined || !own.every(({ changesNothing: nothing }) => nothing)) return [];
  return [ofEvent(last.event, { kind: 'REVIEWED_UNCHANGED' }, 'MOVED', null, null)];
}

function ofEvent(
  event: RiskEvent,
  made: Made,
  step: RiskMovementStep,
  how: RiskRestatement | null,
  amendment: EventId | null,
): RiskMoved {
  const { reason, update } = event.texts as { readonly reason?: TextRef; readonly update?: TextRef };
  const why = reason ?? update;
  return {
    ...made,
    ...{ step, restatement: how, stands: true, cause: 'EVENT', on: event.effectiveOn, event: event.id, amendment },
    did: stepOf(event),
    ...(why === undefined ? {} : { why }),
  };
}

function ofScale(
  { on, rule, event, before, after }: ReturnType<typeof reBandedIn>[number],
  step: RiskMovementStep,
): RiskMoved {
  return {
    ...{
      kind: 'RE_BANDED',
      step,
      restatement: null,
      stands: true,
      cause: 'OTHER_RECORD',
      on,
      event,
      amendment: null,
      did: null,
    },
    bands: [before, after],
    ...(rule === undefined ? {} : { other: rule }),
  };
}

function ofDay(
  kind: RiskMovementKind,
  { due, from, to }: Overdue,
  { after }: Pick<RiskTold, 'after'>,
  step: RiskMovementStep,
): RiskMoved {
  return {
    ...{ kind, step, restatement: null, stands: true, cause: 'DAY', on: from, event: null, amendment: null, did: null },
    overdue: { due, until: to === after ? null : to },
  };
}

/** Controls that fell overdue after the day before. */
function overdueMoved(
  overdue: ReadonlyMap<EventId, readonly Overdue[]>,
  { known }: RiskKnown,
  at: RiskTold,
): readonly RiskMoved[] {
  const last = stateOn(known, at.after);
  return [...overdue].flatMap(([control, all]) =>
    all.flatMap((one) =>
      one.from === at.before ? [] : [{ ...ofDay('CONTROL_OVERDUE', one, at, 'MOVED'), ...measureOf(last, control) }],
    ),
  );
}

function measureOf(state: RiskState, control: EventId): Pick<Made, 'control' | 'measure'> {
  return state.status === 'NOT_PROPOSED' ? { control } : controlIn(state, control);
}

/**
 * What is so on the day before by what is known now, and was not by what was known then; and the other way round. First by entries, in fold order; then
 * by its scale, and by what that day decides.
 */
function restated(
  known: RiskKnown,
  { before, scaleThen, scaleNow }: RiskTold,
  told: RiskThere | null,
  knownNow: RiskThere | null,
): readonly RiskMoved[] {
  const byThen = (all: readonly Happened[]) =>
    new Map(all.filter(({ event }) => event.effectiveOn <= before).map((one) => [one.event.id, one]));
  const was = byThen(happenedIn(known.told, scaleThen));
  const is = byThen(happenedIn(known.known, scaleNow));
  const since = amendmentsSince(known);
  const byEntries = [...is.values(), ...[...was.values()].filter(({ event }) => !is.has(event.id))].flatMap((one) => {
    const { id } = one.event;
    const [then, now] = [was.get(id), is.get(id)];
    if (then !== undefined && now !== undefined && sameValue(then.event, now.event)) return [];
    const { how, amendment } = howRestated(id, then !== undefined, now !== undefined, known.recorded, since);
    const made = (of: Happened | undefined, stands: boolean, but: readonly Made[] = []) =>
      (of?.kinds ?? [])
        .filter(({ kind }) => !but.some((other) => other.kind === kind))
        .map((kind) => ({ ...ofEvent(of!.event, kind, 'RESTATED', how, amendment), stands }));
    return [...made(now, true), ...made(then, false, now?.kinds)];
  });
  const overdueBefore = (facts: readonly RiskEvent[], scaleOf: ScaleOf) => {
    const stretches = stretchesOf(facts, before, before, scaleOf);
    return { controls: controlsOverdue(stretches), reviews: reviewsOverdue(stretches) };
  };
  const [then, now] = [overdueBefore(known.told, scaleThen), overdueBefore(known.known, scaleNow)];
  const byDay = [...now.controls].flatMap(([control, [one]]) =>
    one === undefined || (then.controls.get(control)?.length ?? 0) > 0
      ? []
      : [
          {
            ...ofDay('CONTROL_OVERDUE', one, { after: before }, 'RESTATED'),
            ...measureOf(stateOn(known.known, before), control),
          },
        ],
  );
  const reviews = then.reviews.length > 0 ? [] : now.reviews;
  const byScale =
    told === null || knownNow === null ? [] : reBandedBetween(told, { ...knownNow, from: before }, scaleNow);
  return [
    ...byEntries,
    ...byScale.map((one) => ofScale(one, 'RESTATED')),
    ...byDay,
    ...reviews.map((one) => ofDay('REVIEW_MISSED', one, { after: before }, 'RESTATED')),
  ];
}

/** For each entry the last amendment since of it, of an amendment of it, or of the entry that opened the risk. */
function amendmentsSince({ amendedSince, amendments, known, told }: RiskKnown) {
  const targets = new Map(amendments.map(({ id, target }) => [id, target]));
  const opening = (known[0] ?? told[0])?.id;
  const last = new Map<EventId, Amendment>();
  for (const one of amendedSince) {
    let { target } = one;
    for (let next = targets.get(target); next !== undefined; next = targets.get(target)) target = next;
    last.set(target, one);
  }
  return (id: EventId) => last.get(id) ?? (opening === undefined ? undefined : last.get(opening));
}

function howRestated(
  id: EventId,
  wasTold: boolean,
  isKnown: boolean,
  recorded: ReadonlySet<EventId>,
  since: (id: EventId) => Amendment | undefined,
): { readonly how: RiskRestatement; readonly amendment: EventId | null } {
  if (!recorded.has(id)) return { how: 'LEARNED', amendment: null };
  const by = since(id);
  const amendment = by?.id ?? null;
  if (!wasTold && by?.type === 'Restored') return { how: 'RESTORED', amendment };
  return { how: !isKnown && by?.type === 'Voided' ? 'VOIDED' : 'CORRECTED', amendment };
}

/** Of a risk that was open as told: whether what was forecast came, by what is known now. */
function forecastOf(
  told: RiskThere | null,
  facts: readonly RiskEvent[],
  { after, scaleNow }: RiskTold,
): Forecast | null {
  if (told === null || !isOnRegister(told.state)) return null;
  const target = latestScore(told.state, 'TARGET');
  const by = target?.targetOn;
  if (target === undefined || by === undefined) return null;
  const day = by <= after ? by : after;
  const state = stateOn(facts, day);
  const isThere = state.status !== 'NOT_PROPOSED';
  const came = isThere ? (latestScore(state, 'CURRENT') ?? null) : null;
  const forecast = { target, by, came, since: null };
  if (!isThere || state.ended !== undefined) return { ...forecast, outcome: 'ENDED' };
  const isAt = (score: RiskScore) =>
    areComparable(scaleNow(score.rule), score, target) &&
    (told.state.kind === 'OPPORTUNITY' ? productOf(score) >= productOf(target) : productOf(score) <= productOf(target));
  if (came === null || !areComparable(scaleNow(came.rule), came, target))
    return { ...forecast, outcome: 'NOT_COMPARABLE' };
  if (!isAt(came)) return { ...forecast, outcome: by <= after ? 'MISSED' : 'AHEAD' };
  const held = state.scores.filter(({ of }) => of === 'CURRENT');
  const from = held[held.findLastIndex((score) => !isAt(score)) + 1]!;
  return { ...forecast, outcome: 'REACHED', since: from.effectiveOn };
}
