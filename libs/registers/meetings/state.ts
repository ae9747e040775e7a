import type { CivilDate, Dated, EventId, JsonObject, TextRef } from '../../ledger/index.ts';
import type { Session } from './events.ts';

export const MEETING_STATES = ['SCHEDULED', 'HELD', 'CANCELLED', 'POSTPONED'] as const;
export type MeetingStatus = (typeof MEETING_STATES)[number];

export interface MinutedItem {
  readonly event: EventId;
  readonly effectiveOn: CivilDate;
  readonly item?: string;
  readonly session: Session;
  readonly promise: boolean;
  readonly owner?: string;
  readonly due?: { readonly on?: CivilDate; readonly meeting?: string; readonly dated?: Dated & JsonObject };
  readonly title?: TextRef;
  readonly text?: TextRef;
  readonly phrase?: TextRef;
}

export interface ScheduledMeeting {
  readonly status: MeetingStatus;
  readonly ref: string;
  readonly body: string;
  /** The day for which it is set or on which it was held; absent while no day is known. A cancelled meeting keeps it. */
  readonly date?: CivilDate;
  readonly dated?: Dated;
  readonly session: Session;
  readonly title?: TextRef;
  /** How often it has been moved. */
  readonly postponements: number;
  readonly items: readonly MinutedItem[];
}

export type MeetingState = { readonly status: 'NOT_SCHEDULED' } | ScheduledMeeting;

export const NOT_SCHEDULED: MeetingState = { status: 'NOT_SCHEDULED' };
