import { RECORD_KINDS } from '../../libs/declarations/index.ts';

/** What a page answered. */
export interface PageSeen {
  readonly path: string;
  readonly status: number;
  readonly milliseconds: number;
  /** What was sent before it, but for when, and for what is drawn by lot for each reader: cookies, and the tokens of forms. */
  readonly headers: string;
  readonly html: string;
}

/** What every form holds that writes: it differs each time. */
const FORM_TOKEN = /(name="form-token" value=")[^"]*/g;

/** Of one kind of address (a record, a list with its filters) so many are looked at. */
const OF_A_KIND = 3;

/**
 * Every page that can be reached from the front page by its links and the choices of its forms, each kind of address a few times. A
 * page that is added is seen from its first day.
 *
 * @param headers who looks: a bearer token, or a cookie
 */
export async function everyPage(
  url: string,
  headers: Readonly<Record<string, string>>,
  deadlineMs = 20_000,
): Promise<readonly PageSeen[]> {
  const seen: PageSeen[] = [];
  const kinds = new Map<string, number>();
  const waiting = ['/'];
  const known = new Set(waiting);
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const page = await pageAt(url, path, headers, deadlineMs);
    seen.push(page);
    for (const link of linksIn(page)) {
      const kind = kindOf(link);
      const many = kinds.get(kind) ?? 0;
      if (known.has(link) || many >= OF_A_KIND) continue;
      kinds.set(kind, many + 1);
      known.add(link);
      waiting.push(link);
    }
  }
  return seen;
}

/** The pages at these addresses, in their order, whatever they answer. */
export async function pagesAt(
  url: string,
  paths: readonly string[],
  headers: Readonly<Record<string, string>>,
): Promise<readonly PageSeen[]> {
  const seen: PageSeen[] = [];
  for (const path of paths) seen.push(await pageAt(url, path, headers, 20_000));
  return seen;
}

async function pageAt(
  url: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  deadlineMs: number,
): Promise<PageSeen> {
  const begun = performance.now();
  const response = await fetch(`${url}${path}`, {
    headers,
    redirect: 'manual',
    signal: AbortSignal.timeout(deadlineMs),
  });
  const html = (await response.text()).replace(FORM_TOKEN, '$1');
  const sent = [...response.headers]
    .filter(([name]) => name !== 'date' && name !== 'set-cookie')
    .map((header) => header.join(': '));
  return { path, status: response.status, milliseconds: performance.now() - begun, headers: sent.join('\n'), html };
}

/** Addresses of this server in a page, without the place in it. What is sent by a form that changes something is no page. */
function linksIn({ html, headers }: PageSeen): readonly string[] {
  const read = html.replace(/<form\b[^>]*method="post"[^>]*>/gi, '');
  const location = /^location: (.*)$/m.exec(headers);
  return [...read.matchAll(/(?:href|action)="([^"]+)"/g), ...(location === null ? [] : [location])]
    .map(([, address = '']) => address.replaceAll('&amp;', '&').split('#')[0] ?? '')
    .filter((address) => address.startsWith('/') && !address.startsWith('//'));
}

/** The page of a record, of any kind, or an asset. */
const ONE_OF_MANY = new RegExp(
  `^/(${[...Object.values(RECORD_KINDS).map(({ many }) => many), 'assets'].join('|')})/.+$`,
);

/** Addresses that differ only in which record or which words they name are of one kind. */
function kindOf(address: string): string {
  const { pathname, searchParams } = new URL(address, 'http://ledger.invalid');
  const path = pathname.replace(ONE_OF_MANY, '/$1/*');
  return `${path}?${[...searchParams.keys()].sort().join('&')}`;
}
