import type { Client, Json, Variables } from './client.ts';
import { headersOf, serveLedger, type ServedLedger } from './served-ledger.ts';

/*
 * A decision over the API, read back with what it cites as that stood at its basis. The commissioner decides at the board of 21 June on papers of
 * the 14th; half of what is cited is for few, and each of it goes on afterwards: late entries, corrections and voids among that.
 */

const WHY = { reason: 'As the board said.' };
const BOARD = 'CGB-2023-06-21';
const SECRET = { marking: 'OFFICIAL_SENSITIVE' };
/** What is asked of each cited record. */
const OF_ACTION = `ref title status due { phrase original current extensions unanchored } owner { ref } latestUpdate { text } history(first: 500) { totalCount }`;

let now = Date.parse('2023-06-07T09:00:00.000Z');
const at = (instant: string) => (now = Date.parse(instant));
let served: ServedLedger;
let officer: Client;
let commissioner: Client;
let monitoring: Client;
let lead: Client;
let auditor: Client;
let panel: Client;
const open: string[] = [];
const closed: string[] = [];
let decision: string;
const readers = () => [auditor, panel] as const;
/** What each reader was told of each record when the papers went out. */
const stood = new Map<Client, Json>();

async function told(client: Client, refs: readonly string[], within: (fields: string) => string): Promise<Json> {
  const fields = refs.map((ref, index) => `a${index}: action(ref: "${ref}") { ${OF_ACTION} }`).join(' ');
  return client.runs(`{ ${within(fields)} }`);
}

const DECIDED = `query ($ref: ID!) { ledger { decision(ref: $ref) { status signed { signedBy { ref } } consultations { who said }
  outcome { basis { on recorded clock lastEvent } cited { ref kind heading status record { ref } } } } } }`;

async function historyOf(ref: string): Promise<readonly Json[]> {
  await served.ready();
  const query = `query ($ref: ID!) { ledger { record(ref: $ref) { history(first: 500) { edges { node { id type } } } } } }`;
  const { ledger } = await auditor.runs(query, { ref });
  return ledger.record.history.edges.map(({ node }: Json) => node);
}

/** Ten later events on a record. */
async function tenLater(ref: string): Promise<void> {
  const opening = (await historyOf(ref))[0].id as string;
  await commissioner.does('agreeAction', { ref, effectiveOn: '2023-06-08', ...WHY });
  await lead.does('giveActionUpdate', { ref, text: 'Late news.', effectiveOn: '2023-06-09', ...WHY });
  await lead.does('giveActionUpdate', { ref, text: 'It goes on.' });
  await lead.does('addActionEvidence', { ref, title: 'A photograph' });
  await commissioner.does('extendActionDueDate', { ref, due: { on: '2023-12-31' }, ...WHY });
  await officer.does('reassignAction', { ref, owner: 'opcc-officer', ...WHY });
  await officer.does('correctAction', { ref, event: opening, path: 'title', is: 'As it should have read', ...WHY });
  await officer.does('correctAction', { ref, event: opening, path: 'effectiveOn', is: '2023-06-06', ...WHY });
  const update = (await historyOf(ref)).find(({ type }) => type === 'UpdateGiven').id as string;
  await monitoring.does('voidActionEvent', { ref, event: update, ...WHY });
  await monitoring.does('restoreActionEvent', { ref, event: update, ...WHY });
}

