import { sql, type RawBuilder } from 'kysely';
import { show, type ShownValue } from '../../libs/declarations/index.ts';
import {
  byMembers,
  byRecord,
  combinationsOf,
  countOfList,
  countsInGroups,
  groupsOf,
  groupsOfTotals,
  hasOrIsOf,
  isFoundBy,
  isLinkedToOneOf,
  listedIn,
  pageOf,
  pageOfAll,
  placeInOrder,
  recordAsOf,
  recordsUnder,
  rowsAsOf,
  seesLink,
  type GroupCount,
  type Grouping,
  type LedgerView,
  type Page,
  type PageWanted,
  type RecordAsOf,
} from '../../libs/read-models/index.ts';
import {
  response,
  riskCategory,
  riskKind,
  riskRegister as registers,
  riskStatus,
  scoreRead,
  standingOn,
  type ProposedRisk,
  type RiskCategory,
  type RiskConditions,
  type RiskControl,
  type RiskKind,
  type RiskRegister,
  type RiskResponse,
  type RiskScore,
  type RiskScoreOf,
  type RiskStanding,
  type RiskStatus,
  type ScaleOf,
  type ScoreRead,
} from '../../libs/registers/risks/index.ts';
import { ACTION_STATUSES, isOpen } from '../../libs/registers/actions/index.ts';
import type { SetVersion } from '../../libs/registers/rules/index.ts';
import { bandOf, inForceOn, type Band, type ScoreScale, type ScoreStep } from '../../libs/rules/index.ts';
import { riskRegister } from './projection.ts';
import {
  axesOn,
  isOnAxesOf,
  onAxesOfTheDay,
  onBothRegisters,
  scaleFor,
  scalesFor,
  standingHere,
  type Rows,
} from './status-queries.ts';

/** What is so of a risk, each as a filter of its own. */
export type RiskFlags = { readonly [condition in keyof RiskConditions]?: boolean };

/** Which risks. What is not given does not narrow; lists are alternatives, and an empty list lets nothing through. */
export interface RiskFilter extends RiskFlags {
  readonly body?: string;
  readonly register?: readonly RiskRegister[];
  readonly kind?: readonly RiskKind[];
  readonly category?: readonly RiskCategory[];
  readonly response?: readonly RiskResponse[];
  readonly status?: readonly RiskStatus[];
  /** On a register now. */
  readonly open?: boolean;
  /** A post that owns it, whether or not it leads. */
  readonly owner?: string;
  /** Its current score is by this scale; where a score of another sort is asked for, that one. */
  readonly scale?: string;
  /** It has a score of this sort, and `scale`, `likelihood` and `impact` are of that. Default: they are of the current one. */
  readonly scored?: RiskScoreOf;
  /** Its score is so on the axes that its scale has on the day, as in a matrix. One on other axes is in none of its cells. */
  readonly likelihood?: number;
  readonly impact?: number;
  /** Its current score is in a band of one of these names, as it reads at the basis. */
  readonly band?: readonly string[];
  /** Open, no additional control is still to be put in place, and no open action is linked to it. */
  readonly noFurtherAction?: boolean;
  /** Open on the register of one body, and linked to no open risk on the other's. */
  readonly onOneRegister?: boolean;
  /** Acceptance or closing was asked for, and nobody has answered. */
  readonly asked?: boolean;
  /** Words in the title, cause, event or effect, as far as the reader may read them; or its whole reference. */
  readonly text?: string;
}

/** A risk at a basis. */
export interface TrackedRisk extends RecordAsOf<ProposedRisk> {
  readonly standing: RiskStanding;
  /** How one of its scores reads at the basis. It may have held many, so none is read that nobody asks for. */
  readonly readScore: (score: RiskScore) => ScoreRead;
}

export const RISK_GROUPINGS = ['STATUS', 'REGISTER', 'BAND', 'KIND', 'CATEGORY', 'RESPONSE', 'OWNER', 'BODY'] as const;
export type RiskGrouping = (typeof RISK_GROUPINGS)[number];

