/** A form as it stands in a page: where it is sent, and what it holds before anybody types. */
export interface Form {
  readonly action: string;
  readonly method: string;
  readonly fields: ReadonlyMap<string, readonly string[]>;
  /** What may be chosen: each word of a list, each radio button, each box to tick. */
  readonly choices: readonly (readonly [name: string, value: string])[];
}

/** What a browser shows after it was led on. */
export interface Page {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
  readonly heading: string | undefined;
  readonly forms: readonly Form[];
  /** Every address that was answered with a redirection before this page. */
  readonly ledBy: readonly string[];
}

export type Typed = Readonly<Record<string, string | readonly string[]>>;

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
}

/** A browser without scripts: it keeps cookies for each server, says where its forms come from, and goes where it is led. */
export class Browser {
  readonly #jars = new Map<string, Map<string, Cookie>>();
  readonly #headers: Readonly<Record<string, string>>;

  /** @param headers what is sent with every request besides */
  constructor(headers: Readonly<Record<string, string>> = {}) {
    this.#headers = headers;
  }

  /** Goes to an address and on to where it leads. */
  open(address: string): Promise<Page> {
    return this.#go(address, { method: 'GET' }, 10);
  }

  /** Asks once, and shows a redirection instead of following it. */
  ask(address: string, init: RequestInit = { method: 'GET' }): Promise<Page> {
    return this.#go(address, init, 0);
  }

  /** Fills in the form of a page that is sent to this path, and sends it. */
  async submit(page: Page, action: string, typed: Typed = {}): Promise<Page> {
    return this.#go(...this.#sent(page, action, typed), 10);
  }

  /** The same, but shows a redirection instead of following it. `origin`: which site's page claims to hold the form. */
  async submitOnce(page: Page, action: string, typed: Typed = {}, origin?: string): Promise<Page> {
    return this.#go(...this.#sent(page, action, typed, origin), 0);
  }

  cookiesFor(address: string): ReadonlyMap<string, string> {
    const { pathname } = new URL(address);
    const sent = [...this.#jar(address).values()].filter(({ path }) => pathname.startsWith(path));
    return new Map(sent.map(({ name, value }) => [name, value]));
  }

  setCookie(address: string, name: string, value: string, path = '/'): void {
    this.#jar(address).set(`${name} ${path}`, { name, value, path });
  }

  /** Forgets whatever a server gave it. */
  forget(address: string): void {
    this.#jar(address).clear();
  }

  #sent(page: Page, action: string, typed: Typed, origin = new URL(page.url).origin): [string, RequestInit] {
    const sentThere = page.forms.filter((one) => new URL(one.action, page.url).pathname === action);
    // The date bar of a page leads to the page itself, as does the form that stands below it.
    const form = sentThere.find(({ method }) => method === 'post') ?? sentThere.at(-1);
    if (form === undefined) throw new Error(`no form is sent to ${action} from ${page.url}: ${page.html}`);
    const fields = new Map<string, readonly string[]>(form.fields);
    for (const [name, value] of Object.entries(typed)) fields.set(name, typeof value === 'string' ? [value] : value);
    const body = new URLSearchParams(
      [...fields].flatMap(([name, values]) => values.map((value): [string, string] => [name, value])),
    );
    const address = new URL(form.action, page.url);
    if (form.method === 'get') return [`${address.origin}${address.pathname}?${body}`, { method: 'GET' }];
    return [address.href, { method: 'POST', body, headers: { origin } }];
  }

  async #go(address: string, init: RequestInit, mayBeLed: number, ledBy: readonly string[] = []): Promise<Page> {
    const cookie = [...this.cookiesFor(address)].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(address, {
      ...init,
      redirect: 'manual',
      headers: { ...this.#headers, ...(cookie === '' ? {} : { cookie }), ...(init.headers as Record<string, string>) },
    });
    for (const header of response.headers.getSetCookie()) this.#keep(address, header);
    const html = await response.text();
    const location = response.headers.get('location');
    if (location !== null && response.status >= 300 && response.status < 400 && mayBeLed > 0)
      return this.#go(new URL(location, address).href, { method: 'GET' }, mayBeLed - 1, [...ledBy, address]);
    return {
      ...{ url: address, status: response.status, headers: response.headers, html, ledBy },
      heading: unescaped(/<h1[^>]*>\s*([^<]*?)\s*</.exec(html)?.[1]),
      forms: formsIn(html, address),
    };
  }

  #keep(address: string, header: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
    const [, path = '/'] = /; *path=([^;]*)/i.exec(header) ?? [];
    const isGone = /max-age=0\b/i.test(header) || /expires=thu, 01 jan 1970/i.test(header);
    if (isGone) this.#jar(address).delete(`${name} ${path}`);
    else this.setCookie(address, name, value, path);
  }

  #jar(address: string): Map<string, Cookie> {
    const { host } = new URL(address);
    const jar = this.#jars.get(host) ?? new Map<string, Cookie>();
    this.#jars.set(host, jar);
    return jar;
  }
}

/** The forms of a page. */
export function formsIn(html: string, address: string): readonly Form[] {
  return [...html.matchAll(/<form\b([^>]*)>([^]*?)<\/form>/gi)].map(([, tag = '', inside = '']) => {
    const fields = new Map<string, string[]>();
    const choices: [string, string][] = [];
    const add = (name: string | undefined, value: string) => {
      if (name !== undefined && name !== '') fields.set(name, [...(fields.get(name) ?? []), value]);
    };
    for (const [input] of inside.matchAll(/<input\b[^>]*>/gi)) {
      const type = attribute(input, 'type') ?? 'text';
      const chosen = /\schecked\b/i.test(input);
      if (type === 'radio' || type === 'checkbox')
        choices.push([attribute(input, 'name') ?? '', attribute(input, 'value') ?? '']);
      if ((type === 'radio' || type === 'checkbox') && !chosen) continue;
      if (type !== 'submit' && type !== 'button') add(attribute(input, 'name'), attribute(input, 'value') ?? '');
    }
    for (const [, area = '', text = ''] of inside.matchAll(/<textarea\b([^>]*)>([^]*?)<\/textarea>/gi))
      add(attribute(area, 'name'), unescaped(text.replace(/^\n/, '')) ?? '');
    for (const [, select = '', options = ''] of inside.matchAll(/<select\b([^>]*)>([^]*?)<\/select>/gi)) {
      const all = [...options.matchAll(/<option\b[^>]*>/gi)].map(([option]) => option);
      choices.push(
        ...all.map((one): [string, string] => [attribute(select, 'name') ?? '', attribute(one, 'value') ?? '']),
      );
      const chosen = all.find((option) => /\sselected\b/i.test(option)) ?? all[0];
      if (chosen !== undefined) add(attribute(select, 'name'), attribute(chosen, 'value') ?? '');
    }
    return {
      action: attribute(tag, 'action') ?? address,
      method: (attribute(tag, 'method') ?? 'get').toLowerCase(),
      fields,
      choices,
    };
  });
}

function attribute(tag: string, name: string): string | undefined {
  return unescaped(new RegExp(`\\s${name}="([^"]*)"`, 'i').exec(tag)?.[1]);
}

const ENTITIES: { readonly [entity: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** What a piece of a page says, without its escapes. */
export function unescaped(text: string | undefined): string | undefined {
  return text?.replace(/&(amp|lt|gt|quot|#39);/g, (whole, entity: string) => ENTITIES[entity] ?? whole);
}
