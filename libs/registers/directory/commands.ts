import {
  called,
  command,
  day,
  labelled,
  line,
  link,
  newReference,
  optional,
  yesNo,
  type CommandOf,
} from '../../declarations/index.ts';
import type { MayIssue } from '../../ledger/index.ts';
import * as Event from './events.ts';
import { bodyOrganisation, capacity, illustrative, reads } from './fields.ts';

/** The office keeps the directory; what grants authority is the monitoring officer's: see `mayIssueThis`, `docs/access.md`. */
const OFFICE: MayIssue = ['opcc-officer'];
export const MONITORING_OFFICER: MayIssue = { alone: ['monitoring-officer'] };

export const AddBody = command('AddBody', {
  says: 'Adds a body to the directory.',
  opens: 'body',
  leadsTo: Event.BodyAdded,
  mayIssue: OFFICE,
  fields: {
    as: called(
      { api: 'ref' },
      labelled('Reference', newReference('body', 'The reference it is to have: capitals and digits, such as CGB.')),
    ),
    name: line('Its name.'),
    organisation: optional(bodyOrganisation),
    illustrative: optional(illustrative),
  },
});
export type AddBody = CommandOf<typeof AddBody>;

export const BeginReading = command('BeginReading', {
  says: 'Says that a body, such as a panel, is shown the records of another from the effective day on. It opens nothing to anybody: what its members see is what their posts may see.',
  about: 'body',
  refCalled: 'body',
  leadsTo: Event.ReadingBegun,
  mayIssue: OFFICE,
  fields: { reads },
});
export type BeginReading = CommandOf<typeof BeginReading>;

export const EndReading = command('EndReading', {
  says: 'Says that a body is shown the records of another no longer, from the effective day on.',
  about: 'body',
  refCalled: 'body',
  leadsTo: Event.ReadingEnded,
  mayIssue: OFFICE,
  fields: { reads },
});
export type EndReading = CommandOf<typeof EndReading>;

export const AddPost = command('AddPost', {
  says: 'Adds a post to the directory. A post that acts as commissioner, opcc-officer or monitoring-officer is added by the monitoring officer.',
  opens: 'post',
  leadsTo: Event.PostAdded,
  mayIssue: OFFICE,
  fields: {
    as: called(
      { api: 'ref' },
      labelled(
        'Reference',
        newReference(
          'post',
          'The reference it is to have: small letters, digits and hyphens, such as chief-constable.',
        ),
      ),
    ),
    name: line('Its name.'),
    body: optional(link('body', 'Reference of the body to which it belongs.')),
    capacity: optional(capacity),
  },
});
export type AddPost = CommandOf<typeof AddPost>;

export const AddPerson = command('AddPerson', {
  says: 'Adds a person to the directory, under a random reference. The name lies under a key of that person.',
  opens: 'person',
  leadsTo: Event.PersonAdded,
  mayIssue: ['opcc-officer', 'monitoring-officer'],
  fields: { name: line('Their name.'), contact: optional(line('How to reach them.')) },
});
export type AddPerson = CommandOf<typeof AddPerson>;

export const AppointHolder = command('AppointHolder', {
  says: 'Records that a person holds a post, from the effective day on; it may lie ahead. Posts that act as commissioner, opcc-officer or monitoring-officer are the monitoring officer’s to fill; nobody appoints themself.',
  about: 'post',
  refCalled: 'post',
  leadsTo: Event.HolderAppointed,
  mayIssue: OFFICE,
  fields: {
    person: link('person', 'Reference of the person.'),
    until: labelled('Last day', optional(day('The last day, if it is known; it may lie ahead.'))),
    interim: optional(yesNo('Whether it is only while nobody holds it for good. Default: no.')),
    shared: optional(
      yesNo('Whether it is held beside whoever holds it already, instead of in their place. Default: no.'),
    ),
  },
});
export type AppointHolder = CommandOf<typeof AppointHolder>;

export const SetPersonSubject = command('SetPersonSubject', {
  says: 'Says under which subject (`person`, else `sub` of a token) the identity provider knows a person, so that whoever sends a command is known. Nobody sets their own; the subject lies under the person’s key and is never shown.',
  about: 'person',
  refCalled: 'person',
  leadsTo: Event.SubjectSet,
  mayIssue: MONITORING_OFFICER,
  fields: {
    subject: optional(
      line(
        'As the provider writes it in its tokens. Space around it and capitals make no difference. Leave it out when it knows the person no longer.',
        { most: 256, neverBlank: true },
      ),
    ),
  },
});
export type SetPersonSubject = CommandOf<typeof SetPersonSubject>;

/** Where nobody else could: the first monitoring officer of a ledger, or a successor. */
export const AppointMonitoringOfficer = command('AppointMonitoringOfficer', {
  says: 'An operator appoints a monitoring officer, where nobody else could.',
  about: 'post',
  leadsTo: Event.MonitoringOfficerAppointed,
  mayIssue: 'OPERATOR',
  fields: {
    person: link('person', 'The person.'),
    operator: labelled('Name of the operator', line('Name of the operator. Sealed.')),
  },
});
export type AppointMonitoringOfficer = CommandOf<typeof AppointMonitoringOfficer>;

export const DIRECTORY_COMMANDS = [
  AddBody,
  AddPost,
  AddPerson,
  AppointHolder,
  SetPersonSubject,
  AppointMonitoringOfficer,
  BeginReading,
  EndReading,
] as const;
export type DirectoryCommand = CommandOf<(typeof DIRECTORY_COMMANDS)[number]>;
