import type { Json } from './client.ts';
import { demoToken, serveLedger, type ServedLedger } from './served-ledger.ts';

const APRIL = 'CGB-2023-04-19';
const JUNE = 'CGB-2023-06-21';
const ON_9_OCTOBER = { effective: '2023-10-09' };
const ON_30_JUNE = { effective: '2023-06-30' };

const MINUTES = `query ($ref: ID!, $asOf: AsOf) {
  ledger(asOf: $asOf) { meeting(ref: $ref) { ref date state items { item title promise owner { ref } } } } }`;

describe('what the papers of 2023 say of the actions of the board', () => {
  let served: ServedLedger;

  beforeAll(async () => {
    served = await serveLedger({ holding: 'example' });
  }, 240_000);
  afterAll(() => served?.remove());

  /** The actions of a meeting, by the last part of their references. */
  async function actionsOf(meeting: string, asOf: object): Promise<Record<string, Json>> {
    const { ledger } = await served.public.asks('Tracker', { asOf, filter: { meeting }, first: 500 });
    expect(ledger.actions.totalCount).toBe(ledger.actions.edges.length);
    return Object.fromEntries(ledger.actions.edges.map(({ node }: Json) => [node.ref.split('-').at(-1), node]));
  }

  async function countsOf(asOf: object, filter: object = {}): Promise<Record<string, number>> {
    const { ledger } = await served.public.asks('Counts', { by: 'PUBLISHED', asOf, filter });
    return Object.fromEntries(ledger.actionCounts.map(({ key, count }: Json) => [key, count]));
  }

  it('counts eleven on 9 October: nine complete, one awaiting sign-off, one without status', async () => {
    expect(await countsOf(ON_9_OCTOBER, { meeting: APRIL })).toEqual({ COMPLETE: 4 });
    expect(await countsOf(ON_9_OCTOBER, { meeting: JUNE })).toEqual({
      COMPLETE: 5,
      AWAITING_SIGN_OFF: 1,
      NO_STATUS: 1,
    });
    expect(await countsOf(ON_9_OCTOBER)).toEqual({ COMPLETE: 9, AWAITING_SIGN_OFF: 1, NO_STATUS: 1 });
  });

  it('lists the same eleven, each in the state that the paper prints', async () => {
    const [april, june] = [await actionsOf(APRIL, ON_9_OCTOBER), await actionsOf(JUNE, ON_9_OCTOBER)];
    const statuses = (of: Record<string, Json>) =>
      Object.fromEntries(Object.entries(of).map(([ref, { status }]) => [ref, status]));
    expect(statuses(april)).toEqual({ A1: 'SIGNED_OFF', A2: 'SIGNED_OFF', A3: 'CONVERTED', A4: 'SIGNED_OFF' });
    expect(statuses(june)).toEqual({
      A1: 'SIGNED_OFF',
      A2: 'AGREED',
      A3: 'SIGNED_OFF',
      A4: 'REPORTED_COMPLETE',
      A5: 'SIGNED_OFF',
      A6: 'SIGNED_OFF',
      A7: 'SIGNED_OFF',
    });
  });

  it('has 7(c) complete by other means: it became a yearly item of the forward plan', async () => {
    const { A3 } = await actionsOf(APRIL, ON_9_OCTOBER);
    expect(A3).toMatchObject({
      status: 'CONVERTED',
      published: 'COMPLETE',
      closed: { outcome: 'CONVERTED', by: null, authority: null, effectiveOn: '2023-10-09' },
      reportedComplete: null,
    });
    const { ledger } = await served.public.runs(
      `{ ledger { action(ref: "CGB-2023-04-A3") { item closed { item } } } }`,
    );
    expect(ledger.action).toEqual({ item: '7(c)', closed: { item: expect.stringMatching(/annually/) } });
  });

  it('has no visible origin for 7(d): no board paper as its source, and a reason that says so', async () => {
    const { ledger } = await served.public.asks('History', { ref: 'CGB-2023-04-A4', asOf: ON_9_OCTOBER });
    const [raised] = ledger.action.history.edges.map(({ node }: Json) => node);
    expect(raised).toMatchObject({ type: 'ActionRaised', source: { paragraph: 'paragraph 7(d)' } });
    expect(raised.reason).toMatch(/holds no letter/);
    expect(raised.by).toBeNull();
  });

  it('keeps the commitments of July apart: minuted items of the meeting, and no action', async () => {
    const { ledger } = await served.public.runs(MINUTES, { ref: 'CGB-2023-07-17', asOf: ON_9_OCTOBER });
    const promises = ledger.meeting.items.filter(({ promise }: Json) => promise);
    expect(promises).toHaveLength(7);
    expect(promises.every(({ owner }: Json) => owner.ref === 'chief-constable')).toBe(true);
    expect(await actionsOf('CGB-2023-07-17', ON_9_OCTOBER)).toEqual({});
    expect(Object.values(await countsOf(ON_9_OCTOBER)).reduce((sum, count) => sum + count, 0)).toBe(11);
  });

  it('answers 30 June with agreed, and names the completion that may already hold', async () => {
    const { ledger } = await served.public.asks('ActionOn', { ref: 'CGB-2023-06-A1', asOf: ON_30_JUNE });
    expect(ledger.action).toMatchObject({
      status: 'AGREED',
      published: 'NO_STATUS',
      reportedComplete: null,
      closed: null,
    });
    expect(ledger.action.mayAlreadyHold).toEqual([
      { type: 'ActionReportedComplete', from: '2023-06-21', to: '2023-10-09' },
      { type: 'ActionSignedOff', from: '2023-06-21', to: '2023-10-09' },
    ]);
    expect(await countsOf(ON_30_JUNE)).toEqual({ NO_STATUS: 11 });
  });

  it('says nothing of what may already hold of an action that was never reported complete', async () => {
    const { ledger } = await served.public.asks('ActionOn', { ref: 'CGB-2023-06-A2', asOf: ON_30_JUNE });
    expect(ledger.action.mayAlreadyHold).toEqual([]);
  });

  it('gives the state of each date asked for', async () => {
    const statusOn = async (effective: string) =>
      (await served.public.asks('ActionOn', { ref: 'CGB-2023-06-A1', asOf: { effective } })).ledger.action?.status ??
      null;
    const days = ['2023-06-20', '2023-06-21', '2023-10-08', '2023-10-09'];
    expect(await Promise.all(days.map(statusOn))).toEqual([null, 'AGREED', 'AGREED', 'SIGNED_OFF']);
  });

  it('answers two dates in one request, each from its own basis', async () => {
    const { then, now } = await served.public.asks('TwoDates', {
      ref: 'CGB-2023-06-A4',
      then: ON_30_JUNE,
      now: ON_9_OCTOBER,
    });
    expect([then.action.status, now.action.status]).toEqual(['AGREED', 'REPORTED_COMPLETE']);
  });

  it('knew nothing of a completion before the paper that prints it was published', async () => {
    const asOf = { ...ON_9_OCTOBER, recorded: '2023-10-08T12:00:00Z' };
    expect(await countsOf(asOf)).toEqual({});
    expect(await countsOf({ ...ON_9_OCTOBER, recorded: '2023-10-09T00:00:00Z' })).toEqual({
      COMPLETE: 9,
      AWAITING_SIGN_OFF: 1,
      NO_STATUS: 1,
    });
  });

  it('had recorded nothing of its own in 2023, by the proven clock', async () => {
    expect(await countsOf({ ...ON_9_OCTOBER, recorded: '2023-12-31T12:00:00Z', clock: 'PROVEN' })).toEqual({});
    expect(await countsOf({ ...ON_9_OCTOBER, clock: 'PROVEN' })).toEqual({
      COMPLETE: 9,
      AWAITING_SIGN_OFF: 1,
      NO_STATUS: 1,
    });
  });

  it('keeps both sides of each contradiction that touches actions, meetings, documents and rules, each with its source', async () => {
    const { ledger } = await served.public.asks('Contradictions', { asOf: ON_9_OCTOBER });
    const listed = ledger.contradictions.edges.map(({ node }: Json) => [
      node.record,
      node.path,
      node.holds.value,
      node.says.value,
    ]);
    expect(listed).toEqual([
      ['CGB-2023-04-19', 'date', '2023-04-19', '2023-03-20'],
      ['CGB-2023-06-A7', 'due.phrase', expect.stringMatching(/September CGB/), 'update to CGB in January'],
      ['CGB-2023-07-17', 'date', '2023-07-17', '2022-07-20'],
      ['CGB-2023-09-25', 'date', '2023-09-25', '2022-09-25'],
      // The reports of June and of July.
      ['CGB-cadence', 'every', 4, 8],
      ['CGB-cadence', 'every', 4, 8],
      [
        'FORCE-2023-06-E1',
        'publisher',
        expect.stringMatching(/^Leicestershire Police: an independent internal review/),
        'The Home Office in the Casey Review',
      ],
      ['PCP-2023-02-01', 'date', '2023-02-01', '2023-02-02'],
    ]);
    for (const { node } of ledger.contradictions.edges)
      for (const { source } of [node.holds, node.says])
        expect(source).toEqual({ document: expect.stringMatching(/\w/), paragraph: expect.stringMatching(/\w/) });
  });

  it('marks what is contradicted where it is read, and changes nothing by it', async () => {
    const { A7 } = await actionsOf(JUNE, ON_9_OCTOBER);
    expect(A7.disputed).toEqual([
      {
        path: 'due.phrase',
        says: 'update to CGB in January',
        source: expect.objectContaining({ paragraph: 'paragraph 8(g)' }),
      },
    ]);
    expect(A7.due).toMatchObject({ current: '2023-09-25', original: '2023-09-25', extensions: 0 });
    const { ledger } = await served.public.asks('Meetings', { asOf: ON_9_OCTOBER, body: 'CGB' });
    const april = ledger.meetings.edges.map(({ node }: Json) => node).find(({ ref }: Json) => ref === APRIL);
    expect(april).toMatchObject({
      date: '2023-04-19',
      state: 'HELD',
      disputed: [{ path: 'date', says: '2023-03-20' }],
    });
  });

  it('answers the public as it answers the office, for all of it was published', async () => {
    const officer = await served.as('opcc-officer');
    const withoutPlaces = (answer: Json) => JSON.stringify(answer).replace(/"(position|recorded)":"[^"]*"/g, '');
    for (const asOf of [ON_30_JUNE, ON_9_OCTOBER]) {
      const tracker = [await served.public.asks('Tracker', { asOf }), await officer.asks('Tracker', { asOf })];
      expect(withoutPlaces(tracker[0])).toBe(withoutPlaces(tracker[1]));
    }
  });

  it('shows the public what was published and nothing else', async () => {
    const officer = await served.as('opcc-officer');
    const { action } = await officer.does('raiseAction', {
      body: 'CGB',
      title: 'Not for the papers',
      organisation: 'OPCC',
    });
    const { position } = await officer.does('giveActionUpdate', {
      ref: 'CGB-2023-06-A2',
      text: 'Not for the papers',
      by: 'opcc',
      authority: { delegation: 'SoD-1' },
    });
    expect((await officer.asks('ActionOn', { ref: 'CGB-2023-06-A2', atLeast: position })).ledger.action.status).toBe(
      'IN_PROGRESS',
    );
    const before = await served.public.asks('ActionOn', { ref: 'CGB-2023-06-A2', atLeast: position });
    expect(before.ledger.action).toMatchObject({ status: 'AGREED', latestUpdate: null });
    expect((await served.public.asks('ActionOn', { ref: action.ref })).ledger.action).toBeNull();
    expect((await served.public.asks('Tracker')).ledger.actions.totalCount).toBe(11);

    const monitoring = await served.as('monitoring-officer');
    const published = await monitoring.does('publishAction', {
      ref: 'CGB-2023-06-A2',
      authority: { delegation: 'SoD-2' },
    });
    const after = await served.public.asks('ActionOn', { ref: 'CGB-2023-06-A2', atLeast: published.position });
    expect(after.ledger.action).toMatchObject({ status: 'IN_PROGRESS', latestUpdate: { text: 'Not for the papers' } });
  });

  it('lists the promises of minutes on a page, of all meetings or of one: those that an action keeps for this reader, and those that none does', async () => {
    const officer = await served.as('opcc-officer');
    const july = 'CGB-2023-07-17';
    const page = async (path: string, token?: string) => {
      const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
      const response = await fetch(`${served.url}${path}`, { headers });
      return { status: response.status, html: await response.text() };
    };
    const tabs = ({ html }: { readonly html: string }) =>
      [...html.matchAll(/(?:All|Kept as an action|No action) \((\d+)\)/g)].map(([, count]) => Number(count));
    expect(tabs(await page('/promises'))).toEqual([15, 0, 15]);
    expect((await page(`/meetings/${july}`)).html).toContain(
      '7 promises stand in its minutes. No action keeps any of them.',
    );
    const { ledger } = await officer.runs(
      `{ ledger { promises(meeting: "${july}") { edges { node { event title } } } } }`,
    );
    const { event, title } = ledger.promises.edges[0].node;
    const kept = { meeting: july, title: 'Kept of July', promise: event, owner: 'opcc' };
    const { ref } = (await officer.does('raiseAction', kept)).action;
    await served.ready();
    const token = await demoToken(served.url, 'opcc-officer');
    const ofJuly = await page(`/promises?meeting=${july}&kept=yes`, token);
    expect(tabs(ofJuly)).toEqual([7, 1, 6]);
    expect(ofJuly.html).toContain(title);
    expect(ofJuly.html).toContain(`/actions/${ref}`);
    expect((await page(`/meetings/${july}`, token)).html).toMatch(
      /No action keeps 6 of them\.\s*<a [^>]*href="\/promises\?meeting=CGB-2023-07-17"/,
    );
    // That action is not published: to the public the promise is kept by nothing.
    expect(tabs(await page(`/promises?meeting=${july}`))).toEqual([7, 0, 7]);
    expect(tabs(await page('/promises?on=2023-10-09', token))).toEqual([15, 0, 15]);
    // Of no meeting that there is, and of what is none.
    const ofNone = await page('/promises?meeting=CGB-2023-12-31');
    expect([tabs(ofNone), ofNone.html.includes('No promise like this')]).toEqual([[0, 0, 0], true]);
    expect((await page('/promises?meeting=%3Cb%3E')).status).toBe(404);
  });
});
