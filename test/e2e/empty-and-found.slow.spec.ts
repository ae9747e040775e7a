import { standingClock } from '../ledger-in-a-folder.ts';
import { headersOf, serveLedger, type ServedLedger } from './served-ledger.ts';

const NOW = '2023-11-20T12:00:00.000Z';

/** What a page says: its words, without the places and ports that differ from one server to the next. */
async function page({ url }: ServedLedger, path: string, post?: string) {
  const headers = await headersOf(url, post ?? null);
  const answer = await fetch(`${url}${path}`, { headers });
  const html = await answer.text();
  const inset = /<div class="govuk-inset-text">\s*([^<]*?)\s*<\/div>/.exec(html)?.[1] ?? null;
  return {
    status: answer.status,
    html,
    inset,
    rows: [...html.matchAll(/<a class="govuk-link" href="\/actions\/(?!compare\?)([^"?]+)/g)].map(([, ref]) => ref),
  };
}

describe('a list on the papers of Leicestershire', () => {
  let served: ServedLedger;
  beforeAll(async () => {
    served = await serveLedger({ store: 'sqlite', holding: 'example', clock: standingClock(NOW) });
  }, 240_000);
  afterAll(() => served?.remove());

  it.each([
    ['CGB-2023-06-A4', 'CGB-2023-06-A4'],
    ['cgb–2023–06–a4', 'CGB-2023-06-A4'],
    ['8(d)', 'CGB-2023-06-A4'],
    ['Item 8 (d)', 'CGB-2023-06-A4'],
  ])('finds by %s what is called so, and shows the number of its item', async (words, ref) => {
    const { rows, html } = await page(served, `/actions?text=${encodeURIComponent(words)}`);
    expect(rows).toEqual([ref]);
    expect(html).toContain('item 8(d)');
    const { ledger } = await served.public.runs(
      'query ($text: String) { ledger { actions(filter: { text: $text }) { edges { node { ref item } } } } }',
      { text: words },
    );
    expect(ledger.actions.edges).toEqual([{ node: { ref, item: '8(d)' } }]);
  });

  it('finds the same by the quotes and dashes of a paper and by those of a keyboard', async () => {
    const found = async (words: string) => (await page(served, `/actions?text=${encodeURIComponent(words)}`)).rows;
    const officer = await served.as('opcc-officer');
    const { action } = await officer.does('raiseAction', {
      ...{
        body: 'CGB',
        title: 'The Chief’s “follow–up” report',
        effectiveOn: '2023-11-01',
        reason: 'Typed from the minutes.',
      },
    });
    await (await served.as('monitoring-officer')).does('publishAction', { ref: action.ref });
    await served.ready();
    for (const words of ['the chief\'s "follow-up"', 'Chief’s “follow–up”', 'Chief‘s „follow—up‟'])
      expect([words, await found(words)]).toEqual([words, [action.ref]]);
  });

  it('does not print back what was too long to be looked for', async () => {
    const answers = [
      await page(served, `/actions?text=${'x'.repeat(5_000)}`),
      await page(served, `/actions?on=2023-10-09&owner=opcc&text=${'x'.repeat(5_000)}`, 'opcc-officer'),
    ];
    for (const { status, html } of answers) {
      expect(status).toBe(400);
      expect(html).toContain('must be 200 characters or fewer');
      expect(html).toContain('x'.repeat(200));
      expect(html).not.toContain('x'.repeat(201));
    }
    const { text } = await served.public.post(
      'query ($text: String) { ledger { actions(filter: { text: $text }) { totalCount } } }',
      { text: 'x'.repeat(5_000) },
    );
    expect(JSON.parse(text).errors[0]).toMatchObject({
      message: 'A search has at most 200 characters.',
      extensions: { code: 'INVALID', field: 'filter.text' },
    });
    expect(text).not.toContain('xx');
  });

  it.each([
    [
      '/actions?text=nothing-of-the-kind&on=2023-10-09',
      'No action matches all of these filters on 9 October 2023. Without them there are 11.',
    ],
    ['/actions?on=2023-01-01', 'No action that you may see had been raised by 1 January 2023. Today there are 12.'],
    [
      '/actions?on=2023-01-01&text=nothing',
      'No action that you may see had been raised by 1 January 2023. Today there are 12.',
    ],
    [
      '/actions?on=2023-10-09&recorded=2023-04-01',
      'No action that you may see had been recorded by the end of 1 April 2023. By all that is known today there are 11 on 9 October 2023.',
    ],
    ['/?on=2023-01-01', 'No action that you may see had been raised by 1 January 2023. Today there are 12.'],
  ])('says why %s is empty', async (path, sentence) => {
    const { status, inset } = await page(served, path);
    expect([status, inset]).toEqual([200, sentence]);
  });

  it('says of an action that it was not there yet, to whoever sees it today', async () => {
    const early = await page(served, '/actions/CGB-2023-06-A4?on=2023-05-01');
    expect(early.status).toBe(404);
    expect(early.html).toContain('Action CGB-2023-06-A4 had not been raised by then');
    expect(early.html).toContain('It had not been raised by 1 May 2023. It was raised later, and is there today.');
    const unknown = await page(served, '/actions/CGB-2023-06-A4?on=2023-07-01&recorded=2023-04-01');
    expect(unknown.html).toContain('Of 1 July 2023, nothing had been recorded by the end of 1 April 2023.');
  });
});

describe('a list that is empty for its reader', () => {
  let nothing: ServedLedger;
  let hidden: ServedLedger;
  beforeAll(async () => {
    const served = () => serveLedger({ store: 'sqlite', clock: standingClock(NOW) });
    [nothing, hidden] = [await served(), await served()];
    for (const served of [nothing, hidden]) {
      const officer = await served.as('opcc-officer');
      await officer.does('addBody', { ref: 'CGB', name: 'Corporate Governance Board', effectiveOn: '2023-11-20' });
    }
    const raised = { body: 'CGB', title: 'Nobody outside may read this', item: '8(d)', marking: 'OFFICIAL_SENSITIVE' };
    await (await hidden.as('opcc-officer')).does('raiseAction', raised);
    await Promise.all([nothing.ready(), hidden.ready()]);
  }, 240_000);
  afterAll(async () => {
    await nothing?.remove();
    await hidden?.remove();
  });

  it.each([
    '/actions',
    '/',
    '/actions?on=2023-11-01',
    '/actions?text=8(d)',
    '/actions?recorded=2023-11-19&clock=proven',
  ])('reads the same at %s whether there is something hidden or nothing', async (path) => {
    const without = await page(nothing, path);
    expect(without.inset).toBe(
      'There is no action here that you may see. The ledger does not tell whether there are others.',
    );
    for (const post of [undefined, 'jarap-member'])
      expect((await page(hidden, path, post)).html).toEqual((await page(nothing, path, post)).html);
  });

  it('says that there is nothing to whoever would see it', async () => {
    expect((await page(nothing, '/actions', 'opcc-officer')).inset).toBe('The ledger holds no action.');
    const { rows, inset } = await page(hidden, '/actions?on=2023-11-01', 'opcc-officer');
    expect([rows, inset]).toEqual([[], 'No action had been raised by 1 November 2023. Today there is 1.']);
  });
});
