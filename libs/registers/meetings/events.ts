import {
  commonKinds,
  kind,
  type CivilDate,
  type CommonFact,
  type Dated,
  type EventKind,
  type JsonObject,
  type RecordEvent,
} from '../../ledger/index.ts';

export type Session = 'OPEN' | 'CLOSED';

/** A meeting set for a day, or for a span while no day is known ("October 2023"). The day is data: it may lie ahead. */
export type MeetingScheduled = RecordEvent<
  'MeetingScheduled',
  {
    readonly ref: string;
    readonly body: string;
    readonly on?: CivilDate;
    readonly dated?: Dated & JsonObject;
    readonly session: Session;
  },
  'title'
>;
export type MeetingHeld = RecordEvent<'MeetingHeld', { readonly on: CivilDate }, never>;
/** The date is kept in diaries; what was due there has lost its anchor. */
export type MeetingCancelled = RecordEvent<'MeetingCancelled', Record<string, never>, never>;
/** Moved to another day, or to no known day yet. The reference stays. */
export type MeetingPostponed = RecordEvent<
  'MeetingPostponed',
  { readonly to?: CivilDate; readonly dated?: Dated & JsonObject },
  never
>;
/**
 * What the minutes say of one item. A promise that no action list holds is a minuted item with `promise` true: it has no
 * reference of its own and no state.
 */
export type ItemMinuted = RecordEvent<
  'ItemMinuted',
  {
    /** Number of the minute item: see `isItemNumber`. */
    readonly item?: string;
    readonly session: Session;
    readonly promise: boolean;
    /** The post that promised, if the minutes name one. */
    readonly owner?: string;
    readonly due?: {
      readonly on?: CivilDate;
      readonly meeting?: string;
      readonly dated?: Dated & JsonObject;
    } & JsonObject;
  },
  'title' | 'text' | 'phrase'
>;

export type MeetingOwnEvent = MeetingScheduled | MeetingHeld | MeetingCancelled | MeetingPostponed | ItemMinuted;
export type MeetingEvent = MeetingOwnEvent | CommonFact;

export const MEETING_KINDS: readonly EventKind[] = [
  kind('meetings', 'MeetingScheduled', 1, { texts: ['title'], principal: 'title' }),
  kind('meetings', 'MeetingHeld', 1),
  kind('meetings', 'MeetingCancelled', 1),
  kind('meetings', 'MeetingPostponed', 1),
  kind('meetings', 'ItemMinuted', 1, { texts: ['title', 'text', 'phrase'], principal: 'text' }),
  ...commonKinds('meetings'),
];
