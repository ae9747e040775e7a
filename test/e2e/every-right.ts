import { MUTATIONS } from '../../libs/registers/index.ts';
import { CAPACITIES, type Capacity } from '../../libs/access/index.ts';
import type { Client, Variables } from './client.ts';
import { mutation } from './contract.ts';
import { dayFromToday } from './office.ts';
import { serveLedger, type ServedLedger } from './served-ledger.ts';
import {
  ANOTHER,
  casesOf,
  DECIDES,
  expected,
  ownerOf,
  rows,
  typedFor,
  type Answer,
  type Case,
  type Row,
  type Whose,
} from './who-may-do-what.ts';

const reason = 'As the minutes say.';

/**
 * Asks the API what the declarations say of each command.
 * @param isAsked by the place of a cell among those that have the same answer, from 1: every so many, so that the lines are asked in other columns each
 */
export function answersEveryRight(isAsked: (answer: Answer, place: number) => boolean): void {
  let served: ServedLedger;
  let officer: Client;
  let chair: Client;
  let monitoring: Client;
  let person: string;
  /** A meeting that was held. */
  let authority: { readonly meeting: string };
  /** A document in which a body outside says something. */
  let letter: string;
  const actors = new Map<Capacity, Client>();
  let made = 0;

  beforeAll(async () => {
    served = await serveLedger();
    officer = await served.as('opcc-officer', 'keeps the records');
    chair = await served.as('commissioner', 'chairs the board');
    monitoring = await served.as('monitoring-officer', 'monitors');
    for (const capacity of CAPACITIES) actors.set(capacity, await served.as(capacity));
    await officer.does('addBody', { ref: 'CGB', name: 'Board' });
    await officer.does('addPost', { ref: ANOTHER, name: 'Estates', capacity: 'force-lead' });
    await officer.does('addPost', { ref: DECIDES, name: 'Finance', capacity: 'force-lead' });
    await monitoring.does('addPost', { ref: 'chief-executive', name: 'CE', capacity: 'opcc-officer' });
    await monitoring.does('addPost', { ref: 'deputy-commissioner', name: 'DPCC', capacity: 'commissioner' });
    await monitoring.does('addPost', { ref: 'deputy-monitoring-officer', name: 'DMO', capacity: 'monitoring-officer' });
    await officer.does('addPost', { ref: 'inspectorate', name: 'Inspectorate', capacity: 'external' });
    await monitoring.does('addRule', { kind: 'PRIORITY_SCALE', body: 'CGB', title: 'Priorities', as: 'levels' });
    await monitoring.does('setPriorityScale', { ref: 'CGB-levels', levels: [{ level: 'High' }] });
    await monitoring.does('addRule', { kind: 'SCORE_SCALE', body: 'CGB', title: 'Scores', as: 'scores' });
    await monitoring.does('setScoreScale', {
      ...{ ref: 'CGB-scores', likelihoods: [{ score: 1 }], impacts: [{ score: 1 }] },
      bands: [{ band: 'Low', least: 1, most: 1 }],
    });
    const auditors = { ref: 'audit-firm', name: 'Auditors', capacity: 'internal-auditor' };
    await officer.does('addPost', auditors);
    letter = (await officer.does('recordDocument', { body: 'CGB', title: 'A letter', kind: 'LETTER' })).document.ref;
    const board = (await officer.does('scheduleMeeting', { body: 'CGB', on: dayFromToday(0) })).meeting.ref;
    await officer.does('holdMeeting', { ref: board });
    authority = { meeting: board };
    person = (await officer.does('addPerson', { name: 'A. N. Other' })).person.ref;
    await served.ready();
  }, 60_000);
  afterAll(() => served?.remove());

  const bothActors = new Map<Capacity, readonly [actor: Client, reporter: Client]>();

  /** Who acts in a cell, and who in the same person reported. */
  async function people(capacity: Capacity, whose: Whose): Promise<readonly [actor: Client, reporter: Client | null]> {
    if (whose !== 'own report') return [actors.get(capacity)!, null];
    const subject = `reports and then acts as ${capacity}`;
    const both =
      bothActors.get(capacity) ?? ([await served.as(capacity, subject), await served.as(ANOTHER, subject)] as const);
    bothActors.set(capacity, both);
    return both;
  }

  const STATES: Readonly<Record<string, string>> = {
    ...{ AgreeAction: 'proposed', ReturnAction: 'reported', SignOffAction: 'reported', ConvertAction: 'reported' },
    ReopenAction: 'withdrawn',
  };

  async function action(row: Row, owner: string, reporter: Client | null): Promise<string> {
    const due = { on: dayFromToday(10) };
    const { ref } = (await officer.does('raiseAction', { body: 'CGB', title: 'Review', owner, due })).action;
    const state = STATES[row.name] ?? 'agreed';
    if (state === 'proposed') return ref;
    await chair.does('agreeAction', { ref });
    if (reporter !== null) await reporter.does('reportActionComplete', { ref, text: 'Done.' });
    else if (state === 'reported')
      await officer.does('reportActionComplete', {
        ref,
        text: 'Done.',
        ...(owner === 'opcc-officer' ? { by: owner } : { by: owner, authority }),
      });
    if (reporter !== null && state !== 'reported') await chair.does('returnAction', { ref, reason });
    if (state === 'withdrawn') await chair.does('withdrawAction', { ref, reason });
    return ref;
  }

  const RECOMMENDATION = { body: 'CGB', originator: 'CGB', kind: 'RECOMMENDATION', title: 'Review' };
  /** What must have been said of it before that command may follow. */
  const AFTER: Readonly<Record<string, 'asked' | 'closed'>> = {
    GrantRecommendationExtension: 'asked',
    RefuseRecommendationExtension: 'asked',
    JudgeRecommendationOutcome: 'closed',
    ReopenRecommendation: 'closed',
  };

  async function recommendation(row: Row, owner: string, reporter: Client | null): Promise<string> {
    const { ref } = (await officer.does('makeRecommendation', { ...RECOMMENDATION, owner })).recommendation;
    const forOwner = owner === 'opcc-officer' ? { by: owner } : { by: owner, authority };
    const after = AFTER[row.name];
    if (after === 'asked')
      await officer.does('requestRecommendationExtension', { ref, due: { on: dayFromToday(20) }, reason, ...forOwner });
    if (reporter !== null) await reporter.does('sayOwnerWord', { ref, word: 'DONE' });
    else if (after === 'closed') await officer.does('sayOwnerWord', { ref, word: 'DONE', ...forOwner });
    const verifier = owner === 'commissioner' ? officer : chair;
    if (after === 'closed') await verifier.does('sayOfficeWord', { ref, word: 'DONE' });
    return ref;
  }

  const RISK = { body: 'CGB', kind: 'THREAT', title: 'Review' };
  const registerOf = ({ state }: Row) => (state as { register?: string } | undefined)?.register ?? 'OPCC';

  /** Of a register of its row; asked for by a post that is no owner where the command answers, and by whoever reports where somebody does. */
  async function risk(row: Row, owner: string, reporter: Client | null): Promise<string> {
    const { type } = row.command;
    const register = registerOf(row);
    const { ref } = (await officer.does('proposeRisk', { ...RISK, register, owner })).risk;
    if (type === 'RegisterRisk') return ref;
    await officer.does('registerRisk', { ref });
    const forOwner = owner === 'opcc-officer' ? { by: owner } : { by: owner, authority };
    const isAnswer = ['AcceptRisk', 'CloseRisk', 'RefuseRiskRequest', 'ReopenRisk'].includes(type);
    const asksItself = type.startsWith('Request');
    if (isAnswer || (reporter !== null && !asksItself)) {
      const asker = reporter ?? (await served.as(ANOTHER, 'asks'));
      const asking = { ref, side: 'FORCE', reason };
      if (type === 'AcceptRisk') await asker.does('requestRiskAcceptance', { ...asking, until: dayFromToday(40) });
      else await asker.does('requestRiskClosure', asking);
    }
    if (type === 'ReopenRisk') {
      const decides = await served.as(register === 'FORCE' ? DECIDES : 'chief-executive', 'decides');
      await decides.does('closeRisk', { ref });
    }
    if (/RiskControl$/.test(type) && type !== 'AddRiskControl')
      await officer.does('addRiskControl', { ref, measure: 't', kind: 'EXISTING', ...forOwner });
    return ref;
  }

  const SCHEME = { delegation: 'SoD-4' };
  /** Commands on a decision that was made. */
  const DECIDED = [
    ...[
      'NameDecisionAction',
      'SetDecisionCondition',
      'ReportDecisionCondition',
      'SignDecision',
      'VaryDecision',
      'RevokeDecision',
      'SupersedeDecision',
    ],
    ...['RecordDecision', 'PublishDecisionNotice', 'WithholdDecision'],
  ];
  const decides = ({ state }: Row) => (state ?? {}) as { readonly maker?: string; readonly delegated?: object };

  /** Of the maker of its row, delegated to whose it is where the row says so; of a board that met on the day on which it was proposed. */
  async function decision(row: Row, owner: string): Promise<string> {
    const { type } = row.command;
    const { maker = 'COMMISSIONER', delegated } = decides(row);
    const then = { reason };
    const { ref } = (await officer.does('proposeDecision', { body: 'CGB', maker, title: 't', ...then })).decision;
    await officer.does('draftDecision', { ref, recommendation: 't', ...then });
    await officer.does('adviseOnDecision', { ref, adviceOn: 'FINANCE', applies: false, ...then });
    if (delegated !== undefined)
      await chair.does('delegateDecision', { ref, delegate: owner, authority: SCHEME, ...then });
    const forOwner = owner === 'opcc-officer' ? { by: owner } : { by: owner, authority };
    if (DECIDED.includes(type)) {
      const made = { ref, decided: 't', ...then };
      if (delegated !== undefined) await officer.does('makeDecision', { ...made, ...forOwner });
      else if (maker === 'BODY') await officer.does('makeDecision', { ...made, authority });
      else await chair.does('makeDecision', made);
    }
    if (type === 'ReportDecisionCondition') await chair.does('setDecisionCondition', { ref, subjectTo: 't', ...then });
    if (['PublishDecisionNotice', 'WithholdDecision'].includes(type))
      await officer.does('recordDecision', { ref, publicInterest: false, ...then });
    return ref;
  }

  /** An item as far as it must have come before that command may follow. */
  async function item({ command: { type } }: Row): Promise<string> {
    const { ref } = (await officer.does('suggestForwardPlanItem', { body: 'CGB', title: 't' })).forwardPlanItem;
    const before = [
      'CommissionForwardPlanPaper',
      'ReceiveForwardPlanPaper',
      'PresentForwardPlanItem',
      'DeferForwardPlanItem',
    ];
    if (!before.includes(type)) return ref as string;
    await officer.does('scheduleForwardPlanItem', { ref, plannedFor: { on: dayFromToday(30) } });
    if (type === 'ReceiveForwardPlanPaper') await officer.does('commissionForwardPlanPaper', { ref });
    return ref as string;
  }

  const panel = async () => (await officer.does('addBody', { ref: `P${(made += 1)}`, name: 'n' })).body.ref as string;
  const PAPER = { body: 'CGB', title: 'A paper', kind: 'REPORT' };
  const paper = async () => (await officer.does('recordDocument', PAPER)).document.ref as string;

  const ROUTE = { ownerSays: true, officeSays: false, auditorSays: false, originatorSays: false };
  /** The kind of rule of which each command sets a version. */
  const KIND_OF: Readonly<Record<string, string>> = {
    SetPriorityScale: 'PRIORITY_SCALE',
    SetGradeScale: 'GRADE_SCALE',
    SetScoreScale: 'SCORE_SCALE',
    SetRagRule: 'RAG',
    SetClosureRoute: 'CLOSURE_ROUTE',
    SetLateAllowance: 'LATE_ALLOWANCE',
    SetCadence: 'CADENCE',
    SetOpeningPolicy: 'OPENING_POLICY',
  };

  /** A rule of its own body; one that is to be ended has a version. */
  async function rule({ name }: Row): Promise<string> {
    const body = `R${(made += 1)}`;
    await officer.does('addBody', { ref: body, name: 'n' });
    const kind = KIND_OF[name] ?? 'DUE_DATE_POLICY';
    const more =
      kind === 'LATE_ALLOWANCE'
        ? { register: 'ACTIONS' }
        : ['CLOSURE_ROUTE', 'CADENCE', 'OPENING_POLICY'].includes(kind)
          ? {}
          : { as: 'a-rule' };
    const { ref } = (await monitoring.does('addRule', { kind, body, title: 't', ...more })).rule;
    if (name === 'EndRule') await monitoring.does('setDueDatePolicy', { ref, mostExtensions: 1 });
    return ref as string;
  }

  /** What is said of a meeting that was held, or of an item of its agenda. */
  const OF_AGENDA =
    /AgendaItem$|^(RecordAttendance|RecordSitting|DeclareInterest|RecordPublicQuestion|AnswerPublicQuestion|RecordResolution|ExcludePublic)$|Minutes$/;

  /** A meeting that was held two days ago, with an item on its agenda, and whatever must have gone before. */
  async function wholeMeeting(name: string): Promise<string> {
    const [set, day] = [dayFromToday(-3), dayFromToday(-2)];
    const { ref } = (await officer.does('scheduleMeeting', { body: 'CGB', on: day, effectiveOn: set })).meeting;
    await officer.does('listAgendaItem', { ref, title: 't' });
    await officer.does('holdMeeting', { ref, effectiveOn: day });
    if (name === 'AnswerPublicQuestion') await officer.does('recordPublicQuestion', { ref, text: 't' });
    const before = ['DraftMinutes', 'CirculateMinutes', 'ConfirmMinutes', 'PublishMinutes'];
    const until = before.indexOf(name === 'CorrectMinutes' ? 'PublishMinutes' : name);
    if (until > 0) await officer.does('draftMinutes', { ref });
    if (until > 1) await officer.does('circulateMinutes', { ref });
    if (until > 2) await officer.does('confirmMinutes', { ref, confirmedAt: await laterMeeting() });
    return ref as string;
  }

  async function laterMeeting(): Promise<string> {
    const { ref } = (await officer.does('scheduleMeeting', { body: 'CGB', on: dayFromToday(0) })).meeting;
    await officer.does('holdMeeting', { ref });
    return ref as string;
  }

  async function entryOf(ref: string, of: 'agenda' | 'questions'): Promise<string> {
    await served.ready();
    const { ledger } = await officer.runs(`query ($ref: ID!) { ledger { meeting(ref: $ref) { ${of} { event } } } }`, {
      ref,
    });
    return ledger.meeting[of][0].event as string;
  }

  async function recordFor(row: Row, owner: string, reporter: Client | null): Promise<string> {
    if (row.register === 'actions') return action(row, owner, reporter);
    if (row.name === 'MinuteItem') {
      const { ref } = (await officer.does('scheduleMeeting', { body: 'CGB', on: dayFromToday(0) })).meeting;
      await officer.does('holdMeeting', { ref });
      return ref;
    }
    if (OF_AGENDA.test(row.name)) return wholeMeeting(row.name);
    if (row.register === 'meetings')
      return (
        await officer.does('scheduleMeeting', { body: 'CGB', on: dayFromToday(row.name === 'HoldMeeting' ? 0 : 20) })
      ).meeting.ref;
    if (row.register === 'documents') return paper();
    if (row.register === 'recommendations') return recommendation(row, owner, reporter);
    if (row.register === 'risks') return risk(row, owner, reporter);
    if (row.register === 'decisions') return decision(row, owner);
    if (row.register === 'forward-plan') return item(row);
    if (row.register === 'rules') return rule(row);
    if (row.name === 'Void of a known person') {
      const { ref } = (await officer.does('addPerson', { name: 'n' })).person;
      await monitoring.does('setPersonSubject', { person: ref, subject: `known-${(made += 1)}` });
      return ref;
    }
    const ref = `clerk-${(made += 1)}`;
    await officer.does('addPost', { ref, name: 'Clerk' });
    if (row.name === 'Void of a tenure') await officer.does('appointHolder', { post: ref, person });
    return ref;
  }

  async function eventOf(ref: string, last = false): Promise<string> {
    await served.ready();
    const { ledger } = await officer.runs(
      'query ($ref: ID!) { ledger { record(ref: $ref) { history(first: 500) { edges { node { id } } } } } }',
      { ref },
    );
    return ledger.record.history.edges.at(last ? -1 : 0).node.id;
  }

  const kindOf = ({ name, register }: Row) =>
    name === 'Void of a known person'
      ? 'Person'
      : {
          actions: 'Action',
          meetings: 'Meeting',
          documents: 'Document',
          directory: 'Post',
          rules: 'Rule',
          recommendations: 'Recommendation',
          risks: 'Risk',
          decisions: 'Decision',
          'forward-plan': 'ForwardPlanItem',
        }[register];

  async function inputFor(
    row: Row,
    ref: string,
    owner: string,
  ): Promise<readonly [mutation: string, input: Variables]> {
    const { type } = row.command;
    const event = async () => ({ ref, event: await eventOf(ref, row.name === 'Void of a tenure'), reason });
    const another = async () =>
      (await officer.does('raiseAction', { body: 'CGB', title: 'Another' })).action.ref as string;
    const path = row.register === 'directory' ? 'name' : 'title';
    const link = () => ({ record: ref, to: 'CGB', as: 'IS_ABOUT' });
    const inputs: Readonly<Record<string, () => Promise<Variables>>> = {
      RaiseAction: async () => ({ body: 'CGB', title: 't' }),
      GiveActionUpdate: async () => ({ ref, text: 't' }),
      AddActionEvidence: async () => ({ ref, title: 't' }),
      ReassignAction: async () => ({ ref, owner: owner === 'jarap-member' ? 'panel-member' : 'jarap-member' }),
      ExtendActionDueDate: async () => ({ ref, due: { on: dayFromToday(40) }, reason }),
      DeferAction: async () => ({ ref, until: dayFromToday(40), reason }),
      ConvertAction: async () => ({ ref, into: 'FORWARD_PLAN_ITEM', authority }),
      SignOffAction: async () => ({ ref, authority }),
      MergeAction: async () => ({ ref, into: await another(), reason }),
      SupersedeAction: async () => ({ ref, supersededBy: await another(), reason }),
      ScheduleMeeting: async () => ({ body: 'CGB', on: dayFromToday(30) }),
      PostponeMeeting: async () => ({ ref, to: dayFromToday(50), reason }),
      MinuteItem: async () => ({ ref, text: 't' }),
      ArrangeMeeting: async () => ({ ref, place: 't' }),
      RecordAttendance: async () => ({ ref, attenders: [{ as: 'PRESENT', body: 'CGB' }] }),
      RecordSitting: async () => ({ ref, opened: '13:00' }),
      DeclareInterest: async () => ({ ref, kind: 'NONE' }),
      RecordPublicQuestion: async () => ({ ref, text: 't' }),
      AnswerPublicQuestion: async () => ({ ref, question: await entryOf(ref, 'questions'), text: 't' }),
      ListAgendaItem: async () => ({ ref, title: 't' }),
      PresentAgendaItem: async () => ({ ref, agendaItem: await entryOf(ref, 'agenda') }),
      PassOverAgendaItem: async () => ({ ref, agendaItem: await entryOf(ref, 'agenda') }),
      DeferAgendaItem: async () => ({ ref, agendaItem: await entryOf(ref, 'agenda') }),
      WithdrawAgendaItem: async () => ({ ref, agendaItem: await entryOf(ref, 'agenda'), reason }),
      ReportAgendaItem: async () => ({ ref, agendaItem: await entryOf(ref, 'agenda'), overview: 't' }),
      RecordResolution: async () => ({ ref, text: 't', outcome: 'AGREED' }),
      ExcludePublic: async () => ({ ref, grounds: [{ paragraph: 'PARAGRAPH_1' }] }),
      ConfirmMinutes: async () => ({ ref, confirmedAt: await laterMeeting() }),
      CorrectMinutes: async () => ({
        ...{ ref, minute: await entryOf(ref, 'agenda'), agreedAt: await laterMeeting(), text: 't' },
      }),
      RecordDocument: async () => PAPER,
      AddDocumentVersion: async () => ({ ref, version: `2.${(made += 1)}`, changed: 't', reason }),
      RedactDocument: async () => ({ ref, version: '1', withholds: 't', exemption: 't' }),
      ReplaceDocument: async () => ({ ref, supersededBy: await paper(), reason }),
      ReportTotal: async () => ({ ref, list: 'ACTION', asAt: dayFromToday(0), number: (made += 1), counts: 't' }),
      RetainDocument: async () => ({ ref, until: dayFromToday(90), rule: 't' }),
      AddRule: async () => ({ kind: 'RAG', body: 'CGB', title: 't', as: `rag-${(made += 1)}` }),
      SetPriorityScale: async () => ({ ref, levels: [{ level: 'High' }], version: `${(made += 1)}` }),
      SetGradeScale: async () => ({ ref, levels: [{ level: 'Good' }], version: `${(made += 1)}` }),
      SetScoreScale: async () => ({
        ...{ ref, version: `${(made += 1)}`, likelihoods: [{ score: 1 }], impacts: [{ score: 1 }] },
        bands: [{ band: 'Low', least: 1, most: (made += 1) }],
      }),
      SetRagRule: async () => ({ ref, cases: [{ label: 't', colour: 'RED' }] }),
      SetClosureRoute: async () => ({ ref, ...ROUTE }),
      SetDueDatePolicy: async () => ({ ref, mostExtensions: (made += 1) % 100 }),
      SetLateAllowance: async () => ({ ref, days: (made += 1) }),
      SetOpeningPolicy: async () => ({ ref, decisionsOpenActions: true, version: `${(made += 1)}` }),
      SetCadence: async () => ({ ref, every: ((made += 1) % 60) + 1, unit: 'WEEKS' }),
      MakeRecommendation: async () => RECOMMENDATION,
      AnswerRecommendation: async () => ({ ref, response: 'ACCEPTED' }),
      AllocateRecommendation: async () => ({
        ref,
        owner: owner === 'jarap-member' ? 'panel-member' : 'jarap-member',
      }),
      GradeRecommendation: async () => ({ ref, rule: 'CGB-levels', level: 'High' }),
      UpdateRecommendation: async () => ({ ref, text: 't' }),
      AddRecommendationEvidence: async () => ({ ref, title: 't' }),
      RequestRecommendationExtension: async () => ({ ref, due: { on: dayFromToday(40) }, reason }),
      MoveRecommendationDueDate: async () => ({ ref, due: { on: dayFromToday(40) }, reason }),
      SayOwnerWord: async () => ({ ref, word: 'PARTLY' }),
      SayOfficeWord: async () => ({ ref, word: 'PARTLY' }),
      SayAuditorWord: async () => ({ ref, word: 'PARTLY' }),
      SayOriginatorWord: async () => ({ ref, word: 'PARTLY' }),
      ClaimRecommendationShare: async () => ({ ref, share: { part: 1, of: 2 } }),
      JudgeRecommendationOutcome: async () => ({ ref, outcome: 'YES' }),
      AcceptRecommendationRisk: async () => ({ ref, until: dayFromToday(40), reason }),
      SupersedeRecommendation: async () => ({ ref, supersededIn: await paper() }),
      RemoveRecommendation: async () => ({ ref, agreedBy: 'CGB', reason }),
      ProposeDecision: async () => ({ body: 'CGB', maker: 'COMMISSIONER', title: 't' }),
      DraftDecision: async () => ({ ref, recommendation: 't' }),
      RecordDecisionConsultation: async () => ({ ref, who: 't' }),
      RejectDecisionOption: async () => ({ ref, option: 't', reason }),
      AdviseOnDecision: async () => ({ ref, adviceOn: row.command['adviceOn'], applies: false }),
      WriteDecisionPart: async () => ({ ref, part: 'OPEN', content: 't' }),
      DelegateDecision: async () => ({ ref, delegate: 'jarap-member', authority: SCHEME }),
      MakeDecision: async () => ({ ref, decided: 't' }),
      DropDecision: async () => ({ ref, reason }),
      NameDecisionAction: async () => ({ ref, title: 't' }),
      SetDecisionCondition: async () => ({ ref, subjectTo: 't' }),
      ReportDecisionCondition: async () => ({ ref, condition: await eventOf(ref, true), standing: 'MET' }),
      RecordDecision: async () => ({ ref, publicInterest: false }),
      SignDecision: async () => ({ ref, signedBy: 'commissioner' }),
      VaryDecision: async () => ({ ref, variation: 't', reason }),
      SupersedeDecision: async () => ({
        ref,
        supersededBy: await decision({ ...row, command: { type: 'RevokeDecision' } }, owner),
      }),
      SuggestForwardPlanItem: async () => ({ body: 'CGB', title: 't' }),
      ReviseForwardPlanItem: async () => ({ ref, title: 't' }),
      ScheduleForwardPlanItem: async () => ({ ref, plannedFor: { on: dayFromToday(40) } }),
      CommissionForwardPlanPaper: async () => ({ ref }),
      ReceiveForwardPlanPaper: async () => ({ ref }),
      PresentForwardPlanItem: async () => ({ ref }),
      ProposeRisk: async () => ({ ...RISK, register: 'JOINT' }),
      AllocateRisk: async () => ({ ref, owner: owner === 'jarap-member' ? 'panel-member' : 'jarap-member' }),
      RewordRisk: async () => ({ ref, title: 'Other words' }),
      ScoreRisk: async () => ({ ref, of: 'CURRENT', rule: 'CGB-scores', likelihood: 1, impact: 1, reason }),
      ReviewRisk: async () => ({ ref, text: 't' }),
      SetRiskAppetite: async () => ({ ref, rule: 'CGB-scores', most: 1 }),
      ChooseRiskResponse: async () => ({ ref, response: 'TREAT' }),
      AddRiskControl: async () => ({ ref, measure: 't', kind: 'EXISTING' }),
      MoveRiskControl: async () => ({
        ...{ ref, control: await eventOf(ref, true), reason },
        targetOn: dayFromToday(30 + (made += 1)),
      }),
      ReportRiskControl: async () => ({ ref, control: await eventOf(ref, true), effectiveness: 'EFFECTIVE' }),
      AssureRiskControl: async () => ({
        ...{ ref, control: await eventOf(ref, true) },
        ...{ line: 'FIRST', opinion: 'MODERATE' },
      }),
      RequestRiskAcceptance: async () => ({ ref, side: row.command['side'], until: dayFromToday(40), reason }),
      RequestRiskClosure: async () => ({ ref, side: row.command['side'], reason }),
      EscalateRisk: async () => ({ ref, register: registerOf(row) === 'JOINT' ? 'FORCE' : 'JOINT', reason }),
      DeescalateRisk: async () => ({ ref, register: registerOf(row) === 'JOINT' ? 'FORCE' : 'JOINT', reason }),
      MergeRisk: async () => ({
        ref,
        into: (await officer.does('proposeRisk', { ...RISK, register: 'OPCC' })).risk.ref as string,
      }),
      AddBody: async () => ({ ref: `B${(made += 1)}`, name: 'n' }),
      AddPost: async () => ({
        ref: `post-${(made += 1)}`,
        name: 'n',
        ...(row.command['capacity'] === undefined ? {} : { capacity: row.command['capacity'] }),
      }),
      AddPerson: async () => ({ name: 'n' }),
      AppointHolder: async () => ({
        post: row.state === undefined ? ref : 'chief-executive',
        person,
        until: dayFromToday((made += 1)),
        shared: true,
      }),
      BeginReading: async () => ({ body: await panel(), reads: 'CGB' }),
      EndReading: async () => {
        const reading = { body: await panel(), reads: 'CGB' };
        await officer.does('beginReading', reading);
        return reading;
      },
      SetPersonSubject: async () => ({
        person: (await officer.does('addPerson', { name: 'n' })).person.ref,
        subject: `s${(made += 1)}`,
      }),
      Correct: async () =>
        row.command['path'] === 'capacity'
          ? { ...(await event()), path: 'capacity', is: 'jarap-member' }
          : { ...(await event()), path, is: 'Other words' },
      Void: event,
      Restore: async () => {
        const voided = await event();
        await monitoring.does(`void${kindOf(row)}Event`, voided);
        return voided;
      },
      RecordOtherwiseStated: async () => ({
        record: ref,
        path: path === 'name' ? 'capacity' : path === 'title' && row.register === 'meetings' ? 'date' : path,
        says: 'otherwise',
        source: { document: 'd' },
      }),
      Mark: async () => ({ ref, marking: 'OFFICIAL_SENSITIVE' }),
      LinkRecord: async () => link(),
      UnlinkRecord: async () => {
        await officer.does('linkRecord', link());
        return link();
      },
      NameRecord: async () => ({ record: ref, name: '14/2018/P' }),
      WithdrawName: async () => {
        await officer.does('nameRecord', { record: ref, name: '14/2018/P' });
        return { record: ref, event: await eventOf(ref, true) };
      },
    };
    const input = await (inputs[type]?.() ?? Promise.resolve({ ref, reason, text: undefined }));
    const ofAny = Object.entries(MUTATIONS).find(([, { command, kind }]) => command.type === type && kind === null);
    if (ofAny !== undefined) return [ofAny[0], input];
    const named = Object.entries(MUTATIONS).filter(
      ([, { command, register }]) => command.type === type && register === row.register,
    );
    const [field] = named.find(([one]) => named.length === 1 || one.includes(kindOf(row))) ?? [];
    if (field === undefined) throw new Error(`no mutation is ${type}`);
    // A body decides at a meeting of it.
    if (decides(row).maker === 'BODY') return [field, { ...input, authority }];
    const known = /ReportActionComplete/.test(type) ? { ref, text: 't' } : input;
    return [field, known];
  }

  const SEPARATION = [
    'OWNER_MAY_NOT_SIGN_OFF',
    'SIGNER_UNKNOWN',
    'OWNER_MAY_NOT_VERIFY',
    'VERIFIER_UNKNOWN',
    'OWNER_MAY_NOT_DECIDE',
    'DECIDER_UNKNOWN',
  ];
  function answerIn(text: string): string {
    const [error] = JSON.parse(text).errors ?? [];
    if (error === undefined) return 'yes';
    const { code, refusal } = error.extensions;
    return code === 'FORBIDDEN'
      ? 'no'
      : SEPARATION.includes(refusal)
        ? 'refused'
        : `${code} ${refusal} ${error.message}`;
  }

  /** The cells that the API answers otherwise than the table says. */
  async function wrongCells(all: readonly Row[], says = expected, asks = isAsked): Promise<readonly string[]> {
    const wrong: string[] = [];
    const unchanged = new Map<string, readonly [string, Variables]>();
    const met = { yes: 0, no: 0, refused: 0 };
    for (const row of all)
      for (const one of casesOf(row))
        for (const capacity of CAPACITIES) {
          const { whose, typed } = one;
          // Nobody reports what was not agreed yet.
          if (row.name === 'AgreeAction' && whose === 'own report') continue;
          const answer = says(row, capacity, one);
          if (!asks(answer, (met[answer] += 1))) continue;
          const owner = ownerOf(capacity, whose);
          const onWhoseSay = /^Say(Auditor|Originator)Word$/.test(row.name) ? { document: letter } : authority;
          const by = typed ? { by: typedFor(row, whose).post, authority: onWhoseSay } : {};
          const [actor, reporter] = await people(capacity, whose);
          const key = `${row.register} ${row.name} ${owner} ${whose === 'own report' ? capacity : ''}`;
          let sent = unchanged.get(key);
          if (sent === undefined) {
            const ref = await recordFor(row, owner, whose === 'own report' ? reporter : null);
            sent = await inputFor(row, ref, owner);
          }
          // Whoever is refused leaves it for the next one.
          if (answer === 'yes') unchanged.delete(key);
          else unchanged.set(key, sent);
          const [field, input] = sent;
          const { text } = await actor.post(mutation(field), {
            input: { commandId: crypto.randomUUID(), ...input, ...by },
          });
          const got = answerIn(text);
          if (got !== answer)
            wrong.push(
              `${row.register} ${row.name}, ${whose}${typed ? ', typed' : ''}, ${capacity}: ${answer}, but ${got}`,
            );
        }
    return wrong;
  }

  it.each([
    ...(['actions', 'meetings', 'documents', 'directory', 'rules'] as const),
    ...(['recommendations', 'risks', 'decisions', 'forward-plan'] as const),
  ])(
    'is answered by the API as the declarations of %s say, in every cell',
    async (register) => {
      expect(await wrongCells(rows().filter((row) => row.register === register))).toEqual([]);
    },
    400_000,
  );

  it('would be seen to be answered otherwise (control)', async () => {
    const one = rows().filter(({ name }) => name === 'SignOffAction');
    const careless = (row: Row, capacity: Capacity, of: Case): Answer =>
      of.whose === 'own' && capacity === (of.typed ? 'opcc-officer' : 'commissioner')
        ? 'yes'
        : expected(row, capacity, of);
    expect(await wrongCells(one, careless, () => true)).toHaveLength(2);
  }, 60_000);
}
