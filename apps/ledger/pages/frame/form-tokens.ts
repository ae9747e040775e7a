import { fastifyCookie } from '@fastify/cookie';
import { fastifyCsrfProtection } from '@fastify/csrf-protection';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Identity } from '../../access/identity.ts';
import { cookieName } from '../../access/office-sign-in.ts';

/** The field of a form that holds its token: see `form-token.njk`. */
export const FORM_TOKEN = 'form-token';

/** Half of what a form must bring is in a cookie, half in a field of it. `hmacKey` outlives a restart, and so do forms. */
export async function openFormTokens(
  adapter: FastifyAdapter,
  { hmacKey, isSecure }: { readonly hmacKey: Uint8Array; readonly isSecure: boolean },
): Promise<void> {
  const server = adapter.getInstance();
  await server.register(fastifyCookie);
  await server.register(fastifyCsrfProtection, {
    cookieKey: cookieName('ledger-form', isSecure),
    // Lax: whoever comes back from another site by a link keeps the forms that they have open.
    cookieOpts: { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure },
    getToken: (request) => asked.get(request)?.token,
    getUserInfo: (request) => asked.get(request)?.holder ?? '',
    csrfOpts: { hmacKey: Buffer.from(hmacKey), userInfo: true },
    logLevel: 'debug',
  });
}

/** A token is good for whoever it was shown to, in the post in which they acted then. */
export function holderOf({ caller, signedIn }: Pick<Identity, 'caller' | 'signedIn'>): string {
  if (caller !== null) return `${caller.post} ${caller.person}`;
  return signedIn === undefined ? 'the public' : `no post ${signedIn.pseudonym}`;
}

/** For a form that may be sent by whoever uses the browser that it was shown in, since it says by itself for whom it is. */
export const ANYBODY = 'anybody';

const asked = new WeakMap<FastifyRequest, { readonly token: string; readonly holder: string }>();

/** The token of the forms on a page that is shown to somebody. */
export function formTokenFor(reply: FastifyReply, holder: string): string {
  return reply.generateCsrf({ userInfo: holder });
}

/** The token that a form brought; empty if it brought none. */
export function tokenOf({ body }: Pick<FastifyRequest, 'body'>): string {
  const token = (body as { readonly [field: string]: unknown } | null | undefined)?.[FORM_TOKEN];
  return typeof token === 'string' ? token : '';
}

/** Was this token shown to that holder, in the browser that sends the request? */
export function wasShownTo(request: FastifyRequest, token: string, holder: string): Promise<boolean> {
  asked.set(request, { token, holder });
  return new Promise((resolve) => {
    // The plugin answers what does not pass. Here a page does, so the plugin speaks to a reply that only listens.
    const listening = { send: () => resolve(false) } as unknown as FastifyReply;
    request.server.csrfProtection(request, listening, () => resolve(true));
  });
}
