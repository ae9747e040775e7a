/** What a page answered. */
export interface PageSeen {
  readonly path: string;
  readonly status: number;
  readonly milliseconds: number;
  readonly html: string;
}

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
    const begun = performance.now();
    const response = await fetch(`${url}${path}`, {
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(deadlineMs),
    });
    const html = await response.text();
    seen.push({ path, status: response.status, milliseconds: performance.now() - begun, html });
    const location = response.headers.get('location');
    for (const link of [...linksIn(html), ...(location === null ? [] : [location])]) {
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

/** Addresses of this server in a page, without the place in it. What is sent by a form that changes something is no page. */
function linksIn(html: string): readonly string[] {
  const read = html.replace(/<form\b[^>]*method="post"[^>]*>/gi, '');
  return [...read.matchAll(/(?:href|action)="([^"]+)"/g)]
    .map(([, address = '']) => address.replaceAll('&amp;', '&').split('#')[0] ?? '')
    .filter((address) => address.startsWith('/') && !address.startsWith('//'));
}

/** Addresses that differ only in which record or which words they name are of one kind. */
function kindOf(address: string): string {
  const { pathname, searchParams } = new URL(address, 'http://ledger.invalid');
  const path = pathname.replace(/^\/(actions|meetings|assets)\/.+$/, '/$1/*');
  return `${path}?${[...searchParams.keys()].sort().join('&')}`;
}
