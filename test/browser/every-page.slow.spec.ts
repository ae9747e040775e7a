import type { Browser, Page } from 'playwright-core';
import { DATE_PARAMETERS } from '../../apps/ledger/pages/frame/dates.ts';
import { KINDS_OF_RECORD, pathOfKind } from '../../libs/declarations/index.ts';
import { everyPage, fewOfAKind, kindOf, type PageSeen } from '../e2e/every-page.ts';
import { formsIn } from '../e2e/browser.ts';
import { isWhole, ofShare } from '../share-of-commit.ts';
import { cookiesOf, inContext, launchChromium, NARROW, picture } from './chromium.ts';
import { faultsOf, faultsOnPaper, foundByAxe, lostByKeyboard, scrolledSideways } from './page-faults.ts';
import { openStoriedLedger, type StoriedLedger } from './storied-ledger.ts';

/** Who walks: those to whom different things are offered. */
const READERS = ['opcc-officer', 'monitoring-officer', 'the public'] as const;
/** The button that a form is sent with; what Enter presses is hidden, and others look something up. */
const SENDS = 'button:not([aria-hidden]):not([name=look-up])';
/** What one page may weigh without the files that a browser keeps. */
const HEAVIEST = 150 * 1024;

describe('every page, in every state that can be reached, on the papers of Leicestershire', () => {
  let ledger: StoriedLedger;
  let browser: Browser;
  let looked = 0;
  const bringsSomethingNew = novelty();

  beforeAll(async () => {
    ledger = await openStoriedLedger();
    browser = await launchChromium();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await ledger?.served.remove();
  });

  /** Where walks begin: the front page, and states to which no link leads. */
  function beginnings(): readonly string[] {
    const { hostile, storied, questioned, mistaken } = ledger;
    return [
      '/',
      '/?on=2023-06-30&recorded=2023-07-01',
      '/actions?on=2023-01-01',
      '/actions?on=2023-01-02&text=nothing',
      `/actions?text=${'x'.repeat(201)}`,
      '/actions?text=CGB&meeting=CGB-2023-06-21&published=complete',
      '/actions?owner=chief-constable&on=2023-02-30&recorded=2023-13-01',
      '/actions?status=done',
      ...[hostile, storied, questioned, mistaken, 'CGB-2023-04-A99'].map((ref) => `/actions/${ref}`),
      '/actions/CGB-2023-06-A4?on=2023-05-01',
      '/actions/CGB-2023-06-A1?on=2023-06-30&recorded=2023-10-31T14:30&clock=stated',
      '/meetings?status=held&body=CGB',
      '/meetings/CGB-2023-06-21?on=2001-01-01',
      '/actions/compare?before=2023-06-30&before-recorded=2023-10-01&after=2023-10-09',
      '/actions/bridge?before=2023-06-30&before-recorded=2023-10-01&after=2023-10-09',
      `/actions/compare?before=2023-06-30&only=${storied}`,
      '/actions/compare?before=2023-10-09&after=2023-06-30&before-recorded-time=9',
      '/meetings/CGB-2023-06-21/told?list=not-told',
      '/meetings/CGB-2023-05/told',
      '/actions?at-meeting=CGB-2023-06-21&meeting-view=told',
      '/actions?at-meeting=CGB-2023-05&on=2023-06-01',
      '/panels/CGB/risks?since=CGB-2023-04-19&until=CGB-2023-06-21',
      '/sign-in?ended=yes',
      '/nowhere',
    ];
  }

  // Thirds of the readers and eighths of the pages: twenty-four shares are all of both.
  it.each(ofShare(READERS, 3))(
    'is light, whole and open to everybody, as %s sees it',
    async (reader) => {
      const faults: string[] = [];
      const { url } = ledger.served;
      const as = reader === 'the public' ? undefined : reader;

      async function look(page: Page, path: string): Promise<void> {
        looked += 1;
        await picture(
          page,
          'every-page',
          `${String(looked).padStart(3, '0')} ${reader} ${path.replace(/[/?&]+/g, ' ')}`,
        );
        faults.push(...(await faultsOf(page)).map((fault) => `${path}: ${fault}`));
      }

      await inContext(browser, url, { scripts: true, as }, async (page, context) => {
        // Whoever comes after the first is led to the same kinds, and to a few of their own.
        const ofAKind = reader === READERS[0] ? fewOfAKind : (kind: string) => Math.min(1, fewOfAKind(kind));
        const pages = (await everyPage(url, await cookiesOf(context), { from: beginnings(), ofAKind })).filter(isPage);
        expect(pages.length).toBeGreaterThan(50);
        for (const one of pages) faults.push(...faultsInMarkup(one.html).map((fault) => `${one.path}: ${fault}`));
        // The lightest that bring it: a browser takes the longer, the more there is on a page.
        const light = [...pages].sort((one, other) => one.html.length - other.html.length);
        for (const { path, html } of ofShare(light.filter(bringsSomethingNew), 8)) {
          await page.goto(`${url}${path}`);
          await look(page, path);
          for (const [index, form] of formsIn(html, path).entries()) {
            if (form.method === 'get' || /^\/sign-/.test(form.action)) continue;
            await page.goto(`${url}${path}`);
            // As it stands: nobody has filled it in.
            const [answer] = await Promise.all([
              page.waitForNavigation(),
              page.locator('form').nth(index).locator(SENDS).last().click(),
            ]);
            const sent = { path: `POST ${form.action}`, status: answer?.status() ?? 0, html: await page.content() };
            faults.push(...faultsInMarkup(sent.html).map((fault) => `${sent.path}: ${fault}`));
            if (bringsSomethingNew(sent)) await look(page, sent.path);
          }
        }
      });
      expect(faults).toEqual([]);
    },
    1_200_000,
  );

  it('would be seen to lack a label, words for a picture, room, a way by keyboard, and a basis on paper (control)', async () => {
    const { url } = ledger.served;
    await inContext(browser, url, { scripts: true }, async (page) => {
      const spoilt = async (script: string): Promise<void> => {
        await page.goto(`${url}/actions`);
        await page.evaluate(script);
      };
      await spoilt(
        `document.querySelector('label[for=owner]').remove(); document.querySelector('main').append(new Image())`,
      );
      expect((await foundByAxe(page)).map((fault) => fault.split(':')[0])).toEqual(
        expect.arrayContaining(['select-name', 'image-alt']),
      );
      await spoilt(`document.querySelector('h1').style.minWidth = '700px'`);
      expect((await scrolledSideways(page)).map((fault) => fault.split(' it is ')[0])).toEqual([
        'in the narrowest window',
        'at 200 %',
      ]);
      await spoilt(
        `document.querySelector('main').insertAdjacentHTML('afterbegin', '<button style="outline: 0; box-shadow: none; background: #fff; color: #000; border: 0">1</button>');
         document.querySelector('main').addEventListener('keydown', (event) => { if (event.target.closest('.ledger-table')) event.preventDefault(); })`,
      );
      const lost = await lostByKeyboard(page);
      expect(lost.filter((fault) => fault.startsWith('shows no focus: <button'))).toHaveLength(1);
      expect(lost.filter((fault) => fault.startsWith('is not reached: <a'))).not.toEqual([]);
      await spoilt(`document.querySelector('.govuk-footer').remove()`);
      expect(await faultsOnPaper(page)).toContain('prints no basis');
      await page.setViewportSize(NARROW);
    });
    expect(
      faultsInMarkup(
        '<title>Error: A</title><h1>1</h1><h1>2</h1><script>1</script> IN_PROGRESS<b id="on"><i id="on"><label for="off">',
      ),
    ).toEqual([
      'has 2 main headings',
      'has a script in it',
      'prints a code: IN_PROGRESS',
      'has an error in its title and nowhere else',
      'has two elements of the id on',
      'points to no element: off',
      'is not in English',
    ]);
  });

  it('are of one kind where they are of one register, whichever record they show', () => {
    for (const path of KINDS_OF_RECORD.map(pathOfKind)) expect(kindOf({ path: `${path}/one` })).toBe(`${path}/*?`);
  });

  it('were more than a few', () => {
    process.stdout.write(`${looked} pages were looked at in a browser\n`);
    expect(looked).toBeGreaterThanOrEqual(isWhole ? 50 : 5);
  });
});

