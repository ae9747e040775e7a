import { Controller, Get, Inject, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { countActions, listActions, listContradictions } from '../../../../projections/index.ts';
import { PageAnswers } from '../frame/page-answers.ts';
import { Visits } from '../frame/visits.ts';
import { presentHome } from './present-home.ts';

/** `/`: what this is, and where to go from here. */
@Controller()
@UseFilters(PageAnswers)
export class HomeController {
  readonly #visits: Visits;

  constructor(@Inject(Visits) visits: Visits) {
    this.#visits = visits;
  }

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.#visits.open(request);
    const [byPublished, overdue, contradictions] = await Promise.all([
      countActions(visit.view, 'PUBLISHED', {}),
      listActions(visit.view, { overdue: true }, { first: 1 }),
      listContradictions(visit.view, { first: 1 }),
    ]);
    const numbers = { byPublished, overdue: overdue.totalCount, contradictions: contradictions.totalCount };
    await this.#visits.send(reply, visit, 'home/home.njk', presentHome(numbers, visit));
  }
}
