import { incompleteIn, refuseDamaged, type LedgerView } from '../../../../libs/read-models/index.ts';
import {
  type ActionFilter,
  type ActionGrouping,
  countActions,
  findAction,
  findBody,
  findMeeting,
  findPerson,
  findPost,
  findRecord,
  listActions,
  listBodies,
  listContradictions,
  listLinksToNothing,
  listMeetings,
  listPosts,
  listGrants,
  listQuestions,
} from '../../../../projections/index.ts';
import { actionValue } from '../actions/action.fields.ts';
import { PAYLOAD } from '../commands/mutations.ts';
import { grantValue } from '../directory/directory.fields.ts';
import { bodyValue, personValue, postValue } from '../directory/directory.values.ts';
import { AnswerError } from '../errors.ts';
import { meetingValue } from '../meetings/meeting.fields.ts';
import { contradictionValue, questionValue, recordValue } from './record.fields.ts';
import { connection, given, pageWanted, type Fields, type ListArguments } from './value.ts';

/** Characters of a search. */
const LONGEST_SEARCH = 200;

interface Root {
  readonly view: LedgerView;
}
interface ByRef {
  readonly ref: string;
}
interface Filtered {
  readonly filter?: ActionFilter | null;
}

/** What can be asked of the ledger at a basis. Each field asks one question of one projection. */
export const LEDGER_FIELDS: { readonly [type: string]: Fields<never> } = {
  RecordPayload: PAYLOAD,
  Ledger: {
    async action({ view }, { ref }: ByRef) {
      const found = await findAction(view, ref);
      if (found === null) await refuseDamaged(view, 'actions', ref);
      return found === null ? null : actionValue(view, found);
    },
    async actions({ view }, { filter, ...page }: Filtered & ListArguments) {
      const actions = await listActions(view, filterOf(filter), pageWanted(page));
      return { view, ...connection(actions, (row) => actionValue(view, row)) };
    },
    actionCounts: ({ view }, { by, filter }: Filtered & { by: ActionGrouping }) =>
      countActions(view, by, filterOf(filter)),
    async meeting({ view }, { ref }: ByRef) {
      const found = await findMeeting(view, ref);
      if (found === null) await refuseDamaged(view, 'meetings', ref);
      return found === null ? null : meetingValue(view, found);
    },
    async meetings({ view }, { body, ...page }: ListArguments & { body?: string | null }) {
      const meetings = await listMeetings(view, given({ body }), pageWanted(page));
      return { view, ...connection(meetings, (row) => meetingValue(view, row)) };
    },
    async body({ view }, { ref }: ByRef) {
      const found = await findBody(view, ref);
      if (found === null) await refuseDamaged(view, 'directory', ref);
      return found === null ? null : bodyValue(view, found);
    },
    async bodies({ view }) {
      return (await listBodies(view)).map((entry) => bodyValue(view, entry));
    },
    async post({ view }, { ref }: ByRef) {
      const found = await findPost(view, ref);
      if (found === null) await refuseDamaged(view, 'directory', ref);
      return found === null ? null : postValue(view, found);
    },
    async posts({ view }) {
      return (await listPosts(view)).map((entry) => postValue(view, entry));
    },
    async person({ view }, { ref }: ByRef) {
      const found = await findPerson(view, ref);
      if (found === null) await refuseDamaged(view, 'directory', ref);
      return found === null ? null : personValue(view, found);
    },
    async record({ view }, { ref }: ByRef) {
      const found = await findRecord(view, ref);
      return found === null ? null : recordValue(view, found);
    },
    async linksToNothing({ view }, page: ListArguments) {
      return connection(await listLinksToNothing(view, pageWanted(page)), (row) => row);
    },
    async contradictions({ view }, page: ListArguments) {
      return connection(await listContradictions(view, pageWanted(page)), (row) => contradictionValue(view, row));
    },
    async questioned({ view }, page: ListArguments) {
      return connection(await listQuestions(view, pageWanted(page)), questionValue);
    },
    async grants({ view }, page: ListArguments) {
      return connection(await listGrants(view, pageWanted(page)), (grant) => grantValue(view, grant));
    },
  } satisfies Fields<Root>,
  ActionConnection: { incomplete: ({ view }) => incompleteIn(view, 'actions', 'meetings') } satisfies Fields<Root>,
  MeetingConnection: { incomplete: ({ view }) => incompleteIn(view, 'meetings') } satisfies Fields<Root>,
};

function filterOf(filter: ActionFilter | null | undefined): ActionFilter {
  const wanted = given<ActionFilter>(filter);
  if ((wanted.text?.length ?? 0) > LONGEST_SEARCH)
    throw new AnswerError('INVALID', `A search has at most ${LONGEST_SEARCH} characters.`, { field: 'filter.text' });
  return wanted;
}
