import { Buffer } from 'node:buffer';

/** A value that canonical JSON can hold: integers only, no `undefined`, no class instances. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

export const MAX_JSON_DEPTH = 32;

/** A value has no canonical form. Always a programmer's error or hostile bytes, never an officer's. */
export class NotCanonical extends Error {
  override readonly name = 'NotCanonical';
}

/**
 * Canonical JSON: RFC 8785 restricted so that `JSON.parse` and `JSON.stringify` give the same bytes again.
 *
 * Keys are sorted by UTF-16 code units. Numbers are integers within ±(2^53 − 1) and never −0: money is in pence, a
 * percentage is a numerator and a denominator. Refused: deeper than 32 levels, keys that look like integers (engines
 * move them to the front), `__proto__`, lone surrogates. A member that is `undefined` is left out.
 *
 * Source of the rules: RFC 8785; docs/event-format.md.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(inOrder(value, 1));
}

/** {@link canonicalJson} as UTF-8 bytes. */
export function canonicalBytes(value: unknown): Buffer {
  return Buffer.from(canonicalJson(value), 'utf8');
}

/**
 * Reads bytes that must be canonical.
 * @throws NotCanonical when they are not UTF-8, not JSON, hold a duplicate key, or differ from their canonical form.
 */
export function parseCanonical(bytes: Uint8Array): JsonValue {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch (cause) {
    throw new NotCanonical('these bytes are not JSON', { cause });
  }
  if (canonicalJson(value) !== text) throw new NotCanonical('these bytes are JSON, but not in canonical form');
  return value;
}

/**
 * A value with the keys of all objects in order, which `JSON.stringify` then writes as it finds them. What is in order already, as nearly
 * all that the ledger writes, stays the same object.
 */
function inOrder(value: unknown, depth: number): unknown {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') return integer(value);
  if (typeof value === 'string') return wellFormed(value);
  if (typeof value === 'object') {
    if (depth > MAX_JSON_DEPTH) throw new NotCanonical(`nested deeper than ${MAX_JSON_DEPTH} levels`);
    if (Array.isArray(value)) return listInOrder(value, depth);
    if (isPlain(value)) return objectInOrder(value as Record<string, unknown>, depth);
  }
  throw new NotCanonical(`a value of type ${typeof value} has no canonical form`);
}

function listInOrder(list: readonly unknown[], depth: number): readonly unknown[] {
  let isSame = true;
  const ordered = list.map((item) => {
    const one = inOrder(item, depth + 1);
    isSame &&= one === item;
    return one;
  });
  return isSame ? list : ordered;
}

function objectInOrder(object: Record<string, unknown>, depth: number): Record<string, unknown> {
  const keys = Object.keys(object);
  let isSame = true;
  for (let at = 1; at < keys.length; at += 1) isSame &&= keys[at - 1]! < keys[at]!;
  if (!isSame) keys.sort();
  const ordered: Record<string, unknown> = {};
  for (const key of keys) {
    const member = object[key];
    if (member === undefined) continue;
    if (isDigit(key) && /^(0|[1-9][0-9]*)$/.test(key)) throw new NotCanonical(`the key "${key}" looks like an integer`);
    if (key === '__proto__') throw new NotCanonical('the key "__proto__" is not allowed');
    ordered[wellFormed(key)] = inOrder(member, depth + 1);
    isSame &&= ordered[key] === member;
  }
  return isSame ? object : ordered;
}

function isDigit(text: string): boolean {
  const first = text.charCodeAt(0);
  return first >= 48 && first <= 57;
}

function integer(value: number): number {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new NotCanonical(`${value} is not a safe integer`);
  return value;
}

function wellFormed(text: string): string {
  if (!text.isWellFormed()) throw new NotCanonical('a string holds half of a surrogate pair');
  return text;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
