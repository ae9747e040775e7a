import type { Links } from '../../ledger/index.ts';
import type { PersonState } from './state.ts';

/** A person whom a command names, and who is therefore there. */
export function personIn(links: Links, ref: string): PersonState {
  return links.find('directory', ref) as PersonState;
}
