import type { Register } from '../../ledger/index.ts';
import { MAY_ISSUE } from './authority.ts';
import type { MeetingCommand } from './commands.ts';
import { correctable, disputable } from './correctable.ts';
import { decide } from './decide.ts';
import { MEETING_KINDS, type MeetingEvent } from './events.ts';
import { linksOf } from './links.ts';
import { MEETING_REFUSALS } from './refusals.ts';
import { evolve, heldOn, mayFollow, NOT_SCHEDULED, refOf, seriesOf, type MeetingState } from './state.ts';
import { upcast } from './upcast.ts';

export type * from './commands.ts';
export * from './events.ts';
export { MEETING_REFUSALS } from './refusals.ts';
export * from './state.ts';

/** Meetings of boards and panels: when they are set, whether they were held, and what the minutes say. */
export const meetings: Register<MeetingState, MeetingEvent, MeetingCommand> = {
  name: 'meetings',
  singular: 'meeting',
  kinds: MEETING_KINDS,
  opening: ['MeetingScheduled'],
  initial: NOT_SCHEDULED,
  evolve,
  mayFollow,
  decide,
  mayIssue: MAY_ISSUE,
  opens: ['ScheduleMeeting'],
  links: linksOf,
  upcast,
  correctable,
  disputable,
  // Minutes are typed up after a meeting and circulated before the next, which is four weeks away when boards meet most often.
  lateAfterDays: 28,
  ownerOf: () => null,
  heldOn,
  refOf,
  seriesOf,
  refusals: MEETING_REFUSALS,
};
