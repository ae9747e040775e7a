import { given, type Circumstances, type Past } from '../../spec-kit/index.ts';
import { OFFICIAL_OPEN, type Marking } from '../../ledger/index.ts';
import type { MeetingCommand } from './commands.ts';
import type { MeetingEvent } from './events.ts';
import { isNeverReached, meetings, placeOfItem, presentAt, type ScheduledMeeting } from './index.ts';

type Told = Past<MeetingEvent>;
const REF = 'CGB-2023-06-21';
const LATER = 'CGB-2023-07-17';
const ITEM = '00000000-0000-4000-8000-000000000001';
const OTHER = '00000000-0000-4000-8000-000000000002';
const CLOSED_ITEM = '00000000-0000-4000-8000-000000000003';
const NOTHING = '00000000-0000-4000-8000-000000000009';
const SCHEDULED: Told = {
  type: 'MeetingScheduled',
  facts: { ref: REF, body: 'CGB', on: '2023-06-21', session: 'OPEN' },
};
const HELD: Told = { type: 'MeetingHeld', facts: { on: '2023-06-21' } };
const CANCELLED: Told = { type: 'MeetingCancelled', facts: {} };
const listed = (id: string, item: string, more: object = {}): Told =>
  ({ type: 'AgendaItemListed', id, facts: { item, session: 'OPEN', ...more }, texts: ['title'] }) as Told;
const AGENDA = [listed(ITEM, '4'), listed(OTHER, '5'), listed(CLOSED_ITEM, '9', { session: 'CLOSED' })];
const BEFORE = [SCHEDULED, ...AGENDA];
const AFTER = [...BEFORE, HELD];
const of = (type: string, more: object = {}, id = ITEM): MeetingCommand =>
  ({ type, ref: REF, agendaItem: id, ...more }) as MeetingCommand;
const past = (type: string, more: object = {}, id = ITEM): Told =>
  ({ type, facts: { agendaItem: id, ...more } }) as Told;
const PRESENTED = past('AgendaItemPresented', { verbally: false });
const NOT_REACHED = past('AgendaItemNotReached');
const DEFERRED = past('AgendaItemDeferred', { to: LATER });
const WITHDRAWN = past('AgendaItemWithdrawn');
const REPORTED: Told = { ...past('AgendaItemReported'), texts: ['overview'] } as Told;
const why = { reason: 'Overtaken.' };
const known: Circumstances = {
  links: {
    'directory/CGB': { record: 'BODY' },
    [`meetings/${LATER}`]: { ref: LATER, body: 'CGB', status: 'HELD', date: '2023-07-17', agenda: [{ event: OTHER }] },
    'documents/CGB-2023-06-E4': {},
  },
  versions: { 'documents/CGB-2023-06-E4': ['1', '2'] },
  envelope: why,
};

function meeting(...events: readonly Told[]): ScheduledMeeting {
  const { state } = given(meetings, events);
  if (state.status === 'NOT_SCHEDULED') throw new Error('there is no such meeting');
  return state;
}
const statusOf = (...events: readonly Told[]) => meeting(...AFTER, ...events).agenda[0]!.status;

