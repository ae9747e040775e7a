import { ownMarkingOf, visibilityOf, visibleEvents } from '../access/index.ts';
import {
  kind,
  OFFICIAL_OPEN,
  type Correctable,
  type Decision,
  type Draft,
  type RecordEvent,
  type Refusal,
} from '../ledger/index.ts';
import { directory } from '../registers/directory/index.ts';
import { meetings, type ScheduledMeeting } from '../registers/meetings/index.ts';
import { contextOf, pastEvent, TODAY, type Circumstances } from '../spec-kit/index.ts';
import { amend, fold } from '../timeline/index.ts';
import {
  decideForRecord,
  isRecordCommand,
  mayIssueForRecord,
  RECORD_COMMAND_TYPES,
  RECORD_COMMANDS_DECLARED,
  RECORD_REFUSALS,
  type Amendable,
  type RecordCommand,
} from './index.ts';

type Told = Parameters<typeof pastEvent>[1];

const REF = 'CGB-2023-04-19';
const SENSITIVE = { ...OFFICIAL_OPEN, sensitive: true };
const why = { envelope: { reason: 'The minutes were read wrongly.' } } satisfies Circumstances;
const paper = {
  envelope: { source: { document: 'Corporate Governance Board report', paragraph: 'L1917' } },
} satisfies Circumstances;

const SCHEDULED: Told = {
  id: 'scheduled',
  type: 'MeetingScheduled',
  effectiveOn: '2023-03-20',
  facts: { ref: REF, body: 'CGB', on: '2023-04-19', session: 'OPEN' },
  texts: ['title', 'document'],
};
const HELD: Told = { id: 'held', type: 'MeetingHeld', effectiveOn: '2023-04-19', facts: { on: '2023-04-19' } };
const MINUTED: Told = {
  id: 'minuted',
  type: 'ItemMinuted',
  effectiveOn: '2023-04-19',
  facts: { item: '5', session: 'OPEN', promise: true, due: { on: '2023-09-30' } },
  texts: ['text', 'phrase'],
};
const HISTORY = [SCHEDULED, HELD, MINUTED];

function corrected(target: string, path: string, is: unknown, id = 'corrected'): Told {
  return { id, type: 'Corrected', facts: { target, schema: 1, path, is } as never };
}
const voided = (target: string, id = 'voided'): Told => ({ id, type: 'Voided', facts: { target } });
const restored = (target: string): Told => ({ id: 'restored', type: 'Restored', facts: { target } });
const PUBLISHED: Told = { id: 'published', type: 'Published' };
const marked = (to: object, target?: string): Told => ({
  id: 'marked',
  type: 'Marked',
  facts: { to, ...(target === undefined ? {} : { target }) } as never,
});

