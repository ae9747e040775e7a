import { dueDayAt } from '../../declarations/index.ts';
import type { CommonFact, Tells, ToldAt } from '../../ledger/index.ts';
import { cadenceRef, inForceOn, type CadenceLink } from '../../rules/index.ts';
import type { ForwardPlanEvent } from './events.ts';
import { ON_THE_PLAN, type ForwardPlanStatus } from './fields.ts';
import { homeOf, type Diary, type MeetingInDiary } from './home.ts';
import { awaitsPaper, originOf, paperLateOn, type ForwardPlanState } from './state.ts';

/** What of an item is told at a basis, and what each of its events is as a movement. See docs/comparing.md. */
export const told: Tells<ForwardPlanState, Exclude<ForwardPlanEvent['type'], CommonFact['type']>> = {
  fields(state, at) {
    if (state.status === 'NOT_SUGGESTED') return {};
    const isAwaited = (ON_THE_PLAN as readonly ForwardPlanStatus[]).includes(state.status);
    const plannedOn = dueDayAt(state.plannedFor, at);
    const isPast = at.isPast(plannedOn);
    if (awaitsPaper(state)) at.isPast(state.paperDueOn);
    return {
      ...state,
      suggested: state.suggested.effectiveOn,
      origin: originOf(state),
      'plannedFor.current': plannedOn,
      home: isAwaited ? homeOf(state, diaryAt(state.body, at)) : null,
      missed: isAwaited && isPast,
      // By how many days it is late another day says otherwise each day, and nothing happened: told is that it is.
      paperLate: (paperLateOn(state, at.day) ?? 0) > 0,
    };
  },
  movements: {
    ForwardPlanItemSuggested: 'RAISED',
    ForwardPlanItemRevised: 'RE_WORDED',
    ForwardPlanItemScheduled: 'SCHEDULED',
    ForwardPlanPaperCommissioned: 'ISSUED',
    ForwardPlanPaperReceived: 'ISSUED',
    ForwardPlanItemPresented: 'PRESENTED',
    ForwardPlanItemDeferred: 'DEFERRED',
    ForwardPlanItemDropped: 'DROPPED',
  },
};

function diaryAt(body: string | undefined, at: ToldAt): Diary {
  if (body === undefined) return { meetings: [], cadence: null };
  const meetings = at.ofBody<MeetingInDiary & { readonly body?: string }>('meetings', body);
  const cadence = at.record<CadenceLink>('rules', cadenceRef(body));
  return {
    meetings: meetings.filter((one) => one.body === body),
    cadence: inForceOn(cadence, at.day)?.content ?? null,
  };
}
