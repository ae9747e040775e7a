import type { MayIssue } from '../../ledger/index.ts';
import type { MeetingCommand } from './commands.ts';

/** The office keeps the diary and the minutes. */
export const MAY_ISSUE: { readonly [type in MeetingCommand['type']]: MayIssue } = {
  ScheduleMeeting: ['opcc-officer'],
  HoldMeeting: ['opcc-officer'],
  CancelMeeting: ['opcc-officer'],
  PostponeMeeting: ['opcc-officer'],
  MinuteItem: ['opcc-officer'],
};
