import { dueDateOf } from '../../declarations/index.ts';
import type { NoticeRule } from '../../ledger/index.ts';
import { beforeItExisted, longBeforeItsSource, sameTitle } from '../../records/index.ts';
import type { ForwardPlanEvent } from './events.ts';
import type { MeetingLink } from './links.ts';
import type { ForwardPlanState } from './state.ts';

type Rule = NoticeRule<ForwardPlanState, ForwardPlanEvent>;

/** It is refused to whoever enters it; a paper may print it, and a correction may bring it about. */
const plannedForThePast: Rule = {
  wants: (event) => {
    const meeting = plannedIn(event)?.meeting;
    return meeting === undefined ? [] : [{ register: 'meetings', ref: meeting }];
  },
  says({ ref, event, links }) {
    const on = dueDateOf(plannedIn(event), (meeting) => links.find('meetings', meeting) as MeetingLink | null);
    if (on === null || on >= event.effectiveOn) return null;
    const sentence = `It was planned on ${event.effectiveOn} for ${on}, which had passed.`;
    return { code: 'PLANNED_FOR_THE_PAST', sentence, record: ref };
  },
};

function plannedIn(event: ForwardPlanEvent) {
  switch (event.type) {
    case 'ForwardPlanItemSuggested':
    case 'ForwardPlanItemScheduled':
    case 'ForwardPlanItemDeferred':
      return event.facts.plannedFor;
    default:
      return undefined;
  }
}

const titledAlike = sameTitle((namesake) => `${namesake} of the same body is called the same. Is it the same item?`);

/** What may be a slip, though nothing forbids it. */
export const notices: readonly Rule[] = [
  plannedForThePast,
  titledAlike,
  beforeItExisted('directory', ({ type, facts, actor }) => [
    ...(type === 'ForwardPlanItemSuggested' ? [facts.body, facts.sponsor] : []),
    ...(type === 'ForwardPlanItemRevised' ? [facts.sponsor] : []),
    actor.by?.post,
  ]),
  longBeforeItsSource,
];
