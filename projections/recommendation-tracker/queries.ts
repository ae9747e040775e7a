import { sql, type RawBuilder } from 'kysely';
import type { DueDates } from '../../libs/declarations/index.ts';
import type { CivilDate } from '../../libs/ledger/index.ts';
import {
  AGE_BANDS,
  agesOf,
  ageSumsOf,
  allTogether,
  byMembers,
  byRecord,
  combinationsOf,
  countOfList,
  countsInGroups,
  dueDatesOf,
  followedIn,
  groupsOf,
  groupsOfTotals,
  hasOrIsOf,
  inGroups,
  isFoundBy,
  isLinkedHere,
  isPastDue,
  listedIn,
  pageOf,
  placeInOrder,
  punctualityOf,
  recordAsOf,
  recordsUnder,
  rowsAsOf,
  seesLink,
  type Ages,
  type Combination,
  type DoneBy,
  type FirstDue,
  type FirstDuePeriod,
  type Followed,
  type Group,
  type GroupCount,
  type Grouping,
  type LedgerView,
  type Page,
  type PageWanted,
  type RecordAsOf,
} from '../../libs/read-models/index.ts';
import {
  recommendationKind,
  recommendationStatus,
  response,
  saidIn,
  standingAt,
  standsBy,
  type MadeRecommendation,
  type RecommendationKind,
  type RecommendationOutcome,
  type RecommendationResponse,
  type RecommendationStatus,
  type Standing,
} from '../../libs/registers/recommendations/index.ts';
import type { LevelScale, RuleLink } from '../../libs/rules/index.ts';
import { recommendationTracker } from './projection.ts';
import { OPEN_STATUSES, routesFor, statusHere, type Rows, type StatusHere } from './status-queries.ts';

/** Which recommendations. What is not given does not narrow; lists are alternatives, and an empty list lets nothing through. */
export interface RecommendationFilter {
  /** The body that follows it up. */
  readonly body?: string;
  readonly originator?: string;
  readonly publication?: string;
  /** The cause of concern that it is a part of. */
  readonly partOf?: string;
  /** A post that owns it, whether or not it leads. */
  readonly owner?: string;
  readonly status?: readonly RecommendationStatus[];
  readonly kind?: readonly RecommendationKind[];
  readonly response?: readonly RecommendationResponse[];
  /** Given a priority by this scale. */
  readonly scale?: string;
  /** Given one of these levels as its priority, by whatever scale. */
  readonly level?: readonly string[];
  /** What was judged of it after it was closed. */
  readonly outcome?: readonly RecommendationOutcome[];
  /** Open, and past the date that holds; past the first one. */
  readonly overdue?: boolean;
  readonly overdueByOriginal?: boolean;
  /** Extended at least so many times. */
  readonly extended?: number;
  /** Put off at least once after the date had passed. */
  readonly extendedLate?: boolean;
  /** An extension was asked for, and neither granted nor refused. */
  readonly extensionAsked?: boolean;
  /** Opened again at least once, by a command or by the word of a party of its route. */
  readonly reopened?: boolean;
  /** There is some evidence, as far as the reader may see it. */
  readonly evidence?: boolean;
  /** Not all who have said whether it is done say the same. */
  readonly outOfStep?: boolean;
  /** Linked to another record, or another to it. */
  readonly linked?: boolean;
  /** Linked to a risk, or a risk to it. */
  readonly linkedRisk?: boolean;
  /** A later one says that it raises it again. */
  readonly raisedAgain?: boolean;
  /**
   * Words in the title, its words or the latest update, as far as the reader may read them; its whole reference, or its whole place in the
   * publication.
   */
  readonly text?: string;
}

/** A recommendation at a basis. */
export interface TrackedRecommendation extends RecordAsOf<MadeRecommendation> {
  /** By the closure route of whoever made it, as the reader knows it at the basis. */
  readonly standing: Standing;
  readonly due: DueDates;
  /** Open, and the due date that holds lies before the day of the basis; the first one does. */
  readonly overdue: boolean;
  readonly overdueByOriginal: boolean;
}