beforeAll(async () => {
  served = await serveLedger({ store: 'sqlite', clock: { now: () => now } });
  [officer, commissioner, monitoring, lead, auditor, panel] = (await Promise.all(
    ['opcc-officer', 'commissioner', 'monitoring-officer', 'force-lead', 'internal-auditor', 'jarap-member'].map(
      (post) => served.as(post),
    ),
  )) as [Client, Client, Client, Client, Client, Client];
  for (const client of [commissioner, lead, monitoring]) await client.fails('agreeAction', { ref: 'NONE-2000-01-A1' });
  await officer.does('addBody', { ref: 'CGB', name: 'Corporate Governance Board' });
  await officer.does('scheduleMeeting', { body: 'CGB', on: '2023-06-21' });
  for (const [index, more] of ([{}, SECRET, {}, SECRET] as const).entries()) {
    const raised = { body: 'CGB', title: `Action ${index}`, owner: 'force-lead', due: { on: '2023-09-30' }, ...more };
    (more === SECRET ? closed : open).push((await officer.does('raiseAction', raised)).action.ref as string);
  }
  at('2023-06-14T15:30:00.000Z');
  await officer.does('issuePapers', { ref: BOARD, note: 'The pack' });
  await served.ready();
  for (const client of readers())
    stood.set(client, (await told(client, [...open, ...closed], (fields) => `ledger { ${fields} }`)).ledger);
  const cutOff = new Date(now).toISOString();

  at('2023-06-21T18:00:00.000Z');
  // Between the papers and the meeting: nobody decided on that.
  for (const ref of open)
    await officer.does('reassignAction', { ref, owner: 'opcc-officer', effectiveOn: '2023-06-13', ...WHY });
  for (const ref of open) await officer.does('reassignAction', { ref, owner: 'force-lead', ...WHY });
  await officer.does('holdMeeting', { ref: BOARD });
  const proposal = { body: 'CGB', maker: 'COMMISSIONER', title: 'Five electric cars' };
  decision = (await officer.does('proposeDecision', proposal)).decision.ref;
  const on = { ref: decision };
  await officer.does('recordDecisionConsultation', { ...on, who: 'The residents', said: 'They were for it.' });
  await officer.does('draftDecision', { ...on, recommendation: 'Buy five.' });
  await officer.does('adviseOnDecision', { ...on, adviceOn: 'FINANCE', applies: false });
  const made: Variables = { ...on, decided: 'Five cars are bought.', cites: [...open, ...closed] };
  await commissioner.does('makeDecision', { ...made, authority: { meeting: BOARD } });
  await officer.does('signDecision', { ...on, signedBy: 'commissioner' });

  at('2023-07-03T12:00:00.000Z');
  for (const ref of [...open, ...closed]) await tenLater(ref);
  await served.ready();
  expect(cutOff).toBe('2023-06-14T15:30:00.000Z');
}, 120_000);
afterAll(() => served?.remove());

