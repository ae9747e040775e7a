import { randomBytes } from 'node:crypto';
import { fastifyCookie } from '@fastify/cookie';
import { fastifyCsrfProtection } from '@fastify/csrf-protection';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Identity } from '../../access/identity.ts';

/** The field of a form that holds its token: see `form-token.njk`. */
export const FORM_TOKEN = 'form-token';
const COOKIE = 'ledger-form';

/** Half of what a form must bring is in a cookie, half in a field of it. Neither is worth anything after the server has stopped. */
export async function openFormTokens(adapter: FastifyAdapter): Promise<void> {
  const server = adapter.getInstance();
  await server.register(fastifyCookie);
  await server.register(fastifyCsrfProtection, {
    cookieKey: COOKIE,
    // Lax: whoever comes back from another site by a link keeps the forms that they have open.
    cookieOpts: { path: '/', httpOnly: true, sameSite: 'lax' },
    getToken: ({ body }) => (body as { readonly [field: string]: string } | null | undefined)?.[FORM_TOKEN],
    getUserInfo: (request) => senders.get(request) ?? '',
    csrfOpts: { hmacKey: randomBytes(32), userInfo: true },
    logLevel: 'debug',
  });
}

/** A token is good for whoever it was shown to, in the post in which they acted then. */
function holderOf({ caller }: Identity): string {
  return caller === null ? 'the public' : `${caller.post} ${caller.person}`;
}

const senders = new WeakMap<FastifyRequest, string>();

/** The token of the forms on a page that is shown to somebody. */
export function formTokenFor(reply: FastifyReply, identity: Identity): string {
  return reply.generateCsrf({ userInfo: holderOf(identity) });
}

/** Does a form bring the token that was shown to whoever sends it? */
export function bringsToken(request: FastifyRequest, identity: Identity): Promise<boolean> {
  senders.set(request, holderOf(identity));
  return new Promise((resolve) => {
    // The plugin answers what does not pass. Here a page does, so the plugin speaks to a reply that only listens.
    const listening = { send: () => resolve(false) } as unknown as FastifyReply;
    request.server.csrfProtection(request, listening, () => resolve(true));
  });
}
