import { Controller, Get, Inject, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { kindSpelt, show } from '../../../../libs/declarations/index.ts';
import { incompleteIn, viewOver } from '../../../../libs/read-models/index.ts';
import { minutedRow } from '../../../../libs/registers/meetings/index.ts';
import { countPromises, listPromises } from '../../../../projections/index.ts';
import { drawingFor } from '../frame/drawing.ts';
import { noSuchPage } from '../frame/outcomes.ts';
import { PageAnswers } from '../frame/page-answers.ts';
import { linesOf } from '../../../../libs/wording/index.ts';
import { Visits } from '../frame/visits.ts';
import { presentPromises, type PromisesAsked } from './present-promises.ts';

const PAGE_SIZE = 25;

/** `/promises`: what minutes promised, of all meetings or of one, and whether an action keeps it. */
@Controller()
@UseFilters(PageAnswers)
export class PromisesController {
  readonly #visits: Visits;

  constructor(@Inject(Visits) visits: Visits) {
    this.#visits = visits;
  }

  @Get('promises')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.#visits.open(request);
    const { view, query } = visit;
    const trail = query.getAll('after');
    const after = trail.at(-1);
    const asked = askedIn(query);
    const { meeting, kept } = asked;
    const of = meeting === undefined ? {} : { meeting };
    const over = await viewOver(view, {}, meeting === undefined ? [] : [meeting]);
    const [page, counts, incomplete] = await Promise.all([
      listPromises(
        over,
        { ...of, ...(kept === undefined ? {} : { kept }) },
        { first: PAGE_SIZE, ...(after === undefined ? {} : { after }) },
      ),
      countPromises(over, of),
      incompleteIn(view, 'meetings', 'actions'),
    ]);
    const drawing = drawingFor(visit, null);
    const edges = await Promise.all(
      page.edges.map(async ({ cursor, node: { meeting: ref, minute, actions } }) => {
        const cells = [show.referred(ref), ...minutedRow(minute, actions)];
        return { cursor, node: await Promise.all(cells.map((cell) => linesOf(cell, drawing))) };
      }),
    );
    const context = { page: { ...page, edges }, counts, incomplete, trail, asked };
    await this.#visits.send(reply, visit, 'promises/promises.njk', presentPromises(context, visit));
  }
}

/** @throws PageProblem for what no link of these pages asks */
function askedIn(query: URLSearchParams): PromisesAsked {
  const [meeting, kept] = [query.get('meeting') ?? '', query.get('kept') ?? ''];
  if ((meeting !== '' && kindSpelt(meeting) !== 'meeting') || !['', 'yes', 'no'].includes(kept)) throw noSuchPage();
  return { ...(meeting === '' ? {} : { meeting }), ...(kept === '' ? {} : { kept: kept === 'yes' }) };
}
