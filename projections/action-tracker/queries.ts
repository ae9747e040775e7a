import { sql } from 'kysely';
import type { CivilDate, TextRef } from '../../libs/ledger/index.ts';
import {
  loaderOf,
  pageOf,
  rowsAsOf,
  snapshotOf,
  textsHold,
  type LedgerView,
  type Page,
  type PageWanted,
  type RowOf,
  type RowsQuery,
} from '../../libs/read-models/index.ts';
import {
  ACTION_STATUSES,
  dueDateOf,
  inWords,
  isOverdue,
  PUBLISHED_STATUSES,
  type ActionState,
  type ActionStatus,
  type Due,
  type DueMeeting,
  type PublishedStatus,
  type RaisedAction,
} from '../../libs/registers/actions/index.ts';
import type { Dispute, MayAlreadyHold } from '../../libs/timeline/index.ts';
import { findBody, findPost } from '../directory/queries.ts';
import { meetingCalendar } from '../meeting-calendar/projection.ts';
import { findMeeting } from '../meeting-calendar/queries.ts';
import { actionTracker } from './projection.ts';

type Tracker = typeof actionTracker.columns;

/** Which actions. What is not given does not narrow; lists are alternatives, and an empty list lets nothing through. */
export interface ActionFilter {
  readonly body?: string;
  /** The meeting at which it was raised. */
  readonly meeting?: string;
  readonly status?: readonly ActionStatus[];
  readonly published?: readonly PublishedStatus[];
  readonly owner?: string;
  readonly overdue?: boolean;
  /** Words that stand in the title or in the latest update, as far as the reader may read them. */
  readonly text?: string;
}

/** An action at a basis. */
export interface TrackedAction {
  readonly ref: string;
  readonly state: RaisedAction;
  readonly mayAlreadyHold: readonly MayAlreadyHold[];
  readonly disputed: readonly Dispute[];
  readonly due: TrackedDue;
  /** The current due date lies before the effective date of the basis, and the action is agreed, in progress or deferred. */
  readonly overdue: boolean;
}

/** When it is due: days, the last one of a span, or that of the meeting wherever it has moved at this basis. */
export interface TrackedDue {
  readonly phrase?: TextRef;
  readonly original: CivilDate | null;
  readonly current: CivilDate | null;
  readonly extensions: number;
  /** No date, or its meeting is cancelled, has no known day, or is unknown to this reader at this basis. */
  readonly unanchored: boolean;
}

export const ACTION_GROUPINGS = ['STATUS', 'PUBLISHED', 'OWNER', 'BODY', 'MEETING'] as const;
export type ActionGrouping = (typeof ACTION_GROUPINGS)[number];

/** How many actions are in one group. `key` is null for those without one. */
export interface ActionCount {
  readonly key: string | null;
  readonly label: string;
  readonly count: number;
}

/** One action, or null when it is absent at the basis or hidden from the reader. Many at once are one question. */
export function findAction(view: LedgerView, ref: string): Promise<TrackedAction | null> {
  return loaderOf(view, findAction, async (refs: readonly string[]) => {
    const rows = await rowsAsOf(view, actionTracker).selectAll().where('row.ref', 'in', refs).execute();
    const actions = await trackedActions(view, rows);
    const byRef = new Map(actions.map((action) => [action.ref, action]));
    return refs.map((one) => byRef.get(one) ?? null);
  }).load(ref);
}

/** The actions at the basis that pass the filter, by reference. */
export function listActions(view: LedgerView, filter: ActionFilter, page: PageWanted): Promise<Page<TrackedAction>> {
  return pageOf(view, filtered(view, filter), page, (rows) => trackedActions(view, rows));
}

/**
 * How many actions at the basis pass the filter, by group; only groups that have one. States in the order of an action's life,
 * all else by key, and the group without a key last.
 */
export async function countActions(view: LedgerView, by: ActionGrouping, filter: ActionFilter): Promise<readonly ActionCount[]> {
  const column = sql<string | null>`${sql.ref(`row.${COLUMN_OF[by]}`)}`;
  const groups = await filtered(view, filter)
    .select([column.as('key'), sql<number>`count(*)`.as('count')])
    .groupBy(column)
    .execute();
  const counts = await Promise.all(groups.map(async ({ key, count }) => ({ key, label: await labelOf(view, by, key), count })));
  return counts.sort((a, b) => (rank(by, a.key) < rank(by, b.key) ? -1 : 1));
}

