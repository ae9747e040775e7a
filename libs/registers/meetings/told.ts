import type { CommonFact, Tells } from '../../ledger/index.ts';
import { cutOffOf } from './cut-off.ts';
import type { MeetingEvent } from './events.ts';
import type { MeetingState } from './state.ts';

/** What of a meeting is told at a basis, and what each of its events is as a movement. See docs/comparing.md. */
export const told: Tells<MeetingState, Exclude<MeetingEvent['type'], CommonFact['type']>> = {
  fields(state) {
    if (state.status === 'NOT_SCHEDULED') return {};
    const { effective, recorded } = cutOffOf(state) ?? {};
    return { ...state, 'cutOff.effective': effective, 'cutOff.recorded': recorded };
  },
  movements: {
    MeetingScheduled: 'RAISED',
    MeetingHeld: 'HELD',
    MeetingCancelled: 'CANCELLED',
    MeetingPostponed: 'POSTPONED',
    ItemMinuted: 'MINUTED',
    MeetingArranged: 'ARRANGED',
    AttendanceRecorded: 'MINUTED',
    SittingRecorded: 'MINUTED',
    InterestDeclared: 'MINUTED',
    PublicQuestionAsked: 'MINUTED',
    PublicQuestionAnswered: 'MINUTED',
    AgendaItemListed: 'ARRANGED',
    AgendaItemPresented: 'PRESENTED',
    AgendaItemNotReached: 'DEFERRED',
    AgendaItemDeferred: 'DEFERRED',
    AgendaItemWithdrawn: 'WITHDRAWN',
    AgendaItemReported: 'MINUTED',
    ResolutionPassed: 'DECIDED',
    PublicExcluded: 'DECIDED',
    PapersIssued: 'ISSUED',
    MinutesDrafted: 'MINUTED',
    MinutesCirculated: 'MINUTED',
    MinutesConfirmed: 'AGREED',
    MinutesPublished: 'PUBLISHED',
    MinutesCorrected: 'RE_WORDED',
  },
};