/** One risk, or null when it is absent at the basis or hidden from the reader. Many at once are one question. */
export async function findRisk(view: LedgerView, ref: string): Promise<TrackedRisk | null> {
  const found = await recordAsOf<ProposedRisk>(view, 'risks', ref);
  return found === null ? null : tracked(view, found);
}

/** How one score reads at the basis, whichever risk holds or held it. */
export async function readScore(view: LedgerView, score: RiskScore): Promise<ScoreRead> {
  return scoreRead(score, await scalesFor(view, [score.rule]), view.basis.effective);
}

/** Every score that a risk has held, in its order, in pages. */
export function scoresOf(
  { state, readScore }: Pick<TrackedRisk, 'state' | 'readScore'>,
  page: PageWanted,
): Page<ScoreRead> {
  const { edges, ...found } = pageOfAll(state.scores, page, ({ event }) => [event]);
  return { ...found, edges: edges.map(({ cursor, node }) => ({ cursor, node: readScore(node) })) };
}

/** Its controls, in the order in which they were added, in pages. */
export function controlsOf({ state }: Pick<TrackedRisk, 'state'>, page: PageWanted): Page<RiskControl> {
  return pageOfAll(state.controls, page, ({ event }) => [event]);
}

/** The risks at the basis that pass the filter, by reference. */
export async function listRisks(view: LedgerView, filter: RiskFilter, page: PageWanted): Promise<Page<TrackedRisk>> {
  const isNarrowed = Object.values(filter).some((value) => value !== undefined);
  const rows = await filtered(view, filter, rowsAsOf(view, riskRegister, true));
  const inOrder = isNarrowed ? rows : rowsAsOf(view, riskRegister);
  const count = countOfList(view, riskRegister, filter, rows);
  return pageOf(view, inOrder, page, (one: RecordAsOf<ProposedRisk>) => tracked(view, one), count, isNarrowed);
}

/** How many risks at the basis pass the filter, by group; only groups that have one. By owner: by the one that leads. */
export async function countRisks(
  view: LedgerView,
  by: RiskGrouping,
  filter: RiskFilter,
): Promise<readonly GroupCount[]> {
  const totals =
    by === 'STATUS' || by === 'BAND' ? null : await groupsOfTotals(view, riskRegister, COLUMN_OF[by], filter);
  if (totals !== null) return countsInGroups(view, RISKS_BY[by], totals);
  const rows = await filtered(view, filter, rowsAsOf(view, riskRegister, true));
  return countsInGroups(view, RISKS_BY[by], await groupsOf(view, rows, await keyOf(view, by)));
}

/** One cell of a matrix: how many risks have that score. */
export interface MatrixCell {
  readonly likelihood: number;
  readonly impact: number;
  readonly count: number;
  /** As the version of the matrix has it; null where it has none. */
  readonly band: Band | null;
}

/** A step of an axis. What it means stands in the line of a text. */
export interface MatrixStep extends ScoreStep {
  readonly meaning: ShownValue | null;
}

/** Risks by likelihood and impact. */
export interface RiskMatrix {
  /** The version of the scale whose axes they are: the one in force at the basis, else the last one. */
  readonly version: string;
  readonly isInForce: boolean;
  /** From the least. */
  readonly likelihoods: readonly MatrixStep[];
  readonly impacts: readonly MatrixStep[];
  /** Every cell, from the least likelihood and there from the least impact. */
  readonly cells: readonly MatrixCell[];
  /** Those with a score of that sort by this scale on other axes, which is in no cell; by another scale; and with none. */
  readonly onOtherAxes: number;
  readonly onOtherScales: number;
  readonly unscored: number;
}