const COLUMN_OF = { STATUS: 'status', PUBLISHED: 'published', OWNER: 'owner', BODY: 'body', MEETING: 'meeting' } as const;
const WITHOUT = {
  STATUS: 'no status',
  PUBLISHED: 'not listed',
  OWNER: 'no owner',
  BODY: 'no body',
  MEETING: 'raised outside meetings',
} as const;
const PUBLISHED_WORDS: { readonly [status in PublishedStatus]: string } = {
  NO_STATUS: 'no status',
  IN_PROGRESS: 'in progress',
  AWAITING_SIGN_OFF: 'awaiting sign-off',
  COMPLETE: 'complete',
};

async function labelOf(view: LedgerView, by: ActionGrouping, key: string | null): Promise<string> {
  if (key === null) return WITHOUT[by];
  if (by === 'STATUS') return inWords(key as ActionStatus);
  if (by === 'PUBLISHED') return PUBLISHED_WORDS[key as PublishedStatus];
  const named = by === 'OWNER' ? await findPost(view, key) : by === 'BODY' ? await findBody(view, key) : null;
  return (await view.text(named?.state.name)) ?? key;
}

function rank(by: ActionGrouping, key: string | null): string {
  if (key === null) return '~';
  const order: readonly string[] = by === 'STATUS' ? ACTION_STATUSES : by === 'PUBLISHED' ? PUBLISHED_STATUSES : [];
  return order.length === 0 ? key : String(order.indexOf(key)).padStart(2, '0');
}

function filtered(view: LedgerView, filter: ActionFilter): RowsQuery<Tracker> {
  const { body, meeting, status, published, owner, overdue, text } = filter;
  let rows = rowsAsOf(view, actionTracker);
  if (body !== undefined) rows = rows.where('row.body', '=', body);
  if (meeting !== undefined) rows = rows.where('row.meeting', '=', meeting);
  if (status !== undefined) rows = rows.where('row.status', 'in', status);
  if (published !== undefined) rows = rows.where('row.published', 'in', published);
  if (owner !== undefined) rows = rows.where('row.owner', '=', owner);
  if (overdue !== undefined) rows = rows.where(overdueAt(view), '=', overdue ? 1 : 0);
  if (text !== undefined) rows = rows.where(textsHold(view, TEXTS, text));
  return rows;
}

const TEXTS = [
  ['row.title_event', 'row.title_part'],
  ['row.update_event', 'row.update_part'],
] as const;

/** SQL of {@link isOverdue} and {@link dueDateOf}: 1 or 0. A specification holds both sides together. */
function overdueAt(view: LedgerView) {
  const day = rowsAsOf(view, meetingCalendar, 'at')
    .select('at.day')
    .where(sql<boolean>`at.ref = row.due_meeting and at.status <> 'CANCELLED'`);
  const dueOn = sql`case when row.due_meeting is null then row.due_on else (${day}) end`;
  return sql<number>`case when row.status in ('AGREED', 'IN_PROGRESS', 'DEFERRED') and ${dueOn} < ${view.basis.effective} then 1 else 0 end`;
}

async function trackedActions(view: LedgerView, rows: readonly RowOf<Tracker>[]): Promise<readonly TrackedAction[]> {
  return Promise.all(
    rows.map(async (row) => {
      const { state, mayAlreadyHold, disputed } = snapshotOf<ActionState>(row);
      const action = state as RaisedAction;
      const { phrase, original, current, extensions } = action.due;
      const [originalOn, currentOn] = await Promise.all([dueOn(view, original), dueOn(view, current)]);
      return {
        ref: row.ref,
        state: action,
        mayAlreadyHold,
        disputed,
        due: {
          ...(phrase === undefined ? {} : { phrase }),
          original: originalOn,
          current: currentOn,
          extensions,
          unanchored: currentOn === null,
        },
        overdue: isOverdue(action, view.basis.effective, currentOn),
      };
    }),
  );
}

async function dueOn(view: LedgerView, due: Due | undefined): Promise<CivilDate | null> {
  const meeting: DueMeeting | null = due?.meeting === undefined ? null : ((await findMeeting(view, due.meeting))?.state ?? null);
  return dueDateOf(due, () => meeting);
}
