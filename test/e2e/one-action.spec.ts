import { headersOf } from './served-ledger.ts';
import { aMoment, dayFromToday, DELEGATED, HELD_ON, openOffice, TYPED_LATE, type Office } from './office.ts';
import type { Json, Variables } from './client.ts';

describe('one action, from the board to its sign-off', () => {
  let office: Office;

  beforeAll(async () => {
    office = await openOffice();
  }, 60_000);
  afterAll(() => office?.served.remove());

  async function actionOn(ref: string, asOf: Variables = {}): Promise<Json> {
    await office.served.ready();
    return (await office.officer.asks('ActionOn', { ref, asOf })).ledger.action;
  }

  it('takes the steps of an action one by one, and each answer shows the action after its step', async () => {
    const { officer, commissioner, lead, board } = office;
    const raised = await officer.does('raiseAction', {
      meeting: board,
      title: 'Publish the plan',
      owner: 'force-lead',
    });
    const { ref } = raised.action;
    expect(ref).toMatch(/^CGB-\d{4}-\d{2}-A\d+$/);
    const step = async (client: typeof officer, mutation: string, more: Variables = {}) =>
      (await client.does(mutation, { ref, ...more })).action.status;
    expect(raised.action.status).toBe('PROPOSED');
    expect(await step(commissioner, 'agreeAction')).toBe('AGREED');
    expect(await step(lead, 'giveActionUpdate', { text: 'Begun.' })).toBe('IN_PROGRESS');
    expect(await step(lead, 'addActionEvidence', { title: 'The plan', fileName: 'plan.pdf' })).toBe('IN_PROGRESS');
    expect(await step(lead, 'reportActionComplete', { text: 'Done.' })).toBe('REPORTED_COMPLETE');
    expect(await step(commissioner, 'returnAction', { reason: 'Pages are missing.' })).toBe('IN_PROGRESS');
    expect(await step(lead, 'reportActionComplete', { text: 'Now with all pages.' })).toBe('REPORTED_COMPLETE');
    expect(await step(commissioner, 'signOffAction', { authority: { meeting: board } })).toBe('SIGNED_OFF');
    expect(await step(commissioner, 'reopenAction', { reason: 'It was another plan.' })).toBe('IN_PROGRESS');
    expect(await step(officer, 'deferAction', { reason: 'Budget.', until: dayFromToday(60) })).toBe('DEFERRED');
    expect(await step(commissioner, 'withdrawAction', { reason: 'Overtaken.' })).toBe('WITHDRAWN');
  });

  it('names with the post that owns it whoever holds it on the day asked about, for those who may know of them', async () => {
    const { officer, monitoring, served } = office;
    const person = async (name: string) =>
      (await officer.does('addPerson', { name, effectiveOn: HELD_ON, ...TYPED_LATE })).person.ref;
    const [first, next, secret] = [await person('Ada Byron'), await person('Mary Somerville'), await person('Hidden')];
    const post = 'estates-lead';
    const from = dayFromToday(-20);
    await officer.does('addPost', { ref: post, name: 'Estates lead', effectiveOn: HELD_ON, ...TYPED_LATE });
    await officer.does('appointHolder', { post, person: first, effectiveOn: HELD_ON, ...TYPED_LATE });
    await officer.does('appointHolder', { post, person: next, effectiveOn: from, ...TYPED_LATE });
    await officer.does('appointHolder', { post, person: secret, shared: true });
    await monitoring.does('markPerson', { ref: secret, marking: 'OFFICIAL_SENSITIVE' });
    const ref = await office.raise({ owner: post });
    await monitoring.does('publishAction', { ref });
    await monitoring.does('publishPost', { ref: post });
    await served.ready();
    const ask = async (client: typeof officer, effective?: string): Promise<unknown> =>
      (
        await client.runs(
          `query ($ref: ID!, $asOf: AsOf) { ledger(asOf: $asOf) { action(ref: $ref) { owner { name heldBy { name } } } } }`,
          { ref, asOf: effective === undefined ? {} : { effective } },
        )
      ).ledger.action.owner;
    const names = (...held: string[]) => ({ name: 'Estates lead', heldBy: held.map((name) => ({ name })) });
    const member = await served.as('jarap-member');
    expect(await ask(officer)).toEqual(names('Mary Somerville', 'Hidden'));
    expect(await ask(officer, dayFromToday(-21))).toEqual(names('Ada Byron'));
    expect(await ask(member)).toEqual(names('Mary Somerville'));
    expect(await ask(served.public)).toEqual(names());

    const owner = async (reader: string | null, query = '') => {
      const headers = await headersOf(served.url, reader);
      const html = await (await fetch(`${served.url}/actions/${ref}${query}`, { headers })).text();
      const words = html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
      return /Estates lead(?: \(held by [^)]*\))?/.exec(words)?.[0];
    };
    expect(await owner('opcc-officer')).toBe('Estates lead (held by Mary Somerville and Hidden )');
    expect(await owner('opcc-officer', `?on=${dayFromToday(-21)}`)).toBe('Estates lead (held by Ada Byron )');
    expect(await owner('jarap-member')).toBe('Estates lead (held by Mary Somerville )');
    expect(await owner(null)).toBe('Estates lead');
    const form = await fetch(`${served.url}/commands/raise-action`, {
      headers: await headersOf(served.url, 'opcc-officer'),
    });
    expect(await form.text()).toContain('Estates lead, held by Mary Somerville and Hidden (estates-lead)');
  });

  it('completes an action by other means, and sends others on into each other', async () => {
    const { officer, commissioner } = office;
    const [first, second, third] = [await office.agreed(), await office.agreed(), await office.agreed()];
    const converted = await commissioner.does('convertAction', { ref: first, item: 'Every April', ...DELEGATED });
    expect(converted.action.status).toBe('CONVERTED');
    expect(await actionOn(first)).toMatchObject({
      published: 'COMPLETE',
      closed: { outcome: 'CONVERTED', authority: 'delegation SoD-4' },
    });
    const merged = await officer.does('mergeAction', { ref: second, into: third, reason: 'The same.' });
    expect(merged.action.status).toBe('MERGED');
    const fourth = await office.agreed();
    const superseded = await officer.does('supersedeAction', { ref: third, supersededBy: fourth, reason: 'Replaced.' });
    expect(superseded.action.status).toBe('SUPERSEDED');
    expect(await actionOn(third)).toMatchObject({ published: null, closed: null });
  });

  it('has a closure that was entered late change what is true and not what was known', async () => {
    const { lead, commissioner, board } = office;
    const ref = await office.agreed();
    await lead.does('reportActionComplete', { ref, text: 'Done.', effectiveOn: dayFromToday(-12), ...TYPED_LATE });
    await aMoment();
    const before = (await office.history(ref)).at(-1).recordedAt as string;
    await aMoment();
    await commissioner.does('signOffAction', {
      ref,
      authority: { meeting: board },
      effectiveOn: dayFromToday(-10),
      ...TYPED_LATE,
    });

    const fiveDaysAgo = { effective: dayFromToday(-5) };
    expect(await actionOn(ref, fiveDaysAgo)).toMatchObject({
      status: 'SIGNED_OFF',
      closed: { effectiveOn: dayFromToday(-10) },
    });
    expect(await actionOn(ref, { ...fiveDaysAgo, recorded: before })).toMatchObject({
      status: 'REPORTED_COMPLETE',
      closed: null,
    });
    expect(await actionOn(ref, { effective: dayFromToday(-11) })).toMatchObject({ status: 'REPORTED_COMPLETE' });
    expect(await actionOn(ref, { effective: dayFromToday(-13) })).toMatchObject({ status: 'AGREED' });
    expect(await actionOn(ref, { effective: dayFromToday(-31) })).toBeNull();
    expect((await office.history(ref)).at(-1)).toMatchObject({ late: true, delayDays: 10, reason: TYPED_LATE.reason });
  });

  it('needs a reason for what is entered late', async () => {
    const ref = await office.agreed();
    const late = { ref, text: 'Begun.', effectiveOn: dayFromToday(-12) };
    expect((await office.lead.fails('giveActionUpdate', late)).extensions).toEqual({
      code: 'REFUSED',
      refusal: 'LATE_NEEDS_REASON',
      field: 'reason',
    });
  });

  it('counts an extension, and does not take a corrected due date for one', async () => {
    const { officer } = office;
    const ref = await office.agreed({ due: { on: dayFromToday(10), phrase: 'in ten days' } });
    const [raised] = await office.history(ref);
    await officer.does('correctAction', {
      ref,
      event: raised.id,
      path: 'due.on',
      is: dayFromToday(12),
      reason: 'Misread.',
    });
    expect((await actionOn(ref)).due).toMatchObject({
      original: dayFromToday(12),
      current: dayFromToday(12),
      extensions: 0,
    });
    await officer.does('extendActionDueDate', { ref, due: { on: dayFromToday(20) }, reason: 'The auditor is away.' });
    expect((await actionOn(ref)).due).toMatchObject({
      original: dayFromToday(12),
      current: dayFromToday(20),
      extensions: 1,
    });
    const history = await office.history(ref);
    expect(history.map(({ type }) => type)).toEqual(['ActionRaised', 'ActionAgreed', 'Corrected', 'DueDateExtended']);
    expect(history[2]).toMatchObject({ late: false });
  });

  it('is due when the meeting is, wherever it moves, and a meeting that moves extends nothing', async () => {
    const { officer } = office;
    const { meeting } = await officer.does('scheduleMeeting', { body: 'CGB', on: dayFromToday(40) });
    const ref = await office.agreed({ due: { meeting: meeting.ref, phrase: 'next board' } });
    expect((await actionOn(ref)).due).toMatchObject({ current: dayFromToday(40), unanchored: false });
    await officer.does('postponeMeeting', { ref: meeting.ref, to: dayFromToday(47), reason: 'Strike.' });
    expect((await actionOn(ref)).due).toMatchObject({ current: dayFromToday(47), extensions: 0, unanchored: false });
    await officer.does('cancelMeeting', { ref: meeting.ref, reason: 'Nothing to discuss.' });
    expect((await actionOn(ref)).due).toMatchObject({
      phrase: 'next board',
      current: null,
      unanchored: true,
      extensions: 0,
    });
  });

  it('takes a voided fact back, and gives it back', async () => {
    const { lead, monitoring } = office;
    const ref = await office.agreed();
    await lead.does('giveActionUpdate', { ref, text: 'Begun.' });
    const update = (await office.history(ref)).at(-1);
    await monitoring.does('voidActionEvent', { ref, event: update.id, reason: 'Of another action.' });
    expect(await actionOn(ref)).toMatchObject({ status: 'AGREED', latestUpdate: null });
    await monitoring.does('restoreActionEvent', { ref, event: update.id, reason: 'It was this one.' });
    expect(await actionOn(ref)).toMatchObject({ status: 'IN_PROGRESS', latestUpdate: { text: 'Begun.' } });
  });
});