export const RECOMMENDATION_GROUPINGS = [
  'STATUS',
  'RESPONSE',
  'ORIGINATOR',
  'OWNER',
  'PUBLICATION',
  'BODY',
  'KIND',
  'PRIORITY',
] as const;
export type RecommendationGrouping = (typeof RECOMMENDATION_GROUPINGS)[number];

/** One recommendation, or null when it is absent at the basis or hidden from the reader. Many at once are one question. */
export async function findRecommendation(view: LedgerView, ref: string): Promise<TrackedRecommendation | null> {
  const found = await recordAsOf<MadeRecommendation>(view, 'recommendations', ref);
  return found === null ? null : tracked(view, found);
}

/** The recommendations at the basis that pass the filter, by reference. */
export async function listRecommendations(
  view: LedgerView,
  filter: RecommendationFilter,
  page: PageWanted,
): Promise<Page<TrackedRecommendation>> {
  const isNarrowed = Object.values(filter).some((value) => value !== undefined);
  const rows = await filtered(view, filter, rowsAsOf(view, recommendationTracker, true));
  const inOrder = isNarrowed ? rows : rowsAsOf(view, recommendationTracker);
  const count = countOfList(view, recommendationTracker, filter, rows);
  return pageOf(view, inOrder, page, (one: RecordAsOf<MadeRecommendation>) => tracked(view, one), count, isNarrowed);
}

/**
 * How many recommendations at the basis pass the filter, by group; only groups that have one. Members of a list in its order, all else by
 * key, and the group without a key last. By owner: by the one that leads.
 */
export async function countRecommendations(
  view: LedgerView,
  by: RecommendationGrouping,
  filter: RecommendationFilter,
): Promise<readonly GroupCount[]> {
  const totals = by === 'STATUS' ? await statusTotals(view, filter) : await totalsBy(view, COLUMN_OF[by], filter);
  if (totals !== null) return countsInGroups(view, RECOMMENDATIONS_BY[by], totals);
  const rows = await filtered(view, filter, rowsAsOf(view, recommendationTracker, true));
  return countsInGroups(view, RECOMMENDATIONS_BY[by], await groupsOf(view, rows, await keyOf(view, by)));
}

function totalsBy(view: LedgerView, column: string, filter: RecommendationFilter): Promise<readonly Group[] | null> {
  return groupsOfTotals(view, recommendationTracker, column, filter);
}

/** By status: of those whose route changed the words that were said are read, and the others are as many as running totals say. */
async function statusTotals(view: LedgerView, filter: RecommendationFilter): Promise<readonly Group[] | null> {
  const { ofTotals, changed, status } = await statusHere(view);
  if (ofTotals === null) return null;
  const isOther =
    changed.length === 0
      ? undefined
      : sql<boolean>`(row.originator is null or row.originator not in (${sql.join(changed)}))`;
  const others = await groupsOfTotals(view, recommendationTracker, ofTotals, filter, isOther);
  if (others === null || changed.length === 0) return others;
  const rows = await filtered(view, filter, rowsAsOf(view, recommendationTracker, true));
  const own = await groupsOf(view, rows.where('row.originator', 'in', changed), status);
  const counts = new Map<string | null, number>();
  for (const { key, count } of [...others, ...own]) counts.set(key, (counts.get(key) ?? 0) + count);
  return [...counts].map(([key, count]) => ({ key, count }));
}

/** How old the recommendations are that are open at the basis and pass the filter, and of each group by itself where one is asked for. */
export async function recommendationAges(
  view: LedgerView,
  filter: RecommendationFilter,
  by?: RecommendationGrouping,
  bands: readonly number[] = AGE_BANDS,
): Promise<Ages & { readonly groups: readonly (Ages & Omit<GroupCount, 'count'>)[] }> {
  const status = (filter.status ?? OPEN_STATUSES).filter((one) => OPEN_STATUSES.includes(one));
  const rows = await filtered(view, { ...filter, status }, rowsAsOf(view, recommendationTracker, true));
  const sums = await ageSumsOf(view, rows, 'made_on', bands, by === undefined ? undefined : await keyOf(view, by));
  const groups = by === undefined ? [] : await inGroups(view, RECOMMENDATIONS_BY[by], sums);
  return {
    ...agesOf(sums, bands),
    groups: groups.map(({ key, label, of }) => ({ key, label, ...agesOf(of, bands) })),
  };
}

