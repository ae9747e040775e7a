import { kindSpelt } from '../libs/declarations/index.ts';
import type { CutOff } from '../libs/ledger/index.ts';
import {
  BadBasis,
  endsOver,
  pointOfMeeting,
  recordAsOf,
  viewBeside,
  viewOver,
  type ComparedEnds,
  type LedgerView,
  type NoPoint,
} from '../libs/read-models/index.ts';
import { cutOffOf } from '../libs/registers/meetings/index.ts';
import { findMeeting, meetingsHeld, type MeetingAsOf } from './meeting-calendar/queries.ts';
import { riskMovements, type MovedRisk } from './risk-register/movement-queries.ts';

/*
 * What became of the risks that a panel reads, since it last met: as it was told then, as that day is known now, and as it is. The calendar says when it
 * met, its papers as at when they were drawn, and the register of risks the rest.
 */

/** What is asked. */
export interface PanelAsked {
  /** A body that reads others; of one that reads none there are no risks. */
  readonly panel: string;
  /** A meeting of it, as told there. Default: the last that it held. */
  readonly since?: string;
  /** A later meeting of it, as told there. Default: the basis of the view. */
  readonly until?: string;
}

export interface PanelRisks {
  readonly panel: string;
  /** The bodies that it reads at closing, as far as the reader may see them. */
  readonly reads: readonly string[];
  readonly since: MeetingAsOf;
  readonly until: MeetingAsOf | null;
  /** Of those bodies. */
  readonly views: ComparedEnds;
  readonly risks: readonly MovedRisk[];
}

/** A meeting of the panel, with what it had before it. */
interface Told {
  readonly meeting: MeetingAsOf;
  readonly cutOff: CutOff;
}

/** @throws BadBasis that names what is at fault: `panel`, `since` or `until` */
export async function risksOfPanel(view: LedgerView, { panel, since, until }: PanelAsked): Promise<PanelRisks> {
  const isThere = kindSpelt(panel) === 'body' && (await recordAsOf(view, 'directory', panel)) !== null;
  if (!isThere) throw new BadBasis('panel', 'There is no body under this reference, or it is not for you.');
  const last = until === undefined ? null : await toldAt(view, panel, until, 'until');
  const end = last === null ? view : await viewBeside(view, last.cutOff);
  const first =
    since === undefined ? await lastTold(view, end, panel, last) : await toldAt(view, panel, since, 'since');
  const { effective, recorded } = first.cutOff;
  if (effective > end.basis.effective || recorded > end.basis.recorded)
    throw last === null
      ? new BadBasis('since', 'What this meeting had before it was drawn after the time that is asked about.')
      : new BadBasis(
          'until',
          'What this meeting had before it was drawn earlier than that of the other: turn the two.',
        );
  const reads = (await recordAsOf<{ reads?: readonly string[] }>(end, 'directory', panel))?.state.reads ?? [];
  const knownNow = await viewBeside(end, { effective });
  const told = await viewBeside(end, first.cutOff);
  const views = await endsOver({ told, knownNow, closing: end }, (one) => viewOver(one, { bodies: reads }));
  return {
    ...{ panel, reads, since: first.meeting, until: last?.meeting ?? null, views },
    risks: await riskMovements(views),
  };
}

/** A meeting that is named, as a point in time. */
async function toldAt(view: LedgerView, panel: string, ref: string, field: 'since' | 'until'): Promise<Told> {
  const meeting = kindSpelt(ref) === 'meeting' ? await findMeeting(view, ref) : null;
  if (meeting === null || meeting.state.body !== panel) throw new BadBasis(field, WHY_NOT.ABSENT);
  const point = await pointOfMeeting(view, ref);
  if (typeof point === 'string') throw new BadBasis(field, WHY_NOT[point]);
  return { meeting, cutOff: point.cutOff };
}

const WHY_NOT: { readonly [why in NoPoint]: string } = {
  ABSENT: 'There is no meeting of this body under this reference, or it is not for you.',
  CANCELLED: 'This meeting was cancelled, so that nothing was told to it.',
  NO_DAY: 'No day is known for this meeting yet.',
  AHEAD: 'This meeting lies ahead of the day that is asked about.',
};

/** The last meeting that the panel held by then, and of which the papers were drawn by then. */
async function lastTold(view: LedgerView, end: LedgerView, panel: string, until: Told | null): Promise<Told> {
  const held = (await meetingsHeld(view, panel)).flatMap((meeting) => {
    const cutOff = cutOffOf(meeting.state);
    const isBefore =
      until === null || (meeting.ref !== until.meeting.ref && meeting.state.date! <= until.meeting.state.date!);
    return cutOff === null || !isBefore ? [] : [{ meeting, cutOff }];
  });
  const last = held.findLast(
    ({ cutOff }) => cutOff.effective <= end.basis.effective && cutOff.recorded <= end.basis.recorded,
  );
  if (last === undefined)
    throw new BadBasis(
      'since',
      'This body had held no earlier meeting, as far as you may see: nothing was told to it before.',
    );
  return last;
}
