/**
 * True if a form was sent from a page of this server: browsers say so in `Origin`, and those that leave it out or send “null” say so in
 * `Sec-Fetch-Site`. Anything else may come from somebody else's page.
 *
 * @param publicUrl where browsers reach this server, when that is configured: a proxy may call it by another name.
 */
export function isSentFromHere(
  headers: { readonly [name: string]: string | readonly string[] | undefined },
  publicUrl: string | null = null,
): boolean {
  const { origin, host } = headers;
  if (typeof origin === 'string' && origin !== 'null')
    return publicUrl === null
      ? origin === `http://${String(host)}` || origin === `https://${String(host)}`
      : origin === publicUrl;
  return headers['sec-fetch-site'] === 'same-origin';
}

const HERE = 'http://ledger.invalid';

/** A path of this server to go on to; `/` for what is none, such as another site's address however it is disguised. */
export function localPath(wanted: unknown): string {
  if (typeof wanted !== 'string' || !/^\/(?![/\\])/.test(wanted) || wanted.length > 2048) return '/';
  if (!URL.canParse(wanted, HERE)) return '/';
  const { origin, pathname, search } = new URL(wanted, HERE);
  return origin === HERE && !pathname.startsWith('//') ? `${pathname}${search}` : '/';
}
