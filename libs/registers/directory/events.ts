import {
  commonKinds,
  kind,
  type CivilDate,
  type CommonFact,
  type EventKind,
  type RecordEvent,
} from '../../ledger/index.ts';

/** The reference of a body: `CGB`. */
export const BODY_REFERENCE = /^[A-Z][A-Z0-9]{0,15}$/;
/** The reference of a post: `chief-constable`. Those that begin with `person-` are references of persons. */
export const POST_REFERENCE = /^(?!person-)(?=.{1,64}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
/** The reference of a person: five random characters, because nothing personal stands in clear. */
export const PERSON_REFERENCE = /^person-[a-z0-9]{5}$/;

export const ORGANISATIONS = ['OPCC', 'FORCE', 'JOINT', 'PANEL'] as const;

/** A board, panel, force or office. `ref`: capitals and digits, `CGB`. */
export type BodyAdded = RecordEvent<
  'BodyAdded',
  { readonly ref: string; readonly organisation?: 'OPCC' | 'FORCE' | 'JOINT' | 'PANEL' },
  'name'
>;
/** A post: small letters, digits and hyphens, `chief-constable`. Acts in one capacity, or in none and then cannot sign in. */
export type PostAdded = RecordEvent<
  'PostAdded',
  { readonly ref: string; readonly body?: string; readonly capacity?: string },
  'name'
>;
/** A person. The reference is random; the name lies under the person's own key. */
export type PersonAdded = RecordEvent<'PersonAdded', { readonly ref: string }, 'name' | 'contact'>;
/** From the effective day on (which may lie ahead) the person holds the post, until `until` or until the next holder. */
export type HolderAppointed = RecordEvent<
  'HolderAppointed',
  { readonly person: string; readonly until?: CivilDate; readonly interim: boolean; readonly shared: boolean },
  never
>;

/**
 * The identity provider knows the person under this subject, which lies under the person's own key; without one, no longer. Read by
 * whoever decides commands, to tell who sent them, and by nobody else.
 */
export type SubjectSet = RecordEvent<'SubjectSet', Record<string, never>, 'subject'>;
/** An operator appointed the person, from the effective day on, because nobody else could. Why, and the operator's name, are sealed. */
export type MonitoringOfficerAppointed = RecordEvent<
  'MonitoringOfficerAppointed',
  { readonly person: string },
  'operator'
>;

export type DirectoryOwnEvent =
  BodyAdded | PostAdded | PersonAdded | HolderAppointed | SubjectSet | MonitoringOfficerAppointed;
export type DirectoryEvent = DirectoryOwnEvent | CommonFact;

export const DIRECTORY_KINDS: readonly EventKind[] = [
  kind('directory', 'BodyAdded', 1, { texts: ['name'], principal: 'name' }),
  kind('directory', 'PostAdded', 1, { texts: ['name'], principal: 'name' }),
  kind('directory', 'PersonAdded', 1, { persons: ['name', 'contact'] }),
  kind('directory', 'HolderAppointed', 1, { forwardDated: true }),
  kind('directory', 'SubjectSet', 1, { persons: ['subject'], unread: ['person/subject'] }),
  kind('directory', 'MonitoringOfficerAppointed', 1, { persons: ['operator'] }),
  ...commonKinds('directory'),
];