function isPage({ status, path }: PageSeen): boolean {
  return status !== 303 && !path.startsWith('/assets/');
}

/** What is wrong with a page as it was sent. */
function faultsInMarkup(html: string): readonly string[] {
  const faults: string[] = [];
  const weight = Buffer.byteLength(html);
  if (weight > HEAVIEST) faults.push(`weighs ${Math.round(weight / 1024)} KB`);
  const headings = html.match(/<h1\b/g)?.length ?? 0;
  if (headings !== 1) faults.push(`has ${headings} main headings`);
  // Scripts are files of this server, and no page needs one.
  if (/<script(?![^>]* src="\/assets\/)/.test(html)) faults.push('has a script in it');
  const words = html.replace(/<head>.*?<\/head>|<[^>]*>/gs, ' ');
  const codes = /\b[A-Z]+_[A-Z_]+\b|\b\d{4}-\d{2}-\d{2}T|\[object|\bundefined\b|\bnull\b|\bNaN\b/g;
  faults.push(...new Set((words.match(codes) ?? []).map((code) => `prints a code: ${code}`)));
  if (/<title>\s*Error: /.test(html) !== html.includes('class="govuk-error-summary"'))
    faults.push('has an error in its title and nowhere else');
  const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id = '']) => id);
  const twice = ids.filter((id, at) => ids.indexOf(id) < at);
  faults.push(...new Set(twice.map((id) => `has two elements of the id ${id}`)));
  const pointless = [...html.matchAll(/\s(?:for|aria-describedby|aria-labelledby)="([^"]+)"/g)]
    .flatMap(([, named = '']) => named.trim().split(/\s+/))
    .filter((id) => !ids.includes(id));
  faults.push(...new Set(pointless.map((id) => `points to no element: ${id}`)));
  if (!html.includes('<html lang="en-GB"')) faults.push('is not in English');
  return faults;
}

/**
 * True of a page that is worth a browser's time: of a kind of address, of a status, or with an element by its class that no page had
 * before. All others differ in their words alone.
 */
function novelty(): (page: Pick<PageSeen, 'path' | 'status' | 'html'>) => boolean {
  const known = new Set<string>();
  return ({ path, status, html }) => {
    // Forms are all made of the same controls, which are told by their classes.
    const [kind = '', query = ''] = kindOf({ path })
      .replace(/\/commands\/[a-z-]+/, '/commands/*')
      .split('?');
    const dates = query.split('&').filter((name) => DATE_PARAMETERS.includes(name));
    const elements = [...html.matchAll(/<([a-z][a-z0-9]*)\b[^>]*?\bclass="([^"]*)"/g)].map(
      ([, tag, name]) => `${tag}.${name}`,
    );
    const traits = [`${kind} ${status}`, `dates ${dates.join()} ${status}`, ...elements];
    const isNew = traits.some((trait) => !known.has(trait));
    for (const trait of traits) known.add(trait);
    return isNew;
  };
}
