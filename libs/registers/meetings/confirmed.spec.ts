import { contextOf, given, type Circumstances, type Past } from '../../spec-kit/index.ts';
import { pastEvent } from '../../spec-kit/index.ts';
import type { Command } from '../../ledger/index.ts';
import { MEETING_COMMANDS, type MeetingCommand } from './commands.ts';
import type { MeetingEvent } from './events.ts';
import { meetings, SAYS_MINUTES, type ScheduledMeeting } from './index.ts';

type Told = Past<MeetingEvent>;
const REF = 'CGB-2023-06-21';
const LATER = 'CGB-2023-07-17';
const SAYING = '00000000-0000-4000-8000-000000000001';
const NOTHING = '00000000-0000-4000-8000-000000000009';
const SCHEDULED: Told = {
  type: 'MeetingScheduled',
  facts: { ref: REF, body: 'CGB', on: '2023-06-21', session: 'OPEN' },
};
const HELD: Told = { type: 'MeetingHeld', facts: { on: '2023-06-21' } };
const MINUTED: Told = { type: 'ItemMinuted', id: SAYING, facts: { session: 'OPEN', promise: false }, texts: ['text'] };
const DRAFTED: Told = { type: 'MinutesDrafted', facts: { paper: 'CGB-2023-06-E5' } };
const CIRCULATED: Told = { type: 'MinutesCirculated', facts: {} };
const CONFIRMED: Told = { type: 'MinutesConfirmed', id: 'confirmed', facts: { confirmedAt: LATER } };
const PUBLISHED: Told = { type: 'MinutesPublished', facts: {} };
const ISSUED: Told = { type: 'PapersIssued', id: 'papers', facts: { position: true } };
const DONE = [SCHEDULED, ISSUED, HELD, MINUTED, DRAFTED, CIRCULATED, CONFIRMED];
const held = (more: object = {}) => ({
  ref: LATER,
  body: 'CGB',
  status: 'HELD',
  date: '2023-07-17',
  agenda: [],
  ...more,
});
const withLater = (more: object = {}): Circumstances => ({ links: { [`meetings/${LATER}`]: held(more) } });
const known = withLater();
const ask = (type: string, more: object = {}): MeetingCommand => ({ type, ref: REF, ...more }) as MeetingCommand;
const confirm = ask('ConfirmMinutes', { confirmedAt: LATER });
const correct = ask('CorrectMinutes', { minute: SAYING, agreedAt: LATER, text: 'Paragraph 9, not 4.' });

function minutesOf(...past: readonly Told[]) {
  return (given(meetings, past).state as ScheduledMeeting).minutes;
}

describe('minutes', () => {
  it('are drafted, circulated, confirmed at a later meeting and published, in this order', () => {
    expect(minutesOf(SCHEDULED, HELD)).toBeUndefined();
    expect(minutesOf(SCHEDULED, HELD, DRAFTED)?.status).toBe('DRAFT');
    expect(minutesOf(SCHEDULED, HELD, DRAFTED, CIRCULATED)?.status).toBe('CIRCULATED');
    expect(minutesOf(...DONE)).toMatchObject({ status: 'CONFIRMED', confirmed: { confirmedAt: LATER } });
    expect(minutesOf(...DONE, PUBLISHED)?.status).toBe('PUBLISHED');
    given(meetings, [SCHEDULED]).when(ask('DraftMinutes'), known).thenRefused('NOT_HELD');
    given(meetings, [SCHEDULED, HELD]).when(ask('CirculateMinutes'), known).thenRefused('NOT_DRAFTED');
    given(meetings, [SCHEDULED, HELD, DRAFTED]).when(confirm, known).thenRefused('NOT_CIRCULATED');
    given(meetings, [SCHEDULED, HELD, DRAFTED, CIRCULATED])
      .when(ask('PublishMinutes'), known)
      .thenRefused('NOT_CONFIRMED');
    given(meetings, DONE).when(ask('PublishMinutes'), known).thenEvents(['MinutesPublished']);
    given(meetings, [...DONE, PUBLISHED])
      .when(ask('PublishMinutes'), known)
      .thenRefused('ALREADY_PUBLISHED');
    given(meetings, DONE).when(confirm, known).thenRefused('ALREADY_CONFIRMED');
  });

  it('of a paper may be confirmed without a word of what went before', () => {
    given(meetings, [SCHEDULED, HELD])
      .when(confirm, { ...known, imported: true })
      .thenEvents(['MinutesConfirmed']);
    given(meetings, [SCHEDULED, HELD])
      .when(confirm, { ...withLater({ status: 'SCHEDULED' }), imported: true })
      .thenEvents(['MinutesConfirmed']);
  });

  it.each<readonly [string, string, Circumstances]>([
    ['OF_ANOTHER_BODY', 'a meeting of another body', withLater({ body: 'JARAP' })],
    ['NOT_HELD_THEN', 'a meeting that was not held', withLater({ status: 'SCHEDULED' })],
    ['NOT_A_LATER_MEETING', 'an earlier meeting', withLater({ date: '2023-06-20' })],
    ['NOT_A_LATER_MEETING', 'a meeting of the same day', withLater({ date: '2023-06-21' })],
  ])('are refused with %s for %s: confirmed, and corrected, neither', (code, _, circumstances) => {
    given(meetings, [SCHEDULED, HELD, DRAFTED, CIRCULATED])
      .when(confirm, circumstances)
      .thenRefused(code, 'confirmedAt');
    given(meetings, DONE).when(correct, circumstances).thenRefused(code, 'agreedAt');
  });

  it('are not confirmed or corrected by their own meeting', () => {
    const own: Circumstances = { links: { [`meetings/${REF}`]: held({ ref: REF }) } };
    given(meetings, [SCHEDULED, HELD, DRAFTED, CIRCULATED])
      .when(ask('ConfirmMinutes', { confirmedAt: REF }), own)
      .thenRefused('NOT_A_LATER_MEETING', 'confirmedAt');
    given(meetings, DONE)
      .when(ask('CorrectMinutes', { minute: SAYING, agreedAt: REF, text: 'x' }), own)
      .thenRefused('NOT_A_LATER_MEETING', 'agreedAt');
  });
});

