import { sql } from 'kysely';
import { rowsWithWords } from '../../libs/declarations/index.ts';
import type { CivilDate } from '../../libs/ledger/index.ts';
import {
  combinationsOf,
  inGroups,
  isAmong,
  isPastDue,
  keysUnder,
  ruleThatBands,
  rowsAsOf,
  type LedgerView,
  type RowsQuery,
} from '../../libs/read-models/index.ts';
import {
  ragStandingOf,
  type RecommendationResponse,
  type RecommendationStatus,
} from '../../libs/registers/recommendations/index.ts';
import { ROWS, type AddedRule, type SetVersion } from '../../libs/registers/rules/index.ts';
import { inForceOn, ragOf, type Colour, type RagCase, type RagFacts, type RagRule } from '../../libs/rules/index.ts';
import { recommendationTracker } from './projection.ts';
import {
  CURRENT,
  filtered,
  keyOf,
  RECOMMENDATIONS_BY,
  ORIGINAL,
  type RecommendationFilter,
  type RecommendationGrouping,
  type TrackedRecommendation,
} from './queries.ts';
import { statusHere } from './status-queries.ts';

/** A case of a RAG rule, with its label as far as the reader may read it. */
export interface LabelledCase {
  readonly label: string | null;
  readonly colour: Colour;
}

/** The version of a RAG rule that is in force on the day of a basis. */
export interface RagInForce {
  readonly rule: string;
  /** Null where none is in force: then nothing has a colour. */
  readonly version: string | null;
  readonly from: CivilDate | null;
  readonly cases: readonly LabelledCase[];
}

/** One group of recommendations, by the cases of a RAG rule. */
export interface RagRow {
  readonly key: string | null;
  readonly label: string;
  /** How many fit each case, in the order of the cases. */
  readonly counts: readonly number[];
  /** How many fit none. */
  readonly withoutColour: number;
  readonly count: number;
}

/** How many recommendations have which colour, of each group. */
export interface RecommendationTable extends RagInForce {
  readonly rows: readonly RagRow[];
  /** All groups together. */
  readonly total: Omit<RagRow, 'key' | 'label'>;
}

interface Rule extends RagInForce {
  readonly content: RagRule | null;
}

/**
 * Counts by group × colour at the basis, of the recommendations that pass the filter: by the version of the RAG rule that is in force on its day. The tables
 * tell which of them are alike in all that a rule may ask, and the rule is asked of each kind once. Null where there is no such RAG rule for the reader.
 */
export async function recommendationTable(
  view: LedgerView,
  rag: string,
  by: RecommendationGrouping,
  filter: RecommendationFilter,
): Promise<RecommendationTable | null> {
  const rule = await ragInForce(view, rag);
  if (rule === null) return null;
  const { alike } = await alikeIn(view, by, filter);
  const { content, ...inForce } = rule;
  const groups = await inGroups(
    view,
    RECOMMENDATIONS_BY[by],
    alike.map(({ of, count }) => ({ key: of['key'] as string | null, facts: factsIn(of), count })),
  );
  const counted = groups.map(({ key: group, label, of }) => ({ key: group, label, ...countsIn(content, of) }));
  const total = countsIn(
    content,
    alike.map(({ of, count }) => ({ facts: factsIn(of), count })),
  );
  return { ...inForce, rows: counted, total };
}

/** A cell of such a table. */
export interface ColouredCell {
  /** The key of the group; undefined: of any. */
  readonly group: string | null | undefined;
  /** Null: of no colour, as all are where there is no such rule for the reader. */
  readonly colour: Colour | null;
}

/** The rows of those that are counted in a cell of the table. */
export async function rowsInCell(
  view: LedgerView,
  rag: string,
  by: RecommendationGrouping,
  filter: RecommendationFilter,
  { group, colour }: ColouredCell,
): Promise<RowsQuery<typeof recommendationTracker.columns>> {
  const [rule, { rows, alike, likeness }] = await Promise.all([ragInForce(view, rag), alikeIn(view, by, filter)]);
  const keys = await keysUnder(
    view,
    RECOMMENDATIONS_BY[by],
    alike.map(({ of }) => of['key'] as string | null),
  );
  const content = rule?.content ?? null;
  const inIt = alike.filter(({ of }, index) => {
    const fits = content === null ? null : ragOf(content, factsIn(of));
    return (group === undefined || keys[index] === group) && (fits?.colour ?? null) === colour;
  });
  return rows.where(
    isAmong(
      likeness,
      inIt.map(({ of }) => of['likeness'] as string),
    ),
  );
}

