import {
  earlier,
  instantWritten,
  lastInstantOf,
  londonDayOf,
  type CivilDate,
  type CutOff,
  type DecisionContext,
  type EventId,
  type Instant,
  type MeetingMet,
  type Refusal,
} from '../../ledger/index.ts';
import type { MakeDecision } from './commands.ts';
import type { DecisionMade } from './events.ts';
import type { DecisionBasisClock, DecisionMaker } from './fields.ts';
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

type Circumstances = Pick<DecisionContext, 'effectiveOn' | 'now' | 'imported' | 'meeting'>;
/** Of the decision: who was to decide it first, and whether it was delegated. */
interface ForWhom {
  readonly maker: DecisionMaker;
  readonly delegated?: object;
}

/**
 * What was before whoever decided, where nobody says otherwise. Of a decision that was made at a meeting: its cut-off, for it is made on the papers and
 * not on what was entered between them and the meeting. Else the instant of entry where it is entered on its day, and the end of that day where it is
 * entered later; never what was recorded after now.
 */
function byDefault(decision: ForWhom, { effectiveOn, now, meeting }: Circumstances): CutOff {
  if (meeting !== undefined && meeting.cutOff !== null && isMadeThere(decision, meeting, effectiveOn)) {
    const { effective, recorded } = meeting.cutOff;
    return { effective, recorded: earlier(recorded, now) };
  }
  const recorded = londonDayOf(now) === effectiveOn ? now : lastInstantOf(effectiveOn);
  return { effective: effectiveOn, recorded: earlier(recorded, now) };
}

/** A body decides at its meeting; whoever else does on its authority was there where it is the same day, and not where a resolution is used later. */
function isMadeThere({ maker, delegated }: ForWhom, { heldOn }: MeetingMet, effectiveOn: CivilDate): boolean {
  return (maker === 'BODY' && delegated === undefined) || heldOn === effectiveOn;
}

/**
 * The basis on which a decision is made, but for the last event then, which whoever keeps the log knows. Null of an imported one: a paper tells
 * its day, and what was known then its sources say.
 */
export function basisOf(
  { basisOn, basisRecorded }: Pick<MakeDecision, 'basisOn' | 'basisRecorded'>,
  decision: ForWhom,
  circumstances: Circumstances,
): DecisionBasis | null {
  if (circumstances.imported) return null;
  const { effective, recorded } = byDefault(decision, circumstances);
  return {
    on: basisOn ?? effective,
    recorded: basisRecorded === undefined ? recorded : instantWritten(basisRecorded),
    clock: BY_DEFAULT,
  };
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
