import fc from 'fast-check';
import { decideCommand } from '../../declarations/index.ts';
import { contextOf, given, pastEvent, type Circumstances, type Past } from '../../spec-kit/index.ts';
import { OFFICIAL_OPEN, type Command, type Marking } from '../../ledger/index.ts';
import { MEETING_COMMANDS, type MeetingCommand } from './commands.ts';
import { MEETING_EVENTS, type MeetingEvent } from './events.ts';
import {
  isNeverReached,
  MEETING_REFUSALS,
  meetings,
  placeOfItem,
  presentAt,
  SAYS_MINUTES,
  type MeetingState,
  type ScheduledMeeting,
} from './index.ts';

type Told = Past<MeetingEvent>;

const REF = 'CGB-2023-06-21';
const CGB = { record: 'BODY', ref: 'CGB' };
const DIRECTORY = {
  'directory/CGB': CGB,
  'directory/force-finance-lead': { record: 'POST' },
  'directory/person-ab3k9': { record: 'PERSON' },
};
const SCHEDULED: Told = {
  type: 'MeetingScheduled',
  effectiveOn: '2023-04-19',
  facts: { ref: REF, body: 'CGB', on: '2023-06-21', session: 'OPEN' },
};
const UNDAYED: Told = {
  type: 'MeetingScheduled',
  facts: { ref: 'CGB-2023-10', body: 'CGB', dated: { to: '2023-10-31', how: 'by' }, session: 'OPEN' },
};
const CLOSED: Told = {
  type: 'MeetingScheduled',
  facts: { ref: REF, body: 'CGB', on: '2023-06-21', session: 'CLOSED' },
};
const HELD: Told = { type: 'MeetingHeld', effectiveOn: '2023-06-21', facts: { on: '2023-06-21' } };
const CANCELLED: Told = { type: 'MeetingCancelled', facts: {} };
const POSTPONED: Told = { type: 'MeetingPostponed', facts: { to: '2023-07-17' } };
const UNTIL_FURTHER_NOTICE: Told = { type: 'MeetingPostponed', facts: {} };

function meeting(past: readonly Told[]): ScheduledMeeting {
  const { state } = given(meetings, past);
  if (state.status === 'NOT_SCHEDULED') throw new Error('there is no such meeting');
  return state;
}

/** Refused with each code in turn, as one fault after another is put right; then accepted. */
function putRightOneByOne(
  past: readonly Told[],
  steps: readonly (readonly [code: string, command: MeetingCommand, circumstances?: Circumstances])[],
  atLast: readonly [command: MeetingCommand, circumstances?: Circumstances],
): void {
  for (const [code, command, circumstances] of steps)
    given(meetings, past).when(command, circumstances).thenRefused(code);
  expect(given(meetings, past).when(...atLast).decision).toHaveProperty('events');
  const listed = Object.keys(MEETING_REFUSALS);
  const places = steps.map(([code]) => listed.indexOf(code)).filter((place) => place !== -1);
  expect(places).toEqual([...places].sort((a, b) => a - b));
}

