import { markingOf } from '../access/index.ts';
import {
  isRestricted,
  stricter,
  type Marked,
  type MarkingPolicy,
  type RecordEvent,
  type Register,
} from '../ledger/index.ts';
import { actions } from '../registers/actions/index.ts';
import { decisions } from '../registers/decisions/index.ts';
import { forwardPlan } from '../registers/forward-plan/index.ts';
import { asHiddenAs, markingNow } from './as-hidden-as.ts';

/** An action that came of a decision is as hidden as that decision and the entry which opens it. */
export const asHiddenAsItsDecision = asHiddenAsItsCause({
  name: 'as-hidden-as-its-decision',
  causes: decisions,
  marks: actions.name,
  namedIn: 'decision',
});

/** An item of a forward plan that an action became is as hidden as that action and the entry which converted it. */
export const asHiddenAsItsAction = asHiddenAsItsCause({
  name: 'as-hidden-as-its-action',
  causes: actions,
  marks: forwardPlan.name,
  namedIn: 'convertedFrom',
});

/** @param namedIn the fact of what was opened that names the record of which it came */
function asHiddenAsItsCause({
  name,
  causes,
  marks,
  namedIn,
}: {
  readonly name: string;
  readonly causes: Pick<Register, 'name' | 'seriesOf'>;
  readonly marks: string;
  readonly namedIn: string;
}): MarkingPolicy {
  return asHiddenAs(
    {
      name,
      causes: causes.name,
      marks,
      originOf({ version, facts }) {
        const origin = version === 1 ? facts[namedIn] : undefined;
        return typeof origin === 'string' ? origin : null;
      },
      // What is opened because of a record is numbered under its body and month.
      seriesFrom([opening]) {
        const { ref } = opening?.facts ?? {};
        const series = typeof ref === 'string' ? causes.seriesOf(ref) : null;
        return series === null ? [] : [series];
      },
      hides: ({ type, marking, facts }) =>
        type === 'Marked' ? isRestricted((facts as Marked['facts']).to) : isRestricted(marking),
    },
    ({ facts: { causedBy } }) => {
      let cause: RecordEvent | undefined;
      return (event, visibility) => {
        if (event.id === causedBy) cause = event;
        const now = markingNow(visibility);
        return cause === undefined ? now : stricter(now, markingOf(visibility, cause));
      };
    },
  );
}
