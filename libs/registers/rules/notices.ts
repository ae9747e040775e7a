import type { NoticeRule } from '../../ledger/index.ts';
import { beforeItExisted, sameTitle } from '../../records/index.ts';
import { scoresWithoutBand, unreachableCase } from '../../rules/index.ts';
import type { RuleEvent } from './events.ts';
import type { RuleState } from './state.ts';

type Rule = NoticeRule<RuleState, RuleEvent>;

const titledAlike = sameTitle(
  (namesake) => `${namesake} is a rule of the same body, kind and title. Is it the same rule?`,
);

/** An earlier case fits whatever this one fits. */
const caseUnreachable: Rule = {
  says: ({ ref, event }) => {
    const at = event.type === 'RagRuleSet' ? unreachableCase(event.facts) : null;
    return at === null
      ? null
      : {
          code: 'CASE_UNREACHABLE',
          sentence: `Nothing reaches case ${at + 1}: an earlier one fits whatever it fits. Are they in the right order?`,
          record: ref,
        };
  },
};

const scoresWithoutABand: Rule = {
  says: ({ ref, event }) => {
    const lacking = event.type === 'ScoreScaleSet' ? scoresWithoutBand(event.facts) : [];
    return lacking.length === 0
      ? null
      : {
          code: 'SCORES_WITHOUT_BAND',
          sentence: `No band holds a score of ${lacking.join(', ')}. Do the bands cover all scores?`,
          record: ref,
        };
  },
};

/** What may be a slip, though nothing forbids it. */
export const notices: readonly Rule[] = [
  titledAlike,
  caseUnreachable,
  scoresWithoutABand,
  beforeItExisted('directory', ({ type, facts, actor }) =>
    type === 'RuleAdded' ? [facts.body, actor.by?.post] : [actor.by?.post],
  ),
];
