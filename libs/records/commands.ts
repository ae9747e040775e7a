import type { Command, EventId, JsonValue, Marking } from '../ledger/index.ts';

/** An event of the record holds a wrong value: from now on it reads as though it had held this one. `null` takes a value away. */
export interface Correct {
  readonly type: 'Correct';
  readonly ref: string;
  readonly event: EventId;
  readonly path: string;
  readonly is: JsonValue;
}
/** An event of the record should not have been recorded: from now on it does not count. */
export interface Void {
  readonly type: 'Void';
  readonly ref: string;
  readonly event: EventId;
}
/** Lifts a void. */
export interface Restore {
  readonly type: 'Restore';
  readonly ref: string;
  readonly event: EventId;
}
/** Another source (in the envelope) says otherwise, of one event or of the record as it stands. Both versions are kept. */
export interface RecordOtherwiseStated {
  readonly type: 'RecordOtherwiseStated';
  /** The record. */
  readonly ref: string;
  readonly event?: EventId;
  readonly path: string;
  readonly says: JsonValue;
}
/** From now on the public may see the record's events up to this one. */
export interface Publish {
  readonly type: 'Publish';
  readonly ref: string;
}
/** Changes who may see one event, or the whole record when none is named. */
export interface Mark {
  readonly type: 'Mark';
  readonly ref: string;
  readonly event?: EventId;
  /** Without a session the one that holds now stays: only who says so opens what was closed. */
  readonly to: Omit<Marking, 'session'> & Partial<Pick<Marking, 'session'>>;
}

export type RecordCommand = Correct | Void | Restore | RecordOtherwiseStated | Publish | Mark;

export const RECORD_COMMAND_TYPES = ['Correct', 'Void', 'Restore', 'RecordOtherwiseStated', 'Publish', 'Mark'] as const;

/** True for a command that every record takes, whatever its register. */
export function isRecordCommand(command: Command): command is RecordCommand {
  return (RECORD_COMMAND_TYPES as readonly string[]).includes(command.type);
}