describe('scheduling a meeting', () => {
  const schedule: MeetingCommand = { type: 'ScheduleMeeting', body: 'CGB', on: '2023-09-25' };
  const known: Circumstances = { links: DIRECTORY };

  it('schedules a meeting for a day that lies ahead, and takes effect today', () => {
    const { decision } = given(meetings, []).when(schedule, { ...known, today: '2023-07-17' });
    expect(decision).toEqual({
      events: [
        {
          type: 'MeetingScheduled',
          facts: { body: 'CGB', on: '2023-09-25', session: 'OPEN' },
          texts: { title: undefined },
        },
      ],
      reference: { series: 'CGB-2023-09', stem: 'CGB-2023-09-25', style: 'FIRST_FREE' },
    });
  });

  it('names a meeting by its month while no day is known', () => {
    const command: MeetingCommand = {
      type: 'ScheduleMeeting',
      body: 'CGB',
      dated: { from: '2023-10-01', to: '2023-10-31', how: 'between' },
    };
    const { decision } = given(meetings, []).when(command, known);
    expect(decision).toMatchObject({
      events: [{ facts: { dated: { from: '2023-10-01', to: '2023-10-31', how: 'between' } } }],
      reference: { series: 'CGB-2023-10', stem: 'CGB-2023-10', style: 'FIRST_FREE' },
    });
  });

  it('marks a meeting in closed session as closed, and keeps the rest of the marking', () => {
    const command: MeetingCommand = { ...schedule, session: 'CLOSED' };
    const [plain] = given(meetings, []).when(command, known).thenEvents(['MeetingScheduled']);
    expect(plain?.marking).toEqual({ ...OFFICIAL_OPEN, session: 'CLOSED' });
    const envelope = { marking: { ...OFFICIAL_OPEN, sensitive: true } };
    const [sensitive] = given(meetings, [])
      .when(command, { ...known, envelope })
      .thenEvents(['MeetingScheduled']);
    expect(sensitive?.marking).toEqual({ classification: 'OFFICIAL', sensitive: true, session: 'CLOSED' });
  });

  it.each([
    ['in closed session', { command: { session: 'CLOSED' } as const, envelope: {} }],
    ['marked SENSITIVE', { command: {}, envelope: { marking: { ...OFFICIAL_OPEN, sensitive: true } } }],
  ])('ends the reference of one %s in random characters, which tell of no other', (_, { command, envelope }) => {
    const { decision } = given(meetings, []).when({ ...schedule, ...command }, { ...known, envelope });
    expect(decision).toMatchObject({ reference: { stem: 'CGB-2023-09-25-', style: 'RANDOM' } });
  });

  it('takes the session from the marking when the command names none', () => {
    const envelope = { marking: { ...OFFICIAL_OPEN, session: 'CLOSED' as const } };
    const [draft] = given(meetings, [])
      .when(schedule, { ...known, envelope })
      .thenEvents(['MeetingScheduled']);
    expect(draft?.facts).toMatchObject({ session: 'CLOSED' });
  });

  it('leaves the marking of an open meeting to the command', () => {
    const [draft] = given(meetings, []).when(schedule, known).thenEvents(['MeetingScheduled']);
    expect(draft).not.toHaveProperty('marking');
  });

  it('refuses in the stated order', () => {
    const dated = { to: '2023-09-30', how: 'by' } as const;
    putRightOneByOne(
      [],
      [
        ['MALFORMED', { type: 'ScheduleMeeting', body: 'JARAP', on: '2023-02-30', dated }, known],
        ['DAY_AMBIGUOUS', { type: 'ScheduleMeeting', body: 'JARAP', on: '2023-02-28', dated }, known],
        ['DAY_NEEDED', { type: 'ScheduleMeeting', body: 'JARAP' }, known],
        ['UNKNOWN_BODY', { type: 'ScheduleMeeting', body: 'JARAP', on: '2023-02-28' }, known],
      ],
      [schedule, known],
    );
  });

  it('refuses to schedule what is scheduled already', () => {
    given(meetings, [SCHEDULED]).when(schedule, known).thenRefused('ALREADY_SCHEDULED');
  });

  it('refuses a post or a person in the place of a body', () => {
    given(meetings, [])
      .when({ ...schedule, body: 'person-ab3k9' }, known)
      .thenRefused('MALFORMED', 'body');
    given(meetings, [])
      .when({ ...schedule, body: 'force-finance-lead' }, known)
      .thenRefused('MALFORMED', 'body');
  });

  it('refuses a span that ends before it begins', () => {
    const dated = { from: '2023-10-31', to: '2023-10-01', how: 'between' } as const;
    given(meetings, [])
      .when({ type: 'ScheduleMeeting', body: 'CGB', dated }, known)
      .thenRefused('MALFORMED', 'dated.from');
  });
});

