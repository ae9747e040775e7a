import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import type { Ids } from '../ledger/index.ts';
import { KeysRefused, type KeyStore, type PartKey } from './key-store.ts';

export const KEY_BYTES = 32;

/** A key store that can be looked into without making anything: what a rehearsal stands on. */
export interface ReadableKeyStore extends KeyStore {
  /** The key of a person if there is one. */
  keyOfPerson(person: string): PartKey | null;
  /** The secret for a purpose if there is one. */
  storedSecret(purpose: string): Uint8Array | null;
}

const RANDOM: Ids = { uuid: () => randomUUID(), bytes: (length) => randomBytes(length) };

/**
 * Keys that die with the process: for tests and rehearsals. What a base holds is found here too, and the base is never
 * written to: a key destroyed in a rehearsal is destroyed in the rehearsal alone.
 */
export function memoryKeyStore(base?: ReadableKeyStore, ids: Ids = RANDOM): ReadableKeyStore {
  // Keys are made from their names, so that a rehearsal of many rows holds none of them.
  const root = ids.bytes(KEY_BYTES);
  const prefix = `m${ids.uuid()}-`;
  let taken = 0;
  const keyOf = (id: string): PartKey => ({ id, key: createHmac('sha256', root).update(id).digest() });
  const isOwn = (id: string): boolean => id.startsWith(prefix);
  const persons = new Map<string, string>();
  const secrets = new Map<string, Uint8Array>();
  const destroyed = new Set<string>();
  let ledger = base?.ledgerId() ?? null;
  let acknowledged = base?.acknowledged.read() ?? null;
  let floor = base?.settledFloor.read() ?? 0;

  const find = (id: string): PartKey | null =>
    destroyed.has(id) ? null : isOwn(id) ? keyOf(id) : (base?.find([id])[0] ?? null);
  const store: ReadableKeyStore = {
    ledgerId: () => ledger,
    bind(ledgerId) {
      if (ledger !== null && ledger !== ledgerId)
        throw new KeysRefused(`The keys are those of ledger ${ledger}, not of ledger ${ledgerId}.`);
      ledger = ledgerId;
    },
    take() {
      taken += 1;
      return keyOf(`${prefix}${taken}`);
    },
    keyOfPerson(person) {
      const id = persons.get(person);
      const key = id === undefined ? (base?.keyOfPerson(person) ?? null) : find(id);
      return key === null || destroyed.has(key.id) ? null : key;
    },
    forPerson(person) {
      const standing = store.keyOfPerson(person);
      if (standing !== null) return standing;
      const key = store.take();
      persons.set(person, key.id);
      return key;
    },
    find: (wanted) => wanted.map(find),
    holds: (id) => destroyed.has(id) || isOwn(id) || base?.holds(id) === true,
    destroy(unwanted) {
      for (const id of unwanted) destroyed.add(id);
    },
    storedSecret: (purpose) => secrets.get(purpose) ?? base?.storedSecret(purpose) ?? null,
    secret(purpose) {
      const secret = store.storedSecret(purpose) ?? ids.bytes(KEY_BYTES);
      secrets.set(purpose, secret);
      return secret;
    },
    settledFloor: {
      read: () => floor,
      raise(to) {
        floor = Math.max(floor, to);
      },
      lower(to) {
        floor = Math.min(floor, to);
      },
    },
    isUsed: () => taken > 0 || base?.isUsed() === true,
    acknowledged: {
      read: () => acknowledged,
      remember(event) {
        acknowledged = event;
      },
    },
    close: () => undefined,
  };
  return store;
}
