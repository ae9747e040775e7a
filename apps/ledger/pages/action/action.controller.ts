import { Controller, Get, Inject, Param, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { findAction, findRecord } from '../../../../projections/index.ts';
import { PageAnswers } from '../frame/page-answers.ts';
import { Visits, type Visit } from '../frame/visits.ts';
import { presentAction } from './present-action.ts';
import { presentMistake } from './present-mistake.ts';
import { readAction, readMistake } from './read-action.ts';
import { whyNotYet } from './why-not-yet.ts';

/** `/actions/<ref>`: one action on the day asked about, and how it came there. */
@Controller()
@UseFilters(PageAnswers)
export class ActionController {
  readonly #visits: Visits;

  constructor(@Inject(Visits) visits: Visits) {
    this.#visits = visits;
  }

  @Get('actions/:ref')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('ref') ref: string): Promise<void> {
    const visit = await this.#visits.open(request);
    const action = await findAction(visit.view, ref);
    if (action === null) return this.#showMistake(reply, visit, ref);
    const read = await readAction(visit.view, action, visit.query.get('after'));
    await this.#visits.send(reply, visit, 'action/action.njk', presentAction(read, visit));
  }

  /** An action of which nothing holds has a page still, for whoever might see it. */
  async #showMistake(reply: FastifyReply, visit: Visit, ref: string): Promise<void> {
    const { view, query } = visit;
    const record = await findRecord(view, ref);
    if (record?.register !== 'actions' || record.mistake === null) return this.#showNone(reply, visit, ref);
    const read = await readMistake(view, ref, record.mistake, query.get('after'));
    await this.#visits.send(reply, visit, 'action/mistake.njk', presentMistake(read, visit));
  }

  /** One that this reader sees on other dates was not there yet; of any other nothing is said. */
  async #showNone(reply: FastifyReply, visit: Visit, ref: string): Promise<void> {
    const notYet = await whyNotYet(visit, ref);
    if (notYet === null) return this.#visits.sendNoSuchRecord(reply, visit);
    await this.#visits.send(reply, visit, 'frame/problem.njk', { title: notYet.heading, ...notYet }, 404);
  }
}
