import { randomUUID } from 'node:crypto';
import { addDays, type Register } from '../ledger/index.ts';
import { postsOfTheDirectory } from '../policies/index.ts';
import { RECORD_COMMAND_TYPES } from '../records/index.ts';
import { REGISTERS } from '../running-ledger/index.ts';
import { actingAs, ledgerInAFolder, type LedgerInAFolder, type Said } from '../../test/ledger-in-a-folder.ts';
import { createDispatch, type Outcome, type RunningDispatch } from './index.ts';

/*
 * On whose say: every command of every register, whatever it is about, on the authority of a meeting in every state that a meeting
 * can be in. The rule stands in docs/writing.md.
 */

const RAISED_ON = '2023-06-21';
const TODAY = '2023-10-09';
const late = { reason: 'Entered from the minutes.' };
let house: LedgerInAFolder;
/** What became of meetings that were not held by today. */
const NOT_HELD = ['ahead', 'past its day', 'cancelled', 'postponed', 'held by mistake', 'recorded by mistake'] as const;
/** Meetings, by what became of them. */
const meetings = new Map<string, string>();

beforeAll(async () => {
  house = await ledgerInAFolder({ at: `${TODAY}T11:00:00.000Z` });
  const officer = house.as('opcc-officer');
  const monitoring = house.as('monitoring-officer');
  await officer.does({ type: 'AddBody', as: 'CGB', name: 'Corporate Governance Board' });
  await officer.does({ type: 'AddPost', as: 'inspectorate', name: 'Inspectorate', capacity: 'external' });
  const scale = { kind: 'PRIORITY_SCALE', body: 'CGB', title: 'Priorities', as: 'priorities' };
  const inForce = { effectiveOn: '2023-01-09', ...late };
  const ref = await monitoring.does({ type: 'AddRule', ...scale, ...inForce });
  await monitoring.does({ type: 'SetPriorityScale', ref, levels: [{ level: 'High' }, { level: 'Low' }], ...inForce });
  const scores = { kind: 'SCORE_SCALE', body: 'CGB', title: 'Scores', as: 'scores' };
  await monitoring.does({ type: 'AddRule', ...scores, ...inForce });
  const steps = { likelihoods: [{ score: 1 }, { score: 2 }], impacts: [{ score: 1 }] };
  const bands = [{ band: 'Low', least: 1, most: 2 }];
  await monitoring.does({ type: 'SetScoreScale', ref: 'CGB-scores', ...steps, bands, ...inForce });
  const set = async (name: string, on: string, effectiveOn = '2023-01-09') =>
    meetings
      .set(name, await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on, effectiveOn, ...late }))
      .get(name)!;
  const hold = async (name: string, on: string) => {
    const ref = await set(name, on);
    await officer.does({ type: 'HoldMeeting', ref, effectiveOn: on, ...late });
    return ref;
  };
  await set('ahead', '2023-12-14');
  await set('past its day', '2023-09-01');
  await officer.does({ type: 'CancelMeeting', ref: await set('cancelled', '2023-09-02'), ...late });
  await officer.does({ type: 'PostponeMeeting', ref: await set('postponed', '2023-09-03'), to: '2023-12-15', ...late });
  await hold('held', '2023-09-25');
  await hold('held when it was raised', RAISED_ON);
  await hold('held today', TODAY);
  await hold('held before it was raised', '2023-04-19');
  const mistaken = await hold('held by mistake', '2023-09-04');
  await monitoring.does(
    { type: 'Void', ref: mistaken, event: await eventOf(mistaken, 'MeetingHeld'), ...late },
    'meetings',
  );
  const opening = await hold('recorded by mistake', '2023-09-05');
  await monitoring.does(
    { type: 'Void', ref: opening, event: await eventOf(opening, 'MeetingScheduled'), ...late },
    'meetings',
  );
}, 60_000);
afterAll(() => house.remove());

let read: string | undefined;
const headers: { readonly id: string; readonly stream: string; readonly type: string }[] = [];
const streams = new Map<string, string>();

/** The event of a type of the record that bears a reference, found in the log. */
async function eventOf(ref: string, type: string): Promise<string> {
  for (let atEnd = false; !atEnd;) {
    const page = await house.ledger.store.readAll(read, 500);
    for (const { bytes } of page.events) {
      const { header, parts } = JSON.parse(Buffer.from(bytes).toString('utf8'));
      const facts = parts.find(({ name }: { name: string }) => name === 'facts')?.value;
      if (typeof facts?.ref === 'string' && header.register !== 'references') streams.set(facts.ref, header.stream);
      headers.push(header);
    }
    read = page.events.at(-1)?.position ?? read;
    atEnd = page.atEnd;
  }
  return headers.find((one) => one.stream === streams.get(ref) && one.type === type)!.id;
}

/** A command that is lawful but for its authority, and who gives it. */
type Scene = () => Promise<readonly [said: Said, post: string, register?: string]>;

const opened = async (more: object = {}): Promise<string> =>
  house.as('opcc-officer').does({
    type: 'RaiseAction',
    meeting: meetings.get('held when it was raised')!,
    title: 'Bring the review back',
    owner: 'force-lead',
    due: { on: '2023-12-01' },
    effectiveOn: RAISED_ON,
    ...late,
    ...more,
  });
const agreed = async (more: object = {}): Promise<string> => {
  const ref = await opened(more);
  await house.as('commissioner').does({ type: 'AgreeAction', ref, effectiveOn: RAISED_ON, ...late });
  return ref;
};
const reported = async (more: object = {}): Promise<string> => {
  const ref = await agreed(more);
  await house
    .as('force-lead')
    .does({ type: 'ReportActionComplete', ref, text: 'Done.', effectiveOn: '2023-07-03', ...late });
  return ref;
};
const withdrawn = async (more: object = {}): Promise<string> => {
  const ref = await opened(more);
  await house.as('commissioner').does({ type: 'WithdrawAction', ref, effectiveOn: '2023-07-03', ...late });
  return ref;
};
let days = 0;
const scheduled = () =>
  house
    .as('opcc-officer')
    .does({ type: 'ScheduleMeeting', body: 'CGB', on: `2023-11-${String(((days += 1) % 28) + 1).padStart(2, '0')}` });
