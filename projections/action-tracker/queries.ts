import { sql } from 'kysely';
import type { DueDates } from '../../libs/declarations/index.ts';
import type { CivilDate } from '../../libs/ledger/index.ts';
import {
  AGE_BANDS,
  agesOf,
  ageSumsOf,
  allTogether,
  byMembers,
  byRecord,
  countOfList,
  countsInGroups,
  dueDatesOf,
  followedIn,
  groupsOf,
  groupsOfTotals,
  hasOrIsOf,
  inGroups,
  isPastDue,
  listedIn,
  lookedAt,
  numberLookedAt,
  pageOf,
  punctualityOf,
  recordAsOf,
  recordsUnder,
  rowsAsOf,
  soughtBy,
  seesLink,
  type Ages,
  type Combination,
  type DoneBy,
  type FirstDue,
  type FirstDuePeriod,
  type Followed,
  type GroupCount,
  type Grouping,
  type LedgerView,
  type Page,
  type PageWanted,
  type RecordAsOf,
  type RowsQuery,
} from '../../libs/read-models/index.ts';
import {
  actionStatus,
  ACTION_STATUSES,
  isOpen,
  isOverdue,
  priority,
  PUBLISHED_STATUSES,
  publishedStatusOf,
  type ActionStatus,
  type Priority,
  type PublishedStatus,
  type RaisedAction,
} from '../../libs/registers/actions/index.ts';
import { actionTracker } from './projection.ts';

/** Which actions. What is not given does not narrow; lists are alternatives, and an empty list lets nothing through. */
export interface ActionFilter {
  readonly body?: string;
  /** The meeting at which it was raised. */
  readonly meeting?: string;
  readonly status?: readonly ActionStatus[];
  readonly published?: readonly PublishedStatus[];
  /** A post that owns it, alone or with others. */
  readonly owner?: string;
  readonly overdue?: boolean;
  /** The same by the day on which it was first due. */
  readonly overdueByOriginal?: boolean;
  /** Reopened at least once, or never. */
  readonly reopened?: boolean;
  /** Extended at least so many times. */
  readonly extended?: number;
  /**
   * Words that stand in the title or in the latest update, as far as the reader may read them; or its whole reference; or the whole number
   * of its item.
   */
  readonly text?: string;
}

/** An action at a basis. */
export interface TrackedAction extends RecordAsOf<RaisedAction> {
  readonly due: DueDates;
  /** The current due date lies before the effective date of the basis, and the action is agreed, in progress or deferred. */
  readonly overdue: boolean;
}

export const ACTION_GROUPINGS = ['STATUS', 'PUBLISHED', 'OWNER', 'BODY', 'MEETING'] as const;
export type ActionGrouping = (typeof ACTION_GROUPINGS)[number];

/** One action, or null when it is absent at the basis or hidden from the reader. Many at once are one question. */
export async function findAction(view: LedgerView, ref: string): Promise<TrackedAction | null> {
  const action = await recordAsOf<RaisedAction>(view, 'actions', ref);
  return action === null ? null : tracked(view, action);
}

/** The actions at the basis that pass the filter, by reference. */
export async function listActions(
  view: LedgerView,
  filter: ActionFilter,
  page: PageWanted,
): Promise<Page<TrackedAction>> {
  const { rows, inOrder } = await filtered(view, filter);
  const isNarrowed = Object.values(filter).some((value) => value !== undefined);
  const count = countOfList(view, actionTracker, totalled(filter), rows);
  return pageOf(view, inOrder, page, (action: RecordAsOf<RaisedAction>) => tracked(view, action), count, isNarrowed);
}

/**
 * How many actions at the basis pass the filter, by group; only groups that have one. States in the order of an action's life,
 * all else by key, and the group without a key last.
 */
