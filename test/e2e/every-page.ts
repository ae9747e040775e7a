import { KINDS_OF_RECORD, pathOfKind } from '../../libs/declarations/index.ts';
import { isOfEnds } from '../../apps/ledger/pages/comparing/ends.ts';
import { DATE_PARAMETERS } from '../../apps/ledger/pages/frame/dates.ts';
import { Browser, unescaped, type Form } from './browser.ts';

/** What a page answered. */
export interface PageSeen {
  /** Its address; of a form that was sent, `POST` and where to. */
  readonly path: string;
  readonly status: number;
  readonly milliseconds: number;
  /** What was sent before it, but for when, and for what is drawn by lot for each reader: cookies, and the tokens of forms. */
  readonly headers: string;
  readonly html: string;
}

/** What every form holds that writes: it differs each time. */
const FORM_TOKEN = /(name="form-token" value=")[^"]*/g;

export interface Walk {
  /** Where the walk begins. Default: at the front page alone. */
  readonly from?: readonly string[];
  /**
   * Of one kind of address (a record, a list with its filters) so many are looked at. Default: 3. Of kinds of which none are looked at,
   * what only they lead to is not found either.
   */
  readonly ofAKind?: number | ((kind: string) => number);
  /** Takes addresses that differ in their dates alone for one kind. */
  readonly atAnyDate?: boolean;
  /** Sends each form that records something too, as it stands: nobody has filled it in. */
  readonly sendsForms?: boolean;
  /** Told of the first address of each kind of which none are looked at, but for what is sent. */
  readonly leaveOut?: (path: string, kind: string) => void;
  /** Told of each page as it was seen. */
  readonly look?: (page: PageSeen) => void;
}

/**
 * So many pages of a kind of address are worth a look. Forms are all made of the same controls, a list that is narrowed in three ways is
 * the list that is narrowed in each two, and the bar of dates is the same whatever a list is narrowed by.
 */
export function fewOfAKind(kind: string): number {
  const [path = '', query = ''] = kind.split('?');
  const names = query.split('&').filter((name) => name !== '');
  // About whichever two dates a page is, and of whichever of them: what it says is made the same way.
  if (OVER_TWO_DATES.test(path)) return names.filter((name) => name !== 'ends').length > 2 ? 0 : 1;
  const others = names.filter((name) => !DATE_PARAMETERS.includes(name));
  if (others.length > 2 || (others.length > 1 && others.length < names.length)) return 0;
  return names.length > 1 || path.startsWith('/commands/') ? 1 : 3;
}

/** Leaving is no page, and whoever left sees others. */
const NOT_SENT = /^\/sign-(?:in|out)\b/;

/**
 * Every page that can be reached from the front page by its links and by what its forms let one choose, each kind of address a few
 * times. A page that is added is seen from its first day.
 *
 * @param headers who looks: a bearer token, or a cookie
 */
export async function everyPage(
  url: string,
  headers: Readonly<Record<string, string>>,
  {
    from = ['/'],
    ofAKind = 3,
    atAnyDate = false,
    sendsForms = false,
    leaveOut = () => undefined,
    look = () => undefined,
  }: Walk = {},
): Promise<readonly PageSeen[]> {
  const seen: PageSeen[] = [];
  const kinds = new Map<string, number>();
  const leftOut = new Set<string>();
  const waiting: Asked[] = from.map((path) => ({ path }));
  const known = new Set(from);
  const browser = browserWith(url, headers);
  for (let asked = waiting.shift(); asked !== undefined; asked = waiting.shift()) {
    const { page, leadsTo } = await pageAt(browser, url, asked);
    seen.push(page);
    look(page);
    for (const next of leadsTo) {
      if (next.sent !== undefined && !sendsForms) continue;
      const [kind, name] = [kindOf(next, atAnyDate ? DATE_PARAMETERS : []), nameOf(next)];
      const many = kinds.get(kind) ?? 0;
      const most = typeof ofAKind === 'number' ? ofAKind : ofAKind(kind);
      if (most === 0 && next.sent === undefined && !leftOut.has(kind)) leaveOut(next.path, kind);
      if (most === 0) leftOut.add(kind);
      if (known.has(name) || many >= most) continue;
      kinds.set(kind, many + 1);
      known.add(name);
      waiting.push(next);
    }
  }
  return seen;
}

/** The pages at these addresses, in their order, whatever they answer. */
export async function pagesAt(
  url: string,
  paths: readonly string[],
  headers: Readonly<Record<string, string>>,
  look: (page: PageSeen) => void = () => undefined,
): Promise<readonly PageSeen[]> {
  const browser = browserWith(url, headers);
  const seen: PageSeen[] = [];
  for (const path of paths) {
    const { page } = await pageAt(browser, url, { path });
    seen.push(page);
    look(page);
  }
  return seen;
}