const paper = () => house.as('opcc-officer').does({ type: 'RecordDocument', body: 'CGB', title: 't', kind: 'REPORT' });
const recommended = (more: object = {}): Promise<string> =>
  house.as('opcc-officer').does({
    type: 'MakeRecommendation',
    ...{ body: 'CGB', originator: 'CGB', kind: 'RECOMMENDATION', title: 't', owner: 'force-lead' },
    ...{ due: { on: '2023-12-01' }, effectiveOn: RAISED_ON, ...late, ...more },
  });
const asked = async (): Promise<string> => {
  const ref = await recommended();
  const ask = { type: 'RequestRecommendationExtension', ref, due: { on: '2024-01-31' } };
  await house.as('force-lead').does({ ...ask, effectiveOn: '2023-07-03', ...late });
  return ref;
};
const shut = async (): Promise<string> => {
  const ref = await recommended();
  const done = { ref, word: 'DONE', effectiveOn: '2023-07-03', ...late };
  await house.as('force-lead').does({ type: 'SayOwnerWord', ...done });
  await house.as('commissioner').does({ type: 'SayOfficeWord', ...done });
  return ref;
};
const proposed = (): Promise<string> =>
  house.as('opcc-officer').does({
    type: 'ProposeRisk',
    ...{ body: 'CGB', register: 'OPCC', kind: 'THREAT', title: 't', owner: 'force-lead' },
    ...{ effectiveOn: RAISED_ON, ...late },
  });
const risk = async (): Promise<string> => {
  const ref = await proposed();
  await house.as('opcc-officer').does({ type: 'RegisterRisk', ref, effectiveOn: RAISED_ON, ...late });
  return ref;
};
const riskAsked = async (type: 'RequestRiskAcceptance' | 'RequestRiskClosure'): Promise<string> => {
  const ref = await risk();
  const until = type === 'RequestRiskAcceptance' ? { until: '2024-01-31' } : {};
  await house.as('force-lead').does({ type, ref, side: 'FORCE', ...until, effectiveOn: RAISED_ON, ...late });
  return ref;
};
const controlOf = async (): Promise<{ ref: string; control: string }> => {
  const ref = await risk();
  const control = { measure: 't', kind: 'ADDITIONAL', targetOn: '2023-12-01' };
  await house.as('force-lead').does({ type: 'AddRiskControl', ref, ...control, effectiveOn: RAISED_ON, ...late });
  return { ref, control: await eventOf(ref, 'RiskControlAdded') };
};
const mergedRisk = async (): Promise<string> => {
  const ref = await risk();
  const merge = { type: 'MergeRisk', ref, into: await risk(), effectiveOn: RAISED_ON, ...late };
  await house.as('commissioner').does(merge);
  return ref;
};
let sittings = 0;
/** A meeting of its own that was held, on a day of its own. */
const sat = async (): Promise<string> => {
  const on = addDays('2023-07-01', (sittings += 1) % 80);
  const officer = house.as('opcc-officer');
  const ref = await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on, effectiveOn: '2023-06-30', ...late });
  await officer.does({ type: 'HoldMeeting', ref, effectiveOn: on, ...late });
  return ref;
};
/** An item of the agenda of a meeting that was held. */
const listed = async (): Promise<{ ref: string; agendaItem: string }> => {
  const ref = await sat();
  await house.as('opcc-officer').does({ type: 'ListAgendaItem', ref, title: 't' });
  return { ref, agendaItem: await eventOf(ref, 'AgendaItemListed') };
};
const questioned = async (): Promise<{ ref: string; question: string }> => {
  const ref = await sat();
  await house.as('opcc-officer').does({ type: 'RecordPublicQuestion', ref, text: 't' });
  return { ref, question: await eventOf(ref, 'PublicQuestionAsked') };
};
const circulated = async (sitting = sat()): Promise<string> => {
  const ref = await sitting;
  for (const type of ['DraftMinutes', 'CirculateMinutes']) await house.as('opcc-officer').does({ type, ref });
  return ref;
};
const confirmed = async (sitting = sat()): Promise<string> => {
  const ref = await circulated(sitting);
  await house.as('opcc-officer').does({ type: 'ConfirmMinutes', ref, confirmedAt: meetings.get('held')! });
  return ref;
};
/** An item of minutes that were confirmed. */
const toCorrect = async (): Promise<{ ref: string; minute: string }> => {
  const { ref, agendaItem: minute } = await listed();
  await confirmed(Promise.resolve(ref));
  return { ref, minute };
};
/** A decision of the commissioner that has come so far. */
const decision = async (...steps: readonly Said[]): Promise<string> => {
  const proposal = { type: 'ProposeDecision', body: 'CGB', maker: 'COMMISSIONER', title: 't' };
  const of = { effectiveOn: RAISED_ON, ...late };
  const ref = await house.as('opcc-officer').does({ ...proposal, ...of });
  for (const step of steps) {
    const post = ['MakeDecision', 'SetDecisionCondition'].includes(step.type) ? 'commissioner' : 'opcc-officer';
    await house.as(post).does({ ref, ...step, ...of });
  }
  return ref;
};
const DRAFTED = { type: 'DraftDecision', recommendation: 't' };
const ADVISED = [DRAFTED, { type: 'AdviseOnDecision', adviceOn: 'FINANCE', applies: false }];
const MADE = [...ADVISED, { type: 'MakeDecision', decided: 't' }];
const RECORDED = [...MADE, { type: 'RecordDecision', publicInterest: true }];
const conditional = async (): Promise<{ ref: string; condition: string }> => {
  const ref = await decision(...MADE, { type: 'SetDecisionCondition', subjectTo: 't' });
  return { ref, condition: await eventOf(ref, 'DecisionConditionSet') };
};
const suggested = () =>
  house
    .as('opcc-officer')
    .does({ type: 'SuggestForwardPlanItem', body: 'CGB', title: 't', effectiveOn: RAISED_ON, ...late });
