import { fastifyCookie as cookies } from '@fastify/cookie';
import { SignInEnded, type CookieSignIn } from './door.ts';
import { BadToken, THE_PUBLIC, type Identities } from './identity.ts';

/** The demo's token, in a cookie that no script reads and no other site's form sends. */
const NAME = 'ledger-demo';
/** As long as the token is good for. */
const TWELVE_HOURS_S = 12 * 60 * 60;
const KEPT = { path: '/', httpOnly: true, sameSite: 'strict' } as const;

/** The token that a Cookie header brings; null if it brings none. */
export function tokenIn(header: string | undefined): string | null {
  return (header === undefined ? undefined : cookies.parse(header)[NAME]) ?? null;
}

/** A Set-Cookie header that keeps the token. */
export function keptCookie(token: string): string {
  return cookies.serialize(NAME, token, { ...KEPT, maxAge: TWELVE_HOURS_S });
}

/** A Set-Cookie header that forgets it. */
export function forgottenCookie(): string {
  return cookies.serialize(NAME, '', { ...KEPT, maxAge: 0 });
}

/** Whoever brings the cookie of the demonstration. */
export function demoSignIn(identities: Identities): CookieSignIn {
  return {
    async whoBrings(cookie) {
      const token = tokenIn(cookie);
      if (token === null) return THE_PUBLIC;
      try {
        return await identities.fromToken(token);
      } catch (cause) {
        if (!(cause instanceof BadToken)) throw cause;
        // Yesterday's demo: never shown as if nobody had signed in, without a word.
        throw new SignInEnded(forgottenCookie());
      }
    },
  };
}
