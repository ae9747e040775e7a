import {
  Inject,
  SetMetadata,
  UnsupportedMediaTypeException,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { bringsToken, FORM_TOKEN } from './form-tokens.ts';
import { PageProblem } from './outcomes.ts';
import { isSentFromHere } from './sent-from-here.ts';
import { Visits } from './visits.ts';

const TAKES_JSON = 'takes json';

/** Marks what programs send as JSON: no form of another site can send that unasked. */
export const TakesJson = (): MethodDecorator => SetMetadata(TAKES_JSON, true);

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Takes a form only from a page of this server that was shown to whoever sends it. It stands before every controller, so that none can
 * forget it. What only reads passes, and so does `/graphql`: it takes bearer tokens alone, see the gate.
 */
export class FormsGuard implements CanActivate {
  readonly #visits: Visits;
  readonly #reflector: Reflector;

  constructor(@Inject(Visits) visits: Visits, @Inject(Reflector) reflector: Reflector) {
    this.#visits = visits;
    this.#reflector = reflector;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType<string>() === 'graphql') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (READING.has(request.method)) return true;
    if (this.#reflector.get<boolean | undefined>(TAKES_JSON, context.getHandler()) === true) {
      if (/^application\/json *(;|$)/i.test(request.headers['content-type'] ?? '')) return true;
      throw new UnsupportedMediaTypeException();
    }
    if (!isSentFromHere(request.headers))
      throw new PageProblem(403, 'This form was not sent from here', 'Open the page anew and send it again.');
    if (!(await bringsToken(request, await this.#visits.whoAsks(request))))
      throw new PageProblem(
        403,
        'This form cannot be sent any more',
        'Since its page was opened you have signed in or out, changed the post that you act in, or the server was started anew.',
        'Open the page anew and send it again.',
      );
    const { [FORM_TOKEN]: _, ...fields } = request.body as { readonly [field: string]: unknown };
    request.body = fields;
    return true;
  }
}