/** The risks that pass the filter by their score of a sort. Null where there is no such scale for the reader, or it has no version. */
export function riskMatrix(
  view: LedgerView,
  scale: string,
  of: RiskScoreOf,
  filter: RiskFilter,
): Promise<RiskMatrix | null> {
  return matrixOf(view, scale, () => scoredAlike(view, of, filter));
}

/** The same of scores that were asked for, which is done where there is such a scale. */
export async function matrixOf(
  view: LedgerView,
  scale: string,
  scored: () => Promise<readonly ScoredAlike[]>,
): Promise<RiskMatrix | null> {
  const rule = await scaleFor(view, scale);
  const version = axesOn(rule, view.basis.effective);
  if (rule === null || version === null) return null;
  const counts = new Map<string, number>();
  let [onOtherAxes, onOtherScales, unscored] = [0, 0, 0];
  for (const { by, number, likelihood, impact, count } of await scored()) {
    if (number === null) unscored += count;
    else if (by !== scale) onOtherScales += count;
    else if (!isOnAxesOf(rule, number, version)) onOtherAxes += count;
    else counts.set(`${likelihood} ${impact}`, (counts.get(`${likelihood} ${impact}`) ?? 0) + count);
  }
  const [likelihoods, impacts] = [stepsOf(version, 'likelihoods'), stepsOf(version, 'impacts')];
  const cells = likelihoods.flatMap(({ score: likelihood }) =>
    impacts.map(({ score: impact }) => ({
      likelihood,
      impact,
      count: counts.get(`${likelihood} ${impact}`) ?? 0,
      band: bandOf(version.content, { likelihood, impact }),
    })),
  );
  const isInForce = inForceOn(rule, view.basis.effective) !== null;
  return { version: version.version, isInForce, likelihoods, impacts, cells, onOtherAxes, onOtherScales, unscored };
}

/** By what the risks that pass the filter have a score of a sort. */
export interface ScoredBy {
  /** The scales that the reader may see, that by which most are scored first. */
  readonly scales: readonly string[];
  /** How many pass the filter, scored or not. */
  readonly total: number;
}

export async function scalesAmong(view: LedgerView, scored: readonly ScoredAlike[]): Promise<ScoredBy> {
  const counts = new Map<string, number>();
  let total = 0;
  for (const { by, count } of scored) {
    total += count;
    if (by !== null) counts.set(by, (counts.get(by) ?? 0) + count);
  }
  const scaleOf = await scalesFor(view, [...counts.keys()]);
  const seen = [...counts].filter(([ref]) => axesOn(scaleOf(ref), view.basis.effective) !== null);
  return { total, scales: seen.toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([ref]) => ref) };
}

/** How many risks have one score of a sort, by one version of one scale. */
export interface ScoredAlike {
  readonly by: string | null;
  readonly number: string | null;
  readonly likelihood: number | null;
  readonly impact: number | null;
  readonly count: number;
}

/** How many of the risks that pass the filter have which score of a sort. */
export async function scoredAlike(
  view: LedgerView,
  of: RiskScoreOf,
  filter: RiskFilter,
): Promise<readonly ScoredAlike[]> {
  const columns = ['rule', 'version', 'likelihood', 'impact'].map((one) => `${prefixOf(of)}_${one}`);
  const rows = await filtered(view, filter, rowsAsOf(view, riskRegister, true));
  return (await combinationsOf(view, rows, columns)).map(({ of: values, count }) => {
    const [by, number, likelihood, impact] = columns.map((column) => values[column]);
    return { by, number, likelihood, impact, count } as ScoredAlike;
  });
}

function prefixOf(of: RiskScoreOf): Lowercase<RiskScoreOf> {
  return of.toLowerCase() as Lowercase<RiskScoreOf>;
}

/** The steps of an axis, from the least, each with the words that its row has. */
function stepsOf({ content, words }: SetVersion<ScoreScale>, axis: 'likelihoods' | 'impacts'): readonly MatrixStep[] {
  return content[axis]
    .map(({ score }, row) => ({ score, meaning: show.textOfRow(words?.[axis]?.['meaning'], row) }))
    .toSorted((a, b) => a.score - b.score);
}

