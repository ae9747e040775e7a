import type { NoticeRule } from '../../ledger/index.ts';
import { beforeItExisted, longBeforeItsSource, sameTitle } from '../../records/index.ts';
import type { RiskEvent } from './events.ts';
import type { RiskState } from './state.ts';

type Rule = NoticeRule<RiskState, RiskEvent>;

const titledAlike = sameTitle((namesake) => `${namesake} of the same body is called the same. Is it the same risk?`);

/** What may be a slip, though nothing forbids it. */
export const notices: readonly Rule[] = [
  titledAlike,
  beforeItExisted('directory', ({ type, facts, actor }) => [
    ...(type === 'RiskProposed' ? [facts.body, facts.owner, ...(facts.owners ?? [])] : []),
    ...(type === 'RiskAllocated' ? [facts.owner, ...(facts.owners ?? [])] : []),
    ...(type === 'RiskControlAdded' ? [facts.owner] : []),
    actor.by?.post,
  ]),
  longBeforeItsSource,
];
