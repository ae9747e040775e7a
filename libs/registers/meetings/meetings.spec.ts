import fc from 'fast-check';
import { decideCommand } from '../../declarations/index.ts';
import { contextOf, given, pastEvent, type Circumstances, type Past } from '../../spec-kit/index.ts';
import { OFFICIAL_OPEN } from '../../ledger/index.ts';
import type { MeetingCommand } from './commands.ts';
import { MEETING_EVENTS, type MeetingEvent } from './events.ts';
import { MEETING_REFUSALS, meetings, type MeetingState, type ScheduledMeeting } from './index.ts';

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