/**
 * Which of those that pass are alike in all that a rule may ask, of each group, and how many are. `likeness`: SQL, the same text for all that are alike, and
 * for no others.
 */
async function alikeIn(view: LedgerView, by: RecommendationGrouping, filter: RecommendationFilter) {
  const rows = await filtered(view, filter, rowsAsOf(view, recommendationTracker, true));
  const [{ status }, past_current, past_original, key] = await Promise.all([
    statusHere(view),
    isPastDue(view, rows, CURRENT),
    isPastDue(view, rows, ORIGINAL),
    keyOf(view, by),
  ]);
  const worked = { key, status: sql<string>`${status}`, past_current, past_original };
  const named = ['response', 'share_part', 'share_of'];
  const all = [...Object.values(worked), ...named.map((column) => sql`${sql.ref(`row.${column}`)}`)];
  const likeness = sql<string>`json_array(${sql.join(all)})`;
  const alike = await combinationsOf(view, rows, [...Object.keys(worked), ...named, 'likeness'], {
    ...worked,
    likeness,
  });
  return { rows, alike, likeness };
}

/** The colour of a recommendation by the version of a RAG rule that is in force on the day of the basis; null where no case of it fits, or there is no such rule. */
export async function colourOf(
  view: LedgerView,
  { state, standing, due }: Pick<TrackedRecommendation, 'state' | 'standing' | 'due'>,
  rag: string,
): Promise<LabelledCase | null> {
  const rule = await ragInForce(view, rag);
  if (rule?.content == null) return null;
  const { effective } = view.basis;
  const isPast = (day: CivilDate | null) => day !== null && day < effective;
  const fits = ragOf(rule.content, {
    standing: ragStandingOf(standing.status, state.answered?.response ?? null),
    pastCurrent: isPast(due.current),
    pastOriginal: isPast(due.original),
    ...(state.latestShare === undefined ? {} : { share: state.latestShare.share }),
  });
  return fits === null ? null : rule.cases[rule.content.cases.indexOf(fits)]!;
}

async function ragInForce(view: LedgerView, ref: string): Promise<Rule | null> {
  const found = await ruleThatBands<AddedRule>(view, ref);
  if (found?.state.kind !== 'RAG') return null;
  const version = inForceOn(found.state, view.basis.effective) as SetVersion<RagRule> | null;
  if (version === null) return { rule: ref, version: null, from: null, cases: [], content: null };
  const { content, words } = version;
  const cases = await rowsWithWords(ROWS.cases, { rows: content.cases, words: words?.['cases'] ?? {} }, (text) =>
    view.text(text),
  );
  return {
    rule: ref,
    version: version.version,
    from: version.from,
    cases: content.cases.map(({ colour }, index) => ({ label: cases[index]?.label ?? null, colour })),
    content,
  };
}

function factsIn(of: { readonly [column: string]: string | number | null }): RagFacts {
  const { share_part: part, share_of: whole } = of as { readonly [column: string]: number | null };
  return {
    standing: ragStandingOf(of['status'] as RecommendationStatus, of['response'] as RecommendationResponse | null),
    pastCurrent: of['past_current'] === 1,
    pastOriginal: of['past_original'] === 1,
    ...(part == null || whole == null ? {} : { share: { part, of: whole } }),
  };
}

function countsIn(
  rule: RagRule | null,
  some: readonly { readonly facts: RagFacts; readonly count: number }[],
): Omit<RagRow, 'key' | 'label'> {
  const cases: readonly RagCase[] = rule?.cases ?? [];
  const counts = cases.map(() => 0);
  let withoutColour = 0;
  let all = 0;
  for (const { facts, count } of some) {
    const fits = rule === null ? null : ragOf(rule, facts);
    all += count;
    if (fits === null) withoutColour += count;
    else counts[cases.indexOf(fits)]! += count;
  }
  return { counts, withoutColour, count: all };
}
