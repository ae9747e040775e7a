import type { EventId, Holding, RecordEvent, Refusal, Register } from '../ledger/index.ts';
import { amend, type Foldable } from './amend.ts';

/** What of a register the re-fold needs. */
export type Lawful<State, Event extends RecordEvent> = Foldable<State, Event> &
  Pick<Register<State, Event>, 'mayFollow' | 'separation'>;

/**
 * Which fact would a change break? The first, in fold order of `after`, that was legal in the fold of `before` and is not in
 * that of `after`; null when there is none.
 *
 * Only a fact that was legal and becomes illegal blocks: what was illegal already stays as it is, and facts that
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
    yield {
      event,
      refusal: register.mayFollow(
        state,
        knowingHolders(register, event, () => events),
      ),
    };
    state = register.evolve(state, event);
  }
}

/**
 * All that is written of holders anywhere in these events. Who held a post is so whatever becomes of the fact with which it was
 * written, so voids and corrections do not matter here.
 */
export function holdersIn(events: readonly RecordEvent[]): readonly Holding[] {
  return events.flatMap(({ actor }) => actor.holders ?? []);
}

/**
 * An event as `mayFollow` is asked of it. One that ends the record as done is judged by all that is written of holders in the record,
 * for it may have come to be the work of a post that was not asked about when it was entered.
 *
 * @param events gives all events of the record, itself included
 */
export function knowingHolders<State, Event extends RecordEvent>(
  { separation }: Pick<Register<State, Event>, 'separation'>,
  event: Event,
  events: () => readonly RecordEvent[],
): Event {
  if (separation === undefined || !Object.values(separation.ends).includes(event.type)) return event;
  return { ...event, actor: { ...event.actor, holders: holdersIn(events()) } };
}
