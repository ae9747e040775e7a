import { draft, ifItMay, record } from '../../declarations/index.ts';
import { heldOwners, isOwnedAlike, ownersOf } from '../../access/index.ts';
import { numberedIn, OFFICIAL_OPEN, type Decision, type DecisionContext, type Refusal } from '../../ledger/index.ts';
import { inForceOn, type RuleVersion, type ScoreScale, type ScoreStep } from '../../rules/index.ts';
import type {
  AddRiskControl,
  AllocateRisk,
  MergeRisk,
  MoveRiskControl,
  ProposeRisk,
  RiskCommand,
  ScoreRisk,
  SetRiskAppetite,
} from './commands.ts';
import * as Event from './events.ts';
import { riskIn, scaleIn } from './links.ts';
import { no } from './refusals.ts';
import { mayFollow, type ProposedRisk, type RiskState } from './state.ts';

/**
 * Either what is to be recorded, or why not: what risks alone know. `decideCommand` (`libs/declarations`) has asked whether the input is sound,
 * the event may follow, a reason is given where one is needed, and whatever the command names is there.
 */
export function decide(state: RiskState, command: RiskCommand, context: DecisionContext): Decision {
  if (command.type === 'ProposeRisk') return propose(command, context);
  // `mayFollow` has refused every other command to a risk that was not proposed.
  return decideOn(state as ProposedRisk, command, context);
}

function decideOn(risk: ProposedRisk, command: Exclude<RiskCommand, ProposeRisk>, context: DecisionContext): Decision {
  switch (command.type) {
    case 'RegisterRisk':
      return record(draft(Event.RiskRegistered));
    case 'AllocateRisk':
      return allocate(risk, command);
    case 'RewordRisk': {
      const { category, title, cause, what, effect, cost } = command;
      return record(draft(Event.RiskReworded, { facts: { category }, texts: { title, cause, what, effect, cost } }));
    }
    case 'ScoreRisk':
      return score(command, context);
    case 'ReviewRisk':
      return record(draft(Event.RiskReviewed, { texts: { update: command.text } }));
    case 'SetRiskAppetite':
      return setAppetite(command, context);
    case 'ChooseRiskResponse':
      return record(draft(Event.RiskResponseChosen, { facts: { response: command.response } }));
    case 'AddRiskControl':
      return addControl(command, context);
    case 'MoveRiskControl':
      return moveControl(risk, command, context);
    case 'ReportRiskControl': {
      const { control, standing, effectiveness, owner, text } = command;
      const facts = { control, standing, effectiveness, owner };
      return ifItMay(mayFollow, risk, draft(Event.RiskControlReported, { facts, texts: { update: text } }), context);
    }
    case 'AssureRiskControl': {
      const { control, line, opinion, cites, text } = command;
      const facts = { control, line, opinion, cites };
      return ifItMay(mayFollow, risk, draft(Event.RiskControlAssured, { facts, texts: { update: text } }), context);
    }
    case 'RequestRiskAcceptance': {
      const { side, until } = command;
      return ifItMay(mayFollow, risk, draft(Event.RiskAcceptanceRequested, { facts: { side, until } }), context);
    }
    case 'AcceptRisk': {
      // As it was asked for, unless another day is given.
      const until = command.until ?? risk.asked?.until;
      return ifItMay(mayFollow, risk, draft(Event.RiskAcceptanceGranted, { facts: { until } }), context);
    }
    case 'RequestRiskClosure':
      return record(draft(Event.RiskClosureRequested, { facts: { side: command.side } }));
    case 'CloseRisk':
      return record(draft(Event.RiskClosed));
    case 'RefuseRiskRequest':
      return record(draft(Event.RiskRequestRefused));
    case 'EscalateRisk':
      return ifItMay(mayFollow, risk, draft(Event.RiskEscalated, { facts: { register: command.register } }), context);
    case 'DeescalateRisk':
      return ifItMay(mayFollow, risk, draft(Event.RiskDeescalated, { facts: { register: command.register } }), context);
    case 'MergeRisk':
      return merge(risk, command, context);
    case 'ReopenRisk':
      return record(draft(Event.RiskReopened));
  }
}

