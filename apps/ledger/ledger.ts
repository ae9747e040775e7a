import type { Reader } from '../../libs/access/index.ts';
import type { Accepted, Caller, Outcome, Submission } from '../../libs/dispatch/index.ts';
import type { Notice, Register } from '../../libs/ledger/index.ts';
import type { AsOf, LedgerView, ViewOptions } from '../../libs/read-models/index.ts';
import type { PostsAndPeople } from './access/identity.ts';

/** What the doors of the server (API, pages, health, sign-in) need of a ledger. Made by `open-ledger.ts`. */
export interface Ledger extends PostsAndPeople {
  readonly registers: readonly Register[];
  submit(submission: Submission): Promise<Outcome>;
  /** The person of the directory whom the identity provider knows under the subject of that pseudonym, or null. Asks the store. */
  personOf(pseudonym: string): Promise<string | null>;
  /**
   * The ledger at a basis, for a reader.
   * @throws BadBasis, NotYet, StoreUnavailable
   */
  openView(asOf: AsOf, reader: Reader, options?: Pick<ViewOptions, 'atLeast' | 'apart'>): Promise<LedgerView>;
  /**
   * The ledger as at the event that a command wrote: the same today and whenever the command is sent again.
   * @throws NotYet when reading does not include it within a few seconds
   */
  viewAt(accepted: Accepted, reader: Reader): Promise<LedgerView>;
  /** What may be a slip in what a command recorded, as far as its caller may see; null when that cannot be told now. Asks the store. */
  noticesOf(accepted: Accepted, caller: Caller): Promise<readonly Notice[] | null>;
  /** A position as this reader may hold it. */
  positionFor(accepted: Accepted, reader: Reader): Promise<string>;
  /** What is not ready, by name: projections that are behind, a store that is away. Never names a record. */
  behind(): Promise<readonly string[]>;
  /** Ids of events that are damaged in the store, at most a few: what they belong to is not shown, and all else is served. */
  damaged(): Promise<readonly string[]>;
  /** Questions that reading has asked of its tables so far. Tests count with it. */
  readonly questions: number;
  close(): Promise<void>;
}
