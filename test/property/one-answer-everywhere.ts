import { isDeepStrictEqual } from 'node:util';
import {
  BEGINNING_OF_DAYS,
  END_OF_DAYS,
  type CivilDate,
  type Instant,
  type RecordEvent,
} from '../../libs/ledger/index.ts';
import { namesIn } from '../../libs/read-models/index.ts';
import {
  amend,
  BEGINNING_OF_KNOWLEDGE,
  contains,
  knownAt,
  statedInstantOf,
  type Bounds,
  type Caveat,
  type Foldable,
  type KnownEvent,
  type Naming,
  type Rectangle,
  type RecordingClock,
} from '../../libs/timeline/index.ts';
import type { Told } from './told.ts';

/** A place in a record's timeline with other than one answer where the record exists, or other than none where it does not. */
export interface Fault {
  readonly at: string;
  readonly found: number;
  readonly wanted: number;
}

/**
 * The invariant of every timeline: at no place do two rectangles of one record, audience and clock overlap, and none is missing.
 * Nor do two of one caveat, or of one record that it names.
 *
 * Overlaps are looked for in every pair. What is missing, or says otherwise than the fold, is looked for at every place at which
 * an answer could change: each day, instant and number that any fact or any rectangle names.
 */
export function faultsOf<State, Event extends RecordEvent>(
  register: Foldable<State, Event>,
  clock: RecordingClock,
  events: readonly KnownEvent[],
  { states, caveats, namings }: Told<State>,
): readonly Fault[] {
  const faults: Fault[] = [];
  const fault = (at: unknown, found: number, wanted: number) => faults.push({ at: JSON.stringify(at), found, wanted });
  for (const rectangles of [states, ...grouped(caveats, eventOf), ...grouped(namings, nameOf)])
    rectangles.forEach((a, index) => {
      for (const side of [a.effective, a.known, a.sequence]) if (side[0] >= side[1]) fault(side, 0, 1);
      for (const b of rectangles.slice(index + 1)) if (overlap(a, b)) fault([a, b], 2, 1);
    });
  for (const known of instantsOf(clock, events))
    for (const { sequence } of events) {
      const knowledge = { clock: 'STATED' as const, recorded: known, sequence };
      const facts =
        clock === 'PROVEN' ? events.filter((event) => event.sequence <= sequence) : knownAt(events, knowledge);
      const amended = amend(register, facts);
      let state = register.initial;
      let folded = 0;
      for (const effective of daysOf(amended, states)) {
        for (; folded < amended.length && amended[folded]!.effectiveOn <= effective; folded += 1)
          state = register.evolve(state, amended[folded]!);
        const found = states.filter((one) => contains(one, { effective, known, sequence }));
        const wanted = register.refOf(state) === null ? 0 : 1;
        if (found.length !== wanted || (wanted === 1 && !isDeepStrictEqual(found[0]!.value, state)))
          fault({ effective, known, sequence }, found.length, wanted);
        const named = namings.filter((one) => contains(one, { effective, known, sequence }));
        const names = wanted === 0 ? new Map<string, Naming>() : namesIn(state);
        if (
          named.length !== names.size ||
          named.some(({ value }) => ![...names.values()].some((one) => isDeepStrictEqual(one, value)))
        )
          fault({ effective, known, sequence, names: [...names.keys()] }, named.length, names.size);
      }
    }
  return faults;
}

function grouped<Value>(
  rectangles: readonly Rectangle<Value>[],
  nameOf: (value: Value) => string,
): readonly (readonly Rectangle<unknown>[])[] {
  const groups = new Map<string, Rectangle<Value>[]>();
  for (const one of rectangles) groups.set(nameOf(one.value), [...(groups.get(nameOf(one.value)) ?? []), one]);
  return [...groups.values()];
}

function eventOf(caveat: Caveat): string {
  return 'span' in caveat ? caveat.span.event : caveat.dispute.event;
}

function instantsOf(clock: RecordingClock, events: readonly KnownEvent[]): readonly Instant[] {
  if (clock === 'PROVEN') return [BEGINNING_OF_KNOWLEDGE];
  return [...new Set([BEGINNING_OF_KNOWLEDGE, ...events.map((event) => statedInstantOf(event, events))])];
}

function daysOf(amended: readonly RecordEvent[], rectangles: readonly Rectangle<unknown>[]): readonly CivilDate[] {
  const days = [...amended.map(({ effectiveOn }) => effectiveOn), ...rectangles.flatMap(({ effective }) => effective)];
  return [...new Set([BEGINNING_OF_DAYS, ...days])].filter((day) => day < END_OF_DAYS).sort();
}

/** Is any place in both? */
function overlap(a: Bounds, b: Bounds): boolean {
  const sides = [
    [a.effective, b.effective],
    [a.known, b.known],
    [a.sequence, b.sequence],
  ] as const;
  return sides.every(([[from, to], [otherFrom, otherTo]]) => from < otherTo && otherFrom < to);
}

/** A record may link to one that it names otherwise too, and as several things. */
function nameOf({ ref, fields }: Naming): string {
  return fields[0]!.startsWith('linked.') ? `${ref} ${fields[0]}` : ref;
}
