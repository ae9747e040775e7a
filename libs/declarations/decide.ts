import type {
  Command,
  Decision,
  DecisionContext,
  Draft,
  LinkWanted,
  RecordEvent,
  Refusal,
  Register,
} from '../ledger/index.ts';
import { inCapitals } from './labels.ts';
import { kindOfRecord, kindSpelt } from './record-kinds.ts';

/**
 * Either what is to be recorded, or why not: the one way in which a command to a register is decided. In this order: what the input
 * alone can tell, whether the event that it leads to may follow, what it requires of the envelope, whether the records are there that it
 * names, whether other records allow it as they are (`whyNotNow`), and what the register alone knows (`decide`).
 */
export function decideCommand<State, Event extends RecordEvent, Cmd extends Command>(
  register: Pick<Register<State, Event, Cmd>, 'declared' | 'mayFollow' | 'whyNotNow' | 'decide'>,
  state: State,
  command: Cmd,
  context: DecisionContext,
): Decision {
  const declared = register.declared[command.type];
  if (declared === undefined) throw new Error(`no command is called ${command.type}`);
  const refusal =
    declared.whyNotInput(command) ??
    register.mayFollow(state, context.wouldBe<Event>(declared.leadsTo)) ??
    declared.whyNotEnvelope(context) ??
    firstUnknown(declared.namedIn(command), context) ??
    register.whyNotNow?.(state, command, context) ??
    null;
  return refusal === null ? register.decide(state, command, context) : { refusal };
}

/**
 * Records an event of which `mayFollow` was asked before its facts were known, if it still may follow: it is asked again with them.
 */
export function ifItMay<State, Event extends RecordEvent>(
  mayFollow: (state: State, event: Event) => Refusal | null,
  state: State,
  event: Draft,
  context: DecisionContext,
): Decision {
  const refusal = mayFollow(state, context.wouldBe<Event>(event.type, event.facts));
  return refusal === null ? { events: [event] } : { refusal };
}

/** The sentence for a record that is not there, or not for the caller: it says the same of both. Each is spelt as its kind is. */
export function firstUnknown(named: readonly LinkWanted[], { links }: Pick<DecisionContext, 'links'>): Refusal | null {
  const unknown = named.find(({ register, ref }) => links.find(register, ref) === null);
  const kind = unknown === undefined ? null : kindSpelt(unknown.ref);
  if (unknown === undefined || kind === null) return null;
  const { ref, field } = unknown;
  return {
    code: `UNKNOWN_${inCapitals(kind)}`,
    sentence: kindOfRecord(kind).unknown.replace(`{${kind}}`, ref),
    field,
  };
}
