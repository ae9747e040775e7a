import { Controller, Get, Inject, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { KINDS } from '../../kinds.ts';
import { listPath } from '../kind-on-pages.ts';
import { noSuchPage } from '../outcomes.ts';
import { PageAnswers } from '../page-answers.ts';
import { Visits } from '../visits.ts';
import { presentOffers } from '../../commands/offers.ts';
import { presentList } from './present-list.ts';
import { readList } from './read-list.ts';

const LISTS = Object.values(KINDS).map(listPath);

/** `/actions`, `/meetings`, …: the list of each kind of record. */
@Controller()
@UseFilters(PageAnswers)
export class ListController {
  readonly #visits: Visits;

  constructor(@Inject(Visits) visits: Visits) {
    this.#visits = visits;
  }

  @Get(LISTS)
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.#visits.open(request);
    const kind = Object.values(KINDS).find((one) => listPath(one) === visit.path);
    if (kind === undefined) throw noSuchPage();
    const offers = (await visit.offers(null)).filter(({ mutation }) => mutation.kind === kind.kind);
    await this.#visits.send(reply, visit, 'frame/list/list.njk', {
      ...presentList(await readList(kind, visit), visit),
      ...{ offers: presentOffers(offers, null) },
    });
  }
}