describe('holding a meeting', () => {
  const hold: MeetingCommand = { type: 'HoldMeeting', ref: REF };

  it('takes the day for which the meeting was set, unless another is given', () => {
    const onTheDay = { effectiveOn: '2023-06-21' };
    given(meetings, [SCHEDULED])
      .when(hold, onTheDay)
      .thenEvents([{ type: 'MeetingHeld', facts: { on: '2023-06-21' } }]);
    given(meetings, [SCHEDULED, POSTPONED])
      .when({ ...hold, on: '2023-07-18' })
      .thenEvents([{ type: 'MeetingHeld', facts: { on: '2023-07-18' } }]);
  });

  it('holds a meeting on the effective day at the latest', () => {
    given(meetings, [UNDAYED])
      .when({ ...hold, on: '2023-10-09' })
      .thenEvents(['MeetingHeld']);
    given(meetings, [UNDAYED])
      .when({ ...hold, on: '2023-10-10' })
      .thenRefused('NOT_YET_HELD', 'on');
  });

  it('refuses in the stated order', () => {
    putRightOneByOne(
      [UNDAYED],
      [
        ['MALFORMED', { ...hold, on: '9 October' }],
        ['DAY_NEEDED', hold],
        ['NOT_YET_HELD', { ...hold, on: '2023-10-25' }],
      ],
      [{ ...hold, on: '2023-10-04' }],
    );
  });

  it('refuses to hold a meeting that is not scheduled, was held, or was cancelled', () => {
    given(meetings, []).when(hold).thenRefused('NOT_SCHEDULED', 'ref');
    given(meetings, [SCHEDULED, HELD]).when(hold).thenRefused('ALREADY_HELD', 'ref');
    given(meetings, [SCHEDULED, CANCELLED]).when(hold).thenRefused('MEETING_CANCELLED', 'ref');
  });
});

describe('cancelling a meeting', () => {
  const cancel: MeetingCommand = { type: 'CancelMeeting', ref: REF };
  const why = { envelope: { reason: 'The Chief Constable is away.' } };

  it('cancels a meeting and keeps its date for the diaries', () => {
    given(meetings, [SCHEDULED]).when(cancel, why).thenEvents(['MeetingCancelled']);
    expect(meeting([SCHEDULED, CANCELLED])).toMatchObject({ status: 'CANCELLED', date: '2023-06-21' });
  });

  it('refuses to cancel without a reason, except where an imported paper gives none', () => {
    given(meetings, [SCHEDULED]).when(cancel).thenRefused('CANCELLATION_NEEDS_REASON', 'reason');
    given(meetings, [SCHEDULED])
      .when(cancel, { envelope: { reason: '  ' } })
      .thenRefused('CANCELLATION_NEEDS_REASON', 'reason');
    given(meetings, [SCHEDULED]).when(cancel, { imported: true }).thenEvents(['MeetingCancelled']);
  });

  it('refuses to cancel what is not scheduled, was held, or is cancelled already, before it asks for a reason', () => {
    given(meetings, []).when(cancel).thenRefused('NOT_SCHEDULED');
    given(meetings, [SCHEDULED, HELD]).when(cancel).thenRefused('ALREADY_HELD');
    given(meetings, [SCHEDULED, CANCELLED]).when(cancel).thenRefused('ALREADY_CANCELLED');
  });
});

