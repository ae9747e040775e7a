import { kindOfRecord, KINDS_OF_RECORD, kindSpelt, type RecordKind } from '../../libs/declarations/index.ts';
import {
  bridgeIn,
  bridgeOfColours,
  byRulesOfClosing,
  changedIn,
  compareRecord,
  moversIn,
  openEnds,
  recordsOfColour,
  viewOfAll,
  type AsOf,
  type BridgeOf,
  type ComparedEnds,
  type LedgerView,
  type Page,
} from '../../libs/read-models/index.ts';
import { areManyBetween } from '../../libs/read-models/changed-records.ts';
import { BASES, STEPS, type CellKey, type RecordComparison } from '../../libs/timeline/index.ts';
import { COMPARED_LISTS, LISTS, recommendationColours } from '../../projections/index.ts';

/** Filters by which lists are compared: of each kind those of which a record comes to pass, and passes no more, by its own events, by the day or by other records. */
const FILTERS: { readonly [kind in RecordKind]?: readonly object[] } = {
  action: [{ status: ['AGREED', 'IN_PROGRESS'] }, { overdue: true }, { overdue: false }, { text: 'a' }],
  recommendation: [
    { status: ['AWAITING_RESPONSE', 'ALLOCATED', 'IN_PROGRESS'] },
    { overdue: true },
    { evidence: true },
  ],
  risk: [{ open: true }, { status: ['AWAITING_REVIEW', 'MANAGED', 'CONTROLLED'] }, { asked: true }],
  decision: [{ status: ['PROPOSED', 'DRAFTED'] }, { neverRecorded: true }, { conditionsOutstanding: true }],
  forwardPlanItem: [{ homeless: true }, { missed: true }, { deferred: 1 }],
  meeting: [{ status: ['SCHEDULED'] }, { papersIssued: true }],
  document: [{ status: ['CURRENT'] }],
  rule: [{ status: ['IN_FORCE'] }],
};

/** What is not so of the comparisons between two bases, in sentences; and how much was compared. */
export interface Checked {
  readonly faults: readonly string[];
  readonly changed: number;
  readonly lines: number;
  /** Of how many that move in a table their rows told the lines, and how many were walked for them. */
  readonly byRows: number;
  readonly byWalking: number;
}

/**
 * Compares two bases in every list: those that the tables find changed are all that walking each record finds, they are told as the list tells of them at
 * each of the three bases, and every bridge sums in every cell, counts what the list counts and has the lines that walking each record finds.
 */
