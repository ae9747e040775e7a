import { kindOfRecord } from '../declarations/index.ts';
import { refusing } from '../ledger/index.ts';

/** What any command may be refused for, whatever its register, in the order in which it is checked. */
export const DISPATCH_REFUSALS = {
  COMMAND_ID_REUSED: 'This commandId was used before for another command. Take a new UUID for a new command.',
  UNKNOWN_POST: 'The directory knows no post "{post}" that acts in a capacity. Add the post, or name another in "by".',
  RECORDED_BY_MISTAKE:
    'This record was recorded by mistake: the event that opened it ({event}) is void, so nothing more is recorded of it. Restore that event first.',
  AUTHORITY_NEEDED:
    'You type what another post did: say on what authority (a meeting, a decision, a delegation or a document).',
  MEETING_NEEDED:
    'What a commissioner’s post owns or reported is signed off by another post of that capacity, or by the monitoring officer on the authority of a meeting. Name the meeting.',
  UNKNOWN_MEETING: 'There is no meeting {meeting}. Schedule it first, or name another.',
  MEETING_NOT_HELD:
    'Meeting {meeting} had not been held by {effectiveOn}, so nothing was decided there by then. Name a meeting that was held, or record first that this one was.',
  UNKNOWN_DECISION: kindOfRecord('decision').unknown,
  DECISION_NOT_MADE:
    'Decision {decision} had not been made by {effectiveOn}, or held no longer, so it is no authority for this. Name a decision that was made, or record first that this one was.',
  UNKNOWN_BEFORE: 'The event named in "before" is not a fact of this record on the same effective day.',
  UNKNOWN_DOCUMENT: kindOfRecord('document').unknown,
  UNKNOWN_VERSION: 'Document {document} has no version {version}. Record the version first, or name another.',
  NOTHING_CHANGES: 'This would change nothing, so nothing was recorded.',
  EFFECTIVE_IN_FUTURE:
    'A fact cannot take effect after today ({today}). Record it on the day, or give a due date instead.',
  LATE_NEEDS_REASON:
    'This took effect {delay} days ago, which is later than the {allowed} days allowed. Say in "reason" why it is recorded only now.',
  WOULD_BE_IMPOSSIBLE:
    'Changed so, the event itself would be impossible: {type} of {effectiveOn} (event {event}). {why} Correct it otherwise, or void it.',
  WOULD_CONTRADICT:
    'It would make a later fact impossible: {type} of {effectiveOn} (event {event}). {why} Void that fact first, or hold this as otherwise stated.',
  EXTENDED_TOO_OFTEN:
    'The due-date policy {policy} does not let the date be put off so often. Keep the date, or have the body change its policy.',
  EXTENDED_TOO_LATE:
    'The due-date policy {policy} lets no date be put off once it has passed. Keep the date, or have the body change its policy.',
  EXTENSION_WITHOUT_REASON: 'The due-date policy {policy} asks why a date is put off. Say so in "reason".',
  EXTENSION_WITHOUT_AUTHORITY:
    'The due-date policy {policy} asks on whose authority a date is put off so often. Name it in "authority".',
  SUBJECT_OF_ANOTHER:
    'It would bring back a subject under which the identity provider knows another person by now. Take it away from them first.',
  UNSEEN:
    'A fact that you may not see stands in the way of this. Ask the OPCC to record it, or to say what can be done.',
  REFERENCE_TAKEN: 'The reference {ref} is taken. Choose another.',
} as const;

export const refuse = refusing(DISPATCH_REFUSALS);