/**
 * Of the recommendations that pass the filter and were first due in a period: how many were done by a day, and how many are late by the date
 * first set and by the one that holds. The days of closing are those that stand at the basis, by the routes that held.
 * @param done how one is done: by its closing; or on the day of its owner's DONE, where that still counts
 */
export async function recommendationsFirstDue(
  view: LedgerView,
  filter: RecommendationFilter,
  period: Omit<FirstDuePeriod, 'asOf'>,
  done: DoneBy = 'CLOSING',
): Promise<FirstDue> {
  const rows = await filtered(view, filter, rowsAsOf(view, recommendationTracker, true));
  const followed = await followedIn(view, rows, FIRST_DUE, period, (row) => standingIn(view, row, done));
  const groups = punctualityOf(followed, { ...period, asOf: view.basis.effective });
  const byPriority = await inGroups(
    view,
    RECOMMENDATIONS_BY.PRIORITY,
    [...groups].map(([key, due]) => ({ key, due })),
  );
  return {
    total: allTogether(groups),
    byPriority: byPriority.map(({ key, label, of }) => ({
      ...{ key, label },
      of: allTogether(new Map(of.map(({ due }, index) => [index, due]))),
    })),
  };
}

export const CURRENT = { on: 'due_on', meeting: 'due_meeting' } as const;
export const ORIGINAL = { on: 'first_on', meeting: 'first_meeting', setOn: 'first_set_on' } as const;
const FIRST_DUE = {
  key: 'priority',
  first: ORIGINAL,
  current: CURRENT,
  standing: ['originator', 'said', 'ended', 'accepted_until'],
} as const;

async function standingIn(
  view: LedgerView,
  { of }: Combination,
  done: DoneBy,
): Promise<Pick<Followed, 'standing' | 'doneOn'>> {
  const { effective } = view.basis;
  if (of['ended'] !== null) return { standing: 'ENDED', doneOn: null };
  const routes = await routesFor(view, of['originator'] as string);
  const { closedOn, ownerDoneOn } = standsBy(saidIn(of['said'] as string | null), routes, effective);
  const doneOn = done === 'CLOSING' ? closedOn : ownerDoneOn;
  if (doneOn !== null) return { standing: 'DONE', doneOn };
  const isAccepted = of['accepted_until'] !== null && (of['accepted_until'] as CivilDate) >= effective;
  return { standing: isAccepted ? 'ENDED' : 'OPEN', doneOn: null };
}

/** The references that recommendations at the basis have in that column: filters offer nothing that would find nothing. */
export async function recommendationsHave(
  view: LedgerView,
  by: Extract<RecommendationGrouping, 'BODY' | 'ORIGINATOR' | 'PUBLICATION' | 'PRIORITY'>,
): Promise<readonly string[]> {
  return (await countRecommendations(view, by, {})).flatMap(({ key }) => key ?? []);
}

/** The posts that own some recommendation at the basis, whether or not they lead: a filter by owner finds any of them. */
export function ownersOfRecommendations(view: LedgerView): Promise<readonly string[]> {
  return listedIn(view, rowsAsOf(view, recommendationTracker, true), 'owner', 'co_owners');
}

export const COLUMN_OF = {
  RESPONSE: 'response',
  ORIGINATOR: 'originator',
  OWNER: 'owner',
  PUBLICATION: 'publication',
  BODY: 'body',
  KIND: 'kind',
  PRIORITY: 'priority',
} as const;

/** A priority as the projection writes it. */
function priorityIn(key: string): { readonly scale: string; readonly version: string; readonly level: string } {
  const [scale = '', version = '', level = ''] = key.split('|');
  return { scale, version, level };
}

