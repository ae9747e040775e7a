import { event, fixed, link, newReference, optional, rowTexts, type EventOf } from '../../declarations/index.ts';
import { ruleKind } from '../../rules/index.ts';
import type { CommonFact } from '../../ledger/index.ts';
import * as field from './fields.ts';

/** What is given by a version names it, so none is renumbered: one with a wrong number is voided. */
const version = fixed(field.version);

/** Its reference was made of the body and says what it is, so neither is corrected. */
export const RuleAdded = event('RuleAdded', {
  facts: {
    ref: newReference('rule'),
    kind: fixed(ruleKind),
    body: fixed(link('body', 'The body whose rule it is.')),
    register: optional(fixed(field.lateRegister)),
  },
  texts: { title: field.title },
  leads: 'title',
});
export type RuleAdded = EventOf<typeof RuleAdded>;

/* Each version is in force from the effective day on, which may lie ahead. */

/*
 * What is given by a version (a level, a likelihood and an impact) names it, so no correction changes those: a version that was entered
 * wrongly is voided and set anew. What is read by it (bands, cases) and all words may be corrected.
 */

export const PriorityScaleSet = event('PriorityScaleSet', {
  facts: { version, levels: fixed(field.levels) },
  texts: rowTexts('levels', field.levels),
  forwardDated: true,
});
export type PriorityScaleSet = EventOf<typeof PriorityScaleSet>;

export const GradeScaleSet = event('GradeScaleSet', {
  facts: { version, levels: fixed(field.levels) },
  texts: rowTexts('levels', field.levels),
  forwardDated: true,
});
export type GradeScaleSet = EventOf<typeof GradeScaleSet>;

export const ScoreScaleSet = event('ScoreScaleSet', {
  facts: {
    version,
    likelihoods: fixed(field.scores.likelihoods),
    impacts: fixed(field.scores.impacts),
    bands: field.scores.bands,
  },
  texts: { ...rowTexts('likelihoods', field.scores.likelihoods), ...rowTexts('impacts', field.scores.impacts) },
  forwardDated: true,
});
export type ScoreScaleSet = EventOf<typeof ScoreScaleSet>;

export const RagRuleSet = event('RagRuleSet', {
  facts: { version, cases: field.cases },
  texts: rowTexts('cases', field.cases),
  forwardDated: true,
});
export type RagRuleSet = EventOf<typeof RagRuleSet>;

export const ClosureRouteSet = event('ClosureRouteSet', { facts: { version, ...field.says }, forwardDated: true });
export type ClosureRouteSet = EventOf<typeof ClosureRouteSet>;

export const DueDatePolicySet = event('DueDatePolicySet', { facts: { version, ...field.asks }, forwardDated: true });
export type DueDatePolicySet = EventOf<typeof DueDatePolicySet>;

export const LateAllowanceSet = event('LateAllowanceSet', { facts: { version, days: field.days }, forwardDated: true });
export type LateAllowanceSet = EventOf<typeof LateAllowanceSet>;

export const CadenceSet = event('CadenceSet', {
  facts: { version, ...field.cadence },
  texts: rowTexts('months', field.months),
  forwardDated: true,
});
export type CadenceSet = EventOf<typeof CadenceSet>;

export const OpeningPolicySet = event('OpeningPolicySet', {
  facts: { version, ...field.openings },
  forwardDated: true,
});
export type OpeningPolicySet = EventOf<typeof OpeningPolicySet>;

/** From the effective day on it is in force no longer. */
export const RuleEnded = event('RuleEnded', { forwardDated: true });

export const RULE_EVENTS = [
  RuleAdded,
  PriorityScaleSet,
  GradeScaleSet,
  ScoreScaleSet,
  RagRuleSet,
  ClosureRouteSet,
  DueDatePolicySet,
  LateAllowanceSet,
  CadenceSet,
  OpeningPolicySet,
  RuleEnded,
] as const;
export type RuleEvent = EventOf<(typeof RULE_EVENTS)[number]> | CommonFact;
/** What sets a version. */
export type VersionSet = Exclude<RuleEvent, CommonFact | RuleAdded | EventOf<typeof RuleEnded>>;
