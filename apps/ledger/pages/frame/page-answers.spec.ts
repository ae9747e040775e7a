import { vi } from 'vitest';
import fc from 'fast-check';
import { StoreUnavailable } from '../../../../libs/event-store/index.ts';
import { NotYet } from '../../../../libs/read-models/index.ts';
import { readConfig } from '../../config.ts';
import type { Ledger } from '../../ledger.ts';
import { startLedger, type RunningServer } from '../../start-ledger.ts';
import { Browser } from '../../../../test/e2e/browser.ts';
import { attack, namedRequests } from '../../../../test/e2e/any-request.ts';
import { noSuchPage } from './outcomes.ts';
import { addressAsked, Visits } from './visits.ts';

/** A ledger that answers every question as it is told to. */
function ledgerThat(openView: Ledger['openView']): Ledger {
  const unasked = () => Promise.reject(new Error('this was not to be asked'));
  return {
    registers: [],
    capacityOf: () => Promise.resolve(null),
    personOf: () => Promise.resolve(null),
    offers: () => Promise.resolve(null),
    placeSeen: () => Promise.reject(new Error('not asked')),
    postsHeldBy: () => Promise.resolve([]),
    secret: () => new Uint8Array(32),
    pseudonymOf: (person: string) => person,
    questions: 0,
    submit: unasked,
    openView,
    viewAt: unasked,
    positionFor: unasked,
    noticesOf: unasked,
    behind: () => Promise.resolve([]),
    damaged: () => Promise.resolve([]),
    close: () => Promise.resolve(),
  };
}

describe('what a page answers when it cannot show what was asked for', () => {
  let thrown: Error = new Error('nothing was thrown yet');
  let server: RunningServer;
  const config = readConfig({ PORT: '0', LEDGER_SIGN_IN: 'demo', LOG_LEVEL: 'silent' });

  beforeAll(async () => {
    server = await startLedger(
      config,
      ledgerThat(() => Promise.reject(thrown)),
    );
  });
  afterAll(() => server?.close());

  async function ask(path: string, init: RequestInit = {}) {
    const answer = await fetch(`${server.url}${path}`, { redirect: 'manual', ...init });
    const html = await answer.text();
    return { status: answer.status, headers: answer.headers, html, heading: /<h1[^>]*>([^<]*)</.exec(html)?.[1] };
  }

  it('says that the ledger is still being read in, and that nothing is lost', async () => {
    thrown = new NotYet('not yet');
    const { status, heading, html } = await ask('/actions');
    expect([status, heading]).toEqual([503, 'The ledger is still being read in']);
    expect(html).toContain('Nothing is lost');
  });

  it('says that the store is away', async () => {
    thrown = new StoreUnavailable('away');
    expect(await ask('/')).toMatchObject({ status: 503, heading: 'The ledger cannot be reached' });
  });

  it('tells nothing of a fault but the number under which it was noted', async () => {
    thrown = new Error('the words of CGB-2023-04-A1 and a path /home/secret');
    const { status, heading, html } = await ask('/actions/CGB-2023-04-A1');
    expect([status, heading]).toEqual([500, 'Sorry, something went wrong']);
    expect(html).not.toMatch(/secret|the words of/);
    expect(html).toMatch(/Say the number [0-9a-f-]{36}/);
  });

  it('answers a fault within the answer to a fault in one plain sentence', async () => {
    thrown = new Error('the words of CGB-2023-04-A1');
    const render = vi.spyOn(Visits.prototype, 'sendBare').mockImplementation(() => {
      throw new Error('a second one, at /home/secret');
    });
    try {
      const { status, headers, html } = await ask('/actions');
      expect([status, headers.get('content-type')]).toEqual([500, 'text/plain; charset=utf-8']);
      expect(html).toMatch(/^Something went wrong here, and it is not your fault\. Say the number [0-9a-f-]{36} /);
      expect(render).toHaveBeenCalled();
    } finally {
      render.mockRestore();
    }
  });

  it.each(['GET', 'HEAD'])('has an answer to %s of an address that no browser would make', async (method) => {
    thrown = noSuchPage();
    const { faults, answered } = await attack(
      server.url,
      namedRequests().filter(({ bytes }) => bytes.toString().startsWith(`${method} `)),
    );
    expect(faults).toEqual([]);
    expect(answered).toBeGreaterThan(15);
  });

  it('has a page for an address that leads nowhere', async () => {
    expect(await ask('/nowhere/at/all')).toMatchObject({ status: 404, heading: 'Page not found' });
    expect(await ask('/assets/nothing.css')).toMatchObject({ status: 404 });
  });

  it('leaves the answers of the API and of health as they are', async () => {
    const health = await fetch(`${server.url}/health/live`);
    expect(await health.json()).toEqual({ status: 'live' });
    const graphql = await fetch(`${server.url}/graphql`);
    expect([graphql.status, graphql.headers.get('content-type')]).toEqual([405, 'application/json; charset=utf-8']);
  });

  it('refuses a bearer token that will not do, and never shows the public view instead', async () => {
    thrown = new Error('must not be asked');
    expect(await ask('/actions', { headers: { authorization: 'Bearer a.b.c' } })).toMatchObject({
      status: 401,
      heading: 'You could not be signed in',
    });
  });

  it('sends whoever was signed in to an earlier demo to the sign-in, with a word', async () => {
    const { status, headers } = await ask('/actions?on=2023-06-30', { headers: { cookie: 'ledger-demo=a.b.c' } });
    expect(status).toBe(303);
    expect(headers.get('location')).toBe('/sign-in?ended=yes&return=%2Factions%3Fon%3D2023-06-30');
    expect(headers.get('set-cookie')).toMatch(/^ledger-demo=; Max-Age=0/);
    expect((await ask(headers.get('location') ?? '')).html).toContain('You were signed out');
  });

  it('lets no cache keep a page, tells no other site of its address, and lets it run no script but its own', async () => {
    const { headers } = await ask('/nowhere');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(headers.get('content-security-policy')).not.toContain('unsafe-inline');
  });

  describe('the sign-in', () => {
    const asked = async (path = '/sign-in') => {
      const browser = new Browser();
      return { browser, page: await browser.open(`${server.url}${path}`) };
    };
    const as = (capacity: Awaited<ReturnType<Ledger['capacityOf']>>) => {
      server.ledger.capacityOf = () => Promise.resolve(capacity);
    };

    it('takes a form from its own page and leads on to where one came from', async () => {
      as('internal-auditor');
      const { browser, page } = await asked('/sign-in?return=%2Factions%3Fon%3D2023-06-30');
      const { status, headers } = await browser.submitOnce(page, '/sign-in', { post: 'internal-auditor' });
      expect([status, headers.get('location')]).toEqual([303, '/actions?on=2023-06-30']);
      expect(headers.get('set-cookie')).toMatch(
        /^ledger-demo=[\w.-]+; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/,
      );
    });

    it('leads nowhere else', async () => {
      as('internal-auditor');
      const { browser, page } = await asked();
      const typed = { post: 'internal-auditor', return: '//evil.example/' };
      expect((await browser.submitOnce(page, '/sign-in', typed)).headers.get('location')).toBe('/');
    });

    it('takes no form from another site, even with its token', async () => {
      as('internal-auditor');
      const { browser, page } = await asked();
      const sent = await browser.submitOnce(page, '/sign-in', { post: 'internal-auditor' }, 'http://evil.example');
      expect([sent.status, sent.heading, sent.headers.get('set-cookie')]).toEqual([
        403,
        'This form was not sent from here',
        null,
      ]);
    });

    it('asks again when no post was chosen that acts', async () => {
      as(null);
      const { browser, page } = await asked('/sign-in?return=/actions');
      const { status, html } = await browser.submitOnce(page, '/sign-in');
      expect(status).toBe(400);
      expect(html).toContain('<title>Error: Act as a post');
      expect(html).toContain('href="#post"');
      expect((await browser.submitOnce(page, '/sign-in', { post: 'nobody-known' })).status).toBe(400);
    });

    it('forgets who one was', async () => {
      as('internal-auditor');
      const { browser, page } = await asked('/sign-in?return=/sign-in');
      const acting = await browser.submit(page, '/sign-in', { post: 'internal-auditor' });
      const { status, headers } = await browser.submitOnce(acting, '/sign-out', { return: '/actions' });
      expect([status, headers.get('location')]).toEqual([303, '/actions']);
      expect(headers.get('set-cookie')).toMatch(/^ledger-demo=; Max-Age=0/);
    });
  });
});

