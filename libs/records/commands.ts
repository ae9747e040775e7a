import {
  anyValue,
  called,
  command,
  decidedBy,
  eventOfRecord,
  labelled,
  Linked,
  linkedAs,
  linkedTo,
  marking,
  mayIssueOf,
  Named,
  NameWithdrawn,
  optional,
  otherwise,
  path,
  recordName,
  Unlinked,
  type CommandOf,
} from '../declarations/index.ts';
import type { Command, CommonFact, DeclaredCommand, MayIssue } from '../ledger/index.ts';
import { RECORD_REFUSALS } from './refusals.ts';

/** The office keeps what is written straight; the monitoring officer decides what is shown and what counts. See docs/access.md. */
const OFFICE: MayIssue = ['opcc-officer'];
const MONITORING_OFFICER: MayIssue = ['monitoring-officer'];

const to = <Type extends CommonFact['type']>(type: Type) => ({ type });

/** `null` takes a value away. */
export const Correct = command('Correct', {
  says: 'Puts right what an earlier event says. It is never a movement, an extension or late.',
  about: 'any',
  leadsTo: to('Corrected'),
  mayIssue: OFFICE,
  requires: { reason: 'REASON_NEEDED' },
  fields: {
    event: eventOfRecord('The event that is wrong.'),
    path: labelled(
      'Field',
      path('The field that is wrong, such as `title`; `effectiveOn` and `dated` may always be corrected.'),
    ),
    is: labelled(
      'What it should say',
      otherwise(null, anyValue('What it should say; null when it should say nothing.')),
    ),
  },
});
export type Correct = CommandOf<typeof Correct>;

export const Void = command('Void', {
  says: 'Takes an event back, as if it had not happened; it stays in the history.',
  label: 'Take back an entry',
  about: 'any',
  leadsTo: to('Voided'),
  mayIssue: MONITORING_OFFICER,
  consequential: true,
  requires: { reason: 'REASON_NEEDED' },
  fields: { event: eventOfRecord('The event.') },
});
export type Void = CommandOf<typeof Void>;

export const Restore = command('Restore', {
  says: 'Lifts the void of an event.',
  label: 'Let an entry count again',
  about: 'any',
  leadsTo: to('Restored'),
  mayIssue: MONITORING_OFFICER,
  requires: { reason: 'REASON_NEEDED' },
  fields: { event: eventOfRecord('The event.') },
});
export type Restore = CommandOf<typeof Restore>;

/** Another source (in the envelope) says otherwise, of one event or of the record as it stands. Both versions are kept. */
export const RecordOtherwiseStated = command('RecordOtherwiseStated', {
  says: 'Holds beside a record what another source says of one of its fields. It changes no state, movement or legality, and marks the field as disputed. Takes a record of any register.',
  label: 'Record what another source says',
  about: 'any',
  refCalled: 'record',
  leadsTo: to('OtherwiseStated'),
  mayIssue: OFFICE,
  requires: { source: 'SOURCE_NEEDED' },
  fields: {
    event: optional(eventOfRecord('The event whose field is disputed, when one is meant in particular.')),
    path: labelled('Field', path('The field, as corrections name it.')),
    says: labelled('What the other source says', anyValue('What the other source says.')),
  },
});
export type RecordOtherwiseStated = CommandOf<typeof RecordOtherwiseStated>;

export const Publish = command('Publish', {
  says: 'Lets the public see the record, with all its events up to now; later ones need another publication.',
  about: 'any',
  leadsTo: to('Published'),
  mayIssue: MONITORING_OFFICER,
  consequential: true,
});
export type Publish = CommandOf<typeof Publish>;

export const Mark = command('Mark', {
  says: 'Marks the record or one of its events anew. Counts from now on for every reading of the past.',
  label: 'Change who may see it',
  about: 'any',
  leadsTo: to('Marked'),
  mayIssue: MONITORING_OFFICER,
  consequential: true,
  fields: {
    event: optional(eventOfRecord('The one event to be marked. Default: the whole record.')),
    to: labelled('Marking', marking('The marking it is to bear.')),
  },
});
export type Mark = CommandOf<typeof Mark>;

const toAnother = called({ column: 'linked_to' }, linkedTo);
const asWhat = called({ column: 'linked_as' }, linkedAs);

export const LinkRecord = command('LinkRecord', {
  says: 'Links a record to another, of any register. Said once, of the record that follows from, raises again, replaces, is about, shows or needs the other; it is seen from both.',
  label: 'Link to another record',
  about: 'any',
  refCalled: 'record',
  leadsTo: Linked,
  mayIssue: OFFICE,
  fields: { to: toAnother, as: asWhat },
});
export type LinkRecord = CommandOf<typeof LinkRecord>;

export const UnlinkRecord = command('UnlinkRecord', {
  says: 'Ends a link of a record to another from a day on. A link that never should have been is taken back instead.',
  label: 'End a link',
  about: 'any',
  refCalled: 'record',
  leadsTo: Unlinked,
  mayIssue: OFFICE,
  fields: { to: toAnother, as: asWhat },
});
export type UnlinkRecord = CommandOf<typeof UnlinkRecord>;

export const NameRecord = command('NameRecord', {
  says: 'Records a name under which papers know a record of any register. It is found by it.',
  label: 'Record another name',
  about: 'any',
  refCalled: 'record',
  leadsTo: Named,
  mayIssue: OFFICE,
  fields: { name: recordName },
});
export type NameRecord = CommandOf<typeof NameRecord>;

export const WithdrawName = command('WithdrawName', {
  says: 'A record is known under a name no longer, from a day on. A name that was wrong is corrected instead.',
  label: 'Withdraw a name',
  about: 'any',
  refCalled: 'record',
  leadsTo: NameWithdrawn,
  mayIssue: OFFICE,
  fields: { event: labelled('Name', eventOfRecord('The entry that gave the name.')) },
});
export type WithdrawName = CommandOf<typeof WithdrawName>;

/** What every record takes, whatever its register. */
export const RECORD_COMMANDS = [
  Correct,
  Void,
  Restore,
  RecordOtherwiseStated,
  Publish,
  Mark,
  LinkRecord,
  UnlinkRecord,
  NameRecord,
  WithdrawName,
] as const;
export type RecordCommand = CommandOf<(typeof RECORD_COMMANDS)[number]>;

export const RECORD_COMMAND_TYPES = RECORD_COMMANDS.map(({ type }) => type);

export const mayIssueForRecord = mayIssueOf<RecordCommand['type']>(RECORD_COMMANDS);

/** The same, as whoever decides and dispatches them must know them. */
export const RECORD_COMMANDS_DECLARED: { readonly [type: string]: DeclaredCommand } = Object.fromEntries(
  RECORD_COMMANDS.map((one) => [one.type, decidedBy(one, RECORD_REFUSALS)]),
);

/** True for a command that every record takes, whatever its register. */
export function isRecordCommand(one: Command): one is RecordCommand {
  return Object.hasOwn(RECORD_COMMANDS_DECLARED, one.type);
}
