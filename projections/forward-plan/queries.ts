import { sql, type RawBuilder } from 'kysely';
import type { CivilDate } from '../../libs/ledger/index.ts';
import {
  askedApart,
  byMembers,
  byRecord,
  countOfList,
  countsInGroups,
  dueDayOf,
  groupsOf,
  groupsOfTotals,
  isFoundBy,
  isLinkedHere,
  isLinkedToOneOf,
  isPastDue,
  listedIn,
  loaderOf,
  pageOf,
  recordAsOf,
  rowsAsOf,
  rowsOfAll,
  seesLink,
  type GroupCount,
  type Grouping,
  type LedgerView,
  type Page,
  type PageWanted,
  type RecordAsOf,
  type RowsQuery,
} from '../../libs/read-models/index.ts';
import { decisionStatus, NOT_IN_THE_LOG, type DecisionStatus } from '../../libs/registers/decisions/index.ts';
import {
  BROKEN_PROMISES,
  home,
  homeOf,
  HOMELESS,
  itemStatus,
  ON_THE_PLAN,
  origin,
  paperLateOn,
  purpose,
  recurrence,
  type ForwardPlanHome,
  type ForwardPlanOrigin,
  type ForwardPlanPurpose,
  type ForwardPlanRecurrence,
  type ForwardPlanStatus,
  type PlannedItem,
} from '../../libs/registers/forward-plan/index.ts';
import { diaryOf, homeHere } from './home-queries.ts';
import { forwardPlanItems } from './projection.ts';

/** Which items. What is not given does not narrow; lists are alternatives, and an empty list lets nothing through. */
export interface ForwardPlanFilter {
  readonly body?: string;
  readonly status?: readonly ForwardPlanStatus[];
  readonly purpose?: readonly ForwardPlanPurpose[];
  readonly origin?: readonly ForwardPlanOrigin[];
  readonly recurrence?: readonly ForwardPlanRecurrence[];
  readonly sponsor?: string;
  /** Planned for that meeting now. */
  readonly plannedMeeting?: string;
  /** Presented there last. */
  readonly presentedMeeting?: string;
  /** Still on the plan, with its place so. */
  readonly home?: readonly ForwardPlanHome[];
  /** Still on the plan, with no meeting, month or day that stands. */
  readonly homeless?: boolean;
  /** Still on the plan, and promised to a meeting that was cancelled or postponed, or to a month in which none falls. */
  readonly promiseBroken?: boolean;
  /** The day for which it is planned has passed, and nothing is recorded of it. */
  readonly missed?: boolean;
  /** Put off at least so many times. */
  readonly deferred?: number;
  /** Its paper came after it was due, or is overdue. */
  readonly paperLate?: boolean;
  /** A decision was planned for a day that has passed, and none that is linked to it is in the log of decisions. */
  readonly neverRecorded?: boolean;
  /** Words in the item or its comments, as far as the reader may read them; or its whole reference. */
  readonly text?: string;
}

/** An item at a basis. */
export interface TrackedForwardPlanItem extends RecordAsOf<PlannedItem> {
  /** The day for which it is planned, wherever its meeting has moved; null while no day is known. */
  readonly plannedOn: CivilDate | null;
  /** Null where nothing is to come of it any more. */
  readonly home: ForwardPlanHome | null;
  readonly missed: boolean;
  readonly paperLate: number | null;
  readonly neverRecorded: boolean;
}

export const FORWARD_PLAN_GROUPINGS = ['STATUS', 'HOME', 'PURPOSE', 'ORIGIN', 'RECURRENCE', 'BODY', 'SPONSOR'] as const;
export type ForwardPlanGrouping = (typeof FORWARD_PLAN_GROUPINGS)[number];

type Rows = RowsQuery<(typeof forwardPlanItems)['columns']>;

/** One item, or null when it is absent at the basis or hidden from the reader. Many at once are one question. */
export async function findForwardPlanItem(view: LedgerView, ref: string): Promise<TrackedForwardPlanItem | null> {
  const found = await recordAsOf<PlannedItem>(view, 'forward-plan', ref);
  return found === null ? null : tracked(view, found);
}

/** The items at the basis that pass the filter, by reference. */
export async function listForwardPlanItems(
  view: LedgerView,
  filter: ForwardPlanFilter,
  page: PageWanted,
): Promise<Page<TrackedForwardPlanItem>> {
  const isNarrowed = Object.values(filter).some((value) => value !== undefined);
  const rows = await filtered(view, filter, rowsAsOf(view, forwardPlanItems, true));
  const inOrder = isNarrowed ? rows : rowsAsOf(view, forwardPlanItems);
  const count = countOfList(view, forwardPlanItems, filter, rows);
  return pageOf(view, inOrder, page, (one: RecordAsOf<PlannedItem>) => tracked(view, one), count, isNarrowed);
}

