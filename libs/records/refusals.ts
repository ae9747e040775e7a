import { REFUSALS_OF_EVERY_RECORD } from '../declarations/index.ts';
import { refusing } from '../ledger/index.ts';

/** Every reason for which a command that all records take is refused, in the order in which they are checked. */
export const RECORD_REFUSALS = {
  UNKNOWN_EVENT: 'This record has no event {event}. Name one from its history.',
  NOT_CORRECTABLE:
    '"{path}" of {type} cannot be corrected. A reference, a stamp, a marking and who did it stay as they were; a correction, a void or a second version is voided and recorded anew.',
  NOT_VOIDABLE: 'A void is not itself voided. Restore the event that it made void instead.',
  NOT_DISPUTABLE:
    '"{path}" is nothing that another source can state otherwise here. Name a field of the record, or an event and one of its fields.',
  INVALID_VALUE: 'This value will not do. {why}',
  UNKNOWN_RECORD: 'The ledger holds no {ref}. Add it first, or name another.',
  UNKNOWN_VERSION: 'The event cites no document that has a version {version}. Correct which document it cites first.',
  SOURCE_NEEDED: 'Say in "source.document" which source states it otherwise.',
  REASON_NEEDED: 'Say in "reason" why, so that whoever reads the history later can judge it.',
  ALREADY_VOID: 'This event is void already. There is nothing left to void.',
  NOT_VOID: 'This event is not void, so there is nothing to restore.',
  SEEN_WITH_ITS_RECORD:
    'Whoever may see the record sees that it was recorded by mistake, by whom, and why. Leave the marking out and give a reason that they may read, or mark the record.',
  RESTRICTED_CANNOT_BE_PUBLISHED:
    'This record is marked SENSITIVE or was dealt with in closed session, and nothing restricted is published. Mark it anew first, if it may be shown.',
  ...REFUSALS_OF_EVERY_RECORD,
  NOTHING_CHANGES: 'This would change nothing, so nothing was recorded.',
} as const;

export const refuse = refusing(RECORD_REFUSALS);
