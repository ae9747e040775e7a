import { isCommonFact, type CivilDate, type EventId } from '../../libs/ledger/index.ts';
import {
  combinationsOf,
  eventsAsOf,
  pageOfAll,
  registerNamed,
  rowsAsOf,
  type ComparedEnds,
  type EventAsOf,
  type LedgerView,
  type Page,
  type PageWanted,
} from '../../libs/read-models/index.ts';
import {
  isOnRegister,
  movementOf,
  riskMovement,
  riskMovementStep,
  type Amendment,
  type DaysInBand,
  type Forecast,
  type RiskEvent,
  type RiskMovement,
  type RiskMovementKind,
  type RiskMovementStep,
  type RiskScoreOf,
  type RiskState,
  type RiskThere,
} from '../../libs/registers/risks/index.ts';
import { amend, BASES } from '../../libs/timeline/index.ts';
import { riskRegister } from './projection.ts';
import { riskMatrix, type RiskMatrix } from './queries.ts';
import { axesOn, isOnAxesOf, scaleFor, scalesFor } from './status-queries.ts';

/** So many records are read at once: a question of the tables names them all. */
const AT_ONCE = 200;

/** What became of one risk. */
export interface MovedRisk extends RiskMovement {
  readonly ref: string;
}

/** What became of every risk that stands at one of the three bases, by reference, as far as the reader may see. @param views of the same bodies */
export async function riskMovements(views: ComparedEnds): Promise<readonly MovedRisk[]> {
  const { told, knownNow, closing } = views;
  const listed = await Promise.all(BASES.map((basis) => refsIn(views[basis])));
  const refs = [...new Set(listed.flat())].toSorted(byNumber);
  const found: MovedRisk[] = [];
  for (let from = 0; from < refs.length; from += AT_ONCE) {
    const some = refs.slice(from, from + AT_ONCE);
    const events = (view: LedgerView) => Promise.all(some.map((ref) => eventsAsOf(view, { register: 'risks', ref })));
    const [then, now] = await Promise.all([events(told), events(closing)]);
    const rules = rulesIn([...then, ...now].flat());
    const [scaleThen, scaleNow] = await Promise.all([scalesFor(told, rules), scalesFor(closing, rules)]);
    const at = { before: knownNow.basis.effective, after: closing.basis.effective, scaleThen, scaleNow };
    for (const [index, ref] of some.entries())
      found.push({ ref, ...movementOf(knownIn(told, then[index]!, now[index]!), at) });
  }
  return found;
}

async function refsIn(view: LedgerView): Promise<readonly string[]> {
  const found = await combinationsOf(view, rowsAsOf(view, riskRegister, true), ['ref']);
  return found.map(({ of }) => of['ref'] as string);
}

const byNumber = new Intl.Collator('en', { numeric: true }).compare;

function rulesIn(events: readonly EventAsOf[]): readonly string[] {
  return events.flatMap(({ event: { facts } }) => (typeof facts['rule'] === 'string' ? facts['rule'] : []));
}

function knownIn(view: LedgerView, then: readonly EventAsOf[], now: readonly EventAsOf[]) {
  const register = registerNamed(view, 'risks')!;
  const inForce = (events: readonly EventAsOf[]) =>
    amend<RiskState, RiskEvent>(
      register as Parameters<typeof amend<RiskState, RiskEvent>>[0],
      events.map(({ event }) => event),
    );
  const recorded = new Set(then.map(({ event }) => event.id));
  const amendments = now.flatMap(({ event }) => amendmentIn(event));
  return {
    ...{ told: inForce(then), known: inForce(now), recorded, amendments },
    amendedSince: amendments.filter(({ id }) => !recorded.has(id)),
  };
}

function amendmentIn(event: EventAsOf['event']): readonly Amendment[] {
  const { id, type, facts } = event;
  const isAmendment = isCommonFact(event) && ['Corrected', 'Voided', 'Restored'].includes(type);
  return isAmendment ? [{ id, type, target: facts['target'] as EventId }] : [];
}

