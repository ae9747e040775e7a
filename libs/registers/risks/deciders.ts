import type { Command, MayIssue } from '../../ledger/index.ts';
import type { RiskRegister, RiskSide } from './fields.ts';
import type { RiskState } from './state.ts';

/** Who acts for each side. */
const OF_SIDE: { readonly [side in RiskSide]: readonly string[] } = {
  OPCC: ['opcc-officer', 'commissioner'],
  FORCE: ['force-lead'],
};

/** Who decides on each register. */
const OF_REGISTER: { readonly [register in RiskRegister]: readonly string[] } = {
  ...OF_SIDE,
  JOINT: [...OF_SIDE.OPCC, ...OF_SIDE.FORCE],
};

/**
 * Who may issue this very command: on the office's register the office decides, on the force's a force lead, on the one that both keep either; and
 * there one side answers what the other asked for. Whoever asks says for which side, and is of it.
 */
export function mayIssueThis(command: Command, state: RiskState): MayIssue | undefined {
  switch (command.type) {
    case 'RequestRiskAcceptance':
    case 'RequestRiskClosure': {
      const { side } = command as Command & { readonly side?: RiskSide };
      return side === undefined || !Object.hasOwn(OF_SIDE, side) ? undefined : OF_SIDE[side];
    }
    case 'AcceptRisk':
    case 'CloseRisk':
      if (state.status === 'NOT_PROPOSED') return undefined;
      return state.register === 'JOINT' && state.asked !== undefined
        ? OF_SIDE[state.asked.side === 'FORCE' ? 'OPCC' : 'FORCE']
        : OF_REGISTER[state.register];
    case 'SetRiskAppetite':
    case 'RefuseRiskRequest':
    case 'EscalateRisk':
    case 'DeescalateRisk':
    case 'MergeRisk':
    case 'ReopenRisk':
      return state.status === 'NOT_PROPOSED' ? undefined : OF_REGISTER[state.register];
    default:
      return undefined;
  }
}
