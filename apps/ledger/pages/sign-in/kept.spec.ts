import { Browser, type Page } from '../../../../test/e2e/browser.ts';
import { passProvider } from '../../../../test/e2e/office-provider.ts';
import type { ServedLedger } from '../../../../test/e2e/served-ledger.ts';
import { headerOf, serveOffice, signIn, wordsOf } from '../../../../test/e2e/signing-in.ts';
import { KeptForms } from '../frame/kept-forms.ts';

const FORM = '/commands/add-person';
const TYPED = 'Zo\u00eb \u201cN\u201d <b>Other</b>';

describe('what was typed into a form, by somebody whose sign-in ended meanwhile,', () => {
  let now = Date.now();
  let served: ServedLedger;

  beforeAll(async () => {
    served = await serveOffice(
      [
        { subject: 'olive', holds: [{ post: 'opcc-officer' }] },
        { subject: 'both', holds: [{ post: 'opcc-officer' }, { post: 'force-lead' }] },
      ],
      { store: 'sqlite', clock: { now: () => now } },
    );
  }, 60_000);
  afterAll(() => served?.remove());

  /** Types into the form, and sends it after the session has ended. */
  async function typesTooLong(name = TYPED): Promise<{ browser: Browser; form: Page; kept: Page }> {
    const browser = new Browser();
    await signIn(served, 'olive', browser);
    const form = await browser.open(`${served.url}${FORM}`);
    now += 61 * 60_000;
    return { browser, form, kept: await browser.submit(form, FORM, { name }) };
  }
  /** Follows the link to the sign-in, as in another tab. */
  async function signsIn(browser: Browser, kept: Page, name: string): Promise<Page> {
    const [, link = ''] = /href="([^"]*)" target="_blank"/.exec(kept.html) ?? [];
    return passProvider(browser, await browser.open(`${served.url}${link.replaceAll('&amp;', '&')}`), name);
  }
  const fieldIn = (page: Page, name: string) =>
    page.forms.find(({ action, method }) => method === 'post' && action.endsWith(FORM))?.fields.get(name)?.[0];
  const persons = async (): Promise<number> =>
    (await new Browser().open(`${served.url}/people`)).html.split('person-').length;

  it('is kept by the page that says that it was not taken, sealed, and comes back to whoever typed it', async () => {
    const { browser, form, kept } = await typesTooLong();
    expect([kept.status, kept.heading]).toEqual([403, 'This was not sent, and what you typed is kept']);
    expect(kept.html).not.toMatch(/Zoë|&lt;b&gt;/);
    // Going on without signing in leads nowhere, and loses nothing.
    const still = await browser.submit(kept, '/kept');
    expect([still.status, still.heading]).toEqual([403, 'This was not sent, and what you typed is kept']);
    const elsewhere = await signsIn(browser, still, 'olive');
    expect([elsewhere.url, elsewhere.heading]).toEqual([`${served.url}/kept`, 'You are signed in again']);
    const back = await browser.submit(still, '/kept');
    expect([back.status, back.heading]).toEqual([200, 'What you typed is here']);
    expect(fieldIn(back, 'name')).toBe(TYPED);
    expect(fieldIn(back, 'commandId')).toBe(form.forms.at(-1)?.fields.get('commandId')?.[0]);
    const again = await browser.submit(back, FORM, { change: 'all' });
    expect([again.status, fieldIn(again, 'name')]).toEqual([200, TYPED]);
    const done = await browser.submit(again, FORM);
    expect(done.url).toMatch(/\/people\/person-/);
    expect(done.html).toContain('Zo\u00eb');
  }, 30_000);

  it('is shown to nobody else who signs in there', async () => {
    const { browser, kept } = await typesTooLong();
    browser.forget(served.provider.issuer);
    const choosing = await signsIn(browser, kept, 'both');
    await browser.submit(choosing, '/sign-in', { post: 'opcc-officer' });
    const back = await browser.submit(kept, '/kept');
    expect([back.status, back.heading]).toEqual([403, 'This was typed by somebody else']);
    expect(back.html).not.toMatch(/Zoë|&lt;b&gt;/);
  }, 30_000);

  it('comes back after the server was started anew', async () => {
    const { browser, kept } = await typesTooLong();
    await served.restart();
    await served.ready();
    await signsIn(browser, kept, 'olive');
    expect(fieldIn(await browser.submit(kept, '/kept'), 'name')).toBe(TYPED);
  }, 30_000);

  it('comes back with a warning to whoever acts in another of their posts by now, and is never sent in it unseen', async () => {
    const browser = new Browser();
    const before = await persons();
    const asked = await signIn(served, 'both', browser);
    await browser.submit(asked, '/sign-in', { post: 'opcc-officer' });
    const form = await browser.open(`${served.url}${FORM}`);
    const other = await browser.open(`${served.url}/sign-in`);
    await browser.submit(other, '/sign-in', { post: 'force-lead' });
    const kept = await browser.submit(form, FORM, { name: TYPED });
    expect([kept.status, kept.heading]).toEqual([403, 'This was not sent, and what you typed is kept']);
    const back = await browser.submit(kept, '/kept');
    expect(wordsOf(back)).toContain('You typed this as OPCC officer, and act as Force lead now.');
    expect(headerOf(back)).toMatch(/^Acting as Force lead/);
    expect(fieldIn(back, 'name')).toBe(TYPED);
    expect(await persons()).toBe(before);
  }, 30_000);

  it('is not taken from whoever changes it, has no page of ours for it, or comes from another site', async () => {
    const { browser, kept } = await typesTooLong();
    const sealed = kept.forms[0]?.fields.get('kept')?.[0] ?? '';
    await signsIn(browser, kept, 'olive');
    const forged = sealed.replace(/.(.{8})$/, (last, rest: string) => (last.startsWith('A') ? `B${rest}` : `A${rest}`));
    for (const wrong of [forged, '', 'x', sealed.slice(1)])
      expect((await browser.submit(kept, '/kept', { kept: wrong })).heading).toBe(
        'What you typed can no longer be opened',
      );
    expect((await browser.submit(kept, '/kept', { 'form-token': '' })).status).toBe(403);
    expect((await browser.submitOnce(kept, '/kept', {}, 'http://evil.example')).heading).toBe(
      'This form was not sent from here',
    );
    expect((await browser.submit(kept, '/kept')).status).toBe(200);
  }, 30_000);

  it('is told to be copied where it is too long to be kept', async () => {
    const { kept } = await typesTooLong('x'.repeat(800_000));
    expect([kept.status, kept.heading]).toEqual([413, 'This form cannot be sent any more']);
    expect(kept.html).toContain('Go back in your browser, copy what you typed');
  }, 30_000);
});