const planned = async (): Promise<string> => {
  const ref = await suggested();
  const schedule = { type: 'ScheduleForwardPlanItem', ref, plannedFor: { on: '2023-12-20' } };
  await house.as('opcc-officer').does({ ...schedule, effectiveOn: RAISED_ON, ...late });
  return ref;
};
const wanted = async (): Promise<string> => {
  const ref = await planned();
  await house.as('opcc-officer').does({ type: 'CommissionForwardPlanPaper', ref, effectiveOn: RAISED_ON, ...late });
  return ref;
};
let posts = 0;
/** A rule of a body of its own: of some kinds a body has one. */
const rule = async (kind: string): Promise<string> => {
  const body = `R${(posts += 1)}`;
  await house.as('opcc-officer').does({ type: 'AddBody', as: body, name: 'A body' });
  const more =
    kind === 'LATE_ALLOWANCE'
      ? { register: 'DOCUMENTS' }
      : ['CLOSURE_ROUTE', 'CADENCE', 'OPENING_POLICY'].includes(kind)
        ? {}
        : { as: 'a-rule' };
  return house.as('monitoring-officer').does({ type: 'AddRule', kind, body, title: 't', ...more });
};
const panel = () => house.as('opcc-officer').does({ type: 'AddBody', as: `P${(posts += 1)}`, name: 'A panel' });
const post = () => house.as('opcc-officer').does({ type: 'AddPost', as: `post-${(posts += 1)}`, name: 'A post' });

/** The commands of the register of actions that decide on the state of an action. */
const DECIDING = ['AgreeAction', 'ReturnAction', 'SignOffAction', 'ConvertAction', 'WithdrawAction', 'ReopenAction'];
/** What bodies outside said: no meeting is an authority for it, but the document in which it stands. */
const BY_DOCUMENT = ['SayAuditorWord', 'SayOriginatorWord'];
/** Those of the register of recommendations that decide on where one stands. */
const DECIDING_ON_RECOMMENDATIONS = [
  'SayOfficeWord',
  'AcceptRecommendationRisk',
  'SupersedeRecommendation',
  'DeclineRecommendation',
  'RemoveRecommendation',
  'ReopenRecommendation',
];

/** Those of the register of risks that decide on where one stands. */
const DECIDING_ON_RISKS = [
  'RegisterRisk',
  'AcceptRisk',
  'CloseRisk',
  'EscalateRisk',
  'DeescalateRisk',
  'MergeRisk',
  'ReopenRisk',
];

/** Those of the register of decisions that decide on one. */
const DECIDING_ON_DECISIONS = [
  'DelegateDecision',
  'MakeDecision',
  'DeferDecision',
  'RefuseDecision',
  'SetDecisionCondition',
  'NameDecisionAction',
  'VaryDecision',
  'RevokeDecision',
  'SupersedeDecision',
];

