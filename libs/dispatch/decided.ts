import type {
  Actor,
  CivilDate,
  Command,
  Draft,
  EventKind,
  Holding,
  Instant,
  Party,
  ReferenceWanted,
} from '../ledger/index.ts';
import type { Submission } from './submission.ts';

/** A command that the domain has accepted, about to be written. */
export interface Decided {
  readonly drafts: readonly DraftOfKind[];
  /** For a record that is opened: the reference that it is to have. */
  readonly reference?: ReferenceWanted;
  /** What is recorded before, as other records. */
  readonly first?: readonly Command[];
  readonly stamped: Instant;
  readonly effectiveOn: CivilDate;
  /** Absent only where an imported paper names nobody. */
  readonly party: Party | undefined;
  /** The day on which the meeting was held that is its authority; null when it has none. */
  readonly heldOn: CivilDate | null;
  readonly ownerHeldBy: readonly string[];
  /** By the operator's leave alone. */
  readonly granted?: true;
  readonly holders: readonly Holding[];
}

export interface DraftOfKind {
  readonly draft: Draft;
  readonly kind: EventKind;
}

/** Who did it, who typed it, on what authority, and who held the owning post that day. */
export function actorOf(
  decided: Pick<Decided, 'party' | 'heldOn' | 'ownerHeldBy' | 'holders'>,
  { envelope, caller }: Submission,
): Actor {
  return {
    ...(decided.party === undefined ? {} : { by: decided.party }),
    enteredBy: { post: caller.post, person: caller.person },
    ...(envelope.authority === undefined ? {} : { authority: envelope.authority }),
    ...(decided.heldOn === null ? {} : { heldOn: decided.heldOn }),
    ...(decided.ownerHeldBy.length === 0 ? {} : { ownerHeldBy: decided.ownerHeldBy }),
    ...(decided.holders.length === 0 ? {} : { holders: decided.holders }),
  };
}