/** Which of the risks. What is not given does not narrow; lists are alternatives. */
export interface MovedFilter {
  /** Something of one of these kinds became of them; in that step, where one is given. */
  readonly kind?: readonly RiskMovementKind[];
  readonly step?: RiskMovementStep;
  /** Anything at all became of them. */
  readonly changed?: boolean;
  /** What came of what was forecast. */
  readonly forecast?: readonly Forecast['outcome'][];
}

export function listMoved(
  all: readonly MovedRisk[],
  { kind, step, changed, forecast: outcomes }: MovedFilter,
  page: PageWanted,
): Page<MovedRisk> {
  const found = all.filter(({ moved, forecast }) => {
    const inStep = moved.filter((one) => step === undefined || one.step === step);
    if (kind !== undefined && !inStep.some((one) => kind.includes(one.kind))) return false;
    if (step !== undefined && inStep.length === 0) return false;
    if (changed !== undefined && changed !== moved.length > 0) return false;
    return outcomes === undefined || (forecast !== null && outcomes.includes(forecast.outcome));
  });
  return pageOfAll(found, page, ({ ref }) => [ref]);
}

/** How many risks something of a kind became of, in a step. A risk is in each of its kinds once, so the groups overlap. */
export interface MovedCount {
  readonly kind: RiskMovementKind;
  readonly step: RiskMovementStep;
  readonly label: string;
  readonly count: number;
}

/** Every kind in either step that there is, in the order of their declaration. */
export function countMoved(all: readonly MovedRisk[]): readonly MovedCount[] {
  const steps = Object.keys(riskMovementStep.members) as readonly RiskMovementStep[];
  const kinds = Object.entries(riskMovement.members) as readonly [RiskMovementKind, { readonly label: string }][];
  return steps.flatMap((step) =>
    kinds.flatMap(([kind, { label }]) => {
      const count = all.filter(({ moved }) => moved.some((one) => one.kind === kind && one.step === step)).length;
      return count === 0 ? [] : [{ kind, step, label, count }];
    }),
  );
}

/** The days that all of them spent in each band together. */
export function daysOfAll(all: readonly MovedRisk[]): readonly DaysInBand[] {
  const sums = new Map<string, DaysInBand>();
  for (const { where, band, days } of all.flatMap((one) => one.daysInBands)) {
    const name = `${where} ${band}`;
    sums.set(name, { where, band, days: days + (sums.get(name)?.days ?? 0) });
  }
  return [...sums.values()].toSorted(
    (a, b) => b.days - a.days || (`${a.where} ${a.band}` < `${b.where} ${b.band}` ? -1 : 1),
  );
}

/** Where an open risk stands in a matrix: in a cell of its axes, or in none and why. */
export type PlaceInMatrix =
  | { readonly where: 'CELL'; readonly likelihood: number; readonly impact: number }
  | { readonly where: 'OTHER_AXES' | 'OTHER_SCALE' | 'UNSCORED' };

/** Risks that went from one place of a matrix to another in one step. Null: not among the open risks. */
export interface MatrixLine {
  readonly step: RiskMovementStep;
  /** `SCALE`: the scale put them elsewhere, and nothing was said of them. */
  readonly by: 'RISK' | 'SCALE';
  readonly from: PlaceInMatrix | null;
  readonly to: PlaceInMatrix | null;
  readonly refs: readonly string[];
}

export interface MatrixMovement {
  readonly scale: string;
  readonly of: RiskScoreOf;
  /** Each on the axes that the scale has there; null where it has none. */
  readonly told: RiskMatrix | null;
  readonly knownNow: RiskMatrix | null;
  readonly closing: RiskMatrix | null;
  /** Restated first, then moved; each in the order of the cells. */
  readonly lines: readonly MatrixLine[];
}

/**
 * The matrix of the open risks at the three bases, and what went between its cells: told and the lines of the first step are known now, and with those
 * of the second closing, in every cell. Null where there is no such scale for the reader at closing.
 */
