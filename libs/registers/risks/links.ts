import type { Links } from '../../ledger/index.ts';
import type { RuleLink, ScoreScale } from '../../rules/index.ts';
import type { ProposedRisk } from './state.ts';

/*
 * Registers never import each other: these are the shapes that risks rely on in the states of other registers. `test/architecture` and the
 * end-to-end tests hold both sides together.
 */

/** A scale that a command names, and that is therefore there: whatever rule it is. */
export function scaleIn(links: Links, ref: string): RuleLink<ScoreScale> {
  return links.find('rules', ref) as RuleLink<ScoreScale>;
}

/** A risk that a command names, and that is therefore there. */
export function riskIn(links: Links, ref: string): ProposedRisk {
  return links.find('risks', ref) as ProposedRisk;
}
