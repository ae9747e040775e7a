import { draft, heldDue, ifItMay, isBlank, present, record } from '../../declarations/index.ts';
import {
  asOfSession,
  isRestricted,
  OFFICIAL_OPEN,
  type CivilDate,
  type Decision,
  type DecisionContext,
  type Draft,
} from '../../ledger/index.ts';
import { basisOf } from './basis.ts';
import type {
  AdviseOnDecision,
  DecisionCommand,
  DelegateDecision,
  MakeDecision,
  NameDecisionAction,
  ProposeDecision,
  SetDecisionCondition,
  SupersedeDecision,
  WriteDecisionPart,
} from './commands.ts';
import * as Event from './events.ts';
import { decisionIn } from './links.ts';
import { no } from './refusals.ts';
import { madeOn, mayFollow, type ProposedDecision, type DecisionState } from './state.ts';

/**
 * Either what is to be recorded, or why not: what decisions alone know. `decideCommand` (`libs/declarations`) has asked whether the input is
 * sound, the event may follow, a reason is given where one is needed, and whatever the command names is there.
 */
export function decide(state: DecisionState, command: DecisionCommand, context: DecisionContext): Decision {
  if (command.type === 'ProposeDecision') return propose(command, context);
  // `mayFollow` has refused every other command to a decision that was not proposed.
  return decideOn(state as ProposedDecision, command, context);
}

function decideOn(
  decision: ProposedDecision,
  command: Exclude<DecisionCommand, ProposeDecision>,
  context: DecisionContext,
): Decision {
  switch (command.type) {
    case 'DraftDecision':
      return record(draft(Event.DecisionDrafted, { texts: { recommendation: command.recommendation } }));
    case 'RejectDecisionOption':
      return record(draft(Event.DecisionOptionRejected, { texts: { option: command.option } }));
    case 'AdviseOnDecision':
      return advise(command, context);
    case 'RecordDecisionConsultation': {
      const { body, post, who, said } = command;
      return record(draft(Event.DecisionConsulted, { facts: { body, post }, texts: { who, said } }));
    }
    case 'WriteDecisionPart':
      return writePart(command, context);
    case 'DelegateDecision':
      return delegate(decision, command, context);
    case 'MakeDecision':
      return make(decision, command, context);
    case 'DeferDecision': {
      const { due } = command;
      return record(draft(Event.DecisionDeferred, { facts: { due: heldDue(due) }, texts: { phrase: due?.phrase } }));
    }
    case 'RefuseDecision':
      return record(draft(Event.DecisionRefused));
    case 'DropDecision':
      return record(draft(Event.DecisionNotTaken));
    case 'NameDecisionAction': {
      const late = whyNotDueThen([command.due?.on], () => 'due.on', context);
      if (late !== null) return late;
      return ifItMay(mayFollow, decision, namedAction(command), context);
    }
    case 'SetDecisionCondition': {
      const late = whyNotFollowedThen([command], () => 'targetOn', context);
      return late ?? record(conditionSet(command));
    }
    case 'ReportDecisionCondition': {
      const { condition, standing, text } = command;
      const reported = draft(Event.DecisionConditionReported, {
        facts: { condition, standing },
        texts: { update: text },
      });
      return ifItMay(mayFollow, decision, reported, context);
    }
    case 'SignDecision':
      return record(draft(Event.DecisionSigned, { facts: { signedBy: command.signedBy } }));
    case 'RecordDecision': {
      const { publicInterest, test } = command;
      return record(draft(Event.DecisionRecorded, { facts: { publicInterest }, texts: { test } }));
    }
    case 'PublishDecisionNotice': {
      const { notice, publishedAt } = command;
      return record(draft(Event.DecisionNoticePublished, { facts: { notice }, texts: { publishedAt } }));
    }
    case 'WithholdDecision':
      return record(draft(Event.DecisionWithheld, { texts: { exemption: command.exemption } }));
    case 'VaryDecision':
      return record(draft(Event.DecisionVaried, { texts: { variation: command.variation } }));
    case 'RevokeDecision':
      return record(draft(Event.DecisionRevoked));
    case 'SupersedeDecision':
      return supersede(decision, command, context);
  }
}

/** Numbers would tell how many hidden ones there are, so those end in random characters. */
function propose(command: ProposeDecision, { envelope, effectiveOn }: DecisionContext): Decision {
  const { body, maker, title, summary, due } = command;
  const proposed = draft(Event.DecisionProposed, {
    facts: { body, maker, due: heldDue(due) },
    texts: { title, summary, phrase: due?.phrase },
  });
  const series = `${body}-${effectiveOn.slice(0, 7)}`;
  const style = isRestricted(envelope.marking ?? OFFICIAL_OPEN) ? 'RANDOM' : 'NEXT';
  return { events: [proposed], reference: { series, stem: `${series}-D`, style } };
}

