import { sql } from 'kysely';
import type { CivilDate } from '../../libs/ledger/index.ts';
import {
  byMembers,
  byRecord,
  citedBy,
  compareRecord,
  countOfList,
  countsInGroups,
  dueDayOf,
  endsSince,
  groupsOf,
  groupsOfTotals,
  isPastDue,
  isFoundBy,
  listedIn,
  onceFor,
  pageOf,
  recordAsOf,
  registerOf,
  rowsAsOf,
  seesLink,
  type CitedAtBasis,
  type ComparedEnds,
  type GroupCount,
  type Grouping,
  type LedgerView,
  type Page,
  type PageWanted,
  type RecordAsOf,
  type RowsQuery,
} from '../../libs/read-models/index.ts';
import {
  decisionStatus,
  maker,
  NOT_IN_THE_LOG,
  outcome,
  type DecisionMaker,
  type DecisionOutcome,
  type DecisionStatus,
  type ProposedDecision,
} from '../../libs/registers/decisions/index.ts';
import type { RecordComparison } from '../../libs/timeline/index.ts';
import { decisionLog } from './projection.ts';

/** Which decisions. What is not given does not narrow; lists are alternatives, and an empty list lets nothing through. */
export interface DecisionFilter {
  readonly body?: string;
  readonly status?: readonly DecisionStatus[];
  readonly outcome?: readonly DecisionOutcome[];
  readonly maker?: readonly DecisionMaker[];
  /** The post that made it. */
  readonly madeBy?: string;
  readonly delegate?: string;
  /** The meeting on whose authority it was decided. */
  readonly meeting?: string;
  /** What came of it took effect on that day or later; or on that day or earlier. */
  readonly decidedFrom?: CivilDate;
  readonly decidedTo?: CivilDate;
  /** A condition of it is not met. */
  readonly conditionsOutstanding?: boolean;
  /** The day by which one of these was to be met has passed. */
  readonly conditionsOverdue?: boolean;
  /** The day on which it was to be decided has passed, and it is not in the log of decisions. */
  readonly neverRecorded?: boolean;
  /** It was drafted, and on some heading nobody has advised nor said that it is not applicable. */
  readonly unadvised?: boolean;
  readonly publicInterest?: boolean;
  /** Put off at least so many times. */
  readonly deferred?: number;
  /** Words in the title, the summary or what was decided, as far as the reader may read them; or its whole reference. */
  readonly text?: string;
}

/** A decision at a basis. */
export interface TrackedDecision extends RecordAsOf<ProposedDecision> {
  /** The day on which it is to be decided, wherever its meeting has moved. */
  readonly dueOn: CivilDate | null;
  /** That day lies before the day of the basis, and it is not in the log. */
  readonly neverRecorded: boolean;
}

export const DECISION_GROUPINGS = ['STATUS', 'OUTCOME', 'MAKER', 'BODY', 'MADE_BY', 'DELEGATE'] as const;
export type DecisionGrouping = (typeof DECISION_GROUPINGS)[number];

type Rows = RowsQuery<(typeof decisionLog)['columns']>;

/** One decision, or null when it is absent at the basis or hidden from the reader. Many at once are one question. */
export async function findDecision(view: LedgerView, ref: string): Promise<TrackedDecision | null> {
  const found = await recordAsOf<ProposedDecision>(view, 'decisions', ref);
  return found === null ? null : tracked(view, found);
}

/** The decisions at the basis that pass the filter, by reference. */
export async function listDecisions(
  view: LedgerView,
  filter: DecisionFilter,
  page: PageWanted,
): Promise<Page<TrackedDecision>> {
  const isNarrowed = Object.values(filter).some((value) => value !== undefined);
  const rows = await filtered(view, filter, rowsAsOf(view, decisionLog, true));
  const inOrder = isNarrowed ? rows : rowsAsOf(view, decisionLog);
  const count = countOfList(view, decisionLog, filter, rows);
  return pageOf(view, inOrder, page, (one: RecordAsOf<ProposedDecision>) => tracked(view, one), count, isNarrowed);
}

/** How many decisions at the basis pass the filter, by group; only groups that have one. */
export async function countDecisions(
  view: LedgerView,
  by: DecisionGrouping,
  filter: DecisionFilter,
): Promise<readonly GroupCount[]> {
  const totals = await groupsOfTotals(view, decisionLog, COLUMN_OF[by], filter);
  if (totals !== null) return countsInGroups(view, DECISIONS_BY[by], totals);
  const rows = await filtered(view, filter, rowsAsOf(view, decisionLog, true));
  return countsInGroups(view, DECISIONS_BY[by], await groupsOf(view, rows, sql`${sql.ref(`row.${COLUMN_OF[by]}`)}`));
}

/** The references that decisions at the basis have in that column: filters offer nothing that would find nothing. */
export function decisionsHave(
  view: LedgerView,
  column: 'body' | 'made_by' | 'delegate' | 'meeting',
): Promise<readonly string[]> {
  return listedIn(view, rowsAsOf(view, decisionLog, true), column);
}

/** The record as it would be with a state that it had before, on the day of the basis. */
export function decisionWithState(
  view: LedgerView,
  record: TrackedDecision,
): Promise<(state: unknown) => TrackedDecision> {
  return Promise.resolve((state) => {
    const then = state as ProposedDecision;
    return { ...record, state: then, neverRecorded: isLacking(view, then, record.dueOn) };
  });
}

