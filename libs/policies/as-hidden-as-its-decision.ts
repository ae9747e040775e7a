import { markingOf } from '../access/index.ts';
import { isRestricted, stricter, type Marked, type RecordEvent } from '../ledger/index.ts';
import { actions } from '../registers/actions/index.ts';
import { decisions } from '../registers/decisions/index.ts';
import { asHiddenAs, markingNow } from './as-hidden-as.ts';

/** An action that came of a decision takes the strictest of that decision's marking and that of the entry which opens it. */
export const asHiddenAsItsDecision = asHiddenAs(
  {
    name: 'as-hidden-as-its-decision',
    causes: decisions.name,
    marks: actions.name,
    originOf({ type, facts }) {
      const { decision } = facts;
      return type === 'ActionRaised' && typeof decision === 'string' ? decision : null;
    },
    // An action that came of a decision is numbered under its body and month.
    seriesFrom([opening]) {
      const { ref } = opening?.facts ?? {};
      const series = typeof ref === 'string' ? decisions.seriesOf(ref) : null;
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
