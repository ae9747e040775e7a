import { sql, type RawBuilder } from 'kysely';
import {
  dayWhenSet,
  dueDateOf,
  type Due,
  type DueDates,
  type DueMeeting,
  type FoldedDue,
} from '../declarations/index.ts';
import type { CivilDate } from '../ledger/index.ts';
import type { LedgerView } from './ledger-view.ts';
import type { Columns } from './projection.ts';
import { recordAsOf, statesUpTo } from './record-states.ts';
import { askedApart, type RowsQuery } from './view.ts';

/*
 * When something is due at a basis, whichever register says so: a day, the last one of a span, or that of a meeting as the reader knows it
 * there. Meetings are asked by the rules of the declaration (`dueDateOf`, `dayWhenSet`), so that a list and a page say the same.
 */

/** The day on which it is due at the view's basis, wherever its meeting has moved; null for none. All that are asked for at once are one question. */
export async function dueDayOf(view: LedgerView, due: Due | undefined): Promise<CivilDate | null> {
  const meeting = due?.meeting === undefined ? null : await recordAsOf<DueMeeting>(view, 'meetings', due.meeting);
  return dueDateOf(due, () => meeting?.state ?? null);
}

/** The day on which it was due when that was said, on the day `setOn`: see {@link dayWhenSet}. */
export async function dueDayWhenSet(
  view: LedgerView,
  due: Due | undefined,
  setOn: CivilDate | undefined,
): Promise<CivilDate | null> {
  if (due?.meeting === undefined || setOn === undefined) return dueDayOf(view, due);
  return dayWhenSet(await statesUpTo(view, 'meetings', due.meeting, whenItIs), setOn);
}

/** When something is due at the view's basis. */
export async function dueDatesOf(view: LedgerView, due: FoldedDue): Promise<DueDates> {
  const [original, current, whenSet] = await Promise.all([
    dueDayWhenSet(view, due.original, due.originalSetOn),
    dueDayOf(view, due.current),
    dueDayWhenSet(view, due.current, due.currentSetOn),
  ]);
  return {
    ...(due.phrase === undefined ? {} : { phrase: due.phrase }),
    ...{ original, current, extensions: due.extensions, broughtForward: due.broughtForward },
    movedWithMeeting: current !== null && whenSet !== null && current !== whenSet,
    unanchored: current === null,
  };
}

function whenItIs({ status, date, dated }: DueMeeting): DueMeeting {
  return { status, ...(date === undefined ? {} : { date }), ...(dated === undefined ? {} : { dated }) };
}

/** The columns that hold a due date: its own day, or the meeting; with `setOn`, the day that the meeting had when that was said. */
export interface DueColumns<C extends Columns> {
  readonly on: keyof C & string;
  readonly meeting: keyof C & string;
  readonly setOn?: keyof C & string;
}

/** A due date of columns, as it is asked for. */
export interface DueInColumns {
  readonly meeting: string;
  readonly setOn: CivilDate | null;
}

/** The same, as {@link dueDayOf} or {@link dueDayWhenSet} tells it. */
export function dueDayIn(view: LedgerView, { meeting, setOn }: DueInColumns): Promise<CivilDate | null> {
  return dueDayWhenSet(view, { meeting }, setOn ?? undefined);
}

/**
 * SQL: 1 for a row of which the due date lies before the day of the basis, else 0. What has no day is never past it.
 * @param rows those of which it is asked: the meetings at which they are due are looked up before
 */
export async function isPastDue<C extends Columns>(
  view: LedgerView,
  rows: RowsQuery<C>,
  { on, meeting, setOn }: DueColumns<C>,
): Promise<RawBuilder<number>> {
  const { effective } = view.basis;
  const column = (name: string) => sql.ref(`row.${name}`);
  const set = setOn === undefined ? sql`null` : column(setOn);
  const meetings = await askedApart<DueInColumns>(
    view,
    rows
      .select(sql<string>`${column(meeting)}`.as('meeting'))
      .select(sql<CivilDate | null>`${set}`.as('setOn'))
      .distinct()
      .where(sql<boolean>`${column(meeting)} is not null`),
  );
  const days = await Promise.all(meetings.map((one) => dueDayIn(view, one)));
  const gone = meetings.filter((_, index) => days[index] != null && days[index] < effective);
  const pair = (one: DueInColumns) => sql`(${one.meeting}, ${one.setOn ?? ''})`;
  const atMeeting =
    gone.length === 0
      ? sql`1 = 0`
      : sql`(${column(meeting)}, coalesce(${set}, '')) in (values ${sql.join(gone.map(pair))})`;
  return sql<number>`case when case when ${column(meeting)} is null
    then coalesce(${column(on)} < ${effective}, 1 = 0) else ${atMeeting} end then 1 else 0 end`;
}