/**
 * What a decision cites, as it stood at the basis on which the decision was made, for the reader of the view: the ledger then, and the records
 * of these that they may see. Null for one that was not made.
 */
export function citedAtBasis(
  view: LedgerView,
  { outcome: is }: Pick<ProposedDecision, 'outcome'>,
): Promise<CitedAtBasis> | null {
  if (is?.basis === undefined) return null;
  return citedBy(view, is.event, is.basis);
}

/** What lies between what stood before whoever decided and the basis of a view, of a record that the decision cites. */
export interface CitedSince {
  readonly ends: ComparedEnds;
  /** Restated: what was so already and was not known, or was known otherwise. Moved: what came to be so since. Null: neither it nor anything of it is there. */
  readonly comparison: RecordComparison | null;
}

/**
 * A record that a decision cites, compared from the basis of the decision to that of the view.
 * @param then the ledger as it stood there: {@link citedAtBasis}
 */
export async function citedSince(then: LedgerView, view: LedgerView, ref: string): Promise<CitedSince> {
  const ends = onceFor(then, citedSince, () => endsSince(then, view));
  return { ends, comparison: await compareRecord(ends, registerOf(view, ref)!.name, ref) };
}

export const DECISIONS_BY: { readonly [by in DecisionGrouping]: Grouping } = {
  STATUS: byMembers(decisionStatus.members, 'no status'),
  OUTCOME: byMembers(outcome.members, 'nothing yet'),
  MAKER: byMembers(maker.members, 'nobody'),
  BODY: byRecord('no body', ['directory', 'name']),
  MADE_BY: byRecord('not made', ['directory', 'name']),
  DELEGATE: byRecord('not delegated', ['directory', 'name']),
};

export const COLUMN_OF = {
  STATUS: 'status',
  OUTCOME: 'outcome',
  MAKER: 'maker',
  BODY: 'body',
  MADE_BY: 'made_by',
  DELEGATE: 'delegate',
} as const satisfies { readonly [by in DecisionGrouping]: string };

const TEXTS = [
  ['row.title_event', 'row.title_part'],
  ['row.summary_event', 'row.summary_part'],
  ['row.decided_event', 'row.decided_part'],
] as const;

export async function filtered(view: LedgerView, filter: DecisionFilter, all: Rows): Promise<Rows> {
  const { body, madeBy, delegate, meeting, text, decidedFrom, decidedTo } = filter;
  const links = [body, madeBy, delegate, meeting].filter((ref) => ref !== undefined);
  // What is not for this reader finds what a reference of nothing finds.
  const areSeen = (await Promise.all(links.map((ref) => seesLink(view, ref)))).every(Boolean);
  if (!areSeen) return all.where(sql<boolean>`1 = 0`);
  let rows = all;
  for (const [column, ref] of Object.entries({ body, made_by: madeBy, delegate, meeting }))
    if (ref !== undefined) rows = rows.where(sql<boolean>`${sql.ref(`row.${column}`)} = ${ref}`);
  for (const column of ['status', 'outcome', 'maker'] as const)
    if (filter[column] !== undefined) rows = rows.where(`row.${column}`, 'in', filter[column]);
  if (decidedFrom !== undefined) rows = rows.where('row.decided_on', '>=', decidedFrom);
  if (decidedTo !== undefined) rows = rows.where('row.decided_on', '<=', decidedTo);
  if (filter.deferred !== undefined) rows = rows.where('row.deferrals', '>=', filter.deferred);
  if (filter.unadvised !== undefined) rows = rows.where('row.unadvised', '=', filter.unadvised ? 1 : 0);
  if (filter.publicInterest !== undefined) rows = rows.where('row.public_interest', '=', filter.publicInterest ? 1 : 0);
  if (filter.conditionsOutstanding !== undefined)
    rows = rows.where('row.outstanding', filter.conditionsOutstanding ? '>' : '=', 0);
  if (filter.conditionsOverdue !== undefined) {
    const isSo = sql<number>`case when row.outstanding_by < ${view.basis.effective} then 1 else 0 end`;
    rows = rows.where(isSo, '=', filter.conditionsOverdue ? 1 : 0);
  }
  if (filter.neverRecorded !== undefined) {
    const isPast = await isPastDue(view, all, { on: 'due_on', meeting: 'due_meeting' });
    rows = rows.where(sql<number>`min(row.awaited, ${isPast})`, '=', filter.neverRecorded ? 1 : 0);
  }
  if (text === undefined) return rows;
  return rows.where(await isFoundBy(view, decisionLog, text, { texts: TEXTS }));
}

async function tracked(view: LedgerView, one: RecordAsOf<ProposedDecision>): Promise<TrackedDecision> {
  const dueOn = await dueDayOf(view, one.state.due);
  return { ...one, dueOn, neverRecorded: isLacking(view, one.state, dueOn) };
}

function isLacking({ basis }: LedgerView, { status }: ProposedDecision, dueOn: CivilDate | null): boolean {
  const notInIt: readonly DecisionStatus[] = NOT_IN_THE_LOG;
  return dueOn !== null && dueOn < basis.effective && notInIt.includes(status);
}