export async function countActions(
  view: LedgerView,
  by: ActionGrouping,
  filter: ActionFilter,
): Promise<readonly GroupCount[]> {
  // Named state by state, they are counted within the index of states.
  const byState =
    by === 'STATUS' || by === 'PUBLISHED' ? { ...filter, status: filter.status ?? ACTION_STATUSES } : filter;
  const totals = await groupsOfTotals(view, actionTracker, COLUMN_OF[by], totalled(filter));
  if (totals !== null) return countsInGroups(view, ACTIONS_BY[by], totals);
  const { rows } = await filtered(view, byState);
  return countsInGroups(view, ACTIONS_BY[by], await groupsOf(view, rows, COLUMN_OF[by]));
}

/** The posts that own some action at the basis, whether or not they lead: a filter by owner finds any of them. */
export function ownersOfActions(view: LedgerView): Promise<readonly string[]> {
  return listedIn(view, rowsAsOf(view, actionTracker, true), 'owner', 'co_owners');
}

/** How old the actions are that are open at the basis and pass the filter, and of each group by itself where one is asked for. */
export interface ActionAges extends Ages {
  readonly groups: readonly (Ages & Omit<GroupCount, 'count'>)[];
}

/**
 * How old what is open is: in days from the one on which it was raised to the one asked about. One that a paper gives no day for is at
 * least that old.
 * @param bands the ages at which a new band begins
 */
export async function actionAges(
  view: LedgerView,
  filter: ActionFilter,
  by?: ActionGrouping,
  bands: readonly number[] = AGE_BANDS,
): Promise<ActionAges> {
  const status = (filter.status ?? ACTION_STATUSES).filter(isOpen);
  const { rows } = await filtered(view, { ...filter, status });
  const sums = await ageSumsOf(view, rows, 'raised_on', bands, by === undefined ? undefined : COLUMN_OF[by]);
  const groups = by === undefined ? [] : await inGroups(view, ACTIONS_BY[by], sums);
  return {
    ...agesOf(sums, bands),
    groups: groups.map(({ key, label, of }) => ({ key, label, ...agesOf(of, bands) })),
  };
}

/**
 * Of the actions that pass the filter and were first due in a period: how many were done by a day, and how many are late by the date first
 * set and by the date that holds. The days of closing are those that stand at the basis.
 * @param done how an action is done: by its sign-off, or a conversion; or when its owner reported it complete, where that report stands
 */
export async function actionsFirstDue(
  view: LedgerView,
  filter: ActionFilter,
  period: Omit<FirstDuePeriod, 'asOf'>,
  done: DoneBy = 'CLOSING',
): Promise<FirstDue> {
  const { rows } = await filtered(view, filter);
  const followed = await followedIn(view, rows, FIRST_DUE, period, (row) => standingOf(row, done));
  const groups = punctualityOf(followed, { ...period, asOf: view.basis.effective });
  return {
    total: allTogether(groups),
    byPriority: [...PRIORITIES, null].flatMap((key) => {
      const of = groups.get(key);
      return of === undefined ? [] : [{ key, label: priorityInWords(key), of }];
    }),
  };
}

const CURRENT = { on: 'due_on', meeting: 'due_meeting' } as const;
const ORIGINAL = { on: 'first_on', meeting: 'first_meeting', setOn: 'first_set_on' } as const;
const FIRST_DUE = {
  key: 'priority',
  first: ORIGINAL,
  current: CURRENT,
  standing: ['status', 'closed_on', 'reported_on'],
} as const;
const PRIORITIES = Object.keys(priority.members) as readonly Priority[];

function priorityInWords(key: Priority | null): string {
  return key === null ? 'no priority' : priority.members[key].label.toLowerCase();
}

/** How an action stands by its closing, or by what its owner says of it. */
function standingOf({ of }: Combination, done: DoneBy): Pick<Followed, 'standing' | 'doneOn'> {
  const { closed_on: closedOn, reported_on: reportedOn } = of as { readonly [column: string]: CivilDate | null };
  const stillOpen = isOpen(of['status'] as ActionStatus);
  // What was withdrawn, merged or superseded was not done by that, whatever had been reported of it.
  if (!stillOpen && closedOn === null) return { standing: 'ENDED', doneOn: null };
  const doneOn = done === 'CLOSING' ? closedOn : (reportedOn ?? closedOn);
  return { standing: doneOn === null ? 'OPEN' : 'DONE', doneOn: doneOn ?? null };
}

