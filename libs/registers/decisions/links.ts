import type { Links } from '../../ledger/index.ts';
import type { ProposedDecision } from './state.ts';

/** A decision that a command names, and that is therefore there. */
export function decisionIn(links: Links, ref: string): ProposedDecision {
  return links.find('decisions', ref) as ProposedDecision;
}