describe('postponing a meeting', () => {
  const postpone: MeetingCommand = { type: 'PostponeMeeting', ref: REF, to: '2023-07-17' };

  it('moves a meeting to another day under the reference that people know', () => {
    given(meetings, [SCHEDULED])
      .when(postpone)
      .thenEvents([{ type: 'MeetingPostponed', facts: { to: '2023-07-17' } }]);
    expect(meeting([SCHEDULED, POSTPONED])).toMatchObject({
      ref: REF,
      status: 'POSTPONED',
      date: '2023-07-17',
      postponements: 1,
    });
  });

  it('moves a meeting to a span, or to no known time at all', () => {
    const dated = { to: '2023-10-31', how: 'by' } as const;
    given(meetings, [SCHEDULED])
      .when({ type: 'PostponeMeeting', ref: REF, dated })
      .thenEvents([{ type: 'MeetingPostponed', facts: { dated } }]);
    given(meetings, [SCHEDULED])
      .when({ type: 'PostponeMeeting', ref: REF })
      .thenEvents([{ type: 'MeetingPostponed', facts: {} }]);
    expect(meeting([SCHEDULED, UNTIL_FURTHER_NOTICE])).not.toHaveProperty('date');
    expect(meeting([SCHEDULED, { type: 'MeetingPostponed', facts: { dated } }])).toMatchObject({ dated });
  });

  it('puts a cancelled meeting back into the diary, even on the day that it had', () => {
    given(meetings, [SCHEDULED, CANCELLED])
      .when({ ...postpone, to: '2023-06-21' })
      .thenEvents(['MeetingPostponed']);
    expect(meeting([SCHEDULED, CANCELLED, POSTPONED])).toMatchObject({ status: 'POSTPONED', date: '2023-07-17' });
  });

  it('refuses in the stated order', () => {
    putRightOneByOne(
      [SCHEDULED],
      [
        ['MALFORMED', { ...postpone, to: '2023-02-30', dated: { to: '2023-10-31', how: 'by' } }],
        ['DAY_AMBIGUOUS', { ...postpone, to: '2023-02-28', dated: { to: '2023-10-31', how: 'by' } }],
        ['NOTHING_CHANGES', { ...postpone, to: '2023-06-21' }],
      ],
      [postpone],
    );
    given(meetings, [SCHEDULED, UNTIL_FURTHER_NOTICE])
      .when({ type: 'PostponeMeeting', ref: REF })
      .thenRefused('NOTHING_CHANGES');
  });

  it('refuses to postpone what is not scheduled or was held', () => {
    given(meetings, []).when(postpone).thenRefused('NOT_SCHEDULED');
    given(meetings, [SCHEDULED, HELD]).when(postpone).thenRefused('ALREADY_HELD');
  });
});

