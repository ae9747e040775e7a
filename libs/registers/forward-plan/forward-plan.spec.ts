import { OFFICIAL_OPEN } from '../../ledger/index.ts';
import { given, pastEvent, type AnyPast, type Circumstances, type Past } from '../../spec-kit/index.ts';
import {
  forwardPlan,
  originOf,
  paperLateOn,
  type ForwardPlanCommand,
  type ForwardPlanEvent,
  type PlannedItem,
} from './index.ts';

type Told = Past<ForwardPlanEvent>;

const REF = 'CGB-2023-04-F1';
const ON_IT = { ref: REF } as const;
const JUNE = 'CGB-2023-06-21';
const JULY = 'CGB-2023-07-17';
const CONVERSION = '00000000-0000-4000-8000-000000000002';
const REACHED = '00000000-0000-4000-8000-000000000001';

const SUGGESTED: Told = {
  type: 'ForwardPlanItemSuggested',
  effectiveOn: '2023-04-19',
  facts: { ref: REF, body: 'CGB', recurrence: 'NONE', sponsor: 'force-lead' },
  texts: ['title', 'comments'],
};
const YEARLY: Told = { ...SUGGESTED, facts: { ref: REF, body: 'CGB', recurrence: 'ANNUAL' } };
const SCHEDULED: Told = {
  type: 'ForwardPlanItemScheduled',
  effectiveOn: '2023-04-20',
  facts: { plannedFor: { meeting: JUNE }, paperDueOn: '2023-06-07' },
};
const COMMISSIONED: Told = { type: 'ForwardPlanPaperCommissioned', effectiveOn: '2023-05-02', facts: {} };
const RECEIVED: Told = { type: 'ForwardPlanPaperReceived', effectiveOn: '2023-06-10', facts: {} };
const PRESENTED: Told = {
  type: 'ForwardPlanItemPresented',
  effectiveOn: '2023-06-21',
  facts: { meeting: JUNE, agendaItem: REACHED },
};
const TO_JULY: Told = {
  type: 'ForwardPlanItemDeferred',
  effectiveOn: '2023-06-21',
  facts: { plannedFor: { meeting: JULY }, meeting: JUNE },
  texts: ['reason'],
};
const TO_LATER: Told = {
  type: 'ForwardPlanItemDeferred',
  effectiveOn: '2023-07-17',
  facts: { meeting: JULY },
  texts: ['phrase', 'reason'],
};
const DROPPED: Told = { type: 'ForwardPlanItemDropped', effectiveOn: '2023-07-18', texts: ['reason'] };

const PLANNED = [SUGGESTED, SCHEDULED];

const known: Circumstances = {
  links: {
    'directory/CGB': { record: 'BODY', ref: 'CGB' },
    'directory/force-lead': { record: 'POST', ref: 'force-lead' },
    'meetings/CGB-2023-06-21': {
      ref: JUNE,
      body: 'CGB',
      status: 'HELD',
      date: JUNE.slice(4),
      agenda: [{ event: REACHED }],
    },
    'meetings/CGB-2023-07-17': { ref: JULY, body: 'CGB', status: 'SCHEDULED', date: JULY.slice(4), agenda: [] },
    'meetings/CGB-2023-05-17': {
      ref: 'CGB-2023-05-17',
      body: 'CGB',
      status: 'CANCELLED',
      date: '2023-05-17',
      agenda: [],
    },
    'meetings/PCP-2023-10-09': {
      ref: 'PCP-2023-10-09',
      body: 'PCP',
      status: 'SCHEDULED',
      date: '2023-10-09',
      agenda: [],
    },
    'actions/CGB-2023-04-A3': { status: 'AGREED', ref: 'CGB-2023-04-A3', body: 'CGB' },
    'actions/CGB-2023-04-A4': {
      ...{ status: 'CONVERTED', ref: 'CGB-2023-04-A4', body: 'CGB' },
      closed: { event: CONVERSION, outcome: 'CONVERTED' },
    },
    'directory/PCP': { record: 'BODY', ref: 'PCP' },
    'documents/CGB-2023-06-E1': { status: 'CURRENT', ref: 'CGB-2023-06-E1' },
  },
  versions: { 'documents/CGB-2023-06-E1': ['1'] },
  effectiveOn: '2023-06-21',
};
const why: Circumstances = { ...known, envelope: { reason: 'Time ran out.' } };

