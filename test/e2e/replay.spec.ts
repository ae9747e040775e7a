import type { Client, Json } from './client.ts';
import { headersOf, serveLedger, type ServedLedger } from './served-ledger.ts';

/*
 * How records came about, by the papers of 2023. On the stated clock each fact counts as known from the day on which its source was published.
 */

const REPLAY = `query ($ref: ID!, $asOf: AsOf, $order: ReplayOrder, $first: Int, $after: String, $before: String) { ledger(asOf: $asOf) { record(ref: $ref) {
  replay(order: $order, first: $first, after: $after, before: $before) {
    pageInfo { hasPreviousPage hasNextPage startCursor endCursor }
    edges { cursor node { number kind day known record stands event { id type effectiveOn authority source { document paragraph } } changed { name label before after } state { name after } } } } } } }`;
/** The decision on the provisional outturn, which was made subject to a condition. */
const OUTTURN = 'CGB-2023-06-D1';
/** Carry forward requests: raised and agreed in June, reported complete by October. */
const CARRY_FORWARD = 'CGB-2023-06-A4';

describe('how a record of the papers came about', () => {
  let served: ServedLedger;
  let auditor: Client;

  beforeAll(async () => {
    served = await serveLedger({ holding: 'example' });
    auditor = await served.as('internal-auditor');
  }, 240_000);
  afterAll(() => served?.remove());

  const replay = async (ref: string, more: object = {}, client = auditor): Promise<Json> =>
    (await client.runs(REPLAY, { ref, ...more })).ledger.record?.replay ?? null;
  const stepsOf = async (ref: string, more: object = {}): Promise<Json[]> =>
    (await replay(ref, more)).edges.map(({ node }: Json) => node);
  const changes = ({ changed }: Json) =>
    Object.fromEntries(changed.map(({ label, before, after }: Json) => [label, [before, after]])) as Json;

  it('is told of the decision on the provisional outturn up to its condition, which no paper says was met', async () => {
    const steps = await stepsOf(OUTTURN);
    expect(steps.map(({ number, event }) => [number, event.type, event.effectiveOn])).toEqual([
      [1, 'DecisionProposed', '2023-06-21'],
      [2, 'DecisionMade', '2023-06-21'],
      [3, 'DecisionConditionSet', '2023-06-21'],
      [4, 'Published', '2023-10-09'],
    ]);
    const [proposed, made, condition, published] = steps;
    expect(changes(proposed)).toMatchObject({
      Status: [null, 'Proposed'],
      Title: [null, 'Provisional outturn position for 2022/23'],
    });
    expect(made.event.authority).toBe('meeting CGB-2023-06-21');
    expect(changes(made)).toMatchObject({ Status: ['Proposed', 'Made'] });
    expect(changes(condition)).toMatchObject({ 'Conditions outstanding': ['0', '1'] });
    expect(published.changed).toEqual([]);
    expect(published.state).toContainEqual({ name: 'conditions.outstanding', after: '1' });
  });

  it('is told in the order in which it took effect as well: agreed in June, reported by October', async () => {
    const steps = await stepsOf(CARRY_FORWARD, { order: 'EFFECTIVE' });
    expect(steps.map(({ kind, day, event }) => [kind, day, event.type])).toEqual([
      ['EVENT', '2023-06-21', 'ActionRaised'],
      ['EVENT', '2023-06-21', 'ActionAgreed'],
      ['EVENT', '2023-10-09', 'ActionReportedComplete'],
    ]);
    expect(steps.map((step) => changes(step).Status)).toEqual([
      [null, 'Proposed'],
      ['Proposed', 'Agreed'],
      ['Agreed', 'Reported complete'],
    ]);
    expect(steps[2].event.source).toEqual({
      document: 'Corporate Governance Board Report to the Police and Crime Panel, 9 October 2023',
      paragraph: 'paragraph 8(d)',
    });
  });

  it('goes no further than the date that is asked about', async () => {
    const then = { effective: '2023-06-30' };
    expect((await stepsOf(CARRY_FORWARD, { asOf: then, order: 'EFFECTIVE' })).map(({ event }) => event.type)).toEqual([
      'ActionRaised',
      'ActionAgreed',
    ]);
    // On that day nothing of it was known: the paper was published in October.
    expect(await replay(CARRY_FORWARD, { asOf: { ...then, recorded: '2023-06-30T12:00:00.000Z' } })).toBeNull();
  });

  it('is one answer, in whatever pages it is asked for, forwards and backwards', async () => {
    const all = (await replay('CGB-2023-06-21', { first: 500 })).edges as Json[];
    expect(all.length).toBeGreaterThan(4);
    const forwards: Json[] = [];
    for (let after: string | null = null; ;) {
      const page: Json = await replay('CGB-2023-06-21', { first: 3, after });
      expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
      forwards.push(...page.edges);
      after = page.pageInfo.endCursor;
      if (!page.pageInfo.hasNextPage) break;
    }
    expect(forwards).toEqual(all);
    const backwards: Json[] = [];
    for (let before = all.at(-1)!.cursor as string; ;) {
      const page: Json = await replay('CGB-2023-06-21', { first: 3, before });
      expect(page.pageInfo.hasNextPage).toBe(true);
      backwards.unshift(...page.edges);
      before = page.pageInfo.startCursor;
      if (!page.pageInfo.hasPreviousPage) break;
    }
    expect(backwards).toEqual(all.slice(0, -1));
  });

  it('tells of another record only what changes what is told: an action that is due at a meeting is dated when the meeting is', async () => {
    const steps = await stepsOf(CARRY_FORWARD);
    expect(steps.every(({ kind, record }) => kind !== 'EVENT' || record === CARRY_FORWARD)).toBe(true);
    expect(steps.every(({ kind, changed }) => kind === 'EVENT' || changed.length > 0)).toBe(true);
  });

  it('is nothing where there is no record, and says what is wrong with a page that cannot be', async () => {
    expect(await replay('CGB-1999-01-A1')).toBeNull();
    for (const [asked, field, says] of [
      [{ first: 0 }, 'first', /1 to 500/],
      [{ first: 501 }, 'first', /1 to 500/],
      [{ after: 'nonsense' }, 'after', /cursor/],
      [{ before: 'nonsense' }, 'before', /cursor/],
      [{ after: 'WyIxIl0', before: 'WyIyIl0' }, 'before', /not both/],
      [{ after: 'WyItMSJd' }, 'after', /cursor/],
    ] as const) {
      const refused = await auditor.failsToRun(REPLAY, { ref: OUTTURN, ...asked });
      expect([asked, refused.extensions]).toEqual([asked, expect.objectContaining({ code: 'INVALID', field })]);
      expect(refused.message).toMatch(says);
    }
  });

  it('has a page, to which the timeline of the record leads', async () => {
    const headers = await headersOf(served.url, 'internal-auditor');
    const page = async (path: string) => {
      const answer = await fetch(`${served.url}${path}`, { headers });
      return { status: answer.status, html: (await answer.text()).replaceAll(/\s+/g, ' ') };
    };
    expect((await page(`/decisions/${OUTTURN}`)).html).toContain(`href="/decisions/${OUTTURN}/replay"`);
    const { status, html } = await page(`/decisions/${OUTTURN}/replay`);
    expect(status).toBe(200);
    expect(html).toMatch(
      /Step 3: <a class="govuk-link" href="\/decisions\/CGB-2023-06-D1#event-[0-9a-f-]+">Condition set, 21 June 2023<\/a>/,
    );
    expect(html).toContain('What became of its conditions and actions');
    expect(html).toMatch(/Satisfied queries raised by the Chair<\/a>.{0,200}Outstanding/);
    expect(html).toContain('It changed nothing that is told of the record.');
    expect((await page(`/actions/${CARRY_FORWARD}/replay?order=effective`)).html).toContain('Step 3:');
    for (const path of [
      `/actions/${OUTTURN}/replay`,
      `/actions/CGB-1999-01-A1/replay`,
      `/actions/${CARRY_FORWARD}/replay?order=backwards`,
    ])
      expect([path, (await page(path)).status]).toEqual([path, 404]);
  });
});
