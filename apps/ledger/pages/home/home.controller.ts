import { Controller, Get, Inject, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { countActions, listActions, listContradictions } from '../../../../projections/index.ts';
import { whyEmpty } from '../frame/list/why-empty.ts';
import { KINDS } from '../kinds.ts';
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
    const [byStatus, overdue, contradictions] = await Promise.all([
      countActions(visit.view, 'STATUS', {}),
      listActions(visit.view, { overdue: true }, { first: 1 }),
      listContradictions(visit.view, { first: 1 }),
    ]);
    const numbers = {
      byStatus,
      overdue: overdue.totalCount,
      contradictions: contradictions.totalCount,
      whyEmpty: byStatus.length === 0 ? await whyEmpty(KINDS.action, visit, 0, false) : null,
    };
    await this.#visits.send(reply, visit, 'home/home.njk', presentHome(numbers, visit));
  }
}
