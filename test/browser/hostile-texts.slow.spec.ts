import type { Browser, Page } from 'playwright-core';
import { KINDS_OF_RECORD, pathOfKind } from '../../libs/declarations/index.ts';
import { pagesAt } from '../e2e/every-page.ts';
import { headersOf, type ServedLedger } from '../e2e/served-ledger.ts';
import { isOfShare, ofShare } from '../share-of-commit.ts';
import { inContext, launchChromium, NARROWEST } from './chromium.ts';
import { HOSTILE_SETS, REFUSED_TEXTS, WIDE_SETS } from './hostile-texts.ts';
import { openHostileLedger, type WrittenRecord } from './hostile-ledger.ts';
import { PAPER } from './page-faults.ts';

/**
 * Words that mean no harm, as long as each of those that do and with its spaces where it has them: what they are drawn with depends on
 * nothing else.
 */
const PLAIN_SETS = HOSTILE_SETS.map((texts) => texts.map((text) => text.replace(/\S/g, 'x')));
/** After each set that which stands for it. */
const SETS = HOSTILE_SETS.flatMap((texts, at) => [texts, PLAIN_SETS[at]!]);
/** Sees everything, and is offered corrections. */
const READER = 'monitoring-officer';

describe('a hundred texts that mean harm, of each kind one in every field of words of every register', () => {
  let served: ServedLedger;
  let records: readonly WrittenRecord[];
  let browser: Browser;
  let headers: Readonly<Record<string, string>>;

  beforeAll(async () => {
    ({ served, records } = await openHostileLedger(SETS));
    headers = await headersOf(served.url, READER);
    browser = await launchChromium();
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await served?.remove();
    served?.place.remove();
  });

  it('are a hundred, no two alike, and each stands in several fields', () => {
    expect(HOSTILE_SETS.flat()).toHaveLength(100);
    expect(new Set(HOSTILE_SETS.flat()).size).toBe(100);
    for (const kind of KINDS_OF_RECORD) {
      const spoken = records.filter(({ path, says }) => path.startsWith(`${pathOfKind(kind)}/`) && says.length > 0);
      expect([kind, new Set(spoken.map(({ set }) => set)).size]).toEqual([kind, SETS.length]);
    }
    const fields = records.filter(({ set }) => set === 0).flatMap(({ says }) => says);
    const most = Math.max(...HOSTILE_SETS.map((texts) => texts.length));
    expect(fields.length / most).toBeGreaterThan(4);
  });

  /** A page of a record and those that its timeline goes on to, one below the other. */
  async function read(page: Page, path: string): Promise<Read> {
    const all: Read[] = [];
    for (let next: string | null = path; next !== null && all.length < 5;) {
      const [answer] = await pagesAt(served.url, [next], headers);
      const { status, html } = answer!;
      const told: { words: string; skeleton: string; further: string | null } = await page.evaluate(
        `(${READ})(${JSON.stringify(html)})`,
      );
      all.push({ status, words: told.words, skeleton: told.skeleton });
      next = told.further;
    }
    return {
      status: Math.max(...all.map(({ status }) => status)),
      words: all.map(({ words }) => words).join('\n'),
      skeleton: all.map(({ skeleton }) => skeleton).join('\n'),
    };
  }

  it('stand on the page of their record as they were written, and make no element', async () => {
    const faults: string[] = [];
    await inContext(browser, served.url, { scripts: true }, async (page) => {
      for (const [set, texts] of SETS.entries()) {
        if (set % 2 === 1 || !isOfShare(set / 2, 6)) continue;
        const plain = records.filter((one) => one.set === set + 1);
        // The records of one set come in the same order as those of every other.
        for (const [at, { path, says }] of records.filter((one) => one.set === set).entries()) {
          const { status, words, skeleton } = await read(page, path);
          const of = `${path}, of texts like ${JSON.stringify(texts[0]!.slice(0, 30))}`;
          if (status !== 200) faults.push(`${status} ${of}`);
          const expected = (await read(page, plain[at]!.path)).skeleton;
          if (expected !== skeleton) faults.push(`${of}: other elements: ${differing(skeleton, expected)}`);
          for (const [field, said] of says) if (!words.includes(said)) faults.push(`${of}: nothing of ${field}`);
        }
      }
      expect(await page.title()).toBe('');
    });
    expect(shortened(faults)).toEqual([]);
  });

  it('leave every page within the narrowest window and within a sheet of paper, and run nothing', async () => {
    const faults: string[] = [];
    const asked = new Set<string>();
    await inContext(browser, served.url, { scripts: true, as: READER, viewport: NARROWEST }, async (page) => {
      page.on('request', (request) => asked.add(new URL(request.url()).host));
      page.on('dialog', (dialog) => faults.push(`a dialog: ${dialog.message()}`));
      const lists = KINDS_OF_RECORD.map(pathOfKind);
      const wide = records.filter(({ set }) => WIDE_SETS.includes(SETS[set]!)).map(({ path }) => path);
      for (const path of [...lists, ...ofShare(wide, 6)]) {
        await page.setViewportSize(NARROWEST);
        await page.goto(`${served.url}${path}`);
        if (!/Accountability ledger$/.test(await page.title())) faults.push(`${path}: its title is taken`);
        faults.push(...(await tooWide(page, NARROWEST.width)).map((fault) => `${path}: ${fault}`));
        await page.emulateMedia({ media: 'print' });
        await page.setViewportSize(PAPER);
        faults.push(...(await tooWide(page, PAPER.width)).map((fault) => `${path}: on paper: ${fault}`));
        await page.emulateMedia({ media: 'screen' });
      }
    });
    expect(shortened(faults)).toEqual([]);
    expect([...asked]).toEqual([new URL(served.url).host]);
  });

  it('would be seen to stand out of a window, and to be an element (control)', async () => {
    await inContext(browser, served.url, { scripts: true, as: READER, viewport: NARROWEST }, async (page) => {
      await page.goto(`${served.url}/actions`);
      await page.evaluate(`document.querySelector('h1').style.width = '1000px'`);
      expect(await tooWide(page, NARROWEST.width)).toHaveLength(1);
      const skeletonOf = async (html: string) =>
        (await page.evaluate<{ skeleton: string }>(`(${READ})(${JSON.stringify(html)})`)).skeleton;
      expect(await skeletonOf('<p>&lt;b&gt;1&lt;/b&gt;</p>')).toBe(await skeletonOf('<p>1</p>'));
      expect(await skeletonOf('<p><b>1</b></p>')).not.toBe(await skeletonOf('<p>1</p>'));
      expect(await skeletonOf('<p title="" onclick="1">1</p>')).not.toBe(await skeletonOf('<p title="">1</p>'));
    });
  });

  it.each(REFUSED_TEXTS.map((text) => [JSON.stringify(text), text]))(
    'are refused where they hold what is not read as it stands: %s',
    async (_, text) => {
      const officer = await served.as('opcc-officer');
      const { extensions } = await officer.fails('raiseAction', { body: 'B0', title: text });
      expect(extensions).toMatchObject({ code: 'INVALID', field: 'title' });
    },
  );
});

