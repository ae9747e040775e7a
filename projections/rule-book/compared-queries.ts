import { comparedByColumns, hasIn, type ComparedList } from '../../libs/read-models/index.ts';
import { ruleBook } from './projection.ts';
import { RULE_COLUMN_OF, filteredRules, RULES_BY, type RuleFilter, type RuleGrouping } from './queries.ts';

/** How rules are compared. */
export const rulesCompared: ComparedList<RuleFilter, RuleGrouping, typeof ruleBook.columns> = {
  projection: ruleBook,
  byOthers: [],
  turns: () => Promise.resolve([]),
  rows: (view, filter) => filteredRules(view, filter, true),
  passes: ({ body, kind, status }, one) => hasIn(ruleBook, one, { body, kind, status }),
  asksOthers: ({ text }) => text !== undefined,
  by: comparedByColumns(ruleBook, RULES_BY, RULE_COLUMN_OF),
  readFrom: ['rules'],
};
