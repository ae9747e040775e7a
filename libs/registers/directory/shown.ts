import { isPostCapacity } from '../../access/index.ts';
import { show } from '../../declarations/index.ts';
import type { TextRef } from '../../ledger/index.ts';
import type { DirectoryOwnEvent } from './events.ts';
import { bodyOrganisation, capacity } from './fields.ts';
import type { BodyState, PersonState, PostState, Tenure } from './state.ts';

/** A record of the directory as its page and its list are given it. */
interface Entry<State> {
  readonly ref: string;
  readonly state: State;
}
interface ShownPost extends Entry<PostState> {
  /** References of the persons who hold it on the day asked about. */
  readonly holders: readonly string[];
}

/** What happened to a body, a post or a person, as people say it. */
export const DIRECTORY_HAPPENED: { readonly [type in DirectoryOwnEvent['type']]: string } = {
  BodyAdded: 'Body added',
  ReadingBegun: 'Came to read another body',
  ReadingEnded: 'Reads another body no longer',
  PostAdded: 'Post added',
  PersonAdded: 'Person added',
  HolderAppointed: 'Holder appointed',
  SubjectSet: 'Known to the sign-in',
  MonitoringOfficerAppointed: 'Monitoring officer appointed by an operator',
};

/**
 * What is said on the pages of a body that reads others, so that nobody takes silence for a full list: the audience of those who sit on panels
 * (`docs/access.md`).
 */
export const SHOWN_TO_PANELS =
  'OFFICIAL records of open session. What is marked more strictly, or was said in closed session, is not among them, and nothing here tells whether there is any.';

const nameOf = ({ state }: { readonly state: { readonly name?: TextRef } }) => show.text(state.name);
const NAME = { label: 'Name', shows: nameOf };
/** Bodies, posts and people are known by their names. */
const BY_NAME = {
  opened: 'added',
  heading: nameOf,
  headingCalled: 'Name',
  unheaded: 'Name not shown: erased, or not for you to see',
  byName: true,
  named: nameOf,
} as const;

export const BODY_SHOWN = show.records<Entry<BodyState>>()({
  one: 'body',
  says: 'The boards, panels, forces and offices that the ledger names.',
  ...BY_NAME,
  fields: [
    NAME,
    show.field('organisation', bodyOrganisation, ({ state }) => show.member(bodyOrganisation, state.organisation)),
    { label: 'Reads', shows: ({ state }) => show.lines(...(state.reads ?? []).map(show.named)) },
    {
      label: 'What its members are shown',
      shows: ({ state }) => (state.reads === undefined ? null : show.said(SHOWN_TO_PANELS)),
    },
  ],
  names: { reads: 'A body that it reads' },
  related: [
    { heading: 'Meetings', record: 'meeting', filter: 'body', empty: 'No meeting of it that you may see.' },
    { heading: 'Actions', record: 'action', filter: 'body', empty: 'No action of it that you may see.' },
    {
      heading: 'Documents',
      record: 'document',
      filter: 'body',
      empty: 'No document of it that you may see.',
    },
    { heading: 'Posts', record: 'post', filter: 'body', empty: 'No post of it that you may see.' },
  ],
  columns: [
    show.field('organisation', bodyOrganisation, ({ state }) => show.member(bodyOrganisation, state.organisation)),
  ],
  filters: {},
});

export const POST_SHOWN = show.records<ShownPost>()({
  one: 'post',
  says: 'Who may act in which capacity, and who held which post when.',
  ...BY_NAME,
  heldBy: ({ holders }) => heldBy(holders),
  fields: [
    NAME,
    { label: 'Body', shows: ({ state }) => show.named(state.body) },
    { label: 'Acts as', shows: ({ state }) => actsAs(state) ?? show.said('None: nobody signs in as it') },
    { label: 'Held by', shows: ({ holders }) => heldBy(holders) ?? show.said('Nobody who is named') },
  ],
  sections: [
    {
      heading: 'Who held it',
      columns: ['Holder', 'From', 'Until', 'How'],
      rows: ({ state }) => state.holders.map(tenure),
      empty: 'No holder that you may see was recorded.',
    },
  ],
  related: [
    {
      heading: 'Actions that it owns',
      record: 'action',
      filter: 'owner',
      empty: 'It owns no action that you may see.',
    },
  ],
  names: { body: 'Of this body', 'holders.person': 'A post that they hold or held' },
  columns: [
    { label: 'Body', shows: ({ state }) => show.named(state.body) },
    { label: 'Acts as', shows: ({ state }) => actsAs(state) },
    { label: 'Held by', shows: ({ holders }) => heldBy(holders) },
  ],
  filters: {
    body: { kind: 'link', label: 'Body to which it belongs', called: 'Body', any: 'Any body', record: 'body' },
  },
});

/** Names and contact details lie under the person's own key: they are shown to whoever may see the record, and to nobody once it is destroyed. */
export const PERSON_SHOWN = show.records<Entry<PersonState>>()({
  one: 'person',
  says: 'The people who hold posts, as far as you may know of them.',
  ...BY_NAME,
  fields: [NAME, { label: 'How to reach them', shows: ({ state }) => show.text(state.contact) }],
  columns: [],
  filters: {},
});

function actsAs({ capacity: of }: PostState) {
  return of !== undefined && isPostCapacity(of) ? show.member(capacity, of) : null;
}

function heldBy(holders: readonly string[]) {
  return show.lines(...holders.map(show.named));
}

/** A tenure of somebody who is not for the reader names nobody. */
function tenure({ person, from, until, interim, shared }: Tenure) {
  const how = [interim ? 'for the time being' : null, shared ? 'shared with whoever held it already' : null];
  return [
    show.named(person) ?? show.said('Not shown'),
    show.day(from),
    until === undefined ? null : show.day(until),
    show.sentence(how.filter((one) => one !== null).join(', ') || null),
  ];
}