/** The references that risks at the basis have in that column: filters offer nothing that would find nothing. */
export async function risksHave(view: LedgerView, column: 'body' | 'current_rule'): Promise<readonly string[]> {
  return listedIn(view, rowsAsOf(view, riskRegister, true), column);
}

/** The posts that own some risk at the basis, whether or not they lead: a filter by owner finds any of them. */
export function ownersOfRisks(view: LedgerView): Promise<readonly string[]> {
  return listedIn(view, rowsAsOf(view, riskRegister, true), 'owner', 'co_owners');
}

/** The record as it would be with a state that it had before, by the scales and on the day of the basis. */
export async function riskWithState(view: LedgerView, record: TrackedRisk): Promise<(state: unknown) => TrackedRisk> {
  const scaleOf = await scalesOf(view, record.state);
  return (state) => ({ ...record, state: state as ProposedRisk, ...readBy(view, state as ProposedRisk, scaleOf) });
}

export const RISKS_BY: { readonly [by in RiskGrouping]: Grouping } = {
  STATUS: byMembers(riskStatus.members, 'no status'),
  REGISTER: byMembers(registers.members, 'no register'),
  BAND: {
    without: 'no band',
    // A band that no risk has at the basis is asked for by comparisons alone, and comes after those that some have.
    rank: async (view, key) => {
      const { bands } = await standingHere(view);
      return bands.includes(key) ? placeInOrder(bands.indexOf(key)) : placeInOrder(bands.length);
    },
  },
  KIND: byMembers(riskKind.members, 'no kind'),
  CATEGORY: byMembers(riskCategory.members, 'no category'),
  RESPONSE: byMembers(response.members, 'no response'),
  OWNER: byRecord('no owner', ['directory', 'name']),
  BODY: byRecord('no body', ['directory', 'name']),
};

export const COLUMN_OF = {
  REGISTER: 'register',
  KIND: 'kind',
  CATEGORY: 'category',
  RESPONSE: 'response',
  OWNER: 'owner',
  BODY: 'body',
} as const;

/** SQL: what rows are grouped by. */
export async function keyOf(view: LedgerView, by: RiskGrouping): Promise<RawBuilder<string | null>> {
  if (by === 'STATUS') return (await standingHere(view)).status;
  if (by === 'BAND') return (await standingHere(view)).band;
  return sql`${sql.ref(`row.${COLUMN_OF[by]}`)}`;
}

/** Something is still to come of these. */
const OPEN_ACTIONS = ACTION_STATUSES.filter(isOpen);

const TEXTS = [
  ['row.title_event', 'row.title_part'],
  ['row.cause_event', 'row.cause_part'],
  ['row.what_event', 'row.what_part'],
  ['row.effect_event', 'row.effect_part'],
] as const;