const NEW: ForwardPlanCommand = { type: 'SuggestForwardPlanItem', body: 'CGB', title: 'Annual homicide review' };
const commands = {
  revise: { type: 'ReviseForwardPlanItem', ...ON_IT, recurrence: 'ANNUAL' },
  schedule: { type: 'ScheduleForwardPlanItem', ...ON_IT, plannedFor: { meeting: JULY } },
  commission: { type: 'CommissionForwardPlanPaper', ...ON_IT },
  receive: { type: 'ReceiveForwardPlanPaper', ...ON_IT },
  present: { type: 'PresentForwardPlanItem', ...ON_IT },
  defer: { type: 'DeferForwardPlanItem', ...ON_IT },
  drop: { type: 'DropForwardPlanItem', ...ON_IT },
} as const satisfies { readonly [name: string]: ForwardPlanCommand };

function itemOf(past: readonly Told[]): PlannedItem {
  const { state } = given(forwardPlan, past);
  if (state.status === 'NOT_SUGGESTED') throw new Error('there is no such item');
  return state;
}

describe('an item that an action became', () => {
  const ACTION = 'CGB-2023-04-A4';
  const became: ForwardPlanCommand = { ...NEW, comesFrom: ACTION, causedBy: CONVERSION };

  it('names the action and the entry that converted it, and is numbered beside the action', () => {
    const { decision } = given(forwardPlan, []).when(became, known);
    expect(decision).toMatchObject({
      events: [{ facts: { convertedFrom: ACTION, causedBy: CONVERSION } }, { type: 'Linked', facts: { to: ACTION } }],
      reference: { series: 'CGB-2023-04', stem: 'CGB-2023-04-F' },
    });
  });

  it('is as hidden as the action, and as that entry', () => {
    const sensitive = { ...OFFICIAL_OPEN, sensitive: true };
    const closed = { ...OFFICIAL_OPEN, session: 'CLOSED' as const };
    const markings = { [`actions/${ACTION}`]: sensitive, [`actions/${ACTION}/${CONVERSION}`]: closed };
    const [suggested] = given(forwardPlan, [])
      .when(became, { ...known, markings })
      .thenEvents(['ForwardPlanItemSuggested', 'Linked']);
    expect(suggested!.marking).toEqual({ ...sensitive, session: 'CLOSED' });
  });

  it('is refused where that entry converted no such action of that body', () => {
    const refused = (more: object, code: string, field: string) =>
      given(forwardPlan, [])
        .when({ ...became, ...more }, known)
        .thenRefused(code, field);
    const { comesFrom: _, ...ofNothing } = became as typeof became & { comesFrom: string };
    given(forwardPlan, []).when(ofNothing, known).thenRefused('UNKNOWN_CAUSE', 'causedBy');
    refused({ comesFrom: JUNE }, 'UNKNOWN_CAUSE', 'causedBy');
    refused({ comesFrom: 'CGB-2023-04-A3' }, 'UNKNOWN_CAUSE', 'causedBy');
    refused({ causedBy: REACHED }, 'UNKNOWN_CAUSE', 'causedBy');
    refused({ body: 'PCP' }, 'NOT_OF_THAT_BODY', 'body');
  });
});

