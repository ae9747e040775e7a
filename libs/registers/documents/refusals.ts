import { refusing } from '../../ledger/index.ts';

/** Every reason for which a document is refused beside what the declarations say, in the order in which they are checked. */
export const DOCUMENT_REFUSALS = {
  ALREADY_RECORDED: 'This document is recorded already. Record another one.',
  NOT_RECORDED:
    'This document was not recorded yet on that day. Give a later effective day, or correct the day from which it was recorded.',
  DOCUMENT_REPLACED: 'Document {ref} was replaced by another. Name that one, or void the replacement.',
  DOCUMENT_WITHDRAWN: 'Document {ref} was withdrawn. If it was not, void the withdrawal.',
  VERSION_NEEDS_REASON: 'Say why it was changed.',
  WITHDRAWAL_NEEDS_REASON: 'Say why it was withdrawn.',
  REPLACEMENT_NEEDS_REASON: 'Say why it was replaced.',
  SAME_DOCUMENT: 'Document {ref} cannot replace itself. Name another document.',
  OTHER_DOCUMENT_GONE:
    'Document {document} was itself withdrawn or replaced, so it replaces nothing. Name the one that stands.',
  VERSION_EXISTS: 'Document {ref} has a version {version} already. Give another number.',
  UNKNOWN_VERSION: 'Document {ref} has no version {version} on that day. Record the version first, or name another.',
  RETAINED_TO_THE_PAST: 'It cannot be kept until {until}, before the day on which that took effect ({from}).',
  TOTAL_OF_FEWER: 'There cannot be {number} of {of}. Give the number that is counted, and of how many.',
  TOTAL_AHEAD:
    'It cannot tell how many there were on {asAt}, after the day on which that took effect ({from}). Give an earlier day.',
  UNKNOWN_FILTER: 'The list of {many} has no filter {filter} by which it is counted. It has: {filters}.',
  UNKNOWN_CHOICE: 'The filter {filter} needs one or more of its choices: {members}.',
  NOT_ONE_RECORD: 'The filter {filter} needs the reference of one {record}, such as {example}.',
  NEEDS_NO_CHOICE: 'The filter {filter} is so or is not: give it without any choice.',
  SAME_TOTAL:
    'This document reports that number of the same records already. If it is wrong, correct or void that one.',
  NOTHING_CHANGES: 'It is kept until that day under a rule already, so nothing was recorded. Give another day.',
} as const;

export const refuse = refusing(DOCUMENT_REFUSALS);
