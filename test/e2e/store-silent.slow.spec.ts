import { setTimeout as pause } from 'node:timers/promises';
import { StoreUnavailable } from '../../libs/event-store/index.ts';
import { schemaOfFiles } from '../../apps/ledger/graphql/schema-files.ts';
import { Browser } from './browser.ts';
import { Client } from './client.ts';
import { everyPage, pagesAt } from './every-page.ts';
import { everyQuery } from './every-query.ts';
import { demoToken, healthOf, serveLedger, type ServedLedger } from './served-ledger.ts';

/** Nothing that a reader asks may take longer, on a machine that is busy with other tests. The store itself would take 8 s. */
const USUAL_MS = 5_000;
const ACTION = 'CGB-2023-04-A1';
/** One named like its capacity, one of each kind that only the directory knows, and nobody. */
const POSTS = ['opcc-officer', 'chief-constable', 'chief-finance-officer', 'opcc', 'joint-panel-chair', null];
/** Those of them who look at every page. The others look at the first ones: who a reader is, is found out in the same way on all. */
const WALKERS: readonly (string | null)[] = ['opcc-officer', 'chief-constable', null];

/** What went wrong: who asked what, and what came of it. */
type Fault = string;

describe('with a store that answers nothing', () => {
  let served: ServedLedger;
  let isSilent = false;
  const schema = schemaOfFiles();
  const queries = everyQuery(schema, {
    ref: [ACTION, 'nothing'],
    body: ['CGB'],
    rag: ['JARAP-rag'],
    scale: ['CGB-scores'],
    policy: ['COLARM-dates'],
    name: ['CGB 23/07'],
    // By what was known a minute before there was no panel yet, which is refused: the walks of panels ask.
    panel: [],
    'Ledger.meeting.ref': ['CGB-2023-04-19'],
    'Ledger.body.ref': ['CGB'],
    'Ledger.post.ref': ['chief-constable'],
  });
  const tokens = new Map<string | null, string | null>([[null, null]]);

  beforeAll(async () => {
    served = await serveLedger({ store: 'sqlite', holding: 'example', faults: { silent: () => isSilent } });
    const officer = await served.as('opcc-officer');
    await officer.does('addPost', { ref: 'joint-panel-chair', name: 'Chair', capacity: 'jarap-member' });
    await served.ready();
    for (const post of POSTS) if (post !== null) tokens.set(post, await demoToken(served.url, post));
    isSilent = true;
  }, 240_000);
  afterAll(async () => {
    isSilent = false;
    await served?.remove();
  });

  const asOfs = () => [{}, { recorded: new Date(Date.now() - 60_000).toISOString(), clock: 'PROVEN' }];

  async function faultsOfQueries(post: string | null, asked = queries): Promise<readonly Fault[]> {
    const client = new Client(() => served.url, tokens.get(post) ?? null);
    const faults: Fault[] = [];
    for (const { name, query, variables } of asked)
      for (const asOf of asOfs()) {
        const begun = performance.now();
        const { text } = await client.post(query, { ...variables, asOf });
        const milliseconds = performance.now() - begun;
        const answered = JSON.parse(text) as { data?: { ledger?: object | null }; errors?: readonly object[] };
        if ((answered.data?.ledger ?? null) === null || (answered.errors ?? []).length > 0)
          faults.push(`${post}: ${name}: ${JSON.stringify(answered.errors ?? text).slice(0, 300)}`);
        if (milliseconds > USUAL_MS) faults.push(`${post}: ${name}: ${Math.round(milliseconds)} ms`);
      }
    return faults;
  }

  async function faultsOfPages(post: string | null): Promise<readonly Fault[]> {
    const token = tokens.get(post) ?? null;
    // One of each kind: they differ in nothing that the store would tell.
    const headers: Record<string, string> = token === null ? {} : { cookie: `ledger-demo=${token}` };
    const from = ['/', '/commands/raise-action', `/commands/give-action-update/${ACTION}`];
    const pages = WALKERS.includes(post)
      ? await everyPage(served.url, headers, { from, ofAKind: 1, atAnyDate: true })
      : await pagesAt(served.url, from, headers);
    expect(pages.filter(({ status }) => status === 200).length).toBeGreaterThan(WALKERS.includes(post) ? 10 : 0);
    return pages
      .filter(({ status, milliseconds }) => status >= 500 || milliseconds > USUAL_MS)
      .map(({ path, status, milliseconds }) => `${post}: ${path}: ${status}, ${Math.round(milliseconds)} ms`);
  }

  it('asks every query of the schema, and each answers with something', () => {
    expect(queries.length).toBeGreaterThanOrEqual(Object.keys(fieldsOfLedger()).length);
  });

  it.each(POSTS)('answers every query of the schema to %s within its usual time', async (post) => {
    expect(await faultsOfQueries(post)).toEqual([]);
  });

  it.each(POSTS)('shows every page to %s within its usual time', async (post) => {
    expect(await faultsOfPages(post)).toEqual([]);
  });

  it.each(POSTS.filter((post) => post !== null))('signs in %s, over the API and by the page', async (post) => {
    const begun = performance.now();
    expect(await demoToken(served.url, post)).toMatch(/\./);
    const browser = new Browser();
    const asked = await browser.open(`${served.url}/sign-in?return=/actions`);
    const form = await browser.submitOnce(asked, '/sign-in', { post });
    expect(form.status).toBe(303);
    expect(browser.cookiesFor(served.url).get('ledger-demo')).toMatch(/\./);
    expect(performance.now() - begun).toBeLessThan(USUAL_MS);
  });

  it('would be seen to ask the store for who a reader is (control)', async () => {
    const { ledger } = served;
    const { capacityOf } = ledger;
    ledger.capacityOf = async () => {
      await pause(USUAL_MS + 100);
      throw new StoreUnavailable('this one asks the store');
    };
    try {
      expect(await faultsOfQueries('chief-constable', queries.slice(0, 1))).not.toEqual([]);
      await expect(demoToken(served.url, 'chief-constable')).rejects.toThrow('no token');
    } finally {
      ledger.capacityOf = capacityOf;
    }
  }, 30_000);

  it('says that it lives, and that the store is away', async () => {
    const begun = performance.now();
    expect((await healthOf(served.url, 'live')).status).toBe(200);
    expect((await healthOf(served.url, 'ready')).body.behind).toContain('store');
    expect(performance.now() - begun).toBeLessThan(USUAL_MS);
  });

  function fieldsOfLedger(): object {
    return (schema.getType('Ledger') as unknown as { getFields(): object }).getFields();
  }
});
