import { ownersOf } from '../../access/index.ts';
import { dueDateOf } from '../../declarations/index.ts';
import type { CivilDate, Noticed, NoticeRule } from '../../ledger/index.ts';
import { beforeItExisted, longBeforeItsSource, sameTitle } from '../../records/index.ts';
import type { ActionEvent } from './events.ts';
import type { MeetingLink } from './links.ts';
import type { ActionState } from './state.ts';

type Rule = NoticeRule<ActionState, ActionEvent>;
type LinksOf = Noticed['links'];

function dueOn(state: ActionState, links: LinksOf): CivilDate | null {
  return state.status === 'NOT_RAISED'
    ? null
    : dueDateOf(state.due.current, (ref) => links.find('meetings', ref) as MeetingLink | null);
}

const isDueTooEarly = (state: ActionState, links: LinksOf): boolean => {
  const due = dueOn(state, links);
  return state.status !== 'NOT_RAISED' && due !== null && due < state.raised.effectiveOn;
};

const dueBeforeRaised: Rule = {
  wants: (_, after) =>
    after.status === 'NOT_RAISED' || after.due.current?.meeting === undefined
      ? []
      : [{ register: 'meetings', ref: after.due.current.meeting }],
  says({ ref, after, before, links }) {
    if (after.status === 'NOT_RAISED' || !isDueTooEarly(after, links) || isDueTooEarly(before(), links)) return null;
    return {
      code: 'DUE_BEFORE_RAISED',
      sentence: `It is due on ${dueOn(after, links)}, before it was raised on ${after.raised.effectiveOn}.`,
      record: ref,
    };
  },
};

const deferredToThePast: Rule = {
  says({ ref, event }) {
    if (event.type !== 'ActionDeferred') return null;
    const { until } = event.facts;
    if (until === undefined || until >= event.effectiveOn) return null;
    const sentence = `It was deferred on ${event.effectiveOn} until ${until}, which had passed.`;
    return { code: 'DEFERRED_TO_THE_PAST', sentence, record: ref };
  },
};

const titledAlike = sameTitle(
  (namesake) => `${namesake} was raised at the same meeting under the same title. Is it the same action?`,
);

/** What may be a slip, though nothing forbids it. */
export const notices: readonly Rule[] = [
  dueBeforeRaised,
  deferredToThePast,
  titledAlike,
  beforeItExisted('directory', ({ type, facts, actor }) =>
    type === 'ActionRaised'
      ? [facts.body, ...ownersOf(facts), actor.by?.post]
      : [...(type === 'ActionReassigned' ? ownersOf(facts) : []), actor.by?.post],
  ),
  longBeforeItsSource,
];
