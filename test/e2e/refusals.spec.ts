import { randomUUID } from 'node:crypto';
import { inCapitals, INPUT_FAULTS, KINDS_OF_RECORD } from '../../libs/declarations/index.ts';
import { REGISTERS } from '../../libs/running-ledger/index.ts';
import { DISPATCH_REFUSALS } from '../../libs/dispatch/refusals.ts';
import { RECORD_REFUSALS } from '../../libs/records/refusals.ts';
import type { AnswerErrorShape, Client, Variables } from './client.ts';
import { dayFromToday, DELEGATED, HELD_ON, openOffice, TYPED_LATE, type Office } from './office.ts';

type Scene = () => Promise<AnswerErrorShape>;
/** Refusals by the list that declares them: `actions`, `meetings`, `directory`, `every record`, `dispatch`. */
type Scenes = Readonly<Record<string, Readonly<Record<string, Scene>>>>;

/**
 * Codes that nobody can reach over the API, and why. What the schema or the order of checks keeps away is refused by the domain all
 * the same, for whoever comes by another way; the specs of the registers show it.
 */
const OUT_OF_REACH: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  actions: {
    ALREADY_RAISED: 'a command that raises always opens a record of its own',
    DUE_AMBIGUOUS: 'asked of corrections, which answer WOULD_BE_IMPOSSIBLE',
  },
  meetings: {
    ALREADY_SCHEDULED: 'a command that schedules always opens a record of its own',
    NOT_YET_ISSUED: 'it turns on the time of day, and the server has a clock of its own',
  },
  documents: {
    ALREADY_RECORDED: 'a command that records always opens a record of its own',
  },
  rules: {
    ALREADY_ADDED: 'a command that adds always opens a record of its own',
  },
  recommendations: {
    ALREADY_MADE: 'a command that records always opens a record of its own',
    DUE_AMBIGUOUS: 'asked of corrections, which answer WOULD_BE_IMPOSSIBLE',
  },
  decisions: {
    ALREADY_PROPOSED: 'a command that proposes always opens a record of its own',
    NOT_PROPOSED: 'a decision that was not proposed is not found',
    DUE_AMBIGUOUS: 'asked of corrections, which answer WOULD_BE_IMPOSSIBLE',
    BASIS_OF_A_PAPER: 'the API imports no papers',
  },
  'forward-plan': {
    ALREADY_SUGGESTED: 'a command that suggests always opens a record of its own',
    PLANNED_AMBIGUOUS: 'asked of corrections, which answer WOULD_BE_IMPOSSIBLE',
  },
  risks: {
    ALREADY_PROPOSED: 'a command that proposes always opens a record of its own',
  },
  directory: {
    ALREADY_ADDED: 'a command that adds always opens a record of its own',
    GRANTER_UNKNOWN: 'the demonstration records whoever acts',
    NOT_A_MONITORING_OFFICER: 'an operator appoints by the command line',
    SOMEBODY_ELSE_CAN: 'an operator appoints by the command line',
    SUBJECT_NEEDED: 'an operator appoints by the command line',
  },
  'what any command may be': {
    NEEDED: 'the schema asks for what is needed',
    UNKNOWN_RULE: 'no command names a rule but the one that it is about',
  },
  'every record': {},
  dispatch: {},
};

/** What any command may be refused for by its declaration: the input first, then records that it names. */
const DECLARED = [...INPUT_FAULTS, ...KINDS_OF_RECORD.map((kind) => `UNKNOWN_${inCapitals(kind)}`)];
/** What the input alone tells. */
const OF_THE_INPUT = [
  ...INPUT_FAULTS,
  ...REGISTERS.flatMap(({ commands }) => commands).flatMap(({ rules }) => rules.map(({ code }) => code)),
];

