import type { Reader } from '../../libs/access/index.ts';
import type { Accepted, Caller, Offer, Outcome, Recorded, Submission } from '../../libs/dispatch/index.ts';
import type { LogPosition } from '../../libs/event-store/index.ts';
import type { Notice, Register } from '../../libs/ledger/index.ts';
import type { AsOf, LedgerView, ViewOptions } from '../../libs/read-models/index.ts';
import type { DeclaredMutation } from '../../libs/registers/index.ts';
import type { ActingPost, PostsAndPeople } from './access/identity.ts';

/** An offer, by the name that the API has for its command. */
export interface OfferedMutation extends Offer {
  readonly mutation: DeclaredMutation;
}

/** What the doors of the server (API, pages, health, sign-in) need of a ledger. Made by `open-ledger.ts`. */
export interface Ledger extends PostsAndPeople {
  readonly registers: readonly Register[];
  submit(submission: Submission): Promise<Outcome>;
  /** The person of the directory whom the identity provider knows under the subject of that pseudonym, or null. Asks the store. */
  personOf(pseudonym: string): Promise<string | null>;
  /** The posts that a person of the directory holds today and that act in a capacity. Asks the read models alone. */
  postsHeldBy(person: string): Promise<readonly ActingPost[]>;
  /** A secret of this ledger for one named purpose; the same after a restart. */
  secret(purpose: string): Uint8Array;
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
  noticesOf(recorded: Recorded, caller: Caller): Promise<readonly Notice[] | null>;
  /**
   * What somebody may give now: commands on a record, or with null those that open one. Null for a record that is not there or not for
   * them, and while it cannot be told. Asks the store only who they are, and does not wait for it: while it is away nothing may be written.
   */
  offers(caller: Caller, ref: string | null): Promise<readonly OfferedMutation[] | null>;
  /**
   * The place in the log behind a position that this reader was given, for `Submission.seen`.
   * @throws BadBasis for anything else, or for a place that the ledger has not come to; StoreUnavailable
   */
  placeSeen(position: string, reader: Reader): Promise<LogPosition>;
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
