import { sql, type RawBuilder } from 'kysely';
import { addMonths, type CivilDate } from '../../libs/ledger/index.ts';
import {
  combinationsOf,
  linksTo,
  onceFor,
  ruleThatBands,
  registerNamed,
  rowsAsOf,
  seesLink,
  type Combination,
  type LedgerView,
  type RowsQuery,
} from '../../libs/read-models/index.ts';
import {
  lastDayOverdue,
  THIRD_LINE_MONTHS,
  type RiskConditions,
  type RiskScoreOf,
  type RiskStatus,
} from '../../libs/registers/risks/index.ts';
import {
  areComparable,
  bandedOn,
  haveSameAxes,
  inForceOn,
  versionNumbered,
  type Banded,
  type RuleLink,
  type RuleVersion,
  type ScoreScale,
  type ScoreScaleLink,
} from '../../libs/rules/index.ts';
import { riskRegister } from './projection.ts';

/*
 * Where risks stand, as the tables are asked. How a score is banded, how often it is reviewed and what it may be compared with its scale says, which is
 * another record, so that no row can hold it. Scores are few: of each that there is it is asked once how it reads, and the rows that have it
 * are found by it. A list and a page so say the same (`risk-register.spec.ts` compares them).
 */

export type Rows = RowsQuery<typeof riskRegister.columns>;

/** The score scale of that reference, as the reader may see it at the basis. Many at once are one question. */
export async function scaleFor(view: LedgerView, ref: string | undefined | null): Promise<ScoreScaleLink> {
  const isKnown = ref != null && registerNamed(view, 'rules') !== null && (await seesLink(view, ref));
  const rule = isKnown ? await ruleThatBands<RuleLink<ScoreScale>>(view, ref) : null;
  return rule?.state.kind === 'SCORE_SCALE' ? rule.state : null;
}

/** Those scales, by their references. */
export async function scalesFor(
  view: LedgerView,
  refs: readonly (string | undefined)[],
): Promise<(ref: string | undefined) => ScoreScaleLink> {
  const each = [...new Set(refs.filter((ref) => ref !== undefined))];
  const found = await Promise.all(each.map(async (ref) => [ref, await scaleFor(view, ref)] as const));
  const scales = new Map(found);
  return (ref) => (ref === undefined ? null : (scales.get(ref) ?? null));
}

/** A current score that some risk has, and how it reads. */
interface ScoreHere {
  readonly of: Combination['of'];
  readonly banded: Banded;
}

/** How SQL is told what is so of a row at the view's basis, for its reader. */
export interface StandingHere {
  readonly status: RawBuilder<RiskStatus>;
  /** 1 or 0. */
  readonly is: { readonly [condition in keyof RiskConditions]: RawBuilder<number> };
  /** What its band is called; null where it has none. */
  readonly band: RawBuilder<string | null>;
  /** The names of bands that there are, the one of the greatest scores first. */
  readonly bands: readonly string[];
}

export function standingHere(view: LedgerView): Promise<StandingHere> {
  return onceFor(view, standingHere, () => worked(view));
}