describe('suggesting an item', () => {
  it('asks for a body and the item alone: it is then to be scheduled, and does not come again', () => {
    const { decision } = given(forwardPlan, []).when(NEW, known);
    expect(decision).toEqual({
      events: [
        {
          type: 'ForwardPlanItemSuggested',
          facts: { body: 'CGB', recurrence: 'NONE' },
          texts: { title: 'Annual homicide review' },
        },
      ],
      reference: { series: 'CGB-2023-06', stem: 'CGB-2023-06-F', style: 'NEXT' },
    });
    expect(itemOf([SUGGESTED]).status).toBe('SUGGESTED');
  });

  it('links it to the record that it comes from, and says so in no word of its own', () => {
    const { decision } = given(forwardPlan, []).when({ ...NEW, comesFrom: 'CGB-2023-04-A3' }, known);
    expect('events' in decision ? decision.events : []).toEqual([
      expect.objectContaining({ type: 'ForwardPlanItemSuggested', facts: { body: 'CGB', recurrence: 'NONE' } }),
      { type: 'Linked', facts: { to: 'CGB-2023-04-A3', as: 'FOLLOWS_FROM' } },
    ]);
    const linked: AnyPast = {
      type: 'Linked',
      effectiveOn: '2023-04-19',
      facts: { to: 'CGB-2023-04-A3', as: 'FOLLOWS_FROM' },
    };
    expect(originOf(itemOf([SUGGESTED, linked as Told]))).toBe('ACTION');
    expect(originOf(itemOf([SUGGESTED]))).toBeNull();
  });

  it('gives one that not everybody may know of a reference that tells of no others', () => {
    const { decision } = given(forwardPlan, []).when(NEW, {
      ...known,
      envelope: { marking: { ...OFFICIAL_OPEN, sensitive: true } },
    });
    expect(decision).toMatchObject({ reference: { stem: 'CGB-2023-06-F', style: 'RANDOM' } });
  });

  it('says for when it is suggested, and does not schedule it by that', () => {
    given(forwardPlan, [])
      .when({ ...NEW, plannedFor: { meeting: JULY, phrase: 'the July board' }, paperDueOn: '2023-07-03' }, known)
      .thenEvents([
        {
          type: 'ForwardPlanItemSuggested',
          facts: { body: 'CGB', recurrence: 'NONE', plannedFor: { meeting: JULY }, paperDueOn: '2023-07-03' },
          texts: { title: 'Annual homicide review', phrase: 'the July board' },
        },
      ]);
  });

  it('refuses a second time, also after a correction', () => {
    const event = pastEvent('forward-plan', SUGGESTED, 2) as ForwardPlanEvent;
    expect(forwardPlan.mayFollow(itemOf([SUGGESTED]), event)?.code).toBe('ALREADY_SUGGESTED');
  });

  it('refuses more than one place, also after a correction', () => {
    const twice = { ...SUGGESTED, facts: { ...SUGGESTED.facts, plannedFor: { on: '2023-06-21', meeting: JUNE } } };
    const event = pastEvent('forward-plan', twice, 1) as ForwardPlanEvent;
    expect(forwardPlan.mayFollow(forwardPlan.initial, event)?.code).toBe('PLANNED_AMBIGUOUS');
  });
});

describe('scheduling an item', () => {
  it('gives it a place, and keeps where it was planned first', () => {
    given(forwardPlan, [SUGGESTED])
      .when({ ...commands.schedule, paperDueOn: '2023-07-03' }, known)
      .thenEvents([
        {
          type: 'ForwardPlanItemScheduled',
          facts: { plannedFor: { meeting: JULY }, paperDueOn: '2023-07-03' },
          texts: {},
        },
      ]);
    expect(itemOf(PLANNED)).toMatchObject({
      status: 'SCHEDULED',
      plannedFor: { meeting: JUNE },
      firstPlannedFor: { meeting: JUNE },
      paperDueOn: '2023-06-07',
    });
  });

  it('takes one that was put off to a later meeting', () => {
    const past = [...PLANNED, TO_LATER];
    given(forwardPlan, past)
      .when(
        { ...commands.schedule, plannedFor: { dated: { how: 'between', from: '2023-09-01', to: '2023-09-30' } } },
        known,
      )
      .thenEvents([
        {
          type: 'ForwardPlanItemScheduled',
          facts: { plannedFor: { dated: { how: 'between', from: '2023-09-01', to: '2023-09-30' } } },
          texts: {},
        },
      ]);
  });

  it('refuses one that has a place: it is put off instead', () => {
    given(forwardPlan, PLANNED).when(commands.schedule, known).thenRefused('ALREADY_SCHEDULED');
    given(forwardPlan, [...PLANNED, TO_JULY])
      .when(commands.schedule, known)
      .thenRefused('ALREADY_SCHEDULED');
  });

  it('refuses words without a meeting, month or day', () => {
    given(forwardPlan, [SUGGESTED])
      .when({ ...commands.schedule, plannedFor: { phrase: 'some time' } }, known)
      .thenRefused('PLACE_NEEDED');
    const none = { ...SCHEDULED, facts: { plannedFor: {} } };
    const event = pastEvent('forward-plan', none, 2) as ForwardPlanEvent;
    expect(forwardPlan.mayFollow(itemOf([SUGGESTED]), event)?.code).toBe('PLACE_NEEDED');
  });

  it.each([
    ['a meeting of another body', { meeting: 'PCP-2023-10-09' }, 'OTHER_BODY'],
    ['a meeting that is cancelled', { meeting: 'CGB-2023-05-17' }, 'MEETING_CANCELLED'],
    ['a day that has passed', { on: '2023-06-20' }, 'PLANNED_FOR_THE_PAST'],
    ['a month that has passed', { dated: { how: 'by', to: '2023-05-31' } }, 'PLANNED_FOR_THE_PAST'],
  ] as const)('refuses %s', (_, plannedFor, code) => {
    given(forwardPlan, [SUGGESTED])
      .when({ ...commands.schedule, plannedFor }, known)
      .thenRefused(code);
    given(forwardPlan, PLANNED)
      .when({ ...commands.defer, plannedFor }, why)
      .thenRefused(code);
    given(forwardPlan, [])
      .when({ ...NEW, plannedFor }, known)
      .thenRefused(code);
  });

  it('takes the day itself, and of papers whatever they print but a meeting of another body', () => {
    given(forwardPlan, [SUGGESTED])
      .when({ ...commands.schedule, plannedFor: { on: '2023-06-21' } }, known)
      .thenEvents([{ type: 'ForwardPlanItemScheduled', facts: { plannedFor: { on: '2023-06-21' } }, texts: {} }]);
    const printed = { ...known, imported: true };
    for (const plannedFor of [{ meeting: 'CGB-2023-05-17' }, { on: '2023-06-20' }])
      given(forwardPlan, [SUGGESTED])
        .when({ ...commands.schedule, plannedFor }, printed)
        .thenEvents([{ type: 'ForwardPlanItemScheduled', facts: { plannedFor }, texts: {} }]);
    given(forwardPlan, [SUGGESTED])
      .when({ ...commands.schedule, plannedFor: { meeting: 'PCP-2023-10-09' } }, printed)
      .thenRefused('OTHER_BODY');
  });
});

