import { registerOf } from '../../declarations/index.ts';
import { MEETING_COMMANDS, type MeetingCommand } from './commands.ts';
import { whyNotAnyMore } from './confirmed.ts';
import { cutOffOf } from './cut-off.ts';
import { decide } from './decide.ts';
import { dues } from './dues.ts';
import { MEETING_EVENTS, type MeetingEvent } from './events.ts';
import { linksBeside } from './links.ts';
import { notices } from './notices.ts';
import { MEETING_REFUSALS } from './refusals.ts';
import { bodyOf, evolve, heldOn, mayFollow, NOT_SCHEDULED, refOf, type MeetingState } from './state.ts';
import { MEETING_SHOWN } from './shown.ts';
import { stateFields } from './state-fields.ts';
import { told } from './told.ts';

export * from './agenda.ts';
export * from './commands.ts';
export { cutOffOf, type CutOffByPapers } from './cut-off.ts';
export type { Issue } from './issues.ts';
export * from './events.ts';
export * from './fields.ts';
export * from './gaps.ts';
export * from './shown.ts';
export { MEETING_REFUSALS } from './refusals.ts';
export * from './state.ts';

/** Meetings of boards and panels: when they are set, whether they were held, and what the minutes say. */
export const meetings = registerOf<MeetingState, MeetingEvent, MeetingCommand>({
  name: 'meetings',
  singular: 'meeting',
  events: MEETING_EVENTS,
  commands: MEETING_COMMANDS,
  initial: NOT_SCHEDULED,
  evolve,
  mayFollow,
  decide,
  linksBeside,
  whyNotAnyMore,
  stateFields,
  told,
  dues,
  filters: { meeting: MEETING_SHOWN.filters },
  // Minutes are typed up after a meeting and circulated before the next, which is four weeks away when boards meet most often.
  lateAfterDays: 28,
  bodyOf,
  ownersOf: () => [],
  heldOn,
  cutOffOf,
  refOf,
  refusals: MEETING_REFUSALS,
  notices,
});