async function worked(view: LedgerView): Promise<StandingHere> {
  const day = view.basis.effective;
  const all = rowsAsOf(view, riskRegister, true).where('row.current_version', 'is not', null);
  const [scores, toTarget, toAppetite, toBefore] = await Promise.all([
    scoresHere(view, all),
    comparableHere(view, all, 'target'),
    comparableHere(view, all, 'appetite'),
    comparableHere(view, all, 'before'),
  ]);
  const among = (which: readonly ScoreHere[]) => isAmong('current', which);
  const months = [...new Set(scores.flatMap(({ banded }) => banded.band?.reviewMonths ?? []))];
  const turns = months.map((one) => {
    const reviewedSo = scores.filter(({ banded }) => banded.band?.reviewMonths === one);
    return sql`when ${among(reviewedSo)} then row.looked_at <= ${lastDayOverdue(one, day)}`;
  });
  const isOpen = sql`row.standing = 'REGISTERED'`;
  const flag = (so: RawBuilder<unknown>) => sql<number>`case when ${isOpen} and coalesce(${so}, 0) then 1 else 0 end`;

  const unscored = sql`row.current_version is null`;
  const isNew = sql`row.is_new = 1`;
  const reviewOverdue = turns.length === 0 ? sql`0` : sql`case ${sql.join(turns, sql` `)} else 0 end`;
  const accepted = sql`row.accepted_until >= ${day}`;
  const lapsed = sql`(row.accepted_until < ${day} and coalesce(row.looked_at, '') <= row.accepted_until)`;
  const awaiting = sql`(${unscored} or ${isNew} or coalesce(${reviewOverdue}, 0) or coalesce(${lapsed}, 0))`;
  const overdue = sql`row.tasked_by < ${day}`;
  const tasked = sql`row.tasked > 0`;
  const atTarget = sql`(${toTarget} and case row.kind when 'OPPORTUNITY' then row.current_score >= row.target_score
    else row.current_score <= row.target_score end)`;
  const within = sql`(${toAppetite} and row.current_score <= row.appetite_score)`;
  const controlled = sql`(coalesce(${atTarget}, 0) or coalesce(${within}, 0) or coalesce(${accepted}, 0))`;
  const high = among(scores.filter(({ banded }) => banded.isHighest));
  const assured = addMonths(day, -THIRD_LINE_MONTHS);
  const is: StandingHere['is'] = {
    unscored: flag(unscored),
    isNew: flag(isNew),
    reviewOverdue: flag(reviewOverdue),
    acceptanceLapsed: flag(lapsed),
    awaitingReview: flag(awaiting),
    controlOverdue: flag(overdue),
    controlTasked: flag(tasked),
    atTarget: flag(atTarget),
    withinAppetite: flag(within),
    accepted: flag(accepted),
    controlled: flag(controlled),
    withoutControls: flag(sql`row.controls = 0`),
    high: flag(high),
    highUnassured: flag(sql`(${high} and coalesce(row.third_line_on, '') < ${assured})`),
    fellWithoutControl: flag(sql`(${toBefore} and row.current_score < row.before_score and row.controlled_since = 0)`),
    toBeScoredAnew: flag(among(scores.filter(({ banded }) => banded.isToBeScoredAnew))),
  };
  return {
    is,
    status: sql<RiskStatus>`case when not ${isOpen} then row.standing
      when ${is.awaitingReview} = 1 then 'AWAITING_REVIEW'
      when ${is.controlOverdue} = 1 then 'OVERDUE_CONTROL'
      when ${is.controlTasked} = 1 then 'CONTROLS_TASKED'
      when ${is.controlled} = 1 then 'CONTROLLED'
      else 'MANAGED' end`,
    ...bandsIn(scores),
  };
}

async function scoresHere(view: LedgerView, rows: Rows): Promise<readonly ScoreHere[]> {
  const found = await combinationsOf(
    view,
    rows,
    AXES_OF.map((one) => `current_${one}`),
  );
  return Promise.all(
    found.map(async ({ of }) => {
      const scale = await scaleFor(view, of['current_rule'] as string | null);
      const score = {
        version: of['current_version'] as string,
        likelihood: of['current_likelihood'] as number,
        impact: of['current_impact'] as number,
      };
      return { of, banded: bandedOn(scale, score, view.basis.effective) };
    }),
  );
}

const AXES_OF = ['rule', 'version', 'likelihood', 'impact'] as const;

/** SQL: is the score that a row has of that sort one of these? */
function isAmong(of: 'current', which: readonly ScoreHere[]): RawBuilder<boolean> {
  return isOneOf(
    AXES_OF.map((one) => `${of}_${one}`),
    which.map(({ of: values }) => values),
  );
}

/** SQL: are the values of those columns those of one of these? A column that holds nothing is as no other. */
function isOneOf(columns: readonly string[], which: readonly Combination['of'][]): RawBuilder<boolean> {
  if (which.length === 0) return sql<boolean>`0`;
  const names = sql.join(columns.map((column) => sql.ref(`row.${column}`)));
  const values = which.map((one) => sql`(${sql.join(columns.map((column) => one[column]))})`);
  return sql<boolean>`((${names}) in (values ${sql.join(values)}))`;
}