const COLUMN_OF = { STATUS: 'status', PUBLISHED: 'status', OWNER: 'owner', BODY: 'body', MEETING: 'meeting' } as const;
const PUBLISHED_WORDS: { readonly [status in PublishedStatus]: string } = {
  NO_STATUS: 'no status',
  IN_PROGRESS: 'in progress',
  AWAITING_SIGN_OFF: 'awaiting sign-off',
  COMPLETE: 'complete',
};
/** States in the order of an action's life; by owner: by the one that leads. */
const ACTIONS_BY: { readonly [by in ActionGrouping]: Grouping } = {
  STATUS: byMembers(actionStatus.members, 'no status'),
  PUBLISHED: {
    without: 'not listed',
    under: (status) => publishedStatusOf(status as ActionStatus),
    members: Object.fromEntries(PUBLISHED_STATUSES.map((status) => [status, PUBLISHED_WORDS[status]])),
  },
  OWNER: byRecord('no owner', ['directory', 'name']),
  BODY: byRecord('no body', ['directory', 'name']),
  MEETING: byRecord('raised outside meetings'),
};

type Rows = RowsQuery<typeof actionTracker.columns>;

/**
 * The actions that pass, in two forms: `rows` to be counted, and `inOrder` for a page. Without anything that narrows them by an
 * index, a page is read off in order; everything else is found where it is filed.
 */
async function filtered(
  view: LedgerView,
  filter: ActionFilter,
): Promise<{ readonly rows: Rows; readonly inOrder: Rows }> {
  const status = statusesOf(filter);
  const links = [filter.body, filter.meeting, filter.owner].filter((ref) => ref !== undefined);
  // What is not for this reader finds what a reference of nothing finds.
  const areSeen = (await Promise.all(links.map((ref) => seesLink(view, ref)))).every(Boolean);
  const isNarrow =
    status !== null || filter.body !== undefined || filter.meeting !== undefined || filter.owner !== undefined;
  // Those that the post owns and does not lead: few, and most posts have none.
  const coOwned = filter.owner === undefined ? [] : await recordsUnder(view, filter.owner, 'actions', ['owners']);
  const about = filter.text === undefined ? null : await soughtFor(view, filter.text);
  const isLookedUp = about?.isLookedUp === true;
  // Where some are, or where words find them, the rows are found by their numbers, and by nothing else.
  const audiences = coOwned.length === 0 && !isLookedUp ? undefined : numberLookedAt('row.audiences');
  const here = rowsAsOf(view, actionTracker, !isLookedUp, audiences);
  const rows = narrowed(view, here, filter, status, coOwned, about).where(sql<boolean>`${areSeen ? 1 : 0}`);
  const isInOrder = isNarrow || isLookedUp;
  const inOrder = isInOrder ? rows : narrowed(view, rowsAsOf(view, actionTracker), filter, status, coOwned, about);
  if (!areSeen) return { rows, inOrder: rows };
  let found = { rows, inOrder };
  for (const [wanted, by] of [[filter.overdue, CURRENT] as const, [filter.overdueByOriginal, ORIGINAL] as const]) {
    if (wanted === undefined) continue;
    const isOverdueHere = await overdueHere(view, found.rows, by);
    const which = (among: Rows) => among.where(isOverdueHere, '=', wanted ? 1 : 0);
    found = { rows: which(found.rows), inOrder: which(found.inOrder) };
  }
  return found;
}

/** Found by the first of these that the filter has, from the fewest to be looked through to the most. */
const FOUND_BY = ['meeting', 'owner', 'body', 'status'] as const;