/** How many items at the basis pass the filter, by group; only groups that have one. */
export async function countForwardPlanItems(
  view: LedgerView,
  by: ForwardPlanGrouping,
  filter: ForwardPlanFilter,
): Promise<readonly GroupCount[]> {
  const totals = await groupsOfTotals(view, forwardPlanItems, by.toLowerCase(), filter);
  if (totals !== null) return countsInGroups(view, ITEMS_BY[by], totals);
  const all = rowsAsOf(view, forwardPlanItems, true);
  const [rows, key] = await Promise.all([filtered(view, filter, all), KEYS[by](view, all)]);
  return countsInGroups(view, ITEMS_BY[by], await groupsOf(view, rows, key));
}

/** The references that items at the basis have in that column: filters offer nothing that would find nothing. */
export function forwardPlanItemsHave(
  view: LedgerView,
  column: 'body' | 'sponsor' | 'planned_meeting' | 'presented_meeting',
): Promise<readonly string[]> {
  return listedIn(view, rowsAsOf(view, forwardPlanItems, true), column);
}

/** The record as it would be with a state that it had before, on the day of the basis. */
export async function forwardPlanItemWithState(
  view: LedgerView,
  record: TrackedForwardPlanItem,
): Promise<(state: unknown) => TrackedForwardPlanItem> {
  const [diary, hasDecision] = await Promise.all([diaryOf(view, record.state.body), isDecided(view, record.ref)]);
  return (state) => standing(view, { ...record, state: state as PlannedItem }, record.plannedOn, diary, hasDecision);
}

const column = (name: keyof (typeof forwardPlanItems)['columns']) => () =>
  Promise.resolve(sql<string | null>`${sql.ref(`row.${name}`)}`);
type Key = (view: LedgerView, all: Rows) => Promise<RawBuilder<string | null>>;

export const KEYS: { readonly [by in ForwardPlanGrouping]: Key } = {
  STATUS: column('status'),
  HOME: async (view, all) => {
    const is = await homeHere(view, all);
    return sql<string | null>`case when row.awaited = 1 then ${is} end`;
  },
  PURPOSE: column('purpose'),
  ORIGIN: originHere,
  RECURRENCE: column('recurrence'),
  BODY: column('body'),
  SPONSOR: column('sponsor'),
};

export const ITEMS_BY: { readonly [by in ForwardPlanGrouping]: Grouping } = {
  STATUS: byMembers(itemStatus.members, 'no status'),
  HOME: byMembers(home.members, 'no longer on the plan'),
  PURPOSE: byMembers(purpose.members, 'not said'),
  ORIGIN: byMembers(origin.members, 'not said'),
  RECURRENCE: byMembers(recurrence.members, 'not said'),
  BODY: byRecord('no body', ['directory', 'name']),
  SPONSOR: byRecord('no sponsor', ['directory', 'name']),
};

/** The registers of which an item may come, in the order in which the first counts. */
const COMES_OF = [
  ['actions', 'ACTION'],
  ['recommendations', 'RECOMMENDATION'],
  ['risks', 'RISK'],
  ['decisions', 'DECISION'],
  ['meetings', 'MEETING'],
  ['documents', 'DOCUMENT'],
  ['forward-plan', 'FORWARD_PLAN_ITEM'],
] as const;

/** SQL: where the item of a row comes from: what was said, else the record that it follows from. */
async function originHere(view: LedgerView): Promise<RawBuilder<string | null>> {
  const linked = await Promise.all(
    COMES_OF.map(async ([other, from]) => {
      const wanted = { register: 'forward-plan', saidIn: 'ITSELF', as: 'FOLLOWS_FROM', other } as const;
      return sql`when ${await isLinkedHere(view, wanted)} = 1 then ${from}`;
    }),
  );
  return sql<string | null>`case when row.origin is not null then row.origin ${sql.join(linked, sql` `)} end`;
}

const TEXTS = [
  ['row.title_event', 'row.title_part'],
  ['row.comments_event', 'row.comments_part'],
] as const;

