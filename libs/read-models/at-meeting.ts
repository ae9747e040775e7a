import type { DueMeeting } from '../declarations/index.ts';
import { earlier, type CivilDate, type CutOff, type Instant } from '../ledger/index.ts';
import { BadBasis, type LedgerView, type ViewOfMeeting } from './ledger-view.ts';
import { recordAsOf } from './record-states.ts';
import { refuseDamaged, registerNamed } from './view.ts';

/*
 * A meeting as a point in time (docs/time.md): what was told to it is the ledger on the day of its cut-off, as recorded by the instant of it; known now
 * is that day by all that is known.
 */

/** The day of a meeting, and as at when what it had before it was drawn. */
export interface PointOfMeeting {
  readonly day: CivilDate;
  readonly cutOff: CutOff;
}

/** Why a meeting is no point in time. */
export type NoPoint = 'ABSENT' | 'CANCELLED' | 'NO_DAY' | 'AHEAD';

/**
 * A meeting as a point in time, as the view knows it; or why it is none on the day of the view. Hidden is absent.
 * @throws RecordDamaged
 */
export async function pointOfMeeting(view: LedgerView, ref: string): Promise<PointOfMeeting | NoPoint> {
  const found = await recordAsOf<DueMeeting>(view, 'meetings', ref);
  if (found === null) {
    await refuseDamaged(view, 'meetings', ref);
    return 'ABSENT';
  }
  const { status, date } = found.state;
  if (status === 'CANCELLED') return 'CANCELLED';
  const cutOff = registerNamed(view, 'meetings')?.cutOffOf?.(found.state) ?? null;
  if (date === undefined || cutOff === null) return 'NO_DAY';
  return date > view.basis.effective ? 'AHEAD' : { day: date, cutOff };
}

const WHY_NOT: { readonly [why in NoPoint]: string } = {
  ABSENT: 'There is no meeting under this reference, or it is not for you.',
  CANCELLED: 'This meeting was cancelled, so nothing was told to it.',
  NO_DAY: 'No day is known for this meeting yet, so it is no point in time.',
  AHEAD: 'This meeting lies ahead of today. The ledger does not tell the future.',
};

/**
 * The basis that a meeting stands for, read from a view that is opened for today as known now: nothing is known at it that the view does not know.
 * @param field what is at fault where the meeting is none
 * @throws BadBasis, RecordDamaged
 */
export async function basisAtMeeting(
  view: LedgerView,
  meeting: string,
  as: ViewOfMeeting,
  field: BadBasis['field'] = 'asOf.meeting',
): Promise<{ readonly effective: CivilDate; readonly recorded: Instant }> {
  const point = await pointOfMeeting(view, meeting);
  if (typeof point === 'string') throw new BadBasis(field, WHY_NOT[point]);
  const { effective, recorded } = point.cutOff;
  const known = view.basis.recorded;
  return { effective, recorded: as === 'TOLD' ? earlier(recorded, known) : known };
}