const SCENES: Readonly<Record<string, Scene>> = {
  ProposeDecision: async () => [
    { type: 'ProposeDecision', body: 'CGB', maker: 'COMMISSIONER', title: 't' },
    'opcc-officer',
  ],
  DraftDecision: async () => [{ ...DRAFTED, ref: await decision() }, 'opcc-officer'],
  RecordDecisionConsultation: async () => [
    { type: 'RecordDecisionConsultation', ref: await decision(), who: 't' },
    'opcc-officer',
  ],
  SignDecision: async () => [
    { type: 'SignDecision', ref: await decision(...MADE), signedBy: 'commissioner' },
    'opcc-officer',
  ],
  RejectDecisionOption: async () => [
    { type: 'RejectDecisionOption', ref: await decision(), option: 't' },
    'opcc-officer',
  ],
  AdviseOnDecision: async () => [
    { type: 'AdviseOnDecision', ref: await decision(DRAFTED), adviceOn: 'RISK', applies: false },
    'opcc-officer',
  ],
  WriteDecisionPart: async () => [
    { type: 'WriteDecisionPart', ref: await decision(), part: 'OPEN', content: 't' },
    'opcc-officer',
  ],
  DelegateDecision: async () => [
    { type: 'DelegateDecision', ref: await decision(), delegate: 'force-lead' },
    'commissioner',
  ],
  MakeDecision: async () => [{ type: 'MakeDecision', ref: await decision(...ADVISED), decided: 't' }, 'commissioner'],
  DeferDecision: async () => [{ type: 'DeferDecision', ref: await decision() }, 'commissioner'],
  RefuseDecision: async () => [{ type: 'RefuseDecision', ref: await decision(DRAFTED) }, 'commissioner'],
  DropDecision: async () => [{ type: 'DropDecision', ref: await decision() }, 'opcc-officer'],
  NameDecisionAction: async () => [
    { type: 'NameDecisionAction', ref: await decision(...MADE), title: 't' },
    'commissioner',
  ],
  SetDecisionCondition: async () => [
    { type: 'SetDecisionCondition', ref: await decision(...MADE), subjectTo: 't' },
    'commissioner',
  ],
  ReportDecisionCondition: async () => [
    { type: 'ReportDecisionCondition', ...(await conditional()), standing: 'MET' },
    'opcc-officer',
  ],
  RecordDecision: async () => [
    { type: 'RecordDecision', ref: await decision(...MADE), publicInterest: true },
    'opcc-officer',
  ],
  PublishDecisionNotice: async () => [
    { type: 'PublishDecisionNotice', ref: await decision(...RECORDED) },
    'opcc-officer',
  ],
  WithholdDecision: async () => [{ type: 'WithholdDecision', ref: await decision(...RECORDED) }, 'opcc-officer'],
  VaryDecision: async () => [{ type: 'VaryDecision', ref: await decision(...MADE), variation: 't' }, 'commissioner'],
  RevokeDecision: async () => [{ type: 'RevokeDecision', ref: await decision(...MADE) }, 'commissioner'],
  SupersedeDecision: async () => [
    { type: 'SupersedeDecision', ref: await decision(...MADE), supersededBy: await decision(...MADE) },
    'commissioner',
  ],
  ProposeRisk: async () => [
    { type: 'ProposeRisk', body: 'CGB', register: 'FORCE', kind: 'THREAT', title: 't' },
    'opcc-officer',
  ],
  RegisterRisk: async () => [{ type: 'RegisterRisk', ref: await proposed() }, 'opcc-officer'],
  AllocateRisk: async () => [{ type: 'AllocateRisk', ref: await risk(), owner: 'opcc-officer' }, 'commissioner'],
  RewordRisk: async () => [{ type: 'RewordRisk', ref: await risk(), title: 'Other words' }, 'force-lead'],
  ScoreRisk: async () => [
    { type: 'ScoreRisk', ref: await risk(), of: 'CURRENT', rule: 'CGB-scores', likelihood: 1, impact: 1 },
    'force-lead',
  ],
  ReviewRisk: async () => [{ type: 'ReviewRisk', ref: await risk() }, 'force-lead'],
  SetRiskAppetite: async () => [
    { type: 'SetRiskAppetite', ref: await risk(), rule: 'CGB-scores', most: 1 },
    'commissioner',
  ],
  ChooseRiskResponse: async () => [{ type: 'ChooseRiskResponse', ref: await risk(), response: 'TREAT' }, 'force-lead'],
  AddRiskControl: async () => [
    { type: 'AddRiskControl', ref: await risk(), measure: 't', kind: 'EXISTING' },
    'force-lead',
  ],
  MoveRiskControl: async () => [
    { type: 'MoveRiskControl', ...(await controlOf()), targetOn: '2024-01-31' },
    'force-lead',
  ],
  ReportRiskControl: async () => [
    { type: 'ReportRiskControl', ...(await controlOf()), standing: 'IN_PLACE' },
    'force-lead',
  ],
  AssureRiskControl: async () => [
    { type: 'AssureRiskControl', ...(await controlOf()), line: 'THIRD', opinion: 'LIMITED' },
    'opcc-officer',
  ],
  RequestRiskAcceptance: async () => [
    { type: 'RequestRiskAcceptance', ref: await risk(), side: 'FORCE', until: '2024-01-31' },
    'force-lead',
  ],
  AcceptRisk: async () => [{ type: 'AcceptRisk', ref: await riskAsked('RequestRiskAcceptance') }, 'commissioner'],
  RequestRiskClosure: async () => [{ type: 'RequestRiskClosure', ref: await risk(), side: 'FORCE' }, 'force-lead'],
  CloseRisk: async () => [{ type: 'CloseRisk', ref: await riskAsked('RequestRiskClosure') }, 'commissioner'],
  RefuseRiskRequest: async () => [
    { type: 'RefuseRiskRequest', ref: await riskAsked('RequestRiskClosure') },
    'commissioner',
  ],
  EscalateRisk: async () => [{ type: 'EscalateRisk', ref: await risk(), register: 'JOINT' }, 'commissioner'],
  DeescalateRisk: async () => [{ type: 'DeescalateRisk', ref: await risk(), register: 'FORCE' }, 'commissioner'],
  MergeRisk: async () => [{ type: 'MergeRisk', ref: await risk(), into: await risk() }, 'commissioner'],
  ReopenRisk: async () => [{ type: 'ReopenRisk', ref: await mergedRisk() }, 'commissioner'],
  SuggestForwardPlanItem: async () => [{ type: 'SuggestForwardPlanItem', body: 'CGB', title: 't' }, 'force-lead'],
  ReviseForwardPlanItem: async () => [
    { type: 'ReviseForwardPlanItem', ref: await suggested(), title: 'Otherwise' },
    'opcc-officer',
  ],
  ScheduleForwardPlanItem: async () => [
    { type: 'ScheduleForwardPlanItem', ref: await suggested(), plannedFor: { on: '2024-01-31' } },
    'opcc-officer',
  ],
  CommissionForwardPlanPaper: async () => [
    { type: 'CommissionForwardPlanPaper', ref: await planned() },
    'opcc-officer',
  ],
  ReceiveForwardPlanPaper: async () => [{ type: 'ReceiveForwardPlanPaper', ref: await wanted() }, 'opcc-officer'],
  PresentForwardPlanItem: async () => [{ type: 'PresentForwardPlanItem', ref: await planned() }, 'opcc-officer'],
  DeferForwardPlanItem: async () => [{ type: 'DeferForwardPlanItem', ref: await planned() }, 'commissioner'],
  DropForwardPlanItem: async () => [{ type: 'DropForwardPlanItem', ref: await suggested() }, 'monitoring-officer'],
  RaiseAction: async () => [{ type: 'RaiseAction', body: 'CGB', title: 'Another' }, 'opcc-officer'],
  AgreeAction: async () => [{ type: 'AgreeAction', ref: await opened() }, 'commissioner'],
  GiveActionUpdate: async () => [{ type: 'GiveActionUpdate', ref: await agreed(), text: 't' }, 'force-lead'],
  AddActionEvidence: async () => [{ type: 'AddActionEvidence', ref: await agreed(), title: 't' }, 'force-lead'],
  ReportActionComplete: async () => [{ type: 'ReportActionComplete', ref: await agreed(), text: 't' }, 'force-lead'],
  ReturnAction: async () => [{ type: 'ReturnAction', ref: await reported() }, 'commissioner'],
  SignOffAction: async () => [{ type: 'SignOffAction', ref: await reported() }, 'commissioner'],
  ReassignAction: async () => [{ type: 'ReassignAction', ref: await agreed(), owner: 'opcc-officer' }, 'opcc-officer'],
  ExtendActionDueDate: async () => [
    { type: 'ExtendActionDueDate', ref: await agreed(), due: { on: '2024-01-31' } },
    'commissioner',
  ],
  DeferAction: async () => [{ type: 'DeferAction', ref: await agreed(), until: '2024-01-31' }, 'opcc-officer'],
  ConvertAction: async () => [
    { type: 'ConvertAction', ref: await agreed(), into: 'FORWARD_PLAN_ITEM' },
    'commissioner',
  ],
  MergeAction: async () => [{ type: 'MergeAction', ref: await agreed(), into: await agreed() }, 'opcc-officer'],
  SupersedeAction: async () => [
    { type: 'SupersedeAction', ref: await agreed(), supersededBy: await agreed() },
    'opcc-officer',
  ],
  WithdrawAction: async () => [{ type: 'WithdrawAction', ref: await agreed() }, 'commissioner'],
  ReopenAction: async () => [{ type: 'ReopenAction', ref: await withdrawn() }, 'commissioner'],
  ScheduleMeeting: async () => [{ type: 'ScheduleMeeting', body: 'CGB', on: '2023-12-20' }, 'opcc-officer'],
  HoldMeeting: async () => [{ type: 'HoldMeeting', ref: await scheduled(), on: TODAY }, 'opcc-officer'],
  CancelMeeting: async () => [{ type: 'CancelMeeting', ref: await scheduled() }, 'opcc-officer'],
  PostponeMeeting: async () => [{ type: 'PostponeMeeting', ref: await scheduled(), to: '2023-12-21' }, 'opcc-officer'],
  MinuteItem: async () => [{ type: 'MinuteItem', ref: meetings.get('held')!, text: 't' }, 'opcc-officer'],
  ArrangeMeeting: async () => [{ type: 'ArrangeMeeting', ref: await scheduled(), place: 't' }, 'opcc-officer'],
  RecordAttendance: async () => [
    { type: 'RecordAttendance', ref: meetings.get('held')!, attenders: [{ as: 'PRESENT', body: 'CGB' }] },
    'opcc-officer',
  ],
  RecordSitting: async () => [{ type: 'RecordSitting', ref: meetings.get('held')!, opened: '13:00' }, 'opcc-officer'],
  DeclareInterest: async () => [{ type: 'DeclareInterest', ref: meetings.get('held')!, kind: 'NONE' }, 'opcc-officer'],
  RecordPublicQuestion: async () => [
    { type: 'RecordPublicQuestion', ref: meetings.get('held')!, text: 't' },
    'opcc-officer',
  ],
  ListAgendaItem: async () => [{ type: 'ListAgendaItem', ref: await scheduled(), title: 't' }, 'opcc-officer'],
  RecordResolution: async () => [
    { type: 'RecordResolution', ref: meetings.get('held')!, text: 't', outcome: 'AGREED' },
    'opcc-officer',
  ],
  ExcludePublic: async () => [
    { type: 'ExcludePublic', ref: meetings.get('held')!, grounds: [{ paragraph: 'PARAGRAPH_1' }] },
    'opcc-officer',
  ],
  IssuePapers: async () => [{ type: 'IssuePapers', ref: await scheduled() }, 'opcc-officer'],
  DraftMinutes: async () => [{ type: 'DraftMinutes', ref: meetings.get('held')! }, 'opcc-officer'],
  AnswerPublicQuestion: async () => [
    { type: 'AnswerPublicQuestion', ...(await questioned()), text: 't' },
    'opcc-officer',
  ],
  PresentAgendaItem: async () => [{ type: 'PresentAgendaItem', ...(await listed()) }, 'opcc-officer'],
  PassOverAgendaItem: async () => [{ type: 'PassOverAgendaItem', ...(await listed()) }, 'opcc-officer'],
  DeferAgendaItem: async () => [{ type: 'DeferAgendaItem', ...(await listed()) }, 'opcc-officer'],
  WithdrawAgendaItem: async () => [{ type: 'WithdrawAgendaItem', ...(await listed()) }, 'opcc-officer'],
  ReportAgendaItem: async () => [{ type: 'ReportAgendaItem', ...(await listed()), overview: 't' }, 'opcc-officer'],
  CirculateMinutes: async () => {
    const ref = await sat();
    await house.as('opcc-officer').does({ type: 'DraftMinutes', ref });
    return [{ type: 'CirculateMinutes', ref }, 'opcc-officer'];
  },
  ConfirmMinutes: async () => [
    { type: 'ConfirmMinutes', ref: await circulated(), confirmedAt: meetings.get('held')! },
    'opcc-officer',
  ],
  PublishMinutes: async () => [{ type: 'PublishMinutes', ref: await confirmed() }, 'opcc-officer'],
  CorrectMinutes: async () => [
    { type: 'CorrectMinutes', ...(await toCorrect()), agreedAt: meetings.get('held')!, text: 't' },
    'opcc-officer',
  ],
  MakeRecommendation: async () => [
    { type: 'MakeRecommendation', body: 'CGB', originator: 'CGB', kind: 'FINDING', title: 't' },
    'opcc-officer',
  ],
  AnswerRecommendation: async () => [
    { type: 'AnswerRecommendation', ref: await recommended(), response: 'ACCEPTED' },
    'force-lead',
  ],
  AllocateRecommendation: async () => [
    { type: 'AllocateRecommendation', ref: await recommended(), owner: 'opcc-officer' },
    'commissioner',
  ],
  GradeRecommendation: async () => [
    { type: 'GradeRecommendation', ref: await recommended(), rule: 'CGB-priorities', level: 'High' },
    'commissioner',
  ],
  UpdateRecommendation: async () => [
    { type: 'UpdateRecommendation', ref: await recommended(), text: 't' },
    'force-lead',
  ],
  AddRecommendationEvidence: async () => [
    { type: 'AddRecommendationEvidence', ref: await recommended(), title: 't' },
    'force-lead',
  ],
  RequestRecommendationExtension: async () => [
    { type: 'RequestRecommendationExtension', ref: await recommended(), due: { on: '2024-01-31' } },
    'force-lead',
  ],
  GrantRecommendationExtension: async () => [
    { type: 'GrantRecommendationExtension', ref: await asked() },
    'commissioner',
  ],
  RefuseRecommendationExtension: async () => [
    { type: 'RefuseRecommendationExtension', ref: await asked() },
    'commissioner',
  ],
  MoveRecommendationDueDate: async () => [
    { type: 'MoveRecommendationDueDate', ref: await recommended(), due: { on: '2024-01-31' } },
    'commissioner',
  ],
  SayOwnerWord: async () => [{ type: 'SayOwnerWord', ref: await recommended(), word: 'DONE' }, 'force-lead'],
  SayOfficeWord: async () => [{ type: 'SayOfficeWord', ref: await recommended(), word: 'DONE' }, 'commissioner'],
  SayAuditorWord: async () => [
    { type: 'SayAuditorWord', ref: await recommended(), word: 'DONE', by: 'internal-auditor' },
    'opcc-officer',
  ],
  SayOriginatorWord: async () => [
    { type: 'SayOriginatorWord', ref: await recommended(), word: 'DONE', by: 'inspectorate' },
    'opcc-officer',
  ],
  ClaimRecommendationShare: async () => [
    { type: 'ClaimRecommendationShare', ref: await recommended(), share: { part: 1, of: 2 } },
    'force-lead',
  ],
  JudgeRecommendationOutcome: async () => [
    { type: 'JudgeRecommendationOutcome', ref: await shut(), outcome: 'YES' },
    'commissioner',
  ],
  AcceptRecommendationRisk: async () => [
    { type: 'AcceptRecommendationRisk', ref: await recommended(), until: '2024-03-31' },
    'commissioner',
  ],
  SupersedeRecommendation: async () => [
    { type: 'SupersedeRecommendation', ref: await recommended(), supersededBy: await recommended() },
    'commissioner',
  ],
  DeclineRecommendation: async () => [{ type: 'DeclineRecommendation', ref: await recommended() }, 'commissioner'],
  RemoveRecommendation: async () => [
    { type: 'RemoveRecommendation', ref: await recommended(), agreedBy: 'CGB' },
    'commissioner',
  ],
  ReopenRecommendation: async () => [{ type: 'ReopenRecommendation', ref: await shut() }, 'commissioner'],
  RecordDocument: async () => [{ type: 'RecordDocument', body: 'CGB', title: 't', kind: 'REPORT' }, 'force-lead'],
  AddDocumentVersion: async () => [
    { type: 'AddDocumentVersion', ref: await paper(), version: '2', changed: 't' },
    'opcc-officer',
  ],
  RedactDocument: async () => [
    { type: 'RedactDocument', ref: await paper(), version: '1', withholds: 't', exemption: 't' },
    'monitoring-officer',
  ],
  WithdrawDocument: async () => [{ type: 'WithdrawDocument', ref: await paper() }, 'opcc-officer'],
  ReplaceDocument: async () => [
    { type: 'ReplaceDocument', ref: await paper(), supersededBy: await paper() },
    'opcc-officer',
  ],
  RetainDocument: async () => [
    { type: 'RetainDocument', ref: await paper(), until: '2029-03-31', rule: 't' },
    'opcc-officer',
  ],
  AddRule: async () => [
    { type: 'AddRule', kind: 'RAG', body: 'CGB', title: 't', as: `rag-${(posts += 1)}` },
    'monitoring-officer',
  ],
  SetPriorityScale: async () => [
    { type: 'SetPriorityScale', ref: await rule('PRIORITY_SCALE'), levels: [{ level: 'High' }] },
    'monitoring-officer',
  ],
  SetGradeScale: async () => [
    { type: 'SetGradeScale', ref: await rule('GRADE_SCALE'), levels: [{ level: 'Good' }] },
    'monitoring-officer',
  ],
  SetScoreScale: async () => [
    {
      ...{
        type: 'SetScoreScale',
        ref: await rule('SCORE_SCALE'),
        likelihoods: [{ score: 1 }],
        impacts: [{ score: 1 }],
      },
      bands: [{ band: 'Low', least: 1, most: 1 }],
    },
    'monitoring-officer',
  ],
  SetRagRule: async () => [
    { type: 'SetRagRule', ref: await rule('RAG'), cases: [{ label: 't', colour: 'RED' }] },
    'monitoring-officer',
  ],
  SetClosureRoute: async () => [
    {
      ...{ type: 'SetClosureRoute', ref: await rule('CLOSURE_ROUTE') },
      ...{ ownerSays: true, officeSays: true, auditorSays: false, originatorSays: false },
    },
    'monitoring-officer',
  ],
  SetDueDatePolicy: async () => [
    { type: 'SetDueDatePolicy', ref: await rule('DUE_DATE_POLICY'), mostExtensions: 1 },
    'monitoring-officer',
  ],
  SetCadence: async () => [
    { type: 'SetCadence', ref: await rule('CADENCE'), every: 4, unit: 'WEEKS' },
    'monitoring-officer',
  ],
  SetOpeningPolicy: async () => [
    { type: 'SetOpeningPolicy', ref: await rule('OPENING_POLICY'), decisionsOpenActions: true },
    'monitoring-officer',
  ],
  SetLateAllowance: async () => [
    { type: 'SetLateAllowance', ref: await rule('LATE_ALLOWANCE'), days: 3 },
    'monitoring-officer',
  ],
  EndRule: async () => {
    const ref = await rule('DUE_DATE_POLICY');
    await house.as('monitoring-officer').does({ type: 'SetDueDatePolicy', ref, mostExtensions: 1 });
    return [{ type: 'EndRule', ref }, 'monitoring-officer'];
  },
  ReportTotal: async () => [
    { type: 'ReportTotal', ref: await paper(), list: 'ACTION', asAt: TODAY, number: 1, counts: 't' },
    'opcc-officer',
  ],
  AddBody: async () => [{ type: 'AddBody', as: `B${(posts += 1)}`, name: 'A body' }, 'opcc-officer'],
  AddPost: async () => [{ type: 'AddPost', as: `post-${(posts += 1)}`, name: 'A post' }, 'opcc-officer'],
  AddPerson: async () => [{ type: 'AddPerson', name: 'A. N. Other' }, 'opcc-officer'],
  AppointHolder: async () => {
    const person = await house.as('opcc-officer').does({ type: 'AddPerson', name: 'A. N. Other' });
    return [{ type: 'AppointHolder', ref: await post(), person }, 'opcc-officer'];
  },
  BeginReading: async () => [{ type: 'BeginReading', ref: await panel(), reads: 'CGB' }, 'opcc-officer'],
  EndReading: async () => {
    const ref = await panel();
    await house.as('opcc-officer').does({ type: 'BeginReading', ref, reads: 'CGB' });
    return [{ type: 'EndReading', ref, reads: 'CGB' }, 'opcc-officer'];
  },
  SetPersonSubject: async () => {
    const ref = await house.as('opcc-officer').does({ type: 'AddPerson', name: 'A. N. Other' });
    return [{ type: 'SetPersonSubject', ref, subject: ref }, 'monitoring-officer'];
  },
};

