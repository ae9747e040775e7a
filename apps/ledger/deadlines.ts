import type { Server } from 'node:http';
import type { FastifyHttpOptions } from 'fastify';

/** How long a connection may take over what it does, in milliseconds. */
export interface Deadlines {
  /** From the first byte of a request, or from the connection, to the end of its head. */
  readonly head: number;
  /** From the first byte of a request to the last of its body. */
  readonly request: number;
  /** Between an answer and the next request on the same connection. */
  readonly idle: number;
  /** Without a byte in either direction, whatever is waited for: longer than any answer takes. */
  readonly stalled: number;
  /** How often heads and bodies under way are looked at: they may last this much longer. */
  readonly checkedEvery: number;
}

/** Whoever writes slowly, nothing at all or takes no answer is hung up on within a minute, however many they are. */
export const DEADLINES: Deadlines = {
  head: 15_000,
  request: 40_000,
  idle: 10_000,
  stalled: 45_000,
  checkedEvery: 2_500,
};

/**
 * The deadlines as Fastify hands them to Node. Two traps (Fastify 5.12, Node 20): Fastify sets `requestTimeout` after it has made the
 * server, so that Node does not see the two together; and Node leaves a body open for ever while `headersTimeout` is the larger.
 */
export function deadlineOptions({ head, request, idle, stalled, checkedEvery }: Deadlines): FastifyHttpOptions<Server> {
  if (head >= request) throw new Error('the deadline of a head must be shorter than that of the whole request');
  return {
    requestTimeout: request,
    keepAliveTimeout: idle,
    connectionTimeout: stalled,
    http: { headersTimeout: head, connectionsCheckingInterval: checkedEvery },
  };
}
