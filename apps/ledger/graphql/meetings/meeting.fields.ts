import { incompleteIn, type LedgerView } from '../../../../libs/read-models/index.ts';
import type { MinutedItem } from '../../../../libs/registers/meetings/index.ts';
import { findMeeting, listMeetings, type MeetingAsOf } from '../../../../projections/index.ts';
import { PAYLOAD, type Written } from '../commands/mutations.ts';
import { bodyNamed, postNamed } from '../directory/directory.values.ts';
import { recordNamed, recordWritten } from '../ledger/one-record.ts';
import { disputesOf, history, questionsAbout } from '../ledger/record.fields.ts';
import {
  connection,
  given,
  pageWanted,
  seen,
  type Fields,
  type ListArguments,
  type Root,
  type Seen,
} from '../ledger/value.ts';

/** A meeting as the API answers it. */
export function meetingValue(view: LedgerView, { ref, state, mayAlreadyHold, disputed }: MeetingAsOf) {
  return {
    view,
    ref,
    inLedger: state,
    date: state.date ?? null,
    span: state.dated ?? null,
    state: state.status,
    session: state.session,
    postponements: state.postponements,
    items: state.items.map((item) => seen(view, { ...item, item: item.item ?? null })),
    mayAlreadyHold,
    disputed: disputesOf(view, disputed),
  };
}

type MeetingValue = ReturnType<typeof meetingValue>;

export const MEETING_FIELDS: { readonly [type: string]: Fields<never> } = {
  Ledger: {
    meeting: recordNamed('meetings', findMeeting, meetingValue),
    async meetings({ view }, { body, ...page }: ListArguments & { body?: string | null }) {
      const meetings = await listMeetings(view, given({ body }), pageWanted(page));
      return { view, ...connection(meetings, (row) => meetingValue(view, row)) };
    },
  } satisfies Fields<Root>,
  MeetingConnection: { incomplete: ({ view }) => incompleteIn(view, 'meetings') } satisfies Fields<Root>,
  Meeting: {
    title: ({ view, inLedger }) => view.text(inLedger.title),
    body: ({ view, inLedger }) => bodyNamed(view, inLedger.body),
    history: ({ view, ref }, args: ListArguments) => history(view, ref, args),
    questioned: ({ view, ref }) => questionsAbout(view, ref),
  } satisfies Fields<MeetingValue>,
  MinutedItem: {
    title: ({ view, title }) => view.text(title),
    text: ({ view, text }) => view.text(text),
    phrase: ({ view, phrase }) => view.text(phrase),
    owner: ({ view, owner }) => postNamed(view, owner),
  } satisfies Fields<Seen<MinutedItem>>,
  MeetingPayload: {
    ...PAYLOAD,
    meeting: recordWritten(findMeeting, meetingValue),
  } satisfies Fields<Written>,
};