/** A record of each register, with the event that opened it and a field of it that may be corrected. */
const RECORDS: Readonly<Record<string, () => Promise<{ ref: string; opening: string; path: string; is: string }>>> = {
  actions: async () => {
    const ref = await opened();
    return { ref, opening: await eventOf(ref, 'ActionRaised'), path: 'title', is: 'Other words' };
  },
  meetings: async () => {
    const ref = await scheduled();
    return { ref, opening: await eventOf(ref, 'MeetingScheduled'), path: 'on', is: '2023-11-30' };
  },
  documents: async () => {
    const ref = await paper();
    return { ref, opening: await eventOf(ref, 'DocumentRecorded'), path: 'date', is: '2023-11-30' };
  },
  rules: async () => {
    const ref = await rule('CLOSURE_ROUTE');
    return { ref, opening: await eventOf(ref, 'RuleAdded'), path: 'title', is: 'Other words' };
  },
  risks: async () => {
    const ref = await proposed();
    return { ref, opening: await eventOf(ref, 'RiskProposed'), path: 'title', is: 'Other words' };
  },
  decisions: async () => {
    const ref = await decision();
    return { ref, opening: await eventOf(ref, 'DecisionProposed'), path: 'title', is: 'Other words' };
  },
  'forward-plan': async () => {
    const ref = await suggested();
    return { ref, opening: await eventOf(ref, 'ForwardPlanItemSuggested'), path: 'title', is: 'Other words' };
  },
  recommendations: async () => {
    const ref = await recommended();
    return { ref, opening: await eventOf(ref, 'RecommendationMade'), path: 'title', is: 'Other words' };
  },
  directory: async () => {
    const ref = await post();
    return { ref, opening: await eventOf(ref, 'PostAdded'), path: 'name', is: 'Other words' };
  },
};