describe('minuting an item', () => {
  const minute: MeetingCommand = { type: 'MinuteItem', ref: REF, text: 'The action list was gone through.' };
  const known: Circumstances = { links: { ...DIRECTORY, 'meetings/CGB-2023-09-25': { status: 'SCHEDULED' } } };

  it('records a promise with the words, the post that made it and when it is due', () => {
    const command: MeetingCommand = {
      type: 'MinuteItem',
      ref: REF,
      item: '5(iii)',
      title: 'Neighbourhood Active',
      text: 'The board agreed that this item was to be brought back to the September CGB for a verbal update.',
      promise: true,
      owner: 'force-lead',
      due: { phrase: 'September CGB', meeting: 'CGB-2023-09-25' },
    };
    given(meetings, [SCHEDULED, HELD])
      .when(command, known)
      .thenEvents([
        {
          type: 'ItemMinuted',
          facts: {
            item: '5(iii)',
            session: 'OPEN',
            promise: true,
            owner: 'force-lead',
            due: { meeting: 'CGB-2023-09-25' },
          },
          texts: { title: command.title, text: command.text, phrase: 'September CGB' },
        },
      ]);
  });

  it('records an item that is no promise, with nothing that nobody said', () => {
    const [draft] = given(meetings, [SCHEDULED, HELD]).when(minute, known).thenEvents(['ItemMinuted']);
    expect(draft?.facts).toEqual({ session: 'OPEN', promise: false });
  });

  it('keeps words about the due date that name no day', () => {
    const [draft] = given(meetings, [SCHEDULED, HELD])
      .when({ ...minute, due: { phrase: 'in 6 months' } }, known)
      .thenEvents(['ItemMinuted']);
    expect(draft).toMatchObject({ texts: { phrase: 'in 6 months' } });
    expect(draft?.facts).not.toHaveProperty('due');
  });

  it('keeps an item of the closed part of an open meeting for those cleared for it', () => {
    const [open] = given(meetings, [SCHEDULED, HELD]).when(minute, known).thenEvents(['ItemMinuted']);
    const [closed] = given(meetings, [SCHEDULED, HELD])
      .when({ ...minute, session: 'CLOSED' }, known)
      .thenEvents(['ItemMinuted']);
    expect(open).not.toHaveProperty('marking');
    expect(closed?.marking?.session).toBe('CLOSED');
  });

  it('takes the session of the meeting when none is named', () => {
    const [draft] = given(meetings, [CLOSED, HELD]).when(minute, known).thenEvents(['ItemMinuted']);
    expect(draft).toMatchObject({ facts: { session: 'CLOSED' }, marking: { session: 'CLOSED' } });
  });

  it('refuses in the stated order', () => {
    const wrong: MeetingCommand = {
      ...minute,
      item: 'the fifth item',
      text: ' ',
      owner: 'nobody',
      due: { on: '2023-02-30', meeting: 'CGB-2024-01-01' },
    };
    const due = { meeting: 'CGB-2024-01-01' };
    putRightOneByOne(
      [SCHEDULED, HELD],
      [
        ['MALFORMED', wrong, known],
        ['BLANK', { ...wrong, item: '5' }, known],
        ['MALFORMED', { ...wrong, item: '5', text: 'Noted.' }, known],
        ['AMBIGUOUS', { ...wrong, item: '5', text: 'Noted.', due: { ...due, on: '2023-02-28' } }, known],
        ['UNKNOWN_POST', { ...wrong, due, item: '5', text: 'Noted.' }, known],
        ['UNKNOWN_MEETING', { ...minute, due }, known],
      ],
      [{ ...minute, due: { meeting: 'CGB-2023-09-25' } }, known],
    );
  });

  it('refuses to minute a meeting that was not held', () => {
    given(meetings, []).when(minute).thenRefused('NOT_SCHEDULED', 'ref');
    for (const past of [[SCHEDULED], [SCHEDULED, CANCELLED], [SCHEDULED, POSTPONED]])
      given(meetings, past).when(minute).thenRefused('NOT_HELD', 'ref');
  });

  it('knows the standard posts without a directory, and no person as a post', () => {
    given(meetings, [SCHEDULED, HELD])
      .when({ ...minute, owner: 'commissioner' })
      .thenEvents(['ItemMinuted']);
    given(meetings, [SCHEDULED, HELD])
      .when({ ...minute, owner: 'person-ab3k9' }, known)
      .thenRefused('MALFORMED', 'owner');
  });
});

