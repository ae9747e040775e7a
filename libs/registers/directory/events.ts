import {
  day,
  event,
  fixed,
  labelled,
  line,
  link,
  newReference,
  optional,
  yesNo,
  type EventOf,
} from '../../declarations/index.ts';
import type { CommonFact } from '../../ledger/index.ts';
import { bodyOrganisation, capacity, illustrative, reads } from './fields.ts';

/** A board, panel, force or office. */
export const BodyAdded = event('BodyAdded', {
  facts: {
    ref: newReference('body'),
    organisation: optional(bodyOrganisation),
    illustrative: fixed(optional(illustrative)),
  },
  texts: { name: line('Its name.') },
  leads: 'name',
});
export type BodyAdded = EventOf<typeof BodyAdded>;

/** From that day on the body is shown records of the other: a panel reads a force and an office. */
export const ReadingBegun = event('ReadingBegun', { facts: { reads } });
export type ReadingBegun = EventOf<typeof ReadingBegun>;

/** From that day on it is so no longer. One that never should have been said is voided. */
export const ReadingEnded = event('ReadingEnded', { facts: { reads } });
export type ReadingEnded = EventOf<typeof ReadingEnded>;

/** A post. Acts in one capacity, or in none and then cannot sign in. */
export const PostAdded = event('PostAdded', {
  facts: {
    ref: newReference('post'),
    body: optional(link('body', 'The body to which it belongs.')),
    capacity: optional(capacity),
  },
  texts: { name: line('Its name.') },
  leads: 'name',
});
export type PostAdded = EventOf<typeof PostAdded>;

/** A person. The name lies under the person's own key. */
export const PersonAdded = event('PersonAdded', {
  facts: { ref: newReference('person') },
  persons: { name: line('Their name.'), contact: optional(line('How to reach them.')) },
});
export type PersonAdded = EventOf<typeof PersonAdded>;

/** From the effective day on (which may lie ahead) the person holds the post, until `until` or until the next holder. */
export const HolderAppointed = event('HolderAppointed', {
  facts: {
    person: link('person', 'The person.'),
    until: labelled('Last day', optional(day('The last day.'))),
    interim: yesNo('Whether it is only while nobody holds it for good.'),
    shared: yesNo('Whether it is held beside whoever holds it already, instead of in their place.'),
  },
  forwardDated: true,
});
export type HolderAppointed = EventOf<typeof HolderAppointed>;

/**
 * The identity provider knows the person under this subject, which lies under the person's own key; without one, no longer. Read by
 * whoever decides commands, to tell who sent them, and by nobody else.
 */
export const SubjectSet = event('SubjectSet', {
  persons: { subject: optional(line('The subject.')) },
  unread: ['subject'],
});
export type SubjectSet = EventOf<typeof SubjectSet>;

/** An operator appointed the person, from the effective day on, because nobody else could. Why, and the operator's name, are sealed. */
export const MonitoringOfficerAppointed = event('MonitoringOfficerAppointed', {
  facts: { person: link('person', 'The person.') },
  persons: { operator: labelled('Name of the operator', line('Name of the operator.')) },
});
export type MonitoringOfficerAppointed = EventOf<typeof MonitoringOfficerAppointed>;

export const DIRECTORY_EVENTS = [
  BodyAdded,
  PostAdded,
  PersonAdded,
  HolderAppointed,
  SubjectSet,
  MonitoringOfficerAppointed,
  ReadingBegun,
  ReadingEnded,
] as const;
export type DirectoryOwnEvent = EventOf<(typeof DIRECTORY_EVENTS)[number]>;
export type DirectoryEvent = DirectoryOwnEvent | CommonFact;