describe('the address that was asked for', () => {
  it.each([
    ['/actions?on=2023-06-30', '/actions', 'on=2023-06-30'],
    ['http://127.0.0.1:3000/actions?text=a', '/actions', 'text=a'],
    ['//', '/', ''],
    ['//evil.example/x', '/evil.example/x', ''],
    ['/..//evil.example', '/evil.example', ''],
    ['/\\[', '/[', ''],
    ['*', '/*', ''],
    ['http://[', '/', ''],
    ['//[?a=%E0%A4', '/[', 'a=%EF%BF%BD'],
  ])('%s reads as %s', (url, path, query) => {
    const asked = addressAsked({ url });
    expect([asked.path, asked.query.toString()]).toEqual([path, query]);
  });

  it('is read, whatever a client wrote, and never leads to another site', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl(), fc.stringMatching(/^[/\\.[\]%:@?#a]*$/)),
        (url) => {
          expect(addressAsked({ url }).path).toMatch(/^\/(?![/\\])/);
        },
      ),
      { seed: 9, numRuns: 2_000 },
    );
  });
});

describe('a server without the demo sign-in', () => {
  it('has no page to choose a post on, and takes no cookie', async () => {
    const server = await startLedger(
      readConfig({ PORT: '0', LOG_LEVEL: 'silent' }),
      ledgerThat((_, reader) =>
        Promise.reject(reader.audience === 'public' ? new NotYet('public') : new Error('not the public')),
      ),
    );
    try {
      expect((await fetch(`${server.url}/sign-in`)).status).toBe(404);
      const answer = await fetch(`${server.url}/actions`, { headers: { cookie: 'ledger-demo=a.b.c' } });
      expect(answer.status).toBe(503);
      expect(await answer.text()).not.toMatch(/Demonstration|sign-in/);
    } finally {
      await server.close();
    }
  });
});
