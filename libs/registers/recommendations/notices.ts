import { dueDateOf, type DueMeeting } from '../../declarations/index.ts';
import type { CivilDate, Noticed, NoticeRule } from '../../ledger/index.ts';
import { beforeItExisted, longBeforeItsSource, sameTitle } from '../../records/index.ts';
import type { RecommendationEvent } from './events.ts';
import type { RecommendationState } from './state.ts';

type Rule = NoticeRule<RecommendationState, RecommendationEvent>;

function dueOn(state: RecommendationState, links: Noticed['links']): CivilDate | null {
  return state.status === 'NOT_MADE'
    ? null
    : dueDateOf(state.due.current, (ref) => links.find('meetings', ref) as DueMeeting | null);
}

const isDueTooEarly = (state: RecommendationState, links: Noticed['links']): boolean => {
  const due = dueOn(state, links);
  return state.status === 'MADE' && due !== null && due < state.made.effectiveOn;
};

const dueBeforeMade: Rule = {
  wants: (_, after) =>
    after.status === 'NOT_MADE' || after.due.current?.meeting === undefined
      ? []
      : [{ register: 'meetings', ref: after.due.current.meeting }],
  says({ ref, after, before, links }) {
    if (after.status === 'NOT_MADE' || !isDueTooEarly(after, links) || isDueTooEarly(before(), links)) return null;
    return {
      code: 'DUE_BEFORE_MADE',
      sentence: `It is due on ${dueOn(after, links)}, before it was made on ${after.made.effectiveOn}.`,
      record: ref,
    };
  },
};

const titledAlike = sameTitle(
  (namesake) => `${namesake} of the same publication is called the same. Is it the same recommendation?`,
);

/** What may be a slip, though nothing forbids it. */
export const notices: readonly Rule[] = [
  dueBeforeMade,
  titledAlike,
  beforeItExisted('directory', ({ type, facts, actor }) => [
    ...(type === 'RecommendationMade' ? [facts.body, facts.owner, ...(facts.owners ?? [])] : []),
    ...(type === 'RecommendationAllocated' ? [facts.owner, ...(facts.owners ?? [])] : []),
    actor.by?.post,
  ]),
  longBeforeItsSource,
];
