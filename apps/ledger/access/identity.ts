import { PUBLIC, readerFor, type Capacity, type Reader } from '../../../libs/access/index.ts';
import type { Caller } from '../../../libs/dispatch/index.ts';

/** Who a request comes from: what they may see, and, unless they are the public, in which post they act. */
export interface Identity {
  readonly reader: Reader;
  readonly caller: Caller | null;
  /** Set for whoever signed in from a browser, whether or not they act in a post. */
  readonly signedIn?: SignedIn;
}

/** A post in which somebody may act. */
export interface ActingPost {
  readonly ref: string;
  readonly capacity: Capacity;
}

/** Somebody whom the identity provider vouches for, and what the directory says of them today. */
export interface SignedIn {
  readonly pseudonym: string;
  /** How the provider calls them, when the directory knows nobody by that: to be shown to them alone. */
  readonly unknownAs: string | null;
  /** The posts that they hold today. */
  readonly posts: readonly ActingPost[];
  /** The post that they chose, whether or not they hold it still. */
  readonly chosen: string | null;
}

export const THE_PUBLIC: Identity = { reader: PUBLIC, caller: null };

/** What a token says: the post that its bearer acts in, and who the bearer is by the words of whoever issued it. */
export interface Claims {
  readonly post: string;
  readonly person: string;
  /** When the token ceases to be good, in seconds after 1 January 1970 UTC. */
  readonly expires: number;
}

/** Checks a token, whoever issued it. @throws BadToken */
export interface TokenCheck {
  check(token: string): Promise<Claims>;
}

/** A token was sent and will not do: answered with 401, never as if no token had been sent. */
export class BadToken extends Error {
  override readonly name = 'BadToken';
}

/** What identity needs to know of the ledger. */
export interface PostsAndPeople {
  /** The capacity of a post: one of the seven that every ledger knows, or what the directory says today; null if none. */
  capacityOf(post: string): Promise<Capacity | null>;
  /** The keyed pseudonym of a subject: under it somebody stands in events whom the directory does not know. */
  pseudonymOf(subject: string): string;
}

/** Checking a signature costs more than answering a question, so a good token is taken as checked for this long. */
const REMEMBERED_MS = 60_000;
const MOST_REMEMBERED = 1_000;

/** Tells who sends a request, from its `Authorization` header. */
export class Identities {
  readonly #tokens: TokenCheck;
  readonly #ledger: PostsAndPeople;
  readonly #now: () => number;
  readonly #checked = new Map<string, { readonly claims: Claims; readonly until: number }>();

  constructor(tokens: TokenCheck, ledger: PostsAndPeople, now: () => number = Date.now) {
    this.#tokens = tokens;
    this.#ledger = ledger;
    this.#now = now;
  }

  /**
   * No header is the public. Anything else must be a good bearer token for a post that acts in a capacity.
   * @throws BadToken
   */
  async fromHeader(authorization: string | undefined): Promise<Identity> {
    if (authorization === undefined) return THE_PUBLIC;
    const token = /^Bearer +([A-Za-z0-9._~+/=-]{1,8192})$/i.exec(authorization)?.[1];
    if (token === undefined) throw new BadToken('The Authorization header must be "Bearer", a space and a token.');
    return this.fromToken(token);
  }

  /** @throws BadToken */
  async fromToken(token: string): Promise<Identity> {
    const { post, person } = await this.#claimsOf(token);
    const capacity = await this.#ledger.capacityOf(post);
    if (capacity === null) throw new BadToken('The post that this token names does not act in any capacity.');
    return {
      reader: readerFor(post, capacity),
      caller: { post, person: this.#ledger.pseudonymOf(person), capacity },
    };
  }

  async #claimsOf(token: string): Promise<Claims> {
    const known = this.#checked.get(token);
    if (known !== undefined && this.#now() < known.until) return known.claims;
    this.#checked.delete(token);
    const claims = await this.#tokens.check(token);
    if (this.#checked.size >= MOST_REMEMBERED) this.#checked.clear();
    this.#checked.set(token, { claims, until: Math.min(this.#now() + REMEMBERED_MS, claims.expires * 1_000) });
    return claims;
  }
}

/** Posts are words: `force-lead`. */
export const POST_REF = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** The claims of a verified token. @throws BadToken when they name no post or nobody. */
export function claimsOf(payload: { readonly [claim: string]: unknown }): Claims {
  const post = payload['post'];
  const person = payload['person'] ?? payload['sub'];
  const expires = payload['exp'];
  if (typeof post !== 'string' || post.length > 64 || !POST_REF.test(post))
    throw new BadToken('This token names no post in its claim "post".');
  if (typeof person !== 'string' || person.trim() === '' || person.length > 256)
    throw new BadToken('This token names nobody in its claims "person" or "sub".');
  if (typeof expires !== 'number')
    throw new BadToken('This token does not say in its claim "exp" how long it is good.');
  return { post, person, expires };
}

/** When nobody can sign in, every token is bad. */
export const NO_SIGN_IN: TokenCheck = {
  check: () => Promise.reject(new BadToken('This ledger takes no tokens: no sign-in is configured.')),
};
