import { Controller, Get, Inject, Param, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { kindSpelt } from '../../../../libs/declarations/index.ts';
import { recordPath } from '../frame/kind-on-pages.ts';
import { noSuchPage } from '../frame/outcomes.ts';
import { PageAnswers } from '../frame/page-answers.ts';
import { Visits } from '../frame/visits.ts';
import { KINDS } from '../kinds.ts';
import { orderIn } from './asked.ts';
import { replayPath } from './path.ts';
import { presentReplay } from './present-replay.ts';
import { readReplay } from './read-replay.ts';

/** `/actions/<ref>/replay`, `/decisions/<ref>/replay`, …: how a record came to be what it is, step by step. */
@Controller()
@UseFilters(PageAnswers)
export class ReplayController {
  readonly #visits: Visits;

  constructor(@Inject(Visits) visits: Visits) {
    this.#visits = visits;
  }

  @Get(Object.values(KINDS).map((kind) => replayPath(kind, ':ref')))
  async show(@Param('ref') ref: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.#visits.open(request);
    const kind = Object.values(KINDS).find((one) => visit.path.startsWith(recordPath(one, '')));
    if (kind === undefined) throw noSuchPage();
    const order = orderIn(visit.query);
    const read = kindSpelt(ref) === kind.kind ? await readReplay(visit, { kind, ref, order }) : null;
    if (read === null) return this.#visits.sendNoSuchRecord(reply, visit);
    await this.#visits.send(reply, visit, 'replay/replay.njk', presentReplay(read, visit));
  }
}