describe('a correcting minute', () => {
  it('names what it corrects and the meeting that agreed it, and what was said before stays', () => {
    given(meetings, DONE)
      .when(correct, known)
      .thenEvents([
        {
          type: 'MinutesCorrected',
          facts: { minute: SAYING, agreedAt: LATER },
          texts: { text: 'Paragraph 9, not 4.' },
        },
      ]);
    const corrected: Told = { type: 'MinutesCorrected', facts: { minute: SAYING, agreedAt: LATER }, texts: ['text'] };
    const state = given(meetings, [...DONE, corrected]).state as ScheduledMeeting;
    expect(state.items).toHaveLength(1);
    expect(state.minutes?.corrections).toMatchObject([{ minute: SAYING, agreedAt: LATER }]);
  });

  it('is of confirmed minutes alone, and of an entry that holds what they say', () => {
    given(meetings, [SCHEDULED, HELD, MINUTED, DRAFTED]).when(correct, known).thenRefused('NOT_CONFIRMED');
    given(meetings, DONE)
      .when({ ...correct, minute: NOTHING } as MeetingCommand, known)
      .thenRefused('NOT_IN_THE_MINUTES', 'minute');
  });
});

describe('what confirmed minutes take and refuse', () => {
  const events = DONE.map((told, index) => pastEvent('meetings', told as never, index + 1));
  const { state } = given(meetings, DONE);
  const whyNot = (command: object, leadsTo?: string, envelope: object = {}) =>
    meetings.whyNotAnyMore!(command as Command, leadsTo, state, events, contextOf({ envelope }))?.code ?? null;
  const slip = { source: { record: 'CGB-2023-06-E5', paragraph: 'paragraph 9' } };

  it.each(SAYS_MINUTES.filter((type) => !type.startsWith('Meeting') || type === 'MeetingArranged'))(
    'refuses %s, whatever the day on which it is to have taken effect',
    (leadsTo) => {
      const { type } = MEETING_COMMANDS.find((one) => one.leadsTo === leadsTo)!;
      expect(meetings.mayFollow(state, pastEvent('meetings', { type: leadsTo }, 99) as MeetingEvent)?.code).toBe(
        'MINUTES_CONFIRMED',
      );
      expect(whyNot({ type, ref: REF }, leadsTo)).toBe('MINUTES_CONFIRMED');
    },
  );

  it.each([
    'PapersIssued',
    'MinutesPublished',
    'MinutesCorrected',
    'Marked',
    'Published',
    'OtherwiseStated',
    'Linked',
    'Named',
  ])('takes %s', (leadsTo) => {
    expect(whyNot({ type: 'Any', ref: REF }, leadsTo)).toBeNull();
  });

  it('takes no draft and no circulation any more', () => {
    given(meetings, DONE).when(ask('DraftMinutes'), known).thenRefused('MINUTES_CONFIRMED');
    given(meetings, DONE).when(ask('CirculateMinutes'), known).thenRefused('MINUTES_CONFIRMED');
  });

  it('takes a void of the record, of the papers and of the confirmation, and refuses one of what the minutes say', () => {
    for (const type of ['Void', 'Restore']) {
      expect(whyNot({ type, event: 'event-1' })).toBeNull();
      expect(whyNot({ type, event: 'papers' })).toBeNull();
      expect(whyNot({ type, event: 'confirmed' })).toBeNull();
      expect(whyNot({ type, event: SAYING })).toBe('MINUTES_CONFIRMED');
    }
  });

  it('takes a correction of a slip with the confirmed document and its paragraph as the source, and no other', () => {
    const correction = { type: 'Correct', event: SAYING, path: 'text', is: 'x' };
    expect(whyNot(correction)).toBe('SLIP_NEEDS_CONFIRMED_MINUTES');
    expect(whyNot(correction, 'Corrected', { source: { record: 'CGB-2023-06-E5' } })).toBe(
      'SLIP_NEEDS_CONFIRMED_MINUTES',
    );
    expect(whyNot(correction, 'Corrected', { source: { ...slip.source, record: 'CGB-2023-06-E4' } })).toBe(
      'SLIP_NEEDS_CONFIRMED_MINUTES',
    );
    expect(whyNot(correction, 'Corrected', slip)).toBeNull();
    expect(whyNot({ ...correction, event: 'papers' }, 'Corrected')).toBeNull();
  });

  it('asks nothing of minutes that are not confirmed', () => {
    const before = given(meetings, DONE.slice(0, -1)).state;
    for (const command of [
      { type: 'Void', event: SAYING },
      { type: 'Correct', event: SAYING },
    ])
      expect(meetings.whyNotAnyMore!(command as Command, 'ItemMinuted', before, events, contextOf())).toBeNull();
  });
});