export async function filtered(view: LedgerView, filter: RiskFilter, all: Rows): Promise<Rows> {
  const { body, owner, scale, text, open } = filter;
  const links = [body, owner, scale].filter((ref) => ref !== undefined);
  // What is not for this reader finds what a reference of nothing finds.
  const areSeen = (await Promise.all(links.map((ref) => seesLink(view, ref)))).every(Boolean);
  if (!areSeen) return all.where(sql<boolean>`1 = 0`);
  let rows = all;
  if (body !== undefined) rows = rows.where('row.body', '=', body);
  const scored = prefixOf(filter.scored ?? 'CURRENT');
  if (filter.scored !== undefined) rows = rows.where(`row.${scored}_version`, 'is not', null);
  if (scale !== undefined) rows = rows.where(`row.${scored}_rule`, '=', scale);
  for (const axis of ['likelihood', 'impact'] as const)
    if (filter[axis] !== undefined) rows = rows.where(`row.${scored}_${axis}`, '=', filter[axis]);
  if (filter.likelihood !== undefined || filter.impact !== undefined)
    rows = rows.where(await onAxesOfTheDay(view, all, scored));
  if (owner !== undefined) {
    // Those that the post owns and does not lead: few, and most posts have none.
    const coOwned = await recordsUnder(view, owner, 'risks', ['owners']);
    rows =
      coOwned.length === 0
        ? rows.where('row.owner', '=', owner)
        : rows.where(hasOrIsOf(view, riskRegister, 'owner', owner, coOwned));
  }
  for (const column of ['register', 'kind', 'category', 'response'] as const)
    if (filter[column] !== undefined) rows = rows.where(`row.${column}`, 'in', filter[column]);
  if (open !== undefined) rows = rows.where('row.standing', open ? '=' : '!=', 'REGISTERED');
  if (filter.asked !== undefined) rows = rows.where('row.asked', '=', filter.asked ? 1 : 0);
  if (filter.noFurtherAction !== undefined) {
    const hasAction = isLinkedToOneOf(view, 'risks', { register: 'actions', column: 'status', among: OPEN_ACTIONS });
    const isSo = sql<number>`case when row.standing = 'REGISTERED' and row.tasked = 0 and not ${hasAction} then 1 else 0 end`;
    rows = rows.where(isSo, '=', filter.noFurtherAction ? 1 : 0);
  }
  if (filter.onOneRegister !== undefined) {
    const both = await onBothRegisters(view);
    const isOn = both.length === 0 ? sql`0` : sql`row.ref in (${sql.join(both)})`;
    const isSo = sql<number>`case when row.standing = 'REGISTERED' and not ${isOn} then 1 else 0 end`;
    rows = rows.where(isSo, '=', filter.onOneRegister ? 1 : 0);
  }
  rows = await narrowedByStanding(view, rows, filter);
  if (text === undefined) return rows;
  return rows.where(await isFoundBy(view, riskRegister, text, { texts: TEXTS }));
}

async function narrowedByStanding(view: LedgerView, all: Rows, filter: RiskFilter): Promise<Rows> {
  const { status, band } = filter;
  const flags = CONDITIONS.filter((one) => filter[one] !== undefined);
  if (status === undefined && band === undefined && flags.length === 0) return all;
  const here = await standingHere(view);
  let rows = all;
  if (status !== undefined) rows = rows.where(here.status, 'in', status);
  if (band !== undefined) rows = rows.where(here.band, 'in', band);
  for (const one of flags) rows = rows.where(here.is[one], '=', filter[one] ? 1 : 0);
  return rows;
}

/** Everything that may be so of a risk. One that is forgotten does not compile. */
const EACH: { readonly [condition in keyof RiskConditions]: true } = {
  unscored: true,
  isNew: true,
  reviewOverdue: true,
  acceptanceLapsed: true,
  awaitingReview: true,
  controlOverdue: true,
  controlTasked: true,
  atTarget: true,
  withinAppetite: true,
  accepted: true,
  controlled: true,
  withoutControls: true,
  high: true,
  highUnassured: true,
  fellWithoutControl: true,
  toBeScoredAnew: true,
};
export const CONDITIONS = Object.keys(EACH) as readonly (keyof RiskConditions)[];

async function tracked(view: LedgerView, one: RecordAsOf<ProposedRisk>): Promise<TrackedRisk> {
  return { ...one, ...readBy(view, one.state, await scalesOf(view, one.state)) };
}

function scalesOf(view: LedgerView, { scores, appetite }: ProposedRisk): Promise<ScaleOf> {
  return scalesFor(view, [...scores.map(({ rule }) => rule), appetite?.rule]);
}

function readBy(view: LedgerView, state: ProposedRisk, scaleOf: ScaleOf): Pick<TrackedRisk, 'standing' | 'readScore'> {
  const { effective } = view.basis;
  return {
    standing: standingOn(state, scaleOf, effective),
    readScore: (score) => scoreRead(score, scaleOf, effective),
  };
}
