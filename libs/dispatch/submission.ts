import type { Capacity } from '../access/index.ts';
import type { LogPosition } from '../event-store/index.ts';
import type {
  CivilDate,
  Command,
  CommandEnvelope,
  EventId,
  Instant,
  Party,
  Refusal,
  StreamName,
} from '../ledger/index.ts';

/** Whoever sends a command: the post that the token names, the person (opaque, never a name) and the capacity of the post. */
export interface Caller {
  readonly post: string;
  /** The person of the directory (`person-…`), or the keyed pseudonym (`p-…`) of a subject that the directory does not know. */
  readonly person: string;
  /** Of a person of the directory: the pseudonym under which they may have sent commands before the directory knew them. */
  readonly unknownAs?: string;
  readonly capacity: Capacity;
}

/** A command on its way to the domain. */
export interface Submission {
  /** Name of the register: `actions`. */
  readonly register: string;
  readonly command: Command;
  readonly envelope: CommandEnvelope;
  /**
   * The place in the log up to which the caller has seen the record: a fact by somebody else after it is a conflict. No part of the
   * command, which is the same whatever its sender had seen. Of a command that opens a record it says nothing.
   */
  readonly seen?: LogPosition;
  /** Who types. For an import, the operator who runs it. */
  readonly caller: Caller;
  /** Declared id of the import that this row belongs to. Commands of an import are remembered under it, whoever runs it. */
  readonly importId?: string;
  /** The operator of an import says that it may add posts of authority, holders of such posts, and subjects. */
  readonly grants?: true;
  /** An operator's own command, by the command line. No API leads here. */
  readonly operator?: true;
  /** Set for what a policy does. Who may, on what authority and how late was asked of the cause, and is not asked again. */
  readonly consequence?: ConsequenceOf;
  /** The same with its words as they were sent, which is how commands were remembered once. Set by dispatch. */
  readonly asSent?: Submission;
}

/** The policy that gives a command, the event because of which it does, and who did that; nobody where a paper names nobody. */
export interface ConsequenceOf {
  readonly policy: string;
  readonly cause: EventId;
  readonly by?: Party;
}

/** What became of a command. Hidden and absent are the same `not-found`. */
export type Outcome =
  | {
      readonly outcome: 'accepted';
      /** Reference of the record. */
      readonly ref: string;
      readonly stream: StreamName;
      /** What was written, now or when the same command came first. */
      readonly events: readonly EventId[];
      readonly position: LogPosition;
      /** Stamp of the last of these events. */
      readonly stamped: Instant;
      /** True when this command had been accepted before. */
      readonly repeated: boolean;
      /** Of a row of an import: it granted authority, which only the operator's leave let it do. */
      readonly granted?: true;
    }
  | { readonly outcome: 'not-found'; readonly field: string }
  | { readonly outcome: 'forbidden'; readonly sentence: string }
  | { readonly outcome: 'refused'; readonly refusal: Refusal }
  /** `refusal`: what is wrong, for a program (`INPUT_FAULTS`, or the rule of the register between fields). */
  | { readonly outcome: 'invalid'; readonly sentence: string; readonly field: string; readonly refusal: string }
  /** `facts`: what others have recorded since; absent where others keep writing. */
  | { readonly outcome: 'conflict'; readonly sentence: string; readonly facts?: readonly FactSince[] }
  | { readonly outcome: 'unavailable'; readonly sentence: string };

/** A fact of the record that the sender of a command had not seen, as far as they may see who did it. */
export interface FactSince {
  readonly event: EventId;
  readonly type: string;
  readonly effectiveOn: CivilDate;
  readonly recordedAt: Instant;
  /** Posts; null where nobody is named, or not for the sender. */
  readonly by: string | null;
  readonly enteredBy: string | null;
}

/** A command that was accepted, now or before. */
export type Accepted = Extract<Outcome, { outcome: 'accepted' }>;
/** What a command wrote, as far as it can be told from the page to which it leads. */
export type Recorded = Pick<Accepted, 'ref' | 'events'>;

/** The one way in: authorise, load, decide, reserve, append. */
export interface Dispatch {
  /** Never throws for an outcome. Answers within 10 s; after `unavailable`, ask again with the same commandId. */
  submit(submission: Submission): Promise<Outcome>;
  /** Resolves when no append is undecided. */
  idle(): Promise<void>;
}
