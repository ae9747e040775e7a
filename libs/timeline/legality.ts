import type { EventId, RecordEvent, Refusal, Register } from '../ledger/index.ts';
import { amend, type Foldable } from './amend.ts';

/** What of a register the re-fold needs. */
export type Lawful<State, Event extends RecordEvent> = Foldable<State, Event> &
  Pick<Register<State, Event>, 'mayFollow'>;

/**
 * Which fact would a change break? The first, in fold order of `after`, that was legal in the fold of `before` and is not in
 * that of `after`; null when there is none.
 *
 * Only a fact that was legal and becomes illegal blocks (design §6): what was illegal already stays as it is, and facts that
 * were not in force in `before`, new or restored, are asked about with {@link isLegal}.
 */
export function firstIllegal<State, Event extends RecordEvent>(
  register: Lawful<State, Event>,
  before: readonly RecordEvent[],
  after: readonly RecordEvent[],
): { readonly event: Event; readonly refusal: Refusal } | null {
  const wasLegal = new Set<EventId>();
  for (const { event, refusal } of verdicts(register, before)) if (refusal === null) wasLegal.add(event.id);
  for (const { event, refusal } of verdicts(register, after)) {
    if (refusal !== null && wasLegal.has(event.id)) return { event, refusal };
  }
  return null;
}

/**
 * May that fact follow those that fold before it? Null: yes; otherwise why not. Null too for an id that names no own fact in
 * force: amendments are not folded, so the fold has nothing to say of them.
 */
export function isLegal<State, Event extends RecordEvent>(
  register: Lawful<State, Event>,
  events: readonly RecordEvent[],
  id: EventId,
): Refusal | null {
  for (const { event, refusal } of verdicts(register, events)) if (event.id === id) return refusal;
  return null;
}

function* verdicts<State, Event extends RecordEvent>(
  register: Lawful<State, Event>,
  events: readonly RecordEvent[],
): Generator<{ readonly event: Event; readonly refusal: Refusal | null }> {
  let state = register.initial;
  for (const event of amend(register, events)) {
    yield { event, refusal: register.mayFollow(state, event) };
    state = register.evolve(state, event);
  }
}
