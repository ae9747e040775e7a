import {
  addDays,
  earlier,
  instantAt,
  lastInstantOf,
  londonDayOf,
  type CivilDate,
  type EventId,
  type Instant,
  type TextRef,
} from '../../ledger/index.ts';
import type { PapersIssued } from './events.ts';
import type { MeetingState } from './state.ts';

/** Papers that were issued. */
export interface Issue {
  readonly event: EventId;
  readonly effectiveOn: CivilDate;
  /** When they went out. */
  readonly issued: Instant;
  /** As at when their position was drawn; absent of those that give none. */
  readonly asAt?: Instant;
  readonly agendaItem?: EventId;
  readonly paper?: string;
  readonly paperVersion?: string;
  readonly note?: TextRef;
}

/** As at when what a meeting had before it was drawn. */
export interface CutOff {
  /** The London day, and the instant, up to which it tells. */
  readonly effective: CivilDate;
  readonly recorded: Instant;
  /** The issue of papers that says so; absent where none does. */
  readonly issue?: EventId;
}

type Told = Pick<PapersIssued, 'effectiveOn' | 'stamped' | 'imported' | 'dated' | 'facts'>;

/**
 * The instant of an issue of papers: the time that is given; else the moment of entry, where it was entered on its day; else the end of that day,
 * as of one from a paper, which has a day alone.
 */
export function issuedAt({ effectiveOn, stamped, imported, dated, facts: { at } }: Told): Instant {
  if (at !== undefined) return instantAt(effectiveOn, at);
  const isOfItsDay = imported !== true && dated === undefined && londonDayOf(stamped) === effectiveOn;
  return isOfItsDay ? stamped : lastInstantOf(effectiveOn);
}

/** The instant as at which its position was drawn: at the latest that of the issue, where no time says otherwise. Null: it gives none. */
export function positionOf(event: Told): Instant | null {
  const { position, asAt, asAtTime } = event.facts;
  const issued = issuedAt(event);
  if (!position) return null;
  if (asAt === undefined) return issued;
  return asAtTime === undefined ? earlier(lastInstantOf(asAt), issued) : instantAt(asAt, asAtTime);
}

/**
 * The cut-off of a meeting: the `asAt` of the last of its issues of papers, not after its day, that has one; a supplementary paper on one item has none,
 * and moves nothing. Without any: the end of the day before the meeting’s. Null while its day is not known. Pure.
 */
export function cutOffOf(state: MeetingState): CutOff | null {
  if (state.status === 'NOT_SCHEDULED' || state.date === undefined) return null;
  const { date, papers } = state;
  const giving = papers.filter(({ asAt, effectiveOn }) => asAt !== undefined && effectiveOn <= date);
  const [last] = giving.toSorted((a, b) =>
    a.issued < b.issued ? 1 : a.issued > b.issued ? -1 : giving.indexOf(b) - giving.indexOf(a),
  );
  if (last?.asAt === undefined) {
    const before = addDays(date, -1);
    return { effective: before, recorded: lastInstantOf(before) };
  }
  return { effective: londonDayOf(last.asAt), recorded: last.asAt, issue: last.event };
}
