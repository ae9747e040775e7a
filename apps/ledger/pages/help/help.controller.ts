import { Controller, Get, Inject, Param, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { findAction } from '../../../../projections/index.ts';
import { noSuchPage } from '../frame/outcomes.ts';
import { PageAnswers } from '../frame/page-answers.ts';
import { GLOSSARY } from '../frame/injected.ts';
import { Visits } from '../frame/visits.ts';
import { presentExample, presentGlossary, presentTopics, TOPICS, WORKED_EXAMPLE } from './present-help.ts';
import type { Glossary } from './read-glossary.ts';

/** `/help`: what the words mean, how to ask about dates, and how the pages can be used. */
@Controller('help')
@UseFilters(PageAnswers)
export class HelpController {
  readonly #visits: Visits;
  readonly #glossary: Glossary;

  constructor(@Inject(Visits) visits: Visits, @Inject(GLOSSARY) glossary: Glossary) {
    this.#visits = visits;
    this.#glossary = glossary;
  }

  @Get()
  async topics(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.#visits.open(request);
    await this.#visits.send(reply, visit, 'help/help.njk', presentTopics(visit));
  }

  @Get(':topic')
  async topic(@Param('topic') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const topic = TOPICS.find(({ path }) => path === name);
    if (topic === undefined) throw noSuchPage();
    const visit = await this.#visits.open(request);
    const { text: title, template } = topic;
    const shown = {
      title,
      help: visit.link('/help'),
      ...(name === 'glossary' ? presentGlossary(this.#glossary) : {}),
      // Its records can be opened where this ledger holds them, and this reader may see them.
      ...(name === 'dates'
        ? presentExample((await findAction(await visit.viewAt({}), WORKED_EXAMPLE.ref)) !== null)
        : {}),
    };
    await this.#visits.send(reply, visit, template, shown);
  }
}