describe('who may sign an action off', () => {
  let office: Office;
  let ref: string;

  beforeAll(async () => {
    office = await openOffice();
  }, 60_000);
  afterAll(() => office?.served.remove());
  beforeEach(async () => {
    ref = await office.agreed();
  });

  const OWNER_MAY_NOT = { code: 'REFUSED', refusal: 'OWNER_MAY_NOT_SIGN_OFF', field: 'by' };
  const signOff = () => ({ ref, authority: { meeting: office.board } });

  it('never the person who reported it complete, whatever post their token holds', async () => {
    await (await office.served.as('force-lead', 'pat')).does('reportActionComplete', { ref, text: 'Done.' });
    const asCommissioner = await office.served.as('commissioner', 'pat');
    expect((await asCommissioner.fails('signOffAction', signOff())).extensions).toEqual(OWNER_MAY_NOT);
    const asOfficer = await office.served.as('opcc-officer', 'pat');
    expect((await asOfficer.fails('signOffAction', { ...signOff(), by: 'commissioner' })).extensions).toEqual(
      OWNER_MAY_NOT,
    );
    const asLead = await office.served.as('force-lead', 'pat');
    expect((await asLead.fails('signOffAction', signOff())).extensions).toMatchObject({ code: 'FORBIDDEN' });
    // Somebody else in the same post may.
    expect((await office.commissioner.does('signOffAction', signOff())).action.status).toBe('SIGNED_OFF');
  });

  it('never the post that owns it, though it be the commissioner', async () => {
    const owned = await office.agreed({ owner: 'commissioner' });
    await office.commissioner.does('reportActionComplete', { ref: owned, text: 'Done.' });
    const another = await office.served.as('commissioner', 'a-deputy');
    expect((await another.fails('signOffAction', { ...signOff(), ref: owned })).extensions).toEqual(OWNER_MAY_NOT);
    expect(
      (await office.officer.fails('signOffAction', { ...signOff(), ref: owned, by: 'commissioner' })).extensions,
    ).toEqual(OWNER_MAY_NOT);
  });

  it('never a person who holds the owning post', async () => {
    const { officer } = office;
    const [holder, chair] = await Promise.all(
      ['A. N. Other', 'The Chair'].map(
        async (name) => (await officer.does('addPerson', { name })).person.ref as string,
      ),
    );
    await officer.does('addPost', {
      ref: 'estates-lead',
      name: 'Estates lead',
      capacity: 'force-lead',
      effectiveOn: dayFromToday(-30),
      ...TYPED_LATE,
    });
    await officer.does('appointHolder', { post: 'estates-lead', person: holder });
    const owned = { ref: await office.agreed({ owner: 'estates-lead' }) };
    await (await office.served.as('estates-lead')).does('reportActionComplete', { ...owned, text: 'Done.' });
    const signed = { ...signOff(), ...owned };
    expect((await (await office.served.as('commissioner', holder)).fails('signOffAction', signed)).extensions).toEqual(
      OWNER_MAY_NOT,
    );
    const known = await office.served.as('commissioner', chair);
    expect((await known.does('signOffAction', signed)).action.status).toBe('SIGNED_OFF');
  });

  it('an officer, who may type in both what the owner reported and what the board signed off', async () => {
    const { officer, board } = office;
    await officer.does('reportActionComplete', { ref, text: 'Done.', by: 'force-lead', ...DELEGATED });
    const { action } = await officer.does('signOffAction', { ref, by: 'commissioner', authority: { meeting: board } });
    expect(action.status).toBe('SIGNED_OFF');
    await office.served.ready();
    const { ledger } = await officer.asks('ActionOn', { ref });
    expect(ledger.action.reportedComplete.by).toEqual({ ref: 'force-lead' });
    expect(ledger.action.closed).toMatchObject({
      by: { ref: 'commissioner' },
      authority: `meeting ${board}`,
      outcome: 'SIGNED_OFF',
    });
    const last = (await office.history(ref)).at(-1);
    expect([last.by.ref, last.enteredBy.ref]).toEqual(['commissioner', 'opcc-officer']);
  });

  it('nobody, while it is not reported complete', async () => {
    const error = await office.commissioner.fails('signOffAction', signOff());
    expect(error.extensions).toEqual({ code: 'REFUSED', refusal: 'NOT_REPORTED_COMPLETE', field: null });
    expect(error.message).toMatch(/Its owner must report it complete first/);
    expect((await office.history(ref)).map(({ type }) => type)).toEqual(['ActionRaised', 'ActionAgreed']);
  });
});