function advise({ adviceOn, applies, advice }: AdviseOnDecision, { imported }: DecisionContext): Decision {
  if (applies && isBlank(advice) && !imported) return no('ADVICE_NEEDED', 'advice');
  return record(draft(Event.DecisionAdvised, { facts: { adviceOn, applies }, texts: { advice } }));
}

/** The closed part is for those who may see what a closed session dealt with; a stricter marking is kept. */
function writePart({ part, content }: WriteDecisionPart, { envelope }: DecisionContext): Decision {
  const written = draft(Event.DecisionPartWritten, { facts: { part }, texts: { content } });
  if (part === 'OPEN') return record(written);
  return record({ ...written, marking: asOfSession(envelope.marking ?? OFFICIAL_OPEN, 'CLOSED') });
}

function delegate(
  decision: ProposedDecision,
  { delegate: post }: DelegateDecision,
  context: DecisionContext,
): Decision {
  if (context.envelope.authority === undefined) return no('DELEGATION_NEEDS_AUTHORITY', 'authority');
  if (decision.delegated?.delegate === post) return no('NOTHING_CHANGES', 'delegate');
  return record(draft(Event.DecisionDelegated, { facts: { delegate: post } }));
}

function make(decision: ProposedDecision, command: MakeDecision, context: DecisionContext): Decision {
  const { decided, cites } = command;
  const basis = basisOf(command, decision, context);
  if (basis === null && (command.basisOn ?? command.basisRecorded) !== undefined)
    return no('BASIS_OF_A_PAPER', command.basisOn === undefined ? 'basisRecorded' : 'basisOn');
  if (basis !== null && basis.recorded > context.now) return no('BASIS_AFTER_NOW', 'basisRecorded');
  const held =
    basis === null
      ? {}
      : {
          basisOn: basis.on,
          basisRecorded: basis.recorded,
          basisClock: basis.clock,
          lastEvent: context.lastEvent ?? undefined,
        };
  const made = draft(Event.DecisionMade, {
    facts: { ...held, cites: cites === undefined ? undefined : [...cites] },
    texts: { decided },
  });
  const { actions = [], conditions = [] } = command;
  const late =
    whyNotDueThen(
      actions.map(({ due }) => due),
      (row) => `actions.${row}.due`,
      context,
    ) ?? whyNotFollowedThen(conditions, (row) => `conditions.${row}.targetOn`, context);
  if (late !== null) return late;
  const decidedNow = ifItMay(mayFollow, decision, made, context);
  if ('refusal' in decidedNow) return decidedNow;
  const named = actions.map(({ title, owner, due: on, phrase }) =>
    namedAction({
      title,
      ...present({ owner }),
      ...(on === undefined && phrase === undefined ? {} : { due: present({ on, phrase }) }),
    }),
  );
  return { events: [made, ...named, ...conditions.map(conditionSet)] };
}

function namedAction({ title, owner, due }: Pick<NameDecisionAction, 'title' | 'owner' | 'due'>): Draft {
  return draft(Event.DecisionActionNamed, {
    facts: { owner, due: heldDue(due) },
    texts: { title, phrase: due?.phrase },
  });
}

type Condition = Pick<SetDecisionCondition, 'subjectTo' | 'targetOn' | 'owner'>;

function conditionSet({ subjectTo, targetOn, owner }: Condition): Draft {
  return draft(Event.DecisionConditionSet, { facts: { targetOn, owner }, texts: { subjectTo } });
}

/** Why what is to be done cannot be due then: it would have to be done before it was decided. What a paper prints is held as it was printed. */
function whyNotDueThen(
  days: readonly (CivilDate | undefined)[],
  field: (row: number) => string,
  { effectiveOn, imported }: DecisionContext,
): Decision | null {
  const row = days.findIndex((day) => day !== undefined && day < effectiveOn);
  return row < 0 || imported ? null : no('DUE_BEFORE_DECIDED', field(row), { due: days[row]!, decided: effectiveOn });
}

/** A condition may have been due earlier; an action that follows it may not be. */
function whyNotFollowedThen(
  conditions: readonly Pick<Condition, 'targetOn' | 'owner'>[],
  field: (row: number) => string,
  context: DecisionContext,
): Decision | null {
  return whyNotDueThen(
    conditions.map(({ owner, targetOn }) => (owner === undefined ? undefined : targetOn)),
    field,
    context,
  );
}

/** Another stands in its place if it was made and holds: what that one became later unmakes nothing. */
function supersede(
  decision: ProposedDecision,
  { supersededBy }: SupersedeDecision,
  context: DecisionContext,
): Decision {
  const superseded = draft(Event.DecisionSuperseded, { facts: { supersededBy } });
  const decidedNow = ifItMay(mayFollow, decision, superseded, context);
  if ('refusal' in decidedNow || madeOn(decisionIn(context.links, supersededBy)) !== null) return decidedNow;
  return no('OTHER_NOT_MADE', 'supersededBy', { decision: supersededBy });
}
