import {
  isCommonFact,
  londonDayOf,
  type Actor,
  type CivilDate,
  type Corrected,
  type Dated,
  type EventId,
  type Instant,
  type JsonObject,
  type Party,
  type RecordEvent,
  type Register,
  type TextRef,
} from '../../libs/ledger/index.ts';
import { correctedBy, sourceOf, voidedAmong, type Amendment, type SourceRefs } from '../../libs/read-models/index.ts';
import {
  amend,
  delayOf,
  isLate,
  type KnownEvent,
  type LateAfter,
  type RecordingClock,
} from '../../libs/timeline/index.ts';

/** One event of a record, as corrections known at the basis leave it. */
export interface HistoryRow {
  readonly id: EventId;
  readonly type: string;
  readonly effectiveOn: CivilDate;
  /** When the ledger recorded it. */
  readonly recordedAt: Instant;
  /** The day on which an imported source says that it was recorded, else published; null for a native fact. */
  readonly stated: CivilDate | null;
  /** Days from the day on which it took effect to the day on which it was recorded, on the basis's clock. */
  readonly delayDays: number;
  /** Delayed beyond what was allowed on the day on which it was recorded. */
  readonly late: boolean;
  readonly dated: Dated | null;
  /** Null where an imported paper names nobody, or where the post is not for this reader. */
  readonly by: Party | null;
  /** Null where the post is not for this reader. */
  readonly enteredBy: Party | null;
  /** `notStated`: an imported paper prints an outcome and no signer. Null also for a meeting that is not for this reader. */
  readonly authority: NonNullable<Actor['authority']> | null;
  readonly reason?: TextRef;
  readonly source: SourceRefs | null;
  /** The text that its kind shows first. */
  readonly text?: TextRef;
  readonly facts: JsonObject;
  /** All its texts, by field; of an amendment they are about a field of another event. */
  readonly texts: { readonly [field: string]: TextRef };
  readonly amended: readonly Amendment[];
  /** A later fact known at the basis takes it back. */
  readonly voided: boolean;
}

export interface KnownOn {
  readonly event: KnownEvent;
  /** When it was recorded, on the basis's clock. */
  readonly recordedAt: Instant;
}

/**
 * The history of one record from the events that a reader may know, in their order. Facts that took effect after `effective`
 * are left out; amendments are not, for they have no day of their own. Pure.
 *
 * @param lateAfter after how many days an entry of the record is late. Default: those of its register
 */
export function historyRows(
  register: Register,
  known: readonly KnownOn[],
  at: { effective: CivilDate; clock: RecordingClock },
  lateAfter: LateAfter = () => register.lateAfterDays,
): readonly HistoryRow[] {
  return entriesOf(register, known, at.clock, lateAfter)
    .filter(({ isAmendment, row }) => isAmendment || row.effectiveOn <= at.effective)
    .map(({ row }) => row);
}

/** The same, whatever the day on which they took effect. Pure. */
export function entriesOf(
  register: Register,
  known: readonly KnownOn[],
  clock: RecordingClock,
  lateAfter: LateAfter = () => register.lateAfterDays,
): readonly { readonly row: HistoryRow; readonly isAmendment: boolean }[] {
  const events = known.map(({ event }) => event);
  const voided = voidedAmong(events);
  const corrections = correctionsAmong(events);
  return known.map(({ event, recordedAt }) => {
    const own = corrections.filter(({ facts }) => facts.target === event.id);
    const { is, amended } = correctedBy(register, event, own);
    const { reason } = is.texts;
    const text = principalOf(register, is);
    const row = {
      id: event.id,
      type: event.type,
      effectiveOn: is.effectiveOn,
      recordedAt: event.recordedAt,
      stated: event.stated ?? null,
      delayDays: delayOf(is, londonDayOf(recordedAt)),
      late: isLate(lateAfter, { ...event, effectiveOn: is.effectiveOn }, clock, events),
      dated: is.dated ?? null,
      by: partyOf(event.actor.by),
      enteredBy: partyOf(event.actor.enteredBy),
      authority: authorityOf(event.actor.authority),
      ...(reason === undefined ? {} : { reason }),
      source: sourceOf(is),
      ...(text === undefined ? {} : { text }),
      facts: is.facts,
      texts: is.texts as HistoryRow['texts'],
      amended,
      voided: voided.has(event.id),
    };
    return { row, isAmendment: isCommonFact(event) };
  });
}

/** The corrections among the events of a record that none of them takes back. */
export function correctionsAmong(events: readonly KnownEvent[]): readonly (KnownEvent & Corrected)[] {
  const voided = voidedAmong(events);
  return events.filter((event): event is KnownEvent & Corrected => event.type === 'Corrected' && !voided.has(event.id));
}

/** A party without its post, which the reader may not see, is nobody. */
function partyOf(party: Partial<Party> | undefined): Party | null {
  return party?.post === undefined ? null : { ...party, post: party.post };
}

function authorityOf(authority: Actor['authority']): HistoryRow['authority'] {
  return authority === undefined || Object.keys(authority).length === 0 ? null : authority;
}

function principalOf(register: Register, event: RecordEvent): TextRef | undefined {
  const kind = register.kinds.find(({ type, schema }) => type === event.type && schema === event.schema);
  const texts: { readonly [field: string]: TextRef | undefined } = event.texts;
  return kind?.principalText === undefined ? undefined : texts[kind.principalText];
}

/**
 * The fact in force that brought a record to the status that it has on that day: after it the status is no longer what it was. Null where
 * there is no record. Pure.
 */
export function madeSo(
  register: Register,
  events: readonly RecordEvent[],
  effective: CivilDate,
  statusOf: (state: unknown) => string,
): RecordEvent | null {
  let state = register.initial;
  let status: string | null = null;
  let made: RecordEvent | null = null;
  for (const event of amend(register, events)) {
    if (event.effectiveOn > effective) break;
    state = register.evolve(state, event);
    const now: string | null = register.refOf(state) === null ? null : statusOf(state);
    if (now !== status) [status, made] = [now, event];
  }
  return status === null ? null : made;
}
