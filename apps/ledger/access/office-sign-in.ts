import { randomBytes, timingSafeEqual } from 'node:crypto';
import { fastifyCookie as cookies } from '@fastify/cookie';
import { PUBLIC, readerFor } from '../../../libs/access/index.ts';
import { StoreUnavailable } from '../../../libs/event-store/index.ts';
import type { Ledger } from '../ledger.ts';
import { SignInEnded, type CookieSignIn } from './door.ts';
import { THE_PUBLIC, type Identity } from './identity.ts';
import { NotSignedIn, type Begun, type IdentityProvider } from './identity-provider.ts';
import type { Session, Sessions } from './sessions.ts';

/** How long somebody may take at the provider. */
const AT_THE_PROVIDER_MS = 15 * 60_000;
/** Sign-ins that are under way at once: the oldest gives way. */
const MOST_UNDER_WAY = 10_000;

interface UnderWay {
  readonly begun: Begun;
  readonly returnTo: string;
  /** Which browser began it: nobody can be led to complete a sign-in that somebody else began. */
  readonly browser: string;
  readonly at: number;
}

/** Where a browser goes on to, and the cookies that it is to keep. */
export interface LedOn {
  readonly address: string;
  readonly cookies: readonly string[];
}

/** Signing in from a browser by the identity provider of the office, and what comes of it: sessions. */
export class OfficeSignIn implements CookieSignIn {
  readonly #ledger: Pick<Ledger, 'pseudonymOf' | 'personOf' | 'postsHeldBy'>;
  readonly #provider: IdentityProvider;
  readonly #sessions: Sessions;
  readonly #now: () => number;
  readonly #underWay = new Map<string, UnderWay>();
  readonly #isSecure: boolean;
  readonly #session: string;
  readonly #browser: string;

  constructor(parts: {
    readonly ledger: Pick<Ledger, 'pseudonymOf' | 'personOf' | 'postsHeldBy'>;
    readonly provider: IdentityProvider;
    readonly sessions: Sessions;
    readonly publicUrl: string;
    readonly now: () => number;
  }) {
    this.#ledger = parts.ledger;
    this.#provider = parts.provider;
    this.#sessions = parts.sessions;
    this.#now = parts.now;
    this.#isSecure = parts.publicUrl.startsWith('https:');
    this.#session = cookieName('ledger-session', this.#isSecure);
    this.#browser = cookieName('ledger-signing-in', this.#isSecure);
  }

