import { randomUUID } from 'node:crypto';
import { StoreUnavailable } from '../../../../libs/event-store/index.ts';
import { addDays, instantOf, londonDayOf } from '../../../../libs/ledger/index.ts';
import { Browser, type Page } from '../../../../test/e2e/browser.ts';
import { passProvider } from '../../../../test/e2e/office-provider.ts';
import type { ServedLedger } from '../../../../test/e2e/served-ledger.ts';
import { headerOf, serveOffice, signIn, withoutHeader, wordsOf } from '../../../../test/e2e/signing-in.ts';

const SESSION = 'ledger-session';

describe('signing in from a browser', () => {
  let served: ServedLedger;
  beforeAll(async () => {
    served = await serveOffice([
      { subject: 'olive', holds: [{ post: 'opcc-officer' }] },
      { subject: 'both', holds: [{ post: 'opcc-officer' }, { post: 'force-lead' }] },
      { subject: 'none', holds: [] },
    ]);
  }, 60_000);
  afterAll(() => served?.remove());

  it('leads by the page of the provider to the page that was asked for, in the one post that the directory says', async () => {
    const page = await signIn(served, 'olive', new Browser(), '/actions?owner=force-lead');
    expect(page.url).toBe(`${served.url}/actions?owner=force-lead`);
    expect(headerOf(page)).toBe('Acting as Post of opcc-officer – change the post that you act as – sign out');
  });

  it('lets whoever holds several posts choose, shows the choice on every page, and takes no other post', async () => {
    const browser = new Browser();
    const page = await signIn(served, 'both', browser);
    expect([page.url, page.heading]).toEqual([`${served.url}/sign-in?return=%2Factions`, 'Which post do you act in?']);
    expect(headerOf(page)).toMatch(/^You are signed in\. Choose the post that you act in\. You see what has been/);
    expect(page.html.match(/name="post" type="radio" value="[^"]*"/g)).toHaveLength(2);
    for (const post of ['commissioner', 'monitoring-officer', '', 'force-lead\u0000'])
      expect((await browser.submitOnce(page, '/sign-in', { post })).status).toBe(400);
    const chosen = await browser.submit(page, '/sign-in', { post: 'force-lead' });
    expect(chosen.url).toBe(`${served.url}/actions`);
    for (const path of ['/', '/actions', '/questioned', '/actions/NONE-2023-01-A1'])
      expect(headerOf(await browser.open(`${served.url}${path}`))).toMatch(/^Acting as /);
    const again = await browser.open(`${served.url}/sign-in?return=/`);
    expect(again.html).toMatch(/value="force-lead" checked/);
    expect(headerOf(await browser.submit(again, '/sign-in', { post: 'opcc-officer' }))).toMatch(/Post of opcc-officer/);
  });

  it.each([
    ['stranger', 'The directory does not know you', 'You are signed in, but the directory does not know you.'],
    ['none', 'You hold no post today', 'You are signed in, but hold no post today.'],
  ])('tells %s so plainly, and shows them what everybody sees and nothing else', async (name, heading, said) => {
    const browser = new Browser();
    const page = await signIn(served, name, browser);
    expect(page.heading).toBe(heading);
    expect(page.html.includes('<code class="ledger-words">stranger</code>')).toBe(name === 'stranger');
    expect(page.html).not.toContain('name="post"');
    for (const path of ['/', '/actions', '/questioned', '/actions/NONE-2023-01-A1']) {
      const theirs = await browser.open(`${served.url}${path}`);
      expect(headerOf(theirs)).toContain(said);
      expect(withoutHeader(theirs)).toBe(withoutHeader(await new Browser().open(`${served.url}${path}`)));
    }
    expect(
      (await browser.submitOnce(page, '/sign-in', { post: 'opcc-officer' }).catch(() => ({ status: 0 }))).status,
    ).toBe(0);
  });

  describe('keeps a session', () => {
    it('in a cookie that no script reads, that says nothing of anybody, under a new secret at each sign-in and choice', async () => {
      const browser = new Browser();
      browser.setCookie(served.url, SESSION, 'chosen-by-somebody-else');
      const page = await signIn(served, 'both', browser);
      const first = browser.cookiesFor(served.url).get(SESSION) ?? '';
      expect(first).toMatch(/^[\w-]{43}$/);
      const sent = await browser.submitOnce(page, '/sign-in', { post: 'force-lead' });
      expect(sent.headers.getSetCookie()).toEqual([
        expect.stringMatching(/^ledger-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/),
      ]);
      const second = browser.cookiesFor(served.url).get(SESSION) ?? '';
      await signIn(served, 'both', browser);
      const third = browser.cookiesFor(served.url).get(SESSION) ?? '';
      expect(new Set([first, second, third]).size).toBe(3);
      for (const old of [first, second]) {
        const thief = new Browser();
        thief.setCookie(served.url, SESSION, old);
        expect((await thief.ask(`${served.url}/actions`)).headers.get('location')).toMatch(/^\/sign-in\?ended=yes/);
      }
    });

    it('apart for two browsers: signing out in one leaves the other, and is the end of the cookie that was kept', async () => {
      const [one, other] = [new Browser(), new Browser()];
      await signIn(served, 'olive', one);
      await signIn(served, 'olive', other);
      const kept = one.cookiesFor(served.url).get(SESSION) ?? '';
      const asked = await one.open(`${served.url}/sign-out?return=/actions`);
      const leading = await one.submitOnce(asked, '/sign-out');
      expect(leading.heading).toBe('You are signed out of this ledger');
      expect(one.cookiesFor(served.url).has(SESSION)).toBe(false);
      const thief = new Browser();
      thief.setCookie(served.url, SESSION, kept);
      expect((await thief.ask(`${served.url}/actions`)).headers.get('location')).toMatch(/^\/sign-in\?ended=yes/);
      expect(headerOf(await other.open(`${served.url}/actions`))).toMatch(/^Acting as /);
      // The page leads on to the provider, which forgets them too: the next sign-in asks who they are.
      const [, onTo = ''] = /http-equiv="refresh" content="0; url=([^"]*)"/.exec(leading.html) ?? [];
      const confirming = await one.open(onTo.replaceAll('&amp;', '&'));
      const action = confirming.forms.map((form) => new URL(form.action, confirming.url).pathname)[0] ?? '';
      const back = await one.submit(confirming, action, { logout: 'yes' });
      expect([back.url, back.heading]).toEqual([`${served.url}/signed-out`, 'You are signed out']);
      const again = await one.open(`${served.url}/sign-in/start`);
      expect(again.forms[0]?.fields.get('prompt')).toEqual(['login']);
    });

    it('that acts on pages alone: the API takes no cookie', async () => {
      const browser = new Browser();
      await signIn(served, 'olive', browser);
      const query = `mutation { addPerson(input: { commandId: "${randomUUID()}", name: "A. N. Other" }) { person { ref } } }`;
      const sent = await browser.ask(`${served.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: served.url },
        body: JSON.stringify({ query }),
      });
      expect(JSON.parse(sent.html).errors[0].extensions.code).toBe('FORBIDDEN');
    });

    it('until the server is started anew', async () => {
      const browser = new Browser();
      await signIn(served, 'olive', browser);
      await served.restart();
      await served.ready();
      const page = await browser.open(`${served.url}/actions?owner=force-lead`);
      expect(page.url).toBe(`${served.url}/sign-in?ended=yes&return=%2Factions%3Fowner%3Dforce-lead`);
      expect(page.html).toContain('You were signed out: ');
      // The provider knows them still, so one click is enough.
      const [, start = ''] = /href="(\/sign-in\/start[^"]*)"[^>]*role="button"/.exec(page.html) ?? [];
      const back = await browser.open(`${served.url}${start.replaceAll('&amp;', '&')}`);
      expect([back.url, headerOf(back).slice(0, 9)]).toEqual([`${served.url}/actions?owner=force-lead`, 'Acting as']);
    }, 30_000);
  });

  describe('is refused', () => {
    /** Goes as far as the provider's answer, without bringing it back. */
    async function answered(browser: Browser, at = '/'): Promise<string> {
      const page = await browser.open(`${served.url}/sign-in/start?${new URLSearchParams({ return: at })}`);
      const login = page.forms[0]?.action ?? '';
      let step = await browser.submitOnce(page, new URL(login, page.url).pathname, { login: 'olive', password: 'x' });
      for (let led = 0; led < 6; led += 1) {
        const location = step.headers.get('location');
        if (location?.startsWith(`${served.url}/sign-in/callback`)) return location;
        const consent = step.forms[0];
        if (location !== null) step = await browser.ask(new URL(location, step.url).href);
        else step = await browser.submitOnce(step, new URL(consent?.action ?? '', step.url).pathname);
      }
      throw new Error(`the provider did not answer: ${step.url} ${step.html}`);
    }

    it('the second time that an answer of the provider is brought', async () => {
      const browser = new Browser();
      const callback = await answered(browser);
      expect((await browser.ask(callback)).headers.get('location')).toBe('/');
      const again = await browser.open(callback);
      expect(again.url).toBe(`${served.url}/sign-in?not=late&return=%2F`);
    });

    it('in another browser than the one that began it: nobody is led into the session of somebody else', async () => {
      const callback = await answered(new Browser());
      const victim = new Browser();
      expect((await victim.open(callback)).html).toContain('You were not signed in: ');
      expect(victim.cookiesFor(served.url).has(SESSION)).toBe(false);
    });

    it.each(['', '?code=x', '?state=x&code=x', '?error=access_denied', '?state[]=x', '?%E0%A4'])(
      'when nobody waits for it: "%s"',
      async (query) => {
        const page = await new Browser().open(`${served.url}/sign-in/callback${query}`);
        expect([page.status, page.url]).toEqual([200, `${served.url}/sign-in?not=late&return=%2F`]);
      },
    );

    it('with a word when it was cancelled at the provider, and leads back to the same page afterwards', async () => {
      const browser = new Browser();
      const page = await browser.open(`${served.url}/sign-in/start?return=/questioned`);
      const [, abort = ''] = /href="([^"]*\/abort)"/.exec(page.html) ?? [];
      const back = await browser.open(new URL(abort, page.url).href);
      expect(back.url).toBe(`${served.url}/sign-in?not=cancelled&return=%2Fquestioned`);
      expect(back.html).toContain('the sign-in was cancelled');
      expect(headerOf(back)).toMatch(/^You see what has been published/);
    });

    it.each(['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '/\t/evil.example'])(
      'the way out to %j',
      async (wanted) => {
        const page = await signIn(served, 'olive', new Browser(), wanted);
        expect(page.url).toBe(`${served.url}/`);
      },
    );

    it('without blame while the provider is away, and goes on when it is back', async () => {
      await served.restart();
      await served.ready();
      await served.provider.stop();
      const browser = new Browser();
      try {
        const page = await browser.open(`${served.url}/sign-in/start`);
        expect([page.status, page.heading]).toEqual([503, 'The sign-in cannot be reached']);
        expect((await browser.open(`${served.url}/actions`)).status).toBe(200);
      } finally {
        await served.provider.start();
      }
      expect(headerOf(await signIn(served, 'olive', browser))).toMatch(/^Acting as /);
    }, 30_000);
  });

  it('lets somebody begin in several tabs at once', async () => {
    const browser = new Browser();
    const start = (at: string) => browser.open(`${served.url}/sign-in/start?${new URLSearchParams({ return: at })}`);
    const tabs = [await start('/actions'), await start('/questioned')];
    const first = await passProvider(browser, tabs[0] as Page, 'olive');
    const second = await passProvider(browser, tabs[1] as Page, 'olive');
    expect([first.url, second.url]).toEqual([`${served.url}/actions`, `${served.url}/questioned`]);
  });

  it('goes on when the provider signs by another key', async () => {
    await served.provider.rotateKey();
    expect(headerOf(await signIn(served, 'olive'))).toMatch(/^Acting as /);
  });

  it('goes on being who they are while the store cannot say', async () => {
    const browser = new Browser();
    await signIn(served, 'olive', browser);
    const { ledger } = served;
    const { personOf } = ledger;
    ledger.personOf = () => Promise.reject(new StoreUnavailable('away'));
    try {
      expect(headerOf(await browser.open(`${served.url}/actions`))).toMatch(/^Acting as /);
    } finally {
      ledger.personOf = personOf;
    }
  });
});

describe('a session, by a clock that the test sets', () => {
  const MINUTE = 60_000;
  const begun = Date.now();
  let now = begun;
  let served: ServedLedger;

  beforeAll(async () => {
    const today = londonDayOf(instantOf(begun));
    served = await serveOffice(
      [
        { subject: 'olive', holds: [{ post: 'opcc-officer' }] },
        {
          subject: 'today',
          holds: [{ post: 'opcc-officer', from: addDays(today, -1), until: today }, { post: 'force-lead' }],
        },
      ],
      { store: 'sqlite', clock: { now: () => now } },
    );
  }, 60_000);
  afterAll(() => served?.remove());

  const isOver = async (browser: Browser) => (await browser.ask(`${served.url}/actions`)).status === 303;

  it('ends after an hour without a request, and not before', async () => {
    const browser = new Browser();
    await signIn(served, 'olive', browser);
    now += 60 * MINUTE - 1;
    expect(await isOver(browser)).toBe(false);
    now += 60 * MINUTE;
    expect(await isOver(browser)).toBe(true);
  });

  it('ends after twelve hours whatever is asked', async () => {
    const browser = new Browser();
    await signIn(served, 'olive', browser);
    for (let hours = 0.5; hours < 12; hours += 0.5) {
      now += 30 * MINUTE;
      expect([hours, await isOver(browser)]).toEqual([hours, false]);
    }
    now += 30 * MINUTE;
    expect(await isOver(browser)).toBe(true);
  });

  it('lasts no longer for a post that is chosen anew', async () => {
    const browser = new Browser();
    await signIn(served, 'today', browser, '/sign-in');
    for (let turns = 0; turns < 24; turns += 1) {
      now += 30 * MINUTE;
      const page = await browser.open(`${served.url}/sign-in`);
      if (page.forms.length > 0) await browser.submit(page, '/sign-in', { post: 'force-lead' });
    }
    expect(await isOver(browser)).toBe(true);
  });

  it('gives no right that ended: who held a post until yesterday does not act in it today', async () => {
    now = begun;
    const browser = new Browser();
    const asked = await signIn(served, 'today', browser);
    await browser.submit(asked, '/sign-in', { post: 'opcc-officer' });
    const midnight = Date.parse(`${addDays(londonDayOf(instantOf(begun)), 1)}T00:30:00Z`);
    now = Math.max(begun, midnight - 2 * 60 * MINUTE);
    const late = await signIn(served, 'today', browser);
    await browser.submit(late, '/sign-in', { post: 'opcc-officer' });
    expect(headerOf(await browser.open(`${served.url}/actions`))).toMatch(/^Acting as Post of opcc-officer/);
    while (now < midnight + 60 * MINUTE) {
      now += 30 * MINUTE;
      await browser.open(`${served.url}/actions`);
    }
    const page = await browser.open(`${served.url}/actions`);
    expect(headerOf(page)).toMatch(/^You do not hold that post today\. You see what has been published\./);
    const choosing = await browser.open(`${served.url}/sign-in`);
    expect(wordsOf(choosing)).toContain('You do not hold the post OPCC officer today.');
    expect(headerOf(await browser.submit(choosing, '/sign-in', { post: 'force-lead' }))).toMatch(/^Acting as /);
  }, 60_000);
});
