import { Buffer } from 'node:buffer';
import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { AUDIENCES, type Audience } from '../access/index.ts';
import type { LogPosition } from '../event-store/index.ts';
import type { KeyStore } from '../keys/index.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Plaintexts are filled up to a multiple of this, so that the length of a token says nothing of how long the log is. */
const BLOCK_BYTES = 32;

/** Turns places in the log into tokens for readers, and back. */
export interface PositionTokens {
  /** Opaque for that audience; the same for the same position. */
  encode(audience: Audience, position: LogPosition): string;
  /** The position behind a token of these audiences of this ledger, of any by default; null for anything else. */
  decode(token: string, audiences?: readonly Audience[]): LogPosition | null;
}

/**
 * Position tokens: AES-256-GCM under a key for each audience, with a nonce that is the keyed digest of the plaintext. So
 * a token is the same whenever the position is, cannot be made up, and tells nothing of how much lies between two of them.
 *
 * The token holds the store's position, not a sequence, because a writer hands it out before the read models have numbered
 * the event.
 */
export function positionTokens(keys: Pick<KeyStore, 'secret'>): PositionTokens {
  const secret = keys.secret('positions');
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, '', `pgl/position/${purpose}`, 32));
  const byAudience = new Map(
    AUDIENCES.map((audience) => [
      audience,
      { sealing: derive(`${audience}/seal`), naming: derive(`${audience}/nonce`) },
    ]),
  );

  return {
    encode(audience, position) {
      const { sealing, naming } = byAudience.get(audience)!;
      const plaintext = Buffer.from(position, 'utf8');
      const padded = Buffer.alloc(Math.ceil((plaintext.length + 1) / BLOCK_BYTES) * BLOCK_BYTES);
      plaintext.copy(padded);
      padded[plaintext.length] = 0x80;
      const nonce = createHmac('sha256', naming).update(padded).digest().subarray(0, NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce);
      return Buffer.concat([nonce, cipher.update(padded), cipher.final(), cipher.getAuthTag()]).toString('base64url');
    },
    decode(token, audiences = AUDIENCES) {
      const bytes = Buffer.from(token, 'base64url');
      // One token, one spelling.
      if (bytes.length <= NONCE_BYTES + TAG_BYTES || bytes.toString('base64url') !== token) return null;
      for (const audience of audiences) {
        const { sealing } = byAudience.get(audience)!;
        try {
          const decipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(0, NONCE_BYTES));
          decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
          const padded = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
          return padded.subarray(0, padded.lastIndexOf(0x80)).toString('utf8');
        } catch {
          // Of another audience, or of nobody.
        }
      }
      return null;
    },
  };
}