export async function checkComparisons(
  open: (asOf: AsOf) => Promise<LedgerView>,
  [before, after]: readonly [AsOf, AsOf],
  refs: readonly string[],
): Promise<Checked> {
  const { told, knownNow, closing } = await openEnds(open, before, after);
  // What belongs to illustrative bodies is in lists where it is asked for.
  const ends = { told: viewOfAll(told), knownNow: viewOfAll(knownNow), closing: viewOfAll(closing) };
  const faults: string[] = [];
  let [changed, lines, byRows, byWalking] = [0, 0, 0, 0];
  for (const kind of KINDS_OF_RECORD) {
    const list = COMPARED_LISTS[kind];
    if (list === null) continue;
    const own = refs.filter((ref) => kindSpelt(ref) === kind);
    const found = new Map(
      (await changedIn(ends, list, {}).all()).map(({ comparison }) => [comparison.ref, comparison]),
    );
    changed += found.size;
    const each = await Promise.all(
      own.map(async (ref) => ({
        ref,
        walked: await compareRecord(ends, kindOfRecord(kind).register, ref),
        listed: await Promise.all(BASES.map(async (which) => (await LISTS[kind].find(ends[which], ref)) !== null)),
      })),
    );
    for (const { ref, walked, listed } of each) {
      const isChanged = walked !== null && (walked.restated !== null || walked.moved !== null);
      if (isChanged !== found.has(ref)) faults.push(`${ref} changed: ${isChanged}; found: ${found.has(ref)}`);
      const steps = JSON.stringify([walked?.restated ?? null, walked?.moved ?? null]);
      const same = found.get(ref);
      if (same !== undefined && steps !== JSON.stringify([same.restated, same.moved]))
        faults.push(`${ref} walked: ${steps}; in its list: ${JSON.stringify([same.restated, same.moved])}`);
      for (const [index, which] of BASES.entries())
        if (listed[index] !== (walked?.[which] != null)) faults.push(`${ref} ${which}: ${listed[index]} in the list`);
    }
    for (const by of Object.keys(list.by)) {
      const bridge = await bridgeIn(ends, list, by, {});
      lines += bridge.lines.length;
      faults.push(...faultsOfSums(bridge).map((fault) => `${kind} by ${by}: ${fault}`));
      for (const { count, records } of bridge.lines) {
        const all = await records.all();
        if (count !== all.length) faults.push(`${kind} by ${by}: ${count} in a line, ${all.length} told of`);
        for (const { comparison } of all)
          if (!found.has(comparison.ref)) faults.push(`${kind} by ${by}: ${comparison.ref} is in a line and unchanged`);
      }
      const { column: _, ...walkedAlone } = list.by[by]!;
      const walking = { ...list, by: { [by]: walkedAlone } };
      const [is, walked] = [await linesOf(bridge), await linesOf(await bridgeIn(ends, walking, by, {}))];
      if (JSON.stringify(is) !== JSON.stringify(walked))
        faults.push(`${kind} by ${by}: ${JSON.stringify(is)}, walked: ${JSON.stringify(walked)}`);
      for (const { records, walked: one } of await moversIn(ends, list, list.by[by]!, {}))
        if (one === null) byRows += records.length;
        else byWalking += 1;
    }
  }
  const check = (name: string, bridge: BridgeOf) => {
    lines += bridge.lines.length;
    faults.push(...faultsOfSums(bridge).map((fault) => `${name}: ${fault}`));
  };
  // Whatever holds in between, the tables of both ends are those of the list.
  for (const [rules, among] of [['each', ends] as const, ['closing', byRulesOfClosing(ends)] as const]) {
    check(`bands by rules of ${rules}`, await bridgeIn(among, COMPARED_LISTS.risk!, 'BAND', {}));
    check(`risks by rules of ${rules}`, await bridgeIn(among, COMPARED_LISTS.risk!, 'STATUS', {}));
    for (const rag of refs.filter((ref) => kindSpelt(ref) === 'rule' && ref.endsWith('-rag')))
      for (const by of [undefined, 'PRIORITY'] as const) {
        const table = recommendationColours(among, rag, by);
        const bridge = await bridgeOfColours(among, COMPARED_LISTS.recommendation!, table, {});
        check(`${rag} of ${rules}`, bridge);
        for (const fault of await faultsOfCells(among, bridge, (view, key) =>
          recordsOfColour(view, table, { key, filter: {} }, { first: 500 }),
        ))
          faults.push(`${rag} of ${rules} by ${by}: ${fault}`);
      }
  }
  return { faults, changed, lines, byRows, byWalking };
}

/** What is not so of the records in the cells of a bridge: at each basis there are as many as it counts, and none stands in two of them. */
async function faultsOfCells(
  ends: ComparedEnds,
  { cells }: BridgeOf,
  inCell: (view: LedgerView, key: CellKey) => Promise<Page<{ readonly ref: string }>>,
): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const basis of BASES) {
    const seen = new Set<string>();
    for (const cell of cells) {
      const { totalCount, edges } = await inCell(ends[basis], cell.key);
      if (totalCount !== cell[basis] || edges.length !== cell[basis])
        faults.push(`${cell.key} ${basis}: ${cell[basis]} counted, ${totalCount} there, ${edges.length} told of`);
      for (const { node } of edges) {
        if (seen.has(node.ref)) faults.push(`${node.ref} ${basis}: in two cells`);
        seen.add(node.ref);
      }
    }
  }
  return faults;
}

