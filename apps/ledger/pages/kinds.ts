import { nameInWords, type Asked, type RecordKind } from '../../../libs/declarations/index.ts';
import {
  ACTION_HAPPENED,
  ACTION_SHOWN,
  ACTION_STATUSES,
  publishedStatusOf,
} from '../../../libs/registers/actions/index.ts';
import { BODY_SHOWN, DIRECTORY_HAPPENED, PERSON_SHOWN, POST_SHOWN } from '../../../libs/registers/directory/index.ts';
import { DOCUMENT_HAPPENED, DOCUMENT_SHOWN } from '../../../libs/registers/documents/index.ts';
import { MEETING_HAPPENED, MEETING_SHOWN } from '../../../libs/registers/meetings/index.ts';
import {
  bodiesOfPosts,
  countActions,
  countDocuments,
  countMeetings,
  findAction,
  findBody,
  findDocument,
  findMeeting,
  findPerson,
  findPost,
  listActions,
  listDocuments,
  listMeetings,
  pageOfBodies,
  pageOfPeople,
  pageOfPosts,
  type ActionFilter,
  type ActionGrouping,
  type DocumentFilter,
} from '../../../projections/index.ts';
import { kindOnPages, type KindOnPages } from './frame/kind-on-pages.ts';
import type { LedgerView } from '../../../libs/read-models/index.ts';

/** Every kind of record: what its register shows of it, and how the ledger is asked for it. One that is forgotten does not compile. */
export const KINDS: { readonly [Kind in RecordKind]: KindOnPages } = {
  action: kindOnPages('action', ACTION_SHOWN, {
    find: findAction,
    list: (view, asked, page) => listActions(view, actionsAsked(asked), page),
    counts: (view, asked) => countActions(view, 'STATUS', actionsAsked(asked)),
    choices: { owner: actionsBy('OWNER'), body: actionsBy('BODY'), meeting: actionsBy('MEETING') },
    readFrom: ['actions', 'meetings'],
  }),
  meeting: kindOnPages('meeting', MEETING_SHOWN, {
    find: findMeeting,
    list: listMeetings,
    counts: (view, asked) => countMeetings(view, 'STATUS', asked),
    choices: { body: async (view) => (await countMeetings(view, 'BODY', {})).map(({ key }) => key) },
    readFrom: ['meetings'],
  }),
  body: kindOnPages('body', BODY_SHOWN, {
    find: findBody,
    list: (view, _, page) => pageOfBodies(view, page),
    choices: {},
    readFrom: ['directory'],
  }),
  post: kindOnPages('post', POST_SHOWN, {
    find: findPost,
    list: pageOfPosts,
    choices: { body: bodiesOfPosts },
    readFrom: ['directory'],
  }),
  person: kindOnPages('person', PERSON_SHOWN, {
    find: findPerson,
    list: (view, _, page) => pageOfPeople(view, page),
    choices: {},
    readFrom: ['directory'],
  }),
  document: kindOnPages('document', DOCUMENT_SHOWN, {
    find: findDocument,
    list: (view, asked, page) => listDocuments(view, documentsAsked(asked), page),
    counts: (view, asked) => countDocuments(view, 'STATUS', documentsAsked(asked)),
    choices: {
      body: async (view) => (await countDocuments(view, 'BODY', {})).flatMap(({ key }) => (key === null ? [] : [key])),
    },
    readFrom: ['documents'],
  }),
};

/** What happened, as people say it: `ActionSignedOff` → `Signed off`. */
export function eventInWords(type: string): string {
  return HAPPENED[type] ?? nameInWords(type);
}

const HAPPENED: { readonly [type: string]: string } = {
  ...ACTION_HAPPENED,
  ...MEETING_HAPPENED,
  ...DOCUMENT_HAPPENED,
  ...DIRECTORY_HAPPENED,
  Linked: 'Linked to another record',
  Unlinked: 'Link ended',
  Named: 'Name recorded',
  NameWithdrawn: 'Name withdrawn',
  Corrected: 'Corrected',
  Voided: 'Taken back',
  Restored: 'Counted again',
  OtherwiseStated: 'Another source says otherwise',
  Published: 'Published',
  Marked: 'Marked anew',
};

/** What the address asks, as the ledger is asked for it: what a public paper would not list is a choice of its own there. */
function actionsAsked({ status, published, ...others }: Asked<(typeof ACTION_SHOWN)['filters']>): ActionFilter {
  if (published !== 'NOT_LISTED')
    return {
      ...others,
      ...(status === undefined ? {} : { status: [status] }),
      ...(published === undefined ? {} : { published: [published] }),
    };
  const unlisted = ACTION_STATUSES.filter((one) => publishedStatusOf(one) === null);
  return { ...others, status: unlisted.filter((one) => status === undefined || one === status) };
}

/** Whatever actions have at this basis: filters offer nothing that would find nothing. */
function actionsBy(grouping: ActionGrouping) {
  return async (view: LedgerView) =>
    (await countActions(view, grouping, {})).flatMap(({ key }) => (key === null ? [] : [key]));
}

function documentsAsked({ status, kind, ...others }: Asked<(typeof DOCUMENT_SHOWN)['filters']>): DocumentFilter {
  return {
    ...others,
    ...(status === undefined ? {} : { status: [status] }),
    ...(kind === undefined ? {} : { kind: [kind] }),
  };
}
