import {
  Inject,
  SetMetadata,
  UnsupportedMediaTypeException,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { THE_PUBLIC, type Identity } from '../../access/identity.ts';
import { PUBLIC_URL } from '../../injected.ts';
import { ANYBODY, FORM_TOKEN, holderOf, tokenOf, wasShownTo } from './form-tokens.ts';
import { KEPT_FORMS } from './injected.ts';
import type { KeptForms } from './kept-forms.ts';
import { FormKept, PageProblem, SeeOther } from './outcomes.ts';
import { isSentFromHere } from './sent-from-here.ts';
import { addressAsked, Visits } from './visits.ts';

const TAKES = 'takes';

/**
 * What a handler takes other than a form that was shown to its sender: `json`, which no form of another site can send unasked; a
 * form of `anybody` in the same browser; or one `of no worth`, which nobody needs to have kept.
 */
export const Takes = (what: 'json' | 'anybody' | 'of no worth') => SetMetadata(TAKES, what);

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Takes a form only from a page of this server that was shown to whoever sends it. It stands before every controller, so that none can
 * forget it. What only reads passes, and so does `/graphql`: it takes bearer tokens alone, see the gate.
 *
 * Whoever was signed out while they typed, or acts in another post by now, loses nothing: the answer keeps what they typed.
 */
export class FormsGuard implements CanActivate {
  readonly #visits: Visits;
  readonly #reflector: Reflector;
  readonly #kept: KeptForms;
  readonly #publicUrl: string | null;

  constructor(
    @Inject(Visits) visits: Visits,
    @Inject(Reflector) reflector: Reflector,
    @Inject(KEPT_FORMS) kept: KeptForms,
    @Inject(PUBLIC_URL) publicUrl: string | null,
  ) {
    this.#visits = visits;
    this.#reflector = reflector;
    this.#kept = kept;
    this.#publicUrl = publicUrl;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType<string>() === 'graphql') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (READING.has(request.method)) return true;
    const takes = this.#reflector.getAllAndOverride<string | undefined>(TAKES, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (takes === 'json') {
      if (/^application\/json *(;|$)/i.test(request.headers['content-type'] ?? '')) return true;
      throw new UnsupportedMediaTypeException();
    }
    if (!isSentFromHere(request.headers, this.#publicUrl))
      throw new PageProblem(403, 'This form was not sent from here', 'Open the page anew and send it again.');
    const holder = takes === 'anybody' ? ANYBODY : holderOf(await this.#sender(request));
    const { [FORM_TOKEN]: _, ...fields } = (request.body ?? {}) as { readonly [field: string]: unknown };
    if (!(await wasShownTo(request, tokenOf(request), holder)))
      throw takes === undefined ? await this.#keeping(request, fields) : CANNOT_BE_SENT;
    request.body = fields;
    return true;
  }

  /** Whose session has ended is the public here: what they typed is kept below. */
  #sender(request: FastifyRequest): Promise<Identity> {
    return this.#visits.whoAsks(request).catch((cause: unknown) => {
      if (cause instanceof SeeOther) return THE_PUBLIC;
      throw cause;
    });
  }

  async #keeping(request: FastifyRequest, fields: { readonly [field: string]: unknown }): Promise<Error> {
    const { path, query } = addressAsked(request);
    const sealed = await this.#kept.seal({
      path: query.size === 0 ? path : `${path}?${query}`,
      fields: Object.entries(fields).flatMap(([name, value]) =>
        [value].flat().flatMap((one) => (typeof one === 'string' ? [[name, one] as const] : [])),
      ),
      token: tokenOf(request),
    });
    return sealed === null ? TOO_LONG : new FormKept(sealed);
  }
}

const CANNOT_BE_SENT = new PageProblem(
  403,
  'This form cannot be sent any more',
  'Since its page was opened you have signed in or out, or changed the post that you act in.',
  'Open the page anew and send it again.',
);
const TOO_LONG = new PageProblem(
  413,
  'This form cannot be sent any more',
  'Since its page was opened you have signed in or out, or changed the post that you act in. It is too long to be kept here.',
  'Go back in your browser, copy what you typed, and open the page anew.',
);
