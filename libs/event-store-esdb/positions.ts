import type { LogPosition } from '../event-store/index.ts';

/** A place in the log of the server. */
export interface Place {
  readonly commit: bigint;
  readonly prepare: bigint;
}

/**
 * How far the log is known: the last event of this ledger, and how much further the server has searched without finding
 * another. The event can be checked to be there; a checkpoint cannot (the server accepts any, even one from another database).
 */
export interface Reached {
  readonly event: Place | null;
  readonly searched?: Place;
}

/** `commit/prepare` of an event, then `~commit/prepare` of a checkpoint after it. */
export function encodePosition({ event, searched }: Reached): LogPosition {
  return `${event === null ? '' : encodePlace(event)}${searched === undefined ? '' : `~${encodePlace(searched)}`}`;
}

/** @throws RangeError when this is no position of this kind of store. */
export function decodePosition(position: LogPosition): Reached {
  const match = /^(?:(\d+)\/(\d+))?(?:~(\d+)\/(\d+))?$/.exec(position);
  if (match === null || position === '') throw new RangeError(`"${position}" is no position of an EventStoreDB log`);
  const [, commit, prepare, searchedCommit, searchedPrepare] = match;
  return {
    event: commit === undefined ? null : { commit: BigInt(commit), prepare: BigInt(prepare!) },
    ...(searchedCommit === undefined
      ? {}
      : { searched: { commit: BigInt(searchedCommit), prepare: BigInt(searchedPrepare!) } }),
  };
}

/** Where to go on from. */
export function furthest({ event, searched }: Reached): Place | null {
  return searched ?? event;
}

/** Negative when `a` stands before `b`. Places do not fit into a double: compare integers of any length. */
export function comparePlaces(a: Place, b: Place): number {
  if (a.commit !== b.commit) return a.commit < b.commit ? -1 : 1;
  if (a.prepare !== b.prepare) return a.prepare < b.prepare ? -1 : 1;
  return 0;
}

function encodePlace({ commit, prepare }: Place): string {
  return `${commit}/${prepare}`;
}
