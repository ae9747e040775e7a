import type { IncomingHttpHeaders } from 'node:http';
import type { Identities, Identity } from './identity.ts';

/** Tells who brings a cookie: the demonstration's, or that of a session. */
export interface CookieSignIn {
  /** @throws SignInEnded, StoreUnavailable, NotYet */
  whoBrings(cookie: string | undefined): Promise<Identity>;
}

/** A cookie was brought that was good once: never answered without a word as if nobody had signed in. */
export class SignInEnded extends Error {
  override readonly name = 'SignInEnded';
  /** A Set-Cookie header that forgets it. */
  readonly cookie: string;
  constructor(cookie: string) {
    super('the sign-in has ended');
    this.cookie = cookie;
  }
}

/**
 * Who sends a request to a page: by its bearer token, or else by its cookie, whichever sign-in this server has. The API has a door of its
 * own, which takes bearer tokens alone: a cookie is sent by a browser without anybody's will.
 */
export class Door {
  readonly #identities: Identities;
  readonly #cookies: CookieSignIn | null;

  constructor(identities: Identities, cookies: CookieSignIn | null) {
    this.#identities = identities;
    this.#cookies = cookies;
  }

  /** @throws BadToken, SignInEnded, SignInUnavailable, StoreUnavailable, NotYet */
  async whoSends({ authorization, cookie }: IncomingHttpHeaders): Promise<Identity> {
    if (authorization !== undefined || this.#cookies === null) return this.#identities.fromHeader(authorization);
    return this.#cookies.whoBrings(cookie);
  }
}
