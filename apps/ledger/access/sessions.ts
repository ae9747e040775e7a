import { createHash, randomBytes } from 'node:crypto';

/** Somebody who signed in with a browser. Held in memory: a restart signs everybody out. */
export interface Session {
  /** The keyed pseudonym of the subject by which the provider knows them. */
  readonly pseudonym: string;
  /** The subject itself, to be shown to nobody but them, when the directory does not know it. */
  readonly subject: string;
  /** The ID token, with which the provider is asked to sign them out as well. */
  readonly idToken: string;
  /** The post that they act in; null until it is chosen. */
  readonly post: string | null;
  /** The person of the directory, as it was known last. */
  readonly person: string | null;
}

interface Kept {
  session: Session;
  readonly began: number;
  seen: number;
}

export interface SessionLimits {
  /** Without a request for so long, it is over. */
  readonly idleMs: number;
  /** It is over after so long in any case. */
  readonly wholeMs: number;
}

/** At most so many at once: the one that was seen longest ago gives way. */
const MOST_SESSIONS = 10_000;

/**
 * The sessions of a running server, each under a secret that its browser alone has: here stands only its digest, so that nobody who
 * reads the memory of the server could take one over. A secret is never used again for another: it is drawn anew at every sign-in and
 * whenever a post is chosen.
 */
export class Sessions {
  readonly #limits: SessionLimits;
  readonly #now: () => number;
  /** In the order in which they were last seen. */
  readonly #byDigest = new Map<string, Kept>();

  constructor(limits: SessionLimits, now: () => number = Date.now) {
    this.#limits = limits;
    this.#now = now;
  }

  /** Begins one, and answers its secret. */
  begin(session: Session): string {
    return this.#keep({ session, began: this.#now(), seen: this.#now() });
  }

  /** The session of a secret, seen now; null when there is none or it is over. */
  find(secret: string): Session | null {
    const kept = this.#of(secret);
    if (kept === null) return null;
    kept.seen = this.#now();
    const digest = digestOf(secret);
    this.#byDigest.delete(digest);
    this.#byDigest.set(digest, kept);
    return kept.session;
  }

  /** Changes what is known in a session, under the same secret. */
  note(secret: string, change: Partial<Pick<Session, 'person'>>): void {
    const kept = this.#of(secret);
    if (kept !== null) kept.session = { ...kept.session, ...change };
  }

  /** Goes on with a session under a new secret; the old one is worth nothing. It lasts no longer for that. */
  renew(secret: string, change: Pick<Session, 'post'>): string | null {
    const kept = this.#of(secret);
    if (kept === null) return null;
    this.end(secret);
    return this.#keep({ ...kept, session: { ...kept.session, ...change }, seen: this.#now() });
  }

  /** Ends one, whoever still keeps its secret. */
  end(secret: string): void {
    this.#byDigest.delete(digestOf(secret));
  }

  #of(secret: string): Kept | null {
    const kept = this.#byDigest.get(digestOf(secret));
    if (kept === undefined) return null;
    if (!this.#isOver(kept)) return kept;
    this.end(secret);
    return null;
  }

  #isOver({ began, seen }: Kept): boolean {
    const now = this.#now();
    return now - seen >= this.#limits.idleMs || now - began >= this.#limits.wholeMs;
  }

  #keep(kept: Kept): string {
    for (const [digest, other] of this.#byDigest) {
      if (!this.#isOver(other) && this.#byDigest.size < MOST_SESSIONS) break;
      this.#byDigest.delete(digest);
    }
    const secret = randomBytes(32).toString('base64url');
    this.#byDigest.set(digestOf(secret), kept);
    return secret;
  }
}

function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