interface Read {
  readonly status: number;
  readonly words: string;
  readonly skeleton: string;
}

/** Run in the browser: what a page says, in text and in the boxes of its forms, and of what elements it is made. */
const READ = `(html) => {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  const boxes = [...body.querySelectorAll('input, textarea')].map((one) => one.value);
  const elements = [...body.querySelectorAll('*')].map((one) => one.tagName + [...one.attributes].map(({ name }) => ' ' + name).join(''));
  return {
    words: [body.textContent, ...boxes].join('\\n'),
    skeleton: elements.join('\\n'),
    further: body.querySelector('a[rel=next]')?.getAttribute('href') ?? null,
  };
}`;

async function tooWide(page: Page, width: number): Promise<readonly string[]> {
  const needed = await page.evaluate<number>('document.scrollingElement.scrollWidth');
  if (needed <= width) return [];
  const widest = await page.evaluate<string>(
    `[...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1).slice(-1).map((one) => one.outerHTML.slice(0, 160)).join()`,
  );
  return [`${needed - width} px too wide: ${widest}`];
}

function differing(one: string, other: string): string {
  const [lines, others] = [one.split('\n'), other.split('\n')];
  const at = lines.findIndex((line, index) => line !== others[index]);
  return `${lines.slice(at, at + 3).join(', ')} for ${others.slice(at, at + 3).join(', ')}`;
}

/** Faults alike but for the text are told with the first few of their texts. */
function shortened(faults: readonly string[]): readonly string[] {
  return faults.length <= 40 ? faults : [...faults.slice(0, 40), `and ${faults.length - 40} more`];
}
