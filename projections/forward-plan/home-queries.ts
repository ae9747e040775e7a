import { sql, type RawBuilder } from 'kysely';
import type { Due } from '../../libs/declarations/index.ts';
import {
  askedApart,
  loaderOf,
  recordAsOf,
  recordsWhere,
  type LedgerView,
  type RowsQuery,
} from '../../libs/read-models/index.ts';
import { homeOf, HOMES, type Diary, type ForwardPlanHome } from '../../libs/registers/forward-plan/index.ts';
import type { ScheduledMeeting } from '../../libs/registers/meetings/index.ts';
import { cadenceRef, inForceOn, type CadenceLink } from '../../libs/rules/index.ts';
import type { forwardPlanItems } from './projection.ts';

/*
 * Whether items have a place is asked of the diaries of their bodies and of the cadence that is in force on the day of the basis, as far as the
 * reader may see them. All bodies that are asked for at once are one question.
 */

type Rows = RowsQuery<(typeof forwardPlanItems)['columns']>;

/** The meetings of a body and its cadence, at the view's basis. */
export function diaryOf(view: LedgerView, body: string): Promise<Diary> {
  return loaderOf(view, diaryOf, async (bodies: readonly string[]) => {
    const [meetings, cadences] = await Promise.all([
      recordsWhere<ScheduledMeeting>(view, { register: 'meetings', column: 'body', among: bodies }),
      Promise.all(bodies.map((of) => recordAsOf<CadenceLink>(view, 'rules', cadenceRef(of)))),
    ]);
    return bodies.map((of, index) => ({
      meetings: meetings.flatMap(({ state }) => (state.body === of ? [state] : [])),
      cadence: inForceOn(cadences[index]?.state ?? null, view.basis.effective)?.content ?? null,
    }));
  }).load(body);
}

/** For what an item of a body is planned, as its row holds it. */
interface PlannedInColumns {
  readonly body: string;
  readonly as: 'MEETING' | 'DAY' | 'SPAN' | null;
  readonly meeting: string | null;
  readonly from: string | null;
  readonly on: string | null;
}

const COLUMNS = ['body', 'planned_as', 'planned_meeting', 'planned_from', 'planned_on'] as const;

/**
 * SQL: the place of the item of a row, as {@link homeOf} tells it of its state.
 * @param rows those of which it is asked: what they are planned for is looked up before, each once
 */
export async function homeHere(view: LedgerView, rows: Rows): Promise<RawBuilder<ForwardPlanHome>> {
  const planned = await askedApart<PlannedInColumns>(
    view,
    rows
      .select(sql<string>`row.body`.as('body'))
      .select(sql<PlannedInColumns['as']>`row.planned_as`.as('as'))
      .select(sql<string | null>`row.planned_meeting`.as('meeting'))
      .select(sql<string | null>`row.planned_from`.as('from'))
      .select(sql<string | null>`row.planned_on`.as('on'))
      .distinct()
      .where(sql<boolean>`row.planned_as is not null`),
  );
  const homes = await Promise.all(
    planned.map(async (one) => homeOf({ plannedFor: dueOf(one) }, await diaryOf(view, one.body))),
  );
  const row = sql.join(COLUMNS.map((column) => sql`coalesce(${sql.ref(`row.${column}`)}, '')`));
  const cases = HOMES.flatMap((home) => {
    const those = planned.filter((_, index) => homes[index] === home);
    if (home === 'NOWHERE' || those.length === 0) return [];
    const values = those.map(
      ({ body, as, meeting, from, on }) => sql`(${sql.join([body, as, meeting ?? '', from ?? '', on ?? ''])})`,
    );
    return [sql`when (${row}) in (values ${sql.join(values)}) then ${home}`];
  });
  if (cases.length === 0) return sql<ForwardPlanHome>`'NOWHERE'`;
  return sql<ForwardPlanHome>`case ${sql.join(cases, sql` `)} else 'NOWHERE' end`;
}

function dueOf({ as, meeting, from, on }: PlannedInColumns): Due {
  if (as === 'MEETING') return { meeting: meeting! };
  if (as === 'DAY') return { on: on! };
  // In what way the span was said does not matter here: what has no first day is a month.
  return { dated: from === null ? { how: 'by', to: on! } : { how: 'between', from, to: on! } };
}
