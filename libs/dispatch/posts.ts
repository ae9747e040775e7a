import type { PostCapacity } from '../access/index.ts';
import type { CivilDate, Holding, TextRef } from '../ledger/index.ts';

/** What dispatch must know of posts and persons, which are records of a register like any other. See `libs/policies`. */
export interface Posts {
  readonly register: string;
  /** The series in which their references, and those of persons, are reserved. */
  readonly series: string;
  /** The person that a record is, and where the subject by which the identity provider knows them is sealed; null for another. */
  personIn(state: unknown): { readonly ref: string; readonly subject?: TextRef } | null;
  /** The reference of the post that a record is; null for another. */
  postIn(state: unknown): string | null;
  capacityOf(state: unknown): PostCapacity | null;
  holdersOn(state: unknown, day: CivilDate): readonly string[];
  /** Who held it from one day to another, both included. */
  holdersBetween(state: unknown, from: CivilDate, to: CivilDate): readonly Holding[];
}