function narrowed(
  view: LedgerView,
  all: Rows,
  filter: ActionFilter,
  status: readonly ActionStatus[] | null,
  coOwned: readonly number[],
  about: Sought | null,
): Rows {
  const wanted = { ...filter, status: status ?? undefined };
  const foundBy = about?.isLookedUp === true ? undefined : FOUND_BY.find((column) => wanted[column] !== undefined);
  let rows = all;
  for (const column of FOUND_BY) {
    const values = wanted[column];
    if (values === undefined) continue;
    const here = column === foundBy ? sql<string>`${sql.ref(`row.${column}`)}` : lookedAt(column);
    if (column === 'owner' && coOwned.length > 0) {
      const owner = values as string;
      const isOwned = sql<boolean>`(${here} = ${owner} or row.record in (${sql.join(coOwned)}))`;
      rows = rows.where(column === foundBy ? hasOrIsOf(view, actionTracker, column, owner, coOwned) : isOwned);
    } else rows = typeof values === 'string' ? rows.where(here, '=', values) : rows.where(here, 'in', values);
  }
  if (filter.reopened !== undefined) rows = rows.where('row.reopened', filter.reopened ? '>' : '=', 0);
  if (filter.extended !== undefined) rows = rows.where('row.extensions', '>=', filter.extended);
  return about === null ? rows : rows.where(about.isFound);
}

type Sought = Awaited<ReturnType<typeof soughtBy>>;

/** Is the action called that, or do its words hold it? */
function soughtFor(view: LedgerView, text: string): Promise<Sought> {
  const item = text.replace(/^\s*item\b/i, '');
  return soughtBy(view, actionTracker, text, { texts: TEXTS, whole: { item } });
}

/** The states that a filter lets through, or null for all of them. */
function statusesOf({ status, published, ...filter }: ActionFilter): readonly ActionStatus[] | null {
  const isLate = filter.overdue === true || filter.overdueByOriginal === true;
  if (status === undefined && published === undefined && !isLate) return null;
  return ACTION_STATUSES.filter((one) => {
    const printed = publishedStatusOf(one);
    return (
      (status === undefined || status.includes(one)) &&
      (published === undefined || (printed !== null && published.includes(printed))) &&
      (!isLate || CAN_BE_OVERDUE.includes(one))
    );
  });
}

/** The filter in words of the columns: what is printed as one status is some of those of the register. */
function totalled({ published, ...filter }: ActionFilter): object {
  const status = statusesOf({ ...filter, ...(published === undefined ? {} : { published }) });
  return { ...filter, status: status ?? undefined };
}

const TEXTS = [
  ['row.title_event', 'row.title_part'],
  ['row.update_event', 'row.update_part'],
] as const;

/** The states in which an action can be overdue at all. */
const CAN_BE_OVERDUE = ACTION_STATUSES.filter((status) =>
  isOverdue({ status } as RaisedAction, '9999-12-31', '0000-01-01'),
);

/** SQL: 1 for an action that is overdue at the basis, by the date that holds or by the first, else 0. */
async function overdueHere(view: LedgerView, rows: Rows, by: typeof CURRENT | typeof ORIGINAL) {
  const isPast = await isPastDue(view, rows.where('row.status', 'in', CAN_BE_OVERDUE), by);
  return sql<number>`case when row.status in (${sql.join(CAN_BE_OVERDUE)}) then ${isPast} else 0 end`;
}

async function tracked(view: LedgerView, action: RecordAsOf<RaisedAction>): Promise<TrackedAction> {
  const due = await dueDatesOf(view, action.state.due);
  return { ...action, due, overdue: isOverdue(action.state, view.basis.effective, due.current) };
}

/** For comparing: see `compared-queries.ts`. */
export {
  ACTIONS_BY,
  COLUMN_OF as ACTION_COLUMN_OF,
  CURRENT as ACTION_DUE,
  ORIGINAL as ACTION_FIRST_DUE,
  filtered as filteredActions,
  overdueHere as actionsOverdueHere,
};
