import type { DuesKept } from '../../ledger/index.ts';
import type { MeetingEvent } from './events.ts';

/** A meeting has no due date. What is due at it moves with it. */
export const dues: DuesKept<MeetingEvent> = {
  said: () => [],
  saying: ['MeetingScheduled', 'MeetingPostponed', 'MeetingHeld', 'MeetingCancelled'],
  moving: ['MeetingPostponed', 'MeetingHeld'],
  heldIn: [],
};
