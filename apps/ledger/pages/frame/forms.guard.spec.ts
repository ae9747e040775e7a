import { randomUUID } from 'node:crypto';
import { Browser, type Page } from '../../../../test/e2e/browser.ts';
import { demoToken, serveLedger, type ServedLedger } from '../../../../test/e2e/served-ledger.ts';
import { postRoutesOf } from '../../../../test/e2e/post-routes.ts';

const REFUSED = ['This form cannot be sent any more', 'This was not sent, and what you typed is kept'];
/** What programs send: the API, and the tokens of the demonstration. Both take JSON alone. */
const FOR_PROGRAMS = ['/demo/token', '/graphql'];

describe('a form that writes', () => {
  let served: ServedLedger;

  beforeAll(async () => {
    served = await serveLedger({ holding: 'example' });
  }, 60_000);
  afterAll(() => served?.remove());

  const signedIn = async (post = 'opcc-officer') => {
    const browser = new Browser();
    const asked = await browser.open(`${served.url}/sign-in?return=/sign-in`);
    return { browser, page: await browser.submit(asked, '/sign-in', { post }) };
  };
  const tokenIn = (page: Page): string => page.forms.flatMap(({ fields }) => fields.get('form-token') ?? [])[0] ?? '';
  const send = (browser: Browser, route: string, fields: Record<string, string>) =>
    browser.ask(`${served.url}${route}`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { origin: served.url },
    });
  const forms = () => postRoutesOf(served.app).filter((route) => !FOR_PROGRAMS.includes(route));

  it('is refused wherever it is sent, if it does not bring the token of a page that its sender was shown', async () => {
    const { browser, page } = await signedIn();
    const others = await signedIn();
    expect(forms()).toEqual(expect.arrayContaining(['/sign-in', '/sign-out']));
    for (const route of forms()) {
      const tokens = {
        none: undefined,
        empty: '',
        'of another browser': tokenIn(others.page),
        'with a letter changed': tokenIn(page).replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
      };
      for (const [which, token] of Object.entries(tokens)) {
        const sent = await send(browser, route, token === undefined ? {} : { 'form-token': token });
        expect([route, which, sent.status, REFUSED.includes(sent.heading ?? '')]).toEqual([route, which, 403, true]);
      }
      // Control: with it something else is said, whatever else is missing. (`/kept` has a token of its own, see `kept.spec.ts`.)
      const { browser: own, page: shown } = await signedIn();
      const taken = await send(own, route, { 'form-token': tokenIn(shown) });
      expect([route, REFUSED.includes(taken.heading ?? '')]).toEqual([route, route === '/kept']);
    }
  });

  it('is refused once its sender acts in another post than it was shown to', async () => {
    const { browser, page } = await signedIn('opcc-officer');
    await browser.submit(page, '/sign-in', { post: 'commissioner' });
    const sent = await browser.submitOnce(page, '/sign-out');
    expect([sent.status, sent.heading]).toEqual([403, 'This form cannot be sent any more']);
    expect(sent.html).toContain('Police and Crime Commissioner');
  });

  it('is taken from several pages that were opened beside each other', async () => {
    const { browser, page } = await signedIn();
    await browser.open(`${served.url}/sign-in`);
    expect((await browser.submitOnce(page, '/sign-out')).status).toBe(303);
  });

  it('is no way to ask for what programs are given', async () => {
    const { browser } = await signedIn();
    for (const route of FOR_PROGRAMS)
      for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x']) {
        const sent = await browser.ask(`${served.url}${route}`, {
          method: 'POST',
          headers: { 'content-type': type, origin: served.url },
          body: JSON.stringify({ post: 'opcc-officer', query: '{ __typename }' }),
        });
        expect([route, type, sent.status]).toEqual([route, type, 415]);
      }
  });

  it('to the API does nothing by a cookie: only a bearer token acts there', async () => {
    const { browser } = await signedIn('opcc-officer');
    const body = JSON.stringify({
      query: `mutation { addPerson(input: { commandId: "${randomUUID()}", name: "A. N. Other" }) { person { ref } } }`,
    });
    const headers = { 'content-type': 'application/json', origin: served.url };
    const byCookie = await browser.ask(`${served.url}/graphql`, { method: 'POST', headers, body });
    expect(JSON.parse(byCookie.html).errors[0].extensions.code).toBe('FORBIDDEN');
    const token = await demoToken(served.url, 'opcc-officer');
    const byToken = await new Browser({ authorization: `Bearer ${token}` }).ask(`${served.url}/graphql`, {
      ...{ method: 'POST', headers, body },
    });
    expect(JSON.parse(byToken.html).data.addPerson.person.ref).toMatch(/^person-/);
  });

  it('sets no cookie on a page that holds none', async () => {
    const browser = new Browser();
    for (const path of ['/', '/actions', '/questioned']) await browser.open(`${served.url}${path}`);
    expect([...browser.cookiesFor(served.url)]).toEqual([]);
  });
});
