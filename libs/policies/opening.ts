import { markingOf, visibilityOf } from '../access/index.ts';
import {
  londonDayOf,
  type Command,
  type OpeningPolicy,
  type OwedOpening,
  type PlacedEvent,
  type RecordEvent,
  type Register,
} from '../ledger/index.ts';
import { rules } from '../registers/rules/index.ts';
import { inForceOn, openingsRef, type Openings, type OpeningsLink } from '../rules/index.ts';
import { amend, fold } from '../timeline/index.ts';

/** What an event of a record opens, and on whose say. */
export type Opens = Pick<OwedOpening, 'authority' | 'command'>;

interface Declared<State, Event extends RecordEvent, Cmd extends Command> {
  readonly name: string;
  readonly causes: Register<State, Event, Cmd>;
  readonly types: readonly string[];
  readonly commands: readonly string[];
  readonly opens: string;
  readonly switchedOnBy: keyof Openings;
  /** What one of these facts opens, in the state that all facts of its record make. */
  of(fact: Event, state: State): Opens | null;
}

/** A policy that opens records. What it opens names the event in its fact `causedBy`, whoever opens it. */
export function opening<State, Event extends RecordEvent, Cmd extends Command>(
  policy: Declared<State, Event, Cmd>,
): OpeningPolicy {
  const { name, causes, types, commands, opens, switchedOnBy } = policy;
  return {
    name,
    causes: { register: causes.name, types, commands },
    opens,
    switchedBy: rules.name,
    switchOf(origin) {
      const body = causes.bodyOf?.(fold(causes, amend(causes, origin))) ?? null;
      return body === null ? null : openingsRef(body);
    },
    causeOf({ facts: { causedBy } }) {
      return typeof causedBy === 'string' ? causedBy : null;
    },
    owed(origin, switches) {
      const placed = new Map(origin.map((event) => [event.id, event]));
      const facts = amend(causes, origin);
      const state = fold(causes, facts);
      const visibility = visibilityOf(origin);
      return facts
        .filter((fact) => types.includes(fact.type) && fact.imported !== true)
        .map((fact) => ({ ...fact, sequence: placed.get(fact.id)!.sequence }))
        .filter((fact) => wasOn(switchedOnBy, switches, fact))
        .sort((a, b) => a.sequence - b.sequence)
        .flatMap((cause) => {
          const opens = policy.of(cause, state);
          return opens === null ? [] : [{ cause, marking: markingOf(visibility, cause), ...opens }];
        });
    },
  };
}

/** Was it on when that fact was recorded, by what was known of its rule then? What was said of the rule since switches nothing on or off for it. */
function wasOn(flag: keyof Openings, switches: readonly PlacedEvent[], fact: PlacedEvent): boolean {
  const known = switches.filter(({ sequence }) => sequence < fact.sequence);
  const rule = fold(rules, amend(rules, known)) as unknown as Partial<OpeningsLink>;
  if (rule.kind !== 'OPENING_POLICY') return false;
  const inForce = inForceOn(rule as OpeningsLink, londonDayOf(fact.stamped));
  return inForce?.content[flag] === true;
}