describe('the state of a meeting', () => {
  it('is held on the day that the minutes give, not on the day for which it was set', () => {
    expect(meeting([SCHEDULED, { ...HELD, facts: { on: '2023-06-22' } }])).toMatchObject({
      status: 'HELD',
      date: '2023-06-22',
    });
  });

  it('forgets the span once a day is known', () => {
    const held = meeting([UNDAYED, { type: 'MeetingHeld', facts: { on: '2023-10-04' } }]);
    expect(held).toMatchObject({ date: '2023-10-04' });
    expect(held).not.toHaveProperty('dated');
  });

  it('holds the minuted items in order, with references to their words', () => {
    const item = (number: string): Told => ({
      type: 'ItemMinuted',
      facts: { item: number, session: 'OPEN', promise: false },
      texts: ['text'],
    });
    expect(meeting([SCHEDULED, HELD, item('1'), item('2')]).items).toMatchObject([
      { event: 'event-3', item: '1', text: { event: 'event-3', part: 'text/text' } },
      { event: 'event-4', item: '2' },
    ]);
  });

  it('is not changed by facts that every register has', () => {
    const before = meeting([SCHEDULED]);
    for (const type of ['Corrected', 'Voided', 'Restored', 'OtherwiseStated', 'Published', 'Marked'] as const) {
      const event = pastEvent(
        'meetings',
        { type, facts: { target: 'event-1', path: 'on', is: '2024-01-01' } },
        2,
      ) as MeetingEvent;
      expect(meetings.evolve(before, event)).toBe(before);
    }
  });

  it('takes any subset of events in any order, and exists exactly when its opening was among them', () => {
    const pool = [SCHEDULED, UNDAYED, HELD, CANCELLED, POSTPONED, UNTIL_FURTHER_NOTICE].map(
      (told, index) => pastEvent('meetings', told, index + 1) as MeetingEvent,
    );
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pool), { maxLength: 12 }), (events) => {
        const state = events.reduce<MeetingState>((before, event) => meetings.evolve(before, event), meetings.initial);
        expect(state.status !== 'NOT_SCHEDULED').toBe(events.some(({ type }) => type === 'MeetingScheduled'));
        if (state.status === 'NOT_SCHEDULED') return;
        expect('date' in state && 'dated' in state).toBe(false);
        expect(meetings.refOf(state)).toBe(events.find((event) => event.type === 'MeetingScheduled')?.facts['ref']);
      }),
      { seed: 20230621, numRuns: 200 },
    );
  });

  it('allows by mayFollow exactly what decide accepts', () => {
    const pasts = [[], [SCHEDULED], [SCHEDULED, HELD], [SCHEDULED, CANCELLED], [SCHEDULED, UNTIL_FURTHER_NOTICE]];
    const commands: readonly (readonly [MeetingEvent['type'], MeetingCommand])[] = [
      ['MeetingScheduled', { type: 'ScheduleMeeting', body: 'CGB', on: '2023-06-21' }],
      ['MeetingHeld', { type: 'HoldMeeting', ref: REF, on: '2023-06-21' }],
      ['MeetingCancelled', { type: 'CancelMeeting', ref: REF }],
      ['MeetingPostponed', { type: 'PostponeMeeting', ref: REF, to: '2023-12-01' }],
      ['ItemMinuted', { type: 'MinuteItem', ref: REF, text: 'Noted.' }],
    ];
    for (const past of pasts) {
      const { state } = given(meetings, past);
      for (const [type, command] of commands) {
        const decision = decideCommand(meetings, state, command, contextOf({ links: DIRECTORY, imported: true }));
        const verdict = meetings.mayFollow(state, pastEvent('meetings', { type }, 9) as MeetingEvent);
        expect('refusal' in decision ? decision.refusal.code : null).toBe(verdict?.code ?? null);
      }
    }
  });
});

describe('references of meetings', () => {
  it.each([
    ['CGB-2023-04-19', 'CGB-2023-04'],
    ['CGB-2023-04-19-2', 'CGB-2023-04'],
    ['CGB-2023-04-19-k3m9x', 'CGB-2023-04'],
    ['CGB-2023-10-k3m9x', 'CGB-2023-10'],
    ['CGB-2023-04-19-23456789', 'CGB-2023-04'],
    ['CGB-2023-10', 'CGB-2023-10'],
    ['CGB-2023-10-2', 'CGB-2023-10'],
    ['CGB-2023-04-A1', null],
    ['CGB-2023-13', null],
    ['CGB-2023-04-19-1', null],
    ['CGB', null],
    ['force-lead', null],
    ['', null],
  ])('reserves %s in %s', (ref, series) => {
    expect(meetings.seriesOf(ref)).toBe(series);
  });
});

