import {
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

/**
 * The instant as at which its position was drawn: at the latest that of the issue, where no time says otherwise. Null: it gives none, as no later issue
 * does that does not say as at when, and no supplementary paper on one item.
 */
export function positionOf(event: Told, isFirst: boolean): Instant | null {
  const { asAt, asAtTime, agendaItem } = event.facts;
  const issued = issuedAt(event);
  if (asAt === undefined) return isFirst && agendaItem === undefined ? issued : null;
  return asAtTime === undefined ? earlier(lastInstantOf(asAt), issued) : instantAt(asAt, asAtTime);
}
