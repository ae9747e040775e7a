import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { NARROW, NARROWEST, WIDE } from './chromium.ts';

/*
 * What is wrong with a page for people who use it, each fault a sentence; none is right. The page is open, its scripts run, and its
 * content security policy is passed over for those of a test.
 */

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What can differ on paper, where nothing is pointed at and nothing is walked through. */
const ON_PAPER_TOO = ['color-contrast', 'page-has-heading-one', 'empty-heading', 'list'];

/** What axe finds on a page, with everything on it unfolded. */
export async function foundByAxe(page: Page, rules: readonly string[] = RULES): Promise<readonly string[]> {
  await unfold(page);
  await page.addScriptTag({ path: AXE });
  // What passes is not asked for: to tell it takes as long as to find what does not.
  const asked = { runOnly: rules, resultTypes: ['violations'] };
  const { violations }: AxeResults = await page.evaluate(`axe.run(document, ${JSON.stringify(asked)})`);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

export async function unfold(page: Page): Promise<void> {
  await page.evaluate(`for (const one of document.querySelectorAll('details')) one.open = true`);
}

/** Windows in which nothing is to be reached by scrolling to the side. At 200 % a wide window is half as wide. */
const WINDOWS: readonly { readonly name: string; readonly width: number; readonly text?: string }[] = [
  { name: 'in the narrowest window', width: NARROWEST.width },
  { name: 'at 200 %', width: WIDE.width / 2 },
  { name: 'with text twice as large', width: WIDE.width, text: '200%' },
];

/** Where one has to scroll to the side, with everything unfolded: WCAG 1.4.4 and 1.4.10. */
export async function scrolledSideways(page: Page): Promise<readonly string[]> {
  await unfold(page);
  const faults: string[] = [];
  for (const { name, width, text = '' } of WINDOWS) {
    await page.setViewportSize({ width, height: 900 });
    await page.evaluate(`document.documentElement.style.fontSize = ${JSON.stringify(text)}`);
    const needed = await page.evaluate<number>('document.scrollingElement.scrollWidth');
    if (needed > width) faults.push(`${name} it is ${needed - width} px too wide: ${await page.evaluate(WIDEST)}`);
  }
  await page.evaluate(`document.documentElement.style.fontSize = ''`);
  await page.setViewportSize(WIDE);
  return faults;
}

/** Run in the browser: what stands out to the right. */
const WIDEST = `[...document.querySelectorAll('body *')]
  .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .slice(-2).map((one) => one.outerHTML.slice(0, 160)).join(' | ')`;

/**
 * What cannot be reached by the Tab key, and what does not show that it has been reached: WCAG 2.1.1, 2.1.2 and 2.4.7. Of a group of
 * radio buttons one is reached, and the arrows lead to the others.
 */
export async function lostByKeyboard(page: Page): Promise<readonly string[]> {
  await unfold(page);
  const count = await page.evaluate<number>(LISTEN);
  // Sent one behind the other and not each awaited: a browser does them in their order.
  await Promise.all(Array.from({ length: count + 1 }, () => page.keyboard.press('Tab')));
  return page.evaluate<string[]>('window.lostByKeyboard()');
}

/**
 * Run in the browser: how an element looks, with what stands for it (GOV.UK draws the focus of a radio button around its label), is
 * remembered for each that ought to be reached, and compared when it is.
 */
const LISTEN = `(() => {
  const shown = (one) => one.checkVisibility({ visibilityProperty: true });
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
    .filter((one) => shown(one) && !one.disabled && one.type !== 'hidden' && one.getAttribute('tabindex') !== '-1');
  const looks = (one) => [one, ...(one.labels ?? [])].flatMap((part) => ['', '::before', '::after'].map((pseudo) => {
    const { outlineStyle, outlineWidth, outlineColor, boxShadow, backgroundColor, borderColor, color, textDecorationLine } = getComputedStyle(part, pseudo);
    return [outlineStyle === 'none' ? '' : outlineWidth + outlineColor, boxShadow, backgroundColor, borderColor, color, textDecorationLine].join();
  })).join(';');
  const name = (one) => one.outerHTML.slice(0, 160);
  document.activeElement?.blur();
  window.scrollTo(0, 0);
  const before = new Map(all.map((one) => [one, looks(one)]));
  const reached = new Set();
  const faults = [];
  document.addEventListener('focusin', ({ target }) => {
    reached.add(target);
    if (before.get(target) === looks(target)) faults.push('shows no focus: ' + name(target));
    const { top, bottom, width } = target.getBoundingClientRect();
    if (width > 1 && (bottom < 0 || top > innerHeight)) faults.push('is reached out of sight: ' + name(target));
  });
  const group = (one) => one.type === 'radio' ? all.filter((other) => other.type === 'radio' && other.name === one.name && other.form === one.form) : [one];
  window.lostByKeyboard = () => [...faults, ...all.filter((one) => !group(one).some((other) => reached.has(other))).map((one) => 'is not reached: ' + name(one))];
  return all.length;
})()`;

/**
 * What paper does not need or lacks: no ways to other pages and no forms, no addresses behind links, and the basis on which the page
 * answers.
 */
export async function faultsOnPaper(page: Page): Promise<readonly string[]> {
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize(PAPER);
  const faults = [...(await page.evaluate<string[]>(ON_PAPER)), ...(await foundByAxe(page, ON_PAPER_TOO))];
  await page.emulateMedia({ media: 'screen' });
  await page.setViewportSize(WIDE);
  return faults;
}

/** A sheet of A4 within its margins, in the pixels of a style sheet. */
export const PAPER = { width: 718, height: 1046 };

/** Run in the browser. What is cut off on paper cannot be scrolled to. */
const ON_PAPER = `(() => {
  const shown = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility());
  const name = (one) => one.outerHTML.slice(0, 160);
  const faults = shown('nav, form[method=get], .govuk-button, .govuk-skip-link, .ledger-date-bar').map((one) => 'is printed: ' + name(one));
  faults.push(...shown('a').filter((one) => getComputedStyle(one, '::after').content.includes('(')).map((one) => 'is printed with its address: ' + name(one)));
  faults.push(...shown('body, main, main *')
    .filter((one) => !one.closest('.govuk-visually-hidden') && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0)
    .filter((one) => one === document.body || !['visible', 'clip'].includes(getComputedStyle(one).overflowX) || one.getBoundingClientRect().left + one.scrollWidth > innerWidth + 1)
    .map((one) => 'is cut off: ' + name(one)));
  if (shown('h1').length !== 1) faults.push('prints no heading');
  if (shown('.govuk-footer').length !== 1) faults.push('prints no basis');
  return faults;
})()`;

/** All of it, for a page that is open in a wide window. */
export async function faultsOf(page: Page): Promise<readonly string[]> {
  const inWindow = await foundByAxe(page);
  await page.setViewportSize(NARROW);
  const onTelephone = await foundByAxe(page);
  await page.setViewportSize(WIDE);
  return [
    ...inWindow.map((one) => `axe, in a wide window: ${one}`),
    ...onTelephone.map((one) => `axe, on a telephone: ${one}`),
    ...(await scrolledSideways(page)),
    ...(await lostByKeyboard(page)),
    ...(await faultsOnPaper(page)).map((one) => `on paper: ${one}`),
  ];
}
