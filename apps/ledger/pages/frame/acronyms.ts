/** Elements in which no word is expanded: no element may stand in them, or they hold what programs or somebody else wrote. */
const AS_THEY_STAND = /^(?:textarea|select|title|script|style|abbr|code|q|blockquote)$/;
/** What somebody wrote stands as they wrote it: `ledger-words` says so of any element. */
const WRITTEN = /\bclass="(?:[^"]*\s)?ledger-words(?:\s[^"]*)?"/;
const WITHOUT_END = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/;

/**
 * A page on which each acronym is expanded where it first stands among the page's own words. What somebody wrote is quoted as it
 * stands: nobody says in their name what they meant.
 *
 * Pages are made by templates that escape everything, so an angle bracket begins or ends a tag and nothing else.
 */
export function withAcronymsExpanded(html: string, acronyms: ReadonlyMap<string, string>): string {
  const [before, main, after] = parted(html);
  if (main === '' || acronyms.size === 0) return html;
  const toExpand = new Map(acronyms);
  const word = new RegExp(`(?<![\\w/&-])(?:${[...acronyms.keys()].join('|')})(?![\\w/]|-\\w)`, 'g');
  /** How deep one stands in an element whose words are left as they are; 0 in none. */
  let depth = 0;
  const expanded = main.replace(/<(\/?)([a-z][a-z0-9]*)\b[^>]*>|[^<]+/gi, (piece, end: string, name = '') => {
    if (name === '') {
      return depth > 0 || toExpand.size === 0 ? piece : piece.replace(word, expandOnce);
    }
    const element = (name as string).toLowerCase();
    if (WITHOUT_END.test(element) || piece.endsWith('/>')) return piece;
    if (depth > 0) depth += end === '/' ? -1 : 1;
    else if (end === '' && (AS_THEY_STAND.test(element) || WRITTEN.test(piece))) depth = 1;
    return piece;
  });
  return `${before}${expanded}${after}`;

  function expandOnce(acronym: string): string {
    const means = toExpand.get(acronym);
    toExpand.delete(acronym);
    return means === undefined ? acronym : `<abbr title="${means}">${acronym}</abbr>`;
  }
}

function parted(html: string): readonly [string, string, string] {
  const from = html.indexOf('<main');
  const to = html.lastIndexOf('</main>');
  return from < 0 || to < 0 ? [html, '', ''] : [html.slice(0, from), html.slice(from, to), html.slice(to)];
}
