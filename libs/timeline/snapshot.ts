import { BEGINNING_OF_DAYS, linkedIn, type CivilDate, type RecordEvent } from '../ledger/index.ts';
import { fold, readingOf, type Foldable } from './amend.ts';
import { knownAt, type Knowledge } from './clocks.ts';
import type { Caveat, Dispute, KnownEvent, MayAlreadyHold, Snapshot } from './types.ts';

/**
 * The record on one day, as these events tell it: the reference that every quicker way is tested against.
 *
 * State: the fold of the facts in force that took effect on that day or before.
 *
 * `mayAlreadyHold`, in fold order: facts whose source gives no day and whose span, from its `from` to the day before its `to`,
 * covers that day. A span without `from` begins on the day of the last fact before it in fold order whose day is known; when that
 * is its last day too, it is empty.
 *
 * `disputed`, in order of recording: what other sources say otherwise. Like a correction, it holds from the effective day of
 * the fact that it is about, and with that fact it goes; one about no fact in particular holds as long as the record exists.
 *
 * On a day on which the record does not exist, nothing may hold of it and nothing is disputed. See {@link isAbsent}.
 */
export function snapshotAt<State, Event extends RecordEvent>(
  register: Foldable<State, Event>,
  events: readonly RecordEvent[],
  effective: CivilDate,
): Snapshot<State> {
  const { amended, disputes } = readingOf(register, events);
  const inEffect = amended.filter((event) => event.effectiveOn <= effective);
  const state = fold(register, inEffect);
  if (register.refOf(state) === null) return { state, mayAlreadyHold: [], disputed: [] };
  return {
    state,
    mayAlreadyHold: spansOf(amended).filter((span) => covers(span, effective)),
    disputed: disputes.filter((dispute) => isAbout(dispute, inEffect)),
  };
}

/** The record at one basis: the events known then, on one day. The whole meaning of two clocks in one line: see docs/time.md. */
export function naiveSnapshot<State, Event extends RecordEvent>(
  register: Foldable<State, Event>,
  events: readonly KnownEvent[],
  at: Knowledge & { readonly effective: CivilDate },
): Snapshot<State> {
  return snapshotAt(register, knownAt(events, at), at.effective);
}

/**
 * True where there is no record: it is not yet opened, or its opening was voided.
 *
 * An opening whose own day is not known may already hold before its `to`, but of a record that has no reference and no state
 * nothing can be shown; so it is absent, and its timeline has no rectangle there.
 */
export function isAbsent<State, Event extends RecordEvent>(
  register: Pick<Foldable<State, Event>, 'refOf'>,
  snapshot: Snapshot<State>,
): boolean {
  return register.refOf(snapshot.state) === null;
}

/**
 * The spans of the facts in force whose source gives no day, empty ones too. `amended`: in fold order.
 *
 * Without a `from` of its own, a span begins on the day of the last fact before it in fold order whose day is known: what it says
 * may need that fact, so it cannot have held before it.
 * @param knownDay the day of the last such fact before all of these
 */
export function spansOf(amended: readonly RecordEvent[], knownDay: CivilDate | null = null): readonly MayAlreadyHold[] {
  const spans: MayAlreadyHold[] = [];
  for (const event of amended) {
    const { id, type, dated, effectiveOn } = event;
    const linkedTo = linkedIn(event);
    if (dated === undefined) knownDay = effectiveOn;
    else
      spans.push({
        ...{ event: id, type, from: dated.from ?? knownDay, to: effectiveOn },
        ...(linkedTo === undefined ? {} : { linkedTo }),
      });
  }
  return spans;
}

/** A state with the caveats that hold where it holds, in whatever order these are given. */
export function snapshotOf<State>(state: State, caveats: readonly Caveat[]): Snapshot<State> {
  const ordered = [...caveats].sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0));
  return {
    state,
    mayAlreadyHold: ordered.flatMap((caveat) => (caveat.kind === 'MAY_ALREADY_HOLD' ? [caveat.span] : [])),
    disputed: ordered.flatMap((caveat) => (caveat.kind === 'DISPUTED' ? [caveat.dispute] : [])),
  };
}

/** Is that day within the span? */
function covers(span: MayAlreadyHold, day: CivilDate): boolean {
  return (span.from ?? BEGINNING_OF_DAYS) <= day && day < span.to;
}

/** Does the dispute hold where these facts are in effect and the record exists? */
function isAbout(dispute: Dispute, inEffect: readonly RecordEvent[]): boolean {
  return dispute.target === undefined || inEffect.some(({ id }) => id === dispute.target);
}
