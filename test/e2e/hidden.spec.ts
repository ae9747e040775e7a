import { randomUUID } from 'node:crypto';
import { schemaOfFiles } from '../../apps/ledger/graphql/schema-files.ts';
import { kindSpelt } from '../../libs/declarations/index.ts';
import { MUTATIONS } from '../../libs/registers/index.ts';
import type { Client, Variables } from './client.ts';
import { mutation, operation } from './contract.ts';
import { dayFromToday, DELEGATED, HELD_ON, openOffice, TYPED_LATE, type Office } from './office.ts';

/** Everything that the public surface asks of one action, beyond the operations of the contract. */
const EVERYTHING = `query ($asOf: AsOf, $after: String) {
  ledger(asOf: $asOf) {
    basis { effective clock position }
    meetings(first: 20, after: $after) { totalCount edges { cursor node { ref title date state session postponements body { ref name } items { event item title text promise owner { ref } phrase } disputed { path says } mayAlreadyHold { type from to } } } pageInfo { hasNextPage endCursor } }
    bodies { ref name organisation }
    posts { ref name body capacity holders { person from until } }
    contradictions { totalCount edges { cursor node { record path holds { value } says { value source { document quote } } } } }
  }
}`;
const READ_ONE = `query ($ref: ID!, $asOf: AsOf) {
  ledger(asOf: $asOf) {
    meeting(ref: $ref) { ref date items { text } history { totalCount edges { node { id type text reason } } } }
    document(ref: $ref) { ref title versions { version } history { totalCount edges { node { id type text reason } } } }
    rule(ref: $ref) { ref title versions { version } history { totalCount edges { node { id type text reason } } } }
    risk(ref: $ref) { ref title scores { totalCount edges { cursor node { score } } } controls { totalCount edges { cursor node { measure } } } history { totalCount edges { node { id type text reason } } } }
    decision(ref: $ref) { ref title outcome { decided cited { ref } basis { lastEvent } } history { totalCount edges { node { id type text reason } } } }
    decisions(filter: { meeting: $ref }) { totalCount edges { cursor node { ref } } }
    forwardPlanItem(ref: $ref) { ref title home deferrals { to { meeting } } history { totalCount edges { node { id type text reason } } } }
    forwardPlanItems(filter: { plannedMeeting: $ref }) { totalCount edges { cursor node { ref } } }
    presented: forwardPlanItems(filter: { presentedMeeting: $ref }) { totalCount edges { cursor node { ref } } }
    brought: forwardPlanItems(filter: { sponsor: $ref }) { totalCount edges { cursor node { ref } } }
    forwardPlanItemCounts(by: HOME, filter: { body: $ref }) { key label count }
    risks(filter: { scale: $ref }) { totalCount edges { cursor node { ref } } }
    riskMatrix(scale: $ref) { version }
    body(ref: $ref) { ref }
    post(ref: $ref) { ref }
    actions(filter: { meeting: $ref }) { totalCount edges { cursor node { ref } } }
    actionCounts(by: MEETING, filter: { meeting: $ref }) { key label count }
  }
}`;

