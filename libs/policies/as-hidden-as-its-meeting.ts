import type { RecordVisibility } from '../access/index.ts';
import {
  isRestricted,
  OFFICIAL_OPEN,
  stricter,
  type Corrected,
  type Marked,
  type Marking,
  type RecordEvent,
} from '../ledger/index.ts';
import { actions } from '../registers/actions/index.ts';
import { meetings } from '../registers/meetings/index.ts';
import { asHiddenAs, markingNow } from './as-hidden-as.ts';

/** An action that was raised at a meeting takes the strictest of that meeting's marking and session. */
export const asHiddenAsItsMeeting = asHiddenAs(
  {
    name: 'as-hidden-as-its-meeting',
    causes: meetings.name,
    marks: actions.name,
    originOf({ type, facts }) {
      const { meeting } = facts;
      return type === 'ActionRaised' && typeof meeting === 'string' ? meeting : null;
    },
    seriesFrom([opening, ...rest]) {
      const { ref, body } = opening?.facts ?? {};
      const month = typeof ref === 'string' ? meetings.seriesOf(ref)?.slice(-'yyyy-mm'.length) : undefined;
      // An action is numbered under the body that its meeting was of then, and the month of the meeting's reference.
      const bodies = [
        body as string,
        ...rest.flatMap(({ type, facts: { path, is } }) =>
          type === 'Corrected' && path === 'body' ? [is as string] : [],
        ),
      ];
      return month === undefined ? [] : [...new Set(bodies)].map((one) => `${one}-${month}`);
    },
    hides: ({ type, marking, facts }) =>
      type === 'MeetingScheduled'
        ? isRestricted(marking) || facts['session'] === 'CLOSED'
        : type === 'Marked'
          ? isRestricted((facts as Marked['facts']).to)
          : type === 'Corrected' && facts['path'] === 'session' && facts['is'] === 'CLOSED',
  },
  () => {
    let session: Marking['session'] = 'OPEN';
    return (event, visibility) => {
      session = sessionAfter(session, event, visibility);
      return stricter(markingNow(visibility), { ...OFFICIAL_OPEN, session });
    };
  },
);

/** Whether the session was closed, as far as is known then. */
function sessionAfter(
  before: Marking['session'],
  event: RecordEvent,
  { opening }: RecordVisibility,
): Marking['session'] {
  if (event.type === 'MeetingScheduled') return event.facts['session'] === 'CLOSED' ? 'CLOSED' : 'OPEN';
  const { target, path, is } = event.facts as Partial<Corrected['facts']>;
  if (event.type !== 'Corrected' || target !== opening?.id || path !== 'session') return before;
  return is === 'CLOSED' ? 'CLOSED' : 'OPEN';
}
