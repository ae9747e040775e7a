import { Inject, type ArgumentsHost } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { THE_PUBLIC, type Identity } from '../../access/identity.ts';
import type { NoteFault } from '../../graphql/errors.ts';
import { FORM_TOKEN } from '../frame/form-tokens.ts';
import { NOTE_FAULT } from '../frame/injected.ts';
import { PageProblem } from '../frame/outcomes.ts';
import { PageAnswers } from '../frame/page-answers.ts';
import { addressAsked, Visits } from '../frame/visits.ts';
import { typedIn } from './typed.ts';

/**
 * Whatever keeps a form from being taken, what was typed is shown again, in the page alone: a sign-in that has expired, a page that was
 * open since before the server was started anew, a ledger that cannot be reached. Nothing of it is stored.
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
    const isLost = request.method !== 'POST' || (thrown instanceof PageProblem && thrown.status === 404);
    if (isLost) return super.catch(thrown, host);
    const typed = [...typedIn(request.body)].filter(([name]) => name !== FORM_TOKEN && name !== 'change');
    if (typed.length === 0) return super.catch(thrown, host);
    const identity = await this.#kept.whoAsks(request).catch((): Identity => THE_PUBLIC);
    const { path } = addressAsked(request);
    this.#kept.sendBare(request, reply, identity, 403, 'commands/kept.njk', {
      title: 'What you typed is kept',
      ...{ action: path, hidden: typed.map(([name, value]) => ({ name, value })) },
      ...{ isSignedIn: identity.caller !== null },
    });
  }
}
