import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import type { Configuration, Provider } from 'oidc-provider';
import type { Browser, Page } from './browser.ts';

export const CLIENT = { id: 'ledger', secret: 'a-secret-of-the-office' } as const;

/** A whole identity provider on loopback: whoever types a name into its page is that person, as its subject. */
export interface OfficeProvider {
  readonly issuer: string;
  /** Signs with another key from now on, and publishes that alone. */
  rotateKey(): Promise<void>;
  /** Takes it away, and brings it back at the same address. */
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** It warns at length that it is set up for a test, and that Node 20 is no longer one of its own: neither is news. */
function withoutItsWarnings(): void {
  const { console: terminal } = globalThis;
  for (const level of ['info', 'warn'] as const) {
    const say = terminal[level].bind(terminal);
    terminal[level] = (...words: unknown[]) =>
      String(words[0]).startsWith('oidc-provider ') ? undefined : say(...words);
  }
}

/** @param ledgerUrl where the ledger is reached, so that the provider sends nobody elsewhere */
export async function startOfficeProvider(ledgerUrl: string): Promise<OfficeProvider> {
  withoutItsWarnings();
  const oidc = await import('oidc-provider');
  let answer: ReturnType<Provider['callback']> | null = null;
  let port = 0;
  let server: Server | null = null;
  const start = async (): Promise<void> => {
    server = createServer((request, response) => void answer?.(request, response));
    await new Promise<void>((resolve) => server?.listen(port, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
  };
  const stop = async (): Promise<void> => {
    const stopped = new Promise<void>((resolve) => server?.close(() => resolve()));
    server?.closeAllConnections();
    await stopped;
  };
  await start();
  const issuer = `http://127.0.0.1:${port}`;
  const cookies = { keys: ['a key of the test'] };
  const rotateKey = async (): Promise<void> => {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    const key = { ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig' };
    answer = new oidc.Provider(issuer, { ...configurationFor(ledgerUrl), cookies, jwks: { keys: [key] } }).callback();
  };
  await rotateKey();
  return { issuer, rotateKey, stop, start, close: stop };
}

function configurationFor(ledgerUrl: string): Configuration {
  return {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        token_endpoint_auth_method: 'client_secret_post',
        redirect_uris: [`${ledgerUrl}/sign-in/callback`],
        post_logout_redirect_uris: [`${ledgerUrl}/signed-out`],
      },
    ],
    claims: { openid: ['sub'], profile: ['oid', 'name'] },
    conformIdTokenClaims: false,
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, oid: `oid-of-${id}`, name: 'A. N. Other' }),
    }),
    features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true } },
  };
}

/** Goes through the pages of the provider as somebody: types the name, agrees, and comes back. */
export async function passProvider(browser: Browser, page: Page, name: string): Promise<Page> {
  let shown = page;
  for (let step = 0; step < 4; step += 1) {
    const form = shown.forms.find(({ action }) => action.includes('/interaction/'));
    if (form === undefined) return shown;
    const { pathname } = new URL(form.action, shown.url);
    const typed = form.fields.get('prompt')?.[0] === 'login' ? { login: name, password: 'anything' } : {};
    shown = await browser.submit(shown, pathname, typed);
  }
  return shown;
}
