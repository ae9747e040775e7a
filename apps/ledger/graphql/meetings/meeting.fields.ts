import { rowsWithWords } from '../../../../libs/declarations/index.ts';
import { incompleteIn, type LedgerView } from '../../../../libs/read-models/index.ts';
import {
  actionsKeeping,
  agendaOf,
  countAgendaItems,
  countMeetings,
  findMeeting,
  gapsOf,
  listAgendaItems,
  listMeetings,
  listPromises,
  meetingFacts,
  type AgendaFilter,
  type DeferralAt,
  type ListedItem,
  type MeetingAsOf,
  type MeetingFact,
  type MeetingFactsAsked,
  type MeetingFilter,
  type MeetingGrouping,
  type MinuteOf,
  type PromiseFilter,
} from '../../../../projections/index.ts';
import {
  attenders,
  cutOffOf,
  placeOfItem,
  presentAt,
  type Attender,
  type Exclusion,
  type Interest,
  type Issue,
  type MinuteCorrection,
  type Minutes,
  type PublicQuestion,
  type Resolution,
  type ScheduledMeeting,
} from '../../../../libs/registers/meetings/index.ts';
import { REGISTERS } from '../../../../libs/registers/index.ts';
import { PAYLOAD, type Written } from '../commands/mutations.ts';
import { bodyNamed, postNamed } from '../directory/directory.values.ts';
import { recordNamed, recordWritten } from '../ledger/one-record.ts';
import { disputesOf, eventValue, history, questionsAbout } from '../ledger/record.fields.ts';
import {
  connection,
  given,
  pageWanted,
  seen,
  seenOrNull,
  type Fields,
  type ListArguments,
  type Root,
  type Seen,
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
    opened: state.opened ?? null,
    closed: state.closed ?? null,
    quorum: state.quorum ?? null,
    quorate: state.quorate ?? null,
    interests: state.interests.map((one) => seen(view, one)),
    questions: state.questions.map((one) => seen(view, one)),
    resolutions: state.resolutions.map((one) => seen(view, { ...one, meeting: state })),
    exclusions: state.exclusions.map((one) => seen(view, one)),
    papers: state.papers.map((one) => seen(view, one)),
    minutes: seenOrNull(view, state.minutes ?? null),
    cutOff: cutOffValue(view, state),
    items: state.items.map((minute) => minuteValue(view, { meeting: ref, minute })),
    mayAlreadyHold,
    disputed: disputesOf(view, disputed),
  };
}

function cutOffValue({ basis: { clock } }: LedgerView, state: MeetingAsOf['state']) {
  const cutOff = cutOffOf(state);
  return cutOff === null ? null : { ...cutOff, clock };
}

function factValue(view: LedgerView, { record, register, event, amendedSince }: MeetingFact) {
  const amendments = amendedSince.map((one) => eventValue(view, one));
  return { record, register, event: eventValue(view, event), amendments };
}

/** An item of the minutes as the API answers it. */
export function minuteValue(view: LedgerView, of: MinuteOf | null) {
  return seenOrNull(view, of === null ? null : { ...of.minute, item: of.minute.item ?? null, meeting: of.meeting });
}

/** Those of the attendance whose rows these are, with their words. */
async function attendersIn(view: LedgerView, meeting: ScheduledMeeting, rows: readonly Attender[] | null) {
  if (meeting.attendance === undefined || rows === null) return null;
  const all = await rowsWithWords(attenders, meeting.attendance, (text) => view.text(text));
  return rows.map(({ row, of }) => seen(view, { ...of, who: all[row]?.who ?? null }));
}

function agendaItemValue(view: LedgerView, listed: ListedItem) {
  const { meeting, state, item, neverReached, deferrals, continuedAt } = listed;
  return seen(view, {
    ...{ meeting, neverReached, continuedAt, inMeeting: state, inLedger: item },
    ...{ event: item.event, item: item.item ?? null, session: item.session, state: item.status },
    ...{ paper: item.paper ?? null, paperVersion: item.paperVersion ?? null, carriedFrom: item.fromMeeting ?? null },
    deferrals: deferrals.map((one) => seen(view, one)),
  });
}
type AgendaItemValue = ReturnType<typeof agendaItemValue>;
type AttenderValue = Seen<Attender['of']> & { readonly who: string | null };

