import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';

const PART_DOMAIN = Buffer.from('pgl/part/v1\0', 'latin1');
const EVENT_DOMAIN = Buffer.from('pgl/event/v1\0', 'latin1');
export const NONCE_BYTES = 32;

/**
 * Commitment to one part: SHA-256 over its canonical plaintext under a random 256-bit nonce. It binds the writer to the
 * text and says nothing of it once the nonce is gone.
 *
 * See docs/event-format.md.
 */
export function commitToPart(nonce: Uint8Array, name: string, plaintext: Uint8Array): Buffer {
  mustBeNonce(nonce);
  const nameBytes = Buffer.from(name, 'utf8');
  return sha256(PART_DOMAIN, nonce, uint16(nameBytes.length), nameBytes, plaintext);
}

/**
 * Commitment to a whole event: its header and the commitments of the parts in the order in which its kind declares them.
 * The tree of the ledger is built on these.
 */
export function commitToEvent(nonce: Uint8Array, header: Uint8Array, parts: readonly Uint8Array[]): Buffer {
  mustBeNonce(nonce);
  for (const part of parts) if (part.length !== 32) throw new RangeError('a part commitment has 32 bytes');
  return sha256(EVENT_DOMAIN, nonce, uint32(header.length), header, uint16(parts.length), ...parts);
}

function mustBeNonce(nonce: Uint8Array): void {
  if (nonce.length !== NONCE_BYTES) throw new RangeError('a commitment needs a nonce of 32 bytes');
}

function sha256(...chunks: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const chunk of chunks) hash.update(chunk);
  return hash.digest();
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
