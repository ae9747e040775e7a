import { Inject, type ArgumentsHost } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { THE_PUBLIC, type Identity } from '../../access/identity.ts';
import type { NoteFault } from '../../graphql/errors.ts';
import { NOTE_FAULT } from '../frame/injected.ts';
import { FormKept, PageProblem } from '../frame/outcomes.ts';
import { PageAnswers } from '../frame/page-answers.ts';
import { addressAsked, Visits } from '../frame/visits.ts';
import { typedIn } from './typed.ts';

/**
 * When a form that was taken cannot be dealt with, as while the ledger cannot be reached, what was typed is shown again, in the page
 * alone. Nothing of it is stored. A form that the guard did not take is kept by the guard, sealed, for whoever typed it.
 */
export class KeptAnswers extends PageAnswers {
  readonly #kept: Visits;

  constructor(@Inject(Visits) visits: Visits, @Inject(NOTE_FAULT) noteFault: NoteFault) {
    super(visits, noteFault);
    this.#kept = visits;
  }

  override async catch(thrown: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const isAnswer = thrown instanceof FormKept || thrown instanceof PageProblem;
    if (request.method !== 'POST' || isAnswer) return super.catch(thrown, host);
    const typed = [...typedIn(request.body)].filter(([name]) => name !== 'change');
    if (typed.length === 0) return super.catch(thrown, host);
    const identity = await this.#kept.whoAsks(request).catch((): Identity => THE_PUBLIC);
    const { path } = addressAsked(request);
    this.#kept.sendBare(request, reply, identity, 403, 'commands/kept.njk', {
      title: 'What you typed is kept',
      ...{ action: path, hidden: typed.map(([name, value]) => ({ name, value })) },
    });
  }
}
