import { markingOf, visibilityOf } from '../access/index.ts';
import {
  londonDayOf,
  type Command,
  type Opening,
  type OpeningPolicy,
  type PlacedEvent,
  type RecordEvent,
  type Register,
} from '../ledger/index.ts';
import { rules } from '../registers/rules/index.ts';
import { inForceOn, openingsRef, type Openings, type OpeningsLink } from '../rules/index.ts';
import { amend, fold } from '../timeline/index.ts';

/** What an event of a record opens, and on whose say. The command is the one that the policy declares. */
export interface Opens extends Pick<Opening, 'authority'> {
  readonly says: Omit<Opening['command'], 'type'>;
}

interface Declared<State, Event extends RecordEvent, Cmd extends Command> {
  readonly name: string;
  readonly causes: Register<State, Event, Cmd>;
  readonly types: readonly string[];
  readonly commands: readonly string[];
  readonly opens: string;
  readonly opensBy: string;
  readonly switchedOnBy: keyof Openings;
  /** What one of these facts opens, in the state that all facts of its record make. */
  of(fact: Event, state: State): Opens | null;
}

/** A policy that opens records. What it opens names the event in its fact `causedBy`, whoever opens it. */
export function opening<State, Event extends RecordEvent, Cmd extends Command>(
  policy: Declared<State, Event, Cmd>,
): OpeningPolicy {
  const { name, causes, types, commands, opens, opensBy, switchedOnBy } = policy;
  return {
    name,
    causes: { register: causes.name, types, commands },
    opens,
    opensBy,
    switchedBy: rules.name,
    switchOf(origin) {
      const body = causes.bodyOf?.(fold(causes, amend(causes, origin))) ?? null;
      return body === null ? null : openingsRef(body);
    },
    causeOf({ facts: { causedBy } }) {
      return typeof causedBy === 'string' ? causedBy : null;
    },
    wouldOpen(origin, cause) {
      const { standing, openedBy } = read(origin);
      return standing.flatMap((fact) => (fact.id === cause ? openedBy(fact) : []))[0] ?? null;
    },
    owed(origin, switches) {
      const placed = new Map(origin.map((event) => [event.id, event]));
      const { standing, openedBy } = read(origin);
      return standing
        .filter((fact) => fact.imported !== true)
        .map((fact) => ({ ...fact, sequence: placed.get(fact.id)!.sequence }))
        .filter((fact) => wasOn(switchedOnBy, switches, fact))
        .sort((a, b) => a.sequence - b.sequence)
        .flatMap(openedBy);
    },
  };

  /** The facts of a record that stand and may open something, as they read now, and what each opens. */
  function read(origin: readonly RecordEvent[]) {
    const facts = amend(causes, origin);
    const state = fold(causes, facts);
    const visibility = visibilityOf(origin);
    function openedBy<Fact extends Event>(cause: Fact): readonly Opening<Fact>[] {
      const opened = policy.of(cause, state);
      if (opened === null) return [];
      const { says, ...onSayOf } = opened;
      const command = { type: opensBy, ...says };
      return [{ cause, marking: markingOf(visibility, cause), command, ...onSayOf }];
    }
    return { standing: facts.filter(({ type }) => types.includes(type)), openedBy };
  }
}

/** Was it on when that fact was recorded, by what was known of its rule then? What was said of the rule since switches nothing on or off for it. */
function wasOn(flag: keyof Openings, switches: readonly PlacedEvent[], fact: PlacedEvent): boolean {
  const known = switches.filter(({ sequence }) => sequence < fact.sequence);
  const rule = fold(rules, amend(rules, known)) as unknown as Partial<OpeningsLink>;
  if (rule.kind !== 'OPENING_POLICY') return false;
  const inForce = inForceOn(rule as OpeningsLink, londonDayOf(fact.stamped));
  return inForce?.content[flag] === true;
}
