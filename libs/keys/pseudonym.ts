import { createHmac } from 'node:crypto';
import type { KeyStore } from './key-store.ts';

/**
 * The opaque id under which a person who signs in stands in events: a keyed digest of whatever the sign-in calls them, so that
 * an e-mail address never reaches the ledger. Destroying the secret leaves nothing to guess against.
 */
export function pseudonymOf(keys: Pick<KeyStore, 'secret'>, person: string): string {
  return `p-${createHmac('sha256', keys.secret('pseudonyms')).update(person, 'utf8').digest('hex').slice(0, 26)}`;
}