describe('a form that is kept', () => {
  const HOUR = 60 * 60_000;
  const begun = Date.parse('2026-03-01T12:00:00Z');
  const form = { path: '/commands/add-person', fields: [['name', TYPED]], token: 't' } as const;
  const at = (time: number, secret = 7) => new KeptForms(new Uint8Array(32).fill(secret), () => time);

  it('opens for sixteen hours, over a change of the key, and then no more', async () => {
    const sealed = (await at(begun).seal(form)) ?? '';
    expect(await at(begun + 16 * HOUR - 1_000).open(sealed)).toMatchObject(form);
    expect(await at(begun + 16 * HOUR).open(sealed)).toBeNull();
    expect(await at(begun + 40 * HOUR).open(sealed)).toBeNull();
  });

  it('is sealed by another key each day, of which two open', async () => {
    const kid = (sealed: string) => JSON.parse(Buffer.from(sealed.split('.')[0] ?? '', 'base64url').toString()).kid;
    const [today, tomorrow] = [await at(begun).seal(form), await at(begun + 24 * HOUR).seal(form)];
    expect(kid(tomorrow ?? '')).toBe(String(Number(kid(today ?? '')) + 1));
    expect(await at(begun - 24 * HOUR).open(today ?? '')).toBeNull();
  });

  it('opens nowhere else', async () => {
    expect(await at(begun, 8).open((await at(begun).seal(form)) ?? '')).toBeNull();
  });
});
