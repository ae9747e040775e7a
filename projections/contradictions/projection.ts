import {
  isDated,
  type Corrected,
  type JsonObject,
  type JsonValue,
  type Register,
  type RecordEvent,
  type TextRef,
} from '../../libs/ledger/index.ts';
import {
  correctedBy,
  isTextRef,
  sourceOf,
  valueAt,
  voidedAmong,
  type SourceRefs,
} from '../../libs/read-models/index.ts';
import { amend, type Dispute } from '../../libs/timeline/index.ts';

/** A value, or a reference to the words that are one, and where it was stated. */
export interface StatedValue {
  readonly value: JsonValue | TextRef;
  readonly source: SourceRefs | null;
}

/**
 * What the record holds of a disputed field, and on whose word. Pure.
 *
 * A dispute about one event: that event's value, as corrected. A dispute about the record: the value in its state, from the
 * last fact in effect that says just this; a value that no fact says (a status) has no source.
 */
export function heldValue(
  register: Register,
  state: unknown,
  events: readonly RecordEvent[],
  effective: string,
  { target, path }: Pick<Dispute, 'target' | 'path'>,
): StatedValue {
  if (target !== undefined) {
    const event = events.find(({ id }) => id === target);
    if (event === undefined) return { value: null, source: null };
    const voided = voidedAmong(events);
    const corrections = events.filter(
      (one): one is RecordEvent & Corrected =>
        one.type === 'Corrected' && one.facts['target'] === target && !voided.has(one.id),
    );
    const { is } = correctedBy(register, event, corrections);
    return { value: valueAt(is, path), source: sourceOf(is) };
  }
  const inEffect = amend(register, events).filter(({ effectiveOn }) => effectiveOn <= effective);
  const inState = memberAt(state, path);
  const value = inState ?? inEffect.map((event) => valueAt(event, path)).findLast((one) => one !== null) ?? null;
  const saying = inEffect.findLast((event) => value !== null && says(event, value));
  return { value, source: saying === undefined ? null : sourceOf(saying) };
}

/**
 * What is held, as the field that it is: a day, a span, a reference, a word of a list, or words. What a state remembers of a step beyond
 * that (who did it, who typed it, on what authority) is no part of the field. Pure.
 */
export function shownAs({ value, source }: StatedValue): StatedValue {
  return { value: fieldIn(value), source };
}

/** Where the field stands in a structured value; the first that is there is it. */
const FIELD_IN = ['outcome', 'text', 'on', 'until', 'dated', 'meeting', 'current', 'phrase', 'effectiveOn'] as const;

function fieldIn(value: JsonValue | TextRef): JsonValue | TextRef {
  if (typeof value !== 'object' || value === null || isTextRef(value) || isDated(value)) return value;
  const members = value as JsonObject;
  const field = FIELD_IN.find((name) => members[name] !== undefined);
  return field === undefined ? null : fieldIn(members[field] ?? null);
}

/** Does a fact say that value, under whatever name? */
function says(event: RecordEvent, value: JsonValue | TextRef): boolean {
  const wanted = JSON.stringify(value);
  return [...Object.values(event.facts), ...Object.values(event.texts)].some((one) => JSON.stringify(one) === wanted);
}

function memberAt(state: unknown, path: string): JsonValue | TextRef | null {
  let value = state;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return null;
    value = (value as JsonObject)[key];
  }
  return (value ?? null) as JsonValue;
}