function propose(command: ProposeRisk, { envelope, effectiveOn }: DecisionContext): Decision {
  const { body, register, kind, category, title, cause, what, effect, cost } = command;
  const proposed = draft(Event.RiskProposed, {
    facts: { body, register, kind, category, ...heldOwners(command) },
    texts: { title, cause, what, effect, cost },
  });
  const reference = numberedIn(`${body}-${effectiveOn.slice(0, 7)}`, 'K', envelope.marking ?? OFFICIAL_OPEN);
  return { events: [proposed], reference };
}

function allocate(risk: ProposedRisk, command: AllocateRisk): Decision {
  if (isOwnedAlike(ownersOf(risk), ownersOf(command))) return no('NOTHING_CHANGES', 'owner');
  const { owner = command.owner, owners } = heldOwners(command);
  return record(draft(Event.RiskAllocated, { facts: { owner, owners } }));
}

function score({ of, rule, likelihood, impact, targetOn }: ScoreRisk, context: DecisionContext): Decision {
  const version = scaleNow(rule, context);
  if ('refusal' in version) return version;
  if (targetOn !== undefined && of !== 'TARGET') return no('TARGET_DAY_OF_NOTHING', 'targetOn');
  if (targetOn === undefined && of === 'TARGET' && !context.imported) return no('TARGET_DAY_NEEDED', 'targetOn');
  const { likelihoods, impacts } = version.content;
  const lacks = (steps: readonly ScoreStep[], value: number) => steps.every((step) => step.score !== value);
  for (const [axis, steps, value] of [
    ['likelihood', likelihoods, likelihood],
    ['impact', impacts, impact],
  ] as const)
    if (lacks(steps, value)) return no('NO_SUCH_STEP', axis, { rule, version: version.version, axis, score: value });
  const facts = { of, rule, version: version.version, likelihood, impact, targetOn };
  return record(draft(Event.RiskScored, { facts }));
}

function setAppetite({ rule, most }: SetRiskAppetite, context: DecisionContext): Decision {
  const version = scaleNow(rule, context);
  if ('refusal' in version) return version;
  return record(draft(Event.RiskAppetiteSet, { facts: { rule, version: version.version, most } }));
}

/** The version of a score scale that is in force on the effective day; or why not. */
function scaleNow(
  ref: string,
  { links, effectiveOn }: DecisionContext,
): RuleVersion<ScoreScale> | { readonly refusal: Refusal } {
  const rule = scaleIn(links, ref);
  if (rule.kind !== 'SCORE_SCALE') return no('NO_SUCH_SCALE', 'rule', { rule: ref });
  return inForceOn(rule, effectiveOn) ?? no('SCALE_NOT_IN_FORCE', 'rule', { rule: ref, on: effectiveOn });
}

function addControl({ measure, kind, owner, targetOn }: AddRiskControl, { imported }: DecisionContext): Decision {
  if (targetOn !== undefined && kind === 'EXISTING') return no('TARGET_DAY_OF_NOTHING', 'targetOn');
  if (targetOn === undefined && kind === 'ADDITIONAL' && !imported) return no('TARGET_DAY_NEEDED', 'targetOn');
  return record(draft(Event.RiskControlAdded, { facts: { kind, owner, targetOn }, texts: { measure } }));
}

function moveControl(risk: ProposedRisk, { control, targetOn }: MoveRiskControl, context: DecisionContext): Decision {
  const now = risk.controls.find(({ event }) => event === control)?.targetOn;
  if (now === targetOn) return no('NOTHING_CHANGES', 'targetOn');
  return ifItMay(mayFollow, risk, draft(Event.RiskControlMoved, { facts: { control, targetOn } }), context);
}

/** It goes on in one that is open: what that one became later unmakes nothing. */
function merge(risk: ProposedRisk, { into }: MergeRisk, context: DecisionContext): Decision {
  const { ended } = into === risk.ref ? risk : riskIn(context.links, into);
  if (ended !== undefined) return no('INTO_ENDED_RISK', 'into', { into, how: ended.how.toLowerCase() });
  return ifItMay(mayFollow, risk, draft(Event.RiskMerged, { facts: { into } }), context);
}