export async function filtered(view: LedgerView, filter: ForwardPlanFilter, all: Rows): Promise<Rows> {
  const { body, sponsor, plannedMeeting, presentedMeeting, text } = filter;
  const links = [body, sponsor, plannedMeeting, presentedMeeting].filter((ref) => ref !== undefined);
  // What is not for this reader finds what a reference of nothing finds.
  const areSeen = (await Promise.all(links.map((ref) => seesLink(view, ref)))).every(Boolean);
  if (!areSeen) return all.where(sql<boolean>`1 = 0`);
  const { effective } = view.basis;
  let rows = all;
  const byLink = { body, sponsor, planned_meeting: plannedMeeting, presented_meeting: presentedMeeting };
  for (const [name, ref] of Object.entries(byLink))
    if (ref !== undefined) rows = rows.where(sql<boolean>`${sql.ref(`row.${name}`)} = ${ref}`);
  for (const name of ['status', 'purpose', 'recurrence'] as const)
    if (filter[name] !== undefined) rows = rows.where(`row.${name}`, 'in', filter[name]);
  if (filter.origin !== undefined) {
    const from = await originHere(view);
    rows = rows.where(from, 'in', filter.origin);
  }
  if (filter.deferred !== undefined) rows = rows.where('row.deferrals', '>=', filter.deferred);
  if (filter.paperLate !== undefined) {
    const isSo = sql<number>`case when row.paper_late > 0 or row.paper_due_on < ${effective} then 1 else 0 end`;
    rows = rows.where(isSo, '=', filter.paperLate ? 1 : 0);
  }
  if (filter.home !== undefined || filter.homeless !== undefined || filter.promiseBroken !== undefined) {
    const is = await homeHere(view, all);
    const awaited = (among: readonly ForwardPlanHome[]) =>
      sql<number>`case when row.awaited = 1 and ${is} in (${sql.join(among)}) then 1 else 0 end`;
    if (filter.home !== undefined)
      rows = filter.home.length === 0 ? rows.where(sql<boolean>`1 = 0`) : rows.where(awaited(filter.home), '=', 1);
    if (filter.homeless !== undefined) rows = rows.where(awaited(HOMELESS), '=', filter.homeless ? 1 : 0);
    if (filter.promiseBroken !== undefined)
      rows = rows.where(awaited(BROKEN_PROMISES), '=', filter.promiseBroken ? 1 : 0);
  }
  if (filter.missed !== undefined || filter.neverRecorded !== undefined) {
    const isPast = await isPastDue(view, all, { on: 'planned_on', meeting: 'planned_meeting' });
    if (filter.missed !== undefined)
      rows = rows.where(sql<number>`min(row.awaited, ${isPast})`, '=', filter.missed ? 1 : 0);
    if (filter.neverRecorded !== undefined) {
      const isSo = sql<number>`case when row.for_decision = 1 and ${isPast} = 1 and not ${isDecidedHere(view)} then 1 else 0 end`;
      rows = rows.where(isSo, '=', filter.neverRecorded ? 1 : 0);
    }
  }
  if (text === undefined) return rows;
  return rows.where(await isFoundBy(view, forwardPlanItems, text, { texts: TEXTS }));
}

const NOT_THERE: readonly DecisionStatus[] = NOT_IN_THE_LOG;
const IN_THE_LOG = Object.keys(decisionStatus.members).filter((one) => !NOT_THERE.includes(one as DecisionStatus));

/** SQL: is a decision that is in the log linked to the item of a row, whichever of the two says so? */
function isDecidedHere(view: LedgerView): RawBuilder<boolean> {
  return isLinkedToOneOf(view, 'forward-plan', { register: 'decisions', column: 'status', among: IN_THE_LOG });
}

/** The same of one item. All that are asked for at once are one question. */
function isDecided(view: LedgerView, item: string): Promise<boolean> {
  return loaderOf(view, isDecided, async (refs: readonly string[]) => {
    const rows = rowsOfAll(view, forwardPlanItems)
      .select(sql<string>`row.ref`.as('ref'))
      .where(sql<boolean>`row.ref in (${sql.join(refs)})`)
      .where(isDecidedHere(view));
    const decided = new Set((await askedApart<{ readonly ref: string }>(view, rows)).map(({ ref }) => ref));
    return refs.map((ref) => decided.has(ref));
  }).load(item);
}

async function tracked(view: LedgerView, one: RecordAsOf<PlannedItem>): Promise<TrackedForwardPlanItem> {
  const [plannedOn, diary, hasDecision] = await Promise.all([
    dueDayOf(view, one.state.plannedFor),
    diaryOf(view, one.state.body),
    isDecided(view, one.ref),
  ]);
  return standing(view, one, plannedOn, diary, hasDecision);
}

const AWAITED: readonly ForwardPlanStatus[] = ON_THE_PLAN;

/** An item with all that is worked out of it, on the day of the basis. */
function standing(
  { basis }: LedgerView,
  one: RecordAsOf<PlannedItem>,
  plannedOn: CivilDate | null,
  diary: Awaited<ReturnType<typeof diaryOf>>,
  hasDecision: boolean,
): TrackedForwardPlanItem {
  const { state } = one;
  const isAwaited = AWAITED.includes(state.status);
  const isPast = plannedOn !== null && plannedOn < basis.effective;
  return {
    ...one,
    plannedOn,
    home: isAwaited ? homeOf(state, diary) : null,
    missed: isAwaited && isPast,
    paperLate: paperLateOn(state, basis.effective),
    neverRecorded: state.purpose === 'DECISION' && state.status !== 'DROPPED' && isPast && !hasDecision,
  };
}
