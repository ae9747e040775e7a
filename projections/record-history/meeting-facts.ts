import {
  isCommonFact,
  type CivilDate,
  type CutOff,
  type EventId,
  type Instant,
  type RecordEvent,
  type Register,
} from '../../libs/ledger/index.ts';
import { dayBefore, whyApart, type PlainList } from '../../libs/read-models/index.ts';
import { amend } from '../../libs/timeline/index.ts';
import type { KnownOn } from './projection.ts';

/** Told by the cut-off; not told; since the papers; near the cut-off; and of what was told, what was amended since. */
export type MeetingList = PlainList | 'RESTATED_SINCE';

/** A fact of a record that is taken into the lists of a meeting. */
export interface FactTaken {
  readonly event: EventId;
  readonly sequence: number;
  readonly list: 'TOLD' | 'NOT_TOLD' | 'SINCE_THE_PAPERS';
  /** On the basis's clock. */
  readonly recordedAt: Instant;
  /** What was recorded of it after the cut-off that corrects it, takes it back or gives it back, in the order of recording. */
  readonly amendedSince: readonly EventId[];
}

/**
 * The facts of one record that a meeting was told, and those that it was not: by the rules of docs/time.md. Of the facts that had been recorded by the cut-off,
 * those are told that were ever held effective by the meeting's day; of those that were recorded since, those are not told that stand as known now and
 * are effective by the day of the cut-off, and since the papers where after it. What the meeting itself decided is in none. Pure.
 *
 * @param known all events of the record that the reader may know, in the order in which they were recorded on the basis's clock
 */
export function factsTaken(
  register: Register,
  known: readonly KnownOn[],
  { meeting, day, cutOff }: { readonly meeting: string; readonly day: CivilDate; readonly cutOff: CutOff },
): readonly FactTaken[] {
  const standing = new Map(inForce(register, known).map(({ id, effectiveOn }) => [id, effectiveOn]));
  const ever = everEffectiveBy(register, known, day);
  return known.flatMap(({ event, recordedAt }) => {
    if (isCommonFact(event) || isOutcomeOf(meeting, event)) return [];
    const { id, sequence } = event;
    const amendedSince = amendmentsOf(id, known).flatMap((one) =>
      one.recordedAt > cutOff.recorded ? [one.event.id] : [],
    );
    const taken = (list: FactTaken['list']) => [{ event: id, sequence, list, recordedAt, amendedSince }];
    if (recordedAt <= cutOff.recorded) return ever.has(id) ? taken('TOLD') : [];
    const effectiveOn = standing.get(id);
    if (effectiveOn === undefined || effectiveOn > day) return [];
    return taken(effectiveOn <= cutOff.effective ? 'NOT_TOLD' : 'SINCE_THE_PAPERS');
  });
}

/** Is a fact that was taken in that list of the meeting? Pure. */
export function isInList({ list, recordedAt, amendedSince }: FactTaken, wanted: MeetingList, cutOff: CutOff): boolean {
  if (wanted === 'RESTATED_SINCE') return list === 'TOLD' && amendedSince.length > 0;
  if (wanted === 'WITHIN_A_DAY_BEFORE') return list === 'TOLD' && recordedAt > dayBefore(cutOff);
  return wanted === 'AFTER_THE_CUT_OFF' ? list !== 'TOLD' : list === wanted;
}

/** Was it decided at the meeting? What was raised at it, and its own record, are left out as whole records. */
function isOutcomeOf(meeting: string, { actor: { authority } }: RecordEvent): boolean {
  return (
    authority !== undefined && authority !== 'notStated' && 'meeting' in authority && authority.meeting === meeting
  );
}

/** The facts that were held effective by that day in any state of knowledge, be it that they were taken back or moved later. */
function everEffectiveBy(register: Register, known: readonly KnownOn[], day: CivilDate): ReadonlySet<EventId> {
  const ever = new Set<EventId>();
  const opening = known.find(({ event }) => event.version === 1)?.event.id;
  const wasVoid = known.some(({ event }) => event.type === 'Voided' && event.facts['target'] === opening);
  const saidOf = new Set<unknown>();
  for (const [index, { event }] of known.entries()) {
    const { id, effectiveOn } = event;
    const does = whyApart(event);
    if (isCommonFact(event)) saidOf.add(event.facts['target']);
    if (does === 'VOIDS' || does === 'DATES' || (!isCommonFact(event) && (wasVoid || saidOf.has(id)))) {
      for (const one of inForce(register, known.slice(0, index + 1))) if (one.effectiveOn <= day) ever.add(one.id);
    } else if (!isCommonFact(event) && effectiveOn <= day) ever.add(id);
  }
  return ever;
}

function inForce(register: Register, known: readonly KnownOn[]): readonly RecordEvent[] {
  return amend(
    register,
    known.map(({ event }) => event),
  );
}

/** What corrects a fact, takes it back or gives it back; and what does so to a correction of it. In the order of recording. */
function amendmentsOf(fact: EventId, known: readonly KnownOn[]): readonly KnownOn[] {
  const about = new Set<unknown>([fact]);
  // What is said of an event comes after it in its record, whenever it counts as recorded.
  for (const { event } of known.toSorted((a, b) => a.event.version - b.event.version))
    if (isAmendment(event) && about.has(event.facts['target'])) about.add(event.id);
  return known.filter(({ event }) => event.id !== fact && about.has(event.id));
}

function isAmendment({ type }: RecordEvent): boolean {
  return type === 'Corrected' || type === 'Voided' || type === 'Restored';
}
