import { BEGINNING_OF_DAYS, type CivilDate, type CommonFact, type Tells } from '../../ledger/index.ts';
import { inForceOn, type RuleKind } from '../../rules/index.ts';
import type { RuleEvent } from './events.ts';
import type { AddedRule, RuleState } from './state.ts';

/** What of a rule is told at a basis, and what each of its events is as a movement. See docs/comparing.md. */
export const told: Tells<RuleState, Exclude<RuleEvent['type'], CommonFact['type']>> = {
  fields(state) {
    if (state.status === 'NOT_ADDED') return {};
    const last = state.versions.at(-1);
    return { ...state, version: state.status === 'IN_FORCE' ? last?.version : undefined };
  },
  movements: {
    RuleAdded: 'RAISED',
    PriorityScaleSet: 'VERSION_SET',
    GradeScaleSet: 'VERSION_SET',
    ScoreScaleSet: 'VERSION_SET',
    RagRuleSet: 'VERSION_SET',
    ClosureRouteSet: 'VERSION_SET',
    DueDatePolicySet: 'VERSION_SET',
    LateAllowanceSet: 'VERSION_SET',
    CadenceSet: 'VERSION_SET',
    OpeningPolicySet: 'VERSION_SET',
    RuleEnded: 'ENDED',
  },
  throughout(here, closing, day) {
    const { kind } = (closing ?? here ?? {}) as Partial<AddedRule>;
    if (kind === undefined || !BANDS.includes(kind)) return here;
    return closing === null || closing.status === 'NOT_ADDED' ? null : inForceThroughout(closing, day);
  },
};

/** The kinds of rule that band what they are about. A closure route bands nothing: what it closed stays closed. */
const BANDS: readonly RuleKind[] = ['SCORE_SCALE', 'RAG'];

/** The rule as though the version that is in force on that day had always been, and would be. The others are found by their numbers. */
function inForceThroughout(rule: AddedRule, day: CivilDate): AddedRule {
  const version = inForceOn(rule, day);
  const last = rule.versions.at(-1);
  if (last === undefined) return rule;
  const { until: _until, ...held } = version ?? last;
  const others = rule.versions.filter((one) => one !== (version ?? last));
  const always = { ...held, from: BEGINNING_OF_DAYS, ...(version === null ? { until: BEGINNING_OF_DAYS } : {}) };
  return { ...rule, versions: [...others, always] };
}
