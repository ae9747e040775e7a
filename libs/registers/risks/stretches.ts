import { addDays, daysBetween, type CivilDate, type EventId } from '../../ledger/index.ts';
import { inForceOn, type Banded, type ScoreScaleLink } from '../../rules/index.ts';
import type { RiskEvent } from './events.ts';
import { evolve, NOT_PROPOSED, type RiskState } from './state.ts';
import { ControlsRead, taskedIn } from './controls.ts';
import { standingOn, type RiskStanding, type ScaleOf } from './status.ts';

/*
 * A risk day by day. Between the days on which something happens to it or to its scale nothing changes but what the day decides, so it is read once for
 * each stretch of them. Pure.
 */

/** Days, both included, on which a risk is the same, but for what has fallen due on them. */
export interface Stretch {
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly state: RiskState;
  /** As on its first day; null while there is no such risk. */
  readonly standing: RiskStanding | null;
}

/** Days, both included, on which something that was due was not done. */
export interface Overdue {
  /** The last day on which it would have been in time, as on the first of these days. */
  readonly due: CivilDate;
  readonly from: CivilDate;
  readonly to: CivilDate;
}

/** So many days in one band, or without any. */
export interface DaysInBand {
  readonly where: 'IN_BAND' | 'WITHOUT_BAND' | 'UNSCORED' | 'NOT_ON_REGISTER';
  /** Of `IN_BAND`: its name. */
  readonly band: string | null;
  readonly days: number;
}

/**
 * The stretches from one day to another, both included.
 * @param facts in force, in fold order, whatever their day
 */
export function stretchesOf(
  facts: readonly RiskEvent[],
  from: CivilDate,
  to: CivilDate,
  scaleOf: ScaleOf,
): readonly Stretch[] {
  const begins = [...new Set([from, ...daysOfFacts(facts), ...daysOfScales(facts, scaleOf)])]
    .filter((day) => day >= from && day <= to)
    .toSorted();
  let [state, next]: [RiskState, number] = [NOT_PROPOSED, 0];
  const controls = new ControlsRead();
  return begins.map((day, index) => {
    for (; next < facts.length && facts[next]!.effectiveOn <= day; next += 1) state = evolve(state, facts[next]!);
    const standing =
      state.status === 'NOT_PROPOSED' ? null : standingOn(state, scaleOf, day, controls.of(state.controls));
    const following = begins[index + 1];
    return { from: day, to: following === undefined ? to : addDays(following, -1), state, standing };
  });
}

function daysOfFacts(facts: readonly RiskEvent[]): readonly CivilDate[] {
  return facts.map(({ effectiveOn }) => effectiveOn);
}

/** The days on which a version of a scale by which it is scored came into force, or was so no longer. */
function daysOfScales(facts: readonly RiskEvent[], scaleOf: ScaleOf): readonly CivilDate[] {
  const rules = facts.flatMap((event) => (event.type === 'RiskScored' ? (event.facts.rule ?? []) : []));
  const versions = [...new Set(rules)].flatMap((rule) => scaleOf(rule)?.versions ?? []);
  return versions.flatMap(({ from, until }) => (until === undefined ? [from] : [from, until]));
}

/** Is it on a register, and neither proposed only nor ended? */
export function isOnRegister(state: RiskState): boolean {
  return state.status === 'REGISTERED' && state.ended === undefined;
}

/** How many of the days it spent in which band: they add up to all of them. In the order in which it came to each. */
export function daysInBands(stretches: readonly Stretch[]): readonly DaysInBand[] {
  const spent = new Map<string, DaysInBand>();
  for (const stretch of stretches) {
    const place = placeOf(stretch);
    const name = `${place.where} ${place.band}`;
    const days = daysBetween(stretch.from, stretch.to) + 1 + (spent.get(name)?.days ?? 0);
    spent.set(name, { ...place, days });
  }
  return [...spent.values()];
}

function placeOf({ state, standing }: Stretch): Omit<DaysInBand, 'days'> {
  if (standing === null || !isOnRegister(state)) return { where: 'NOT_ON_REGISTER', band: null };
  const current = standing.scores.CURRENT;
  if (current === undefined) return { where: 'UNSCORED', band: null };
  const band = current.now.band?.band ?? null;
  return { where: band === null ? 'WITHOUT_BAND' : 'IN_BAND', band };
}

/** When its review was overdue. */
export function reviewsOverdue(stretches: readonly Stretch[]): readonly Overdue[] {
  return joined(
    stretches.flatMap((stretch) => {
      const due = stretch.standing?.reviewDue ?? null;
      return due === null ? [] : overdueIn(stretch, due);
    }),
  );
}

/** When a control of it was overdue, by the control. */
export function controlsOverdue(stretches: readonly Stretch[]): ReadonlyMap<EventId, readonly Overdue[]> {
  const found = new Map<EventId, Overdue[]>();
  for (const stretch of stretches) {
    const { state } = stretch;
    if (state.status === 'NOT_PROPOSED' || !isOnRegister(state)) continue;
    for (const { event, targetOn } of taskedIn(state.controls)) {
      if (targetOn === undefined) continue;
      found.set(event, [...(found.get(event) ?? []), ...overdueIn(stretch, targetOn)]);
    }
  }
  return new Map([...found].map(([control, overdue]) => [control, joined(overdue)]));
}

function overdueIn({ from, to }: Stretch, due: CivilDate): readonly Overdue[] {
  const first = addDays(due, 1);
  const begins = first > from ? first : from;
  return begins > to ? [] : [{ due, from: begins, to }];
}

/** One that goes on where another ends is the same. */
function joined(all: readonly Overdue[]): readonly Overdue[] {
  const whole: Overdue[] = [];
  for (const one of all) {
    const last = whole.at(-1);
    if (last !== undefined && addDays(last.to, 1) === one.from) whole[whole.length - 1] = { ...last, to: one.to };
    else whole.push(one);
  }
  return whole;
}

/** That its scale banded the same score otherwise. */
export interface ReBanded {
  readonly on: CivilDate;
  readonly rule: string | undefined;
  /** What set the version in force from then; null where none is. */
  readonly event: EventId | null;
  readonly before: Banded;
  readonly after: Banded;
}

/** Where a scale banded a score otherwise that it banded before: a change of the scale, and not of the risk. */
export function reBandedIn(stretches: readonly Stretch[], scaleOf: ScaleOf): readonly ReBanded[] {
  return stretches.flatMap((stretch, index) => {
    const before = index === 0 ? undefined : stretches[index - 1];
    return before === undefined ? [] : reBandedBetween(before, stretch, scaleOf);
  });
}

/** The same of two readings of it, such as at the two ends of a restatement. */
export function reBandedBetween(
  one: Pick<Stretch, 'state' | 'standing'>,
  other: Pick<Stretch, 'state' | 'standing' | 'from'>,
  scaleOf: ScaleOf,
): readonly ReBanded[] {
  const [was, is] = [one.standing?.scores.CURRENT, other.standing?.scores.CURRENT];
  if (was === undefined || is === undefined || !isOnRegister(one.state) || !isOnRegister(other.state)) return [];
  if (was.score.event !== is.score.event) return [];
  const isSameScore = was.score.likelihood === is.score.likelihood && was.score.impact === is.score.impact;
  if (!isSameScore || was.now.band?.band === is.now.band?.band) return [];
  const scale: ScoreScaleLink = scaleOf(is.score.rule);
  const event = inForceOn(scale, other.from)?.event ?? null;
  return [{ on: other.from, rule: is.score.rule, event, before: was.now, after: is.now }];
}