function onAnyRecord(register: string, type: string): Scene {
  return async () => {
    const { ref, opening, path, is } = await RECORDS[register]!();
    const monitoring = 'monitoring-officer';
    switch (type) {
      case 'Correct':
        return [{ type, ref, event: opening, path, is }, register === 'rules' ? monitoring : 'opcc-officer', register];
      case 'Void':
        return [{ type, ref, event: opening }, monitoring, register];
      case 'Restore':
        await house.as(monitoring).does({ type: 'Void', ref, event: opening, ...late }, register);
        return [{ type, ref, event: opening }, monitoring, register];
      case 'RecordOtherwiseStated':
        return [
          { type, ref, event: opening, path, says: '2023-11-29', source: { document: 'd' } },
          'opcc-officer',
          register,
        ];
      case 'Publish':
        return [{ type, ref }, monitoring, register];
      default:
        return [{ type: 'Mark', ref, to: { classification: 'OFFICIAL', sensitive: true } }, monitoring, register];
    }
  };
}

const EVERY: readonly (readonly [name: string, scene: Scene])[] = [
  ...Object.entries(SCENES),
  ...REGISTERS.flatMap(({ name }) =>
    RECORD_COMMAND_TYPES.map((type) => [`${type} in ${name}`, onAnyRecord(name, type)] as const),
  ),
];

