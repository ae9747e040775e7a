import { draft, heldRows } from '../../declarations/index.ts';
import { canonicalJson, type Decision, type DecisionContext, type Draft } from '../../ledger/index.ts';
import { allowanceRef, cadenceRef, closureRouteRef, inForceOn, openingsRef, type RuleKind } from '../../rules/index.ts';
import type { AddRule, RuleCommand } from './commands.ts';
import * as Event from './events.ts';
import * as field from './fields.ts';
import { refuse } from './refusals.ts';
import { mayFollow, type RuleState, type SetVersion } from './state.ts';

/** What rules alone know: `decideCommand` (`libs/declarations`) has asked all that the declarations say. */
export function decide(state: RuleState, command: RuleCommand, context: DecisionContext): Decision {
  switch (command.type) {
    case 'AddRule':
      return addRule(command);
    case 'SetPriorityScale':
    case 'SetGradeScale': {
      const { version = nextVersion(state), levels } = command;
      const { facts, texts } = heldRows('levels', field.levels, levels);
      const event = command.type === 'SetGradeScale' ? Event.GradeScaleSet : Event.PriorityScaleSet;
      return ifItMay(state, draft(event, { facts: { version, ...facts }, texts }), context);
    }
    case 'SetScoreScale': {
      const { version = nextVersion(state), likelihoods, impacts, bands } = command;
      const likely = heldRows('likelihoods', field.scores.likelihoods, likelihoods);
      const matter = heldRows('impacts', field.scores.impacts, impacts);
      const banded = heldRows('bands', field.scores.bands, bands);
      const facts = { version, ...likely.facts, ...matter.facts, ...banded.facts };
      return ifItMay(
        state,
        draft(Event.ScoreScaleSet, { facts, texts: { ...likely.texts, ...matter.texts } }),
        context,
      );
    }
    case 'SetRagRule': {
      const { version = nextVersion(state), cases } = command;
      const { facts, texts } = heldRows('cases', field.cases, cases);
      return ifItMay(state, draft(Event.RagRuleSet, { facts: { version, ...facts }, texts }), context);
    }
    case 'SetClosureRoute': {
      const { type: _, ref: __, version = nextVersion(state), ...says } = command;
      return ifItMay(state, draft(Event.ClosureRouteSet, { facts: { version, ...says } }), context);
    }
    case 'SetDueDatePolicy': {
      const { type: _, ref: __, version = nextVersion(state), ...asks } = command;
      return ifItMay(state, draft(Event.DueDatePolicySet, { facts: { version, ...asks } }), context);
    }
    case 'SetLateAllowance': {
      const { version = nextVersion(state), days } = command;
      return ifItMay(state, draft(Event.LateAllowanceSet, { facts: { version, days } }), context);
    }
    case 'SetCadence': {
      const { version = nextVersion(state), every, unit } = command;
      const { facts, texts } = heldRows('months', field.months, command.months);
      return ifItMay(state, draft(Event.CadenceSet, { facts: { version, every, unit, ...facts }, texts }), context);
    }
    case 'SetOpeningPolicy': {
      const { type: _, ref: __, version = nextVersion(state), ...openings } = command;
      return ifItMay(state, draft(Event.OpeningPolicySet, { facts: { version, ...openings } }), context);
    }
    case 'EndRule':
      return { events: [draft(Event.RuleEnded)] };
  }
}

/** Words after the body, as the spelling of rules has them. */
const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
/** What the ledger calls rules of which a body has one. */
const RESERVED = /^(?:closure|cadence|opening|late(?:-.*)?)$/;
const MOST = 64;

function addRule(command: AddRule): Decision {
  const { kind, body, title, register } = command;
  const ref = whyNotNamed(command);
  if (typeof ref !== 'string') return ref;
  const added = draft(Event.RuleAdded, { facts: { kind, body, register }, texts: { title } });
  return { events: [added], reference: { series: 'rules', stem: ref, style: 'EXACT' } };
}

type Named = Pick<AddRule, 'kind' | 'body' | 'as' | 'register'>;

/** The reference that it is to have, or why it has none. */
function whyNotNamed({ kind, body, as, register }: Named): string | { readonly refusal: ReturnType<typeof refuse> } {
  const no = (...why: Parameters<typeof refuse>) => ({ refusal: refuse(...why) });
  const own = ownName(kind, body, register);
  if (own === null && as === undefined) return no('NAME_NEEDED', { field: 'as' });
  if (own !== null && as !== undefined) return no('NAME_NOT_TAKEN', { field: 'as', values: { ref: own } });
  const ref = own ?? `${body}-${as}`;
  if (as !== undefined && (!NAME.test(as) || ref.length > MOST)) return no('MALFORMED_NAME', { field: 'as' });
  if (as !== undefined && RESERVED.test(as)) return no('RESERVED_NAME', { field: 'as', values: { ref } });
  if (kind === 'LATE_ALLOWANCE' && register === undefined) return no('REGISTER_NEEDED', { field: 'register' });
  return kind !== 'LATE_ALLOWANCE' && register !== undefined ? no('REGISTER_NOT_TAKEN', { field: 'register' }) : ref;
}

/** What the ledger calls a rule of that kind; null where it is called as whoever adds it says. */
function ownName(kind: RuleKind, body: string, register = ''): string | null {
  if (kind === 'CLOSURE_ROUTE') return closureRouteRef(body);
  if (kind === 'CADENCE') return cadenceRef(body);
  if (kind === 'OPENING_POLICY') return openingsRef(body);
  return kind === 'LATE_ALLOWANCE' ? allowanceRef(body, register.toLowerCase().replaceAll('_', '-')) : null;
}

/** One more than the greatest whole number that a version has. */
function nextVersion(state: RuleState): string {
  const versions = state.status === 'NOT_ADDED' ? [] : state.versions;
  const numbers = versions.map(({ version }) => version).filter((version) => /^\d{1,9}$/.test(version));
  return String(Math.max(0, ...numbers.map(Number)) + 1);
}

/** `mayFollow` was asked before the facts were known: it is asked again with them. */
function ifItMay(state: RuleState, event: Draft, context: DecisionContext): Decision {
  const refusal = mayFollow(state, context.wouldBe(event.type as never, event.facts as never));
  if (refusal !== null) return { refusal };
  const latest = state.status === 'NOT_ADDED' ? null : inForceOn(state, context.effectiveOn);
  const inForce: SetVersion | null = latest;
  const { version: _, ...content } = event.facts;
  // Words are sealed, so only a version without any can be told to say the same.
  const hasWords = Object.keys(event.texts ?? {}).length > 0 || inForce?.words !== undefined;
  const isSame = !hasWords && inForce !== null && canonicalJson(inForce.content) === canonicalJson(content);
  return isSame ? { refusal: refuse('NOTHING_CHANGES', { field: 'ref' }) } : { events: [event] };
}