function browserWith(url: string, { cookie, ...headers }: Readonly<Record<string, string>>): Browser {
  const browser = new Browser(headers);
  for (const one of cookie?.split('; ') ?? []) {
    const [name = '', ...value] = one.split('=');
    browser.setCookie(url, name, value.join('='));
  }
  return browser;
}

/** An address, and what is sent to it by a form that records something. */
interface Asked {
  readonly path: string;
  readonly sent?: URLSearchParams;
}

const nameOf = ({ path, sent }: Asked): string => (sent === undefined ? path : `POST ${path}`);

async function pageAt(
  browser: Browser,
  url: string,
  asked: Asked,
): Promise<{ readonly page: PageSeen; readonly leadsTo: readonly Asked[] }> {
  const begun = performance.now();
  const { path, sent } = asked;
  const form = { method: 'POST', body: sent ?? null, headers: { origin: url } };
  const { status, headers, html, forms } = await browser.ask(
    `${url}${path}`,
    sent === undefined ? { method: 'GET' } : form,
  );
  const milliseconds = performance.now() - begun;
  const told = [...headers].filter(([name]) => name !== 'date' && name !== 'set-cookie').map((one) => one.join(': '));
  return {
    page: {
      ...{ path: nameOf(asked), status, milliseconds, headers: told.join('\n') },
      html: html.replace(FORM_TOKEN, '$1'),
    },
    leadsTo: [...linksIn(html), ...chosenIn(asked, forms), headers.get('location') ?? '']
      .map((address) => address.split('#')[0] ?? '')
      .filter(isHere)
      .map((address): Asked => ({ path: address }))
      .concat(sentIn(forms)),
  };
}

const isHere = (address: string): boolean => address.startsWith('/') && !address.startsWith('//');

function linksIn(html: string): readonly string[] {
  return [...html.matchAll(/href="([^"]+)"/g)].map(([, address]) => unescaped(address) ?? '');
}

/** What the forms that ask for another page let one choose. */
function chosenIn({ path }: Asked, forms: readonly Form[]): readonly string[] {
  // One choice at a time: all that they can be put together to are many times as many pages.
  if (path.includes('?')) return [];
  return forms
    .filter(({ method }) => method === 'get')
    .flatMap(({ action, fields, choices }) =>
      choices
        .filter(([, value]) => value !== '')
        .map(([name, value]) => {
          const others = [...fields].filter(([other, [stands = '']]) => other !== name && stands !== '');
          const query = others.map(([other, [stands = '']]): [string, string] => [other, stands]);
          return `${action}?${new URLSearchParams([...query, [name, value]])}`;
        }),
    );
}

/** The forms that record something, as they stand. */
function sentIn(forms: readonly Form[]): readonly Asked[] {
  return forms
    .filter(({ action, method }) => method === 'post' && isHere(action) && !NOT_SENT.test(action))
    .map(({ action, fields }) => ({
      path: action,
      sent: new URLSearchParams(
        [...fields].flatMap(([name, values]) => values.map((value): [string, string] => [name, value])),
      ),
    }));
}

const RECORDS = KINDS_OF_RECORD.map((kind) => pathOfKind(kind).slice(1));
const ONE_OF_MANY = new RegExp(`^/(${[...RECORDS, 'assets', 'commands/[a-z-]+'].join('|')})/.+$`);

/** Addresses that differ only in which record or which words they name are of one kind. */
export function kindOf({ path, sent }: Asked, leftOut: readonly string[] = []): string {
  const { pathname, searchParams } = new URL(path, 'http://ledger.invalid');
  if (OVER_TWO_DATES.test(pathname)) return kindOverTwoDates(pathname, searchParams);
  const parameters = [...new Set(searchParams.keys())].filter((name) => !leftOut.includes(name));
  const kind = `${pathname.replace(ONE_OF_MANY, '/$1/*')}?${parameters.sort().join('&')}`;
  return sent === undefined ? kind : `POST ${kind}`;
}

/** `/actions/compare`, `/actions/bridge`: what a page says of any kind of record between two dates. */
const OVER_TWO_DATES = /\/(?:compare|bridge)$/;
/** The groups of a line, which an address names beside it. */
const OF_A_LINE = ['left', 'entered'];

/** Its dates are one parameter, however they are said; and what is asked for beside them is of one kind for all kinds of record. */
function kindOverTwoDates(pathname: string, searchParams: URLSearchParams): string {
  const names = [...searchParams.keys()].filter((name) => !DATE_PARAMETERS.includes(name) && !OF_A_LINE.includes(name));
  const others = [...new Set(names.filter((name) => !isOfEnds(name)))].sort();
  const ends = names.some(isOfEnds) ? ['ends'] : [];
  const path = others.length === 0 ? pathname : pathname.replace(/^\/[^/]+/, '/*');
  return `${path}?${[...others, ...ends].join('&')}`;
}