export async function matrixMovement(
  views: ComparedEnds,
  all: readonly MovedRisk[],
  scale: string,
  of: RiskScoreOf,
): Promise<MatrixMovement | null> {
  const { told, knownNow, closing } = views;
  const [matrices, places] = await Promise.all([
    Promise.all([told, knownNow, closing].map((view) => riskMatrix(view, scale, of, { open: true }))),
    Promise.all([told, knownNow, closing].map((view) => placing(view, scale, of))),
  ]);
  if (matrices[2] === null) return null;
  const [placeTold, placeNow, placeClosing] = places as [Placing, Placing, Placing];
  const lines = new Map<string, MatrixLine & { readonly refs: string[] }>();
  const goes = (step: RiskMovementStep, ref: string, from: Placed, to: Placed, isByScale: boolean) => {
    const [one, other] = [nameOf(from.place), nameOf(to.place)];
    if (one === other) return;
    const by = from.place !== null && to.place !== null && isByScale ? 'SCALE' : 'RISK';
    const name = [step, one, other, by].join('/');
    const line = lines.get(name) ?? { step, by, from: from.place, to: to.place, refs: [] };
    line.refs.push(ref);
    lines.set(name, line);
  };
  for (const { ref, told: then, knownNow: now, closing: last, moved } of all) {
    const [at, known, end] = [placeTold.of(then), placeNow.of(now), placeClosing.of(last)];
    goes('RESTATED', ref, at, known, at.score === known.score);
    goes('MOVED', ref, known, end, placeClosing.isByScale(last, moved, knownNow.basis.effective));
  }
  const ordered = [...lines].toSorted(([a], [b]) => (isBefore(a, b) ? -1 : 1)).map(([, line]) => line);
  return { scale, of, told: matrices[0]!, knownNow: matrices[1]!, closing: matrices[2]!, lines: ordered };
}

function isBefore(a: string, b: string): boolean {
  const [ofA, ofB] = [a, b].map((name) => (name.startsWith('RESTATED') ? 0 : 1));
  return ofA === ofB ? byNumber(a, b) < 0 : ofA! < ofB!;
}

interface Placed {
  readonly place: PlaceInMatrix | null;
  /** The entry that scored it, and what it said: the same where only the scale is another. */
  readonly score: string | null;
}

interface Placing {
  of(there: RiskThere | null): Placed;
  /** Was it last put elsewhere by the scale, since it was scored and came among the open risks? */
  isByScale(there: RiskThere | null, moved: RiskMovement['moved'], since: CivilDate): boolean;
}

async function placing(view: LedgerView, scale: string, of: RiskScoreOf): Promise<Placing> {
  const rule = await scaleFor(view, scale);
  const placeOn = (there: RiskThere | null, day: CivilDate): Placed => {
    if (there === null || !isOnRegister(there.state)) return { place: null, score: null };
    const read = there.standing.scores[of];
    if (read === undefined) return { place: { where: 'UNSCORED' }, score: null };
    const { event, likelihood, impact, version, rule: by } = read.score;
    const score = [event, likelihood, impact].join(' ');
    if (by !== scale) return { place: { where: 'OTHER_SCALE' }, score };
    const axes = axesOn(rule, day);
    if (axes === null || !isOnAxesOf(rule, version, axes)) return { place: { where: 'OTHER_AXES' }, score };
    return { place: { where: 'CELL', likelihood, impact }, score };
  };
  const { effective } = view.basis;
  return {
    of: (there) => placeOn(there, effective),
    isByScale(there, moved, since) {
      const came = moved.findLast(({ kind, step }) => step === 'MOVED' && ['NEW', 'REOPENED'].includes(kind))?.on;
      const scored = there?.standing.scores[of]?.score.effectiveOn;
      const last = [since, came, scored]
        .filter((day) => day !== undefined)
        .toSorted()
        .at(-1)!;
      return nameOf(placeOn(there, last).place) !== nameOf(placeOn(there, effective).place);
    },
  };
}

function nameOf(place: PlaceInMatrix | null): string {
  if (place === null) return '~';
  return place.where === 'CELL' ? `${place.likelihood} × ${place.impact}` : place.where;
}
