import { visibilityOf, visibilityWith, markingOf, type RecordVisibility } from '../access/index.ts';
import {
  isRestricted,
  OFFICIAL_OPEN,
  sameMarking,
  stricter,
  type Corrected,
  type Marked,
  type Marking,
  type MarkingPolicy,
  type OwedMark,
  type PlacedEvent,
  type RecordEvent,
} from '../ledger/index.ts';
import { actions } from '../registers/actions/index.ts';
import { meetings } from '../registers/meetings/index.ts';

/**
 * What arises from a hidden meeting is as hidden as the meeting was then: an action takes the strictest of its meeting's marking and
 * session when it is raised (those raised before this was a rule are marked), and again whenever the meeting is marked more
 * strictly. Opening the meeting opens nothing else, and what was marked once may be opened by whoever marks it anew.
 */
export const asHiddenAsItsMeeting: MarkingPolicy = {
  name: 'as-hidden-as-its-meeting',
  causes: { register: meetings.name, commands: ['Mark', 'Void', 'Restore'] },
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
  owed(meeting, action) {
    const [raised] = action;
    if (raised === undefined) return [];
    return causesOf(meeting, raised)
      .filter(({ after, to }) => !wasEver(to, action, after))
      .map(({ cause, to }) => ({ cause, to }));
  },
};

interface Cause extends OwedMark {
  /** Its number in the ledger. */
  readonly after: number;
}

/** Every fact that hides the meeting more than it was hidden before; that the action was raised stands for all before it. */
function causesOf(meeting: readonly PlacedEvent[], raised: PlacedEvent): readonly Cause[] {
  const causes: Cause[] = [];
  let visibility = visibilityOf([]);
  let session: Marking['session'] = 'OPEN';
  let hidden: Marking = OFFICIAL_OPEN;
  let isRaised = false;
  const raise = () => {
    isRaised = true;
    if (isRestricted(hidden)) causes.push({ cause: raised.id, to: hidden, after: raised.sequence });
  };
  for (const event of meeting) {
    if (!isRaised && event.sequence > raised.sequence) raise();
    visibility = visibilityWith(visibility, event);
    session = sessionAfter(session, event, visibility);
    const now = stricter(markingNow(visibility), { ...OFFICIAL_OPEN, session });
    const isMarking = event.type === 'Marked' || event.type === 'Voided' || event.type === 'Restored';
    if (isRaised && isMarking && !covers(hidden, now)) causes.push({ cause: event.id, to: now, after: event.sequence });
    hidden = now;
  }
  if (!isRaised) raise();
  return causes;
}

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

/** True if the record bore that marking, or a stricter one, just after an event of the ledger or at any time since. */
function wasEver(to: Marking, record: readonly PlacedEvent[], after: number): boolean {
  let visibility = visibilityOf([]);
  const marked = record.map(({ sequence }, index) => {
    visibility = visibilityWith(visibility, record[index]!);
    return { sequence, marking: markingNow(visibility) };
  });
  const then = marked.findLast(({ sequence }) => sequence <= after);
  return [...(then === undefined ? [] : [then]), ...marked.filter(({ sequence }) => sequence > after)].some(
    ({ marking }) => covers(marking, to),
  );
}

function markingNow(visibility: RecordVisibility): Marking {
  return visibility.opening === null ? visibility.record : markingOf(visibility, visibility.opening);
}

function covers(marking: Marking, other: Marking): boolean {
  return sameMarking(stricter(marking, other), marking);
}
