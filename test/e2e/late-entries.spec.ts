import type { Json } from './client.ts';
import { serveLedger, type ServedLedger } from './served-ledger.ts';

/*
 * What was entered late, by the papers: each fact counts, on the stated clock, as recorded on the day on which its source was published. On the other clock all
 * was recorded when it was loaded.
 */
const ON_9_OCTOBER = { effective: '2023-10-09', recorded: '2023-10-09T22:59:59.999Z' };

const DELAYS = `query ($asOf: AsOf, $by: EntryGrouping, $filter: EntryFilter) { ledger(asOf: $asOf) { entryDelays(by: $by, filter: $filter) {
  count late medianDays ninetiethDays longestDays bands { fromDays toDays count }
  groups { key label count late medianDays ninetiethDays longestDays bands { count } } } } }`;
const LATE = `query ($asOf: AsOf, $filter: EntryFilter, $first: Int, $after: String) { ledger(asOf: $asOf) {
  lateEntries(filter: $filter, first: $first, after: $after) {
    totalCount incomplete pageInfo { hasNextPage endCursor }
    edges { node { record register delayDays illustrative post { ref } event { id type effectiveOn stated delayDays late } } } } } }`;

describe('what the papers of 2023 were late with', () => {
  let served: ServedLedger;

  beforeAll(async () => {
    served = await serveLedger({ holding: 'example' });
  }, 240_000);
  afterAll(() => served?.remove());

  const delays = async (variables: object): Promise<Json> =>
    (await served.public.runs(DELAYS, { asOf: ON_9_OCTOBER, ...variables })).ledger.entryDelays;
  const late = async (variables: object): Promise<Json> =>
    (await served.public.runs(LATE, { asOf: ON_9_OCTOBER, first: 500, ...variables })).ledger.lateEntries;

  it('are the eleven actions of April and June, raised and agreed 173 and 110 days before a paper said so', async () => {
    const { totalCount, incomplete, edges } = await late({ filter: { register: 'actions' } });
    expect([totalCount, incomplete]).toEqual([22, 0]);
    const told = edges.map(({ node: { record, delayDays, event } }: Json) => [
      record,
      event.type,
      event.effectiveOn,
      delayDays,
    ]);
    for (const number of [1, 2, 3, 4])
      for (const type of ['ActionRaised', 'ActionAgreed'])
        expect(told).toContainEqual([`CGB-2023-04-A${number}`, type, '2023-04-19', 173]);
    for (const number of [1, 2, 3, 4, 5, 6, 7])
      for (const type of ['ActionRaised', 'ActionAgreed'])
        expect(told).toContainEqual([`CGB-2023-06-A${number}`, type, '2023-06-21', 110]);
    for (const { node } of edges)
      expect(node).toMatchObject({
        ...{ register: 'actions', illustrative: false, post: { ref: 'opcc-officer' } },
        event: { stated: '2023-10-09', late: true, delayDays: node.delayDays },
      });
  });

  it('are none of what that paper itself reports: eighteen reports, sign-offs and a conversion, recorded on their own day', async () => {
    expect(await delays({ filter: { register: 'actions' } })).toMatchObject({
      ...{ count: 40, late: 22, medianDays: 110, ninetiethDays: 173, longestDays: 173 },
      bands: [
        { fromDays: null, toDays: -1, count: 0 },
        { fromDays: 0, toDays: 0, count: 18 },
        { fromDays: 1, toDays: 7, count: 0 },
        { fromDays: 8, toDays: 30, count: 0 },
        { fromDays: 31, toDays: 90, count: 0 },
        { fromDays: 91, toDays: null, count: 22 },
      ],
      groups: [],
    });
  });

  it('are, longest of all, that three bodies were there by November 2021, which the papers say 678 days later', async () => {
    const { edges } = await late({ filter: { register: 'directory' } });
    const longest = edges.filter(({ node }: Json) => node.delayDays === 678).map(({ node }: Json) => node.record);
    expect(longest.sort()).toEqual(['CGB', 'FORCE', 'OPCC']);
  });

  it('are none of the paper of 2 December 2021: its seven facts were told on the day on which they took effect', async () => {
    const { groups } = await delays({ by: 'MONTH' });
    expect(groups.map(({ key, count, late: some }: Json) => [key, count, some])).toEqual([
      ['2021-12', 7, 0],
      ['2023-10', 524, 397],
    ]);
    const { groups: registers } = await delays({ by: 'REGISTER', filter: { recordedTo: '2021-12-31' } });
    expect(registers.map(({ key, count }: Json) => [key, count])).toEqual([
      ['decisions', 2],
      ['forward-plan', 5],
    ]);
  });

  it('were all entered by the one post that loaded them, on the other clock on the day on which it did', async () => {
    const asOf = { effective: '2023-10-09', clock: 'PROVEN' };
    const { count, groups } = await delays({ by: 'POST', asOf });
    expect(groups.map(({ key, count: some }: Json) => [key, some])).toEqual([['opcc-officer', count]]);
    const { groups: months } = await delays({ by: 'MONTH', asOf });
    expect(months.map(({ late: some }: Json) => some)).toEqual([count]);
  });

  it('are read page by page', async () => {
    const seen: string[] = [];
    for (let after: string | undefined; ;) {
      const page = await late({ first: 150, after });
      seen.push(...page.edges.map(({ node }: Json) => node.event.id));
      if (page.pageInfo.hasNextPage !== true) break;
      after = page.pageInfo.endCursor;
    }
    expect([seen.length, new Set(seen).size]).toEqual([397, 397]);
  });

  it('stand on a page of their own, counted by post, register and month, and of one group alone', async () => {
    const page = async (path: string) => {
      const response = await fetch(`${served.url}${path}`);
      return [response.status, await response.text()] as const;
    };
    const at = 'on=2023-10-09&recorded=2023-10-09';
    const [status, byPost] = await page(`/late-entries?${at}`);
    expect(status).toBe(200);
    expect(byPost).toContain('Of 531 entries, 397 were late. Half were recorded within 75 days');
    expect(byPost).toContain('397 late entries');
    const [, byMonth] = await page(`/late-entries?by=month&${at}`);
    for (const words of ['December 2021', 'October 2023']) expect(byMonth).toContain(words);
    const [, actions] = await page(`/late-entries?by=register&register=actions&${at}`);
    expect(actions).toContain('Late entries, of the register of actions');
    expect(actions).toContain('22 late entries');
    expect(actions).toContain('110 days later');
    for (const wrong of ['by=week', 'register=budgets', 'month=2023-13'])
      expect([wrong, (await page(`/late-entries?${wrong}`))[0]]).toEqual([wrong, 404]);
  });

  it('are found from the page of a meeting, those that were entered near the time as at which it was told', async () => {
    const meeting = await (await fetch(`${served.url}/meetings/CGB-2023-06-21`)).text();
    for (const list of ['within-a-day', 'after']) {
      const path = `/meetings/CGB-2023-06-21/told?list=${list}`;
      expect(meeting).toContain(path);
      expect([path, (await fetch(`${served.url}${path}`)).status]).toEqual([path, 200]);
    }
  });

  it('are none of a register that there is not, and refused of a period that ends before it begins, naming the field', async () => {
    const refused = async (filter: object) => {
      const { errors } = JSON.parse((await served.public.post(LATE, { filter })).text);
      return errors[0].extensions;
    };
    expect((await late({ filter: { register: 'budgets' } })).totalCount).toBe(0);
    expect(await refused({ recordedFrom: '2023-02-01', recordedTo: '2023-01-01' })).toMatchObject({
      ...{ code: 'INVALID', field: 'filter.recordedTo' },
    });
  });
});
