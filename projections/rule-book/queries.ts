import { sql } from 'kysely';
import {
  eventsAsOf,
  byMembers,
  byRecord,
  countOfList,
  countsInGroups,
  groupsOf,
  groupsOfTotals,
  isFoundBy,
  pageOf,
  recordAsOf,
  registerNamed,
  rowsAsOf,
  seesLink,
  type GroupCount,
  type Grouping,
  type LedgerView,
  type Page,
  type PageWanted,
  type RecordAsOf,
} from '../../libs/read-models/index.ts';
import { ruleStatus, type AddedRule, type RuleStatus, type SetVersion } from '../../libs/registers/rules/index.ts';
import { ruleKind, type RuleKind } from '../../libs/rules/index.ts';
import { amend, fold } from '../../libs/timeline/index.ts';
import { ruleBook } from './projection.ts';

/** A rule at a basis. */
export interface RuleAsOf extends RecordAsOf<AddedRule> {
  /** Its versions that are known at the basis and come into force after its day, in their order. */
  readonly ahead: readonly SetVersion[];
}

/** Which rules. What is not given does not narrow; lists are alternatives, and an empty list lets nothing through. */
export interface RuleFilter {
  readonly body?: string;
  readonly kind?: readonly RuleKind[];
  readonly status?: readonly RuleStatus[];
  /** Words in the title, as far as the reader may read it; or its whole reference. */
  readonly text?: string;
}

export const RULE_GROUPINGS = ['STATUS', 'KIND', 'BODY'] as const;
export type RuleGrouping = (typeof RULE_GROUPINGS)[number];

/** One rule, or null when it is absent at the basis or hidden from the reader. Many at once are one question. */
export async function findRule(view: LedgerView, ref: string): Promise<RuleAsOf | null> {
  const rule = await recordAsOf<AddedRule>(view, 'rules', ref);
  return rule === null ? null : ruleAsOf(view, rule);
}

/** The rules at the basis that pass the filter, by reference. */
export async function listRules(view: LedgerView, filter: RuleFilter, page: PageWanted): Promise<Page<RuleAsOf>> {
  const rows = await filtered(view, filter, true);
  const isNarrowed = Object.values(filter).some((value) => value !== undefined);
  const inOrder = isNarrowed ? rows : await filtered(view, filter, false);
  const count = countOfList(view, ruleBook, filter, rows);
  return pageOf(view, inOrder, page, (rule: RecordAsOf<AddedRule>) => ruleAsOf(view, rule), count, isNarrowed);
}

/** How many rules at the basis pass the filter, by group; only groups that have one, and the group without a key last. */
export async function countRules(
  view: LedgerView,
  by: RuleGrouping,
  filter: RuleFilter,
): Promise<readonly GroupCount[]> {
  const groups =
    (await groupsOfTotals(view, ruleBook, COLUMN_OF[by], filter)) ??
    (await groupsOf(view, await filtered(view, filter, true), COLUMN_OF[by]));
  return countsInGroups(view, RULES_BY[by], groups);
}

/** As far as the reader may see them. All that are asked for at once are one question. */
async function ruleAsOf(view: LedgerView, rule: RecordAsOf<AddedRule>): Promise<RuleAsOf> {
  const rules = registerNamed(view, 'rules')!;
  const events = (await eventsAsOf(view, { register: 'rules', ref: rule.ref })).map(({ event }) => event);
  const state = fold(rules, amend(rules, events)) as { readonly versions?: readonly SetVersion[] };
  return { ...rule, ahead: (state.versions ?? []).filter(({ from }) => from > view.basis.effective) };
}

const COLUMN_OF = { STATUS: 'status', KIND: 'kind', BODY: 'body' } as const;

const RULES_BY: { readonly [by in RuleGrouping]: Grouping } = {
  STATUS: byMembers(ruleStatus.members, 'no status'),
  KIND: byMembers(ruleKind.members, 'no kind'),
  BODY: byRecord('no body', ['directory', 'name']),
};

const TEXTS = [['row.title_event', 'row.title_part']] as const;

async function filtered(view: LedgerView, filter: RuleFilter, isFound: boolean) {
  const { body, kind, status, text } = filter;
  let rows = rowsAsOf(view, ruleBook, isFound);
  // What is not for this reader finds what a reference of nothing finds.
  if (body !== undefined && !(await seesLink(view, body))) rows = rows.where(sql<boolean>`1 = 0`);
  if (body !== undefined) rows = rows.where('row.body', '=', body);
  if (kind !== undefined) rows = rows.where('row.kind', 'in', kind);
  if (status !== undefined) rows = rows.where('row.status', 'in', status);
  if (text !== undefined) rows = rows.where(await isFoundBy(view, ruleBook, text, { texts: TEXTS }));
  return rows;
}

/** For comparing: see `compared-queries.ts`. */
export { COLUMN_OF as RULE_COLUMN_OF, filtered as filteredRules, RULES_BY };
