import type { EventId } from '../ledger/index.ts';

/** Something that a person must look into. Raised once for each case; never holds anything personal. */
export interface StoreAlarm {
  readonly code:
    /** The server acknowledged the event, but does not show it in its log of all events. */
    | 'ACKED_MISSING'
    /** Under the id of an acknowledged event the log shows other bytes. */
    | 'ACKED_DIFFERS'
    /** The database holds something that this ledger never wrote, or lacks something that it did. */
    | 'STORE_DAMAGED';
  readonly eventId?: EventId;
  readonly sentence: string;
}

/** The part of a logger that the adapter uses; pino has it. */
export interface Logger {
  info(about: object, message: string): void;
  warn(about: object, message: string): void;
  error(about: object, message: string): void;
}

export const SILENT: Logger = { info() {}, warn() {}, error() {} };

/**
 * The defences of the adapter, each against something that a real server or its client was seen to do. Tests switch one off to
 * show that they would notice: nothing else ever does.
 */
export type Defence =
  | 'plain-path'
  | 'slots'
  | 'read-back'
  | 'known-ids'
  | 'position-gate'
  | 'resubscribe'
  | 'whole-appends'
  | 'ack-watch'
  | 'clock-check'
  | 'close-channel';