describe('an agenda item', () => {
  it('is listed with its number, its section, its paper as a version, and the post that wrote it', () => {
    const command: MeetingCommand = {
      ...{ type: 'ListAgendaItem', ref: REF, item: '5(iii)', title: 'Neighbourhood Active', section: 'Change' },
      ...{ paper: 'CGB-2023-06-E4', paperVersion: '2', author: 'force-lead' },
    };
    given(meetings, [SCHEDULED])
      .when(command, known)
      .thenEvents([
        {
          type: 'AgendaItemListed',
          facts: { item: '5(iii)', session: 'OPEN', paper: 'CGB-2023-06-E4', paperVersion: '2', author: 'force-lead' },
          texts: { title: 'Neighbourhood Active', section: 'Change' },
        },
      ]);
    given(meetings, [SCHEDULED])
      .when({ ...command, paperVersion: '3' } as MeetingCommand, known)
      .thenRefused('UNKNOWN_PAPER_VERSION', 'paperVersion');
    given(meetings, [SCHEDULED])
      .when({ type: 'ListAgendaItem', ref: REF, title: 'x', paperVersion: '3' }, known)
      .thenRefused('VERSION_NEEDS_PAPER', 'paper');
  });

  it('for a closed session is marked so, and what is said of it is as restricted as it is today', () => {
    const [draft] = given(meetings, BEFORE)
      .when({ type: 'ListAgendaItem', ref: REF, title: 'Rent', session: 'CLOSED' }, known)
      .thenEvents(['AgendaItemListed']);
    expect(draft?.marking?.session).toBe('CLOSED');
    const marked: Marking = { ...OFFICIAL_OPEN, sensitive: true };
    const circumstances = { ...known, markings: { [`meetings/${REF}/${ITEM}`]: marked } };
    for (const command of [
      of('PresentAgendaItem'),
      of('PassOverAgendaItem'),
      of('DeferAgendaItem'),
      of('WithdrawAgendaItem'),
      of('ReportAgendaItem', { overview: 'x' }),
      of('RecordResolution', { text: 'x', outcome: 'AGREED' }),
      of('DeclareInterest', { kind: 'NON_REGISTRABLE', text: 'x' }),
      of('RecordPublicQuestion', { text: 'x' }),
      of('IssuePapers'),
    ]) {
      const { decision } = given(meetings, AFTER).when(command, circumstances);
      expect(decision).toMatchObject({ events: [{ marking: marked }] });
    }
  });

  it('is not listed twice under one number in one session, nor for a meeting that was cancelled', () => {
    const list = (more: object) => ({ type: 'ListAgendaItem', ref: REF, title: 'x', ...more }) as MeetingCommand;
    given(meetings, BEFORE)
      .when(list({ item: '4' }), known)
      .thenRefused('ITEM_LISTED_ALREADY', 'item');
    given(meetings, BEFORE)
      .when(list({ item: '4', session: 'CLOSED' }), known)
      .thenEvents(['AgendaItemListed']);
    given(meetings, [...BEFORE, WITHDRAWN])
      .when(list({ item: '4' }), known)
      .thenEvents(['AgendaItemListed']);
    given(meetings, [...BEFORE, CANCELLED])
      .when(list({}), known)
      .thenRefused('MEETING_CANCELLED');
  });

  it('that is carried over names its item at the earlier meeting', () => {
    const list = (more: object) => ({ type: 'ListAgendaItem', ref: REF, title: 'x', ...more }) as MeetingCommand;
    given(meetings, BEFORE)
      .when(list({ fromMeeting: LATER, continues: OTHER }), known)
      .thenEvents([{ type: 'AgendaItemListed', facts: { session: 'OPEN', fromMeeting: LATER, continues: OTHER } }]);
    given(meetings, BEFORE)
      .when(list({ continues: OTHER }), known)
      .thenRefused('CONTINUES_NEEDS_BOTH', 'fromMeeting');
    given(meetings, BEFORE)
      .when(list({ fromMeeting: LATER }), known)
      .thenRefused('CONTINUES_NEEDS_BOTH', 'continues');
    given(meetings, BEFORE)
      .when(list({ fromMeeting: LATER, continues: ITEM }), known)
      .thenRefused('UNKNOWN_CARRIED_OVER', 'continues');
    const itself = { ...known, links: { ...known.links, [`meetings/${REF}`]: meeting(...BEFORE) } };
    given(meetings, BEFORE)
      .when(list({ fromMeeting: REF, continues: ITEM }), itself)
      .thenRefused('CONTINUES_ITSELF', 'fromMeeting');
  });

  it('goes from listed to presented, verbal only, not reached, deferred or withdrawn', () => {
    expect(statusOf()).toBe('LISTED');
    expect(statusOf(PRESENTED)).toBe('PRESENTED');
    expect(statusOf(past('AgendaItemPresented', { verbally: true }))).toBe('VERBAL_ONLY');
    expect(statusOf(NOT_REACHED)).toBe('NOT_REACHED');
    expect(statusOf(DEFERRED)).toBe('DEFERRED');
    expect(statusOf(WITHDRAWN)).toBe('WITHDRAWN');
  });

  it.each<readonly [string, readonly Told[], readonly string[]]>([
    ['is listed', [], []],
    [
      'was presented',
      [PRESENTED],
      ['PresentAgendaItem', 'PassOverAgendaItem', 'DeferAgendaItem', 'WithdrawAgendaItem'],
    ],
    ['was not reached', [NOT_REACHED], ['PresentAgendaItem', 'PassOverAgendaItem']],
    ['was put off', [DEFERRED], ['PresentAgendaItem', 'PassOverAgendaItem']],
    [
      'was withdrawn',
      [WITHDRAWN],
      ['PresentAgendaItem', 'PassOverAgendaItem', 'DeferAgendaItem', 'WithdrawAgendaItem'],
    ],
  ])('that %s takes what may follow and nothing else', (_, so, refuses) => {
    for (const type of ['PresentAgendaItem', 'PassOverAgendaItem', 'DeferAgendaItem', 'WithdrawAgendaItem']) {
      const asked = given(meetings, [...AFTER, ...so]).when(of(type), known);
      if (refuses.includes(type)) asked.thenRefused('ITEM_SETTLED', 'agendaItem');
      else expect(asked.decision).toHaveProperty('events');
    }
  });

  it('is presented or not reached only at a meeting that was held; and may be put off from one that is called off', () => {
    given(meetings, BEFORE).when(of('PresentAgendaItem'), known).thenRefused('NOT_HELD');
    given(meetings, BEFORE).when(of('PassOverAgendaItem'), known).thenRefused('NOT_HELD');
    given(meetings, [...BEFORE, CANCELLED])
      .when(of('DeferAgendaItem', { to: LATER }), known)
      .thenEvents(['AgendaItemDeferred']);
  });

  it('is put off to a meeting, to a month, or to a later meeting, and keeps each time', () => {
    const month = { how: 'between', from: '2023-09-01', to: '2023-09-30' } as const;
    const item = meeting(
      ...AFTER,
      NOT_REACHED,
      DEFERRED,
      past('AgendaItemDeferred', { within: month }),
      past('AgendaItemDeferred'),
    ).agenda[0]!;
    expect(item.deferrals.map(({ to, within }) => to ?? within ?? 'a later meeting')).toEqual([
      LATER,
      month,
      'a later meeting',
    ]);
    given(meetings, AFTER)
      .when(of('DeferAgendaItem', { to: LATER, within: month }), known)
      .thenRefused('DEFERRED_TO_TWO', 'to');
    const itself = { ...known, links: { ...known.links, [`meetings/${REF}`]: meeting(...BEFORE) } };
    given(meetings, AFTER)
      .when(of('DeferAgendaItem', { to: REF }), itself)
      .thenRefused('DEFERRED_TO_ITSELF', 'to');
  });

  it('is withdrawn with a reason', () => {
    given(meetings, AFTER)
      .when(of('WithdrawAgendaItem'), { ...known, envelope: {} })
      .thenRefused('WITHDRAWAL_NEEDS_REASON', 'reason');
  });

  it('that there is not is refused by name, and where there is none at all nothing is offered', () => {
    for (const type of ['PresentAgendaItem', 'PassOverAgendaItem', 'DeferAgendaItem', 'WithdrawAgendaItem'])
      given(meetings, AFTER)
        .when(of(type, {}, NOTHING), known)
        .thenRefused('UNKNOWN_AGENDA_ITEM', 'agendaItem');
    given(meetings, AFTER)
      .when(of('ReportAgendaItem', { overview: 'x' }, NOTHING), known)
      .thenRefused('UNKNOWN_AGENDA_ITEM', 'agendaItem');
    given(meetings, AFTER)
      .when(of('RecordResolution', { text: 'x', outcome: 'NOTED' }, NOTHING), known)
      .thenRefused('UNKNOWN_AGENDA_ITEM', 'agendaItem');
    given(meetings, [SCHEDULED, HELD]).when(of('PresentAgendaItem'), known).thenRefused('WITHOUT_AGENDA');
    given(meetings, [SCHEDULED, HELD])
      .when(of('ReportAgendaItem', { overview: 'x' }), known)
      .thenRefused('WITHOUT_AGENDA');
  });

  it('was never reached when the meeting ended before it, or when nothing is recorded of it though the meeting was held', () => {
    const never = (...events: readonly Told[]) => {
      const state = meeting(...events);
      return state.agenda.filter((one) => isNeverReached(state, one)).map(({ item }) => item);
    };
    expect(never(...BEFORE)).toEqual([]);
    expect(never(...AFTER, NOT_REACHED, past('AgendaItemPresented', { verbally: false }, OTHER))).toEqual(['4', '9']);
  });
});

