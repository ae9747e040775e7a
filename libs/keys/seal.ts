import { Buffer } from 'node:buffer';
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { NONCE_BYTES } from '../ledger/index.ts';
import type { PartKey } from './key-store.ts';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts a part: base64url of iv ‖ AES-256-GCM(nonce ‖ plaintext) ‖ tag. The commitment's nonce lies inside, so that a
 * destroyed key leaves nothing to guess against. Event and part name are authenticated: a ciphertext cannot be moved.
 */
export function sealPart(
  key: PartKey,
  place: { event: string; part: string },
  nonce: Uint8Array,
  plaintext: Uint8Array,
  iv: Uint8Array,
): string {
  if (iv.length !== IV_BYTES) throw new RangeError('AES-GCM here takes an iv of 12 bytes');
  const cipher = createCipheriv('aes-256-gcm', key.key, iv);
  cipher.setAAD(Buffer.from(`${place.event}/${place.part}`, 'utf8'));
  return Buffer.concat([
    iv,
    cipher.update(nonce),
    cipher.update(plaintext),
    cipher.final(),
    cipher.getAuthTag(),
  ]).toString('base64url');
}

/** What {@link sealPart} sealed. @throws when the key is another, or the bytes were changed or moved. */
export function openPart(
  key: PartKey,
  place: { event: string; part: string },
  sealed: string,
): { nonce: Uint8Array; plaintext: Uint8Array } {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < IV_BYTES + NONCE_BYTES + TAG_BYTES) throw new RangeError('a sealed part is longer than this');
  const decipher = createDecipheriv('aes-256-gcm', key.key, bytes.subarray(0, IV_BYTES));
  decipher.setAAD(Buffer.from(`${place.event}/${place.part}`, 'utf8'));
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
  const opened = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, bytes.length - TAG_BYTES)), decipher.final()]);
  return { nonce: opened.subarray(0, NONCE_BYTES), plaintext: opened.subarray(NONCE_BYTES) };
}