/** By owner: by the one that leads. Priorities in the order of their scale, and there of its version. */
export const RECOMMENDATIONS_BY: { readonly [by in RecommendationGrouping]: Grouping } = {
  STATUS: byMembers(recommendationStatus.members, 'no status'),
  RESPONSE: byMembers(response.members, 'not answered'),
  ORIGINATOR: byRecord('no originator', ['directory', 'name']),
  OWNER: byRecord('no owner', ['directory', 'name']),
  PUBLICATION: byRecord('no publication', ['documents', 'title']),
  BODY: byRecord('no body', ['directory', 'name']),
  KIND: byMembers(recommendationKind.members, 'no kind'),
  PRIORITY: {
    without: 'no priority',
    names: (key) => priorityIn(key).scale,
    label: (_, key) => {
      const { scale, version, level } = priorityIn(key);
      return Promise.resolve(`${level} (${scale}, version ${version})`);
    },
    rank: async (view, key) => {
      const { scale, version, level } = priorityIn(key);
      const versions = (await recordAsOf<RuleLink<LevelScale>>(view, 'rules', scale))?.state.versions ?? [];
      const at = versions.findIndex((one) => one.version === version);
      const levels = versions[at]?.content.levels.map((one) => one.level) ?? [];
      return [scale, placeInOrder(at), placeInOrder(levels.indexOf(level))].join('|');
    },
  },
};

/** SQL: what rows are grouped by. */
export async function keyOf(view: LedgerView, by: RecommendationGrouping): Promise<RawBuilder<string | null>> {
  return by === 'STATUS' ? (await statusHere(view)).status : sql`${sql.ref(`row.${COLUMN_OF[by]}`)}`;
}

const TEXTS = [
  ['row.title_event', 'row.title_part'],
  ['row.words_event', 'row.words_part'],
  ['row.update_event', 'row.update_part'],
] as const;

export async function filtered(view: LedgerView, filter: RecommendationFilter, all: Rows): Promise<Rows> {
  const { body, originator, publication, partOf, owner, scale } = filter;
  const links = [body, originator, publication, partOf, owner, scale].filter((ref) => ref !== undefined);
  // What is not for this reader finds what a reference of nothing finds.
  const areSeen = (await Promise.all(links.map((ref) => seesLink(view, ref)))).every(Boolean);
  if (!areSeen) return all.where(sql<boolean>`1 = 0`);
  let rows = all;
  if (body !== undefined) rows = rows.where('row.body', '=', body);
  if (originator !== undefined) rows = rows.where('row.originator', '=', originator);
  if (publication !== undefined) rows = rows.where('row.publication', '=', publication);
  if (partOf !== undefined) rows = rows.where('row.part_of', '=', partOf);
  if (scale !== undefined) rows = rows.where('row.scale', '=', scale);
  if (filter.level !== undefined) rows = rows.where('row.level', 'in', filter.level);
  if (owner !== undefined) {
    // Those that the post owns and does not lead: few, and most posts have none.
    const coOwned = await recordsUnder(view, owner, 'recommendations', ['owners']);
    rows =
      coOwned.length === 0
        ? rows.where('row.owner', '=', owner)
        : rows.where(hasOrIsOf(view, recommendationTracker, 'owner', owner, coOwned));
  }
  for (const column of ['kind', 'response', 'outcome'] as const)
    if (filter[column] !== undefined) rows = rows.where(`row.${column}`, 'in', filter[column]);
  if (filter.extended !== undefined) rows = rows.where('row.extensions', '>=', filter.extended);
  if (filter.extendedLate !== undefined) rows = rows.where('row.extended_late', filter.extendedLate ? '>' : '=', 0);
  if (filter.extensionAsked !== undefined) rows = rows.where('row.asked', '=', filter.extensionAsked ? 1 : 0);
  if (filter.outOfStep !== undefined) rows = rows.where('row.out_of_step', '=', filter.outOfStep ? 1 : 0);
  if (filter.evidence !== undefined) rows = rows.where(await hasEvidenceHere(view, all), '=', filter.evidence ? 1 : 0);
  for (const [asked, other] of [[filter.linked], [filter.linkedRisk, 'risks']] as const) {
    if (asked === undefined) continue;
    const [to, from] = await Promise.all(
      (['ITSELF', 'THE_OTHER'] as const).map((saidIn) =>
        isLinkedHere(view, { register: 'recommendations', saidIn, other }),
      ),
    );
    rows = rows.where(sql<number>`max(${to}, ${from})`, '=', asked ? 1 : 0);
  }
  if (filter.raisedAgain !== undefined) {
    const raises = { register: 'recommendations', saidIn: 'THE_OTHER', as: 'RE_RAISES' } as const;
    rows = rows.where(await isLinkedHere(view, raises), '=', filter.raisedAgain ? 1 : 0);
  }
  if (asksStatus(filter)) rows = await narrowedByStatus(view, rows, filter, await statusHere(view));
  if (filter.text === undefined) return rows;
  const { text } = filter;
  return rows.where(await isFoundBy(view, recommendationTracker, text, { texts: TEXTS, whole: { item: text } }));
}