function record<State, Event extends RecordEvent>(
  register: Amendable<State, Event> & { readonly name: string },
  past: readonly Told[],
) {
  const events = past.map((told, index) => pastEvent(register.name, told, index + 1));
  const decide = (command: RecordCommand, circumstances: Circumstances = {}): Decision =>
    decideForRecord(register, events, command, contextOf(circumstances), fold(register, amend(register, events)));
  return {
    events,
    accepts(command: RecordCommand, circumstances?: Circumstances): Draft {
      const decision = decide(command, circumstances);
      if ('refusal' in decision) throw new Error(`refused with ${decision.refusal.code}: ${decision.refusal.sentence}`);
      expect(decision.events).toHaveLength(1);
      expect(decision).not.toHaveProperty('reference');
      return decision.events[0] as Draft;
    },
    refuses(
      code: keyof typeof RECORD_REFUSALS | 'UNKNOWN_ACTION',
      command: RecordCommand,
      circumstances?: Circumstances,
      field?: string,
    ): Refusal {
      const decision = decide(command, circumstances);
      if (!('refusal' in decision)) throw new Error(`expected ${code}, but it was accepted`);
      expect(decision.refusal.code).toBe(code);
      if (field !== undefined) expect(decision.refusal.field).toBe(field);
      expect(decision.refusal.sentence).toMatch(/^["A-Z].*\.$/s);
      expect(decision.refusal.sentence).not.toMatch(/\{\w+\}/);
      return decision.refusal;
    },
    /** The meeting as it reads once these drafts are recorded too. */
    readsAs(...drafts: readonly Draft[]): ScheduledMeeting {
      const added = drafts.map(({ type, facts, texts }, index) =>
        pastEvent(
          'meetings',
          { id: `added-${index}`, type, facts, texts: Object.keys(texts ?? {}) },
          events.length + index + 1,
        ),
      );
      return fold(meetings, amend(meetings, [...events, ...added])) as ScheduledMeeting;
    },
  };
}
const meeting = (past: readonly Told[] = HISTORY) => record(meetings, past);

/** Refused with each code in turn, as one fault after another is put right; then accepted. */
function putRightOneByOne(
  past: readonly Told[],
  steps: readonly (readonly [
    code: keyof typeof RECORD_REFUSALS,
    command: RecordCommand,
    circumstances?: Circumstances,
  ])[],
  atLast: readonly [command: RecordCommand, circumstances?: Circumstances],
): void {
  for (const [code, command, circumstances] of steps) meeting(past).refuses(code, command, circumstances);
  meeting(past).accepts(...atLast);
  const listed = Object.keys(RECORD_REFUSALS);
  const places = steps.map(([code]) => listed.indexOf(code));
  expect(places).toEqual([...places].sort((a, b) => a - b));
}

describe('correcting an event', () => {
  const correct: RecordCommand = { type: 'Correct', ref: REF, event: 'held', path: 'on', is: '2023-03-20' };

  it('records a structured value as a fact, and the record reads as though it had stood there', () => {
    const draft = meeting().accepts(correct, why);
    expect(draft).toEqual({ type: 'Corrected', facts: { target: 'held', schema: 1, path: 'on', is: '2023-03-20' } });
    expect(meeting().readsAs(draft).date).toBe('2023-03-20');
  });

  it('records new words as words and never as a fact', () => {
    const command: RecordCommand = { ...correct, event: 'minuted', path: 'text', is: 'The board agreed to wait.' };
    const draft = meeting().accepts(command, why);
    expect(draft).toEqual({
      type: 'Corrected',
      facts: { target: 'minuted', schema: 1, path: 'text' },
      texts: { is: 'The board agreed to wait.' },
    });
    expect(meeting().readsAs(draft).items[0]?.text).toEqual({ event: 'added-0', part: 'text/is' });
  });

  it.each([
    ['effectiveOn', '2023-04-18'],
    ['dated', { to: '2023-04-30', how: 'by' }],
    ['source.publishedOn', '2023-10-09'],
  ])('corrects %s of any event', (path, is) => {
    expect(meeting().accepts({ ...correct, path, is }, why).facts).toMatchObject({ path, is });
  });

  it.each(['reason', 'source.document', 'source.paragraph', 'source.quote'])(
    'corrects the words of %s of any event',
    (path) => {
      const draft = meeting().accepts({ ...correct, path, is: 'as printed' }, why);
      expect(draft.texts).toEqual({ is: 'as printed' });
      expect(draft.facts).not.toHaveProperty('is');
    },
  );

  it('takes away a value that need not be there', () => {
    const none = (event: string, path: string): RecordCommand => ({ ...correct, event, path, is: null });
    const draft = meeting().accepts(none('minuted', 'due'), why);
    expect(meeting().readsAs(draft).items[0]).not.toHaveProperty('due');
    meeting().accepts(none('scheduled', 'source.document'), why);
    meeting().refuses('NOTHING_CHANGES', none('held', 'source.document'), why);
    meeting().refuses('NOTHING_CHANGES', none('held', 'source.publishedOn'), why);
    meeting().refuses('INVALID_VALUE', none('held', 'on'), why);
    meeting().refuses('INVALID_VALUE', none('minuted', 'text'), why);
  });

  it('names the schema in which its path means what it means', () => {
    const kinds = [...meetings.kinds, kind('meetings', 'MeetingHeld', 2), kind('meetings', 'MeetingHeld', 3)];
    const later = { ...meetings, kinds, upcast: (event: RecordEvent) => event as never };
    expect(record(later, HISTORY).accepts(correct, why).facts['schema']).toBe(3);
  });

  it('refuses in the stated order', () => {
    const wrong: RecordCommand = { ...correct, event: 'nothing', path: 'day', is: 'soon' };
    putRightOneByOne(
      HISTORY,
      [
        ['UNKNOWN_EVENT', wrong],
        ['NOT_CORRECTABLE', { ...wrong, event: 'held' }],
        ['INVALID_VALUE', { ...wrong, event: 'held', path: 'on' }],
        ['UNKNOWN_RECORD', { ...wrong, event: 'scheduled', path: 'body', is: 'NONE' }],
        ['REASON_NEEDED', { ...wrong, event: 'held', path: 'on', is: '2023-04-19' }],
        ['NOTHING_CHANGES', { ...wrong, event: 'held', path: 'on', is: '2023-04-19' }, why],
      ],
      [correct, why],
    );
  });

  it.each([
    'ref',
    'id',
    'register',
    'stream',
    'type',
    'schema',
    'version',
    'stamped',
    'stated',
    'actor',
    'actor.by',
    'marking',
    'before',
    '__proto__',
    '',
  ])('refuses to correct "%s"', (path) => {
    meeting().refuses('NOT_CORRECTABLE', { ...correct, path }, why, 'path');
  });

  it('refuses to correct a reference even where a register lists it by mistake', () => {
    const anyText: Correctable = { path: 'ref', is: () => null };
    const careless = { ...meetings, correctable: { MeetingScheduled: [anyText, { ...anyText, path: 'session' }] } };
    const command = (path: string): RecordCommand => ({ ...correct, event: 'scheduled', path, is: 'CLOSED' });
    record(careless, HISTORY).refuses('NOT_CORRECTABLE', command('ref'), why);
    record(careless, HISTORY).accepts(command('session'), why);
  });

  it('refuses to correct what only says something of other events', () => {
    const { id, ...said } = corrected('held', 'on', '2023-03-20');
    for (const type of ['Corrected', 'Voided', 'Restored', 'OtherwiseStated', 'Published', 'Marked'])
      meeting([...HISTORY, { ...said, id: id ?? '', type }]).refuses(
        'NOT_CORRECTABLE',
        { ...correct, event: 'corrected', path: 'effectiveOn' },
        why,
        'event',
      );
  });

  it.each([
    ['held', 'on', '2023-02-30'],
    ['held', 'on', 20230420],
    ['held', 'effectiveOn', '2023-4-19'],
    ['held', 'dated', { to: '2023-04-01', from: '2023-04-30', how: 'between' }],
    ['held', 'dated', { to: '2023-04-30', how: 'by', note: 'words in the clear' }],
    ['held', 'source.publishedOn', 'October'],
    ['minuted', 'promise', 'yes'],
    ['minuted', 'text', '  '],
    ['minuted', 'text', 7],
  ])('refuses of %s as %s the value %j', (event, path, is) => {
    meeting().refuses('INVALID_VALUE', { ...correct, event, path, is }, why, 'is');
  });

  it('refuses to move a fact into the future, unless its kind is forward-dated', () => {
    meeting().accepts({ ...correct, path: 'effectiveOn', is: TODAY }, why);
    meeting().refuses('INVALID_VALUE', { ...correct, path: 'effectiveOn', is: '2023-10-10' }, why);
    meeting().refuses('INVALID_VALUE', { ...correct, path: 'dated', is: { to: '2023-10-10', how: 'by' } }, why);
    const post: Told[] = [
      { id: 'added', type: 'PostAdded', facts: { ref: 'chief-constable' } },
      { id: 'appointed', type: 'HolderAppointed', facts: { person: 'person-ab3k9', interim: false, shared: false } },
    ];
    const tenure: RecordCommand = {
      type: 'Correct',
      ref: 'chief-constable',
      event: 'appointed',
      path: 'effectiveOn',
      is: '2024-05-09',
    };
    record(directory, post).accepts(tenure, why);
    record(directory, post).refuses('INVALID_VALUE', { ...tenure, event: 'added' }, why);
  });

  it('takes what stands from the corrections that stand', () => {
    const once = [...HISTORY, corrected('held', 'on', '2023-03-20')];
    meeting(once).refuses('NOTHING_CHANGES', correct, why);
    meeting(once).accepts({ ...correct, is: '2023-04-19' }, why);
    meeting([...once, voided('corrected')]).accepts(correct, why);
    meeting([...once, voided('corrected')]).refuses('NOTHING_CHANGES', { ...correct, is: '2023-04-19' }, why);
    meeting([...once, voided('held')]).refuses('NOTHING_CHANGES', correct, why);
  });

  it('knows that a day tells more than a span that ends on it', () => {
    const by = [SCHEDULED, { ...HELD, dated: { to: '2023-04-19', how: 'by' } } as Told];
    meeting(by).accepts({ ...correct, path: 'effectiveOn', is: '2023-04-19' }, why);
    meeting(by).refuses('NOTHING_CHANGES', { ...correct, path: 'dated', is: { to: '2023-04-19', how: 'by' } }, why);
    meeting(by).accepts({ ...correct, path: 'dated', is: null }, why);
  });
});

describe('voiding and restoring an event', () => {
  const makeVoid: RecordCommand = { type: 'Void', ref: REF, event: 'minuted' };
  const restore: RecordCommand = { type: 'Restore', ref: REF, event: 'minuted' };

  it('makes an event void, and restores it', () => {
    expect(meeting().accepts(makeVoid, why)).toEqual({ type: 'Voided', facts: { target: 'minuted' } });
    expect(meeting([...HISTORY, voided('minuted')]).accepts(restore, why)).toEqual({
      type: 'Restored',
      facts: { target: 'minuted' },
    });
    expect(meeting([...HISTORY, voided('minuted')]).readsAs().items).toEqual([]);
    expect(meeting([...HISTORY, voided('minuted'), restored('minuted')]).readsAs().items).toHaveLength(1);
  });

  it('makes void what was said of other events: a correction, a second version, a publication, a marking', () => {
    const said = [
      corrected('held', 'on', '2023-03-20'),
      PUBLISHED,
      marked(SENSITIVE),
      { id: 'stated', type: 'OtherwiseStated', facts: { path: 'date' } },
    ];
    for (const { id } of said) meeting([...HISTORY, ...said]).accepts({ ...makeVoid, event: id ?? '' }, why);
  });

  it('makes void again what was restored', () => {
    meeting([...HISTORY, voided('minuted'), restored('minuted')]).accepts(makeVoid, why);
  });

  it('refuses to void in the stated order', () => {
    const past = [...HISTORY, voided('minuted'), voided('held', 'other'), restored('held')];
    meeting(past).refuses('UNKNOWN_EVENT', { ...makeVoid, event: 'nothing' }, {}, 'event');
    for (const event of ['voided', 'restored'])
      meeting(past).refuses('NOT_VOIDABLE', { ...makeVoid, event }, {}, 'event');
    putRightOneByOne(
      past,
      [
        ['REASON_NEEDED', makeVoid],
        ['ALREADY_VOID', makeVoid, why],
      ],
      [{ ...makeVoid, event: 'held' }, why],
    );
  });

  it('refuses to restore in the stated order', () => {
    const past = [...HISTORY, voided('minuted')];
    putRightOneByOne(
      past,
      [
        ['UNKNOWN_EVENT', { ...restore, event: 'nothing' }],
        ['REASON_NEEDED', { ...restore, event: 'held' }],
        ['NOT_VOID', { ...restore, event: 'held' }, why],
      ],
      [restore, why],
    );
    meeting([...past, restored('minuted')]).refuses('NOT_VOID', restore, why);
  });
});

describe('a record that was recorded by mistake', () => {
  const makeVoid: RecordCommand = { type: 'Void', ref: REF, event: 'scheduled' };
  const restore: RecordCommand = { type: 'Restore', ref: REF, event: 'scheduled' };
  const said = (marking: typeof SENSITIVE) => ({ envelope: { ...why.envelope, marking } });
  const gone = [...HISTORY, voided('scheduled')];

  it('holds nothing while it is void, and all of it once it is restored', () => {
    const draft = meeting().accepts(makeVoid, why);
    expect(draft).toEqual({ type: 'Voided', facts: { target: 'scheduled' } });
    expect(meeting().readsAs(draft)).toEqual(meetings.initial);
    const back = meeting(gone).accepts(restore, why);
    expect(meeting(gone).readsAs(back)).toEqual(meeting().readsAs());
  });

  it('is voided and restored for whoever may see it: neither takes a marking of its own', () => {
    meeting().refuses('SEEN_WITH_ITS_RECORD', makeVoid, said(SENSITIVE), 'marking');
    meeting(gone).refuses('SEEN_WITH_ITS_RECORD', restore, said(SENSITIVE), 'marking');
    meeting().accepts(makeVoid, said(OFFICIAL_OPEN));
    meeting(gone).refuses(
      'SEEN_WITH_ITS_RECORD',
      { type: 'Mark', ref: REF, event: 'voided', to: SENSITIVE },
      {},
      'event',
    );
    meeting(gone).accepts({ type: 'Mark', ref: REF, to: SENSITIVE });
    // As restricted as what opened it, where that was marked by name.
    const hidden = meeting([...HISTORY, marked(SENSITIVE, 'scheduled')]);
    expect(hidden.accepts(makeVoid, said(SENSITIVE))).toMatchObject({ marking: SENSITIVE });
  });
});

describe('recording what another source states otherwise', () => {
  const state: RecordCommand = { type: 'RecordOtherwiseStated', ref: REF, path: 'date', says: '2023-03-20' };

  it.each([
    ['April: cover 19 April, body 20 March 2023', REF, '2023-03-20'],
    ['July: 17 July 2023, body 20 July 2022', 'CGB-2023-07-17', '2022-07-20'],
    ['September: 25 September 2023, "next meeting 25th September 2022"', 'CGB-2023-09-25', '2022-09-25'],
  ])('keeps both dates of a meeting: %s', (_, ref, says) => {
    const on = ref.slice(4);
    const past: Told[] = [{ ...SCHEDULED, facts: { ref, body: 'CGB', on, session: 'OPEN' } }];
    const draft = meeting(past).accepts({ ...state, ref, says }, paper);
    expect(draft).toEqual({ type: 'OtherwiseStated', facts: { path: 'date', says } });
    expect(meeting(past).readsAs(draft).date).toBe(on);
  });

  it('keeps both times of one promise: Neighbourhood Active in September, or in January', () => {
    const command: RecordCommand = { ...state, event: 'minuted', path: 'phrase', says: 'January' };
    const draft = meeting().accepts(command, paper);
    expect(draft).toEqual({
      type: 'OtherwiseStated',
      facts: { target: 'minuted', path: 'phrase' },
      texts: { says: 'January' },
    });
    expect(meeting().readsAs(draft)).toEqual(meeting().readsAs());
  });

  it('holds words as words, even where a day was expected or the words look like one', () => {
    expect(meeting().accepts({ ...state, says: '20th March' }, paper)).toEqual({
      type: 'OtherwiseStated',
      facts: { path: 'date' },
      texts: { says: '20th March' },
    });
    const phrase: RecordCommand = { ...state, event: 'minuted', path: 'phrase', says: '2024-01-31' };
    expect(meeting().accepts(phrase, paper).texts).toEqual({ says: '2024-01-31' });
    const wordy = { ...meetings, disputable: ['title'] };
    const title: RecordCommand = { ...state, path: 'title', says: '2024-01-31' };
    expect(record(wordy, HISTORY).accepts(title, paper).texts).toEqual({ says: '2024-01-31' });
  });

  it('holds numbers, true and false, and what a check has passed, as they are', () => {
    for (const says of [7, true])
      expect(meeting().accepts({ ...state, says }, paper).facts).toEqual({ path: 'date', says });
    const due: RecordCommand = { ...state, event: 'minuted', path: 'due', says: { on: '2024-01-31' } };
    expect(meeting().accepts(due, paper).facts).toEqual({ target: 'minuted', path: 'due', says: { on: '2024-01-31' } });
  });

  it('refuses in the stated order', () => {
    const wrong: RecordCommand = { ...state, event: 'nothing', path: 'weather', says: ' ' };
    putRightOneByOne(
      HISTORY,
      [
        ['UNKNOWN_EVENT', wrong],
        ['NOT_DISPUTABLE', { ...wrong, event: 'held' }],
        ['INVALID_VALUE', { ...wrong, event: 'held', path: 'on' }],
        ['SOURCE_NEEDED', { ...wrong, event: 'held', path: 'on', says: '2023-04-19' }],
        ['NOTHING_CHANGES', { ...wrong, event: 'held', path: 'on', says: '2023-04-19' }, paper],
      ],
      [{ ...state, event: 'held', path: 'on' }, paper],
    );
  });

  it.each([[null], [{ on: '2023-03-20' }], [['2023-03-20']], [0.5]])(
    'refuses to hold %j unchecked, where it could hide words in the clear',
    (says) => {
      meeting().refuses('INVALID_VALUE', { ...state, says }, paper, 'says');
    },
  );

  it('refuses what could not stand in that place of that event', () => {
    const of = (path: string, says: unknown): RecordCommand =>
      ({ ...state, event: 'minuted', path, says }) as RecordCommand;
    for (const [path, says] of [
      ['due', { phrase: 'soon' }],
      ['promise', 7],
      ['text', 7],
      ['dated', { to: 'soon' }],
    ] as const)
      meeting().refuses('INVALID_VALUE', of(path, says), paper);
  });

  it('refuses to dispute what only says something of other events, and paths that no source speaks of', () => {
    meeting([...HISTORY, PUBLISHED]).refuses('NOT_DISPUTABLE', { ...state, event: 'published' }, paper);
    for (const path of ['ref', 'stamped', 'marking', 'on'])
      meeting().refuses('NOT_DISPUTABLE', { ...state, path }, paper, 'path');
  });

  it('never lets the name of a person be stated under another key than theirs', () => {
    const person: Told[] = [{ id: 'added', type: 'PersonAdded', facts: { ref: 'person-ab3k9' }, texts: ['name'] }];
    const named: RecordCommand = {
      type: 'RecordOtherwiseStated',
      ref: 'person-ab3k9',
      event: 'added',
      path: 'name',
      says: 'Robyn Example',
    };
    record(directory, person).refuses('NOT_DISPUTABLE', named, paper);
    record(directory, person).refuses(
      'NOT_CORRECTABLE',
      { type: 'Correct', ref: 'person-ab3k9', event: 'added', path: 'name', is: 'Robyn Example' },
      why,
    );
  });
});

describe('publishing a record', () => {
  const publish: RecordCommand = { type: 'Publish', ref: REF };

  it('publishes the events so far, and again once there are more', () => {
    expect(meeting().accepts(publish)).toEqual({ type: 'Published', facts: {} });
    meeting([SCHEDULED, PUBLISHED, HELD]).accepts(publish);
    meeting([...HISTORY, PUBLISHED, voided('published')]).accepts(publish);
  });

  it('refuses in the stated order', () => {
    meeting([...HISTORY, marked(SENSITIVE), PUBLISHED]).refuses('RESTRICTED_CANNOT_BE_PUBLISHED', publish);
    meeting([...HISTORY, PUBLISHED]).refuses('NOTHING_CHANGES', publish);
  });

  it('refuses to publish a restricted record, however it came to be restricted, and publishes it once it may be shown', () => {
    const closed = { ...SCHEDULED, marking: { ...OFFICIAL_OPEN, session: 'CLOSED' as const } };
    meeting([closed, HELD]).refuses('RESTRICTED_CANNOT_BE_PUBLISHED', publish);
    meeting([...HISTORY, marked(SENSITIVE)]).refuses('RESTRICTED_CANNOT_BE_PUBLISHED', publish);
    meeting([...HISTORY, marked(SENSITIVE), voided('marked')]).accepts(publish);
    meeting([closed, HELD, marked(OFFICIAL_OPEN)]).accepts(publish);
  });

  it('publishes an open record around a restricted event, which stays hidden', () => {
    const past = [SCHEDULED, HELD, { ...MINUTED, marking: SENSITIVE }];
    const { events } = meeting([...past, PUBLISHED]);
    meeting(past).accepts(publish);
    expect(visibleEvents(events, 'public').map(({ id }) => id)).toEqual(['scheduled', 'held', 'published']);
  });
});

describe('marking a record or one of its events', () => {
  const mark: RecordCommand = { type: 'Mark', ref: REF, to: SENSITIVE };

  it('marks the whole record, or one event', () => {
    expect(meeting().accepts(mark)).toEqual({ type: 'Marked', facts: { to: SENSITIVE } });
    expect(meeting().accepts({ ...mark, event: 'minuted' }).facts).toEqual({
      target: 'minuted',
      to: SENSITIVE,
    });
  });

  it('leaves closed what was closed unless it is told otherwise', () => {
    const closed = meeting([{ ...SCHEDULED, marking: { ...OFFICIAL_OPEN, session: 'CLOSED' } }]);
    const to = (sensitive: boolean, session?: 'OPEN'): RecordCommand => ({
      type: 'Mark',
      ref: REF,
      to: { classification: 'OFFICIAL', sensitive, ...(session && { session }) },
    });
    expect(closed.accepts(to(true)).facts).toEqual({ to: { ...SENSITIVE, session: 'CLOSED' } });
    expect(closed.accepts(to(false, 'OPEN')).facts).toEqual({ to: OFFICIAL_OPEN });
  });

  it('holds nothing in a marking but the marking', () => {
    const to = { ...SENSITIVE, note: 'words in the clear' };
    expect(meeting().accepts({ ...mark, to }).facts).toEqual({ to: SENSITIVE });
  });

  it('refuses in the stated order', () => {
    putRightOneByOne(
      HISTORY,
      [
        ['UNKNOWN_EVENT', { ...mark, event: 'nothing', to: OFFICIAL_OPEN }],
        ['NOTHING_CHANGES', { ...mark, event: 'minuted', to: OFFICIAL_OPEN }],
      ],
      [{ ...mark, event: 'minuted' }],
    );
  });

  it('refuses, as an input, a marking that may not be held here, an event without a UUID and a path that is none', () => {
    const event = '00000000-0000-4000-8000-000000000000';
    const secret = { ...SENSITIVE, classification: 'SECRET' as 'OFFICIAL' };
    const whyNot = (command: RecordCommand) => RECORD_COMMANDS_DECLARED[command.type]!.whyNotInput(command);
    const correct: RecordCommand = { type: 'Correct', ref: 'CGB', event, path: 'due.on', is: null };
    expect(whyNot({ type: 'Mark', ref: 'CGB', event, to: SENSITIVE })).toBeNull();
    expect(whyNot({ type: 'Mark', ref: 'CGB', to: secret })).toMatchObject({ code: 'MALFORMED', field: 'to' });
    expect(whyNot(correct)).toBeNull();
    expect(whyNot({ ...correct, event: 'the first' })).toMatchObject({ code: 'MALFORMED', field: 'event' });
    expect(whyNot({ ...correct, path: 'due on' })).toMatchObject({ code: 'MALFORMED', field: 'path' });
    expect(whyNot({ ...correct, is: { on: 'a\0b' } })).toMatchObject({ code: 'MALFORMED', field: 'is.on' });
    const { ref: _, ...nameless } = correct;
    expect(whyNot(nameless as RecordCommand)).toMatchObject({ code: 'NEEDED', field: 'ref' });
  });

  it('refuses to mark what is marked so already, and marks it once that was made void', () => {
    const past = [...HISTORY, marked(SENSITIVE, 'minuted')];
    meeting(past).refuses('NOTHING_CHANGES', { ...mark, event: 'minuted' });
    meeting([...past, voided('marked')]).accepts({ ...mark, event: 'minuted' });
    meeting(past).accepts({ ...mark, event: 'minuted', to: OFFICIAL_OPEN });
    meeting([...HISTORY, marked(SENSITIVE)]).refuses('NOTHING_CHANGES', mark);
    meeting().refuses('NOTHING_CHANGES', { ...mark, to: OFFICIAL_OPEN });
  });

  it('marks the record and its events each for itself, whatever the other is marked', () => {
    meeting([...HISTORY, marked(SENSITIVE)]).accepts({ ...mark, event: 'minuted' });
    meeting([...HISTORY, marked(SENSITIVE, 'minuted')]).accepts(mark);
    const both = [...HISTORY, marked(SENSITIVE, 'minuted'), { ...marked(SENSITIVE), id: 'marked-2' }];
    meeting(both).accepts({ ...mark, to: OFFICIAL_OPEN });
    meeting(both).accepts({ ...mark, event: 'minuted', to: OFFICIAL_OPEN });
  });

  it('takes the session of an event from that event, not from its record', () => {
    const closed = { ...SCHEDULED, marking: { ...OFFICIAL_OPEN, session: 'CLOSED' as const } };
    const to: RecordCommand = { ...mark, event: 'held', to: { classification: 'OFFICIAL', sensitive: true } };
    expect(meeting([closed, HELD]).accepts(to).facts).toEqual({ target: 'held', to: SENSITIVE });
  });
});

describe('what is said of a restricted event', () => {
  const past = [SCHEDULED, HELD, { ...MINUTED, marking: SENSITIVE }];
  const said: readonly (readonly [RecordCommand, Circumstances])[] = [
    [{ type: 'Correct', ref: REF, event: 'minuted', path: 'text', is: 'The board agreed to wait.' }, why],
    [{ type: 'Void', ref: REF, event: 'minuted' }, why],
    [{ type: 'RecordOtherwiseStated', ref: REF, event: 'minuted', path: 'phrase', says: 'January' }, paper],
  ];

  it('is restricted too, in an open record', () => {
    for (const [command, circumstances] of said) {
      expect(meeting(past).accepts(command, circumstances).marking).toEqual(SENSITIVE);
      expect(meeting(HISTORY).accepts(command, circumstances)).not.toHaveProperty('marking');
    }
    const restore: RecordCommand = { type: 'Restore', ref: REF, event: 'minuted' };
    expect(meeting([...past, voided('minuted')]).accepts(restore, why).marking).toEqual(SENSITIVE);
  });

  it('may be restricted further by the command, and never less', () => {
    const [command] = said[0]!;
    const closed = { envelope: { ...why.envelope, marking: { ...OFFICIAL_OPEN, session: 'CLOSED' as const } } };
    expect(meeting(past).accepts(command, closed).marking).toEqual({ ...SENSITIVE, session: 'CLOSED' });
    const open = { envelope: { ...why.envelope, marking: OFFICIAL_OPEN } };
    expect(meeting(past).accepts(command, open).marking).toEqual(SENSITIVE);
  });

  it('follows the marking of today, not the one of the day on which the event was written', () => {
    const [command, circumstances] = said[0]!;
    const opened = [...past, marked(OFFICIAL_OPEN, 'minuted')];
    const { events } = meeting(opened);
    const minuted = events.find(({ id }) => id === 'minuted')!;
    expect(ownMarkingOf(visibilityOf(events), minuted).sensitive).toBe(false);
    expect(meeting(opened).accepts(command, circumstances)).not.toHaveProperty('marking');
  });
});

const LINK = { type: 'LinkRecord', ref: REF, to: 'CGB-2023-04-A3', as: 'FOLLOWS_FROM' } as const;
const OTHER = { links: { 'actions/CGB-2023-04-A3': {} } } satisfies Circumstances;
const LINKED: Told = { id: 'linked', type: 'Linked', facts: { to: LINK.to, as: LINK.as } };
const NAMED: Told = { id: 'named', type: 'Named', texts: ['name'] };

describe('a link of a record to another', () => {
  it('holds where it leads and what the one is to the other', () => {
    expect(meeting().accepts(LINK, OTHER)).toEqual({ type: 'Linked', facts: { to: LINK.to, as: LINK.as } });
  });

  it('is refused to a record that is not there or not for the caller, whatever links there are', () => {
    const nowhere = { ...LINK, to: 'CGB-2023-04-A4' };
    for (const past of [HISTORY, [...HISTORY, { ...LINKED, facts: { to: nowhere.to, as: nowhere.as } }]]) {
      for (const type of ['LinkRecord', 'UnlinkRecord'] as const)
        meeting(past).refuses('UNKNOWN_ACTION', { ...nowhere, type }, OTHER, 'to');
    }
  });

  it('is refused to the record itself', () => {
    meeting().refuses('LINKED_TO_ITSELF', { ...LINK, to: REF }, { links: { [`meetings/${REF}`]: {} } }, 'to');
  });

  it('is refused where it is so already, and is another as something else', () => {
    const linked = meeting([...HISTORY, LINKED]);
    linked.refuses('LINKED_ALREADY', LINK, OTHER, 'to');
    linked.accepts({ ...LINK, as: 'DEPENDS_ON' }, OTHER);
  });

  it('is refused on a day on which there is no such record', () => {
    meeting([]).refuses('NO_SUCH_RECORD', LINK, OTHER, 'effectiveOn');
  });

  it('is ended where it is so, and is not where it is not or is so as something else', () => {
    const end = { ...LINK, type: 'UnlinkRecord' } as const;
    expect(meeting([...HISTORY, LINKED]).accepts(end, OTHER)).toEqual({
      type: 'Unlinked',
      facts: { to: LINK.to, as: LINK.as },
    });
    meeting().refuses('NOT_LINKED', end, OTHER, 'to');
    meeting([...HISTORY, LINKED]).refuses('NOT_LINKED', { ...end, as: 'IS_ABOUT' }, OTHER, 'to');
  });

  it('is as restricted as the record to which it leads is today', () => {
    const hidden = { ...OTHER, markings: { 'actions/CGB-2023-04-A3': SENSITIVE } };
    expect(meeting().accepts(LINK, hidden).marking).toEqual(SENSITIVE);
    expect(meeting([...HISTORY, LINKED]).accepts({ ...LINK, type: 'UnlinkRecord' }, hidden).marking).toEqual(SENSITIVE);
  });
});

describe('a name of a record', () => {
  it('is sealed, as all that somebody wrote', () => {
    expect(meeting().accepts({ type: 'NameRecord', ref: REF, name: '14/2018/P' })).toEqual({
      type: 'Named',
      facts: {},
      texts: { name: '14/2018/P' },
    });
  });

  it('is refused to a person, whose names lie under their own key', () => {
    const person = record(directory, [{ id: 'added', type: 'PersonAdded', facts: { ref: 'person-ab3k9' } }]);
    person.refuses('PERSONS_HAVE_NO_OTHER_NAME', { type: 'NameRecord', ref: 'person-ab3k9', name: 'Old' }, {}, 'ref');
  });

  it('is withdrawn by the entry that gave it, once', () => {
    const withdraw = { type: 'WithdrawName', ref: REF, event: 'named' } as const;
    const named = meeting([...HISTORY, NAMED]);
    expect(named.accepts(withdraw)).toEqual({ type: 'NameWithdrawn', facts: { target: 'named' } });
    named.refuses('UNKNOWN_EVENT', { ...withdraw, event: 'nothing' }, {}, 'event');
    named.refuses('NOT_NAMED', { ...withdraw, event: 'held' }, {}, 'event');
    const withdrawn: Told = { id: 'withdrawn', type: 'NameWithdrawn', facts: { target: 'named' } };
    meeting([...HISTORY, NAMED, withdrawn]).refuses('NOT_NAMED', withdraw, {}, 'event');
  });
});

describe('the commands that every record takes', () => {
  it('are told from those of a register', () => {
    for (const type of RECORD_COMMAND_TYPES) expect(isRecordCommand({ type, ref: REF })).toBe(true);
    expect(isRecordCommand({ type: 'HoldMeeting', ref: REF })).toBe(false);
  });

  it('are the monitoring officer’s where they decide what is shown and what counts, and the office’s where they put words right', () => {
    expect(mayIssueForRecord).toEqual({
      Correct: ['opcc-officer'],
      Void: ['monitoring-officer'],
      Restore: ['monitoring-officer'],
      RecordOtherwiseStated: ['opcc-officer'],
      Publish: ['monitoring-officer'],
      Mark: ['monitoring-officer'],
      LinkRecord: ['opcc-officer'],
      UnlinkRecord: ['opcc-officer'],
      NameRecord: ['opcc-officer'],
      WithdrawName: ['opcc-officer'],
    });
  });

  it('write only kinds that every register declares', () => {
    const declared = meetings.kinds.map(({ type }) => type);
    const drafts = [
      meeting().accepts({ type: 'Correct', ref: REF, event: 'held', path: 'on', is: '2023-03-20' }, why),
      meeting().accepts({ type: 'Void', ref: REF, event: 'held' }, why),
      meeting([...HISTORY, voided('held')]).accepts({ type: 'Restore', ref: REF, event: 'held' }, why),
      meeting().accepts({ type: 'RecordOtherwiseStated', ref: REF, path: 'date', says: '2023-03-20' }, paper),
      meeting().accepts({ type: 'Publish', ref: REF }),
      meeting().accepts({ type: 'Mark', ref: REF, to: SENSITIVE }),
      meeting().accepts(LINK, OTHER),
      meeting([...HISTORY, LINKED]).accepts({ ...LINK, type: 'UnlinkRecord' }, OTHER),
      meeting().accepts({ type: 'NameRecord', ref: REF, name: '14/2018/P' }),
      meeting([...HISTORY, NAMED]).accepts({ type: 'WithdrawName', ref: REF, event: 'named' }),
    ];
    expect(drafts.map(({ type }) => type)).toEqual([
      'Corrected',
      'Voided',
      'Restored',
      'OtherwiseStated',
      'Published',
      'Marked',
      'Linked',
      'Unlinked',
      'Named',
      'NameWithdrawn',
    ]);
    for (const { type } of drafts) expect(declared).toContain(type);
  });
});
