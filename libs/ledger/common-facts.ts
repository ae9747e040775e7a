import type { EventId, RecordEvent } from './event.ts';
import type { JsonValue } from './json.ts';
import { kind, type EventKind } from './kind.ts';
import type { Marking } from './marking.ts';

/**
 * What can be said of every record, whatever its register.
 *
 * A correction patches an earlier event: it is never a movement, an extension or late, and what the value *was* is shown
 * from the fold. A second version from another source is held beside the first and changes nothing.
 */
export type Corrected = RecordEvent<
  'Corrected',
  { readonly target: EventId; readonly schema: number; readonly path: string; readonly is?: JsonValue },
  'is'
>;
export type Voided = RecordEvent<'Voided', { readonly target: EventId }, never>;
export type Restored = RecordEvent<'Restored', { readonly target: EventId }, never>;
export type OtherwiseStated = RecordEvent<
  'OtherwiseStated',
  { readonly target?: EventId; readonly path: string; readonly says?: JsonValue },
  'says'
>;
/** From now on the public may see the record's events up to this one. */
export type Published = RecordEvent<'Published', Record<string, never>, never>;
/** Re-marks one event, or the whole record when no target is given. */
export type Marked = RecordEvent<
  'Marked',
  { readonly target?: EventId; readonly to: Marking & Record<string, JsonValue> },
  never
>;

export type CommonFact = Corrected | Voided | Restored | OtherwiseStated | Published | Marked;

export const COMMON_FACT_TYPES = ['Corrected', 'Voided', 'Restored', 'OtherwiseStated', 'Published', 'Marked'] as const;

/** The common kinds of a register. */
export function commonKinds(register: string): readonly EventKind[] {
  return [
    kind(register, 'Corrected', 1, { texts: ['is'], principal: 'is' }),
    kind(register, 'Voided', 1),
    kind(register, 'Restored', 1),
    kind(register, 'OtherwiseStated', 1, { texts: ['says'], principal: 'says' }),
    kind(register, 'Published', 1),
    kind(register, 'Marked', 1),
  ];
}

/** True for a fact that every register has. */
export function isCommonFact<Event extends { readonly type: string }>(event: Event): event is Event & CommonFact {
  return (COMMON_FACT_TYPES as readonly string[]).includes(event.type);
}

/**
 * Which fact of an event that makes or ends a link, and says nothing else, holds where that leads; undefined for every other event. Whoever may
 * not see the record at the other end is told of no such event.
 */
export function soleLinkOf({ type }: Pick<RecordEvent, 'type'>): string | undefined {
  return SOLE_LINK.get(type);
}
const SOLE_LINK: ReadonlyMap<string, string> = new Map([
  ['Linked', 'to'],
  ['Unlinked', 'to'],
  ['ReadingBegun', 'reads'],
  ['ReadingEnded', 'reads'],
]);
/** The types of such events. */
export const SOLE_LINK_TYPES: readonly string[] = [...SOLE_LINK.keys()];

/** The record to which a link leads, of an event that makes or ends one; undefined for every other event. */
export function linkedIn(event: Pick<RecordEvent, 'type' | 'facts'>): string | undefined {
  const field = soleLinkOf(event);
  return field === undefined ? undefined : (event.facts[field] as string | undefined);
}

/**
 * What every register's `evolve` does with what can be said of any record: nothing, for the timeline applies it. An event of the
 * register's own that its `evolve` forgets does not compile here.
 */
export function unmoved<State>(state: State, _event: CommonFact): State {
  return state;
}
