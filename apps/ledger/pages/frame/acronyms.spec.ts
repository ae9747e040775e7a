import { withAcronymsExpanded } from './acronyms.ts';

const ACRONYMS = new Map([
  ['OPCC', 'Office of the Police and Crime Commissioner'],
  ['PCC', 'Police and Crime Commissioner'],
]);
const expanded = (main: string) =>
  /<main>(.*)<\/main>/s.exec(withAcronymsExpanded(`<main>${main}</main>`, ACRONYMS))![1];
const OPCC = '<abbr title="Office of the Police and Crime Commissioner">OPCC</abbr>';
const PCC = '<abbr title="Police and Crime Commissioner">PCC</abbr>';

describe('acronyms on a page', () => {
  it('are expanded where each is first used, and not again', () => {
    expect(expanded('<p>The OPCC and the PCC.</p><p>The OPCC, the PCC.</p>')).toBe(
      `<p>The ${OPCC} and the ${PCC}.</p><p>The OPCC, the PCC.</p>`,
    );
  });

  it('are whole words, and no part of a reference', () => {
    for (const words of ['OPCCs', 'XOPCC', 'OPCC-2023-04-A1', 'PCC/14', 'PCC-2023-14', 'opcc', '_PCC'])
      expect([words, expanded(words)]).toEqual([words, words]);
    expect(expanded('(OPCC)')).toBe(`(${OPCC})`);
    expect(expanded('the PCC’s, PCC.')).toBe(`the ${PCC}’s, PCC.`);
  });

  it('stay as they stand in what somebody wrote, which nobody explains in their name', () => {
    const written = '<p class="govuk-body ledger-words">“The <b>OPCC</b> said”<br>OPCC</p>';
    expect(expanded(`${written}<p>The OPCC</p>`)).toBe(`${written}<p>The ${OPCC}</p>`);
    expect(expanded('<q>OPCC</q><blockquote>OPCC</blockquote>')).toBe('<q>OPCC</q><blockquote>OPCC</blockquote>');
  });

  it('stay as they stand where no element may be: in boxes, choices, titles and attributes', () => {
    for (const words of [
      '<textarea>OPCC</textarea>',
      '<select><option value="1">OPCC</option></select>',
      '<input value="OPCC">',
      '<a title="OPCC">x</a>',
      '<abbr title="x">OPCC</abbr>',
      '<code>OPCC</code>',
      '<svg><title>OPCC</title></svg>',
    ])
      expect([words, expanded(words)]).toEqual([words, words]);
  });

  it('stay as they stand around what a page shows', () => {
    const page = '<head><title>OPCC</title></head><header>OPCC</header><main></main><footer>OPCC</footer>';
    expect(withAcronymsExpanded(page, ACRONYMS)).toBe(page);
  });

  it('leave all else of a page as it was, byte for byte', () => {
    const page = '<!DOCTYPE html>\n<main id="a"><br><img src="x"><p>&lt;OPCC&gt; &amp; OPCC</p>\n<hr></main>\n';
    expect(withAcronymsExpanded(page, new Map())).toBe(page);
    expect(withAcronymsExpanded(page, ACRONYMS).replace(/<\/?abbr[^>]*>/g, '')).toBe(page);
  });
});
