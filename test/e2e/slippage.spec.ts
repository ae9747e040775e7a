import { join, resolve } from 'node:path';
import type { Client, Json } from './client.ts';
import { EXAMPLE, headersOf, loadExample, newPlace, serveLedger, type ServedLedger } from './served-ledger.ts';

const root = resolve(import.meta.dirname, '../..');
const FOLDERS = [
  ...[EXAMPLE, join(root, 'examples/rules')],
  ...['property-audit', 'governance-committee'].map((tracker) => join(root, 'test/trackers', tracker)),
];
const SLIPPAGE = `query ($asOf: AsOf, $filter: SlippageFilter) { ledger(asOf: $asOf) { slippage(filter: $filter) { totalCount edges { node {
  record owner body publication original current moveCount totalDays
  moves { kind from to days late breaches fact { record type effectiveOn by authority reason } } beside { kind from to } } } } } }`;

describe('what slipped, by the papers that other bodies published', () => {
  let served: ServedLedger;
  let officer: Client;

  beforeAll(async () => {
    const place = await newPlace();
    await loadExample(place, {}, FOLDERS);
    served = await serveLedger({ place });
    officer = await served.as('opcc-officer');
  }, 240_000);
  afterAll(async () => {
    await served?.remove();
    served?.place.remove();
  });

  async function slipped(filter: object = {}, asOf: object = {}): Promise<readonly Json[]> {
    const { ledger } = await officer.runs(SLIPPAGE, { filter, asOf });
    expect(ledger.slippage.totalCount).toBe(ledger.slippage.edges.length);
    return ledger.slippage.edges.map(({ node }: Json) => node);
  }

  /*
   * Of `test/trackers/property-audit`: the finding on security was due by the end of March 2018 and is revised to June 2019; those on training and enforcement were due over March to
   * September 2018, of which the last day counts, and are revised to June and to December 2019. From 31 March 2018 to 30 June 2019 are 275 days of that year and 181 of the next; from
   * 30 September 2018 to 30 June 2019, 92 and 181; to 31 December 2019, 92 and 365. The tracker prints no day of the revision: at the latest it was the last of June 2019.
   */
  it('is three findings of one audit of property, each once, with the reason that the tracker gives', async () => {
    const found = await slipped();
    expect(found.map(({ record, original, current, totalDays }) => [record, original, current, totalDays])).toEqual([
      ['TRACKS-2018-03-R1', '2018-03-31', '2019-06-30', 456],
      ['TRACKS-2018-03-R2', '2018-09-30', '2019-06-30', 273],
      ['TRACKS-2018-03-R3', '2018-09-30', '2019-12-31', 457],
    ]);
    for (const { body, moves, moveCount, beside } of found) {
      expect([body, moveCount, beside]).toEqual(['TRACKS', 1, []]);
      expect(moves[0]).toMatchObject({ kind: 'EXTENDED', late: true, breaches: [] });
      expect(moves[0].fact).toMatchObject({ type: 'RecommendationDueDateMoved', effectiveOn: '2019-06-30', by: null });
      expect(moves[0].fact.reason).toMatch(/^What was improved must be further embedded/);
    }
  });

  it('leaves out the four extensions of a committee whose minutes print no date before them: they set the first', async () => {
    const found = await slipped({ bodies: ['NDGC'] });
    expect(found).toEqual([]);
    const { ledger } = await officer.runs(
      `{ ledger { recommendations(filter: { bodies: ["NDGC"] }) { edges { node { due { original extensions } } } } } }`,
    );
    const dues: Json[] = ledger.recommendations.edges.map(({ node }: Json) => node.due);
    expect(
      dues.filter(({ original }) => original !== null && original < '2024').map(({ original }) => original),
    ).toEqual([...['2023-02-28', '2023-02-28', '2023-05-31', '2023-08-31']]);
    expect(dues.every(({ extensions }) => extensions === 0)).toBe(true);
  });

  it('is nothing of the board of Leicestershire: what its forward plan put off is a deferral, and no date of it was moved', async () => {
    expect(await slipped({ bodies: ['CGB'] })).toEqual([]);
  });

  it('was not known before it was recorded, and is told in groups', async () => {
    expect(await slipped({}, { effective: '2019-06-29' })).toEqual([]);
    const { ledger } = await officer.runs(`{ ledger {
      months: slippageCounts(by: MONTH) { key count moves late totalDays }
      papers: slippageCounts(by: PUBLICATION) { key count extended } } }`);
    expect(ledger.months).toEqual([
      { key: '2018-03', count: 1, moves: 1, late: 1, totalDays: 456 },
      { key: '2018-09', count: 2, moves: 2, late: 2, totalDays: 730 },
    ]);
    expect(ledger.papers).toEqual([{ key: expect.any(String), count: 3, extended: 3 }]);
  });

  it('has a page: each move with its entry, narrowed and in groups, and as it was at another date', async () => {
    const headers = await headersOf(served.url, 'opcc-officer');
    const page = async (path: string) => {
      const answer = await fetch(`${served.url}${path}`, { headers });
      return { status: answer.status, html: (await answer.text()).replaceAll(/\s+/g, ' ') };
    };
    const { status, html } = await page('/slippage');
    expect([status, html.match(/3 due dates that were moved/)?.length]).toEqual([200, 1]);
    expect(html).toMatch(
      /<a class="govuk-link" href="\/recommendations\/TRACKS-2018-03-R1#event-[0-9a-f-]+">Put off<\/a>/,
    );
    expect(html).toContain('from 31 March 2018 to 30 June 2019, 456 days; recorded on');
    expect(html).toContain('after the old date had passed');
    const byMonth = (await page('/slippage?by=month')).html;
    expect(byMonth).toContain('<a class="govuk-link ledger-words" href="/slippage?month=2018-09">September 2018</a>');
    expect((await page('/slippage?month=2018-09')).html).toContain('2 due dates that were moved');
    expect((await page('/slippage?kind=brought-forward')).html).toContain('No due date like this that you may see');
    expect((await page('/slippage?on=2019-06-29')).html).toContain('No due date like this that you may see');
    expect((await page('/slippage?by=nothing')).status).toBe(404);
    expect((await page('/slippage?owner=%3Cb%3E')).status).toBe(404);
    expect((await page('/')).html).toContain('href="/slippage"');
    // From the pages of a body, of a post and of an audit.
    const [one] = await slipped();
    for (const [path, narrowed] of [
      ['/bodies/TRACKS', 'body=TRACKS'],
      ['/posts/lead-property-security', 'owner=lead-property-security'],
      [`/documents/${one!.publication}`, `publication=${one!.publication}`],
    ])
      expect((await page(path!)).html).toContain(`href="/slippage?${narrowed}"`);
    expect((await page('/slippage?owner=lead-property-security')).html).toContain('1 due date that was moved');
  });

  it('is answered to the public without what is not published', async () => {
    const { ledger } = await served.public.runs(SLIPPAGE, { filter: {}, asOf: {} });
    expect(ledger.slippage.totalCount).toBeLessThanOrEqual(3);
  });
});
