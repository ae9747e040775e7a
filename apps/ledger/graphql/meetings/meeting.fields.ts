import { incompleteIn, type LedgerView } from '../../../../libs/read-models/index.ts';
import {
  actionsKeeping,
  findMeeting,
  listMeetings,
  listPromises,
  type MeetingAsOf,
  type MinuteOf,
  type PromiseFilter,
} from '../../../../projections/index.ts';
import { PAYLOAD, type Written } from '../commands/mutations.ts';
import { bodyNamed, postNamed } from '../directory/directory.values.ts';
import { recordNamed, recordWritten } from '../ledger/one-record.ts';
import { disputesOf, history, questionsAbout } from '../ledger/record.fields.ts';
import {
  connection,
  given,
  pageWanted,
  seenOrNull,
  type Fields,
  type ListArguments,
  type Root,
} from '../ledger/value.ts';

type Nullable<Type> = { readonly [Name in keyof Type]?: Type[Name] | null };

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
    items: state.items.map((minute) => minuteValue(view, { meeting: ref, minute })),
    mayAlreadyHold,
    disputed: disputesOf(view, disputed),
  };
}

/** An item of the minutes as the API answers it. */
export function minuteValue(view: LedgerView, of: MinuteOf | null) {
  return seenOrNull(view, of === null ? null : { ...of.minute, item: of.minute.item ?? null, meeting: of.meeting });
}

type MinuteValue = NonNullable<ReturnType<typeof minuteValue>>;
type MeetingValue = ReturnType<typeof meetingValue>;

export const MEETING_FIELDS: { readonly [type: string]: Fields<never> } = {
  Ledger: {
    meeting: recordNamed('meetings', findMeeting, meetingValue),
    async meetings({ view }, { body, ...page }: ListArguments & { body?: string | null }) {
      const meetings = await listMeetings(view, given({ body }), pageWanted(page));
      return { view, ...connection(meetings, (row) => meetingValue(view, row)) };
    },
    async promises({ view }, { body, meeting, kept, ...page }: ListArguments & Nullable<PromiseFilter>) {
      const promises = await listPromises(view, given({ body, meeting, kept }), pageWanted(page));
      return { view, ...connection(promises, (promise) => minuteValue(view, promise)) };
    },
  } satisfies Fields<Root>,
  PromiseConnection: { incomplete: ({ view }) => incompleteIn(view, 'meetings', 'actions') } satisfies Fields<Root>,
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
    keptAs: ({ view, event }) => actionsKeeping(view, event),
  } satisfies Fields<MinuteValue>,
  MeetingPayload: {
    ...PAYLOAD,
    meeting: recordWritten(findMeeting, meetingValue),
  } satisfies Fields<Written>,
};