describe('what the minutes say of an item', () => {
  const minute = (more: object): MeetingCommand =>
    ({ type: 'MinuteItem', ref: REF, text: 'Noted.', ...more }) as MeetingCommand;
  const report = of('ReportAgendaItem', { overview: 'The pilot.', forceUpdate: 'It goes on.', response: 'Noted.' });

  it('is an overview, what the force said and what the commissioner answered, or one of them', () => {
    given(meetings, AFTER)
      .when(report, known)
      .thenEvents([
        {
          type: 'AgendaItemReported',
          texts: { overview: 'The pilot.', forceUpdate: 'It goes on.', response: 'Noted.' },
        },
      ]);
    given(meetings, AFTER).when(of('ReportAgendaItem'), known).thenRefused('NOTHING_REPORTED', 'overview');
  });

  it('is minuted once: by number or in three parts, and never twice', () => {
    const byNumber: Told = {
      type: 'ItemMinuted',
      facts: { item: '4', session: 'OPEN', promise: false },
      texts: ['text'],
    };
    given(meetings, [...AFTER, byNumber])
      .when(report, known)
      .thenRefused('ALREADY_MINUTED', 'agendaItem');
    given(meetings, [...AFTER, REPORTED])
      .when(report, known)
      .thenRefused('ALREADY_MINUTED', 'agendaItem');
    given(meetings, [...AFTER, REPORTED])
      .when(minute({ item: '4' }), known)
      .thenRefused('ALREADY_MINUTED', 'item');
  });

  it('may have a promise minuted beside it, and another item or another session is another', () => {
    given(meetings, [...AFTER, REPORTED])
      .when(minute({ item: '4', promise: true }), known)
      .thenEvents(['ItemMinuted']);
    given(meetings, [...AFTER, REPORTED])
      .when(minute({ item: '5' }), known)
      .thenEvents(['ItemMinuted']);
    given(meetings, [...AFTER, REPORTED])
      .when(minute({ item: '4', session: 'CLOSED' }), known)
      .thenEvents(['ItemMinuted']);
    const promised: Told = {
      type: 'ItemMinuted',
      facts: { item: '4', session: 'OPEN', promise: true },
      texts: ['text'],
    };
    given(meetings, [...AFTER, promised])
      .when(report, known)
      .thenEvents(['AgendaItemReported']);
  });
});

