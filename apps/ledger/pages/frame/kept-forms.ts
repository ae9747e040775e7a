import { hkdfSync } from 'node:crypto';
import { EncryptJWT, jwtDecrypt } from 'jose';

/** A form that came too late: what was typed, where it was sent, and the token by which it is known to whom it was shown. */
export interface KeptForm {
  readonly path: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly token: string;
}

/** Somebody may go home and come back in the morning. */
const KEPT_HOURS = 16;
const DAY_MS = 24 * 60 * 60_000;
/** What is kept is sent again within a request, of which a server takes 1 MiB. */
const MOST_CHARACTERS = 900_000;

/**
 * Keeps what was typed in the page that says that it was not taken, and nowhere else: sealed, so that it tells whoever finds that page
 * nothing. The key is another every day, derived from a secret of the ledger; that of yesterday still opens.
 */
export class KeptForms {
  readonly #secret: Uint8Array;
  readonly #now: () => number;

  constructor(secret: Uint8Array, now: () => number = Date.now) {
    this.#secret = secret;
    this.#now = now;
  }

  /** Null for one that is too long to be sent again. */
  async seal({ path, fields, token }: KeptForm): Promise<string | null> {
    const day = this.#today();
    const sealed = await new EncryptJWT({ path, fields, token })
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: String(day) })
      .setExpirationTime(Math.floor(this.#now() / 1_000) + KEPT_HOURS * 60 * 60)
      .encrypt(this.#keyOf(day));
    return sealed.length > MOST_CHARACTERS ? null : sealed;
  }

  /** Null for what this ledger did not seal, or too long ago. */
  async open(sealed: string): Promise<KeptForm | null> {
    try {
      const { payload } = await jwtDecrypt<KeptForm>(sealed, ({ kid }) => this.#keyOf(this.#recent(kid)), {
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
        currentDate: new Date(this.#now()),
      });
      return payload;
    } catch {
      return null;
    }
  }

  #today(): number {
    return Math.floor(this.#now() / DAY_MS);
  }

  #recent(kid: string | undefined): number {
    const [today, day] = [this.#today(), Number(kid)];
    if (day !== today && day !== today - 1) throw new Error('a key of long ago');
    return day;
  }

  #keyOf(day: number): Uint8Array {
    return new Uint8Array(hkdfSync('sha256', this.#secret, '', `kept forms of day ${day}`, 32));
  }
}