describe('a decision that was made at a meeting', () => {
  it('is made on the cut-off of that meeting, and tells the last entry then to whoever may see everything', async () => {
    const told = async (client: Client) =>
      (await client.runs(DECIDED, { ref: decision })).ledger.decision.outcome.basis;
    const basis = { on: '2023-06-14', recorded: '2023-06-14T15:30:00.000Z', clock: 'STATED' };
    const issued = (await historyOf(BOARD)).find(({ type }) => type === 'PapersIssued').id;
    expect(await told(auditor)).toEqual({ ...basis, lastEvent: issued });
    expect(await told(panel)).toEqual({ ...basis, lastEvent: null });
  });

  it('names what it cites as it stood then, as far as the reader may see it, and counts nothing else', async () => {
    const cited = async (client: Client) =>
      (await client.runs(DECIDED, { ref: decision })).ledger.decision.outcome.cited;
    const of = (refs: readonly string[], titles: readonly string[]) =>
      refs.map((ref, index) => ({
        ...{ ref, kind: 'action', heading: titles[index], status: 'Proposed', record: { ref } },
      }));
    expect(await cited(panel)).toEqual(of(open, ['Action 0', 'Action 2']));
    expect(await cited(auditor)).toEqual(of([...open, ...closed], ['Action 0', 'Action 2', 'Action 1', 'Action 3']));
    const { text } = await panel.post(DECIDED, { ref: decision });
    for (const ref of closed) expect(text).not.toContain(ref);
  });

  it('gives the whole ledger of then back, whatever came of each record since', async () => {
    for (const client of readers()) {
      const refs = [...open, ...closed];
      const then = await told(
        client,
        refs,
        (fields) => `ledger { decision(ref: "${decision}") { outcome { basis { ledger { ${fields} } } } } }`,
      );
      expect(then.ledger.decision.outcome.basis.ledger).toEqual(stood.get(client));
      // Each of them went on since, as far as this reader may see it.
      const today = (await told(client, refs, (fields) => `ledger { ${fields} }`)).ledger as Record<string, Json>;
      for (const [name, action] of Object.entries(stood.get(client) as Record<string, Json>))
        if (action !== null)
          expect(today[name].history.totalCount).toBeGreaterThanOrEqual(action.history.totalCount + 10);
    }
  });

  it('tells what of what it cites was so already and was not known, and what came of it since, as far as the reader may see it', async () => {
    const SINCE = `query ($ref: ID!) { ledger { decision(ref: $ref) { outcome { cited { ref sinceDecided {
      restated { change kinds fields { name causes { kind event { type effectiveOn } } } } moved { kinds fields { name causes { event { type } } } } } } } } } }`;
    const since = async (client: Client): Promise<Json[]> =>
      (await client.runs(SINCE, { ref: decision })).ledger.decision.outcome.cited;
    const causesOf = (step: Json, name: string) =>
      step.fields
        .find((one: Json) => one.name === name)
        ?.causes.map(({ event }: Json) => [event.type, event.effectiveOn].filter((one) => one !== undefined).join(' '));
    for (const [client, refs] of [
      [auditor, [...open, ...closed]],
      [panel, open],
    ] as const) {
      const cited = await since(client);
      expect(cited.map(({ ref }) => ref)).toEqual(refs);
      for (const {
        sinceDecided: { restated, moved },
      } of cited) {
        expect([restated.change, restated.kinds]).toEqual([
          'CHANGED',
          expect.arrayContaining(['LEARNED', 'CORRECTED']),
        ]);
        // Agreed and under way before the papers went out, which nobody had entered yet; the update was taken back and put in force again.
        expect(causesOf(restated, 'status')).toEqual([
          'ActionAgreed 2023-06-08',
          'UpdateGiven 2023-06-09',
          'Voided 2023-07-03',
          'Restored 2023-07-03',
        ]);
        expect(causesOf(restated, 'title')).toEqual(['Corrected 2023-07-03']);
        expect(causesOf(moved, 'due.current')).toEqual(['DueDateExtended']);
        expect(causesOf(moved, 'title')).toBeUndefined();
      }
    }
  });

  it('is replayed on a page: what was before whoever decided, what became of it, and its steps', async () => {
    const headers = await headersOf(served.url, 'jarap-member');
    const answer = await fetch(`${served.url}/decisions/${decision}/replay`, { headers });
    const html = (await answer.text()).replaceAll(/\s+/g, ' ');
    expect(answer.status).toBe(200);
    expect(/It was made on what[^.]*\./.exec(html)?.[0]).toBe(
      'It was made on what had taken effect by 14 June 2023 and had been recorded by 4:30pm on 14 June 2023.',
    );
    for (const ref of open) expect(html).toContain(`What changed of ${ref}`);
    for (const ref of closed) expect(html).not.toContain(ref);
    expect(html).toContain('Agreed, 8 June 2023; recorded 3 July 2023 at 1pm');
    expect(html).toMatch(/Step 1: <a [^>]*>Proposed, 21 June 2023<\/a>/);
  });

  it('tells who was consulted and who signed', async () => {
    const { ledger } = await panel.runs(DECIDED, { ref: decision });
    expect(ledger.decision).toMatchObject({
      status: 'MADE',
      signed: { signedBy: { ref: 'commissioner' } },
      consultations: [{ who: 'The residents', said: 'They were for it.' }],
    });
  });

  it('puts in question what was done on its authority, once its making is void', async () => {
    const ref = open[0]!;
    const update = { ref, text: 'As decided.', authority: { decision }, by: 'opcc-officer' };
    await officer.does('giveActionUpdate', update);
    const event = (await historyOf(decision)).find(({ type }) => type === 'DecisionMade').id as string;
    await monitoring.does('voidDecisionEvent', { ref: decision, event: (await historyOf(decision)).at(-1).id, ...WHY });
    await monitoring.does('voidDecisionEvent', { ref: decision, event, ...WHY });
    await served.ready();
    const query = `query ($ref: ID!) { ledger { action(ref: $ref) { questioned { why fact { record type } } } } }`;
    const { ledger } = await panel.runs(query, { ref });
    expect(ledger.action.questioned).toEqual([
      { why: 'AUTHORITY_NOT_MADE', fact: { record: decision, type: 'Voided' } },
    ]);
  });
});