describe('every refusal that can be met over the API has its code, a sentence and a field', () => {
  let office: Office;
  let scenes: Scenes;

  beforeAll(async () => {
    office = await openOffice();
    scenes = scenesOf(office);
  }, 60_000);
  afterAll(() => office?.served.remove());

  const declared: Readonly<Record<string, readonly string[]>> = {
    ...Object.fromEntries(REGISTERS.map(({ name, refusals }) => [name, Object.keys(refusals)])),
    'what any command may be': DECLARED,
    'every record': Object.keys(RECORD_REFUSALS),
    dispatch: Object.keys(DISPATCH_REFUSALS),
  };
  const rows = Object.entries(declared).flatMap(([list, codes]) =>
    codes.filter((code) => OUT_OF_REACH[list]?.[code] === undefined).map((code) => [list, code] as const),
  );

  it('names no code as out of reach that is not declared', () => {
    const named = Object.entries(OUT_OF_REACH).flatMap(([list, codes]) =>
      Object.keys(codes).filter((code) => !declared[list]?.includes(code)),
    );
    expect(named).toEqual([]);
  });

  it.each(rows)('%s: %s', async (list, code) => {
    const scene = scenes[list]?.[code];
    if (scene === undefined) throw new Error(`no scene leads to ${code}`);
    const { message, extensions } = await scene();
    expect({ ...extensions, message }).toMatchObject({
      code: (OF_THE_INPUT as readonly string[]).includes(code) ? 'INVALID' : 'REFUSED',
      refusal: code,
    });
    expect(message).toMatch(/^[A-Z"].{8,}\.$/s);
    expect(message).not.toMatch(/[{}]|undefined|null/);
  });
});

function scenesOf(office: Office): Scenes {
  const { officer, commissioner, lead, monitoring, board, next } = office;
  const reason = 'As the minutes say.';
  const closed = async (): Promise<string> => {
    const ref = await office.agreed();
    await commissioner.does('withdrawAction', { ref, reason });
    return ref;
  };
  const linkOf = async () => ({ record: await office.agreed(), to: board, as: 'DEPENDS_ON' });
  const reported = async (): Promise<string> => {
    const ref = await office.agreed();
    await lead.does('reportActionComplete', { ref, text: 'Done.' });
    return ref;
  };
  const on =
    (make: () => Promise<string>, client: Client, mutation: string, more: Variables = {}): Scene =>
    async () =>
      client.fails(mutation, { ref: await make(), ...more });
  const raising =
    (more: Variables): Scene =>
    () =>
      officer.fails('raiseAction', { body: 'CGB', title: 'A title', ...more });
  const meeting = async (more: Variables = {}): Promise<string> =>
    (await officer.does('scheduleMeeting', { body: 'CGB', on: dayFromToday(10), ...more })).meeting.ref;
  const cancelled = async (): Promise<string> => {
    const ref = await meeting();
    await officer.does('cancelMeeting', { ref, reason });
    return ref;
  };
  const event = async (ref: string, type: string): Promise<string> =>
    (await office.history(ref)).find((one) => one.type === type).id;
  /** A meeting that was held two days ago, with nothing on its agenda. */
  const bare = async (): Promise<string> => {
    const { ref } = (
      await officer.does('scheduleMeeting', {
        body: 'CGB',
        on: dayFromToday(-2),
        effectiveOn: dayFromToday(-3),
        reason,
      })
    ).meeting;
    await officer.does('holdMeeting', { ref, effectiveOn: dayFromToday(-2), reason });
    return ref as string;
  };
  /** The same with an item on its agenda. */
  const whole = async (): Promise<string> => {
    const ref = await bare();
    await officer.does('listAgendaItem', { ref, title: 't', item: '4' });
    return ref;
  };
  const heldToday = async (): Promise<string> => {
    const ref = await meeting({ on: dayFromToday(0) });
    await officer.does('holdMeeting', { ref });
    return ref;
  };
  const circulated = async (): Promise<string> => {
    const ref = await whole();
    await officer.does('draftMinutes', { ref });
    await officer.does('circulateMinutes', { ref });
    return ref;
  };
  const confirmed = async (): Promise<string> => {
    const ref = await circulated();
    await officer.does('confirmMinutes', { ref, confirmedAt: await heldToday() });
    return ref;
  };
  const entryOf = async (ref: string, of: 'agenda' | 'questions'): Promise<string> => {
    await office.served.ready();
    const { ledger } = await officer.runs(`query ($ref: ID!) { ledger { meeting(ref: $ref) { ${of} { event } } } }`, {
      ref,
    });
    return ledger.meeting[of][0].event as string;
  };
  const withItem = async () => {
    const ref = await whole();
    return { ref, agendaItem: await entryOf(ref, 'agenda') };
  };
  const ofItem =
    (mutation: string, more: Variables = {}): Scene =>
    async () =>
      officer.fails(mutation, { ...(await withItem()), ...more });
  const amending =
    (client: Client, mutation: string, more: (ref: string) => Promise<Variables>): Scene =>
    async () => {
      const ref = await office.agreed();
      return client.fails(mutation, { ref, reason, ...(await more(ref)) });
    };
  const correcting = (more: Variables): Scene =>
    amending(officer, 'correctAction', async (ref) => ({
      event: await event(ref, 'ActionRaised'),
      path: 'title',
      is: 'Other words',
      ...more,
    }));
  const post = async (capacity?: string): Promise<string> => {
    const ref = `post-${randomUUID().slice(0, 8)}`;
    await officer.does('addPost', { ref, name: 'A post', capacity });
    return ref;
  };
  const panel = async (): Promise<string> => {
    const ref = `P${randomUUID().slice(0, 8).toUpperCase()}`;
    return (await officer.does('addBody', { ref, name: 'A panel' })).body.ref;
  };
  const person = async (): Promise<string> => (await officer.does('addPerson', { name: 'A. N. Other' })).person.ref;
  const paper = async (): Promise<string> =>
    (await officer.does('recordDocument', { body: 'CGB', title: randomUUID(), kind: 'REPORT' })).document.ref;
  const withdrawn = async (): Promise<string> => {
    const ref = await paper();
    await officer.does('withdrawDocument', { ref, reason });
    return ref;
  };
  const replaced = async (): Promise<string> => {
    const ref = await paper();
    await officer.does('replaceDocument', { ref, supersededBy: await paper(), reason });
    return ref;
  };
  const rule = async (kind: string, more: object = {}): Promise<string> => {
    const body = `R${randomUUID().slice(0, 8).toUpperCase()}`;
    await officer.does('addBody', { ref: body, name: 'A body' });
    return (await monitoring.does('addRule', { kind, body, title: 't', ...more })).rule.ref;
  };
  const route = () => rule('CLOSURE_ROUTE');
  const scores = () => rule('SCORE_SCALE', { as: 'scores' });
  const banded = (...bands: readonly object[]) => ({ likelihoods: [{ score: 1 }], impacts: [{ score: 1 }], bands });
  const policy = () => rule('DUE_DATE_POLICY', { as: 'due-dates' });
  const adding =
    (kind: string, more: object = {}): Scene =>
    async () =>
      monitoring.fails('addRule', { kind, body: 'CGB', title: 't', ...more });
  const asks = (one: boolean) => ({ ownerSays: one, officeSays: false, auditorSays: false, originatorSays: false });
  const recommendation = async (more: Variables = {}): Promise<string> =>
    (
      await officer.does('makeRecommendation', {
        ...{ body: 'CGB', originator: 'CGB', kind: 'RECOMMENDATION', title: 'A title', owner: 'force-lead' },
        ...{ due: { on: dayFromToday(9) }, ...more },
      })
    ).recommendation.ref;
  const closedRecommendation = async (): Promise<string> => {
    const ref = await recommendation();
    await lead.does('sayOwnerWord', { ref, word: 'DONE' });
    await commissioner.does('sayOfficeWord', { ref, word: 'DONE' });
    return ref;
  };
  const askedForMore = async (): Promise<string> => {
    const ref = await recommendation();
    await lead.does('requestRecommendationExtension', { ref, due: { on: dayFromToday(20) }, reason });
    return ref;
  };
  /** A body with that due-date policy. */
  const underPolicy = async (asks: Variables): Promise<string> => {
    const body = `B${randomUUID().slice(0, 8).toUpperCase()}`;
    await officer.does('addBody', { ref: body, name: 'A body' });
    await monitoring.does('addRule', { kind: 'DUE_DATE_POLICY', body, title: 'Due dates', as: 'due-dates' });
    await monitoring.does('setDueDatePolicy', { ref: `${body}-due-dates`, ...asks });
    return body;
  };
  const extending = async (body: string, more: Variables = {}) => {
    const said = { body, title: 'A title', owner: 'force-lead', due: { on: dayFromToday(2) }, ...more };
    const { ref } = (await officer.does('raiseAction', said)).action;
    await commissioner.does('agreeAction', { ref, ...more, due: undefined });
    return officer.fails('extendActionDueDate', { ref, due: { on: dayFromToday(9) }, reason });
  };
  /** A scale of priorities of which nothing is in force yet, by the end of its reference. */
  const scale = async (): Promise<string> => {
    const as = `scale-${randomUUID().slice(0, 8)}`;
    await monitoring.does('addRule', { kind: 'PRIORITY_SCALE', body: 'CGB', title: 'Priorities', as });
    return as;
  };
  const more = { due: { on: dayFromToday(30) } };
  const recommending =
    (more: Variables): Scene =>
    () =>
      officer.fails('makeRecommendation', {
        ...{ body: 'CGB', originator: 'CGB', kind: 'RECOMMENDATION', title: 'A title' },
        ...more,
      });
  const proposedRisk = async (more: Variables = {}): Promise<string> => {
    const risk = { body: 'CGB', register: 'OPCC', kind: 'THREAT', title: 'A title', owner: 'force-lead' };
    return (await officer.does('proposeRisk', { ...risk, ...more })).risk.ref;
  };
  const risk = async (more: Variables = {}): Promise<string> => {
    const ref = await proposedRisk(more);
    await officer.does('registerRisk', { ref });
    return ref;
  };
  const closingAsked = async (more: Variables = {}): Promise<string> => {
    const ref = await risk(more);
    await lead.does('requestRiskClosure', { ref, side: 'FORCE', reason });
    return ref;
  };
  const closedRisk = async (): Promise<string> => {
    const ref = await closingAsked();
    await commissioner.does('closeRisk', { ref });
    return ref;
  };
  /** A score scale, with a version of one step each way where it is in force. */
  const scoreScale = async (isInForce: boolean): Promise<string> => {
    const as = `scores-${randomUUID().slice(0, 8)}`;
    const { ref } = (await monitoring.does('addRule', { kind: 'SCORE_SCALE', body: 'CGB', title: 'Scores', as })).rule;
    const bands = [{ band: 'Low', least: 1, most: 1 }];
    if (isInForce)
      await monitoring.does('setScoreScale', { ref, likelihoods: [{ score: 1 }], impacts: [{ score: 1 }], bands });
    return ref;
  };
  const scoring =
    (rule: () => Promise<string>, more: Variables = {}): Scene =>
    async () =>
      lead.fails('scoreRisk', {
        ...{ ref: await risk(), of: 'CURRENT', rule: await rule(), likelihood: 1, impact: 1, reason },
        ...more,
      });
  const controlled = async (): Promise<Variables> => {
    const ref = await risk();
    await lead.does('addRiskControl', { ref, measure: 't', kind: 'ADDITIONAL', targetOn: dayFromToday(9) });
    await office.served.ready();
    const controls =
      'query ($ref: ID!) { ledger { risk(ref: $ref) { controls(first: 1) { edges { node { event } } } } } }';
    const { ledger } = await officer.runs(controls, { ref });
    return { ref, control: ledger.risk.controls.edges[0].node.event as string };
  };
  const proposedDecision = async (more: Variables = {}): Promise<string> =>
    (await officer.does('proposeDecision', { body: 'CGB', maker: 'COMMISSIONER', title: 'A title', ...more })).decision
      .ref;
  const draftedDecision = async (more: Variables = {}): Promise<string> => {
    const ref = await proposedDecision(more);
    await officer.does('draftDecision', { ref, recommendation: 't' });
    return ref;
  };
  const advisedDecision = async (more: Variables = {}): Promise<string> => {
    const ref = await draftedDecision(more);
    await officer.does('adviseOnDecision', { ref, adviceOn: 'FINANCE', applies: false });
    return ref;
  };
  const madeDecision = async (): Promise<string> => {
    const ref = await advisedDecision();
    await commissioner.does('makeDecision', { ref, decided: 't' });
    return ref;
  };
  const recordedDecision = async (): Promise<string> => {
    const ref = await madeDecision();
    await officer.does('recordDecision', { ref, publicInterest: false });
    return ref;
  };
  const revokedDecision = async (): Promise<string> => {
    const ref = await madeDecision();
    await commissioner.does('revokeDecision', { ref, reason });
    return ref;
  };
  const item = async (more: Variables = {}): Promise<string> =>
    (await officer.does('suggestForwardPlanItem', { body: 'CGB', title: 'A title', ...more })).forwardPlanItem.ref;
  const plannedItem = async (): Promise<string> => {
    const ref = await item();
    await officer.does('scheduleForwardPlanItem', { ref, plannedFor: { meeting: next } });
    return ref;
  };
  const itemAwaitingPaper = async (): Promise<string> => {
    const ref = await plannedItem();
    await officer.does('commissionForwardPlanPaper', { ref });
    return ref;
  };
  const itemWithPaper = async (): Promise<string> => {
    const ref = await itemAwaitingPaper();
    await officer.does('receiveForwardPlanPaper', { ref });
    return ref;
  };
  const presentedItem = async (): Promise<string> => {
    const ref = await plannedItem();
    await officer.does('presentForwardPlanItem', { ref });
    return ref;
  };
  const droppedItem = async (): Promise<string> => {
    const ref = await item();
    await officer.does('dropForwardPlanItem', { ref, reason });
    return ref;
  };
  const total = { list: 'ACTION', asAt: dayFromToday(0), number: 1, counts: 't' };
  const unknownMeeting = 'CGB-2001-01-01';

  return {
    actions: {
      NOT_RAISED: async () =>
        lead.fails('giveActionUpdate', {
          ref: await office.raise({ effectiveOn: dayFromToday(-2) }),
          text: 't',
          effectiveOn: dayFromToday(-5),
        }),
      NOT_CLOSED: on(office.agreed, commissioner, 'reopenAction', { reason }),
      ACTION_CLOSED: on(closed, lead, 'giveActionUpdate', { text: 't' }),
      ALREADY_AGREED: on(office.agreed, commissioner, 'agreeAction'),
      NOT_REPORTED_COMPLETE: on(office.agreed, commissioner, 'signOffAction', DELEGATED),
      NOT_AGREED: on(office.raise, lead, 'reportActionComplete', { text: 't' }),
      ALREADY_REPORTED_COMPLETE: on(reported, lead, 'reportActionComplete', { text: 't' }),
      AWAITING_SIGN_OFF: on(reported, officer, 'deferAction', { until: dayFromToday(5), reason }),
      OWNER_MAY_NOT_SIGN_OFF: async () => {
        const ref = await office.agreed({ owner: 'commissioner' });
        await commissioner.does('reportActionComplete', { ref, text: 't' });
        return commissioner.fails('signOffAction', { ref, ...DELEGATED });
      },
      SIGNER_UNKNOWN: async () => {
        const owner = await post('force-lead');
        await officer.does('appointHolder', { post: owner, person: await person() });
        const ref = await office.agreed({ owner });
        await officer.does('reportActionComplete', { ref, text: 't', by: owner, ...DELEGATED });
        return officer.fails('signOffAction', { ref, by: 'commissioner', ...DELEGATED });
      },
      SIGN_OFF_NEEDS_AUTHORITY: on(reported, commissioner, 'signOffAction'),
      CONVERSION_NEEDS_AUTHORITY: on(office.agreed, commissioner, 'convertAction'),
      AUTHORITY_BEFORE_RAISED: async () =>
        commissioner.fails('agreeAction', {
          ref: await office.raise({ body: 'CGB', meeting: null, effectiveOn: dayFromToday(-29) }),
          authority: { meeting: board },
        }),
      RETURN_NEEDS_REASON: on(reported, commissioner, 'returnAction'),
      EXTENSION_NEEDS_REASON: on(office.agreed, officer, 'extendActionDueDate', { due: { on: dayFromToday(9) } }),
      DEFERRAL_NEEDS_REASON: on(office.agreed, officer, 'deferAction', { until: dayFromToday(9) }),
      MERGER_NEEDS_REASON: async () =>
        officer.fails('mergeAction', { ref: await office.agreed(), into: await office.agreed() }),
      SUPERSESSION_NEEDS_REASON: async () =>
        officer.fails('supersedeAction', { ref: await office.agreed(), supersededBy: await office.agreed() }),
      WITHDRAWAL_NEEDS_REASON: on(office.agreed, commissioner, 'withdrawAction'),
      REOPENING_NEEDS_REASON: on(closed, commissioner, 'reopenAction'),
      NEEDS_MEETING_OR_BODY: () => officer.fails('raiseAction', { title: 'A title' }),
      NEEDS_MEETING: raising({ raisedBy: 'MEETING' }),
      NEEDS_OCCASION: raising({ raisedBy: 'LETTER' }),
      OCCASION_OF_NOTHING: raising({ occasion: 'A letter of 2 June' }),
      PROMISE_NEEDS_MEETING: raising({ promise: randomUUID() }),
      PROMISE_NOT_MINUTED: () =>
        officer.fails('raiseAction', { title: 'A title', meeting: next, promise: randomUUID() }),
      NOT_A_PROMISE: async () => {
        const held = await meeting({ on: dayFromToday(0) });
        await officer.does('holdMeeting', { ref: held });
        await officer.does('minuteItem', { ref: held, text: 'It was noted.' });
        await office.served.ready();
        const minutes = 'query ($ref: ID!) { ledger { meeting(ref: $ref) { items { event } } } }';
        const { ledger } = await officer.runs(minutes, { ref: held });
        const promise = ledger.meeting.items[0].event as string;
        return officer.fails('raiseAction', { title: 'A title', meeting: held, promise });
      },
      DUE_NEEDED: on(office.agreed, officer, 'extendActionDueDate', { due: { phrase: 'soon' }, reason }),
      DEFERRAL_AMBIGUOUS: on(office.agreed, officer, 'deferAction', { until: dayFromToday(9), meeting: next, reason }),
      MEETING_CANCELLED: async () => officer.fails('raiseAction', { title: 'A title', meeting: await cancelled() }),
      OTHER_BODY: async () => {
        await officer.does('addBody', { ref: 'PCP', name: 'Panel' });
        return officer.fails('raiseAction', { title: 'A title', meeting: next, body: 'PCP' });
      },
      ORIGIN_AMBIGUOUS: async () =>
        officer.fails('raiseAction', { title: 'A title', meeting: next, decision: await madeDecision() }),
      NOT_OF_THAT_BODY: async () => {
        await officer.does('addBody', { ref: 'PCPB', name: 'Panel' });
        return officer.fails('raiseAction', { title: 'A title', body: 'PCPB', decision: await madeDecision() });
      },
      UNKNOWN_CAUSE: async () =>
        officer.fails('raiseAction', { title: 'A title', decision: await madeDecision(), causedBy: randomUUID() }),
      SAME_ACTION: async () => {
        const ref = await office.agreed();
        return officer.fails('mergeAction', { ref, into: ref, reason });
      },
      OTHER_ACTION_CLOSED: async () =>
        officer.fails('mergeAction', { ref: await office.agreed(), into: await closed(), reason }),
      UNKNOWN_VERSION: on(office.agreed, lead, 'addActionEvidence', { title: 't', version: '1' }),
      DUE_BEFORE_RAISED: raising({ due: { on: dayFromToday(-1) } }),
      NOT_AN_EXTENSION: async () =>
        officer.fails('extendActionDueDate', {
          ref: await office.agreed({ due: { on: dayFromToday(9) } }),
          due: { on: dayFromToday(8) },
          reason,
        }),
      DEFERRED_TO_THE_PAST: on(office.agreed, officer, 'deferAction', { until: dayFromToday(-1), reason }),
      NOTHING_CHANGES: on(office.agreed, officer, 'reassignAction', { owner: 'force-lead' }),
    },
    risks: {
      NOTHING_REWORDED: on(risk, lead, 'rewordRisk'),
      NOTHING_REPORTED: async () => lead.fails('reportRiskControl', await controlled()),
      NOT_PROPOSED: async () =>
        officer.fails('registerRisk', { ref: await proposedRisk(), effectiveOn: dayFromToday(-3), reason }),
      NOTHING_TO_REOPEN: on(risk, officer, 'reopenRisk', { reason }),
      RISK_ENDED: on(closedRisk, lead, 'reviewRisk'),
      ALREADY_REGISTERED: on(risk, officer, 'registerRisk'),
      NOT_REGISTERED: on(proposedRisk, lead, 'reviewRisk'),
      REQUEST_PENDING: on(closingAsked, lead, 'requestRiskClosure', { side: 'FORCE', reason }),
      NOTHING_ASKED: on(risk, commissioner, 'closeRisk'),
      OWNER_MAY_NOT_DECIDE: on(() => closingAsked({ owner: 'commissioner' }), commissioner, 'closeRisk'),
      DECIDER_UNKNOWN: async () => {
        const owner = await post('force-lead');
        await officer.does('appointHolder', { post: owner, person: await person() });
        return officer.fails('closeRisk', { ref: await closingAsked({ owner }), by: 'commissioner', ...DELEGATED });
      },
      OWN_ASSURANCE: async () =>
        lead.fails('assureRiskControl', { ...(await controlled()), line: 'SECOND', opinion: 'LIMITED' }),
      AUTHORITY_BEFORE_PROPOSED: on(proposedRisk, officer, 'registerRisk', { authority: { meeting: board } }),
      SCORE_NEEDS_RATIONALE: scoring(() => scoreScale(true), { reason: undefined }),
      MOVE_NEEDS_REASON: async () =>
        lead.fails('moveRiskControl', { ...(await controlled()), targetOn: dayFromToday(20) }),
      ACCEPTANCE_NEEDS_REASON: on(risk, lead, 'requestRiskAcceptance', { side: 'FORCE', until: dayFromToday(9) }),
      CLOSING_NEEDS_REASON: on(risk, lead, 'requestRiskClosure', { side: 'FORCE' }),
      REFUSAL_NEEDS_REASON: on(closingAsked, officer, 'refuseRiskRequest'),
      ESCALATION_NEEDS_REASON: on(risk, officer, 'escalateRisk', { register: 'JOINT' }),
      REOPENING_NEEDS_REASON: on(closedRisk, officer, 'reopenRisk'),
      WITHOUT_CONTROLS: on(risk, lead, 'reportRiskControl', { control: randomUUID(), standing: 'IN_PLACE' }),
      UNKNOWN_CONTROL: async () =>
        lead.fails('reportRiskControl', { ...(await controlled()), control: randomUUID(), standing: 'IN_PLACE' }),
      ACCEPTED_TO_THE_PAST: on(risk, lead, 'requestRiskAcceptance', {
        ...{ side: 'FORCE', until: dayFromToday(-1), reason },
      }),
      SAME_REGISTER: on(risk, officer, 'escalateRisk', { register: 'OPCC', reason }),
      SAME_RISK: async () => {
        const ref = await risk();
        return officer.fails('mergeRisk', { ref, into: ref });
      },
      INTO_ENDED_RISK: async () => officer.fails('mergeRisk', { ref: await risk(), into: await closedRisk() }),
      NO_SUCH_SCALE: scoring(async () => `CGB-${await scale()}`),
      SCALE_NOT_IN_FORCE: scoring(() => scoreScale(false)),
      NO_SUCH_STEP: scoring(() => scoreScale(true), { impact: 2 }),
      TARGET_DAY_NEEDED: on(risk, lead, 'addRiskControl', { measure: 't', kind: 'ADDITIONAL' }),
      TARGET_DAY_OF_NOTHING: on(risk, lead, 'addRiskControl', {
        ...{ measure: 't', kind: 'EXISTING', targetOn: dayFromToday(9) },
      }),
      NOTHING_CHANGES: on(risk, officer, 'allocateRisk', { owner: 'force-lead' }),
    },
    decisions: {
      DECISION_TAKEN: on(madeDecision, officer, 'draftDecision', { recommendation: 't' }),
      NOT_DRAFTED: on(proposedDecision, officer, 'adviseOnDecision', { adviceOn: 'PLAN', applies: false }),
      NOT_ADVISED: on(draftedDecision, commissioner, 'makeDecision', { decided: 't' }),
      NOT_MADE: on(advisedDecision, commissioner, 'varyDecision', { variation: 't', reason }),
      DECISION_ENDED: on(revokedDecision, commissioner, 'varyDecision', { variation: 't', reason }),
      WITHOUT_CONDITIONS: on(madeDecision, officer, 'reportDecisionCondition', {
        ...{ condition: randomUUID(), standing: 'MET' },
      }),
      NOBODY_CONSULTED: on(proposedDecision, officer, 'recordDecisionConsultation', { said: 't' }),
      ALREADY_SIGNED: async () => {
        const ref = await madeDecision();
        await officer.does('signDecision', { ref, signedBy: 'commissioner' });
        return officer.fails('signDecision', { ref, signedBy: 'commissioner' });
      },
      NOTHING_TO_RECORD: on(advisedDecision, officer, 'recordDecision', { publicInterest: false }),
      ALREADY_RECORDED: on(recordedDecision, officer, 'recordDecision', { publicInterest: false }),
      NOT_RECORDED: on(madeDecision, officer, 'publishDecisionNotice'),
      ALREADY_PUBLISHED: async () => {
        const ref = await recordedDecision();
        await officer.does('publishDecisionNotice', { ref });
        return officer.fails('withholdDecision', { ref, reason });
      },
      MEETING_DECIDES: on(() => advisedDecision({ maker: 'BODY' }), officer, 'makeDecision', { decided: 't' }),
      OTHER_BODY_MET: async () => {
        const as = `B${Date.now() % 1_000_000}`;
        await officer.does('addBody', { ref: as, name: 'Another body' });
        return officer.fails('makeDecision', {
          ...{ ref: await advisedDecision({ maker: 'BODY', body: as }), decided: 't', authority: { meeting: board } },
        });
      },
      AUTHORITY_BEFORE_PROPOSED: on(() => advisedDecision({ maker: 'BODY' }), officer, 'makeDecision', {
        ...{ decided: 't', authority: { meeting: board } },
      }),
      DELEGATION_NEEDS_AUTHORITY: on(proposedDecision, commissioner, 'delegateDecision', { delegate: 'force-lead' }),
      OPTION_NEEDS_REASON: on(proposedDecision, officer, 'rejectDecisionOption', { option: 't' }),
      DEFERRAL_NEEDS_REASON: on(proposedDecision, commissioner, 'deferDecision'),
      REFUSAL_NEEDS_REASON: on(draftedDecision, commissioner, 'refuseDecision'),
      DROPPING_NEEDS_REASON: on(proposedDecision, officer, 'dropDecision'),
      WITHHOLDING_NEEDS_REASON: on(recordedDecision, officer, 'withholdDecision'),
      VARIATION_NEEDS_REASON: on(madeDecision, commissioner, 'varyDecision', { variation: 't' }),
      REVOCATION_NEEDS_REASON: on(madeDecision, commissioner, 'revokeDecision'),
      ADVICE_NEEDED: on(draftedDecision, officer, 'adviseOnDecision', { adviceOn: 'PLAN', applies: true }),
      DUE_BEFORE_DECIDED: on(madeDecision, commissioner, 'nameDecisionAction', {
        ...{ title: 't', due: { on: dayFromToday(-1) } },
      }),
      UNKNOWN_CONDITION: async () => {
        const ref = await madeDecision();
        await commissioner.does('setDecisionCondition', { ref, subjectTo: 't' });
        return officer.fails('reportDecisionCondition', { ref, condition: randomUUID(), standing: 'MET' });
      },
      SAME_DECISION: async () => {
        const ref = await madeDecision();
        return commissioner.fails('supersedeDecision', { ref, supersededBy: ref });
      },
      OTHER_NOT_MADE: async () =>
        commissioner.fails('supersedeDecision', { ref: await madeDecision(), supersededBy: await advisedDecision() }),
      BASIS_AFTER_DECISION: on(advisedDecision, commissioner, 'makeDecision', {
        ...{ decided: 't', basisOn: dayFromToday(1) },
      }),
      BASIS_AFTER_NOW: on(advisedDecision, commissioner, 'makeDecision', {
        ...{ decided: 't', basisRecorded: `${dayFromToday(2)}T12:00:00Z` },
      }),
      NOTHING_CHANGES: async () => {
        const ref = await proposedDecision();
        const delegation = { ref, delegate: 'force-lead', authority: { delegation: 'SoD-4' } };
        await commissioner.does('delegateDecision', delegation);
        return commissioner.fails('delegateDecision', delegation);
      },
    },
    'forward-plan': {
      NOTHING_REVISED: on(item, officer, 'reviseForwardPlanItem'),
      VERSION_NEEDS_PAPER: on(itemAwaitingPaper, officer, 'receiveForwardPlanPaper', { paperVersion: '1' }),
      AGENDA_ITEM_NEEDS_MEETING: on(plannedItem, officer, 'presentForwardPlanItem', { agendaItem: randomUUID() }),
      NOT_SUGGESTED: async () =>
        officer.fails('reviseForwardPlanItem', {
          ...{ ref: await item({ effectiveOn: dayFromToday(-2) }), title: 't', effectiveOn: dayFromToday(-5) },
        }),
      ITEM_DROPPED: on(droppedItem, officer, 'reviseForwardPlanItem', { title: 't' }),
      ITEM_PRESENTED: on(presentedItem, officer, 'reviseForwardPlanItem', { title: 't' }),
      ALREADY_SCHEDULED: on(plannedItem, officer, 'scheduleForwardPlanItem', { plannedFor: { on: dayFromToday(50) } }),
      NOT_SCHEDULED: on(item, officer, 'presentForwardPlanItem'),
      ALREADY_COMMISSIONED: on(itemAwaitingPaper, officer, 'commissionForwardPlanPaper'),
      NOT_COMMISSIONED: on(plannedItem, officer, 'receiveForwardPlanPaper'),
      ALREADY_RECEIVED: on(itemWithPaper, officer, 'receiveForwardPlanPaper'),
      DEFERRAL_NEEDS_REASON: on(plannedItem, officer, 'deferForwardPlanItem'),
      DROPPING_NEEDS_REASON: on(item, officer, 'dropForwardPlanItem'),
      PLACE_NEEDED: on(item, officer, 'scheduleForwardPlanItem', { plannedFor: { phrase: 'some time' } }),
      UNKNOWN_CAUSE: async () =>
        officer.fails('suggestForwardPlanItem', {
          ...{ body: 'CGB', title: 't', comesFrom: await office.agreed(), causedBy: randomUUID() },
        }),
      NOT_OF_THAT_BODY: async () => {
        await officer.does('addBody', { ref: 'PCPC', name: 'Panel' });
        const ref = await office.agreed();
        const authority = { delegation: 'SoD-4' };
        await commissioner.does('convertAction', { ref, into: 'FORWARD_PLAN_ITEM', authority });
        await office.served.ready();
        const closed =
          'query ($ref: ID!) { ledger { action(ref: $ref) { history(first: 9) { edges { node { id type } } } } } }';
        const { ledger } = await officer.runs(closed, { ref });
        const { id } = ledger.action.history.edges.at(-1).node as { id: string };
        return officer.fails('suggestForwardPlanItem', { body: 'PCPC', title: 't', comesFrom: ref, causedBy: id });
      },
      OTHER_BODY: async () => {
        const as = `B${Date.now() % 1_000_000}`;
        await officer.does('addBody', { ref: as, name: 'Another body' });
        return officer.fails('suggestForwardPlanItem', { body: as, title: 't', plannedFor: { meeting: next } });
      },
      MEETING_CANCELLED: async () => {
        const on = { body: 'CGB', on: dayFromToday(60) };
        const { ref: meeting } = (await officer.does('scheduleMeeting', on)).meeting;
        await officer.does('cancelMeeting', { ref: meeting, reason });
        return officer.fails('scheduleForwardPlanItem', { ref: await item(), plannedFor: { meeting } });
      },
      PLANNED_FOR_THE_PAST: on(item, officer, 'scheduleForwardPlanItem', { plannedFor: { on: dayFromToday(-1) } }),
      UNKNOWN_PAPER_VERSION: async () => {
        const paper = { body: 'CGB', title: 't', kind: 'REPORT' };
        const { ref } = (await officer.does('recordDocument', paper)).document;
        return officer.fails('receiveForwardPlanPaper', {
          ...{ ref: await itemAwaitingPaper(), paper: ref, paperVersion: '99' },
        });
      },
      MEETING_NOT_HELD: on(plannedItem, officer, 'presentForwardPlanItem', { meeting: next }),
      UNKNOWN_AGENDA_ITEM: on(plannedItem, officer, 'presentForwardPlanItem', {
        ...{ meeting: board, agendaItem: randomUUID() },
      }),
      NOTHING_CHANGES: on(plannedItem, officer, 'deferForwardPlanItem', { plannedFor: { meeting: next }, reason }),
    },
    'what any command may be': {
      UNKNOWN_FORWARD_PLAN_ITEM: async () =>
        officer.fails('suggestForwardPlanItem', { body: 'CGB', title: 't', comesFrom: 'CGB-2001-01-F1' }),
      UNKNOWN_DECISION: on(madeDecision, commissioner, 'supersedeDecision', { supersededBy: 'CGB-2001-01-D1' }),
      UNKNOWN_RISK: on(risk, officer, 'mergeRisk', { into: 'CGB-2001-01-K1' }),
      BLANK: raising({ title: '  ' }),
      MALFORMED: raising({ item: 'the seventh item of the agenda' }),
      TOO_LONG: async () => monitoring.fails('setPersonSubject', { person: await person(), subject: 's'.repeat(257) }),
      AMBIGUOUS: raising({ due: { on: dayFromToday(5), meeting: next } }),
      UNKNOWN_MEETING: raising({ due: { meeting: unknownMeeting } }),
      UNKNOWN_BODY: raising({ body: 'NONE' }),
      UNKNOWN_POST: raising({ owner: 'nobody' }),
      UNKNOWN_ACTION: on(office.agreed, officer, 'mergeAction', { into: 'CGB-2001-01-A1', reason }),
      UNKNOWN_DOCUMENT: on(paper, officer, 'replaceDocument', { supersededBy: 'CGB-2001-01-E1', reason }),
      UNKNOWN_RECOMMENDATION: on(recommendation, officer, 'supersedeRecommendation', {
        supersededBy: 'CGB-2001-01-R1',
      }),
      UNKNOWN_PERSON: async () => officer.fails('appointHolder', { post: await post(), person: 'person-zzzzz' }),
    },
    meetings: {
      NOT_SCHEDULED: async () =>
        officer.fails('cancelMeeting', { ref: await meeting(), reason, effectiveOn: dayFromToday(-3) }),
      ALREADY_HELD: () => officer.fails('cancelMeeting', { ref: board, reason }),
      MEETING_CANCELLED: async () => officer.fails('holdMeeting', { ref: await cancelled() }),
      ALREADY_CANCELLED: async () => officer.fails('cancelMeeting', { ref: await cancelled(), reason }),
      NOT_HELD: async () => officer.fails('minuteItem', { ref: await meeting(), text: 't' }),
      DAY_AMBIGUOUS: () =>
        officer.fails('scheduleMeeting', {
          body: 'CGB',
          on: dayFromToday(3),
          span: { how: 'by', to: dayFromToday(9) },
        }),
      DAY_NEEDED: () => officer.fails('scheduleMeeting', { body: 'CGB' }),
      NOT_YET_HELD: async () => officer.fails('holdMeeting', { ref: await meeting() }),
      CANCELLATION_NEEDS_REASON: async () => officer.fails('cancelMeeting', { ref: await meeting() }),
      NOTHING_CHANGES: async () => officer.fails('postponeMeeting', { ref: await meeting(), to: dayFromToday(10) }),
      NOTHING_ARRANGED: on(whole, officer, 'arrangeMeeting'),
      NOTHING_SAID_OF_SITTING: on(whole, officer, 'recordSitting'),
      CONTINUES_NEEDS_BOTH: on(whole, officer, 'listAgendaItem', { title: 't', continues: randomUUID() }),
      VERSION_NEEDS_PAPER: on(whole, officer, 'draftMinutes', { paperVersion: '1' }),
      DEFERRED_TO_TWO: ofItem('deferAgendaItem', { to: next, within: { how: 'by', to: dayFromToday(9) } }),
      NOTHING_REPORTED: ofItem('reportAgendaItem'),
      SUPPLEMENT_GIVES_NO_POSITION: ofItem('issuePapers', { asAt: dayFromToday(-2) }),
      TIME_NEEDS_DAY: on(whole, officer, 'issuePapers', { asAtTime: '12:00' }),
      MINUTES_CONFIRMED: on(confirmed, officer, 'minuteItem', { text: 't' }),
      ALREADY_CONFIRMED: on(confirmed, officer, 'confirmMinutes', { confirmedAt: next }),
      DEFERRED_TO_ITSELF: async () => {
        const { ref, agendaItem } = await withItem();
        return officer.fails('deferAgendaItem', { ref, agendaItem, to: ref });
      },
      WITHOUT_AGENDA: on(bare, officer, 'presentAgendaItem', { agendaItem: randomUUID() }),
      UNKNOWN_AGENDA_ITEM: on(whole, officer, 'presentAgendaItem', { agendaItem: randomUUID() }),
      ITEM_SETTLED: async () => {
        const named = await withItem();
        await officer.does('listAgendaItem', { ref: named.ref, title: 'Another' });
        await officer.does('presentAgendaItem', named);
        return officer.fails('presentAgendaItem', named);
      },
      ALREADY_MINUTED: async () => {
        const named = await withItem();
        await officer.does('reportAgendaItem', { ...named, overview: 't' });
        return officer.fails('reportAgendaItem', { ...named, overview: 't' });
      },
      CONTINUES_ITSELF: async () => {
        const { ref, agendaItem } = await withItem();
        return officer.fails('listAgendaItem', { ref, title: 't', fromMeeting: ref, continues: agendaItem });
      },
      ITEM_LISTED_ALREADY: on(whole, officer, 'listAgendaItem', { title: 't', item: '4' }),
      UNKNOWN_ITEM_NUMBER: on(whole, officer, 'recordAttendance', {
        attenders: [{ as: 'PRESENT', body: 'CGB', joined: '77' }],
      }),
      LEFT_BEFORE_JOINING: on(whole, officer, 'recordAttendance', {
        attenders: [{ as: 'PRESENT', body: 'CGB', joined: '4', left: '4' }],
      }),
      CLOSES_BEFORE_IT_OPENS: on(whole, officer, 'recordSitting', { opened: '13:00', closed: '12:00' }),
      NOTHING_TO_ANSWER: on(whole, officer, 'answerPublicQuestion', { question: randomUUID(), text: 't' }),
      UNKNOWN_QUESTION: async () => {
        const ref = await whole();
        await officer.does('recordPublicQuestion', { ref, text: 't' });
        return officer.fails('answerPublicQuestion', { ref, question: randomUUID(), text: 't' });
      },
      ALREADY_ANSWERED: async () => {
        const ref = await whole();
        for (const _ of [1, 2]) await officer.does('recordPublicQuestion', { ref, text: 't' });
        const question = await entryOf(ref, 'questions');
        await officer.does('answerPublicQuestion', { ref, question, text: 't' });
        return officer.fails('answerPublicQuestion', { ref, question, text: 't' });
      },
      GROUND_TWICE: on(whole, officer, 'excludePublic', {
        grounds: [{ paragraph: 'PARAGRAPH_1' }, { paragraph: 'PARAGRAPH_1' }],
      }),
      POSITION_AFTER_ISSUE: on(whole, officer, 'issuePapers', { asAt: dayFromToday(1) }),
      NOT_DRAFTED: on(whole, officer, 'circulateMinutes'),
      NOT_CIRCULATED: on(whole, officer, 'confirmMinutes', { confirmedAt: next }),
      NOT_CONFIRMED: on(whole, officer, 'publishMinutes'),
      ALREADY_PUBLISHED: async () => {
        const ref = await confirmed();
        await officer.does('publishMinutes', { ref });
        return officer.fails('publishMinutes', { ref });
      },
      NOT_A_LATER_MEETING: async () => {
        const ref = await circulated();
        return officer.fails('confirmMinutes', { ref, confirmedAt: ref });
      },
      NOT_IN_THE_MINUTES: async () =>
        officer.fails('correctMinutes', {
          ...{ ref: await confirmed(), minute: randomUUID(), agreedAt: await heldToday(), text: 't' },
        }),
      WITHDRAWAL_NEEDS_REASON: ofItem('withdrawAgendaItem'),
      ATTENDER_UNNAMED: on(whole, officer, 'recordAttendance', { attenders: [{ as: 'PRESENT' }] }),
      INTEREST_NEEDED: on(whole, officer, 'declareInterest', { kind: 'NON_REGISTRABLE' }),
      NOBODY_DECLARED: on(whole, officer, 'declareInterest', { kind: 'NONE', text: 't' }),
      UNKNOWN_PAPER_VERSION: async () =>
        officer.fails('draftMinutes', { ref: await whole(), paper: await paper(), paperVersion: '77' }),
      UNKNOWN_CARRIED_OVER: on(whole, officer, 'listAgendaItem', {
        ...{ title: 't', fromMeeting: next, continues: randomUUID() },
      }),
      OF_ANOTHER_BODY: async () => {
        const body = `B${randomUUID().slice(0, 4).toUpperCase()}`;
        await officer.does('addBody', { ref: body, name: 'n' });
        const other = (await officer.does('scheduleMeeting', { body, on: dayFromToday(5) })).meeting.ref;
        return officer.fails('confirmMinutes', { ref: await circulated(), confirmedAt: other });
      },
      NOT_HELD_THEN: async () => officer.fails('confirmMinutes', { ref: await circulated(), confirmedAt: next }),
      SLIP_NEEDS_CONFIRMED_MINUTES: async () => {
        const ref = await confirmed();
        const event = await entryOf(ref, 'agenda');
        return officer.fails('correctMeeting', { ref, event, path: 'title', is: 'x', reason });
      },
    },
    documents: {
      NOT_RECORDED: async () =>
        officer.fails('withdrawDocument', { ref: await paper(), reason, effectiveOn: dayFromToday(-3) }),
      DOCUMENT_REPLACED: on(replaced, officer, 'withdrawDocument', { reason }),
      DOCUMENT_WITHDRAWN: on(withdrawn, officer, 'withdrawDocument', { reason }),
      VERSION_NEEDS_REASON: on(paper, officer, 'addDocumentVersion', { version: '2', changed: 't' }),
      WITHDRAWAL_NEEDS_REASON: on(paper, officer, 'withdrawDocument'),
      REPLACEMENT_NEEDS_REASON: async () =>
        officer.fails('replaceDocument', { ref: await paper(), supersededBy: await paper() }),
      SAME_DOCUMENT: async () => {
        const ref = await paper();
        return officer.fails('replaceDocument', { ref, supersededBy: ref, reason });
      },
      OTHER_DOCUMENT_GONE: async () =>
        officer.fails('replaceDocument', { ref: await paper(), supersededBy: await withdrawn(), reason }),
      VERSION_EXISTS: on(paper, officer, 'addDocumentVersion', { version: '1', changed: 't', reason }),
      UNKNOWN_VERSION: on(paper, monitoring, 'redactDocument', { version: '2', withholds: 't', exemption: 't' }),
      RETAINED_TO_THE_PAST: on(paper, officer, 'retainDocument', { until: dayFromToday(-1), rule: 't' }),
      TOTAL_OF_FEWER: on(paper, officer, 'reportTotal', { ...total, number: 2, of: 1 }),
      TOTAL_AHEAD: on(paper, officer, 'reportTotal', { ...total, asAt: dayFromToday(1) }),
      UNKNOWN_FILTER: on(paper, officer, 'reportTotal', { ...total, filter: [{ filter: 'title' }] }),
      UNKNOWN_CHOICE: on(paper, officer, 'reportTotal', { ...total, filter: [{ filter: 'status', is: ['DONE'] }] }),
      NOT_ONE_RECORD: on(paper, officer, 'reportTotal', { ...total, filter: [{ filter: 'body', is: ['clerk'] }] }),
      NEEDS_NO_CHOICE: on(paper, officer, 'reportTotal', { ...total, filter: [{ filter: 'overdue', is: ['yes'] }] }),
      SAME_TOTAL: async () => {
        const ref = await paper();
        await officer.does('reportTotal', { ref, ...total });
        return officer.fails('reportTotal', { ref, ...total });
      },
      NOTHING_CHANGES: async () => {
        const ref = await paper();
        await officer.does('retainDocument', { ref, until: dayFromToday(90), rule: 't' });
        return officer.fails('retainDocument', { ref, until: dayFromToday(90), rule: 'u' });
      },
    },
    rules: {
      NOT_ADDED: async () => monitoring.fails('endRule', { ref: await route(), reason, effectiveOn: dayFromToday(-3) }),
      OTHER_KIND: on(policy, monitoring, 'setClosureRoute', asks(true)),
      END_NEEDS_REASON: async () => {
        const ref = await policy();
        await monitoring.does('setDueDatePolicy', { ref, mostExtensions: 1 });
        return monitoring.fails('endRule', { ref });
      },
      NOT_IN_FORCE: on(policy, monitoring, 'endRule', { reason }),
      VERSION_EXISTS: async () => {
        const ref = await policy();
        await monitoring.does('setDueDatePolicy', { ref, mostExtensions: 1 });
        return monitoring.fails('setDueDatePolicy', { ref, mostExtensions: 2, version: '1' });
      },
      TWICE: on(() => rule('GRADE_SCALE', { as: 'grades' }), monitoring, 'setGradeScale', {
        levels: [{ level: 'Good' }, { level: 'good' }],
      }),
      UPSIDE_DOWN: on(scores, monitoring, 'setScoreScale', banded({ band: 'Low', least: 2, most: 1 })),
      BANDS_OVERLAP: on(
        scores,
        monitoring,
        'setScoreScale',
        banded({ band: 'Low', least: 1, most: 2 }, { band: 'High', least: 2, most: 4 }),
      ),
      ROUTE_ASKS_NOBODY: on(route, monitoring, 'setClosureRoute', asks(false)),
      POLICY_ASKS_NOTHING: on(policy, monitoring, 'setDueDatePolicy', { dateNeeded: false }),
      POLICY_OPENS_NOTHING: on(() => rule('OPENING_POLICY'), monitoring, 'setOpeningPolicy', {}),
      NAME_NEEDED: adding('RAG'),
      NAME_NOT_TAKEN: adding('CLOSURE_ROUTE', { as: 'route' }),
      MALFORMED_NAME: adding('RAG', { as: 'Rag' }),
      RESERVED_NAME: adding('RAG', { as: 'late-actions' }),
      REGISTER_NEEDED: adding('LATE_ALLOWANCE'),
      REGISTER_NOT_TAKEN: adding('RAG', { as: 'rag', register: 'ACTIONS' }),
      NOTHING_CHANGES: async () => {
        const ref = await route();
        await monitoring.does('setClosureRoute', { ref, ...asks(true) });
        return monitoring.fails('setClosureRoute', { ref, ...asks(true) });
      },
    },
    recommendations: {
      DUE_NEEDED: on(recommendation, officer, 'moveRecommendationDueDate', { due: { phrase: 'soon' }, reason }),
      DATE_NEEDED: recommending({ dueSetBy: 'CGB' }),
      SUCCESSOR_NEEDED: on(recommendation, officer, 'supersedeRecommendation'),
      NOT_MADE: async () =>
        officer.fails('declineRecommendation', { ref: await recommendation(), reason, effectiveOn: dayFromToday(-3) }),
      RECOMMENDATION_ENDED: async () => {
        const ref = await recommendation();
        await officer.does('declineRecommendation', { ref, reason });
        return lead.fails('updateRecommendation', { ref, text: 't' });
      },
      EXTENSION_ALREADY_REQUESTED: on(askedForMore, lead, 'requestRecommendationExtension', { ...more, reason }),
      NO_EXTENSION_REQUESTED: on(recommendation, officer, 'grantRecommendationExtension'),
      OWNER_MAY_NOT_VERIFY: on(() => recommendation({ owner: 'opcc-officer' }), officer, 'sayOfficeWord', {
        word: 'DONE',
      }),
      VERIFIER_UNKNOWN: async () => {
        const owner = await post('force-lead');
        await officer.does('appointHolder', { post: owner, person: await person() });
        const ref = await recommendation({ owner });
        return officer.fails('sayOfficeWord', { ref, word: 'DONE', by: 'commissioner', ...DELEGATED });
      },
      WORD_NEEDS_DOCUMENT: on(recommendation, officer, 'sayAuditorWord', {
        word: 'DONE',
        by: 'internal-auditor',
        ...DELEGATED,
      }),
      AUTHORITY_BEFORE_MADE: on(recommendation, officer, 'declineRecommendation', {
        reason,
        authority: { meeting: board },
      }),
      EXTENSION_NEEDS_REASON: on(recommendation, lead, 'requestRecommendationExtension', more),
      REFUSAL_NEEDS_REASON: on(askedForMore, officer, 'refuseRecommendationExtension'),
      MOVE_NEEDS_REASON: on(recommendation, officer, 'moveRecommendationDueDate', more),
      ACCEPTANCE_NEEDS_REASON: on(recommendation, officer, 'acceptRecommendationRisk', { until: dayFromToday(9) }),
      NOT_ADOPTED_NEEDS_REASON: on(recommendation, officer, 'declineRecommendation'),
      REMOVAL_NEEDS_REASON: on(recommendation, officer, 'removeRecommendation', { agreedBy: 'CGB' }),
      REOPENING_NEEDS_REASON: on(closedRecommendation, officer, 'reopenRecommendation'),
      RECOMMENDATION_CLOSED: on(closedRecommendation, officer, 'declineRecommendation', { reason }),
      NOT_CLOSED_YET: on(recommendation, officer, 'judgeRecommendationOutcome', { outcome: 'YES' }),
      NOTHING_TO_REOPEN: on(recommendation, officer, 'reopenRecommendation', { reason }),
      RESPONSE_NEEDS_REASON: on(recommendation, lead, 'answerRecommendation', { response: 'NOT_ACCEPTED' }),
      NOT_DEPENDENT: on(recommendation, lead, 'answerRecommendation', { response: 'ACCEPTED', otherBody: 'CGB' }),
      PART_OF_NO_CAUSE: async () => recommending({ partOf: await recommendation() })(),
      UNTIL_NEEDED: on(recommendation, officer, 'acceptRecommendationRisk', { reason }),
      LEVEL_NEEDED: recommending({ priority: 'High' }),
      NO_SUCH_SCALE: async () => {
        const gradeRule = `CGB-${await scale()}`;
        return recommending({ gradeRule, grade: 'High' })();
      },
      SCALE_NOT_IN_FORCE: async () => {
        const empty = `CGB-${await scale()}`;
        return officer.fails('gradeRecommendation', { ref: await recommendation(), rule: empty, level: 'High' });
      },
      UNKNOWN_LEVEL: async () => {
        const rule = `CGB-${await scale()}`;
        await monitoring.does('setPriorityScale', { ref: rule, levels: [{ level: 'High' }] });
        return officer.fails('gradeRecommendation', { ref: await recommendation(), rule, level: 'Low' });
      },
      SAME_RECOMMENDATION: async () => {
        const ref = await recommendation();
        return officer.fails('supersedeRecommendation', { ref, supersededBy: ref });
      },
      UNKNOWN_VERSION: on(recommendation, lead, 'sayOwnerWord', { word: 'DONE', version: '1' }),
      DUE_BEFORE_MADE: recommending({ due: { on: dayFromToday(-1) } }),
      NOT_AN_EXTENSION: on(recommendation, lead, 'requestRecommendationExtension', {
        due: { on: dayFromToday(8) },
        reason,
      }),
      ACCEPTED_TO_THE_PAST: on(recommendation, officer, 'acceptRecommendationRisk', {
        until: dayFromToday(-1),
        reason,
      }),
      NOTHING_CHANGES: on(recommendation, officer, 'moveRecommendationDueDate', {
        due: { on: dayFromToday(9) },
        reason,
      }),
    },
    directory: {
      NOT_ADDED: async () =>
        officer.fails('appointHolder', { post: await post(), person: await person(), effectiveOn: dayFromToday(-3) }),
      NOT_A_POST: async () => officer.fails('appointHolder', { post: 'CGB', person: await person() }),
      NOT_A_BODY: async () => officer.fails('beginReading', { body: await post(), reads: 'CGB' }),
      READS_ITSELF: () => officer.fails('beginReading', { body: 'CGB', reads: 'CGB' }),
      READS_ALREADY: async () => {
        const body = await panel();
        await officer.does('beginReading', { body, reads: 'CGB' });
        return officer.fails('beginReading', { body, reads: 'CGB' });
      },
      NOT_READ: async () => officer.fails('endReading', { body: await panel(), reads: 'CGB' }),
      RESERVED_REFERENCE: () => officer.fails('addPost', { ref: 'operator', name: 'n' }),
      CALLED_AS_A_PAGE: () => officer.fails('addPost', { ref: 'compare', name: 'n' }),
      STANDARD_POST: () => officer.fails('addPost', { ref: 'panel-member', name: 'n', capacity: 'force-lead' }),
      NOT_A_PERSON: () => monitoring.fails('setPersonSubject', { person: 'CGB', subject: 's' }),
      OWN_APPOINTMENT: async () => {
        const self = await person();
        const appointing = await office.served.as('opcc-officer', self);
        return appointing.fails('appointHolder', { post: await post(), person: self });
      },
      OWN_POST: () => monitoring.fails('addPost', { ref: 'monitoring-officer', name: 'n' }),
      OWN_SUBJECT: async () => {
        const self = await person();
        return (await office.served.as('monitoring-officer', self)).fails('setPersonSubject', { person: self });
      },
      SUBJECT_TAKEN: async () => {
        await monitoring.does('setPersonSubject', { person: await person(), subject: 'Somebody' });
        return monitoring.fails('setPersonSubject', { person: await person(), subject: ' somebody ' });
      },
      ENDS_BEFORE_IT_BEGINS: async () =>
        officer.fails('appointHolder', { post: await post(), person: await person(), until: dayFromToday(-1) }),
      NOTHING_CHANGES: async () => {
        const appointment = { post: await post(), person: await person() };
        await officer.does('appointHolder', appointment);
        return officer.fails('appointHolder', appointment);
      },
    },
    'every record': {
      UNKNOWN_EVENT: amending(officer, 'correctAction', async () => ({ event: randomUUID(), path: 'title', is: 't' })),
      NOT_CORRECTABLE: correcting({ path: 'ref', is: 'CGB-2001-01-A1' }),
      NOT_VOIDABLE: async () => {
        const ref = await office.agreed();
        await monitoring.does('voidActionEvent', { ref, event: await event(ref, 'ActionAgreed'), reason });
        return monitoring.fails('voidActionEvent', { ref, event: await event(ref, 'Voided'), reason });
      },
      NOT_DISPUTABLE: async () =>
        officer.fails('recordOtherwiseStated', {
          record: await office.agreed(),
          path: 'ref',
          says: 't',
          source: { document: 'd' },
        }),
      INVALID_VALUE: correcting({ path: 'due.on', is: 'next week' }),
      UNKNOWN_RECORD: correcting({ path: 'owner', is: 'nobody' }),
      UNKNOWN_VERSION: correcting({ path: 'source.version', is: '1' }),
      SOURCE_NEEDED: async () =>
        officer.fails('recordOtherwiseStated', { record: await office.agreed(), path: 'title', says: 't' }),
      REASON_NEEDED: correcting({ reason: null }),
      ALREADY_VOID: async () => {
        const ref = await office.agreed();
        const agreed = await event(ref, 'ActionAgreed');
        await monitoring.does('voidActionEvent', { ref, event: agreed, reason });
        return monitoring.fails('voidActionEvent', { ref, event: agreed, reason });
      },
      NOT_VOID: amending(monitoring, 'restoreActionEvent', async (ref) => ({
        event: await event(ref, 'ActionAgreed'),
      })),
      SEEN_WITH_ITS_RECORD: amending(monitoring, 'voidActionEvent', async (ref) => ({
        event: await event(ref, 'ActionRaised'),
        marking: 'OFFICIAL_SENSITIVE',
      })),
      RESTRICTED_CANNOT_BE_PUBLISHED: async () =>
        monitoring.fails('publishAction', { ref: await office.raise({ marking: 'OFFICIAL_SENSITIVE' }) }),
      NO_SUCH_RECORD: async () =>
        officer.fails('linkRecord', { ...(await linkOf()), effectiveOn: dayFromToday(-400), reason }),
      LINKED_TO_ITSELF: async () => {
        const record = await office.agreed();
        return officer.fails('linkRecord', { record, to: record, as: 'IS_ABOUT' });
      },
      LINKED_ALREADY: async () => {
        const link = await linkOf();
        await officer.does('linkRecord', link);
        return officer.fails('linkRecord', link);
      },
      NOT_LINKED: async () => officer.fails('unlinkRecord', await linkOf()),
      PERSONS_HAVE_NO_OTHER_NAME: async () => officer.fails('nameRecord', { record: await person(), name: 'Old' }),
      NOT_NAMED: async () => {
        const record = await office.agreed();
        return officer.fails('withdrawName', { record, event: await event(record, 'ActionRaised') });
      },
      NOTHING_CHANGES: async () => {
        const ref = await office.agreed();
        await monitoring.does('publishAction', { ref });
        return monitoring.fails('publishAction', { ref });
      },
    },
    dispatch: {
      COMMAND_ID_REUSED: async () => {
        const again = { ref: await office.agreed(), commandId: randomUUID() };
        await lead.does('giveActionUpdate', { ...again, text: 'One' });
        return lead.fails('giveActionUpdate', { ...again, text: 'Another' });
      },
      UNKNOWN_POST: on(office.agreed, officer, 'giveActionUpdate', { text: 't', by: 'nobody', ...DELEGATED }),
      SUBJECT_OF_ANOTHER: async () => {
        const [first, second] = [await person(), await person()];
        await monitoring.does('setPersonSubject', { person: first, subject: 'two@office' });
        await office.served.ready();
        const { ledger } = await officer.runs(
          'query ($ref: ID!) { ledger { person(ref: $ref) { history { edges { node { id } } } } } }',
          { ref: first },
        );
        const voiding = { ref: first, event: ledger.person.history.edges.at(-1).node.id, reason };
        await monitoring.does('voidPersonEvent', voiding);
        await monitoring.does('setPersonSubject', { person: second, subject: 'two@office' });
        return monitoring.fails('restorePersonEvent', voiding);
      },
      RECORDED_BY_MISTAKE: async () => {
        const ref = await office.agreed();
        await monitoring.does('voidActionEvent', { ref, event: await event(ref, 'ActionRaised'), reason });
        return lead.fails('giveActionUpdate', { ref, text: 't' });
      },
      AUTHORITY_NEEDED: on(office.agreed, officer, 'giveActionUpdate', { text: 't', by: 'force-lead' }),
      MEETING_NEEDED: async () => {
        const ref = await office.agreed({ owner: 'commissioner' });
        await commissioner.does('reportActionComplete', { ref, text: 't' });
        return monitoring.fails('signOffAction', { ref, ...DELEGATED });
      },
      UNKNOWN_DECISION: on(office.agreed, officer, 'giveActionUpdate', {
        ...{ text: 't', by: 'force-lead', authority: { decision: 'CGB-2001-01-D1' } },
      }),
      DECISION_NOT_MADE: async () =>
        officer.fails('giveActionUpdate', {
          ...{ ref: await office.agreed(), text: 't', by: 'force-lead' },
          authority: { decision: await advisedDecision() },
        }),
      UNKNOWN_MEETING: on(office.agreed, officer, 'giveActionUpdate', {
        text: 't',
        by: 'force-lead',
        authority: { meeting: unknownMeeting },
      }),
      MEETING_NOT_HELD: on(office.raise, commissioner, 'agreeAction', { authority: { meeting: next } }),
      UNSEEN: async () => {
        const on = (days: number) => ({ effectiveOn: dayFromToday(days), reason });
        const ref = await office.agreed();
        const unseen = { ref, marking: 'OFFICIAL_SENSITIVE' };
        await commissioner.does('withdrawAction', { ...unseen, ...on(-4) });
        await commissioner.does('reopenAction', { ...unseen, ...on(-2) });
        await officer.does('reassignAction', { ref, owner: 'commissioner', ...on(-1) });
        return lead.fails('giveActionUpdate', { ref, text: 't', ...on(-3) });
      },
      UNKNOWN_DOCUMENT: on(office.agreed, lead, 'giveActionUpdate', {
        text: 't',
        source: { record: 'CGB-2001-01-E1' },
      }),
      UNKNOWN_VERSION: async () =>
        lead.fails('giveActionUpdate', {
          ref: await office.agreed(),
          text: 't',
          source: { record: await paper(), version: '2' },
        }),
      UNKNOWN_BEFORE: on(office.agreed, lead, 'giveActionUpdate', { text: 't', before: randomUUID() }),
      NOTHING_CHANGES: async () => officer.fails('reassignAction', { ref: await office.agreed(), owner: 'force-lead' }),
      EFFECTIVE_IN_FUTURE: raising({ effectiveOn: dayFromToday(1) }),
      LATE_NEEDS_REASON: raising({ effectiveOn: HELD_ON }),
      EXTENDED_TOO_OFTEN: async () => extending(await underPolicy({ mostExtensions: 0 })),
      EXTENDED_TOO_LATE: async () => {
        const body = await underPolicy({ beforeItPasses: true });
        return extending(body, { due: { on: dayFromToday(-1) }, effectiveOn: dayFromToday(-3), reason });
      },
      EXTENSION_WITHOUT_REASON: async () => {
        const body = await underPolicy({ reasonNeeded: true });
        const ref = await recommendation({ body });
        await lead.does('requestRecommendationExtension', { ref, due: { on: dayFromToday(20) }, reason });
        return officer.fails('grantRecommendationExtension', { ref });
      },
      EXTENSION_WITHOUT_AUTHORITY: async () => extending(await underPolicy({ authorityFrom: 1 })),
      WOULD_BE_IMPOSSIBLE: async () => {
        const ref = await office.agreed();
        const agreed = await event(ref, 'ActionAgreed');
        return officer.fails('correctAction', {
          ref,
          event: agreed,
          path: 'effectiveOn',
          is: dayFromToday(-40),
          reason,
        });
      },
      WOULD_CONTRADICT: async () => {
        const ref = await reported();
        await lead.does('giveActionUpdate', { ref, text: 't' }).catch(() => undefined);
        await commissioner.does('signOffAction', { ref, ...DELEGATED });
        return commissioner.fails('withdrawAction', { ref, reason: TYPED_LATE.reason, effectiveOn: dayFromToday(-10) });
      },
      REFERENCE_TAKEN: () => officer.fails('addBody', { ref: 'CGB', name: 'Another' }),
    },
  };
}