async function give(scene: Scene, meeting: string, more: object = {}, dispatch?: RunningDispatch): Promise<Outcome> {
  const [said, by, register] = await scene();
  // What grants authority is asked of a monitoring officer whom the directory knows.
  const person = by === 'monitoring-officer' ? 'person-mmmmm' : undefined;
  const acting = actingAs(() => dispatch ?? house.ledger.dispatch, by, person);
  return acting.submit({ ...late, ...said, authority: { meeting: meetings.get(meeting)! }, ...more }, register);
}

const codeOf = (outcome: Outcome): string => (outcome.outcome === 'refused' ? outcome.refusal.code : outcome.outcome);

/** Loads a command as a row of an import, on the authority of a meeting. */
async function print(scene: Scene, meeting: string): Promise<string> {
  const [said, post, register] = await scene();
  const { type, ref, ...rest } = said;
  const { effectiveOn = TODAY, source, by = post, ...fields } = rest;
  return codeOf(
    await house.ledger.dispatch.submit({
      register: register ?? REGISTERS.find(({ mayIssue }) => Object.hasOwn(mayIssue, type))!.name,
      command: { type, ...(ref === undefined ? {} : { ref }), ...fields } as never,
      envelope: {
        commandId: randomUUID(),
        by: by,
        effectiveOn,
        authority: { meeting: meetings.get(meeting)! },
        reason: 'As printed.',
        ...(source === undefined ? {} : { source }),
      },
      caller: { post: 'opcc-officer', person: 'p-operator', capacity: 'opcc-officer' },
      importId: 'papers',
      grants: true,
    }),
  );
}