describe('who was there', () => {
  const attend = (...attenders: readonly object[]): MeetingCommand =>
    ({ type: 'RecordAttendance', ref: REF, attenders }) as unknown as MeetingCommand;
  const came = (...attenders: readonly object[]): Told =>
    ({ type: 'AttendanceRecorded', facts: { attenders } }) as unknown as Told;
  const present = (item: string, ...events: readonly Told[]) => {
    const state = meeting(...AFTER, ...events);
    const found = presentAt(state, placeOfItem(state, item));
    return found?.map(({ of: { body, post } }) => body ?? post) ?? null;
  };

  it('when an item was decided are members and those in attendance who had come and not left', () => {
    const list = came(
      { as: 'PRESENT', body: 'CGB', people: 9 },
      { as: 'IN_ATTENDANCE', post: 'force-lead', joined: '5' },
      { as: 'IN_ATTENDANCE', post: 'panel-member', left: '5' },
      { as: 'APOLOGIES', post: 'commissioner' },
      { as: 'ABSENT', body: 'JARAP' },
    );
    expect(present(ITEM, list)).toEqual(['CGB', 'panel-member']);
    expect(present(OTHER, list)).toEqual(['CGB', 'force-lead']);
    expect(present(CLOSED_ITEM, list)).toEqual(['CGB', 'force-lead']);
  });

  it('is unknown until it is recorded, and the last list counts', () => {
    expect(present(ITEM)).toBeNull();
    expect(present(ITEM, came({ as: 'PRESENT', body: 'CGB' }), came({ as: 'PRESENT', body: 'JARAP' }))).toEqual([
      'JARAP',
    ]);
  });

  it('names an organisation, a post or words, and the words are sealed', () => {
    given(meetings, AFTER)
      .when(attend({ as: 'PRESENT', body: 'CGB' }, { as: 'APOLOGIES', who: 'The member for Rutland' }), known)
      .thenEvents([
        {
          type: 'AttendanceRecorded',
          facts: { attenders: [{ as: 'PRESENT', body: 'CGB' }, { as: 'APOLOGIES' }] },
          texts: { attendersWho: '–\nThe member for Rutland' },
        },
      ]);
    given(meetings, AFTER)
      .when(attend({ as: 'PRESENT' }), known)
      .thenRefused('ATTENDER_UNNAMED', 'attenders');
  });

  it('refuses an item that there is not, and leaving before joining', () => {
    const cgb = { as: 'PRESENT', body: 'CGB' };
    given(meetings, AFTER)
      .when(attend({ ...cgb, joined: '77' }), known)
      .thenRefused('UNKNOWN_ITEM_NUMBER', 'attenders');
    given(meetings, AFTER)
      .when(attend({ ...cgb, joined: '5', left: '4' }), known)
      .thenRefused('LEFT_BEFORE_JOINING');
    given(meetings, AFTER)
      .when(attend({ ...cgb, joined: '4', left: '5' }), known)
      .thenEvents(['AttendanceRecorded']);
    given(meetings, BEFORE).when(attend(cgb), known).thenRefused('NOT_HELD');
  });
});

