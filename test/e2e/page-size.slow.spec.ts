import { KINDS_OF_RECORD, pathOfKind } from '../../libs/declarations/index.ts';
import { HELD_ON, openOffice, TYPED_LATE, type Office } from './office.ts';
import { everyPage, fewOfAKind, pagesAt, type PageSeen } from './every-page.ts';
import { headersOf } from './served-ledger.ts';

const MOST = 150 * 1024;
const LONG = 'What was said of it was long. '.repeat(10);
const source = { document: 'Minutes of the Corporate Governance Board', paragraph: 'section 4', quote: LONG };

describe('a page', () => {
  let office: Office;
  let headers: Readonly<Record<string, string>>;
  let storied: string;

  beforeAll(async () => {
    office = await openOffice();
    const { officer, lead, served, board } = office;
    const late = { effectiveOn: HELD_ON, ...TYPED_LATE };
    storied = await office.agreed({ title: LONG });
    for (let n = 0; n < 45; n += 1) {
      await officer.does('minuteItem', { ref: board, item: `${n}`, title: 'Item', text: LONG, source, ...late });
      await lead.does('giveActionUpdate', { ref: storied, text: LONG, source });
      await office.raise({ title: `${LONG} ${n}` });
    }
    await served.ready();
    headers = await headersOf(served.url, 'opcc-officer');
  }, 120_000);
  afterAll(() => office?.served.remove());

  const sizes = (pages: readonly PageSeen[]) =>
    pages
      .filter(({ path }) => !path.startsWith('/assets'))
      .map(({ path, html }) => [path, Buffer.byteLength(html)] as const);

  it('is no larger than 150 KB, whatever it shows and however much is recorded', async () => {
    const paths = KINDS_OF_RECORD.map(pathOfKind);
    const pages = [
      ...(await everyPage(office.served.url, headers, { ofAKind: fewOfAKind })),
      ...(await pagesAt(office.served.url, [...paths, `/actions/${storied}`, `/meetings/${office.board}`], headers)),
    ];
    expect(pages.length).toBeGreaterThan(20);
    expect(sizes(pages).filter(([, size]) => size > MOST)).toEqual([]);
    // They are looked at full, not empty.
    expect(Math.max(...sizes(pages).map(([, size]) => size))).toBeGreaterThan(MOST / 3);
  }, 120_000);

  it('of a record with many events shows the first of them, and leads to the others', async () => {
    const path = `/meetings/${office.board}`;
    const shown: number[] = [];
    let late = 0;
    for (let at: string | null = path; at !== null;) {
      const [page] = await pagesAt(office.served.url, [at], headers);
      const { html } = page!;
      shown.push(html.match(/class="moj-timeline__item/g)?.length ?? 0);
      late += html.match(/\(<strong>late entry<\/strong>\)/g)?.length ?? 0;
      at = /href="([^"]+)"[^>]*>\s*(?:<[^>]*>\s*)*Further events/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? null;
    }
    expect(shown).toEqual([20, 20, 7]);
    // Each entry says of itself whether it is late.
    const { ledger } = await office.officer.runs(
      `{ ledger { meeting(ref: "${office.board}") { history(first: 100) { edges { node { late } } } } } }`,
    );
    const entries: readonly { readonly node: { readonly late: boolean } }[] = ledger.meeting.history.edges;
    expect(late).toBe(entries.filter(({ node }) => node.late).length);
    expect(late).toBeGreaterThan(40);
  });

  it('of a record with many events shows of its timeline where that stands which was just recorded', async () => {
    const path = `/meetings/${office.board}`;
    const { ledger } = await office.officer.asks('AnyRecord', { ref: office.board });
    const events: readonly string[] = ledger.record.history.edges.map(({ node }: { node: { id: string } }) => node.id);
    expect(events).toHaveLength(47);
    for (const at of [0, 19, 20, 46]) {
      const [page] = await pagesAt(office.served.url, [`${path}?done=${events[at]}`], headers);
      expect([at, page!.html.includes(`id="event-${events[at]}"`)]).toEqual([at, true]);
      expect([at, page!.html.includes('The first of them')]).toEqual([at, at >= 20]);
    }
    const [none] = await pagesAt(office.served.url, [`${path}?done=${events[46]!.replace(/^./, 'z')}`], headers);
    expect(none!.html).toContain(`id="event-${events[0]}"`);
  });
});