describe('a paper', () => {
  it('is asked for once the item is scheduled, and once', () => {
    given(forwardPlan, PLANNED)
      .when({ ...commands.commission, paperDueOn: '2023-06-08', brief: 'What was learned.' }, known)
      .thenEvents([
        {
          type: 'ForwardPlanPaperCommissioned',
          facts: { paperDueOn: '2023-06-08' },
          texts: { brief: 'What was learned.' },
        },
      ]);
    given(forwardPlan, [SUGGESTED]).when(commands.commission, known).thenRefused('NOT_SCHEDULED');
    for (const past of [[COMMISSIONED], [COMMISSIONED, RECEIVED]])
      given(forwardPlan, [...PLANNED, ...past])
        .when(commands.commission, known)
        .thenRefused('ALREADY_COMMISSIONED');
  });

  it('comes after it was asked for, and once; a paper prints what came alone', () => {
    const asked = [...PLANNED, COMMISSIONED];
    given(forwardPlan, asked)
      .when({ ...commands.receive, paper: 'CGB-2023-06-E1', paperVersion: '1' }, known)
      .thenEvents([{ type: 'ForwardPlanPaperReceived', facts: { paper: 'CGB-2023-06-E1', paperVersion: '1' } }]);
    given(forwardPlan, PLANNED).when(commands.receive, known).thenRefused('NOT_COMMISSIONED');
    given(forwardPlan, [...asked, RECEIVED])
      .when(commands.receive, known)
      .thenRefused('ALREADY_RECEIVED');
    given(forwardPlan, [SUGGESTED])
      .when(commands.receive, { ...known, imported: true })
      .thenEvents([{ type: 'ForwardPlanPaperReceived', facts: {} }]);
  });

  it('is a version that the document has, and a version of nothing is refused', () => {
    const asked = [...PLANNED, COMMISSIONED];
    given(forwardPlan, asked)
      .when({ ...commands.receive, paper: 'CGB-2023-06-E1', paperVersion: '2' }, known)
      .thenRefused('UNKNOWN_PAPER_VERSION');
    given(forwardPlan, asked)
      .when({ ...commands.receive, paperVersion: '1' }, known)
      .thenRefused('VERSION_NEEDS_PAPER');
  });

  it('is late by whole days from the day on which it was due then, whatever is said of that day later', () => {
    const received = [...PLANNED, COMMISSIONED, RECEIVED];
    expect(paperLateOn(itemOf(received), '2023-08-01')).toBe(3);
    const revised: Told = {
      type: 'ForwardPlanItemRevised',
      effectiveOn: '2023-06-11',
      facts: { paperDueOn: '2023-06-30' },
    };
    expect(paperLateOn(itemOf([...received, revised]), '2023-08-01')).toBe(3);
    expect(
      paperLateOn(itemOf([...PLANNED, COMMISSIONED, { ...RECEIVED, effectiveOn: '2023-06-05' }]), '2023-08-01'),
    ).toBe(-2);
  });

  it('is overdue from the day after it was due until it comes, and of one that ended never', () => {
    const late = (past: readonly Told[], on: string) => paperLateOn(itemOf(past), on);
    expect(late(PLANNED, '2023-06-07')).toBeNull();
    expect(late(PLANNED, '2023-06-08')).toBe(1);
    expect(late([...PLANNED, PRESENTED], '2023-08-01')).toBeNull();
    expect(late([...PLANNED, TO_JULY], '2023-08-01')).toBeNull();
    expect(late([SUGGESTED], '2023-08-01')).toBeNull();
  });

  it('stays where the item is put off, until another is asked for', () => {
    const past = [...PLANNED, COMMISSIONED, RECEIVED, TO_JULY];
    expect(itemOf(past)).toMatchObject({ status: 'DEFERRED', received: { dueOn: '2023-06-07' } });
    given(forwardPlan, past).when(commands.receive, known).thenRefused('ALREADY_RECEIVED');
    const again = itemOf([...past, { ...COMMISSIONED, effectiveOn: '2023-06-30' }]);
    expect(again).toMatchObject({ status: 'COMMISSIONED', receipts: [{ effectiveOn: '2023-06-10' }] });
    expect(again.received).toBeUndefined();
  });
});

