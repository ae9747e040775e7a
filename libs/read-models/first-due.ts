import { sql } from 'kysely';
import { BEGINNING_OF_DAYS, END_OF_DAYS, type CivilDate } from '../ledger/index.ts';
import { dueDayIn, dueDayOf, dueDayWhenSet, type DueColumns, type DueInColumns } from './due-days.ts';
import type { LedgerView } from './ledger-view.ts';
import { combinationsOf, type Combination } from './paging.ts';
import type { Columns } from './projection.ts';
import type { FirstDuePeriod, Followed } from './punctuality.ts';
import { askedApart, type RowsQuery } from './view.ts';

/** The columns of which is told what was first due in a period, and how it stands. */
export interface FirstDueColumns<C extends Columns> {
  /** What it is counted under. */
  readonly key: keyof C & string;
  readonly first: DueColumns<C>;
  readonly current: DueColumns<C>;
  /** Those that tell how it stands. */
  readonly standing: readonly (keyof C & string)[];
}

/**
 * Those of the rows that were first due in a period, as far as one that stands alike is not told from another: however many there are, they
 * are as few as the days on which they were due and done. What was first due at a meeting was due on the day that it had when that was said.
 * @param standingOf how one of the combinations of the columns in `standing` stands
 */
export async function followedIn<C extends Columns>(
  view: LedgerView,
  rows: RowsQuery<C>,
  { key, first, current, standing }: FirstDueColumns<C>,
  { from = BEGINNING_OF_DAYS, to = END_OF_DAYS }: Pick<FirstDuePeriod, 'from' | 'to'>,
  standingOf: (
    row: Combination,
  ) => Pick<Followed, 'standing' | 'doneOn'> | Promise<Pick<Followed, 'standing' | 'doneOn'>>,
): Promise<readonly Followed[]> {
  const column = (name: string) => sql.ref(`row.${name}`);
  const set = first.setOn === undefined ? sql`null` : column(first.setOn);
  const meetings = await askedApart<DueInColumns>(
    view,
    rows
      .select(sql<string>`${column(first.meeting)}`.as('meeting'))
      .select(sql<CivilDate | null>`${set}`.as('setOn'))
      .distinct()
      .where(sql<boolean>`${column(first.meeting)} is not null`),
  );
  const days = await Promise.all(meetings.map((one) => dueDayIn(view, one)));
  const then = meetings.filter((_, index) => days[index] != null && days[index] >= from && days[index] <= to);
  const atMeeting =
    then.length === 0
      ? sql`1 = 0`
      : sql`${column(first.meeting)} in (${sql.join([...new Set(then.map((one) => one.meeting))])})`;
  const wanted = [key, first.on, first.meeting, current.on, current.meeting, ...standing];
  const alike = await combinationsOf(
    view,
    rows.where(sql<boolean>`(${column(first.on)} between ${from} and ${to} or ${atMeeting})`),
    first.setOn === undefined ? wanted : [...wanted, first.setOn],
  );
  return Promise.all(
    alike.map(async (row) => {
      const setOn = first.setOn === undefined ? null : row.of[first.setOn]!;
      const [firstOn, currentOn, stands] = await Promise.all([
        dueDayWhenSet(view, dueIn(row, first), (setOn as CivilDate | null) ?? undefined),
        dueDayOf(view, dueIn(row, current)),
        standingOf(row),
      ]);
      return {
        key: row.of[key] as string | null,
        count: row.count,
        first: firstOn,
        current: currentOn,
        ...stands,
      };
    }),
  );
}

function dueIn<C extends Columns>({ of }: Combination, { on, meeting }: DueColumns<C>) {
  const [day, at] = [of[on] as CivilDate | null, of[meeting] as string | null];
  return { ...(day === null ? {} : { on: day }), ...(at === null ? {} : { meeting: at }) };
}
