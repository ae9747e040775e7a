import type { NoticeRule } from '../../ledger/index.ts';
import { beforeItExisted } from '../../records/index.ts';
import type { RuleEvent } from './events.ts';
import type { RuleState } from './state.ts';

type Rule = NoticeRule<RuleState, RuleEvent>;

const sameTitle: Rule = {
  says: ({ namesakes: [namesake] }) =>
    namesake === undefined
      ? null
      : {
          code: 'SAME_TITLE',
          sentence: `${namesake} is a rule of the same body, kind and title. Is it the same rule?`,
          record: namesake,
        },
};

/** What may be a slip, though nothing forbids it. */
export const notices: readonly Rule[] = [
  sameTitle,
  beforeItExisted('directory', ({ type, facts, actor }) =>
    type === 'RuleAdded' ? [facts.body, actor.by?.post] : [actor.by?.post],
  ),
];
