import { Controller, Get, Inject, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PageAnswers } from '../frame/page-answers.ts';
import { Visits } from '../frame/visits.ts';
import { askedIn } from './asked.ts';
import { LATE_ENTRIES_PATH, presentLateEntries } from './present-late-entries.ts';
import { readLateEntries } from './read-late-entries.ts';

/** `/late-entries`: how long after they took effect facts were recorded, and which were late. */
@Controller()
@UseFilters(PageAnswers)
export class LateEntriesController {
  readonly #visits: Visits;

  constructor(@Inject(Visits) visits: Visits) {
    this.#visits = visits;
  }

  @Get(LATE_ENTRIES_PATH.slice(1))
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.#visits.open(request);
    const read = await readLateEntries(visit, askedIn(visit.query));
    await this.#visits.send(reply, visit, 'late-entries/late-entries.njk', presentLateEntries(read, visit));
  }
}