/** What is not so of the counts between two bases, and how much was counted: of how many lists by looking up few records, and by laying all side by side. */
export interface Counted {
  readonly faults: readonly string[];
  readonly counted: number;
  readonly fewIn: number;
  readonly manyIn: number;
}

/**
 * Compares two bases in every list, with filters and without: as many are counted as each that is walked says did change, and pages tell of them in their order.
 * @param which of the filters, one for each kind
 */
export async function checkCounts(
  open: (asOf: AsOf) => Promise<LedgerView>,
  [before, after]: readonly [AsOf, AsOf],
  which: (filters: readonly object[]) => object,
): Promise<Counted> {
  const { told, knownNow, closing } = await openEnds(open, before, after);
  const ends = { told: viewOfAll(told), knownNow: viewOfAll(knownNow), closing: viewOfAll(closing) };
  const faults: string[] = [];
  let [counted, fewIn, manyIn] = [0, 0, 0];
  for (const kind of KINDS_OF_RECORD) {
    const list = COMPARED_LISTS[kind];
    if (list === null) continue;
    if (await areManyBetween(ends, list.projection.register)) manyIn += 1;
    else fewIn += 1;
    for (const filter of [{}, ...(FILTERS[kind] === undefined ? [] : [which(FILTERS[kind])])]) {
      const all = (await changedIn(ends, list, filter).all()).map(({ comparison }) => JSON.stringify(comparison));
      const lazy = changedIn(ends, list, filter);
      const paged: string[] = [];
      let after: string | null = null;
      do {
        const page: Page<RecordComparison> = await lazy.page({ first: 2, ...(after === null ? {} : { after }) });
        paged.push(...page.edges.map(({ node }) => JSON.stringify(node)));
        after = page.hasNextPage ? page.endCursor : null;
      } while (after !== null);
      const count = await lazy.count();
      const together = changedIn(ends, list, filter);
      const [alone, first] = await Promise.all([together.count(), together.page({ first: 2 })]);
      if (alone !== count || first.totalCount !== count)
        faults.push(`${kind} ${JSON.stringify(filter)}: ${alone} counted with a page that says ${first.totalCount}`);
      counted += count;
      const what = `${kind} ${JSON.stringify(filter)}`;
      if (count !== all.length) faults.push(`${what}: ${count} counted, ${all.length} changed`);
      if (JSON.stringify(paged) !== JSON.stringify(all)) faults.push(`${what}: pages tell of others than changed`);
    }
  }
  return { faults, counted, fewIn, manyIn };
}

/** The lines of a bridge, short: step, kind, the cells left and entered, and the records. */
export function linesOf({ lines }: BridgeOf) {
  return Promise.all(
    lines.map(async ({ step, kind, from, to, records }) => [
      ...[step, kind, from?.key, to?.key],
      (await records.all()).map(({ comparison }) => comparison.ref),
    ]),
  );
}

/** Told and the first lines make known now, and with the others closing, in every cell and in the total. */
export function faultsOfSums({ cells, lines, total }: BridgeOf): readonly string[] {
  const faults: string[] = [];
  const keys = new Set([...cells.map(({ key }) => key), ...lines.flatMap(({ from, to }) => [from?.key, to?.key])]);
  keys.delete(undefined);
  const sum = { told: 0, knownNow: 0, closing: 0 };
  for (const key of keys) {
    const is = cells.find((cell) => cell.key === key) ?? { told: 0, knownNow: 0, closing: 0 };
    const [restated, moved] = STEPS.map((step) =>
      lines
        .filter((line) => line.step === step)
        .reduce((net, { from, to, count }) => net + (to?.key === key ? count : 0) - (from?.key === key ? count : 0), 0),
    );
    if (is.told + restated! !== is.knownNow || is.knownNow + moved! !== is.closing)
      faults.push(`${key}: ${is.told} + ${restated} = ${is.knownNow}, + ${moved} = ${is.closing}`);
    for (const which of BASES) sum[which] += is[which];
  }
  if (JSON.stringify(sum) !== JSON.stringify(total))
    faults.push(`${JSON.stringify(sum)} in all: ${JSON.stringify(total)}`);
  return faults;
}