/** SQL: may the current score of a row be set against that other one? */
async function comparableHere(
  view: LedgerView,
  rows: Rows,
  other: 'target' | 'appetite' | 'before',
): Promise<RawBuilder<boolean>> {
  const columns = ['current_rule', 'current_version', `${other}_rule`, `${other}_version`] as const;
  const found = await combinationsOf(view, rows.where(`row.${other}_version`, 'is not', null), columns);
  const are = await Promise.all(
    found.map(async ({ of }) => {
      const [rule, version, otherRule, otherVersion] = columns.map((column) => of[column] as string);
      const one = { rule: rule!, version: version! };
      return areComparable(await scaleFor(view, rule), one, { rule: otherRule!, version: otherVersion! });
    }),
  );
  return isOneOf(
    columns,
    found.flatMap(({ of }, index) => (are[index] ? [of] : [])),
  );
}

/** The version of a scale whose axes hold on a day: the one in force, else the last one. Null where it has none. */
export function axesOn(rule: ScoreScaleLink, day: CivilDate): RuleVersion<ScoreScale> | null {
  return inForceOn(rule, day) ?? rule?.versions.at(-1) ?? null;
}

/** Whether a score by that version of the scale has a place on those axes. */
export function isOnAxesOf(rule: ScoreScaleLink, version: string, axes: RuleVersion<ScoreScale>): boolean {
  const own = versionNumbered(rule, version);
  return own !== null && haveSameAxes(own.content, axes.content);
}

/** SQL: is the score of that sort which a row has on the axes that its scale has on the day? By a scale that is not for the reader none is. */
export async function onAxesOfTheDay(
  view: LedgerView,
  rows: Rows,
  of: Lowercase<RiskScoreOf>,
): Promise<RawBuilder<boolean>> {
  const columns = [`${of}_rule`, `${of}_version`] as const;
  const found = await combinationsOf(view, rows.where(`row.${of}_version`, 'is not', null), columns);
  const are = await Promise.all(
    found.map(async ({ of: values }) => {
      const [rule, version] = columns.map((column) => values[column] as string);
      const scale = await scaleFor(view, rule);
      const axes = axesOn(scale, view.basis.effective);
      return axes !== null && isOnAxesOf(scale, version!, axes);
    }),
  );
  return isOneOf(
    columns,
    found.flatMap(({ of: values }, index) => (are[index] ? [values] : [])),
  );
}

function bandsIn(scores: readonly ScoreHere[]): Pick<StandingHere, 'band' | 'bands'> {
  const least = new Map<string, number>();
  for (const { banded } of scores)
    if (banded.band !== null)
      least.set(banded.band.band, Math.max(banded.band.least, least.get(banded.band.band) ?? 0));
  const bands = [...least].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([name]) => name);
  const turns = bands.map(
    (name) =>
      sql`when ${isAmong(
        'current',
        scores.filter(({ banded }) => banded.band?.band === name),
      )} then ${name}`,
  );
  return {
    bands,
    band: turns.length === 0 ? sql<null>`null` : sql<string | null>`case ${sql.join(turns, sql` `)} end`,
  };
}

/**
 * The open risks that are linked to one on another register, or stand on the one that both keep: what both bodies have on a register. Told by
 * the links that the reader may see, at three questions however many there are.
 */
export async function onBothRegisters(view: LedgerView): Promise<readonly string[]> {
  const open = rowsAsOf(view, riskRegister, true).where('row.standing', '=', 'REGISTERED');
  const found = await combinationsOf(view, open, ['ref', 'register']);
  const registers = new Map(found.map(({ of }) => [of['ref'] as string, of['register'] as string]));
  const links = await linksTo(view, [...registers.keys()]);
  const both = new Set([...registers].flatMap(([ref, register]) => (register === 'JOINT' ? [ref] : [])));
  for (const { ref, to } of links) {
    const [one, other] = [registers.get(ref), registers.get(to)];
    if (one === undefined || other === undefined || one === other) continue;
    both.add(ref).add(to);
  }
  return [...both];
}