describe('presenting an item', () => {
  it('names the meeting and the item of its agenda, and ends one that does not come again', () => {
    given(forwardPlan, PLANNED)
      .when({ ...commands.present, meeting: JUNE, agendaItem: REACHED }, known)
      .thenEvents([{ type: 'ForwardPlanItemPresented', facts: { meeting: JUNE, agendaItem: REACHED } }]);
    for (const command of Object.values(commands))
      given(forwardPlan, [...PLANNED, PRESENTED])
        .when(command, why)
        .thenRefused('ITEM_PRESENTED');
  });

  it.each([
    ['a meeting of which nobody has recorded that it was held', { meeting: JULY }, 'MEETING_NOT_HELD'],
    ['a meeting of another body', { meeting: 'PCP-2023-10-09' }, 'OTHER_BODY'],
    [
      'an item that is not on the agenda',
      { meeting: JUNE, agendaItem: '00000000-0000-4000-8000-00000000000f' },
      'UNKNOWN_AGENDA_ITEM',
    ],
    ['an agenda item of no meeting', { agendaItem: REACHED }, 'AGENDA_ITEM_NEEDS_MEETING'],
  ] as const)('refuses %s', (_, at, code) => {
    given(forwardPlan, PLANNED)
      .when({ ...commands.present, ...at }, known)
      .thenRefused(code);
  });

  it('refuses a meeting that was held on a later day, and takes of a paper one of which nobody knows', () => {
    given(forwardPlan, PLANNED)
      .when({ ...commands.present, meeting: JUNE }, { ...known, effectiveOn: '2023-06-20' })
      .thenRefused('MEETING_NOT_HELD');
    given(forwardPlan, PLANNED)
      .when({ ...commands.present, meeting: JULY }, { ...known, imported: true })
      .thenEvents([{ type: 'ForwardPlanItemPresented', facts: { meeting: JULY } }]);
  });

  it('refuses one that is to be scheduled; a paper prints what came of it alone', () => {
    given(forwardPlan, [SUGGESTED]).when(commands.present, known).thenRefused('NOT_SCHEDULED');
    given(forwardPlan, [SUGGESTED])
      .when(commands.present, { ...known, imported: true })
      .thenEvents([{ type: 'ForwardPlanItemPresented', facts: {} }]);
  });

  it('leaves one that comes again to be scheduled, with neither paper nor day of the last time', () => {
    const past = [YEARLY, SCHEDULED, COMMISSIONED, RECEIVED, PRESENTED];
    for (const command of [commands.commission, commands.receive, commands.present, commands.defer])
      given(forwardPlan, past).when(command, why).thenRefused('NOT_SCHEDULED');
    const next: Told = {
      type: 'ForwardPlanItemScheduled',
      effectiveOn: '2024-04-20',
      facts: { plannedFor: { on: '2024-06-19' } },
    };
    const { paperDueOn, received, commissioned, presentations, status } = itemOf([...past, next]);
    expect([status, presentations.length, paperDueOn, received, commissioned]).toEqual([
      'SCHEDULED',
      1,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('putting an item off', () => {
  it('keeps the chain: from where to where, and where nobody named a place', () => {
    const { deferrals, firstPlannedFor, plannedFor, status } = itemOf([...PLANNED, TO_JULY, TO_LATER]);
    expect(status).toBe('DEFERRED');
    expect(firstPlannedFor).toEqual({ meeting: JUNE });
    expect(plannedFor).toBeUndefined();
    expect(deferrals.map(({ from, plannedFor: to, meeting }) => [from, to, meeting])).toEqual([
      [{ meeting: JUNE }, { meeting: JULY }, JUNE],
      [{ meeting: JULY }, undefined, JULY],
    ]);
  });

  it('asks for a reason, and names where it was put off', () => {
    given(forwardPlan, PLANNED).when(commands.defer, known).thenRefused('DEFERRAL_NEEDS_REASON');
    given(forwardPlan, PLANNED)
      .when(
        { ...commands.defer, plannedFor: { meeting: JULY, phrase: 'July' }, meeting: JUNE, agendaItem: REACHED },
        why,
      )
      .thenEvents([
        {
          type: 'ForwardPlanItemDeferred',
          facts: { plannedFor: { meeting: JULY }, meeting: JUNE, agendaItem: REACHED },
          texts: { phrase: 'July' },
        },
      ]);
  });

  it('refuses the place that it has, an agenda item of no meeting or of another, and one that is to be scheduled', () => {
    given(forwardPlan, PLANNED)
      .when({ ...commands.defer, plannedFor: { meeting: JUNE } }, why)
      .thenRefused('NOTHING_CHANGES');
    given(forwardPlan, PLANNED)
      .when({ ...commands.defer, agendaItem: REACHED }, why)
      .thenRefused('AGENDA_ITEM_NEEDS_MEETING');
    given(forwardPlan, PLANNED)
      .when({ ...commands.defer, meeting: JULY, agendaItem: REACHED }, why)
      .thenRefused('UNKNOWN_AGENDA_ITEM');
    given(forwardPlan, PLANNED)
      .when({ ...commands.defer, meeting: 'PCP-2023-10-09' }, why)
      .thenRefused('OTHER_BODY');
    given(forwardPlan, [SUGGESTED]).when(commands.defer, why).thenRefused('NOT_SCHEDULED');
  });

  it('to a later meeting that nobody names is possible more than once', () => {
    given(forwardPlan, [...PLANNED, TO_LATER])
      .when(commands.defer, why)
      .thenEvents([{ type: 'ForwardPlanItemDeferred', facts: {}, texts: {} }]);
  });
});

describe('an item that is taken off the plan', () => {
  it('asks for a reason, and nothing is said of it any more', () => {
    given(forwardPlan, [SUGGESTED]).when(commands.drop, known).thenRefused('DROPPING_NEEDS_REASON');
    given(forwardPlan, [SUGGESTED])
      .when(commands.drop, why)
      .thenEvents([{ type: 'ForwardPlanItemDropped', facts: {} }]);
    for (const command of Object.values(commands))
      given(forwardPlan, [...PLANNED, DROPPED])
        .when(command, why)
        .thenRefused('ITEM_DROPPED');
  });
});

describe('revising an item', () => {
  it('changes what is said, and leaves the rest', () => {
    const revised: Told = {
      type: 'ForwardPlanItemRevised',
      effectiveOn: '2023-05-01',
      facts: { sponsor: 'estates-lead', purpose: 'DECISION' },
      texts: ['title'],
    };
    const before = itemOf(PLANNED);
    const after = itemOf([...PLANNED, revised]);
    expect(after).toMatchObject({
      sponsor: 'estates-lead',
      purpose: 'DECISION',
      recurrence: 'NONE',
      comments: before.comments,
    });
    expect(after.title).not.toEqual(before.title);
    expect(forwardPlan.ownersOf(after)).toEqual(['estates-lead']);
  });

  it('refuses what says nothing, and what changes nothing', () => {
    given(forwardPlan, [SUGGESTED])
      .when({ type: 'ReviseForwardPlanItem', ...ON_IT }, known)
      .thenRefused('NOTHING_REVISED');
    given(forwardPlan, [SUGGESTED])
      .when({ type: 'ReviseForwardPlanItem', ...ON_IT, sponsor: 'force-lead', recurrence: 'NONE' }, known)
      .thenRefused('NOTHING_CHANGES');
    given(forwardPlan, [SUGGESTED])
      .when(commands.revise, known)
      .thenEvents([{ type: 'ForwardPlanItemRevised', facts: { recurrence: 'ANNUAL' }, texts: {} }]);
  });
});

describe('an item that there is not', () => {
  it('takes no command', () => {
    for (const command of Object.values(commands))
      given(forwardPlan, []).when(command, why).thenRefused('NOT_SUGGESTED');
  });
});