function asksStatus({ status, overdue, overdueByOriginal, reopened }: RecommendationFilter): boolean {
  return [status, overdue, overdueByOriginal, reopened].some((one) => one !== undefined);
}

async function narrowedByStatus(
  view: LedgerView,
  all: Rows,
  filter: RecommendationFilter,
  { status, isReopened }: StatusHere,
): Promise<Rows> {
  let rows = all;
  if (filter.status !== undefined) rows = rows.where(status, 'in', filter.status);
  if (filter.reopened !== undefined) rows = rows.where(isReopened, '=', filter.reopened ? 1 : 0);
  for (const [wanted, by] of [[filter.overdue, CURRENT] as const, [filter.overdueByOriginal, ORIGINAL] as const]) {
    if (wanted === undefined) continue;
    const isPast = await isPastDue(view, rows, by);
    const isLate = sql<number>`case when ${status} in (${sql.join(OPEN_STATUSES)}) then ${isPast} else 0 end`;
    rows = rows.where(isLate, '=', wanted ? 1 : 0);
  }
  return rows;
}

/** SQL: 1 where there is evidence that the reader may see, else 0. A document that is not for them is none. */
async function hasEvidenceHere(view: LedgerView, all: Rows): Promise<RawBuilder<number>> {
  const cited = await combinationsOf(view, all.where('row.evidence_in', 'is not', null), ['evidence_in']);
  const lists = cited.map(({ of }) => of['evidence_in'] as string);
  const seen = await Promise.all(
    lists.map(async (list) =>
      (
        await Promise.all(
          list
            .trim()
            .split(' ')
            .map((ref) => seesLink(view, ref)),
        )
      ).some(Boolean),
    ),
  );
  const unseen = lists.filter((_, index) => !seen[index]);
  const isCited =
    unseen.length === 0
      ? sql`row.evidence_in is not null`
      : sql`(row.evidence_in is not null and row.evidence_in not in (${sql.join(unseen)}))`;
  return sql<number>`case when row.evidence > 0 or ${isCited} then 1 else 0 end`;
}

/**
 * The record as it would be with a state that it had before, by the routes and on the day of the basis: so it is told which fact brought it
 * where it stands.
 */
export async function recommendationWithState(
  view: LedgerView,
  record: TrackedRecommendation,
): Promise<(state: unknown) => TrackedRecommendation> {
  const routes = await routesFor(view, record.state.originator);
  return (state) => {
    const before = state as MadeRecommendation;
    return { ...record, state: before, standing: standingAt(before, routes, view.basis.effective) };
  };
}

async function tracked(view: LedgerView, one: RecordAsOf<MadeRecommendation>): Promise<TrackedRecommendation> {
  const { effective } = view.basis;
  const { originator, due } = one.state;
  const [routes, dates] = await Promise.all([
    // Whoever made it may not be for the reader: then it is closed as one of nobody's.
    routesFor(view, originator as string | undefined),
    dueDatesOf(view, due),
  ]);
  const standing = standingAt(one.state, routes, effective);
  const isPast = (day: CivilDate | null) => day !== null && day < effective && OPEN_STATUSES.includes(standing.status);
  return {
    ...one,
    standing,
    due: dates,
    overdue: isPast(dates.current),
    overdueByOriginal: isPast(dates.original),
  };
}
