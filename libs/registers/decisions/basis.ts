import {
  earlier,
  instantWritten,
  lastInstantOf,
  londonDayOf,
  type CivilDate,
  type DecisionContext,
  type EventId,
  type Instant,
  type Refusal,
} from '../../ledger/index.ts';
import type { MakeDecision } from './commands.ts';
import type { DecisionMade } from './events.ts';
import type { DecisionBasisClock } from './fields.ts';
import { refuse } from './refusals.ts';

/** What was before whoever decided: the ledger at a day, as it was recorded by an instant, on a clock. See `docs/time.md`. */
export interface DecisionBasis {
  readonly on: CivilDate;
  readonly recorded: Instant;
  readonly clock: DecisionBasisClock;
  /** The last event of the ledger then: nothing after it counts. None where the ledger did not see the decision made. */
  readonly lastEvent?: EventId;
}

/** Where a basis reads as a reader reads who names none. */
const BY_DEFAULT: DecisionBasisClock = 'STATED';

/**
 * The instant by which what was before whoever decided was recorded, where nobody says another.
 *
 * This is the one place at which the cut-off of a meeting's papers is to be asked, once meetings say when theirs were issued: a decision made at
 * a meeting is then made on the papers, and not on what was entered between them and the meeting.
 */
export function recordedByDefault(effectiveOn: CivilDate, now: Instant): Instant {
  return londonDayOf(now) === effectiveOn ? now : lastInstantOf(effectiveOn);
}

/**
 * The basis on which a decision is made, but for the last event then, which whoever keeps the log knows. Null of an imported one: a paper tells
 * its day, and what was known then its sources say.
 */
export function basisOf(
  { basisOn, basisRecorded }: Pick<MakeDecision, 'basisOn' | 'basisRecorded'>,
  { effectiveOn, now, imported }: Pick<DecisionContext, 'effectiveOn' | 'now' | 'imported'>,
): DecisionBasis | null {
  if (imported) return null;
  const on = basisOn ?? effectiveOn;
  const recorded = basisRecorded === undefined ? recordedByDefault(effectiveOn, now) : instantWritten(basisRecorded);
  return { on, recorded: basisRecorded === undefined ? earlier(recorded, now) : recorded, clock: BY_DEFAULT };
}

/** Nobody decides on what took effect, or was recorded, after the decision. */
export function whyNotOnThat(
  { basisOn, basisRecorded }: Partial<DecisionMade['facts']>,
  decidedOn: CivilDate,
): Refusal | null {
  if (basisOn !== undefined && basisOn > decidedOn)
    return refuse('BASIS_AFTER_DECISION', { field: 'basisOn', values: { basis: basisOn, decided: decidedOn } });
  if (basisRecorded !== undefined && londonDayOf(basisRecorded) > decidedOn)
    return refuse('BASIS_AFTER_DECISION', {
      field: 'basisRecorded',
      values: { basis: londonDayOf(basisRecorded), decided: decidedOn },
    });
  return null;
}

/** The basis that a decision holds. An imported one has its day, and the stated clock. */
export function heldBasis({ facts, effectiveOn }: Pick<DecisionMade, 'facts' | 'effectiveOn'>): DecisionBasis {
  const { basisOn, basisRecorded, basisClock, lastEvent } = facts;
  if (basisOn === undefined || basisRecorded === undefined)
    return { on: effectiveOn, recorded: lastInstantOf(effectiveOn), clock: 'STATED' };
  return {
    on: basisOn,
    recorded: basisRecorded,
    clock: basisClock ?? BY_DEFAULT,
    ...(lastEvent === undefined ? {} : { lastEvent }),
  };
}
