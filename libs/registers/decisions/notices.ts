import type { NoticeRule } from '../../ledger/index.ts';
import { beforeItExisted, longBeforeItsSource } from '../../records/index.ts';
import type { DecisionEvent } from './events.ts';
import type { DecisionState } from './state.ts';

type Rule = NoticeRule<DecisionState, DecisionEvent>;

const sameTitle: Rule = {
  says: ({ namesakes: [namesake] }) =>
    namesake === undefined
      ? null
      : {
          code: 'SAME_TITLE',
          sentence: `${namesake} of the same body is called the same. Is it the same decision?`,
          record: namesake,
        },
};

/** What may be a slip, though nothing forbids it. */
export const notices: readonly Rule[] = [
  sameTitle,
  beforeItExisted('directory', ({ type, facts, actor }) => [
    ...(type === 'DecisionProposed' ? [facts.body] : []),
    ...(type === 'DecisionDelegated' ? [facts.delegate] : []),
    actor.by?.post,
  ]),
  longBeforeItsSource,
];