describe('what turns out later', () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice();
  }, 60_000);
  afterAll(() => office?.served.remove());

  const QUESTIONED = `query ($ref: ID!) { ledger {
    action(ref: $ref) { status questioned { event why fact { record register type } } }
    record(ref: $ref) { questioned { event } }
    questioned(first: 10) { totalCount edges { node { record register why fact { id } } } }
  } }`;

  it('leaves a move to an earlier day counted as brought forward, and refuses nobody', async () => {
    const ref = await office.agreed({ due: { on: dayFromToday(10) } });
    const extend = (on: string, effectiveOn: string) =>
      office.commissioner.does('extendActionDueDate', { ref, due: { on }, effectiveOn, reason: 'It needs more time.' });
    await extend(dayFromToday(20), dayFromToday(-5));
    await extend(dayFromToday(30), dayFromToday(-10));
    await office.served.ready();
    const due = 'query ($ref: ID!) { ledger { action(ref: $ref) { due { current extensions broughtForward } } } }';
    expect((await office.officer.runs(due, { ref })).ledger.action.due).toEqual({
      current: dayFromToday(20),
      extensions: 1,
      broughtForward: 1,
    });
  });

  it('puts in question what was done on the authority of a meeting that was not held, for those who may know of both', async () => {
    const { officer, monitoring, board, served } = office;
    const ref = await office.raise();
    await office.commissioner.does('agreeAction', { ref, authority: { meeting: board } });
    await served.ready();
    const before = (await officer.runs(QUESTIONED, { ref })).ledger;
    expect([before.action.questioned, before.questioned.totalCount]).toEqual([[], 0]);
    const agreed = (await office.history(ref)).find(({ type }) => type === 'ActionAgreed').id;
    const held = (await officer.asks('AnyRecord', { ref: board })).ledger.record.history.edges.find(
      ({ node }: Json) => node.type === 'MeetingHeld',
    ).node.id;
    await monitoring.does('voidMeetingEvent', { ref: board, event: held, reason: 'It was another board.' });
    await served.ready();
    const { action, record, questioned } = (await officer.runs(QUESTIONED, { ref })).ledger;
    expect(action).toEqual({
      status: 'AGREED',
      questioned: [
        { event: agreed, why: 'AUTHORITY_NOT_HELD', fact: { record: board, register: 'meetings', type: 'Voided' } },
      ],
    });
    expect(record.questioned).toEqual([{ event: agreed }]);
    expect(questioned).toMatchObject({
      totalCount: 1,
      edges: [{ node: { record: ref, register: 'actions', why: 'AUTHORITY_NOT_HELD' } }],
    });
    await monitoring.does('publishAction', { ref });
    await served.ready();
    const open = (await served.public.runs(QUESTIONED, { ref })).ledger;
    expect([open.action.status, open.action.questioned, open.questioned.totalCount]).toEqual(['AGREED', [], 0]);
  });
});
