import { HttpException, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { StoreUnavailable } from '../../../../libs/event-store/index.ts';
import { BadBasis, NotYet, RecordDamaged } from '../../../../libs/read-models/index.ts';
import { BadToken, THE_PUBLIC, type Identity } from '../../access/identity.ts';
import { SignInUnavailable } from '../../access/oidc-tokens.ts';
import { faultSentence, type NoteFault } from '../../graphql/errors.ts';
import { NOTE_FAULT } from './injected.ts';
import { ANYBODY, formTokenFor } from './form-tokens.ts';
import { BadDates, badAddress, FormKept, noSuchPage, PageProblem, SeeOther } from './outcomes.ts';
import { Visits } from './visits.ts';

/**
 * Turns whatever a page throws into a page, so that nobody is ever shown a trace or an empty screen. Nest does not wait for it:
 * what is thrown here nobody would catch, so a fault in making that page is answered in one plain sentence.
 */
export class PageAnswers implements ExceptionFilter {
  readonly #visits: Visits;
  readonly #noteFault: NoteFault;

  constructor(@Inject(Visits) visits: Visits, @Inject(NOTE_FAULT) noteFault: NoteFault) {
    this.#visits = visits;
    this.#noteFault = noteFault;
  }

  async catch(thrown: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    try {
      await this.#answer(thrown, request, reply);
    } catch (fault) {
      const sentence = faultSentence(this.#noteFault(fault));
      if (reply.sent || reply.raw.headersSent) reply.raw.destroy();
      else void reply.code(500).type('text/plain; charset=utf-8').header('cache-control', 'no-store').send(sentence);
    }
  }

  async #answer(thrown: unknown, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (thrown instanceof SeeOther) {
      if (thrown.cookies.length > 0) void reply.header('set-cookie', thrown.cookies);
      void reply.header('cache-control', 'no-store').redirect(thrown.location, 303);
      return;
    }
    const identity = await this.#visits.whoAsks(request).catch((): Identity => THE_PUBLIC);
    if (thrown instanceof BadDates) {
      const { problems, typed } = thrown;
      this.#visits.sendBare(request, reply, identity, 400, 'frame/bad-dates.njk', {
        title: 'See another date',
        problems,
        typed,
      });
      return;
    }
    if (thrown instanceof FormKept) {
      const token = formTokenFor(reply, ANYBODY);
      const shown = { title: 'What you typed is kept', sealed: thrown.sealed, token };
      this.#visits.sendBare(request, reply, identity, 403, 'sign-in/kept.njk', shown);
      return;
    }
    const { status, heading, paragraphs } = this.#problemOf(thrown);
    if (status === 401) void reply.header('www-authenticate', 'Bearer error="invalid_token"');
    this.#visits.sendBare(request, reply, identity, status, 'frame/problem.njk', {
      title: heading,
      ...{ heading, paragraphs },
    });
  }

  #problemOf(thrown: unknown): PageProblem {
    if (thrown instanceof PageProblem) return thrown;
    if (thrown instanceof BadBasis) return badAddress('It asks for a place in a list that there is not.');
    if (thrown instanceof BadToken) return new PageProblem(401, 'You could not be signed in', thrown.message);
    if (thrown instanceof NotYet)
      return new PageProblem(
        503,
        'The ledger is still being read in',
        'Nothing is lost. This takes a moment after the server was started: try again shortly.',
      );
    if (thrown instanceof StoreUnavailable)
      return new PageProblem(
        503,
        'The ledger cannot be reached',
        'Its store is away for the moment. Nothing is lost: try again shortly.',
      );
    if (thrown instanceof RecordDamaged) return new PageProblem(503, 'This record is damaged', thrown.message);
    if (thrown instanceof SignInUnavailable)
      return new PageProblem(
        503,
        'The sign-in cannot be reached',
        'So nobody can be told from anybody. Try again shortly.',
      );
    if (thrown instanceof HttpException && thrown.getStatus() === 404) return noSuchPage();
    if (thrown instanceof HttpException && thrown.getStatus() < 500)
      return new PageProblem(thrown.getStatus(), 'This request cannot be read');
    return new PageProblem(500, 'Sorry, something went wrong', faultSentence(this.#noteFault(thrown)));
  }
}
