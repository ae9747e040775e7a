import type { RecordProjection } from '../../libs/read-models/index.ts';
import type { RuleState } from '../../libs/registers/rules/index.ts';

const COLUMNS = {
  status: 'text',
  body: 'text',
  kind: 'text',
  title_event: 'text',
  title_part: 'text',
} as const;

/** Which rules a body has, and where they stand. One row for each state of a rule. */
export const ruleBook: RecordProjection<RuleState, typeof COLUMNS> = {
  name: 'rule_book',
  version: 1,
  register: 'rules',
  everyRecord: true,
  columns: COLUMNS,
  indexed: [['body'], ['kind'], ['status']],
  totals: [['status', 'body']],
  row({ state }) {
    if (state.status === 'NOT_ADDED') return null;
    return {
      status: state.status,
      body: state.body,
      kind: state.kind,
      title_event: state.title?.event ?? null,
      title_part: state.title?.part ?? null,
    };
  },
};