describe('what a reader may not see does not exist for them', () => {
  let office: Office;
  let readers: Readonly<Record<string, Client>>;
  /** Hidden from all but those cleared for everything, and the reference of nothing that looks alike. */
  let pairs: readonly { readonly hidden: string; readonly absent: string }[];
  let openRef: string;
  let openDocument: string;
  let openRisk: string;
  let openDecision: string;
  let hiddenEvent: string;

  beforeAll(async () => {
    office = await openOffice();
    const { officer, served } = office;
    openRef = await office.agreed();
    const sensitive = (
      await officer.does('raiseAction', {
        meeting: office.board,
        title: 'Covert',
        owner: 'commissioner',
        marking: 'OFFICIAL_SENSITIVE',
      })
    ).action.ref;
    const closed = (await officer.does('scheduleMeeting', { body: 'CGB', on: dayFromToday(9), session: 'CLOSED' }))
      .meeting.ref;
    const inClosed = (await officer.does('raiseAction', { meeting: closed, title: 'Of the closed session' })).action
      .ref;
    const paper = { body: 'CGB', title: 'A paper', kind: 'REPORT' };
    openDocument = (await officer.does('recordDocument', paper)).document.ref;
    const risk = { body: 'CGB', register: 'OPCC', kind: 'THREAT', title: 'A risk' };
    openRisk = (await officer.does('proposeRisk', risk)).risk.ref;
    const hiddenRisk = (await officer.does('proposeRisk', { ...risk, marking: 'OFFICIAL_SENSITIVE' })).risk.ref;
    const decision = { body: 'CGB', maker: 'COMMISSIONER', title: 'A decision' };
    openDecision = (await officer.does('proposeDecision', decision)).decision.ref;
    const hiddenDecision = (await officer.does('proposeDecision', { ...decision, marking: 'OFFICIAL_SENSITIVE' }))
      .decision.ref;
    const item = { body: 'CGB', title: 'An item' };
    const hiddenItem = (await officer.does('suggestForwardPlanItem', { ...item, marking: 'OFFICIAL_SENSITIVE' }))
      .forwardPlanItem.ref;
    const closedPaper = (await officer.does('recordDocument', { ...paper, session: 'CLOSED' })).document.ref;
    const { monitoring } = office;
    const rule = { kind: 'LATE_ALLOWANCE', body: 'CGB', title: 'A rule', register: 'ACTIONS' };
    const hiddenRule = (await monitoring.does('addRule', { ...rule, marking: 'OFFICIAL_SENSITIVE' })).rule.ref;
    hiddenEvent = (await office.history(sensitive))[0].id;
    pairs = [
      { hidden: sensitive, absent: sensitive.replace(/.{5}$/, 'zzzzz') },
      { hidden: inClosed, absent: inClosed.replace(/.{5}$/, 'zzzzz') },
      { hidden: closedPaper, absent: closedPaper.replace(/.{4}$/, 'zzzz') },
      { hidden: hiddenRule, absent: 'CGB-late-rules' },
      { hidden: hiddenDecision, absent: hiddenDecision.replace(/.{4}$/, 'zzzz') },
      { hidden: hiddenItem, absent: hiddenItem.replace(/.{4}$/, 'zzzz') },
      { hidden: hiddenRisk, absent: hiddenRisk.replace(/.{4}$/, 'zzzz') },
      { hidden: closed, absent: closed.replace(dayFromToday(9), dayFromToday(8)) },
    ];
    readers = {
      public: served.public,
      'panel-member': await served.as('panel-member'),
      'jarap-member': await served.as('jarap-member'),
      'force-lead': await served.as('force-lead'),
    };
    await served.ready();
  }, 60_000);
  afterAll(() => office?.served.remove());

  const who = ['public', 'panel-member', 'jarap-member', 'force-lead'];

  /** An answer in which nothing but the reference that was asked for, and the time of asking, could tell. */
  const blind = (text: string, ref: string): string =>
    text.replaceAll(ref, 'REF').replace(/"recorded":"[^"]*"/g, '"recorded":"NOW"');

  /** @param about the pairs that are asked about, and how many of them by those who may not write */
  async function differences(
    send: (client: Client, ref: string) => Promise<{ status: number; text: string }>,
    about = { pairs, ofOthers: pairs.length },
  ): Promise<readonly string[]> {
    const found: string[] = [];
    for (const reader of who)
      for (const { hidden, absent } of reader === 'force-lead' ? about.pairs : about.pairs.slice(0, about.ofOthers)) {
        const [one, other] = [await send(readers[reader]!, hidden), await send(readers[reader]!, absent)];
        if (one.status !== other.status || blind(one.text, hidden) !== blind(other.text, absent))
          found.push(`${reader}, ${hidden}: ${one.text} | ${other.text}`);
      }
    return found;
  }

  it.each(['ActionOn', 'TwoDates', 'History'])('answers %s with the same bytes, hidden or absent', async (name) => {
    expect(await differences((client, ref) => client.post(operation(name), { ref }))).toEqual([]);
  });

  it('answers every other question that takes a reference with the same bytes, hidden or absent', async () => {
    expect(await differences((client, ref) => client.post(READ_ONE, { ref }))).toEqual([]);
    for (const name of ['Tracker', 'Counts'])
      for (const filter of ['meeting', 'body', 'owner', 'text'])
        expect(
          await differences(
            (client, ref) => client.post(operation(name), { by: 'STATUS', filter: { [filter]: ref } }),
            { pairs, ofOthers: 2 },
          ),
        ).toEqual([]);
  });

  /** Input that would be good if the record were there, for every mutation that the schema has. */
  function inputOf(field: string, ref: string): Variables {
    const commandId = '7f0c1f0e-54a4-4b5e-8f0e-5d0f1f5b7d11';
    const more: Readonly<Record<string, Variables>> = {
      giveActionUpdate: { text: 't' },
      addActionEvidence: { title: 't' },
      reassignAction: { owner: 'force-lead' },
      extendActionDueDate: { due: { on: dayFromToday(5) } },
      deferAction: { until: dayFromToday(5) },
      mergeAction: { into: openRef },
      supersedeAction: { supersededBy: openRef },
      minuteItem: { text: 't' },
      arrangeMeeting: { place: 't' },
      recordAttendance: { attenders: [{ as: 'PRESENT', body: 'CGB' }] },
      recordSitting: { opened: '13:00' },
      declareInterest: { kind: 'NONE' },
      recordPublicQuestion: { text: 't' },
      answerPublicQuestion: { question: hiddenEvent, text: 't' },
      listAgendaItem: { title: 't' },
      presentAgendaItem: { agendaItem: hiddenEvent },
      passOverAgendaItem: { agendaItem: hiddenEvent },
      deferAgendaItem: { agendaItem: hiddenEvent },
      withdrawAgendaItem: { agendaItem: hiddenEvent },
      reportAgendaItem: { agendaItem: hiddenEvent, overview: 't' },
      recordResolution: { text: 't', outcome: 'AGREED' },
      excludePublic: { grounds: [{ paragraph: 'PARAGRAPH_1' }] },
      confirmMinutes: { confirmedAt: office.board },
      correctMinutes: { minute: hiddenEvent, agreedAt: office.board, text: 't' },
      appointHolder: { person: 'person-abcde' },
      scheduleMeeting: { body: 'CGB', on: dayFromToday(50) },
      addPerson: { name: 'n' },
      addBody: { name: 'n' },
      addPost: { name: 'n' },
      raiseAction: { title: 't', meeting: ref, due: { meeting: ref } },
      recordOtherwiseStated: { path: 'title', says: 't' },
      makeRecommendation: { body: 'CGB', originator: 'CGB', kind: 'RECOMMENDATION', title: 't', partOf: ref },
      answerRecommendation: { response: 'ACCEPTED' },
      allocateRecommendation: { owner: 'force-lead' },
      gradeRecommendation: { rule: 'CGB-priorities', level: 'High' },
      updateRecommendation: { text: 't' },
      addRecommendationEvidence: { title: 't' },
      requestRecommendationExtension: { due: { on: dayFromToday(5) } },
      moveRecommendationDueDate: { due: { on: dayFromToday(5) } },
      sayOwnerWord: { word: 'DONE' },
      sayOfficeWord: { word: 'DONE' },
      sayAuditorWord: { word: 'DONE' },
      sayOriginatorWord: { word: 'DONE' },
      claimRecommendationShare: { share: { part: 1, of: 2 } },
      judgeRecommendationOutcome: { outcome: 'YES' },
      acceptRecommendationRisk: { until: dayFromToday(5) },
      supersedeRecommendation: { supersededIn: openDocument },
      removeRecommendation: { agreedBy: 'CGB' },
      proposeRisk: { body: 'CGB', register: 'OPCC', kind: 'THREAT', title: 't' },
      allocateRisk: { owner: 'force-lead' },
      rewordRisk: { title: 't' },
      scoreRisk: { of: 'CURRENT', rule: 'CGB-scores', likelihood: 1, impact: 1 },
      setRiskAppetite: { rule: 'CGB-scores', most: 1 },
      chooseRiskResponse: { response: 'TREAT' },
      addRiskControl: { measure: 't', kind: 'EXISTING' },
      moveRiskControl: { control: hiddenEvent, targetOn: dayFromToday(5) },
      reportRiskControl: { control: hiddenEvent, standing: 'IN_PLACE' },
      assureRiskControl: { control: hiddenEvent, line: 'THIRD', opinion: 'LIMITED' },
      requestRiskAcceptance: { side: 'FORCE', until: dayFromToday(5) },
      requestRiskClosure: { side: 'FORCE' },
      escalateRisk: { register: 'JOINT' },
      deescalateRisk: { register: 'JOINT' },
      mergeRisk: { into: openRisk },
      proposeDecision: { body: 'CGB', maker: 'COMMISSIONER', title: 't' },
      draftDecision: { recommendation: 't' },
      rejectDecisionOption: { option: 't' },
      recordDecisionConsultation: { who: 't' },
      signDecision: { signedBy: 'commissioner' },
      adviseOnDecision: { adviceOn: 'PLAN', applies: false },
      writeDecisionPart: { part: 'OPEN', content: 't' },
      delegateDecision: { delegate: 'force-lead' },
      makeDecision: { decided: 't' },
      nameDecisionAction: { title: 't' },
      setDecisionCondition: { subjectTo: 't' },
      reportDecisionCondition: { condition: hiddenEvent, standing: 'MET' },
      recordDecision: { publicInterest: false },
      varyDecision: { variation: 't' },
      supersedeDecision: { supersededBy: openDecision },
      suggestForwardPlanItem: { body: 'CGB', title: 't', comesFrom: ref },
      reviseForwardPlanItem: { title: 't' },
      scheduleForwardPlanItem: { plannedFor: { on: dayFromToday(50) } },
      recordDocument: { body: 'CGB', title: 't', kind: 'REPORT' },
      addDocumentVersion: { version: '2', changed: 't' },
      redactDocument: { version: '1', withholds: 't', exemption: 't' },
      retainDocument: { until: dayFromToday(50), rule: 't' },
      replaceDocument: { supersededBy: openDocument },
      addRule: { kind: 'RAG', body: 'CGB', title: 't', as: 'rag' },
      setPriorityScale: { levels: [{ level: 'High' }] },
      setGradeScale: { levels: [{ level: 'Good' }] },
      setScoreScale: {
        likelihoods: [{ score: 1 }],
        impacts: [{ score: 1 }],
        bands: [{ band: 'Low', least: 1, most: 1 }],
      },
      setRagRule: { cases: [{ label: 't', colour: 'RED' }] },
      setClosureRoute: { ownerSays: true, officeSays: true, auditorSays: false, originatorSays: false },
      setDueDatePolicy: { mostExtensions: 1 },
      setLateAllowance: { days: 1 },
      setCadence: { every: 4, unit: 'WEEKS' },
      setOpeningPolicy: { decisionsOpenActions: true },
      reportTotal: { list: 'ACTION', asAt: dayFromToday(0), number: 1, counts: 't' },
    };
    const isAmendment = /^(correct|void|restore)/.test(field);
    const input = inputFields(field);
    return {
      commandId,
      reason: 'r',
      authority: { meeting: office.board },
      source: { document: 'd' },
      ...(input.includes('ref') ? { ref } : {}),
      ...(input.includes('record') ? { record: ref } : {}),
      ...(input.includes('post') ? { post: ref } : {}),
      ...(isAmendment ? { event: hiddenEvent } : {}),
      ...(field.startsWith('correct') ? { path: 'title', is: 't' } : {}),
      ...(field.startsWith('mark') ? { marking: 'OFFICIAL' } : {}),
      ...more[field],
    };
  }

  const schema = schemaOfFiles();
  const mutations = Object.keys(schema.getMutationType()!.getFields());
  function inputFields(field: string): readonly string[] {
    const type = schema.getType(`${field[0]!.toUpperCase()}${field.slice(1)}Input`) as unknown as {
      getFields(): object;
    };
    return Object.keys(type.getFields());
  }

  it.each(mutations.map((field, index) => [field, index] as const))(
    'answers %s with the same bytes, hidden or absent',
    async (field, index) => {
      const send = (client: Client, ref: string) => client.post(mutation(field), { input: inputOf(field, ref) });
      // What is no record of the kind that a command is about is refused by its spelling. Twin ledgers try every one: `twins.slow.spec.ts`.
      const { about } = MUTATIONS[field]!.command;
      const ofItsKind = pairs.filter(({ hidden }) => about === undefined || kindSpelt(hidden) === about);
      const some = ofItsKind.length > 0 ? ofItsKind : pairs;
      const tried = [some[index % some.length]!];
      // Those who may write nothing are told so before anything is looked up, whatever they send: they send every fourth.
      expect(await differences(send, { pairs: tried, ofOthers: index % 4 === 0 ? 1 : 0 })).toEqual([]);
    },
  );

  it('answers with the same bytes where a hidden record is named inside a command', async () => {
    const named: readonly ((ref: string) => readonly [string, Variables])[] = [
      (ref) => ['raiseAction', { body: 'CGB', title: 't', due: { meeting: ref } }],
      (ref) => ['raiseAction', { body: 'CGB', title: 't', authority: { meeting: ref } }],
      (ref) => ['raiseAction', { body: 'CGB', title: 't', source: { record: ref } }],
      (ref) => ['addActionEvidence', { ref: openRef, title: 't', document: ref }],
      (ref) => [
        'reportTotal',
        {
          ...{ ref: openDocument, list: 'ACTION', asAt: dayFromToday(0), number: 1, counts: 't' },
          filter: [{ filter: 'meeting', is: [ref] }],
        },
      ],
      (ref) => ['reportActionComplete', { ref: openRef, authority: { meeting: ref } }],
      (ref) => ['giveActionUpdate', { ref: openRef, text: 't', before: hiddenEvent, authority: { meeting: ref } }],
    ];
    for (const one of named)
      expect(
        await differences((client, ref) => {
          const [field, input] = one(ref);
          return client.post(mutation(field), { input: { commandId: randomUUID(), ...input } });
        }),
      ).toEqual([]);
  });

  it('is found by whoever is cleared for it (control)', async () => {
    for (const { hidden } of pairs.slice(0, 2))
      expect((await office.officer.asks('ActionOn', { ref: hidden })).ledger.action).not.toBeNull();
    const asOfficer = await Promise.all(
      [pairs[0]!.hidden, pairs[0]!.absent].map((ref) => office.officer.post(operation('ActionOn'), { ref })),
    );
    expect(blind(asOfficer[0]!.text, pairs[0]!.hidden)).not.toBe(blind(asOfficer[1]!.text, pairs[0]!.absent));
  });

  it('moves no count, cursor, order or position of a reader who may not see what was written', async () => {
    const { officer } = office;
    const ask = async () => {
      await office.served.ready();
      const texts: string[] = [];
      for (const reader of who)
        for (const [query, variables] of [
          [operation('Tracker'), { first: 2 }],
          [operation('Counts'), { by: 'OWNER' }],
          [operation('History'), { ref: openRef }],
          [EVERYTHING, {}],
        ] as const)
          texts.push(blind((await readers[reader]!.post(query, variables)).text, '\0'));
      return texts;
    };
    const before = await ask();
    const { action } = await officer.does('raiseAction', {
      meeting: office.board,
      title: 'Hidden',
      marking: 'OFFICIAL_SENSITIVE',
    });
    await officer.does('correctAction', {
      ref: action.ref,
      event: (await office.history(action.ref))[0].id,
      path: 'title',
      is: 'Still hidden',
      reason: 'r',
    });
    await officer.does('giveActionUpdate', {
      ref: openRef,
      text: 'Hidden',
      marking: 'OFFICIAL_SENSITIVE',
      by: 'force-lead',
      ...DELEGATED,
    });
    await officer.does('minuteItem', {
      ref: office.board,
      text: 'Hidden',
      session: 'CLOSED',
      ...TYPED_LATE,
      effectiveOn: HELD_ON,
    });
    const after = await ask();
    // The force lead owns the action, so that post alone sees its update.
    const [others, lead] = [(index: number) => index < before.length - 4, before.length - 4];
    expect(after.filter((_, index) => others(index))).toEqual(before.filter((_, index) => others(index)));
    expect(after[lead + 2]).not.toBe(before[lead + 2]);
  });
});
