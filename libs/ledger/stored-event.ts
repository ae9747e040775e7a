import { Buffer } from 'node:buffer';
import { commitToEvent, commitToPart, NONCE_BYTES } from './commitment.ts';
import type { StoredEvent, StoredPart } from './event.ts';

/** Bytes that are no event as the ledger wrote it. The sentence says what is wrong and holds nothing of the content. */
export class NotAsWritten extends Error {
  override readonly name = 'NotAsWritten';
}

const TOP = 'commitments,header,nonces,parts';
/** Base64url of 32 bytes, and of any, in the one spelling: bits that no byte takes are zero, or a flipped one would be read past. */
const HASH = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;
const SEALED = /^(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-][AQgw]|[A-Za-z0-9_-]{2}[AEIMQUYcgkosw048])?$/;
/** Parts that hold no words: never sealed. All others always are. */
const CLEAR: readonly string[] = ['facts', 'actor', 'source', 'ctl'];

/**
 * The stored object behind bytes, checked as far as it can be without a key: canonical form, the header and every part in clear
 * against their commitments. What is sealed is proved as it is opened ({@link isProven}).
 *
 * Not told by this: a part that was taken away whole, because an absent part is committed to like any other; and where the event
 * stands in the log, which its reader compares with the header.
 * @throws NotAsWritten
 */
export function storedEventOf(bytes: Uint8Array): StoredEvent {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  let stored: StoredEvent;
  try {
    stored = JSON.parse(text) as StoredEvent;
  } catch (cause) {
    throw new NotAsWritten('it is no JSON', { cause });
  }
  if (!isObject(stored) || keysOf(stored) !== TOP) throw new NotAsWritten('it has not the form of an event');
  // Sorted keys are seen to by the commitments, wherever an order of keys could matter.
  if (JSON.stringify(stored) !== text) throw new NotAsWritten('it is not in canonical form');
  const { header, nonces, parts, commitments } = stored;
  if (!isObject(header) || !isObject(nonces) || !isObject(commitments) || !Array.isArray(parts))
    throw new NotAsWritten('it has not the form of an event');
  if (header.v !== 1 || keysOf(nonces) !== 'event,parts' || !isObject(nonces.parts))
    throw new NotAsWritten('it has not the form of an event');
  if (keysOf(commitments) !== 'event,parts' || !Array.isArray(commitments.parts) || !commitments.parts.every(isHash))
    throw new NotAsWritten('its commitments have not their form');
  const committed = (commitments.parts as readonly string[]).map((one) => Buffer.from(one, 'base64url'));
  if (
    commitToEvent(nonceOf(nonces.event), Buffer.from(JSON.stringify(header)), committed).toString('base64url') !==
    commitments.event
  )
    throw new NotAsWritten('its header or the list of its commitments is not what was committed to');
  checkParts(stored);
  return stored;
}

/** Is this the part that the event committed to? For a sealed part, with what its ciphertext held. */
export function isProven(stored: StoredEvent, name: string, nonce: Uint8Array, plaintext: Uint8Array): boolean {
  return stored.commitments.parts.includes(commitToPart(nonce, name, plaintext).toString('base64url'));
}

function checkParts({ nonces, parts, commitments }: StoredEvent): void {
  let at = 0;
  let clear = 0;
  const names = new Set<string>();
  for (const part of parts) {
    if (!isObject(part) || typeof part.name !== 'string' || names.has(part.name))
      throw new NotAsWritten('a part has not its form');
    names.add(part.name);
    if (CLEAR.includes(part.name)) {
      clear += 1;
      at = placeInClear(part, nonces.parts[part.name], commitments.parts, at);
    } else if (keysOf(part) !== 'key,name,value' || typeof part.key !== 'string' || !isSealed(part.value))
      throw new NotAsWritten(`its part ${part.name} is not sealed`);
  }
  if (Object.keys(nonces.parts).length !== clear)
    throw new NotAsWritten('there are nonces of parts that are not there');
}

/** Parts stand in the order in which their kind declares them, and so do the commitments. */
function placeInClear(part: StoredPart, nonce: unknown, committed: readonly string[], from: number): number {
  if (keysOf(part) !== 'name,value') throw new NotAsWritten(`its part ${part.name} has not its form`);
  const commitment = commitToPart(nonceOf(nonce), part.name, Buffer.from(JSON.stringify(part.value)));
  const place = committed.indexOf(commitment.toString('base64url'), from);
  if (place === -1) throw new NotAsWritten(`its part ${part.name} is not what was committed to`);
  return place + 1;
}

function nonceOf(text: unknown): Buffer {
  if (!isHash(text)) throw new NotAsWritten('a nonce has not its form');
  const nonce = Buffer.from(text, 'base64url');
  if (nonce.length !== NONCE_BYTES) throw new NotAsWritten('a nonce has not its form');
  return nonce;
}

function isSealed(value: unknown): value is string {
  return typeof value === 'string' && SEALED.test(value);
}

function isHash(value: unknown): value is string {
  return typeof value === 'string' && HASH.test(value);
}

function keysOf(object: object): string {
  return Object.keys(object).join(',');
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
