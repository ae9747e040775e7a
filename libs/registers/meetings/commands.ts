import type { CivilDate, Dated } from '../../ledger/index.ts';
import type { Session } from './events.ts';

export interface ScheduleMeeting {
  readonly type: 'ScheduleMeeting';
  readonly body: string;
  readonly on?: CivilDate;
  readonly dated?: Dated;
  readonly session?: Session;
  readonly title?: string;
}
export interface HoldMeeting {
  readonly type: 'HoldMeeting';
  readonly ref: string;
  /** The day on which it was held. Default: the day for which it was set. */
  readonly on?: CivilDate;
}
export interface CancelMeeting {
  readonly type: 'CancelMeeting';
  readonly ref: string;
}
export interface PostponeMeeting {
  readonly type: 'PostponeMeeting';
  readonly ref: string;
  readonly to?: CivilDate;
  readonly dated?: Dated;
}
export interface MinuteItem {
  readonly type: 'MinuteItem';
  readonly ref: string;
  readonly item?: string;
  readonly title?: string;
  readonly text: string;
  readonly session?: Session;
  readonly promise?: boolean;
  readonly owner?: string;
  readonly due?: {
    readonly phrase?: string;
    readonly on?: CivilDate;
    readonly meeting?: string;
    readonly dated?: Dated;
  };
}

export type MeetingCommand = ScheduleMeeting | HoldMeeting | CancelMeeting | PostponeMeeting | MinuteItem;
