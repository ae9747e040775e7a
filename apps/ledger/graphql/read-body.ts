import type { FastifyInstance, FastifyRequest } from 'fastify';
import { whyNotJson } from './gate/why-not-json.ts';

/** What a request is to look like. */
export const FORM = '{"query": "…", "variables": {…}}';

/** A body that was said to be JSON and is none. The message is meant for whoever sent it. */
export class NotJson extends Error {
  override readonly name = 'NotJson';
  /** By these Nest knows an error that is the sender's and not ours, wherever the body was sent. */
  readonly statusCode = 400;
  readonly status = 400;
  readonly expose = true;
}

/** Reads a body as Fastify's own parser does, and says of what it refuses what is wrong with it. */
export function readBody(fastify: FastifyInstance) {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  return (request: FastifyRequest, body: Buffer, done: (error: Error | null, body?: unknown) => void): void => {
    const text = body.toString('utf8');
    void parse(request, text, (error, value) => {
      if (error === null) return done(null, value);
      const why = whyNotJson(text) ?? 'it has a member called "__proto__" or "constructor", which is not taken';
      done(new NotJson(`This request is no JSON: ${why}.`));
    });
  };
}
