import type { Command, MayIssue } from '../../ledger/index.ts';
import type { DecisionAdviceOn } from './fields.ts';
import type { DecisionState } from './state.ts';

/** Commands that are for whoever decides this very decision. */
export const FOR_ITS_MAKER: readonly string[] = [
  'MakeDecision',
  'NameDecisionAction',
  'DeferDecision',
  'RefuseDecision',
  'SetDecisionCondition',
  'VaryDecision',
  'RevokeDecision',
  'SupersedeDecision',
];

const COMMISSIONER: MayIssue = ['commissioner'];
/** What a body decided at a meeting the office records, on the authority of that meeting. */
const OF_A_BODY: MayIssue = ['opcc-officer', 'monitoring-officer', 'commissioner'];

/** The statutory officers: law is the monitoring officer's (Local Government and Housing Act 1989, section 5), money the chief finance officer's, who acts as an officer. */
const ADVISES: { readonly [on in DecisionAdviceOn]?: MayIssue } = {
  LEGAL: ['monitoring-officer', 'external'],
  FINANCE: ['opcc-officer', 'external'],
};

/**
 * Who may issue this very command: whoever decides is the post to which it was delegated, else the commissioner or the body, as it was proposed.
 * To delegate it is the first maker's, and remains so.
 */
export function mayIssueThis(command: Command, state: DecisionState): MayIssue | undefined {
  if (command.type === 'AdviseOnDecision') {
    const { adviceOn } = command as Command & { readonly adviceOn?: DecisionAdviceOn };
    return adviceOn !== undefined && Object.hasOwn(ADVISES, adviceOn) ? ADVISES[adviceOn] : undefined;
  }
  if (state.status === 'NOT_PROPOSED') return undefined;
  const first = state.maker === 'COMMISSIONER' ? COMMISSIONER : OF_A_BODY;
  if (command.type === 'DelegateDecision') return first;
  if (!FOR_ITS_MAKER.includes(command.type)) return undefined;
  return state.delegated === undefined ? first : 'LEAD';
}