describe('what the register declares', () => {
  it('looks up the body, the post and the meeting that a command names', () => {
    expect(meetings.links({ type: 'ScheduleMeeting', body: 'CGB' })).toEqual([
      { register: 'directory', ref: 'CGB', field: 'body' },
    ]);
    expect(
      meetings.links({ type: 'MinuteItem', ref: REF, text: '', owner: 'dcc', due: { meeting: 'CGB-2023-09-25' } }),
    ).toEqual([
      { register: 'directory', ref: 'dcc', field: 'owner' },
      { register: 'meetings', ref: 'CGB-2023-09-25', field: 'due.meeting' },
    ]);
    expect(meetings.links({ type: 'CancelMeeting', ref: REF })).toEqual([]);
  });

  it('is written to by the office alone', () => {
    expect(new Set(Object.values(meetings.mayIssue).flat())).toEqual(new Set(['opcc-officer']));
  });

  it('reads every kind that it declares, and none of which it does not know what it means', () => {
    for (const { type, schema } of meetings.kinds)
      expect(meetings.upcast(pastEvent('meetings', { type, schema }, 1)).type).toBe(type);
    expect(() => meetings.upcast(pastEvent('meetings', { type: 'MeetingHeld', schema: 2 }, 1))).toThrow(RangeError);
    expect(() => meetings.upcast(pastEvent('meetings', { type: 'MeetingAdjourned' }, 1))).toThrow(RangeError);
  });

  it('has a check for every structured value that may be corrected', () => {
    const good: Record<string, unknown> = {
      body: 'CGB',
      session: 'CLOSED',
      to: null,
      item: '7(c)',
      promise: true,
      owner: 'force-lead',
      due: { on: '2023-09-30' },
      on: '2023-09-30',
      'due.on': '2023-09-30',
      'due.dated': { to: '2023-09-30', how: 'by' },
      'due.meeting': 'CGB-2023-09-25',
    };
    const bad: Record<string, unknown> = {
      body: 'the board',
      session: 'SECRET',
      to: 'soon',
      item: 'item seven',
      promise: 'yes',
      owner: 'Mr Smith',
      due: { phrase: 'soon' },
      on: null,
      'due.on': null,
      'due.dated': 'soon',
      'due.meeting': 'the next one',
    };
    for (const { path, is } of MEETING_EVENTS.flatMap(({ type }) => meetings.correctable[type] ?? [])) {
      if (typeof is !== 'function' || !Object.hasOwn(good, path)) continue;
      expect(is(good[path] as never)).toBeNull();
      expect(is(bad[path] as never)).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('may be due on a day, over a span or at a meeting, on one of them at most', () => {
    const check = meetings.correctable.ItemMinuted?.find(({ path }) => path === 'due')?.is as (
      value: unknown,
    ) => string | null;
    for (const due of [
      null,
      { on: '2023-09-30' },
      { dated: { to: '2023-09-30', how: 'by' } },
      { meeting: 'CGB-2023-09-25' },
      {},
    ])
      expect(check(due)).toBeNull();
    for (const due of [
      'soon',
      { on: 'soon' },
      { meeting: 'soon' },
      { dated: { to: 'soon', how: 'by' } },
      { on: '2023-09-30', meeting: 'CGB-2023-09-25' },
    ])
      expect(check(due)).not.toBeNull();
  });
});

describe('what happens at a meeting', () => {
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
  const listed = (id: string, item: string, more: object = {}): Told => ({
    type: 'AgendaItemListed',
    id,
    facts: { item, session: 'OPEN', ...more },
    texts: ['title'],
  });
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
  const REPORTED: Told = { ...past('AgendaItemReported'), texts: ['overview'] };
  const why = { reason: 'Overtaken.' };
  const known: Circumstances = {
    links: {
      'directory/CGB': { record: 'BODY' },
      [`meetings/${LATER}`]: {
        ref: LATER,
        body: 'CGB',
        status: 'HELD',
        date: '2023-07-17',
        agenda: [{ event: OTHER }],
      },
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
            facts: {
              item: '5(iii)',
              session: 'OPEN',
              paper: 'CGB-2023-06-E4',
              paperVersion: '2',
              author: 'force-lead',
            },
            texts: { title: 'Neighbourhood Active', section: 'Change' },
          },
        ]);
      given(meetings, [SCHEDULED])
        .when({ ...command, paperVersion: '3' }, known)
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
      expect(item.deferrals.map(({ putOffTo, within }) => putOffTo ?? within ?? 'a later meeting')).toEqual([
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

    it('that was not reached and put off since was never reached until another meeting takes it up', () => {
      const state = meeting(...AFTER, NOT_REACHED, DEFERRED);
      const item = state.agenda.find(({ status }) => status === 'DEFERRED')!;
      expect([isNeverReached(state, item, []), isNeverReached(state, item, ['CGB-2023-07-17'])]).toEqual([true, false]);
      const putOff = meeting(...AFTER, DEFERRED);
      expect(
        isNeverReached(
          putOff,
          putOff.agenda.find(({ status }) => status === 'DEFERRED')!,
          [],
        ),
      ).toBe(false);
    });
  });

  describe('what the minutes say of an item', () => {
    const minute = (more: object): MeetingCommand => ({ type: 'MinuteItem', ref: REF, text: 'Noted.', ...more });
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
      given(meetings, [SCHEDULED, HELD, QUESTION, another, answered])
        .when(answer, known)
        .thenRefused('ALREADY_ANSWERED');
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
      const ISSUED: Told = { type: 'PapersIssued', effectiveOn: '2023-06-14', facts: { at: '16:30' } };
      const positions = (...facts: readonly object[]) => {
        const events = facts.map((of): Told => ({ ...ISSUED, facts: of }));
        const { papers } = given(meetings, [...BEFORE, ...events]).state as ScheduledMeeting;
        return papers.map(({ asAt }) => asAt?.slice(0, 10) ?? null);
      };
      expect(positions({}, {}, { asAt: '2023-06-09' })).toEqual(['2023-06-14', null, '2023-06-09']);
      expect(positions({ agendaItem: ITEM }, {})).toEqual([null, '2023-06-14']);
      given(meetings, BEFORE)
        .when(said('IssuePapers', {}), known)
        .thenEvents([{ type: 'PapersIssued', facts: {} }]);
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
});

describe('the minutes of a meeting', () => {
  const REF = 'CGB-2023-06-21';
  const LATER = 'CGB-2023-07-17';
  const SAYING = '00000000-0000-4000-8000-000000000001';
  const NOTHING = '00000000-0000-4000-8000-000000000009';
  const SCHEDULED: Told = {
    type: 'MeetingScheduled',
    facts: { ref: REF, body: 'CGB', on: '2023-06-21', session: 'OPEN' },
  };
  const HELD: Told = { type: 'MeetingHeld', facts: { on: '2023-06-21' } };
  const MINUTED: Told = {
    type: 'ItemMinuted',
    id: SAYING,
    facts: { session: 'OPEN', promise: false },
    texts: ['text'],
  };
  const DRAFTED: Told = { type: 'MinutesDrafted', facts: { paper: 'CGB-2023-06-E5' } };
  const CIRCULATED: Told = { type: 'MinutesCirculated', facts: {} };
  const CONFIRMED: Told = { type: 'MinutesConfirmed', id: 'confirmed', facts: { confirmedAt: LATER } };
  const PUBLISHED: Told = { type: 'MinutesPublished', facts: {} };
  const ISSUED: Told = { type: 'PapersIssued', id: 'papers', facts: {} };
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

    it('takes a void of a correcting minute, and its restoration, with the confirmed document and its paragraph as the source alone', () => {
      const told = { type: 'MinutesCorrected', facts: { minute: SAYING, agreedAt: LATER } };
      const correcting = pastEvent('meetings', told, events.length + 1);
      const corrected = [...events, correcting];
      for (const type of ['Void', 'Restore']) {
        const command = { type, event: correcting.id } as Command;
        const why = (envelope: object) =>
          meetings.whyNotAnyMore!(command, undefined, state, corrected, contextOf({ envelope }));
        const other = { source: { ...slip.source, record: 'CGB-2023-06-E4' } };
        for (const envelope of [{}, { source: { record: slip.source.record } }, other])
          expect(why(envelope)).toMatchObject({ code: 'SLIP_NEEDS_CONFIRMED_MINUTES', field: 'source.record' });
        expect(why(slip)).toBeNull();
      }
      expect(whyNot({ type: 'Void', event: SAYING }, undefined, slip)).toBe('MINUTES_CONFIRMED');
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
});
