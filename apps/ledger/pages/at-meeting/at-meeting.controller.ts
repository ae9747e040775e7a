import { Controller, Get, Inject, Param, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { kindSpelt } from '../../../../libs/declarations/index.ts';
import { pointOfMeeting } from '../../../../libs/read-models/index.ts';
import { noSuchPage } from '../frame/outcomes.ts';
import { PageAnswers } from '../frame/page-answers.ts';
import { Visits } from '../frame/visits.ts';
import { LISTS, type ListOnPage } from './lists.ts';
import { presentNoPoint, presentTold } from './present-told.ts';
import { readTold } from './read-told.ts';

/** `/meetings/<ref>/told`: the facts that a meeting was told, that it was not, and that came since. */
@Controller()
@UseFilters(PageAnswers)
export class AtMeetingController {
  readonly #visits: Visits;

  constructor(@Inject(Visits) visits: Visits) {
    this.#visits = visits;
  }

  @Get('meetings/:ref/told')
  async show(@Param('ref') ref: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.#visits.open(request);
    const list = listIn(visit.query);
    const point = kindSpelt(ref) === 'meeting' ? await pointOfMeeting(visit.view, ref) : 'ABSENT';
    if (point === 'ABSENT') return this.#visits.sendNoSuchRecord(reply, visit);
    const shown =
      typeof point === 'string'
        ? presentNoPoint(ref, point, visit)
        : presentTold(await readTold(visit, ref, point, list), visit);
    await this.#visits.send(reply, visit, 'at-meeting/told.njk', shown);
  }
}

/** @throws PageProblem for what no link of these pages asks */
function listIn(query: URLSearchParams): ListOnPage {
  const asked = query.get('list') ?? '';
  const list = LISTS.find(({ parameter }) => parameter === asked);
  if (list === undefined) throw noSuchPage();
  return list;
}
