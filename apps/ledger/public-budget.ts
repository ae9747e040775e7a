import fastifyRateLimit from '@fastify/rate-limit';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { AnswerError, errorBody } from './graphql/errors.ts';

const MINUTE_MS = 60_000;
/** Addresses that are remembered at once. */
const MOST_ADDRESSES = 10_000;
/** What asks nothing of the ledger: whatever watches over the process, and files that never change. */
const FREE = /^\/+(?:health|assets)\//;

/**
 * Whoever says who they are is known, and can be asked to stop. The public has so many requests a minute for each address; beyond that the
 * answer is 429 with `Retry-After`, as an error of the contract under `/graphql` and as a plain page elsewhere. A token that is none is
 * counted too.
 *
 * @param perMinute 0: no limit
 * @param isKnown does this request say who sends it?
 */
export async function limitThePublic(
  adapter: FastifyAdapter,
  perMinute: number,
  isKnown: (request: FastifyRequest) => Promise<boolean>,
): Promise<void> {
  if (perMinute === 0) return;
  const server = adapter.getInstance();
  await server.register(fastifyRateLimit, { global: false, cache: MOST_ADDRESSES });
  const budget = server.createRateLimit({
    max: perMinute,
    timeWindow: MINUTE_MS,
    allowList: async (request: FastifyRequest) => FREE.test(request.url) || isKnown(request),
  });
  server.addHook('onRequest', async (request, reply) => {
    const spent = await budget(request);
    if (spent.isAllowed || !spent.isExceeded) return;
    const seconds = Math.max(1, spent.ttlInSeconds);
    const sentence = `This address has asked too much within a minute. Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`;
    void reply.code(429).header('retry-after', String(seconds)).header('cache-control', 'no-store');
    if (/^\/+graphql\b/.test(request.url))
      await reply.type('application/json; charset=utf-8').send(errorBody(new AnswerError('UNAVAILABLE', sentence)));
    else await reply.type('text/html; charset=utf-8').send(pageOfTooMuch(sentence));
  });
}

/** Made of nothing but these words: it must cost nothing. */
export function pageOfTooMuch(sentence: string): string {
  return `<!doctype html>
<html lang="en-GB">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Too many requests</title></head>
<body><main><h1>Too many requests</h1><p>${sentence}</p></main></body>
</html>
`;
}