type MinuteValue = NonNullable<ReturnType<typeof minuteValue>>;
type MeetingValue = ReturnType<typeof meetingValue>;

type MeetingsAsked = Nullable<Omit<MeetingFilter, 'status'>> & { readonly state?: MeetingFilter['status'] | null };

/** What narrows a list of meetings, as the API is asked. */
export function meetingsAsked({ body, state, from, to, papersIssued, minutes }: MeetingsAsked): MeetingFilter {
  return given({ body, status: state, from, to, papersIssued, minutes });
}

type FactsAsked = Pick<MeetingFactsAsked, 'list'> & Nullable<Pick<MeetingFactsAsked, 'register'>>;

type AgendaAsked = Nullable<Omit<AgendaFilter, 'status'>> & { readonly state?: AgendaFilter['status'] | null };

function agendaAsked(filter: AgendaAsked | null | undefined): AgendaFilter {
  const { state, ...others } = filter ?? {};
  return given({ ...others, status: state });
}

export const MEETING_FIELDS: { readonly [type: string]: Fields<never> } = {
  Ledger: {
    meeting: recordNamed('meetings', findMeeting, meetingValue),
    async meetings({ view }, asked: ListArguments & MeetingsAsked) {
      const meetings = await listMeetings(view, meetingsAsked(asked), pageWanted(asked));
      return { view, ...connection(meetings, (row) => meetingValue(view, row)) };
    },
    meetingCounts: ({ view }, asked: MeetingsAsked & { by: MeetingGrouping }) =>
      countMeetings(view, asked.by, meetingsAsked(asked)),
    async agendaItems({ view }, { filter, ...page }: ListArguments & { filter?: AgendaAsked | null }) {
      const items = await listAgendaItems(view, agendaAsked(filter), pageWanted(page));
      return { view, ...connection(items, (one) => agendaItemValue(view, one)) };
    },
    agendaItemCounts: ({ view }, { filter }: { filter?: AgendaAsked | null }) =>
      countAgendaItems(view, agendaAsked(filter)),
    meetingGaps: async ({ view }, { body }: { body: string }) =>
      (await gapsOf(view, body)).map(({ from, to, days }) => ({ from: from.ref, to: to.ref, days })),
    async promises({ view }, { body, meeting, kept, ...page }: ListArguments & Nullable<PromiseFilter>) {
      const promises = await listPromises(view, given({ body, meeting, kept }), pageWanted(page));
      return { view, ...connection(promises, (promise) => minuteValue(view, promise)) };
    },
  } satisfies Fields<Root>,
  AgendaItemConnection: { incomplete: ({ view }) => incompleteIn(view, 'meetings') } satisfies Fields<Root>,
  AgendaItem: {
    title: ({ view, inLedger }) => view.text(inLedger.title),
    section: ({ view, inLedger }) => view.text(inLedger.section),
    author: ({ view, inLedger }) => postNamed(view, inLedger.author),
    overview: ({ view, inLedger }) => view.text(inLedger.report?.overview),
    forceUpdate: ({ view, inLedger }) => view.text(inLedger.report?.forceUpdate),
    response: ({ view, inLedger }) => view.text(inLedger.report?.response),
    why: ({ view, inLedger }) => view.text(inLedger.settled?.why),
    present: ({ view, inMeeting, event }) =>
      attendersIn(view, inMeeting, presentAt(inMeeting, placeOfItem(inMeeting, event))),
  } satisfies Fields<AgendaItemValue>,
  Deferral: {
    to: ({ putOffTo }) => putOffTo ?? null,
    within: ({ within }) => within ?? null,
    phrase: ({ view, phrase }) => view.text(phrase),
    why: ({ view, why }) => view.text(why),
  } satisfies Fields<Seen<DeferralAt>>,
  Attender: {
    body: ({ view, body }) => bodyNamed(view, body),
    post: ({ view, post }) => postNamed(view, post),
  } satisfies Fields<AttenderValue>,
  Interest: {
    post: ({ view, post }) => postNamed(view, post),
    who: ({ view, who }) => view.text(who),
    text: ({ view, text }) => view.text(text),
  } satisfies Fields<Seen<Interest>>,
  PublicQuestion: {
    who: ({ view, who }) => view.text(who),
    text: ({ view, text }) => view.text(text),
    answer: ({ view, answer }) => view.text(answer?.text),
    answeredBy: ({ view, answer }) => postNamed(view, answer?.post),
    inWriting: ({ answer }) => answer?.inWriting ?? null,
  } satisfies Fields<Seen<PublicQuestion>>,
  Resolution: {
    text: ({ view, text }) => view.text(text),
    present: ({ view, meeting, agendaItem }) =>
      agendaItem === undefined
        ? null
        : attendersIn(view, meeting, presentAt(meeting, placeOfItem(meeting, agendaItem))),
  } satisfies Fields<Seen<Resolution> & { readonly meeting: ScheduledMeeting }>,
  Exclusion: {
    paragraphs: ({ grounds }) => grounds.map(({ paragraph }) => paragraph),
    text: ({ view, text }) => view.text(text),
  } satisfies Fields<Seen<Exclusion>>,
  PapersIssue: { note: ({ view, note }) => view.text(note) } satisfies Fields<Seen<Issue>>,
  Minutes: {
    state: ({ status }) => status,
    drafted: ({ drafted }) => drafted?.effectiveOn ?? null,
    circulated: ({ circulated }) => circulated?.effectiveOn ?? null,
    confirmed: ({ confirmed }) => confirmed?.effectiveOn ?? null,
    confirmedAt: ({ confirmed }) => confirmed?.confirmedAt ?? null,
    published: ({ published }) => published?.effectiveOn ?? null,
    publishedAt: ({ view, published }) => view.text(published?.publishedAt),
    corrections: ({ view, corrections }) => corrections.map((one) => seen(view, one)),
  } satisfies Fields<Seen<Minutes>>,
  MinuteCorrection: { text: ({ view, text }) => view.text(text) } satisfies Fields<Seen<MinuteCorrection>>,
  PromiseConnection: { incomplete: ({ view }) => incompleteIn(view, 'meetings', 'actions') } satisfies Fields<Root>,
  MeetingFactConnection: {
    incomplete: ({ view, registers }) => incompleteIn(view, ...registers),
  } satisfies Fields<Root & { readonly registers: readonly string[] }>,
  MeetingConnection: { incomplete: ({ view }) => incompleteIn(view, 'meetings') } satisfies Fields<Root>,
  Meeting: {
    title: ({ view, inLedger }) => view.text(inLedger.title),
    body: ({ view, inLedger }) => bodyNamed(view, inLedger.body),
    place: ({ view, inLedger }) => view.text(inLedger.place),
    webcast: ({ view, inLedger }) => view.text(inLedger.webcast),
    chair: ({ view, inLedger }) => postNamed(view, inLedger.chair),
    agenda: async ({ view, ref }) => (await agendaOf(view, ref)).map((one) => agendaItemValue(view, one)),
    attendance: ({ view, inLedger }) =>
      attendersIn(view, inLedger, inLedger.attendance?.rows.map((of, row) => ({ row, of })) ?? null),
    async facts({ view, ref }, { list, register, ...page }: ListArguments & FactsAsked) {
      const facts = await meetingFacts(view, ref, { list, ...given({ register }) }, pageWanted(page));
      const registers = typeof register === 'string' ? [register] : REGISTERS.map(({ name }) => name);
      return facts === null
        ? null
        : { view, registers, ...connection(facts, (fact) => ({ ...factValue(view, fact), view })) };
    },
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
