/** What a failure of a call means. */
export type Failure =
  | { readonly kind: 'conflict'; readonly actualVersion: number }
  | { readonly kind: 'append-too-large'; readonly reason: string }
  | { readonly kind: 'denied'; readonly reason: string }
  /** The stream does not exist. */
  | { readonly kind: 'absent' }
  /** The stream was tombstoned: it can never be read or written again. */
  | { readonly kind: 'tombstoned'; readonly reason: string }
  /** Worth another try: the server is away, starting, busy, another node leads, or nobody answered in time. */
  | { readonly kind: 'passing'; readonly reason: string }
  /** Anything else. Whether an append was written is not known after it. */
  | { readonly kind: 'unclear'; readonly reason: string };

/** A call had its time and did not answer. The client enforces no deadline on reads, nor on its first call of all. */
export class DeadlinePassed extends Error {
  override readonly name = 'DeadlinePassed';
  readonly type = 'deadline-exceeded';

  constructor(milliseconds: number) {
    super(`no answer within ${Math.round(milliseconds)} ms`);
  }
}

const PASSING_TYPES = new Set(['unavailable', 'cancelled', 'timeout', 'deadline-exceeded', 'not-leader']);
/** gRPC: CANCELLED, DEADLINE_EXCEEDED, ABORTED, INTERNAL (an orderly stop), UNAVAILABLE. */
const PASSING_CODES = new Set([1, 4, 10, 13, 14]);

/** Tells definite answers from doubt. The client's errors are told by `type`; while the server is down they are raw, with a gRPC code only. */
export function failureOf(error: unknown): Failure {
  const { type, code, message, actualVersion } = (error ?? {}) as {
    type?: string;
    code?: number;
    message?: string;
    actualVersion?: bigint | 'no_stream';
  };
  const reason = `${type ?? (code === undefined ? 'error' : `gRPC ${code}`)}: ${(message ?? String(error)).slice(0, 300)}`;
  if (type === 'wrong-expected-version') {
    return { kind: 'conflict', actualVersion: typeof actualVersion === 'bigint' ? Number(actualVersion) + 1 : 0 };
  }
  if (type === 'maximum-append-size-exceeded') return { kind: 'append-too-large', reason };
  if (type === 'access-denied') return { kind: 'denied', reason };
  if (type === 'stream-not-found') return { kind: 'absent' };
  if (type === 'stream-deleted') return { kind: 'tombstoned', reason };
  if (type !== undefined && PASSING_TYPES.has(type)) return { kind: 'passing', reason };
  if (code !== undefined && PASSING_CODES.has(code)) return { kind: 'passing', reason };
  if (/Server Is (Not Ready|Too Busy)/.test(message ?? '')) return { kind: 'passing', reason };
  return { kind: 'unclear', reason };
}

/** The reason in words, whatever the failure. */
export function reasonOf(error: unknown): string {
  const failure = failureOf(error);
  return 'reason' in failure ? failure.reason : failure.kind;
}
