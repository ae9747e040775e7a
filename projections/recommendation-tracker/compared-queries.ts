import { sql } from 'kysely';
import {
  comparedByColumns,
  hasIn,
  inOrderOfGroups,
  isPastDue,
  rowIn,
  rowsAsOf,
  toldKey,
  type ColouredTable,
  type ComparedEnds,
  type ComparedList,
} from '../../libs/read-models/index.ts';
import { routeRefOf } from '../../libs/registers/recommendations/index.ts';
import { colour, type Colour } from '../../libs/rules/index.ts';
import type { CellKey } from '../../libs/timeline/index.ts';
import { recommendationTracker } from './projection.ts';
import {
  COLUMN_OF,
  countRecommendations,
  CURRENT,
  filtered,
  ORIGINAL,
  RECOMMENDATIONS_BY,
  type RecommendationFilter,
  type RecommendationGrouping,
} from './queries.ts';
import { statusHere } from './status-queries.ts';
import { recommendationTable, rowsInCell } from './table-queries.ts';

const { STATUS, ...BY_COLUMNS } = RECOMMENDATIONS_BY;

/** The events that alone say these: see `test/property/turned-by.spec.ts`. */
const TURNED_BY = {
  OWNER: ['RecommendationMade', 'RecommendationAllocated'],
  BODY: ['RecommendationMade'],
  ORIGINATOR: ['RecommendationMade'],
};

/** How recommendations are compared. */
export const recommendationsCompared: ComparedList<
  RecommendationFilter,
  RecommendationGrouping,
  typeof recommendationTracker.columns
> = {
  projection: recommendationTracker,
  byOthers: [
    { register: 'meetings' },
    { register: 'rules' },
    {
      // A closure route is named by nobody: it is that of whoever made the recommendation.
      register: 'rules',
      rows: (rules) =>
        sql<boolean>`(row.originator || ${routeRefOf('')}) in (${sql.join(rules.map(({ ref }) => ref))})`,
    },
  ],
  // Of what was first due the day is told, whoever says it and whenever; of what has begun, the status.
  notTold: ['first_on', 'first_meeting', 'first_set_on', 'begun'],
  async turns(view) {
    const all = rowsAsOf(view, recommendationTracker, true);
    const [{ status, isReopened }, pastCurrent, pastOriginal] = await Promise.all([
      statusHere(view),
      isPastDue(view, all, CURRENT),
      isPastDue(view, all, ORIGINAL),
    ]);
    return [status, isReopened, pastCurrent, pastOriginal];
  },
  rows: (view, filter) => filtered(view, filter, rowsAsOf(view, recommendationTracker, true)),
  passes(filter, one) {
    const row = rowIn(recommendationTracker, one);
    const { told } = one;
    const is = (wanted: boolean | undefined, value: boolean) => wanted === undefined || wanted === value;
    const { body, originator, publication, partOf, scale, level, kind, response, outcome, owner, status, extended } =
      filter;
    return (
      hasIn(recommendationTracker, one, { body, originator, publication, scale, level, kind, response, outcome }) &&
      hasIn(recommendationTracker, one, { part_of: partOf }) &&
      (owner === undefined || row.owner === owner || (row.co_owners ?? '').split(' ').includes(owner)) &&
      (status === undefined || status.some((one) => one === told['status'])) &&
      (extended === undefined || (row.extensions ?? 0) >= extended) &&
      is(filter.extendedLate, (row.extended_late ?? 0) > 0) &&
      is(filter.extensionAsked, row.asked === 1) &&
      is(filter.outOfStep, row.out_of_step === 1) &&
      is(filter.overdue, told['overdue'] === true) &&
      is(filter.overdueByOriginal, told['overdueByOriginal'] === true) &&
      is(filter.evidence, told['evidence.any'] === true) &&
      is(filter.reopened, (row.reopened ?? 0) > 0 || Number(told['reopenedByWords'] ?? 0) > 0)
    );
  },
  asksOthers: ({ text, linked, linkedRisk, raisedAgain }) =>
    [text, linked, linkedRisk, raisedAgain].some((one) => one !== undefined),
  by: {
    ...comparedByColumns(recommendationTracker, BY_COLUMNS, COLUMN_OF, TURNED_BY),
    STATUS: {
      grouping: STATUS,
      key: async (view) => (await statusHere(view)).status,
      cell: (one) => toldKey(one, 'status'),
    },
  },
  readFrom: ['recommendations', 'meetings', 'rules'],
};

/** Recommendations by their colour under a RAG rule, and by a grouping besides: as the table counts them at each basis. */
export function recommendationColours(
  ends: ComparedEnds,
  rag: string,
  by: RecommendationGrouping | undefined,
): ColouredTable<RecommendationFilter, typeof recommendationTracker.columns> {
  const grouping = by === undefined ? null : RECOMMENDATIONS_BY[by];
  return {
    rag,
    async counts(view, filter) {
      const counts = new Map<CellKey, number>();
      const add = (group: string | null, of: Colour | null, count: number) => {
        const key = by === undefined ? of : keyOfCell(group, of);
        if (count > 0) counts.set(key, (counts.get(key) ?? 0) + count);
      };
      const table = await recommendationTable(view, rag, by ?? 'STATUS', filter);
      if (table === null)
        for (const { key, count } of await countRecommendations(view, by ?? 'STATUS', filter)) add(key, null, count);
      for (const { key, counts: ofCases, withoutColour } of table?.rows ?? []) {
        for (const [index, count] of ofCases.entries()) add(key, table!.cases[index]!.colour, count);
        add(key, null, withoutColour);
      }
      return counts;
    },
    rows(view, filter, key) {
      const { group, of } = cellOfKey(key, by !== undefined);
      const cell = { group: by === undefined ? undefined : group, colour: of };
      return rowsInCell(view, rag, by ?? 'STATUS', filter, cell);
    },
    cell(one) {
      const of = toldKey(one, 'rag') as Colour | null;
      return by === undefined ? of : keyOfCell(recommendationsCompared.by[by].cell(one), of);
    },
    async called(keys) {
      const cells = [...new Set(keys)].map((key) => ({ key, ...cellOfKey(key, by !== undefined) }));
      const groups =
        grouping === null
          ? new Map([[null, '']])
          : await inOrderOfGroups(
              ends.closing,
              grouping,
              cells.map(({ group }) => group),
            );
      const order = [...groups.keys()];
      const placeOf = ({ group, of }: (typeof cells)[number]) =>
        order.indexOf(group) * 100 + (of === null ? 99 : COLOURS.indexOf(of));
      const inOrder = cells.toSorted((a, b) => placeOf(a) - placeOf(b));
      return new Map(
        inOrder.map(({ key, group, of }) => {
          const called = of === null ? 'no colour' : colour.members[of].label.toLowerCase();
          return [key, by === undefined ? called : `${groups.get(group)}, ${called}`];
        }),
      );
    },
  };
}

const COLOURS = Object.keys(colour.members) as readonly Colour[];

/** A cell of two keys, as one: the colour first, which has no space in it. */
function keyOfCell(group: string | null, of: Colour | null): string {
  return `${of ?? '-'}${group === null ? '' : ` ${group}`}`;
}

function cellOfKey(key: CellKey, isGrouped: boolean): { readonly group: string | null; readonly of: Colour | null } {
  if (!isGrouped || key === null) return { group: null, of: key as Colour | null };
  const at = key.indexOf(' ');
  const of = at === -1 ? key : key.slice(0, at);
  return { group: at === -1 ? null : key.slice(at + 1), of: of === '-' ? null : (of as Colour) };
}