describe('the authority of a command', () => {
  it('is tried for every command of every register', () => {
    // An operator acts on no authority of the office.
    const commands = REGISTERS.flatMap(({ mayIssue }) =>
      Object.entries(mayIssue).flatMap(([type, rule]) => (rule === 'OPERATOR' ? [] : [type])),
    );
    expect(Object.keys(SCENES).sort()).toEqual(commands.sort());
    expect(EVERY).toHaveLength(commands.length + REGISTERS.length * RECORD_COMMAND_TYPES.length);
  });

  it.each(EVERY)('%s: is no meeting that was not held', async (_, scene) => {
    for (const meeting of NOT_HELD) {
      const expected = meeting === 'recorded by mistake' ? 'UNKNOWN_MEETING' : 'MEETING_NOT_HELD';
      expect([meeting, codeOf(await give(scene, meeting))]).toEqual([meeting, expected]);
    }
  });

  it.each(EVERY)(
    '%s: may be a meeting that was held by then, but where a document alone will do',
    async (name, scene) => {
      const expected = BY_DOCUMENT.includes(name) ? 'WORD_NEEDS_DOCUMENT' : 'accepted';
      expect(codeOf(await give(scene, 'held'))).toBe(expected);
      expect(codeOf(await give(scene, 'held today'))).toBe(expected);
    },
  );

  it.each(BY_DOCUMENT)('%s: is the document in which it stands', async (type) => {
    const authority = { document: await paper() };
    expect(codeOf(await give(SCENES[type]!, 'held', { authority }))).toBe('accepted');
  });

  it.each(EVERY)('%s: is no meeting that was held after it took effect', async (_, scene) => {
    expect(codeOf(await give(scene, 'held today', { effectiveOn: '2023-10-08' }))).toBe('MEETING_NOT_HELD');
  });

  it.each(EVERY)('%s: is what a paper prints, whatever became of the meeting', async (_, scene) => {
    expect(await print(scene, 'cancelled')).toBe('accepted');
  });

  it.each(DECIDING_ON_RECOMMENDATIONS)('%s: is no meeting that was held before it was made', async (type) => {
    expect(codeOf(await give(SCENES[type]!, 'held before it was raised'))).toBe('AUTHORITY_BEFORE_MADE');
    expect(codeOf(await give(SCENES[type]!, 'held when it was raised'))).toBe('accepted');
  });

  it.each([...DECIDING_ON_RISKS, ...DECIDING_ON_DECISIONS])(
    '%s: is no meeting that was held before it was proposed',
    async (type) => {
      expect(codeOf(await give(SCENES[type]!, 'held before it was raised'))).toBe('AUTHORITY_BEFORE_PROPOSED');
      expect(codeOf(await give(SCENES[type]!, 'held when it was raised'))).toBe('accepted');
    },
  );

  it.each(DECIDING)('%s: is no meeting that was held before there was an action', async (type) => {
    expect(codeOf(await give(SCENES[type]!, 'held before it was raised'))).toBe('AUTHORITY_BEFORE_RAISED');
    expect(codeOf(await give(SCENES[type]!, 'held when it was raised'))).toBe('accepted');
  });

  it('is the meeting at which the action was raised, however late that was entered', async () => {
    const ref = await opened({ meeting: meetings.get('held before it was raised')! });
    const authority = { meeting: meetings.get('held before it was raised')! };
    expect(await house.as('commissioner').fails({ type: 'AgreeAction', ref, authority, ...late })).toBe('accepted');
  });

  it.each(
    EVERY.filter(
      ([name]) =>
        ![
          ...DECIDING,
          ...DECIDING_ON_RECOMMENDATIONS,
          ...DECIDING_ON_RISKS,
          ...DECIDING_ON_DECISIONS,
          ...BY_DOCUMENT,
        ].includes(name),
    ),
  )('%s: may be a standing resolution', async (_, scene) => {
    expect(codeOf(await give(scene, 'held before it was raised'))).toBe('accepted');
  });

  it('stays with the record: its opening cannot be corrected to after the meeting that decided on it', async () => {
    const ref = await opened();
    const held = { meeting: meetings.get('held')! };
    await house
      .as('commissioner')
      .does({ type: 'AgreeAction', ref, authority: held, effectiveOn: '2023-10-08', ...late });
    const correct = {
      type: 'Correct',
      ref,
      event: await eventOf(ref, 'ActionRaised'),
      path: 'effectiveOn',
      reason: 'Misread.',
    };
    expect(await house.as('opcc-officer').fails({ ...correct, is: '2023-09-26' })).toBe('WOULD_CONTRADICT');
    expect(await house.as('opcc-officer').fails({ ...correct, is: '2023-09-25' })).toBe('accepted');
  });

  it('this program turns red when nobody asks whether the meeting was held', async () => {
    const careless = REGISTERS.map((register): Register =>
      register.heldOn === undefined ? register : { ...register, heldOn: () => '2023-09-01' },
    );
    const dispatch = createDispatch({ ...house.ledger, posts: postsOfTheDirectory, registers: careless });
    expect(codeOf(await give(SCENES['AgreeAction']!, 'cancelled', {}, dispatch))).toBe('accepted');
    await dispatch.idle();
    dispatch.close();
  });
});