describe('the rest of a meeting', () => {
  const QUESTION: Told = { type: 'PublicQuestionAsked', id: ITEM, facts: {}, texts: ['text'] };
  const said = (type: string, more: object): MeetingCommand => ({ type, ref: REF, ...more }) as MeetingCommand;

  it('has a place, a chair, a quorum and a webcast, and what is left out stays', () => {
    given(meetings, [SCHEDULED])
      .when(said('ArrangeMeeting', { place: 'County Hall', chair: 'commissioner', quorum: 5, webcast: 'x' }), known)
      .thenEvents([
        {
          type: 'MeetingArranged',
          facts: { chair: 'commissioner', quorum: 5 },
          texts: { place: 'County Hall', webcast: 'x' },
        },
      ]);
    given(meetings, [SCHEDULED]).when(said('ArrangeMeeting', {}), known).thenRefused('NOTHING_ARRANGED');
    const first: Told = { type: 'MeetingArranged', facts: { quorum: 5 }, texts: ['place'] };
    const second: Told = { type: 'MeetingArranged', facts: { chair: 'commissioner' } };
    expect(meeting(SCHEDULED, first, second)).toMatchObject({
      quorum: 5,
      chair: 'commissioner',
      place: { part: 'text/place' },
    });
  });

  it('opens before it closes, also where they are recorded apart', () => {
    given(meetings, AFTER)
      .when(said('RecordSitting', { opened: '13:00', closed: '13:46', quorate: true }), known)
      .thenEvents(['SittingRecorded']);
    given(meetings, AFTER)
      .when(said('RecordSitting', { opened: '13:46', closed: '13:00' }), known)
      .thenRefused('CLOSES_BEFORE_IT_OPENS', 'closed');
    const opened: Told = { type: 'SittingRecorded', facts: { opened: '13:00' } };
    given(meetings, [...AFTER, opened])
      .when(said('RecordSitting', { closed: '12:59' }), known)
      .thenRefused('CLOSES_BEFORE_IT_OPENS');
    given(meetings, AFTER).when(said('RecordSitting', {}), known).thenRefused('NOTHING_SAID_OF_SITTING');
    given(meetings, AFTER)
      .when(said('RecordSitting', { opened: '24:00' }), known)
      .thenRefused('MALFORMED', 'opened');
  });

  it('has interests declared, or nobody who declares any', () => {
    given(meetings, AFTER)
      .when(said('DeclareInterest', { kind: 'NONE' }), known)
      .thenEvents([{ type: 'InterestDeclared', facts: { kind: 'NONE' } }]);
    given(meetings, AFTER)
      .when(said('DeclareInterest', { kind: 'NONE', text: 'x' }), known)
      .thenRefused('NOBODY_DECLARED');
    given(meetings, AFTER)
      .when(said('DeclareInterest', { kind: 'NON_REGISTRABLE' }), known)
      .thenRefused('INTEREST_NEEDED');
  });

  it('has questions of the public, each answered once, at the meeting or in writing', () => {
    given(meetings, AFTER)
      .when(said('RecordPublicQuestion', { text: 'How many?' }), known)
      .thenEvents(['PublicQuestionAsked']);
    const answer = said('AnswerPublicQuestion', { question: ITEM, text: '2,303.' });
    given(meetings, [SCHEDULED, HELD]).when(answer, known).thenRefused('NOTHING_TO_ANSWER');
    given(meetings, [SCHEDULED, HELD, QUESTION])
      .when(answer, known)
      .thenEvents([{ type: 'PublicQuestionAnswered', facts: { question: ITEM, inWriting: false } }]);
    given(meetings, [SCHEDULED, HELD, QUESTION])
      .when({ ...answer, question: OTHER } as MeetingCommand, known)
      .thenRefused('UNKNOWN_QUESTION', 'question');
    const answered: Told = {
      type: 'PublicQuestionAnswered',
      facts: { question: ITEM, inWriting: false },
      texts: ['text'],
    };
    const another: Told = { ...QUESTION, id: OTHER };
    given(meetings, [SCHEDULED, HELD, QUESTION, another, answered]).when(answer, known).thenRefused('ALREADY_ANSWERED');
    expect(meeting(SCHEDULED, HELD, QUESTION, answered).questions[0]?.answer).toMatchObject({ inWriting: false });
  });

  it('excludes the public on paragraphs of Schedule 12A, each named once', () => {
    const exclude = (...paragraphs: readonly string[]) =>
      said('ExcludePublic', { grounds: paragraphs.map((paragraph) => ({ paragraph })) });
    given(meetings, AFTER)
      .when(exclude('PARAGRAPH_1', 'PARAGRAPH_3'), known)
      .thenEvents([
        { type: 'PublicExcluded', facts: { grounds: [{ paragraph: 'PARAGRAPH_1' }, { paragraph: 'PARAGRAPH_3' }] } },
      ]);
    given(meetings, AFTER).when(exclude('PARAGRAPH_1', 'PARAGRAPH_1'), known).thenRefused('GROUND_TWICE', 'grounds');
    given(meetings, AFTER).when(exclude('PARAGRAPH_8'), known).thenRefused('MALFORMED');
  });

  it('issues papers: the first gives a position, a later one only where it says as at when, one on an item never', () => {
    const ISSUED: Told = { type: 'PapersIssued', facts: { position: true } };
    const facts = (command: MeetingCommand, ...events: readonly Told[]) =>
      given(meetings, [...BEFORE, ...events])
        .when(command, known)
        .thenEvents(['PapersIssued'])[0]!.facts;
    expect(facts(said('IssuePapers', {}))).toEqual({ position: true });
    expect(facts(said('IssuePapers', {}), ISSUED)).toEqual({ position: false });
    expect(facts(said('IssuePapers', { asAt: '2023-06-20' }), ISSUED)).toEqual({ position: true, asAt: '2023-06-20' });
    expect(facts(of('IssuePapers'))).toEqual({ position: false, agendaItem: ITEM });
    given(meetings, BEFORE)
      .when(of('IssuePapers', { asAt: '2023-06-20' }), known)
      .thenRefused('SUPPLEMENT_GIVES_NO_POSITION');
    given(meetings, BEFORE)
      .when(said('IssuePapers', { asAtTime: '12:00' }), known)
      .thenRefused('TIME_NEEDS_DAY', 'asAt');
    given(meetings, [...BEFORE, CANCELLED])
      .when(said('IssuePapers', {}), known)
      .thenRefused('MEETING_CANCELLED');
  });

  it('issues nothing before its time, and draws no position after the papers were issued', () => {
    const today = { ...known, today: '2023-06-14' };
    given(meetings, BEFORE)
      .when(said('IssuePapers', { at: '13:01' }), today)
      .thenRefused('NOT_YET_ISSUED', 'at');
    given(meetings, BEFORE)
      .when(said('IssuePapers', { at: '13:00' }), today)
      .thenEvents(['PapersIssued']);
    given(meetings, BEFORE)
      .when(said('IssuePapers', { asAt: '2023-06-15' }), today)
      .thenRefused('POSITION_AFTER_ISSUE', 'asAt');
    given(meetings, BEFORE)
      .when(said('IssuePapers', { at: '12:00', asAt: '2023-06-14', asAtTime: '12:01' }), today)
      .thenRefused('POSITION_AFTER_ISSUE');
  });
});