  async whoBrings(cookie: string | undefined): Promise<Identity> {
    const secret = this.#in(cookie, this.#session);
    if (secret === undefined) return THE_PUBLIC;
    const session = this.#sessions.find(secret);
    if (session === null) throw new SignInEnded(this.#forget(this.#session));
    return this.#identityIn(session, secret);
  }

  /** Where somebody signs in. @throws SignInUnavailable */
  async begin(cookie: string | undefined, returnTo: string): Promise<LedOn> {
    const begun = this.#provider.begin();
    const address = await this.#provider.signInAddress(begun);
    const browser = this.#in(cookie, this.#browser) ?? randomBytes(32).toString('base64url');
    for (const [state, { at }] of this.#underWay) {
      if (this.#now() - at < AT_THE_PROVIDER_MS && this.#underWay.size < MOST_UNDER_WAY) break;
      this.#underWay.delete(state);
    }
    this.#underWay.set(begun.state, { begun, returnTo, browser, at: this.#now() });
    return { address, cookies: [this.#keep(this.#browser, browser)] };
  }

  /**
   * Somebody comes back from the provider. Whoever they were before, they get a session of their own.
   * @param query what the provider told the browser to bring
   * @throws NotSignedIn, SignInUnavailable
   */
  async complete(cookie: string | undefined, query: string): Promise<LedOn> {
    const { begun, returnTo } = this.#take(new URLSearchParams(query).get('state') ?? '', cookie);
    try {
      const { subject, idToken } = await this.#provider.whoCameBack(query, begun);
      this.#endIn(cookie);
      const pseudonym = this.#ledger.pseudonymOf(subject);
      const person = await this.#ledger.personOf(pseudonym);
      const posts = person === null ? [] : await this.#ledger.postsHeldBy(person);
      const post = posts.length === 1 ? (posts[0]?.ref ?? null) : null;
      const secret = this.#sessions.begin({ pseudonym, subject, idToken, person, post });
      return {
        address: post === null ? `/sign-in?${new URLSearchParams({ return: returnTo })}` : returnTo,
        cookies: [this.#keep(this.#session, secret)],
      };
    } catch (cause) {
      throw cause instanceof NotSignedIn ? new NotSignedIn(cause.why, cause.code, returnTo) : cause;
    }
  }

  /** Acts in another post from now on. The cookies to keep; null when it is not theirs to act in. */
  async choose(cookie: string | undefined, post: string): Promise<readonly string[] | null> {
    const { signedIn } = await this.whoBrings(cookie);
    const secret = this.#in(cookie, this.#session);
    if (secret === undefined || signedIn?.posts.some(({ ref }) => ref === post) !== true) return null;
    const renewed = this.#sessions.renew(secret, { post });
    return renewed === null ? null : [this.#keep(this.#session, renewed)];
  }

  /** Signs out here; `address` is where the provider signs them out as well, null when it offers nothing. */
  async end(cookie: string | undefined, back: string): Promise<{ address: string | null; cookies: readonly string[] }> {
    const session = this.#endIn(cookie);
    const address = session === null ? null : await this.#provider.signOutAddress(session.idToken, back);
    return { address, cookies: [this.#forget(this.#session), this.#forget(this.#browser)] };
  }

  /** What the directory says of them is asked at each request: a tenure that ended yesterday gives nobody rights today. */
  async #identityIn(session: Session, secret: string): Promise<Identity> {
    const { pseudonym, subject, post: chosen } = session;
    const person = await this.#personIn(session, secret);
    const posts = person === null ? [] : await this.#ledger.postsHeldBy(person);
    const signedIn = { pseudonym, unknownAs: person === null ? subject : null, posts, chosen };
    const acting = posts.find(({ ref }) => ref === chosen);
    if (acting === undefined) return { reader: PUBLIC, caller: null, signedIn };
    const { ref: post, capacity } = acting;
    return { reader: readerFor(post, capacity), caller: { post, person: pseudonym, capacity }, signedIn };
  }

  /** While the store is away nobody can be written to the directory: they are who they were. */
  async #personIn({ pseudonym, person: before }: Session, secret: string): Promise<string | null> {
    try {
      const person = await this.#ledger.personOf(pseudonym);
      if (person !== before) this.#sessions.note(secret, { person });
      return person;
    } catch (cause) {
      if (!(cause instanceof StoreUnavailable)) throw cause;
      return before;
    }
  }

  /** A sign-in that is under way, once. @throws NotSignedIn */
  #take(state: string, cookie: string | undefined): UnderWay {
    const underWay = this.#underWay.get(state);
    this.#underWay.delete(state);
    if (underWay === undefined) throw new NotSignedIn('late', 'UNKNOWN_STATE');
    if (this.#now() - underWay.at >= AT_THE_PROVIDER_MS) throw new NotSignedIn('late', 'LATE', underWay.returnTo);
    if (!isSame(underWay.browser, this.#in(cookie, this.#browser) ?? ''))
      throw new NotSignedIn('late', 'OTHER_BROWSER');
    return underWay;
  }

  #endIn(cookie: string | undefined): Session | null {
    const secret = this.#in(cookie, this.#session);
    const session = secret === undefined ? null : this.#sessions.find(secret);
    if (secret !== undefined) this.#sessions.end(secret);
    return session;
  }

  #in(header: string | undefined, name: string): string | undefined {
    return header === undefined ? undefined : cookies.parse(header)[name];
  }

  /** Lax: whoever comes back from the provider, or by a link in a message, is who they are. */
  #keep(name: string, value: string): string {
    return cookies.serialize(name, value, { path: '/', httpOnly: true, sameSite: 'lax', secure: this.#isSecure });
  }

  #forget(name: string): string {
    return cookies.serialize(name, '', {
      ...{ path: '/', httpOnly: true, sameSite: 'lax', secure: this.#isSecure },
      maxAge: 0,
    });
  }
}

/** With the prefix, a browser takes it from this very host alone, over TLS, and for no other path or host. */
export function cookieName(name: string, isSecure: boolean): string {
  return isSecure ? `__Host-${name}` : name;
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
